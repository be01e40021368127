"""From the rules of a version to the numbers with which they compare what lists come to.

A rule that asks whether there are at least 2 items tells 0, 1 and 2 apart, and no more: two
stand for any number above. A total that is given, reckoned with, or held against another value
has no such bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, floor
from typing import Any, cast

from reglament.functions.totals import COUNT, DISTINCT
from reglament.model.conditions import Comparison, Test
from reglament.model.decisions import Decision
from reglament.model.lists import total_behind
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, Term
from reglament.model.visitor import tests_within, walk


def thresholds(version: Version) -> Mapping[str, frozenset[Any] | None]:
    """For each total that rules read, the numbers it is compared with; None where more is asked."""
    return {
        name: None if tests is None else frozenset(map(_number, tests))
        for name, tests in _comparisons(version).items()
    }


def count_caps(version: Version) -> Mapping[str, int]:
    """For each count that has one, the least number that stands for every larger one, too."""
    return {
        name: max(map(_least_of_many, tests), default=1)
        for name, tests in _comparisons(version).items()
        if tests is not None and version.totals[name].function in (COUNT, DISTINCT)
    }


def _least_of_many(test: Comparison) -> int:
    """From which count on the test always says the same."""
    number = _number(test)
    is_tightest = test.operator in (Operator.AT_LEAST, Operator.LESS_THAN)
    least: int = ceil(number) if is_tightest else floor(number) + 1
    return max(0, least)


def _number(test: Comparison) -> Any:
    return cast(Constant, test.operand).value


def _comparisons(version: Version) -> Mapping[str, frozenset[Comparison] | None]:
    """For each total that rules read, the tests of it; None where more is asked than these."""
    found: dict[str, frozenset[Comparison] | None] = {}
    for name, test in _uses(version):
        before = found.get(name, frozenset())
        found[name] = None if before is None or test is None else before | {test}
    for items in version.lists.values():
        found.update((name, None) for name in items.item.facts if name in version.totals)
    return found


def _uses(version: Version) -> Iterator[tuple[str, Comparison | None]]:
    """Each use of a total, and the comparison with a number that it is; None for any other use."""
    for decision in version.decisions.values():
        if decision.stands_for is None:
            for test in _tests(decision):
                yield from _compared(version, test)
            for rule in decision.every_rule():
                yield from ((name, None) for name in _totals(version, rule.then))


def _tests(decision: Decision) -> Iterator[Test]:
    for rule in decision.every_rule():
        yield from tests_within(*rule.conditions)


def _compared(version: Version, test: Test) -> Iterator[tuple[str, Comparison | None]]:
    total = total_behind(version, test.subject)
    is_number = isinstance(test, Comparison) and isinstance(test.operand, Constant)
    if total is not None and is_number:
        yield total.name, cast(Comparison, test)
        return
    yield from ((name, None) for term in test.terms for name in _totals(version, term))


def _totals(version: Version, term: Term) -> Iterator[str]:
    for part in walk(term):
        total = total_behind(version, part)
        if total is not None:
            yield total.name
