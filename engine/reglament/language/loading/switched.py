"""From a version to the same text read otherwise: open questions answered by alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from reglament.language.loading.files.content import sections_behind
from reglament.language.loading.files.imported_texts import IMPORTED
from reglament.language.loading.files.joined_sections import Sections
from reglament.language.loading.version_loader import version_from
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.problems import Refused, refusal
from reglament.model.regulation import Reading, Version

Alternatives: TypeAlias = dict[tuple[str, str], Version]


def switched(version: Version, choices: Mapping[str, str]) -> Version:
    """The version as it would be if each reading in `choices` were answered by that alternative.

    It has no worked examples: they were written for the readings chosen. Raises Refused for
    an unknown reading or alternative, and where the version does not fit together so.
    """
    for name, alternative in choices.items():
        check_alternative(_reading(version, name), alternative)
    sections = _answered(sections_behind(version), choices)
    first = "" if sections.place is None else sections.place.place.file
    return version_from(Diagnostics(), sections, Path(first))


def alternatives(version: Version) -> Alternatives:
    """By reading and alternative, the version with that one answer switched.

    An alternative under which the version does not fit together is left out: the files
    say of it what only the chosen one was meant to bear.
    """
    versions: Alternatives = {}
    for reading in version.readings.values():
        for name in reading.alternatives:
            if name == reading.chosen:
                continue
            try:
                versions[reading.id, name] = switched(version, {reading.id: name})
            except Refused:
                continue
    return versions


def _answered(sections: Sections, choices: Mapping[str, str]) -> Sections:
    """The sections with each of the readings answered so, in the text that has it."""
    joined = dict(sections.joined)
    if isinstance(section := joined.get("readings"), MappingNode):
        joined["readings"] = _answers(section, choices)
    if isinstance(texts := joined.get(IMPORTED), MappingNode):
        joined[IMPORTED] = texts.changed(lambda key, node: _answered_there(key, node, choices))
    return replace(sections, joined=joined)


def _answered_there(key: Scalar, text: Node, choices: Mapping[str, str]) -> Node:
    """The text of another policy, whose readings are named `policy.reading` here."""
    assert isinstance(text, MappingNode)
    before = f"{str(key.value).partition(' ')[0]}."
    own = {name[len(before) :]: one for name, one in choices.items() if name.startswith(before)}
    return text.changed(lambda _, node: _answers(node, own) if own else node, "readings")


def _answers(section: Node, choices: Mapping[str, str]) -> MappingNode:
    assert isinstance(section, MappingNode)
    return section.changed(
        lambda key, node: _chosen(node, choices[str(key.value)]) if key.value in choices else node
    )


def _chosen(reading: Node, alternative: str) -> Node:
    assert isinstance(reading, MappingNode)
    chosen = reading.get("chosen")
    if not isinstance(chosen, Scalar):
        return reading
    said = replace(chosen, value=alternative, raw=alternative)
    return reading.changed(lambda *_: said, "chosen")


def _reading(version: Version, name: str) -> Reading:
    if name in version.readings:
        return version.readings[name]
    message = Message("not-reading", name=name)
    raise refusal("unknown-reading", message, suggestion(name, version.readings))


def check_alternative(reading: Reading, alternative: str) -> None:
    """Raises Refused where the reading has no such alternative."""
    if alternative in reading.alternatives:
        return
    message = Message("reading-no-alternative", reading=reading.id, name=alternative)
    raise refusal("unknown-alternative", message, suggestion(alternative, reading.alternatives))
