"""From a comparison that lacks one fact to the place where it cuts that fact's line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.diagram.solver.monotonicity import NotMonotone, direction
from reglament.diagram.solver.ordinals import domain, ordinal, value_at
from reglament.frozen import frozen
from reglament.functions.evaluate import reader
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import Comparison
from reglament.model.moments import DAY
from reglament.model.terms import FactRef, Formula
from reglament.model.values import Kind, Value
from reglament.model.visitor import facts_of


class NoThreshold(Exception):
    """The comparison is not known to change its answer at one place of the line."""


@frozen
class Threshold:
    """Where a comparison changes: from `place` on it holds (`rises`) or fails, before it not.

    The place is past the end of the line where the comparison does not change.
    """

    place: int
    rises: bool


class ThresholdFinder:
    """Finds where the `at most` comparison `atom` cuts the line of its one missing fact.

    `line` are the first and the last place of the line. Raises NoThreshold where the
    fact stands on both sides.
    """

    def __init__(
        self, atom: Comparison, fact: str, solver: BoundsPropagation, line: tuple[int, int]
    ) -> None:
        self.fact, self.solver = fact, solver
        self.type = solver.types[fact]
        self.first, self.last = line
        on_the_left = fact in facts_of(atom.subject)
        if on_the_left and fact in facts_of(atom.operand):
            raise NoThreshold
        # The known value has to be at most that of the missing fact, or it at most the known one.
        self.is_above = not on_the_left
        self.open = atom.subject if on_the_left else atom.operand
        self.known = atom.operand if on_the_left else atom.subject
        self.read_open = reader(self.open, solver.hours)
        self.read_known = reader(self.known, solver.hours)
        self._rises = self._does_rise({})
        self._exact = _EXACT.get(self.type.kind)
        # What else is missing makes no difference (`formula_ranges.py`), so it may be anything.
        others = facts_of(atom.subject, atom.operand) - {fact}
        self._others = {
            name: value_at(type_, domain(type_)[0], solver.zone)
            for name in others
            if (type_ := solver.types.get(name)) is not None and type_.is_ordered
        }
        self._is_bare = self.open == FactRef(fact)
        self._is_day = self.open == Formula("day_of", (FactRef(fact),))

    def threshold(self, given: Mapping[str, Value]) -> Threshold:
        """The cut, for what a request tells. Raises NoThreshold."""
        if not self._others.keys() <= given.keys():
            given = {**self._others, **given}
        try:
            return self._threshold(given)
        except (OutsideCalendar, OverflowError, ValueError):
            raise NoThreshold from None

    def _threshold(self, given: Mapping[str, Value]) -> Threshold:
        mark: Any = self.read_known(given)
        rises = self._does_rise(given) if self._rises is None else self._rises
        if rises is None:
            raise NoThreshold
        place = self._direct(mark)
        if place is None:
            place = self._search(self._turned(given, mark, rises))
        return Threshold(place, rises)

    def _does_rise(self, given: Mapping[str, Value]) -> bool | None:
        """Whether the comparison comes to hold as the fact grows; None where that is not clear."""
        try:
            return (direction(self.open, self.fact, given) > 0) is self.is_above
        except NotMonotone:
            return None

    def _direct(self, mark: Any) -> int | None:
        """The place for a bare fact or its day; None where it takes a search."""
        if self._is_bare and type(mark) is self._exact:
            return ordinal(self.type, mark) + (not self.is_above)
        if self._is_day and type(mark) is date:
            return self._start_of(mark if self.is_above else mark + DAY)
        return None

    def _start_of(self, day: date) -> int:
        return ordinal(self.type, datetime.combine(day, time(), self.solver.zone))

    def _turned(self, given: Mapping[str, Value], mark: Any, rises: bool) -> Callable[[int], bool]:
        """Whether the comparison has turned at a place, to stay so from there on."""
        facts, zone = dict(given), self.solver.zone

        def turned(place: int) -> bool:
            facts[self.fact] = value_at(self.type, place, zone)
            found = self.read_open(facts)
            if mark is None or found is None:
                return not rises  # a comparison with null never holds
            holds: bool = mark <= found if self.is_above else found <= mark
            return holds is rises

        return turned

    def _search(self, turned: Callable[[int], bool]) -> int:
        """The first place that has turned."""
        line = range(self.first, self.last + 1)
        return self.first + bisect_left(line, True, key=turned)


# Values that stand on the grid of a line as they are.
_EXACT: Mapping[Kind, type] = {
    Kind.DATE: date,
    Kind.DATETIME: datetime,
    Kind.INTEGER: int,
}
