"""From the files of a policy to each version with one of its readings answered otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from reglament.model.policy import Version
from reglament.model.problems import Refused
from reglament.reading.policy import read_files, version_files, version_from
from reglament.reading.report import Report
from reglament.reading.sections import Sections
from reglament.reading.source import Mapping, Node, Scalar

Alternatives: TypeAlias = dict[tuple[str, str], Version]


def read_alternatives(path: Path) -> dict[str, Alternatives]:
    """By version, then by reading and alternative, what that version would be.

    An alternative under which the version cannot be read is left out: the files
    say of it what only the chosen one was meant to bear. Raises Refused where the
    policy itself cannot be read.
    """
    found: dict[str, Alternatives] = {}
    for files in version_files(path):
        read = read_files(files)
        sections = without_examples(read.sections)
        found[read.version.version] = {
            (reading, name): version
            for reading, name in _switches(read.version)
            if (version := _switched(sections, files[0], reading, name)) is not None
        }
    return found


def without_examples(sections: Sections) -> Sections:
    """The sections less the worked examples, which were written for the readings chosen."""
    joined = {name: node for name, node in sections.joined.items() if name != "examples"}
    return replace(sections, joined=joined)


def switched(sections: Sections, reading: str, alternative: str) -> Sections:
    """The sections with the reading answered by the alternative."""
    section = sections.get("readings")
    assert isinstance(section, Mapping)
    entries = tuple(
        (key, _answered(node, alternative) if key.value == reading else node)
        for key, node in section.entries
    )
    return replace(
        sections, joined={**sections.joined, "readings": Mapping(entries, section.place)}
    )


def _switches(version: Version) -> Iterator[tuple[str, str]]:
    for reading in version.readings.values():
        for name in reading.alternatives:
            if name != reading.chosen:
                yield reading.id, name


def _switched(sections: Sections, first: Path, reading: str, alternative: str) -> Version | None:
    try:
        return version_from(Report(), switched(sections, reading, alternative), first)
    except Refused:
        return None


def _answered(node: Node, alternative: str) -> Node:
    assert isinstance(node, Mapping)
    entries = tuple(
        (key, replace(below, value=alternative, raw=alternative))
        if key.value == "chosen" and isinstance(below, Scalar)
        else (key, below)
        for key, below in node.entries
    )
    return Mapping(entries, node.place)
