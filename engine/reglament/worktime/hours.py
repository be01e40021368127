"""From opening and closing times on a calendar's working days, to deadlines and ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from reglament.messages import Message
from reglament.model.calendar import OutsideCalendar
from reglament.model.moments import fixed_offset, in_zone
from reglament.model.words import Text
from reglament.worktime.calendars import Calendar, Contradiction
from reglament.worktime.spans import Spans

Tie = Literal["closing", "next_opening"]
Day = tuple[datetime, datetime, timedelta]  # its opening, its closing, the work before it

MICROSECOND = timedelta(microseconds=1)
MINUTE_MICROSECONDS = 60_000_000
DAY = timedelta(days=1)
CLOSES_TOO_EARLY = Message("every-working-day-must")


@dataclass(frozen=True, slots=True)
class Counted:
    """Working time counted on one day: `worked` passes from `start` to `end`, in the zone."""

    day: date
    start: datetime
    end: datetime
    worked: timedelta

    @property
    def minutes(self) -> int | Fraction:
        """The minutes counted, exactly: whole where they are whole."""
        return _minutes(self.worked)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When working time runs out, and the days on which it was counted."""

    due: datetime
    ledger: tuple[Counted, ...]


@dataclass(frozen=True, eq=False)
class Hours:
    """Open from `opens` until `closes` in `zone` on each working day of `calendar`.

    Where the zone's clock is moved, a time shown twice means its first showing and
    a time never shown is read by the offset before the gap (RFC 5545, 3.3.5);
    what is counted is the time that really passes between opening and closing.

    Raises Contradiction, a ValueError, where a working day would close before it opens.
    Every moment given must be aware: ValueError otherwise. Moments of days that the
    calendar does not cover, and answers that fall beyond it, raise OutsideCalendar.
    """

    id: str
    title: Text
    calendar: Calendar
    zone: str
    opens: time
    closes: time
    shorten_short_days: bool = False
    readings: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        cut = self.calendar.short_by if self.shorten_short_days else timedelta(0)
        if datetime.combine(date.min, self.opens) + cut >= datetime.combine(date.min, self.closes):
            raise Contradiction(self.id, (CLOSES_TOO_EARLY,))

    @cached_property
    def zoneinfo(self) -> ZoneInfo:
        """The zone's clock. Raises ZoneInfoNotFoundError for a name that is no zone."""
        return ZoneInfo(self.zone)

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """Opening and closing of `day`, in the zone; None when it does not work."""
        found = self._span_of_working(day) if self.calendar.is_working(day) else None
        return None if found is None else (self._local(found[0]), self._local(found[1]))

    def is_open(self, moment: datetime) -> bool:
        """Whether `moment` lies at or after an opening and before its closing."""
        given = moment if moment.tzinfo is self._clock else self._on_clock(moment)
        day = self._days.get(given.date())
        if day is None:
            return self._spans.holding(self._covered(given)) is not None
        return day[0] <= given < day[1]

    def next_open(self, moment: datetime) -> datetime:
        """The first moment, `moment` or later, that is open."""
        given = self._covered(moment)
        found = self._spans.at_or_after(given)
        if found is None:
            raise self._beyond()
        return self._local(max(given, self._spans.opens[found]))

    def next_closed(self, moment: datetime) -> datetime:
        """The first moment, `moment` or later, that is not open."""
        given = self._covered(moment)
        found = self._spans.holding(given)
        return self._local(given if found is None else self._spans.closes[found])

    def due_at(self, moment: datetime, minutes: int | Decimal, tie: Tie = "closing") -> datetime:
        """The moment when `minutes` of working time have passed since `moment`, in the zone.

        Outside of hours the clock starts at the next opening. Minutes that run out
        exactly at closing fall due then, or at the next opening, as `tie` says.
        No minutes fall due at once if open, else at the next opening.
        Part of a minute counts to the microsecond.
        Raises ValueError for minutes below zero.
        """
        if minutes < 0:
            raise ValueError(f"working minutes cannot be below zero: {minutes}")
        done = self._work_until(moment)
        try:
            work = done + _amount(minutes)
        except OverflowError:
            raise self._beyond() from None
        due = self._spans.moment_of(work, minutes > 0 and tie == "closing")
        if due is None:
            raise self._beyond()
        return self._local(due)

    def ledger(self, moment: datetime, due: datetime) -> tuple[Counted, ...]:
        """The working time from `moment` until `due`, day by day; days that add none left out."""
        return tuple(self._counted(self._covered(moment), self._covered(due)))

    def due(self, moment: datetime, minutes: int | Decimal, tie: Tie = "closing") -> Deadline:
        """`due_at` together with its `ledger`."""
        due = self.due_at(moment, minutes, tie)
        return Deadline(due, self.ledger(moment, due))

    def worked_between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` until `end`; below zero when `end` is earlier."""
        return self._work_until(end) - self._work_until(start)

    def minutes_between(self, start: datetime, end: datetime) -> int | Fraction:
        """`worked_between` in minutes, exactly: whole where they are whole."""
        return _minutes(self.worked_between(start, end))

    def _closing_time(self, day: date) -> time:
        if not (self.shorten_short_days and self.calendar.is_short(day)):
            return self.closes
        return (datetime.combine(day, self.closes) - self.calendar.short_by).time()

    def _span_of_working(self, day: date) -> tuple[datetime, datetime] | None:
        opens, closes = self._shown(day, self.opens), self._shown(day, self._closing_time(day))
        # A zone that changes sides of the date line, or a clock moved over the
        # whole span, leaves a day on which nobody can work.
        if opens >= closes or self._local(opens).date() != day:
            return None
        return opens, closes

    # The cached values below are built whole before they are kept, so threads that
    # race build equal ones and none sees half of one.

    @cached_property
    def _spans(self) -> Spans:
        if self._steady is not None:
            return Spans.of(
                (opens, closes) for opens, closes, _ in self._days.values() if opens < closes
            )
        spans = map(self._span_of_working, self.calendar.working_days())
        return Spans.of(span for span in spans if span)

    @cached_property
    def _days(self) -> Mapping[date, Day]:
        """Each day covered, by its date on a clock that is never moved; none where it is."""
        if self._steady is None:
            return {}
        days, before, never = {}, timedelta(0), datetime.max.replace(tzinfo=self._steady)
        for day in self.calendar.days():
            span = self._span_of_working(day) if self.calendar.is_working(day) else None
            opens, closes = span or (never, never)
            days[day] = opens, closes, before
            before += closes - opens
        return days

    def _work_until(self, moment: datetime) -> timedelta:
        given = moment if moment.tzinfo is self._clock else self._on_clock(moment)
        day = self._days.get(given.date())
        if day is None:
            return self._spans.work_until(self._covered(given))
        opens, closes, before = day
        if given <= opens:
            return before
        return before + ((given if given < closes else closes) - opens)

    @cached_property
    def _bounds(self) -> tuple[datetime, datetime]:
        first, past = self.calendar.first_day, self.calendar.last_day + DAY
        return self._shown(first, time()), self._shown(past, time())

    def _shown(self, day: date, clock: time) -> datetime:
        if self._steady is not None:  # quickly, as every day of years is asked for at once
            return datetime.combine(day, clock, self._steady)
        return datetime.combine(day, clock, self.zoneinfo).astimezone(self._clock)

    def _on_clock(self, moment: datetime) -> datetime:
        """The moment on the clock of the spans."""
        if moment.utcoffset() is None:
            raise ValueError(f"a moment must tell its offset from UTC: {moment.isoformat()}")
        try:
            return moment.astimezone(self._clock)
        except OverflowError:
            raise self.calendar.outside(moment.date()) from None

    def _covered(self, moment: datetime) -> datetime:
        """The same; raises OutsideCalendar where the calendar says nothing of it."""
        given, (first, past) = self._on_clock(moment), self._bounds
        if first <= given < past:
            return given
        try:
            day = given.astimezone(self.zoneinfo).date()
        except OverflowError:
            day = given.date()
        raise self.calendar.outside(day)

    def _beyond(self) -> OutsideCalendar:
        return self.calendar.outside(self.calendar.last_day + DAY)

    @cached_property
    def _steady(self) -> timezone | None:
        """The zone's offset where it is one all through the calendar; else None."""
        days = (*self.calendar.days(), self.calendar.last_day + DAY)
        offsets = {datetime.combine(day, time(), self.zoneinfo).utcoffset() for day in days}
        return fixed_offset(offsets.pop() or timedelta(0)) if len(offsets) == 1 else None

    @cached_property
    def _clock(self) -> timezone:
        """The clock of the spans: the zone's own where it is never moved, else that of UTC."""
        return self._steady or UTC

    def _local(self, moment: datetime) -> datetime:
        return moment if self._steady is not None else in_zone(moment, self.zoneinfo)

    def _counted(self, start: datetime, end: datetime) -> Iterator[Counted]:
        spans = self._spans
        index = spans.at_or_after(start)
        while index is not None and index < len(spans.opens) and spans.opens[index] < end:
            begun, ended = max(start, spans.opens[index]), min(end, spans.closes[index])
            if begun < ended:
                local = self._local(begun)
                yield Counted(local.date(), local, self._local(ended), ended - begun)
            index += 1


@lru_cache(maxsize=1024)
def _amount(minutes: int | Decimal) -> timedelta:
    return timedelta(microseconds=round(minutes * MINUTE_MICROSECONDS))


def _minutes(worked: timedelta) -> int | Fraction:
    exact = Fraction(worked // MICROSECOND, MINUTE_MICROSECONDS)
    return exact.numerator if exact.denominator == 1 else exact
