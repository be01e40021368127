"""From answers that a diagram should get to values of facts, as near to those told as can be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import inf
from typing import Any
from zoneinfo import ZoneInfo

from reglament.analysis.counterfactual.near_lists import items_changed, nearest_list
from reglament.diagram.kernel.branches import constraints_of
from reglament.diagram.kernel.forest import EnumVar, NullVar, PredicateVar, TooLarge, Variable
from reglament.diagram.kernel.list_profiles import PlainLists
from reglament.diagram.kernel.list_samples import items_said
from reglament.diagram.kernel.successor import first_above
from reglament.diagram.kernel.text_samples import OTHER_WORD, text_tests_of, text_with
from reglament.diagram.kernel.usual_requests import value_on
from reglament.diagram.solver.bounds_propagation import Bounds, BoundsPropagation, Constraint
from reglament.diagram.solver.ordinals import ordinal, value_at
from reglament.diagram.solver.round_values import DOWN, UP, rounder, whole_seconds
from reglament.frozen import frozen
from reglament.model.conditions import Comparison, Includes
from reglament.model.moments import DAY, MICROSECOND
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import FactRef
from reglament.model.values import LENGTHS, Kind, Period, TimeOfDay, Type, Value, nought

Answers = tuple[tuple[Variable, Any], ...]
MONTH_LONG = timedelta(days=30)  # near enough to say which of two changes is less


@frozen
class NearValues:
    """Chooses values for the free facts of a request whose other facts are `kept`."""

    version: Version
    solver: BoundsPropagation
    told: Mapping[str, Value]
    kept: Mapping[str, Value]
    lists: PlainLists

    def that_give(self, answers: Answers, free: tuple[str, ...]) -> dict[str, Value] | None:
        """Values of the free facts that give the answers; None where there are none."""
        found: dict[str, Value] = {}
        for variable, answer in answers:
            self._tell(found, variable, answer)
        for fact, tests in text_tests_of(answers).items():
            if fact not in self.kept and found.get(fact, OTHER_WORD) == OTHER_WORD:
                with suppress(TooLarge):
                    found[fact] = text_with(tests) or OTHER_WORD
        constraints = tuple(c for pair in answers for c in constraints_of(*pair))
        ordered = [f for f in free if self._type(f).is_ordered and found.get(f, f) is not None]
        for fact in ordered:
            nearest = self._nearest(fact, constraints)
            if nearest is None:
                return None
            found[fact] = nearest
            past = first_above(self._type(fact), nearest)
            constraints = (*constraints, Bounds(fact, nearest, past))
        for fact in free:
            if fact not in found:
                found[fact] = self._some_word(fact)
        for fact, items in self._lists(answers, found).items():
            if items is None:
                return None
            found[fact] = items
        return found

    def _lists(self, answers: Answers, found: Mapping[str, Value]) -> dict[str, Value]:
        """For each plain list that is free, the nearest that gives the answers; null of none."""
        wanted: dict[str, list[tuple[Variable, bool]]] = {}
        for variable, answer in answers:
            name = self.lists.asked(variable)
            if name is not None and found.get(name) is not None:
                wanted.setdefault(name, []).append((variable, bool(answer)))
        facts = {**self.kept, **found}
        return {name: self._near_list(name, some, facts) for name, some in wanted.items()}

    def _near_list(
        self, name: str, answers: list[tuple[Variable, bool]], facts: Mapping[str, Value]
    ) -> Value:
        held: Any = self.told.get(name) or ()
        given = {fact: value for fact, value in facts.items() if fact != name}
        said = items_said(self._type(name).item, answers, given)
        return nearest_list(self.lists, name, answers, given, held, tuple(said))

    def _tell(self, found: dict[str, Value], variable: Variable, answer: Any) -> None:
        match variable:
            case EnumVar(fact) if fact not in self.kept:
                found[fact] = answer
            case NullVar(fact) if answer:
                found[fact] = None
            case PredicateVar(Includes(FactRef(fact), item)):
                held: Any = found.get(fact, self.told.get(fact)) or ()
                others = tuple(one for one in held if one != item)
                found[fact] = (*others, item) if answer else others
            case PredicateVar(Comparison(FactRef(first), Operator.IS, FactRef(last))):
                self._tell_same(found, first, last, answer)

    def _tell_same(self, found: dict[str, Value], first: str, last: str, is_same: bool) -> None:
        known = {**self.kept, **found}
        for name, other in ((first, last), (last, first)):
            if name not in known:
                known[name] = found[name] = known.get(other, OTHER_WORD) if is_same else OTHER_WORD

    def _nearest(self, fact: str, constraints: tuple[Constraint, ...]) -> Value:
        """The value nearest to the one told that satisfies the constraints; None without one."""
        start = self._start(fact)
        above = self._least(fact, constraints, start, None)
        lowest = self._least(fact, constraints, None, start)
        if above is not None and above != start:
            above = self._rounded(fact, constraints, above, UP)
        if above == start or lowest is None:
            return above
        below = self._greatest(fact, constraints, lowest, start)
        if above is None:
            return below
        return min((above, below), key=lambda value: distance(start, value))

    def _least(
        self, fact: str, constraints: tuple[Constraint, ...], first: Value, past: Value
    ) -> Value:
        bounded = (*constraints, Bounds(fact, first, past))
        solution = self.solver.solve(self.kept, bounded)
        return solution.values[fact] if solution.is_possible else None

    def _greatest(
        self, fact: str, constraints: tuple[Constraint, ...], lowest: Value, past: Value
    ) -> Value:
        """The greatest value below `past`, or a rounder one where that will do."""
        type_ = self._type(fact)
        first, last = ordinal(type_, lowest), ordinal(type_, past)

        def is_too_great(place: int) -> bool:
            return self._least(fact, constraints, value_at(type_, place), past) is None

        place = first + bisect_left(range(first + 1, last), True, key=is_too_great)
        value = self._least(fact, constraints, value_at(type_, place), past)
        return self._rounded(fact, constraints, value, DOWN)

    def _rounded(
        self, fact: str, constraints: tuple[Constraint, ...], value: Any, way: int
    ) -> Value:
        """A rounder value that way from this one, where that will do as well.

        One that was told moves no further than to a whole second. Of a moment that was not told,
        which is to be arranged, the beginning of a day.
        """
        type_ = self._type(fact)
        is_told = self.told.get(fact) is not None
        beside = whole_seconds if is_told else rounder
        near = list(beside(type_, value, self.solver.zone, (way,)))
        if not is_told and isinstance(value, datetime):
            near.insert(0, _day_of(value + (DAY - MICROSECOND if way == UP else timedelta(0))))
        return next((one for one in near if self._is_met(fact, constraints, one)), value)

    def _is_met(self, fact: str, constraints: tuple[Constraint, ...], value: Value) -> bool:
        past = first_above(self._type(fact), value)
        return self._least(fact, constraints, value, past) is not None

    def _start(self, fact: str) -> Any:
        """The value told, or an everyday one where none is."""
        told = self.told.get(fact)
        if told is not None:
            return told
        usual = usual_value(self.version, self._type(fact), self.told)
        is_arranged = isinstance(usual, datetime) and fact != self.version.chosen_by
        return _day_of(usual) if is_arranged else usual

    def _some_word(self, fact: str) -> Value:
        """Some value of the fact that is not null and not the one told."""
        type_ = self._type(fact)
        options: tuple[Value, ...] = type_.options or (OTHER_WORD,)
        if type_.kind is Kind.BOOLEAN:
            options = (True, False)
        if type_.kind is Kind.LIST:
            options = ((),)
        return next((option for option in options if option != self.told.get(fact)), options[0])

    def _type(self, fact: str) -> Type:
        return self.version.facts[fact].type


def _day_of(moment: datetime) -> datetime:
    """The beginning of the moment's day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def usual_value(version: Version, type_: Type, told: Mapping[str, Value]) -> Any:
    """A value of the type near which people's requests lie: the request's own day, or zero."""
    if type_.kind is Kind.TIME:
        return TimeOfDay(12)
    if type_.kind in LENGTHS:
        return nought(type_)
    if type_.kind not in (Kind.DATE, Kind.DATETIME):
        return 0 if type_.kind is Kind.INTEGER else Decimal(0)
    anchor = told.get(version.chosen_by)
    if not isinstance(anchor, date):
        anchor = version.holds_from + timedelta(days=365)
    if type_.kind is Kind.DATE:
        return anchor.date() if isinstance(anchor, datetime) else anchor
    if isinstance(anchor, datetime):
        return anchor
    return datetime.combine(anchor, time(12), ZoneInfo(version.zone))


def in_force(version: Version) -> Iterator[Bounds]:
    """The version judges only requests from the day on which it begins to hold."""
    fact = version.facts.get(version.chosen_by)
    if fact is not None and fact.type.kind in (Kind.DATE, Kind.DATETIME):
        first = value_on(fact.type.kind, version.holds_from, version.zone)
        yield Bounds(fact.name, first, None)


def distance(before: Any, after: Any) -> float:
    """How far apart two ordered values are, times in seconds.

    0 for words, and endless to or from null.
    """
    if (before is None) is not (after is None):
        return inf
    if isinstance(before, tuple):
        return float(items_changed(before, after))
    if isinstance(before, bool | str) or before is None:
        return 0.0
    apart = abs(after - before)
    if isinstance(apart, Period):
        return apart.months * MONTH_LONG.total_seconds()
    return apart.total_seconds() if isinstance(apart, timedelta) else float(apart)
