"""From comparisons that tie missing facts to the points of a box where they hold most easily.

A comparison holds most easily where its lower side is least and its upper side greatest.
Each side only rises or only falls with a fact, so that is at the ends of the facts' lines.
Where no two comparisons pull a fact to different ends, one point tells for the whole box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import product
from typing import Any

from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.diagram.solver.monotonicity import NotMonotone, direction
from reglament.diagram.solver.ordinals import value_at
from reglament.functions.evaluate import reader
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import Comparison
from reglament.model.moments import in_zone
from reglament.model.visitor import facts_of

MOST_POINTS = 16
MARGIN = 64


class ExtremePoints:
    """The extreme points at which some `at most` comparisons, each holding or not, are tried.

    Raises NotMonotone where it is not known which way a term moves.
    """

    def __init__(self, ties: Iterable[tuple[Comparison, bool]], solver: BoundsPropagation) -> None:
        self.solver = solver
        self._comparisons = []
        ends: dict[str, set[int]] = {}
        for atom, holds in ties:
            low, high = (atom.subject, atom.operand) if holds else (atom.operand, atom.subject)
            read = reader(low, solver.hours), reader(high, solver.hours)
            self._comparisons.append((*read, holds))
            for term, pull in ((low, 0), (high, 1)):
                for fact in facts_of(term):
                    rises = direction(term, fact, {}) > 0
                    ends.setdefault(fact, set()).add(pull if rises else 1 - pull)
        # One point is enough where every fact is pulled to one end alone.
        self.is_enough = all(len(pulls) == 1 for pulls in ends.values())
        self._points = [
            dict(zip(ends, chosen, strict=True)) for chosen in product(*map(sorted, ends.values()))
        ][:MOST_POINTS]

    def hold_in(self, box: Mapping[str, tuple[int, int]]) -> bool | None:
        """Whether the comparisons hold together somewhere in the box; None where that is not known.

        `box` has the first and the last place on the line of each fact.
        """
        try:
            if any(self._hold_at(corner, box) for corner in self._points):
                return True
        except (OutsideCalendar, OverflowError, ValueError):
            return None
        return False if self.is_enough else None

    def _hold_at(self, corner: Mapping[str, int], box: Mapping[str, tuple[int, int]]) -> bool:
        facts = {fact: self._value(fact, box[fact][end]) for fact, end in corner.items()}
        for read_low, read_high, may_equal in self._comparisons:
            low, high = read_low(facts), read_high(facts)
            if low is None or high is None:
                raise ValueError("a term of a comparison came to null")
            if not (low <= high if may_equal else low < high):
                return False
        return True

    def _value(self, fact: str, place: int) -> Any:
        value = value_at(self.solver.types[fact], place)
        return in_zone(value, self.solver.zone) if isinstance(value, datetime) else value


def extreme_points_of(
    ties: Iterable[tuple[Any, bool]], solver: BoundsPropagation
) -> ExtremePoints | None:
    """The extreme points; None where the ties are not all comparisons whose terms move one way."""
    ties = tuple(ties)
    if not all(isinstance(atom, Comparison) for atom, _ in ties):
        return None
    try:
        return ExtremePoints(ties, solver)
    except NotMonotone:
        return None


def unconstrained_range(
    atom: Any, fact: str, solver: BoundsPropagation, lines: Mapping[str, tuple[int, int]]
) -> tuple[int, int] | None:
    """Places of `fact` between which the comparison can be answered anyhow by its other fact.

    A part of the line well inside its ends is tried, each side of the comparison being
    worst for an answer at one of the part's own ends. None where that does not show it.
    """
    first, last = lines[fact]
    margin = (last - first) // MARGIN
    inside = first + margin, last - margin
    for holds in (True, False):
        corners = extreme_points_of([(atom, holds)], solver)
        if corners is None or not corners.is_enough:
            return None
        if not all(corners.hold_in({**lines, fact: (at, at)}) for at in inside):
            return None
    return inside
