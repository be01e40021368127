"""From a version, and its other readings, to facts and parameters that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.analysis.findings.space import Space
from reglament.language.loading.expressions.node_access import names_in_braces
from reglament.language.requests.fact_table import groups_of
from reglament.messages import Message, Words
from reglament.model.decisions import Rule
from reglament.model.problems import Place
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef
from reglament.model.visitor import Node, walk
from reglament.model.words import Text


def unread_facts(space: Space) -> Iterator[Finding]:
    """Facts that no rule, text or choice of version reads, whatever reading is chosen."""
    read = _names_read(space)
    for fact in space.version.told_facts.values():
        if fact.name in read or fact.name == space.version.chosen_by:
            continue
        message = Message("no-rule-reads-fact", fact=fact.name)
        yield _finding("fact-never-read", fact.name, message, places_of(fact.place))


def unused_parameters(space: Space) -> Iterator[Finding]:
    """Parameters that no rule or text uses, whatever reading is chosen."""
    read = _names_read(space)
    for parameter in space.version.parameters.values():
        if parameter.name in read:
            continue
        message = Message("nothing-uses-parameter", parameter=parameter.name)
        places = places_of(parameter.place)
        yield _finding("parameter-never-used", parameter.name, message, places)


def _finding(code: str, name: str, message: Words, places: tuple[Place, ...]) -> Finding:
    return Finding(code, Severity.WARNING, message, subject=name, places=places)


def _names_read(space: Space) -> set[str]:
    versions = (space.version, *space.others.values())
    return {name for version in versions for name in _names_read_by(version)}


def _names_read_by(version: Version) -> Iterator[str]:
    for total in version.totals.values():
        yield total.over
    for items in version.lists.values():
        yield from _names_read_by(items.item)
    for decision, rule in version.every_rule():
        yield from _names_of(rule)
        yield from decision.ask_for
    if version.explain is not None:
        for wording in version.explain.wordings():
            yield from _names_in(wording.when)
            yield from _names_said(wording.text)


def _names_of(rule: Rule) -> Iterator[str]:
    yield from rule.attaches
    yield from _names_in(rule.when)
    yield from _names_in(rule.then)
    for text in (rule.because, rule.unless):
        yield from _names_said(text)


def _names_said(text: Text | None) -> Iterator[str]:
    for _, said in text or ():
        for name in names_in_braces(said):
            # A part of a record is named after the record itself.
            yield from (name, *groups_of(name))


def _names_in(node: Node) -> Iterator[str]:
    for part in walk(node):
        if isinstance(part, FactRef | DecisionRef | Constant) and part.name is not None:
            yield part.name
