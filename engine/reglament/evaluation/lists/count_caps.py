"""From the rules of a version to the numbers with which they compare what lists come to.

A rule that asks whether there are at least 2 items tells 0, 1 and 2 apart, and no more: two
stand for any number above. A total that is given, computed with, or held against another value
has no such bound.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from math import ceil, floor
from typing import Any, TypeAlias, cast

from reglament.functions.totals import COUNT, DISTINCT
from reglament.model.conditions import ALWAYS, Comparison, Test
from reglament.model.lists import total_behind
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, Term, Total
from reglament.model.visitor import tests_within, walk


def thresholds(
    version: Version, within: Collection[str] | None = None
) -> Mapping[str, frozenset[Any] | None]:
    """For each total that rules read, the numbers it is compared with; None where more is asked.

    With `within` those that the rules of these decisions ask, under whatever name the total is
    given.
    """
    return {
        name: None if tests is None else frozenset(map(_number, tests))
        for name, tests in _comparisons(version, within).items()
    }


def total_named(version: Version, term: Term) -> Total | None:
    """The total that a term is, or that a decision always gives; None for any other."""
    total = total_behind(version, term)
    if total is not None or not isinstance(term, DecisionRef):
        return total
    rules = list(version.decisions[term.name].every_rule())
    is_always = len(rules) == 1 and rules[0].when == ALWAYS
    return total_named(version, rules[0].then) if is_always else None


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


def _comparisons(
    version: Version, within: Collection[str] | None = None
) -> Mapping[str, frozenset[Comparison] | None]:
    """For each total that rules read, the tests of it; None where more is asked than these."""
    found: dict[str, frozenset[Comparison] | None] = {}
    for name, test in _uses(version, within):
        before = found.get(name, frozenset())
        found[name] = None if before is None or test is None else before | {test}
    for items in version.lists.values():
        found.update((name, None) for name in items.item.facts if name in version.totals)
    return found


def _uses(
    version: Version, within: Collection[str] | None
) -> Iterator[tuple[str, Comparison | None]]:
    """Each use of a total, and the comparison with a number that it is; None for any other use."""
    total = total_behind if within is None else total_named
    for decision in version.decisions.values():
        if decision.stands_for is not None or (within is not None and decision.name not in within):
            continue
        for rule in decision.every_rule():
            for test in tests_within(*rule.conditions):
                yield from _compared(version, test, total)
            if within is None or total(version, rule.then) is None:
                yield from ((name, None) for name in _totals(version, rule.then, total))


_Behind: TypeAlias = Callable[[Version, Term], Total | None]


def _compared(
    version: Version, test: Test, behind: _Behind
) -> Iterator[tuple[str, Comparison | None]]:
    total = behind(version, test.subject)
    is_number = isinstance(test, Comparison) and isinstance(test.operand, Constant)
    if total is not None and is_number:
        yield total.name, cast(Comparison, test)
        return
    yield from ((name, None) for term in test.terms for name in _totals(version, term, behind))


def _totals(version: Version, term: Term, behind: _Behind) -> Iterator[str]:
    for part in walk(term):
        total = behind(version, part)
        if total is not None:
            yield total.name
