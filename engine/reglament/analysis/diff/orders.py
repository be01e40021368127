"""From comparisons of terms to whether they contradict each other whatever the facts are.

Terms are points, "at most" and "less than" are steps between them; a circle with a
"less than" in it cannot be (the difference constraints of Bellman and Ford, without numbers).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import Any, TypeAlias

from reglament.diagram.feasible import Constraint, Holds
from reglament.model.conditions import Comparison, Operator
from reglament.model.terms import Constant, Formula, Term, terms_within

# From a lower term to a higher one; true where they are never equal.
Steps: TypeAlias = dict[tuple[Term, Term], bool]

LATER_BY_COUNT = frozenset({"days_after", "months_after", "years_after", "working_hours_after"})
MOST_TERMS = 24


def contradict(constraints: Iterable[Constraint]) -> bool:
    """Whether the comparisons among the constraints cannot hold together."""
    steps: Steps = {}
    for constraint in constraints:
        if isinstance(constraint, Holds) and isinstance(constraint.atom, Comparison):
            _compared(steps, constraint.atom, constraint.holds)
    if not steps:
        return False
    terms = list(dict.fromkeys(part for pair in steps for t in pair for part in terms_within(t)))
    if len(terms) > MOST_TERMS:
        return False
    for low, high in permutations(terms, 2):
        for is_less in _known(low, high):
            _step(steps, low, high, is_less)
    return _has_circle(terms, steps)


def _compared(steps: Steps, atom: Comparison, holds: bool) -> None:
    if atom.operator is not Operator.AT_MOST:
        return
    if holds:
        _step(steps, atom.subject, atom.operand, False)
    else:
        _step(steps, atom.operand, atom.subject, True)


def _step(steps: Steps, low: Term, high: Term, is_less: bool) -> None:
    steps[low, high] = steps.get((low, high), False) or is_less


def _has_circle(terms: list[Term], steps: Steps) -> bool:
    """Floyd and Warshall: every way from term to term, and whether a "less" is on it."""
    for middle in terms:
        for low in terms:
            first = steps.get((low, middle))
            if first is None:
                continue
            for high in terms:
                last = steps.get((middle, high))
                if last is not None:
                    _step(steps, low, high, first or last)
    return any(steps.get((term, term), False) for term in terms)


def _known(low: Term, high: Term) -> Iterator[bool]:
    """How `low` stands below `high` by what the functions mean."""
    if isinstance(low, Constant) and isinstance(high, Constant):
        yield from _constants(low.value, high.value)
    if isinstance(high, Formula):
        yield from _above_argument(low, high)
    if isinstance(low, Formula) and low.function == "minimum" and high in low.arguments:
        yield False
    if isinstance(low, Formula) and isinstance(high, Formula) and low.function == high.function:
        yield from _alike(low, high)


def _constants(low: Any, high: Any) -> Iterator[bool]:
    if type(low) is type(high) and low < high:
        yield True


def _above_argument(low: Term, high: Formula) -> Iterator[bool]:
    if high.function == "maximum" and low in high.arguments:
        yield False
    elif high.arguments[0] == low:
        if high.function == "working_day_at_or_after":
            yield False
        elif high.function in LATER_BY_COUNT and (count := _count(high)) is not None and count >= 0:
            yield count > 0


def _alike(low: Formula, high: Formula) -> Iterator[bool]:
    """Two formulas that differ in one number, or in what happens at closing."""
    if low.function not in LATER_BY_COUNT or low.hours != high.hours:
        return
    if low.arguments == high.arguments:
        if low.tie == "closing":
            yield False
    elif low.arguments[0] == high.arguments[0] and low.tie == high.tie:
        fewer, more = _count(low), _count(high)
        if fewer is not None and more is not None and fewer < more:
            yield True


def _count(formula: Formula) -> int | None:
    count = formula.arguments[1]
    value = count.value if isinstance(count, Constant) else None
    return value if isinstance(value, int) else None
