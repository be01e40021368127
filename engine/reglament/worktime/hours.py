"""From opening and closing times on a calendar's working days, to deadlines and ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from reglament.model.moments import fixed_offset, in_zone
from reglament.model.words import Words
from reglament.worktime.calendars import Calendar, Contradiction, OutsideCalendar
from reglament.worktime.spans import Spans

Tie = Literal["closing", "next_opening"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MINUTE_MICROSECONDS = 60_000_000
DAY = timedelta(days=1)
CLOSES_TOO_EARLY = Words(
    ru="каждый рабочий день должен закрываться позже, чем открывается",
    en="every working day must close after it opens",
)


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
    title: Words
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
        return self._spans.holding(self._covered(moment)) is not None

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

    def due_at(self, moment: datetime, minutes: int, tie: Tie = "closing") -> datetime:
        """The moment when `minutes` of working time have passed since `moment`, in the zone.

        Outside of hours the clock starts at the next opening. Minutes that run out
        exactly at closing fall due then, or at the next opening, as `tie` says.
        No minutes fall due at once if open, else at the next opening.
        Raises ValueError for minutes below zero.
        """
        if minutes < 0:
            raise ValueError(f"working minutes cannot be below zero: {minutes}")
        spans = self._spans
        work = spans.work_until(self._covered(moment)) + minutes * MINUTE_MICROSECONDS
        due = spans.moment_of(work, minutes > 0 and tie == "closing")
        if due is None:
            raise self._beyond()
        return self._local(due)

    def ledger(self, moment: datetime, due: datetime) -> tuple[Counted, ...]:
        """The working time from `moment` until `due`, day by day; days that add none left out."""
        return tuple(self._counted(self._covered(moment), self._covered(due)))

    def due(self, moment: datetime, minutes: int, tie: Tie = "closing") -> Deadline:
        """`due_at` together with its `ledger`."""
        due = self.due_at(moment, minutes, tie)
        return Deadline(due, self.ledger(moment, due))

    def worked_between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` until `end`; below zero when `end` is earlier."""
        spans = self._spans
        work = spans.work_until(self._covered(end)) - spans.work_until(self._covered(start))
        return timedelta(microseconds=work)

    def minutes_between(self, start: datetime, end: datetime) -> int | Fraction:
        """`worked_between` in minutes, exactly: whole where they are whole."""
        return _minutes(self.worked_between(start, end))

    def _closing_time(self, day: date) -> time:
        if not (self.shorten_short_days and self.calendar.is_short(day)):
            return self.closes
        return (datetime.combine(day, self.closes) - self.calendar.short_by).time()

    def _span_of_working(self, day: date) -> tuple[int, int] | None:
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
        spans = map(self._span_of_working, self.calendar.working_days())
        return Spans.of(span for span in spans if span)

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        first, past = self.calendar.first_day, self.calendar.last_day + DAY
        return self._shown(first, time()), self._shown(past, time())

    def _shown(self, day: date, clock: time) -> int:
        return _microseconds(datetime.combine(day, clock, self.zoneinfo))

    def _covered(self, moment: datetime) -> int:
        given = _microseconds(moment, self._epoch)
        first, past = self._bounds
        if first <= given < past:
            return given
        raise self.calendar.outside(self._day_of(moment))

    def _day_of(self, moment: datetime) -> date:
        try:
            return moment.astimezone(self.zoneinfo).date()
        except OverflowError:
            return moment.date()

    def _beyond(self) -> OutsideCalendar:
        return self.calendar.outside(self.calendar.last_day + DAY)

    @cached_property
    def _epoch(self) -> datetime:
        """1970 on the zone's clock, where its offset is one all through the calendar; else in UTC.

        Python reckons quickest between datetimes that share one zone object.
        """
        days = self.calendar.days()
        offsets = {datetime.combine(day, time(), self.zoneinfo).utcoffset() for day in days}
        if len(offsets) > 1:
            return EPOCH
        return EPOCH.astimezone(fixed_offset(offsets.pop() or timedelta(0)))

    def _local(self, microseconds: int) -> datetime:
        moment = self._epoch + timedelta(microseconds=microseconds)
        return moment if self._epoch is not EPOCH else in_zone(moment, self.zoneinfo)

    def _counted(self, start: int, end: int) -> Iterator[Counted]:
        spans = self._spans
        index = spans.at_or_after(start)
        while index is not None and index < len(spans.opens) and spans.opens[index] < end:
            begun, ended = max(start, spans.opens[index]), min(end, spans.closes[index])
            if begun < ended:
                local = self._local(begun)
                worked = timedelta(microseconds=ended - begun)
                yield Counted(local.date(), local, self._local(ended), worked)
            index += 1


def _microseconds(moment: datetime, epoch: datetime = EPOCH) -> int:
    try:
        return (moment - epoch) // MICROSECOND
    except TypeError:
        raise ValueError(f"a moment must tell its offset from UTC: {moment.isoformat()}") from None


def _minutes(worked: timedelta) -> int | Fraction:
    exact = Fraction(worked // MICROSECOND, MINUTE_MICROSECONDS)
    return exact.numerator if exact.denominator == 1 else exact
