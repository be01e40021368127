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
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from reglament.diagram.solver.difference_cycles import has_empty_range, has_strict_cycle
from reglament.diagram.solver.monotonicity import NotMonotone, direction
from reglament.diagram.solver.ordinals import domain, ordinal, value_at
from reglament.frozen import frozen
from reglament.functions.evaluate import reader
from reglament.memo import Memo, MemoByIdentity
from reglament.model.calendar import OutsideCalendar, WorkingHours
from reglament.model.conditions import Comparison, Within
from reglament.model.moments import DAY, in_zone
from reglament.model.terms import FactRef, Formula
from reglament.model.values import Type, Value
from reglament.model.visitor import facts_of

MOST_ROUNDS = 200  # of pushing facts upward; then it is open whether there is a solution


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


class Inequality:
    """That the term `low` stands before the term `high`, as a test says that `holds` of them."""

    def __init__(self, atom: Comparison, holds: bool, hours: Mapping[str, WorkingHours]) -> None:
        self.low, self.high = (
            (atom.subject, atom.operand) if holds else (atom.operand, atom.subject)
        )
        self.holds: Callable[[Any, Any], bool] = operator.le if holds else operator.lt
        self.facts = facts_of(self.low, self.high)
        self._read_low, self._read_high = reader(self.low, hours), reader(self.high, hours)
        self._helps_always = Memo(self._helps_whatever_is_given)

    def mark(self, facts: Mapping[str, Value]) -> Any:
        """What `low` comes to, where it does not stand before `high`; else None.

        Raises NotMonotone where one of them is null.
        """
        low, high = self._read_low(facts), self._read_high(facts)
        if low is None or high is None:
            raise NotMonotone
        return None if self.holds(low, high) else low

    def helps(self, fact: str, given: Mapping[str, Value]) -> bool:
        """Whether `low` comes to stand before `high` as the fact grows. Raises NotMonotone."""
        found = self._helps_always[fact]
        return self._helps(fact, given) if found is None else found

    def _helps_whatever_is_given(self, fact: str) -> bool | None:
        try:
            return self._helps(fact, {})
        except NotMonotone:
            return None

    def _helps(self, fact: str, given: Mapping[str, Value]) -> bool:
        up, down = direction(self.high, fact, given), direction(self.low, fact, given)
        if up * down > 0:
            raise NotMonotone
        return up > 0 or down < 0


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
        self.facts_of = MemoByIdentity[Comparison | Within, frozenset[str]](facts_of)
        # Of each comparison what it says where it holds and where it fails.
        self.inequalities = MemoByIdentity[Comparison, dict[bool, Inequality]](
            lambda atom: Memo(lambda holds: Inequality(atom, holds, hours))
        )
        alike: dict[Formula, int] = {}
        self.number = MemoByIdentity[Formula, int](lambda one: alike.setdefault(one, len(alike)))

    def solve(self, given: Mapping[str, Value], constraints: tuple[Constraint, ...]) -> Solution:
        """The least values of the missing facts in the constraints, given the others."""
        return ConstraintSystem(self, constraints).solve(given)


class ConstraintSystem:
    """Constraints on missing facts, put together once for request after request.

    `is_contradictory` says that no values of any facts meet them.
    """

    def __init__(self, solver: BoundsPropagation, constraints: tuple[Constraint, ...]) -> None:
        self.solver = solver
        tests = [constraint for constraint in constraints if isinstance(constraint, Holds)]
        own = [constraint for constraint in constraints if isinstance(constraint, Bounds)]
        comparisons = [(one.atom, one.holds) for one in tests if isinstance(one.atom, Comparison)]
        self.is_contradictory = has_strict_cycle(comparisons) or has_empty_range(
            comparisons, solver.number
        )
        self.inequalities = [solver.inequalities[atom][holds] for atom, holds in comparisons]
        self.bounds = (*solver.bounds, *own)
        self.within: dict[str, list[tuple[WorkingHours, bool]]] = defaultdict(list)
        self.is_decided = True
        for test in tests:
            match test.atom:
                case Within(FactRef(name), hours):
                    self.within[name].append((solver.hours[hours], test.holds))
                case Within():
                    self.is_decided = False
        self.facts = frozenset(bound.fact for bound in own).union(
            *(solver.facts_of[test.atom] for test in tests)
        )

    def solve(self, given: Mapping[str, Value]) -> Solution:
        """The least values of those of the facts that are not given."""
        if self.is_contradictory:
            return Solution(False, {})
        try:
            search = _Propagation(self, given)
            search.run()
        except Infeasible:
            return Solution(False, {})
        values = {fact: search.facts[fact] for fact in search.low}
        return Solution(True, values, search.is_proven)


class _Propagation:
    """One search; `facts` are those given and the missing ones at their lower bounds."""

    def __init__(self, system: ConstraintSystem, given: Mapping[str, Value]) -> None:
        self.system, self.solver = system, system.solver
        self.told = given
        self.is_proven = system.is_decided
        self.facts = dict(given)
        self.low: dict[str, int] = {}
        self.high: dict[str, int] = {}
        for fact in system.facts - given.keys():
            self.low[fact], self.high[fact] = domain(self.solver.types[fact])
        for bound in system.bounds:
            if bound.fact in self.low:
                self._bound(bound)
        for fact, low in self.low.items():
            self.facts[fact] = self._value(fact, low)

    def run(self) -> None:
        """Push lower bounds up until nothing moves. Raises Infeasible."""
        for _ in range(self.solver.most_rounds):
            before = dict(self.low)
            for inequality in self.system.inequalities:
                self._push(inequality)
            for fact, wanted in self.system.within.items():
                self._push_within(fact, wanted)
            if self.low == before:
                return
        self.is_proven = False

    def _bound(self, bound: Bounds) -> None:
        if bound.first is not None:
            first = self._ordinal(bound.fact, bound.first)
            self.low[bound.fact] = max(self.low[bound.fact], first)
        if bound.past is not None:
            past = self._ordinal(bound.fact, bound.past) - 1
            self.high[bound.fact] = min(self.high[bound.fact], past)
        if self.low[bound.fact] > self.high[bound.fact]:
            raise Infeasible

    def _push(self, inequality: Inequality) -> None:
        """Make the lower term stand before the upper one, by the one fact whose growth helps."""
        try:
            mark = inequality.mark(self.facts)
            if mark is None:
                return
            missing = inequality.facts & self.low.keys()
            helpers = [fact for fact in missing if inequality.helps(fact, self.told)]
            if not helpers:
                raise Infeasible
            if len(helpers) > 1:
                self.is_proven = False
                return
            (fact,) = helpers
            place = self._least(fact, inequality, mark)
            self._raise_to(fact, self._search(fact, inequality) if place is None else place)
        except (OverflowError, OutsideCalendar, NotMonotone):
            self.is_proven = False

    def _least(self, fact: str, inequality: Inequality, mark: Any) -> int | None:
        """The least value of `fact` at which the upper term, where it is simple, passes the mark.

        Other terms are searched, which takes up to 1.2 times the work (`benchmarks/ablations.py`).
        """
        is_weak = inequality.holds(mark, mark)
        if inequality.high == FactRef(fact):
            place = self._ordinal(fact, mark)
            return place if is_weak else place + 1
        if inequality.high == Formula("day_of", (FactRef(fact),)):
            day = mark if is_weak else mark + DAY
            return self._ordinal(fact, datetime.combine(day, time(), self.solver.zone))
        return None

    def _search(self, fact: str, inequality: Inequality) -> int:
        """The least value of the fact that helps; once one does, all greater ones do."""
        facts = dict(self.facts)

        def is_met(place: int) -> bool:
            facts[fact] = self._value(fact, place)
            return inequality.mark(facts) is None

        first, last = self.low[fact], self.high[fact]
        if not is_met(last):
            raise Infeasible
        while first < last:
            middle = (first + last) // 2
            if is_met(middle):
                last = middle
            else:
                first = middle + 1
        return first

    def _raise_to(self, fact: str, place: int) -> None:
        if place > self.low[fact]:
            self.low[fact] = place
            if place > self.high[fact]:
                raise Infeasible
            self.facts[fact] = self._value(fact, place)

    def _push_within(self, fact: str, wanted: list[tuple[WorkingHours, bool]]) -> None:
        """Move the moment on until each of the hours is open or closed as wanted.

        WorkingHours that are never open together are followed to the end of the calendar: a round
        a day would not get there.
        """
        moment: Any = self.facts[fact]
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

    def _ordinal(self, fact: str, value: Any) -> int:
        return ordinal(self.solver.types[fact], value)

    def _value(self, fact: str, place: int) -> Value:
        return value_at(self.solver.types[fact], place, self.solver.zone)
