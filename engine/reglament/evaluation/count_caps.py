"""From the rules of a version to the numbers with which they compare what lists come to.

A rule that asks whether there are at least 2 items tells 0, 1 and 2 apart, and no more: three
stand for any number above. A total that is given, reckoned with, or held against another value
has no such bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reglament.functions.totals import COUNT, DISTINCT
from reglament.model.conditions import Comparison, Test
from reglament.model.lists import total_behind
from reglament.model.regulation import Decision, Version
from reglament.model.terms import Constant, Term
from reglament.model.visitor import tests_within, walk


def thresholds(version: Version) -> Mapping[str, frozenset[Any] | None]:
    """For each total that rules read, the numbers it is compared with; None where more is asked."""
    found: dict[str, frozenset[Any] | None] = {}
    for name, number in _uses(version):
        before = found.get(name, frozenset())
        found[name] = None if before is None or number is None else before | {number}
    for items in version.lists.values():
        found.update((name, None) for name in items.item.facts if name in version.totals)
    return found


def count_caps(version: Version) -> Mapping[str, int]:
    """For each count that has one, the least number that stands for every larger one, too."""
    return {
        name: max(numbers, default=0) + 1
        for name, numbers in thresholds(version).items()
        if numbers is not None and version.totals[name].function in (COUNT, DISTINCT)
    }


def _uses(version: Version) -> Iterator[tuple[str, Any]]:
    """Each use of a total, and the number that it is held against; None where none bounds it."""
    for decision in version.decisions.values():
        if decision.stands_for is None:
            for test in _tests(decision):
                yield from _compared(version, test)
            for rule in decision.every_rule():
                yield from ((name, None) for name in _totals(version, rule.then))


def _tests(decision: Decision) -> Iterator[Test]:
    for rule in decision.every_rule():
        for condition in (rule.when, *(one.when for one in rule.citations)):
            yield from tests_within(condition)


def _compared(version: Version, test: Test) -> Iterator[tuple[str, Any]]:
    total = total_behind(version, test.subject)
    is_number = isinstance(test, Comparison) and isinstance(test.operand, Constant)
    if total is not None and is_number:
        yield total.name, test.operand.value  # type: ignore[attr-defined]
        return
    yield from ((name, None) for term in test.terms for name in _totals(version, term))


def _totals(version: Version, term: Term) -> Iterator[str]:
    for part in walk(term):
        total = total_behind(version, part)
        if total is not None:
            yield total.name
