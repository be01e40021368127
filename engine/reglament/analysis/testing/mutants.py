"""From a version to its mutants: copies of it, each with one mistake that an author might make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from reglament.analysis.testing.edits import changed_conditions, changed_constants
from reglament.frozen import frozen
from reglament.messages import Message, Rendered, Words
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import Within
from reglament.model.decisions import Decision, Rule
from reglament.model.problems import Place
from reglament.model.regulation import Version
from reglament.model.terms import Constant, Formula, Term
from reglament.model.values import Kind, Value
from reglament.model.visitor import Node, tests_of
from reglament.rendering.words.terms_in_words import term_words
from reglament.rendering.words.tests_in_words import condition_words
from reglament.worktime.calendars import Contradiction
from reglament.worktime.hours import Hours
from reglament.worktime.windows import clock

HALF_AN_HOUR = timedelta(minutes=30)
EDGES = ("opens", "closes")
KINDS: Mapping[str, Words] = {
    "boundary": Message("boundary-moved-one"),
    "condition-dropped": Message("condition-dropped"),
    "condition-negated": Message("condition-negated"),
    "option-dropped": Message("option-dropped-from-list"),
    "option-added": Message("option-added-list"),
    "outcome-swapped": Message("outcome-swapped"),
    "otherwise-swapped": Message("outcome-otherwise-swapped"),
    "formula-changed": Message("formula-changed"),
    "rule-removed": Message("rule-removed"),
    "requirement-removed": Message("requirement-removed"),
    "item-removed": Message("item-collection-removed"),
    "override-removed": Message("override-removed"),
    "hours-edge": Message("edge-hours-moved"),
}


@frozen
class Mutant:
    """A copy of a version with one mistake: of which kind, where, what in words.

    `rule` is empty where the mistake is in the hours.
    """

    kind: str
    rule: str
    place: Place | None
    words: Words
    version: Version


def with_every_hours(version: Version) -> Version:
    """The version with the hours of all its mutants beside its own, so that all can share them."""
    added = {made.id: made for hours in version.hours.values() for _, _, made in _moved(hours)}
    return replace(version, hours={**version.hours, **added})


def mutants(version: Version) -> Iterator[Mutant]:
    """Every mutant of a version made by `with_every_hours`."""
    for decision in version.own_decisions():
        if decision.for_each is not None or decision.stands_for is not None:
            continue  # the engine's own rules; those of items are not changed yet
        for rule in decision.every_rule():
            yield from _of_rule(version, decision, rule)
    for hours in tuple(version.hours.values()):
        yield from _of_hours(version, hours)


def _of_rule(version: Version, decision: Decision, rule: Rule) -> Iterator[Mutant]:
    for change in changed_conditions(version, rule.when):
        place = next((test.place for test in tests_of(change.at)), None) or rule.place
        words = condition_words(version, change.at)
        changed = replace(rule, when=change.condition)
        yield _mutant(version, decision, rule, changed, change.kind, words, place)
    if not decision.kind.has_requirements:
        yield from _other_outcomes(version, decision, rule)
    if rule is not decision.otherwise:
        yield _mutant(version, decision, rule, None, f"{decision.kind.rules_are}-removed", None)
    for over in (override for override in rule.overrides if override.is_written):
        left = tuple(other for other in rule.overrides if other is not over)
        words = Message("rule-mutants", rule=over.rule)
        changed = replace(rule, overrides=left)
        yield _mutant(version, decision, rule, changed, "override-removed", words)


def _other_outcomes(version: Version, decision: Decision, rule: Rule) -> Iterator[Mutant]:
    is_otherwise = rule is decision.otherwise
    swapped = "otherwise-swapped" if is_otherwise else "outcome-swapped"
    kind = swapped if isinstance(rule.then, Constant) else "formula-changed"
    for term in _terms_instead(decision, rule):
        words = Rendered(term_words, term, version)
        yield _mutant(version, decision, rule, replace(rule, then=term), kind, words)


def _terms_instead(decision: Decision, rule: Rule) -> Iterator[Term]:
    changed = tuple(changed_constants(rule.then, decision.type.places))
    yield from changed
    if not changed and isinstance(rule.then, Constant):
        other = _another_outcome(decision, rule.then.value)
        if other is not None:
            yield other


def _another_outcome(decision: Decision, value: Value) -> Term | None:
    """What else the decision says: the next option, the other truth, another rule's outcome."""
    if isinstance(value, bool):
        return Constant(not value)
    options = decision.type.options if decision.type.kind is Kind.CHOICE else ()
    if value in options:
        following = options[(options.index(str(value)) + 1) % len(options)]
        return Constant(following) if following != value else None
    said = (rule.then for rule in decision.every_rule())
    return next((term for term in said if term != Constant(value)), None)


def _mutant(
    version: Version,
    decision: Decision,
    rule: Rule,
    changed: Rule | None,
    kind: str,
    words: Words | None,
    place: Place | None = None,
) -> Mutant:
    decisions = {**version.decisions, decision.name: with_rule(decision, rule, changed)}
    return Mutant(
        kind=kind,
        rule=rule.id,
        place=place or rule.place,
        words=_said(kind, words),
        version=replace(version, decisions=decisions),
    )


def with_rule(decision: Decision, rule: Rule, changed: Rule | None) -> Decision:
    """The decision with `changed` in the place of `rule`; without it for None."""
    if rule is decision.otherwise:
        return replace(decision, otherwise=changed)
    rules = (changed if other is rule else other for other in decision.rules)
    return replace(decision, rules=tuple(other for other in rules if other is not None))


def _said(kind: str, words: Words | None) -> Words:
    said = KINDS[kind]
    return said if words is None else Message("said-words", said=said, words=words)


# WorkingHours


def _moved(hours: WorkingHours) -> Iterator[tuple[str, str, Any]]:
    """The hours with one edge half an hour earlier or later, under an id of their own."""
    windows = hours.usual if isinstance(hours, Hours) else ()
    for index, window in enumerate(windows):
        for edge in EDGES:
            for shift in (HALF_AN_HOUR, -HALF_AN_HOUR):
                moved = getattr(window, edge) + shift
                usual = (*windows[:index], replace(window, **{edge: moved}), *windows[index + 1 :])
                number = f" {index + 1}" if index else ""
                name = f"{hours.id}{number} {edge} {clock(moved)}"
                try:
                    made = replace(hours, id=name, usual=usual)  # type: ignore[type-var]
                except Contradiction:
                    continue
                yield edge, clock(moved), made


def _of_hours(version: Version, hours: WorkingHours) -> Iterator[Mutant]:
    for edge, moved, made in _moved(hours):
        if made.id not in version.hours:
            continue
        word = Message("opening") if edge == "opens" else Message("closing")
        words = Message("hours-word-clock", hours=hours.id, word=word, clock=moved)
        decisions = {
            name: _repointed(decision, hours.id, made.id)
            for name, decision in version.decisions.items()
        }
        if decisions == version.decisions:
            continue
        changed = replace(version, decisions=decisions)
        yield Mutant("hours-edge", "", None, _said("hours-edge", words), changed)


def _repointed(decision: Decision, old: str, new: str) -> Decision:
    """The decision with the hours `new` wherever it named `old`."""

    def change(node: Node) -> Node:
        if isinstance(node, Within | Formula) and node.hours == old:
            return replace(node, hours=new)
        if isinstance(node, Formula) and node.by:
            by = tuple((word, new if one == old else one) for word, one in node.by)
            return replace(node, by=by)
        return node

    return decision.transformed(change)
