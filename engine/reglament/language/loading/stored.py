"""From the text that holds a version whole back to the version, equal in digest and in meaning."""

from __future__ import annotations

from pathlib import Path

from reglament.language.loading.sections import sections_of
from reglament.language.loading.version_loader import version_from
from reglament.language.syntax.diagnostics import Report
from reglament.language.syntax.source import Source
from reglament.model.regulation import Version


def read_content(text: str, name: str) -> Version:
    """The version that `reglament.language.loading.content.content_of` made the text of.

    Raises Refused, with `name` as the file in which the problems stand.
    """
    report = Report()
    return version_from(report, sections_of(report, Source(name, text)), Path(name))
