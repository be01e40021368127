"""From comparisons of terms to whether they stand in a circle that no values can satisfy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from reglament.functions.catalogue import EVERY
from reglament.model.conditions import Comparison
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import INTEGER

Edge = tuple[Term, Term, bool]

_COUNTING_ON = frozenset({"days_after", "months_after", "years_after"})


def has_strict_cycle(comparisons: Iterable[tuple[Comparison, bool]]) -> bool:
    """Whether the comparisons, each holding or failing, say that a term stands before itself.

    Pushing values upward would follow such a circle to the end of time; the
    longest path of Bellman and Ford finds it in as many rounds as there are terms.
    """
    edges = [edge for comparison, holds in comparisons for edge in _edge(comparison, holds)]
    if len(edges) < 2:
        return False
    terms = dict.fromkeys(term for one, other, _ in edges for term in (one, other))
    edges += [edge for term in terms for edge in _always(term)]
    height = {term: 0 for one, other, _ in edges for term in (one, other)}
    for _ in range(len(height) + 1):
        raised = False
        for one, other, is_strict in edges:
            if height[other] < height[one] + is_strict:
                height[other] = height[one] + is_strict
                raised = True
        if not raised:
            return False
    return True


def has_empty_range(comparisons: Iterable[tuple[Comparison, bool]]) -> bool:
    """Whether a formula would have to lie above one constant and below another that is no greater.

    Pushing two facts of such a formula would go on to the end of time. A test that fails holds
    of null too, so one test of the formula must hold.
    """
    floors: dict[Formula, list[tuple[Any, bool]]] = defaultdict(list)
    ceilings: dict[Formula, list[tuple[Any, bool]]] = defaultdict(list)
    given = set()
    for comparison, holds in comparisons:
        if comparison.operator is not Operator.AT_MOST or comparison.by_day:
            continue
        match comparison.subject, comparison.operand:
            case Constant(value), Formula() as formula:
                side, step = (floors, 0) if holds else (ceilings, -1)
            case Formula() as formula, Constant(value):
                side, step = (ceilings, 0) if holds else (floors, 1)
            case _:
                continue
        mark: Any = value
        given |= {formula} if holds else set()
        is_whole = EVERY[formula.function].grid == INTEGER  # no value between 0 and 1
        side[formula].append((mark + step, False) if is_whole else (mark, bool(step)))
    return any(
        low > high or (low == high and (above or below))
        for formula in given
        for low, above in floors.get(formula, ())
        for high, below in ceilings.get(formula, ())
    )


def _edge(comparison: Comparison, holds: bool) -> Iterator[Edge]:
    """The lower term, the upper one, and whether they must differ."""
    one, other = comparison.subject, comparison.operand
    if comparison.operator is Operator.AT_MOST and _is_told(one) and _is_told(other):
        yield (one, other, False) if holds else (other, one, True)


def _always(term: Term) -> Iterator[Edge]:
    """How a term that counts on from another stands to it, whatever that is."""
    match term:
        case Formula(function, (start, Constant(int(count)))) if function in _COUNTING_ON:
            yield (start, term, False) if count >= 0 else (term, start, False)


def _is_told(term: Term) -> bool:
    """Whether the term has a value wherever it is compared: no formula that may come to null."""
    match term:
        case Formula("day_of", (part,)):
            return _is_told(part)
        case Formula(function, (part, Constant(int()))) if function in _COUNTING_ON:
            return _is_told(part)
    return isinstance(term, FactRef)
