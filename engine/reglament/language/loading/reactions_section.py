"""From the section `reactions` to what is done over time, and when."""

from __future__ import annotations

from reglament.language.loading import node_access
from reglament.language.loading.reaction_conditions import Occasions
from reglament.language.loading.scope import Names
from reglament.language.syntax.diagnostics import Report
from reglament.language.syntax.source import Mapping, Node
from reglament.matching.compiling import rules_of
from reglament.matching.linter import breaches
from reglament.messages import Message
from reglament.model.reactions import Reaction, Verb
from reglament.model.regulation import Version


def read_reactions(names: Names, version: Version, section: Node | None) -> tuple[Reaction, ...]:
    """The reactions of a version whose subjects are known; what is wrong joins the report."""
    found: dict[str, Reaction] = {}
    for node in node_access.mappings(names.report, section):
        reaction = _read(names, version, node)
        if reaction is None:
            continue
        if reaction.id in found:
            names.report.add("reaction-twice", reaction.place, Message("such-reaction-already"))
        found[reaction.id] = reaction
    return tuple(found.values())


def keep_to_the_fence(report: Report, version: Version) -> None:
    """Note each reaction that not every matcher could follow."""
    places = {reaction.id: reaction.place for reaction in version.reactions}
    for subject in version.subjects.values():
        for breach in breaches(rules_of(version, subject.name)):
            place = places.get(breach.rule or "", subject.place)
            report.add(breach.code, place, breach.message)


def _read(names: Names, version: Version, node: Mapping) -> Reaction | None:
    report = names.report
    word = node_access.word(report, node.get("subject"))
    name = node_access.word(report, node.get("id"))
    if name is None or word is None:
        return None
    if not node_access.is_known(report, "unknown-subject", word, version.subjects):
        return None
    subject = version.subjects[str(word.value)]
    verb, said = _done(report, node.get("do"))
    named = {**version.facts, **version.decisions}
    return Reaction(
        id=str(name.value),
        subject=subject.name,
        when=tuple(Occasions(names, version, subject).read(node.get("when"))),
        verb=verb,
        what=said,
        because=node_access.words(report, node.get("because")) or node_access.NOTHING,
        clauses=names.cited(node.get("clauses")),
        attaches=node_access.known_words(report, "unknown-name", node.get("attaches"), named),
        once_per=node_access.known_words(
            report, "unknown-name", node.get("once_per"), version.facts
        ),
        place=name.place,
    )


def _done(report: Report, node: Node | None) -> tuple[Verb, str]:
    for key, below in node_access.entries(report, node):
        if key.value in set(Verb):
            return Verb(str(key.value)), node_access.text_of(below) or ""
    return Verb.WARN, ""
