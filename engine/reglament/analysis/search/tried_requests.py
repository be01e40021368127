"""From values to whole requests: worked examples, those beside them, and seeded random ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, islice, product
from random import Random
from typing import Any

from reglament.analysis.search.tried_values import TriedValues
from reglament.functions.dates import add_months
from reglament.memo import Memo
from reglament.model.moments import in_zone
from reglament.model.values import Kind, Value

MOST_BASES, FEW_BASES = 60, 2
MOST_DAYS = 1000
NOON = 12 * 60
Request = dict[str, Value]


class Requests:
    """Whole requests over the facts of the values' common version, the same in every run."""

    def __init__(self, values: TriedValues) -> None:
        self.values = values
        self.facts = tuple(values.common.told_facts)
        # Most requests share the dates of a few worked examples.
        self._days = lru_cache(maxsize=MOST_DAYS)(self._around)

    @cached_property
    def bases(self) -> tuple[Request, ...]:
        """The worked examples of every version, made whole and put into the time compared."""
        examples = [one.facts for version in self.values.versions for one in version.examples]
        found: dict[str, Request] = {}
        for told in (*examples, {}):
            made = self.whole(told)
            found.setdefault(repr(sorted(made.items(), key=lambda pair: pair[0])), made)
        return tuple(found.values())

    def whole(self, told: Mapping[str, Value]) -> Request:
        """The request with a typical value for every fact that is missing or cannot be told."""
        values, moved = self.values, self._moved(self.values.real(told))
        moved = values.with_whole_lists(moved)
        return {
            name: moved[name]
            if name in moved and values.fits(name, moved[name])
            else values.typical(name)
            for name in self.facts
        }

    def _moved(self, told: Mapping[str, Value]) -> Mapping[str, Any]:
        """The request as it is, or shifted by years into the time compared, every date alike."""
        zone = self.values.zone
        known = {n: in_zone(v, zone) if isinstance(v, datetime) else v for n, v in told.items()}
        chosen = known.get(self.values.common.chosen_by)
        first = self.values.within.first
        if not isinstance(chosen, date) or first is None:
            return known
        if self.values.fits(self.values.common.chosen_by, chosen):
            return known
        years = first.year + 1 - chosen.year
        if self.values.within.until is not None and first.year + 1 >= self.values.within.until.year:
            years -= 1
        return {n: _years_later(v, years) if isinstance(v, date) else v for n, v in known.items()}

    def beside(self, base: Request, name: str) -> Iterator[Request]:
        """The request with one fact put beside its other dates and numbers."""
        kind = self.values.common.facts[name].type.kind
        found: Iterator[Value] = iter(())
        if kind in (Kind.DATE, Kind.DATETIME):
            found = self._beside_dates(base, name)
        elif kind in (Kind.INTEGER, Kind.DECIMAL):
            found = self._beside_numbers(base, name)
        return ({**base, name: value} for value in found if self.values.fits(name, value))

    def near(self, names: Sequence[str]) -> Iterator[Request]:
        """Worked examples with one fact changed: each value in turn, each time of another one."""
        bases = self.bases
        proposals = {name: self.values.of(name) for name in names}
        most = max(map(len, proposals.values()), default=0)
        beside = Memo[tuple[int, str], Iterator[Request]](
            lambda of: self.beside(bases[of[0]], of[1])
        )
        taken = Counter[tuple[int, str]]()
        for turn in range(len(bases)):
            for place in range(most):
                for name in (one for one in names if place < len(proposals[one])):
                    number = (turn + place) % len(bases)
                    yield {**bases[number], name: proposals[name][place]}
                    if turn == 0 and place % 4 == 0:
                        of, skipped = (number, name), 4 * place - taken[number, name]
                        yield from islice(beside[of], skipped, skipped + 4)
                        taken[of] += skipped + 4

    def apart(self, name: str) -> Iterator[Request]:
        """Worked examples with a moment as long before or after another one as the policy says."""
        if self.values.common.facts[name].type.kind is not Kind.DATETIME:
            return
        for base in self.bases[:FEW_BASES]:
            for moment in self._moments_beside(base, name):
                if self.values.fits(name, moment):
                    yield {**base, name: moment}

    def _moments_beside(self, request: Request, name: str) -> Iterator[datetime]:
        for other, passed in self._apart(request, name):
            with suppress(OverflowError):
                yield in_zone(other + passed, self.values.zone)

    def _apart(self, request: Request, name: str) -> Sequence[tuple[datetime, timedelta]]:
        """Each other moment of the request, and how far from it one may be."""
        others = (v for n, v in request.items() if n != name and isinstance(v, datetime))
        return tuple(product(others, self._both_ways))

    @cached_property
    def _both_ways(self) -> tuple[timedelta, ...]:
        return tuple(passed for length in self.values.lengths for passed in (length, -length))

    def random(self, seed: str, names: Sequence[str]) -> Iterator[Request]:
        """Requests without end: an example or none, with some of the facts drawn anew."""
        rng, bases = Random(seed), self.bases
        while True:
            made = dict(bases[rng.randrange(min(len(bases), MOST_BASES))])
            count = rng.choice((2, 2, 3, 3, 4, len(names)))
            for name in rng.sample(names, min(count, len(names))):
                made[name] = self.drawn(rng, made, name)
            yield made

    def drawn(self, rng: Random, request: Request, name: str) -> Value:
        """A value of the fact: of an example, beside a constant, beside other facts, or any."""
        values, way = self.values.of(name), rng.random()
        if not values:
            return None
        if way < 0.25:
            return values[rng.randrange(min(6, len(values)))]
        kind = self.values.common.facts[name].type.kind
        if way < 0.6 or kind not in (Kind.DATE, Kind.DATETIME, Kind.INTEGER, Kind.DECIMAL):
            return values[rng.randrange(len(values))]
        value = self._any(rng, request, name, kind)
        return value if self.values.fits(name, value) else values[rng.randrange(len(values))]

    def _any(self, rng: Random, request: Request, name: str, kind: Kind) -> Any:
        if kind is Kind.INTEGER:
            return rng.choice((rng.randrange(40), rng.randrange(400), rng.randrange(100_000)))
        if kind is Kind.DECIMAL:
            places = self.values.common.facts[name].type.places
            return Decimal(rng.randrange(10 ** rng.randrange(1, 9))).scaleb(-places)
        beside, is_moment = self._days_beside(request, name), kind is Kind.DATETIME
        apart = self._apart(request, name) if is_moment else ()
        try:
            if apart and rng.random() < 0.3:
                other, passed = rng.choice(apart)
                return in_zone(other + passed, self.values.zone)
            if beside and rng.random() < 0.6:
                place = rng.randrange(sum(map(len, beside)))
                day = next(islice(chain.from_iterable(beside), place, None))
                return self._at(day, NOON) if is_moment else day
            day = self.values.days[rng.randrange(len(self.values.days))]
            day += timedelta(days=rng.choice((-400, -30, 0, 0, 30, 400)) + rng.randrange(-40, 41))
            return self._at(day, rng.randrange(24 * 60)) if is_moment else day
        except OverflowError:
            return None

    def _at(self, day: date, minute: int) -> datetime:
        zone = self.values.zone
        clock = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
        return in_zone(clock, zone)

    def _beside_dates(self, request: Request, name: str) -> Iterator[Any]:
        is_moment = self.values.common.facts[name].type.kind is Kind.DATETIME
        for day in chain.from_iterable(self._days_beside(request, name)):
            with suppress(OverflowError):
                yield self._at(day, NOON) if is_moment else day

    def _days_beside(self, request: Request, name: str) -> list[tuple[date, ...]]:
        """Days around each other date of the request."""
        return [
            self._days(value.date() if isinstance(value, datetime) else value)
            for other, value in request.items()
            if other != name and isinstance(value, date)
        ]

    def _around(self, day: date) -> tuple[date, ...]:
        """Days as far from this one as the policy counts, and a day off."""
        days: list[date] = []
        for moved, step in product(self._shifted(day), (0, 1, -1)):
            with suppress(OverflowError):
                days.append(moved + timedelta(days=step))
        return tuple(days)

    def _shifted(self, day: date) -> Iterator[date]:
        for count in self.values.counts:
            for sign in (1, -1) if count else (1,):
                for unit in (1, 12):
                    with suppress(OverflowError):
                        yield add_months(day, sign * count * unit)
                with suppress(OverflowError):
                    yield day + timedelta(days=sign * count)

    def _beside_numbers(self, request: Request, name: str) -> Iterator[Any]:
        """Numbers beside the request's other ones."""
        type_ = self.values.common.facts[name].type
        for other, value in request.items():
            if other == name or isinstance(value, bool) or not isinstance(value, int | Decimal):
                continue
            if type_.kind is Kind.INTEGER and value != int(value):
                continue
            made = Decimal(value) if type_.kind is Kind.DECIMAL else int(value)
            yield from self.values.beside(made, type_)


def _years_later(value: date, years: int) -> date:
    if not date.min.year <= value.year + years <= date.max.year:
        return value
    try:
        return value.replace(year=value.year + years)
    except ValueError:
        return value.replace(year=value.year + years, day=28)
