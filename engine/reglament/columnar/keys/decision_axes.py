"""What one decision asks of each row, as axes of keys: of rows that tell all, and of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reglament.columnar.keys.answered_keys import (
    Axis,
    ClassAxis,
    LeftAxis,
    OpenTestAxis,
    StateAxis,
    TestAxis,
    WordsAxis,
)
from reglament.columnar.keys.class_records import Numbered
from reglament.functions.table import EVERY
from reglament.memo import Memo
from reglament.model.conditions import Condition, OneOf, Test, Within
from reglament.model.decisions import Decision
from reglament.model.regulation import Fact, Version
from reglament.model.terms import DecisionRef, FactRef, Formula, Term
from reglament.model.values import Kind
from reglament.model.visitor import decisions_of, facts_of, walk


def cited_by(version: Version, decision: Decision) -> frozenset[str]:
    """The decisions that choose its clauses, or whose clauses it may cite, however indirectly."""
    decisions, found = version.decisions, frozenset[str]()
    waiting = [decision] if version.clauses else []
    while waiting:
        rules = list(waiting.pop().every_rule())
        read: list[Condition | Term] = [
            citation.when for rule in rules for citation in rule.citations
        ]
        if not all(rule.clauses for rule in rules):
            read += [part for rule in rules for part in (rule.when, rule.then)]
        more = decisions_of(*read) - found
        found |= more
        waiting += [decisions[name] for name in more]
    return found


class SharedAxes:
    """What decisions of a version ask of those before them: one axis each, coded once a batch."""

    def __init__(self, version: str, names: Mapping[str, tuple[bool, Numbered]]) -> None:
        self.classes: Memo[str, Axis] = Memo(lambda name: ClassAxis(name, version, names[name][1]))
        self.left: Memo[str, Axis] = Memo(lambda name: LeftAxis(name, version, names[name][1]))


def axes_of(
    version: Version,
    tests: Iterable[Test],
    reads: Iterable[str],
    names: Mapping[str, tuple[bool, Numbered]],
    shared: SharedAxes,
) -> Iterator[Axis]:
    """What the tests ask, and the classes of what is read."""
    outcomes: dict[str, list[Test]] = {name: [] for name in reads}
    words: dict[str, list[Test]] = {}
    for test in tests:
        subject = test.terms[0] if _is_of_one(test) else None
        if isinstance(subject, DecisionRef) and not names[subject.name][0]:
            outcomes.setdefault(subject.name, []).append(test)
        elif isinstance(subject, FactRef) and _is_worded(version.facts.get(subject.name)):
            words.setdefault(subject.name, []).append(test)
        else:
            yield TestAxis(test)
    for fact, of_fact in words.items():
        yield WordsAxis(fact, of_fact, version.hours)
    for name, of_outcome in outcomes.items():
        if name in reads or not of_outcome:  # its class tells its outcome
            yield shared.classes[name]
        else:
            yield ClassAxis(name, version.version, names[name][1], of_outcome, version.hours)


def open_axes_of(
    decision: Decision, axes: Iterable[Axis], beside: Iterable[str], shared: SharedAxes
) -> Iterator[Axis]:
    """What is asked while facts are missing: which of its own, and what is left of what it reads.

    What is left of a decision is what it will say whatever the missing facts are, by which rules;
    so the same left of all that are read, or asked `beside`, and the same answers make conditions
    hold, fail and be open alike. But tests that share a missing fact hang on each other by what is
    told beside: that is not in here.
    """
    terms: list[Any] = [rule.then for rule in decision.every_rule()]
    reads: dict[str, None] = {}
    for axis in axes:
        if isinstance(axis, TestAxis):
            yield OpenTestAxis(axis.test)
            terms.append(axis.test)
        elif isinstance(axis, ClassAxis):
            reads[axis.name] = None
        else:
            yield axis
    for test in dict.fromkeys(_tests_of_null(terms)):
        yield OpenTestAxis(test)
    for fact in sorted(facts_of(*terms)):
        yield StateAxis(fact)
    for name in dict.fromkeys((*reads, *sorted(decisions_of(*terms)), *beside)):
        yield shared.left[name]


def _tests_of_null(terms: Iterable[Any]) -> Iterator[Test]:
    """Whether each formula that may be null is: what is missing beside it then makes nothing."""
    for part in (one for term in terms for one in walk(term)):
        if isinstance(part, Formula) and EVERY[part.function].may_be_null:
            yield OneOf(part, (None,))


def _is_of_one(test: Test) -> bool:
    """Whether it asks something of one term alone, and of no time."""
    return not isinstance(test, Within) and (test.accepted is not None or len(test.terms) == 1)


def _is_worded(fact: Fact | None) -> bool:
    return fact is not None and fact.type.kind in (Kind.CHOICE, Kind.TEXT, Kind.BOOLEAN)
