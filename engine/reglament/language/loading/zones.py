"""From a name to a zone of the IANA database."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from reglament.language.loading import node_access
from reglament.language.syntax.diagnostics import Report
from reglament.language.syntax.source import Node
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message


def read_zone(report: Report, node: Node | None) -> ZoneInfo:
    """The zone; UTC where none is said, and, with a problem, where there is none of that name."""
    word = node_access.word(report, node)
    name = "" if word is None else str(word.value)
    try:
        # Zone files are looked up as modules too, each dot of a name taken for a package.
        return ZoneInfo("" if "." in name else name or "UTC")
    except (OSError, ValueError, LookupError):
        message = Message("unknown-time-zone", name=name)
        hint = suggestion(name, available_timezones()) or Message("write-europe-moscow-say")
        report.add("unknown-zone", node, message, hint)
        return ZoneInfo("UTC")
