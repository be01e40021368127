"""From what versions say to the values of each fact at which a decision may turn."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from reglament.analysis.search.constants import Constants
from reglament.analysis.search.real_lists import RealLists
from reglament.analysis.window import DayWindow
from reglament.diagram.kernel.successor import tick_of
from reglament.functions.elapsed_time import HOUR, MINUTE
from reglament.model.lists import ItemList, lists_in
from reglament.model.moments import DAY, MICROSECOND, in_zone
from reglament.model.regulation import Fact, Version
from reglament.model.values import (
    LARGEST,
    LONGEST,
    MOST_MONTHS,
    NUMBERS,
    Kind,
    Period,
    TimeOfDay,
    Type,
    Value,
)

OTHER_WORD = "something-else"
SAMPLES = (0, 1, 2, 3, 5, 7, 10, 12, 14, 20, 28, 30, 50, 100, 365, 1_000, 10_000, 100_000, -1, -10)
PARTS = ("0.01", "0.5", "0.99", "1.01", "2.37", "9.95", "33.33", "1234.56")
CLOCKS = (time(), time(12), time(23, 59, 59, 999_999))
DURATIONS = (timedelta(0), timedelta(hours=1), timedelta(days=1), timedelta(days=30))
_SOME: Mapping[Kind, tuple[Any, ...]] = {
    Kind.TIME: (TimeOfDay(0), TimeOfDay(9, 30), TimeOfDay(23, 59)),
    Kind.DURATION: DURATIONS,
    Kind.PERIOD: (Period(0), Period(1), Period(12), Period(36)),
}
_PYTHON: Mapping[Kind, type] = {Kind.TIME: TimeOfDay, Kind.DURATION: timedelta, Kind.PERIOD: Period}
EARLIEST, SPAN = date(1900, 1, 1), 30
MOST_DAYS, MOST_VALUES, MOST_ITEMS, MOST_COUNT, MOST_COUNTS = 80, 240, 4, 120, 24
MOST_COUNTED = 8


class TriedValues:
    """The values worth trying of the facts of `common`, which `versions` share.

    TriedValues of the worked examples go first, then those beside a constant that the fact is
    compared with, then those beside every other constant of its kind. `days` are days to
    try beside those that the versions name; `within` bounds the fact that chooses a version.
    """

    def __init__(
        self,
        common: Version,
        versions: Sequence[Version],
        within: DayWindow,
        days: Iterable[date] = (),
        joint: Version | None = None,
    ) -> None:
        self.common = common
        self.versions = versions
        self.within = within
        self.zone = ZoneInfo(common.zone)
        self._days = tuple(days)
        self._constants = Constants(versions)
        self._kept: dict[str, tuple[Value, ...]] = {}
        self._lists = RealLists(versions, self.of_field, self.of, joint)

    def of(self, name: str) -> tuple[Value, ...]:
        """The values of one fact, most telling first."""
        if name not in self._kept:
            found = dict.fromkeys(_keyed(v) for v in self._every(self.common.facts[name]))
            self._kept[name] = tuple(value for _, value in found)[:MOST_VALUES]
        return self._kept[name]

    def typical(self, name: str) -> Value:
        """A value of the fact that says least: null, or the first one worth trying."""
        values = self.of(name)
        return None if None in values else values[0] if values else None

    def fits(self, name: str, value: Any) -> bool:
        """Whether a request of the compared versions may give the value for the fact."""
        fact = self.common.facts[name]
        if value is None:
            return fact.is_nullable and name != self.common.chosen_by
        if isinstance(value, date) and not self._is_in_time(name, value):
            return False
        return _is_of(fact.type, value) and fact.type.admits(value)

    def fits_whole(self, request: Mapping[str, Value]) -> bool:
        """Whether a request of the compared versions may tell all of this."""
        return all(self.fits(name, value) for name, value in request.items())

    def beside(self, value: Any, type_: Type) -> Iterator[Any]:
        """The value and those one step from it."""
        yield value
        try:
            tick = tick_of(type_)
            yield from (value + step for step in (tick, -tick))
        except OverflowError:
            return

    def _every(self, fact: Fact) -> Iterator[Value]:
        if fact.is_nullable and fact.name != self.common.chosen_by:
            yield None
        for value in self._raw(fact):
            if fact.name in self.common.lists and isinstance(value, tuple):
                value = self._lists.completed(fact.name, value)
            if self.fits(fact.name, value):
                yield value

    def found(self, facts: Mapping[str, Value]) -> Mapping[str, Value] | None:
        """The request with lists in the place of totals; None where none is found."""
        return self._lists.request(facts)

    def real(self, facts: Mapping[str, Value]) -> Mapping[str, Value]:
        """The request with lists in the place of totals; without these where none is found."""
        found = self._lists.request(facts)
        if found is not None:
            return found
        return {name: facts[name] for name in facts if name in self.common.told_facts}

    def with_whole_lists(self, facts: Mapping[str, Value]) -> Mapping[str, Value]:
        """The request with every field of every item of its lists, and no item more."""
        if not self.common.lists:
            return facts
        told = ((name, facts[name]) for name in self.common.lists if name in facts)
        return {**facts, **{name: self._lists.completed(name, items) for name, items in told}}

    def of_field(self, items: ItemList, fact: Fact) -> Iterator[Any]:
        """The values worth trying of a field of an item."""
        if fact.is_nullable:
            yield None
        lists = [found[items.fact] for v in self.versions if items.fact in (found := lists_in(v))]
        versions = [item_list.item for item_list in lists]
        if fact.name in items.item.lists:
            yield from self._lists.inside(fact.name)
            return
        near = Constants(versions).near.get(fact.name, ())
        bounds = (one for one in (fact.type.at_least, fact.type.at_most) if one is not None)
        for value in self._of_type(fact.type, (*bounds, *near)):
            if _is_of(fact.type, value) and fact.type.admits(value):
                yield value

    def _raw(self, fact: Fact) -> Iterator[Any]:
        type_ = fact.type
        for version in self.versions:
            for example in version.examples:
                if example.facts.get(fact.name) is not None:
                    yield self._on_clock(example.facts[fact.name])
        bounds = (bound for bound in (type_.at_least, type_.at_most) if bound is not None)
        if fact.name in self.common.lists:
            yield from self._lists.lists(fact.name)
            return
        near = (*bounds, *self._constants.near.get(fact.name, ()))
        yield from self._of_type(type_, near)
        if type_.kind is Kind.LIST:
            items = tuple(self.items(fact))[:MOST_COUNTED]
            yield from ((item,) * count for item in items for count in (1, 2, 3))
            yield from combinations(items, 2)

    def items(self, fact: Fact) -> Iterator[Value]:
        """The values worth trying of an item of a plain list, most telling first."""
        type_, said = fact.type.item, self._constants.of_items.get(fact.name, ())
        if type_ is not None and type_.kind not in (Kind.LIST, Kind.RECORD):
            several = dict.fromkeys(_keyed(value) for value in self._of_type(type_, said))
            fitting = (value for _, value in several if _is_of(type_, value))
            yield from (value for value in fitting if type_.admits(value))

    def _of_type(self, type_: Type, near: Sequence[Any]) -> Iterator[Any]:
        if type_.is_ordered:
            yield from self._ordered(type_, near)
        elif type_.kind is Kind.BOOLEAN:
            yield from (True, False)
        elif type_.kind is Kind.LIST:
            yield from _lists(type_)
        else:
            yield from (*type_.options, *(one for one in near if isinstance(one, str)))
            if type_.is_open or type_.kind is Kind.TEXT:
                yield OTHER_WORD

    def _ordered(self, type_: Type, near: Iterable[Any]) -> Iterator[Any]:
        if type_.kind is Kind.DATE:
            for day in (*_days_of(near), *self.days):
                yield from self.beside(day, type_)
        elif type_.kind is Kind.DATETIME:
            yield from self._moments(near)
        else:
            fitting = _PYTHON.get(type_.kind, (int, Decimal))
            own = (value for value in near if isinstance(value, fitting))
            for value in (*own, *self._constants.of(type_.kind)):
                yield from self.beside(_of_kind(type_, value), type_)
            yield from _samples(type_)

    def _moments(self, near: Iterable[Any]) -> Iterator[datetime]:
        near = tuple(near)
        for value in near:
            if isinstance(value, datetime):
                yield from (value - MICROSECOND, value, value + MICROSECOND)
        clocks = tuple(self._clocks())
        for day in dict.fromkeys((*_days_of(near), *self.days[:MOST_DAYS])):
            for clock in clocks:
                yield in_zone(datetime.combine(day, clock, self.zone), self.zone)

    def _clocks(self) -> Iterator[time]:
        edges = {tuple(h.edges) for v in self.versions for h in v.hours.values()}
        known = dict.fromkeys((*CLOCKS, *(clock for some in sorted(edges) for clock in some)))
        for clock in known:
            yield clock
            if clock not in CLOCKS:
                yield (datetime.combine(date(2000, 1, 2), clock) - MICROSECOND).time()
        if any(v.zone != self.common.zone for v in self.versions):
            yield from (time(hour) for hour in range(1, 24, 2))

    @cached_property
    def lengths(self) -> tuple[timedelta, ...]:
        """How far moments are set apart: durations that the versions name, and their numbers."""
        said = [span for span in self._constants.of(Kind.DURATION) if isinstance(span, timedelta)]
        edges = (span + step for span in said for step in (timedelta(0), MICROSECOND, -MICROSECOND))
        counted = (count * unit for unit in (MINUTE, HOUR) for count in self.counts)
        return tuple(dict.fromkeys((*edges, *counted)))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Days to try, those of the examples and of the edges of the time compared first."""
        first, until = self.within.first, self.within.until
        edges = [first or self.common.holds_from]
        if until is not None:
            edges += [until - DAY, until]
        examples = [v for one in self.versions for e in one.examples for v in e.facts.values()]
        said = (*self._days, *edges, *_days_of(examples), *_days_of(self._constants.of(Kind.DATE)))
        start = edges[0].year
        leap = next(year for year in range(max(start, 1), start + 9) if isleap(year))
        usual = (date(start + 1, 6, 1), date(leap, 2, 29), date(start + 1, 1, 31))
        ends = (day for v in self.versions for h in v.hours.values() for day in _ends(h.calendar))
        special = (
            day for v in self.versions for h in v.hours.values() for day in h.calendar.special
        )
        return tuple(dict.fromkeys((*said, *usual, *ends, *special)))

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """Small whole numbers that the versions say: days, months or years to count by."""
        numbers = self._constants.of(Kind.INTEGER)
        said = (int(one) for one in numbers if one == int(one) and 0 <= one <= MOST_COUNT)
        return tuple(dict.fromkeys((0, *said)))[:MOST_COUNTS]

    @cached_property
    def _latest(self) -> date:
        """The last day worth trying: what lies past every calendar is refused."""
        ends = [h.calendar.last_day for v in self.versions for h in v.hours.values()]
        said = [*_days_of(self._constants.of(Kind.DATE)), self.within.until or date.min]
        start = self.within.first or self.common.holds_from
        return max([*said, *(ends or [start.replace(year=start.year + SPAN, day=1)])])

    def _is_in_time(self, name: str, value: date) -> bool:
        if not EARLIEST <= _day(value) <= self._latest:
            return False
        if name != self.common.chosen_by:
            return True
        day, within = _day(value), self.within
        if isinstance(value, datetime):
            days = {in_zone(value, ZoneInfo(v.zone)).date() for v in self.versions}
        else:
            days = {day}
        return all(
            (within.first is None or within.first <= one)
            and (within.until is None or one < within.until)
            for one in days
        )

    def _on_clock(self, value: Value) -> Value:
        return in_zone(value, self.zone) if isinstance(value, datetime) else value


def _keyed(value: Any) -> tuple[str, Any]:
    """The value beside its type: 1 and true are two."""
    return type(value).__name__, value


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _days_of(values: Iterable[Any]) -> list[date]:
    return [_day(value) for value in values if isinstance(value, date)]


def _ends(calendar: Any) -> tuple[date, ...]:
    last = calendar.last_day
    return (last, last - timedelta(days=4), calendar.first_day)


def _of_kind(type_: Type, value: Any) -> Any:
    """A number as the kind of number that the fact is."""
    if type_.kind is Kind.DECIMAL:
        return Decimal(value)
    return int(value) if type_.kind is Kind.INTEGER else value


def _samples(type_: Type) -> Iterator[Any]:
    if type_.kind in _SOME:
        yield from _SOME[type_.kind]
        return
    yield from (_of_kind(type_, number) for number in SAMPLES)
    if type_.kind is Kind.DECIMAL:
        yield from map(Decimal, PARTS)


def _lists(type_: Type) -> Iterator[tuple[Value, ...]]:
    item = type_.item
    if item is None:
        return
    options: tuple[Any, ...] = (True, False) if item.kind is Kind.BOOLEAN else item.options
    for count in range(min(len(options), MOST_ITEMS) + 1):
        yield from combinations(options, count)
    yield options
    if item.is_open:
        yield (OTHER_WORD,)


def _is_of(type_: Type, value: Any) -> bool:
    """Whether a value of that kind is one of the type that a request may tell."""
    if type_.kind is Kind.CHOICE:
        return isinstance(value, str) and (type_.is_open or value in type_.options)
    if type_.kind in NUMBERS and not -LARGEST <= value <= LARGEST:
        return False
    if type_.kind is Kind.DECIMAL:
        return isinstance(value, Decimal) and -int(value.as_tuple().exponent) <= type_.places
    if type_.kind is Kind.TIME:
        return isinstance(value, TimeOfDay)
    if type_.kind is Kind.DURATION:
        return isinstance(value, timedelta) and timedelta(0) <= value <= LONGEST
    if type_.kind is Kind.PERIOD:
        return isinstance(value, Period) and 0 <= value.months <= MOST_MONTHS
    if type_.kind is Kind.LIST:
        return isinstance(value, tuple)
    return True


def facts_in_order(facts: Mapping[str, Value], version: Version) -> dict[str, Value]:
    """The facts in the order in which the policy declares them."""
    return {name: facts[name] for name in version.facts if name in facts}
