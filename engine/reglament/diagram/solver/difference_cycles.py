"""From comparisons of terms to whether they stand in a cycle that no values can satisfy.

Terms are points, and each comparison is an edge from the lower one to the upper one; what
functions mean adds edges of its own:

    returned <= bought + 14 days      (at most, as a test says)
    bought + 30 days < returned       (less than, as another test says)
    bought + 14 days < bought + 30 days      (always)

A cycle with a `<` in it cannot be (difference constraints: Bellman 1958, Ford 1956).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import Any

from reglament.functions.table import EVERY
from reglament.memo import MemoByIdentity
from reglament.model.conditions import Comparison
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import Kind, Type

Edge = tuple[Term, Term, bool]

_COUNTING_ON = frozenset({"days_after", "months_after", "years_after", "working_hours_after"})
_ORDERED = _COUNTING_ON | {"minimum", "maximum", "working_day_at_or_after", "day_of"}


def has_strict_cycle(comparisons: Iterable[tuple[Comparison, bool]]) -> bool:
    """Whether the comparisons, each holding or failing, say that a term stands before itself.

    Pushing values upward would follow such a circle to the end of time; the
    longest path of Bellman and Ford finds it in as many rounds as there are terms. Without it the
    shipped policies take up to 1.7 times the work (`benchmarks/ablations.py`).
    """
    edges = [edge for comparison, holds in comparisons for edge in _edge(comparison, holds)]
    if len(edges) < 2:
        return False
    terms = list(dict.fromkeys(term for low, high, _ in edges for term in (low, high)))
    edges += [edge for term in terms for edge in _by_arguments(term)]
    edges += [edge for pair in permutations(terms, 2) for edge in _by_counts(*pair)]
    height = {term: 0 for low, high, _ in edges for term in (low, high)}
    for _ in range(len(height) + 1):
        raised = False
        for low, high, is_strict in edges:
            if height[high] < height[low] + is_strict:
                height[high] = height[low] + is_strict
                raised = True
        if not raised:
            return False
    return True


def has_empty_range(
    comparisons: Iterable[tuple[Comparison, bool]], number: MemoByIdentity[Formula, int]
) -> bool:
    """Whether a formula would have to lie above one constant and below another that is no greater.

    Pushing two facts of such a formula would go on to the end of time, which makes the first
    requests take up to 3.9 times the work (`benchmarks/ablations.py`). A test that fails holds
    of null too, so one test of the formula must hold.
    Formulas that are equal have one `number`.
    """
    floors: dict[int, list[tuple[Any, bool]]] = defaultdict(list)
    ceilings: dict[int, list[tuple[Any, bool]]] = defaultdict(list)
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
        given |= {number[formula]} if holds else set()
        grid = EVERY[formula.function].grid
        is_whole = isinstance(grid, Type) and grid.kind is Kind.INTEGER  # none between 0 and 1
        side[number[formula]].append((mark + step, False) if is_whole else (mark, bool(step)))
    return any(
        low > high or (low == high and (above or below))
        for formula in given
        for low, above in floors.get(formula, ())
        for high, below in ceilings.get(formula, ())
    )


def _edge(comparison: Comparison, holds: bool) -> Iterator[Edge]:
    """The lower term, the upper one, and whether they must differ."""
    low, high = comparison.subject, comparison.operand
    if comparison.operator is Operator.AT_MOST and _is_told(low) and _is_told(high):
        yield (low, high, False) if holds else (high, low, True)


def _by_arguments(term: Term) -> Iterator[Edge]:
    """How a term stands to its arguments, whatever they are."""
    match term:
        case Formula(function, (start, Constant(int(count)))) if function in _COUNTING_ON:
            yield (start, term, count > 0) if count >= 0 else (term, start, True)
        case Formula("working_day_at_or_after", (start, *_)):
            yield start, term, False
        case Formula("minimum", arguments):
            yield from ((term, argument, False) for argument in arguments)
        case Formula("maximum", arguments):
            yield from ((argument, term, False) for argument in arguments)


def _by_counts(low: Term, high: Term) -> Iterator[Edge]:
    """That of two terms which count on from one start, the one that counts further is later."""
    match low, high:
        case (
            Formula(function, (start, Constant(int(fewer)))) as one,
            Formula(_, (begin, Constant(int(more)))) as other,
        ):
            is_alike = (one.hours, one.tie, start) == (other.hours, other.tie, begin)
            if function == other.function in _COUNTING_ON and is_alike and fewer < more:
                yield low, high, True


def _is_told(term: Term) -> bool:
    """Whether the term has a value wherever it is compared: no formula that may come to null."""
    if isinstance(term, Formula):
        return term.function in _ORDERED and all(map(_is_told, term.arguments))
    return isinstance(term, FactRef) or (isinstance(term, Constant) and term.value is not None)
