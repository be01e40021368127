"""From constraints on missing facts to the least values that satisfy them, or none.

    bought >= 1 March,  bought + 14 days <= answered,  answered within opening hours

    bought     1 March
    answered   1900 -> 15 March (a Sunday) -> 16 March 10:00, and nothing moves any more

Every constraint here says that one term stands before another, or that a moment
lies inside or outside of working hours. Seen from one fact, such a constraint
only ever pushes upward, and never further than it must; so pushing until nothing
moves finds the least solution where there is one (the least fixpoint of monotone
maps on a bounded lattice: Tarski 1955; bounds alone are kept, as in Davis 1987).
Where a constraint could be met by pushing either of two facts the method does not
decide, and says so.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from reglament.diagram.solver.difference_cycles import has_empty_range, has_strict_cycle
from reglament.diagram.solver.monotonicity import NotMonotone, direction
from reglament.diagram.solver.ordinals import domain, ordinal, value_at
from reglament.frozen import frozen
from reglament.functions.evaluate import value_of
from reglament.memo import OnceByIdentity
from reglament.model.calendar import OutsideCalendar, WorkingHours
from reglament.model.conditions import Comparison, Within
from reglament.model.moments import in_zone
from reglament.model.terms import FactRef, Formula, Term
from reglament.model.values import Type, Value
from reglament.model.visitor import facts_of

DAY = timedelta(days=1)
MOST_ROUNDS = 200


@frozen
class Bounds:
    """An ordered fact is at least `first` and less than `past`; None is no bound."""

    fact: str
    first: Any | None
    past: Any | None


@frozen
class Holds:
    """An atom holds, or does not."""

    atom: Comparison | Within
    holds: bool


Constraint: TypeAlias = Bounds | Holds


@frozen
class Solution:
    """Whether constraints can be met; where they can, by which least values.

    `is_proven` is false where a constraint stayed undecided: then the values
    are a guess to be confirmed.
    """

    is_possible: bool
    values: Mapping[str, Value]
    is_proven: bool = True


class Infeasible(Exception):
    """No values satisfy the constraints."""


class BoundsPropagation:
    """Finds least values of missing facts; `types` are the types of all facts.

    Moments are given in the zone `zone`. `bounds` narrows the domain of a fact. After
    `most_rounds` of pushing it is left open whether there is a solution.
    """

    most_rounds = MOST_ROUNDS

    def __init__(
        self,
        types: Mapping[str, Type],
        hours: Mapping[str, WorkingHours],
        zone: str,
        bounds: tuple[Bounds, ...] = (),
    ) -> None:
        self.types = types
        self.hours = hours
        self.zone = ZoneInfo(zone)
        self.bounds = bounds
        self.facts_of = OnceByIdentity[Comparison | Within, frozenset[str]](facts_of)
        alike: dict[Formula, int] = {}
        self._number = OnceByIdentity[Formula, int](lambda one: alike.setdefault(one, len(alike)))

    def solve(self, given: Mapping[str, Value], constraints: tuple[Constraint, ...]) -> Solution:
        """The least values of the missing facts in the constraints, given the others."""
        comparisons = tuple(_comparisons(constraints))
        if has_strict_cycle(comparisons) or has_empty_range(comparisons, self._number):
            return Solution(False, {})
        try:
            search = _Propagation(self, given, constraints)
            search.run()
        except Infeasible:
            return Solution(False, {})
        return Solution(True, search.values(), search.is_proven)


def _comparisons(constraints: Iterable[Constraint]) -> Iterator[tuple[Comparison, bool]]:
    for constraint in constraints:
        if isinstance(constraint, Holds) and isinstance(constraint.atom, Comparison):
            yield constraint.atom, constraint.holds


class _Propagation:
    def __init__(
        self,
        solver: BoundsPropagation,
        given: Mapping[str, Value],
        constraints: tuple[Constraint, ...],
    ) -> None:
        self.solver = solver
        self.told = given
        self.is_proven = True
        self.low: dict[str, int] = {}
        self.high: dict[str, int] = {}
        self._known: tuple[dict[str, Value], dict[int, Value]] | None = None
        self.tests = [c for c in constraints if isinstance(c, Holds)]
        self.within: dict[str, list[tuple[WorkingHours, bool]]] = defaultdict(list)
        for test in self.tests:
            match test.atom:
                case Within(FactRef(name), hours):
                    self.within[name].append((solver.hours[hours], test.holds))
                case Within():
                    self.is_proven = False
        for constraint in constraints:
            for fact in self._facts_of(constraint) - given.keys():
                self._open(fact)
        for bound in (*solver.bounds, *constraints):
            if isinstance(bound, Bounds) and bound.fact in self.low:
                self._bound(bound)

    def run(self) -> None:
        """Push lower bounds up until nothing moves. Raises Infeasible."""
        for _ in range(self.solver.most_rounds):
            before = dict(self.low)
            for comparison, holds in _comparisons(self.tests):
                if holds:
                    self._push(comparison.subject, comparison.operand, operator.le)
                else:
                    self._push(comparison.operand, comparison.subject, operator.lt)
            for fact, wanted in self.within.items():
                self._push_within(fact, wanted)
            if self.low == before:
                return
        self.is_proven = False

    def values(self) -> dict[str, Value]:
        """The values at the lower bounds."""
        return {fact: self._value(fact, low) for fact, low in self.low.items()}

    def _facts_of(self, constraint: Constraint) -> frozenset[str]:
        if isinstance(constraint, Bounds):
            return frozenset({constraint.fact})
        return self.solver.facts_of[constraint.atom]

    def _open(self, fact: str) -> None:
        first, last = domain(self.solver.types[fact])
        self.low[fact], self.high[fact] = first, last

    def _bound(self, bound: Bounds) -> None:
        if bound.first is not None:
            first = self._ordinal(bound.fact, bound.first)
            self.low[bound.fact] = max(self.low[bound.fact], first)
        if bound.past is not None:
            past = self._ordinal(bound.fact, bound.past) - 1
            self.high[bound.fact] = min(self.high[bound.fact], past)
        if self.low[bound.fact] > self.high[bound.fact]:
            raise Infeasible

    def _push(self, low: Term, high: Term, holds: Callable[[Any, Any], bool]) -> None:
        """Make `low` stand before `high`, by the one fact whose growth helps."""

        def test(values: Mapping[str, Value], known: dict[int, Value]) -> bool:
            return holds(self._evaluate(low, values, known), self._evaluate(high, values, known))

        values, known = self._all_values()
        try:
            if test(values, known):
                return
            helpers = self._helpers(low, high)
            if not helpers:
                raise Infeasible
            if len(helpers) > 1:
                self.is_proven = False
                return
            fact = helpers.pop()
            found = self._least(fact, high, self._evaluate(low, values, known), holds)
            if found is None:
                self._raise(fact, lambda n: test({**values, fact: self._value(fact, n)}, {}))
            else:
                self._raise_to(fact, found)
        except (OverflowError, OutsideCalendar, NotMonotone):
            self.is_proven = False

    def _least(
        self, fact: str, high: Term, mark: Any, holds: Callable[[Any, Any], bool]
    ) -> int | None:
        """The least value of `fact` at which `high`, where it is simple enough, passes the mark."""
        if high == FactRef(fact):
            place = self._ordinal(fact, mark)
            return place if holds(mark, mark) else place + 1
        if high == Formula("day_of", (FactRef(fact),)):
            day = mark if holds(mark, mark) else mark + DAY
            return self._ordinal(fact, datetime.combine(day, time(), self.solver.zone))
        return None

    def _raise_to(self, fact: str, place: int) -> None:
        self._known = None
        self.low[fact] = max(self.low[fact], place)
        if self.low[fact] > self.high[fact]:
            raise Infeasible

    def _helpers(self, low: Term, high: Term) -> set[str]:
        """The missing facts whose growth helps `low` to stand before `high`."""
        helpers = set()
        for fact in facts_of(low, high) & self.low.keys():
            up, down = direction(high, fact, self.told), direction(low, fact, self.told)
            if up * down > 0:
                raise NotMonotone
            if up > 0 or down < 0:
                helpers.add(fact)
        return helpers

    def _raise(self, fact: str, test: Callable[[int], bool]) -> None:
        """The least value of the fact that passes; once one passes, all greater ones do."""
        self._known = None
        first, last = self.low[fact], self.high[fact]
        if not test(last):
            raise Infeasible
        while first < last:
            middle = (first + last) // 2
            if test(middle):
                last = middle
            else:
                first = middle + 1
        self.low[fact] = first

    def _push_within(self, fact: str, wanted: list[tuple[WorkingHours, bool]]) -> None:
        """Move the moment on until each of the hours is open or closed as wanted.

        WorkingHours that are never open together are followed to the end of the calendar: a round
        a day would not get there.
        """
        moment: Any = self._value(fact, self.low[fact])
        before = None
        try:
            while moment != before:
                before = moment
                for hours, is_open in wanted:
                    moment = max(moment, in_zone(hours.covered[0], self.solver.zone))
                    moment = hours.next_open(moment) if is_open else hours.next_closed(moment)
        except OutsideCalendar:
            raise Infeasible from None
        self._raise_to(fact, self._ordinal(fact, moment))

    def _all_values(self) -> tuple[dict[str, Value], dict[int, Value]]:
        """The facts told and those at their lower bounds, and what terms over them come to."""
        if self._known is None:
            self._known = {**self.told, **self.values()}, {}
        return self._known

    def _evaluate(self, term: Term, values: Mapping[str, Value], known: dict[int, Value]) -> Any:
        result = value_of(term, values, self.solver.hours, known)
        if result is None:
            raise NotMonotone
        return result

    def _ordinal(self, fact: str, value: Any) -> int:
        return ordinal(self.solver.types[fact], value)

    def _value(self, fact: str, ordinal: int) -> Value:
        value = value_at(self.solver.types[fact], ordinal)
        return in_zone(value, self.solver.zone) if isinstance(value, datetime) else value
