"""From the text that holds a version whole back to the version, equal in digest and in meaning."""

from __future__ import annotations

from pathlib import Path

from reglament.model.policy import Version
from reglament.reading.policy import version_from
from reglament.reading.report import Report
from reglament.reading.sections import sections_of
from reglament.reading.source import Source


def read_content(text: str, name: str) -> Version:
    """The version that `reglament.reading.content.content_of` made the text of.

    Raises Refused, with `name` as the file in which the problems stand.
    """
    report = Report()
    return version_from(report, sections_of(report, Source(name, text)), Path(name))
