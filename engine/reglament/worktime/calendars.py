"""From weekdays and the days that differ from them, to whether a given day works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta

from reglament.frozen import frozen
from reglament.messages import Message, Words
from reglament.model.calendar import OutsideCalendar
from reglament.model.words import Text

LONGEST_YEARS = 400
WEEK = frozenset(range(7))


class Contradiction(ValueError):
    """A calendar or hours whose parts cannot all be true; `reasons` holds every one found."""

    def __init__(self, id: str, reasons: tuple[Words, ...]) -> None:
        self.id = id
        self.reasons = reasons
        super().__init__(id, reasons)

    def __str__(self) -> str:
        return f"`{self.id}`: " + "; ".join(reason.to("en") for reason in self.reasons)


@frozen
class SpecialDay:
    """A day that breaks its weekday's habit: whether it works, and what it is called."""

    works: bool
    name: Words


@frozen(eq=False)
class Calendar:
    """The working days from `first_day` to `last_day`, both included.

    A day works as its weekday does (0 is Monday), unless it is in `special`.
    Days in `short_days` end `short_by` earlier, for hours that heed that.

    Raises Contradiction, a ValueError, where the parts cannot all be true.
    """

    id: str
    title: Text
    first_day: date
    last_day: date
    working_weekdays: frozenset[int]
    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    short_days: frozenset[date] = frozenset()
    short_by: timedelta = timedelta(0)
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        reasons = (*self._impossible_terms(), *self._misplaced_days())
        if reasons:
            raise Contradiction(self.id, reasons)

    def covers(self, day: date) -> bool:
        """Whether the calendar can say anything of `day`."""
        return self.first_day <= day <= self.last_day

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day. Raises OutsideCalendar."""
        self._require(day)
        return self._works(day)

    def is_short(self, day: date) -> bool:
        """Whether `day` is a working day that may end early. Raises OutsideCalendar."""
        self._require(day)
        return day in self.short_days

    def name_of(self, day: date) -> Words | None:
        """What a day that breaks its weekday's habit is called. Raises OutsideCalendar."""
        self._require(day)
        special = self.special.get(day)
        return None if special is None else special.name

    def days(self) -> Iterator[date]:
        """Every day covered, first to last."""
        first = self.first_day.toordinal()
        return map(date.fromordinal, range(first, self.last_day.toordinal() + 1))

    def outside(self, day: date) -> OutsideCalendar:
        """The refusal to say anything of `day`."""
        return OutsideCalendar(self.id, day, self.first_day, self.last_day)

    def _impossible_terms(self) -> Iterator[Words]:
        if self.first_day > self.last_day:
            yield Message("ends-before-begins", last_day=self.last_day, first_day=self.first_day)
        if self.last_day.year - self.first_day.year >= LONGEST_YEARS:
            yield Message("covers-more-than-years", longest_years=LONGEST_YEARS)
        if self.first_day.year == date.min.year or self.last_day.year == date.max.year:
            yield Message("reaches-first-last-year")
        if not self.working_weekdays <= WEEK:
            yield Message("weekdays-numbered-from-monday")
        if self.short_by < timedelta(0):
            yield Message("short-days-cannot-longer")

    def _misplaced_days(self) -> Iterator[Words]:
        for day in sorted(self.special.keys() | self.short_days):
            if not self.covers(day):
                yield Message(
                    "outside-day-first-day-last-day",
                    day=day,
                    first_day=self.first_day,
                    last_day=self.last_day,
                )
            elif day in self.short_days and not self._works(day):
                yield Message("called-short-day-not-working", day=day)

    def _works(self, day: date) -> bool:
        special = self.special.get(day)
        return day.weekday() in self.working_weekdays if special is None else special.works

    def _require(self, day: date) -> None:
        if not self.covers(day):
            raise self.outside(day)
