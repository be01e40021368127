"""From the stretches of open time of each day, to deadlines, ledgers and what is open when."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from reglament.frozen import frozen
from reglament.model.calendar import OutsideCalendar
from reglament.model.moments import fixed_offset, in_zone
from reglament.model.words import Text
from reglament.worktime.calendars import Calendar
from reglament.worktime.spans import Span, Spans
from reglament.worktime.windows import DAY, Window, time_at

Tie = Literal["closing", "next_opening"]
Day = tuple[datetime, datetime, timedelta]  # its opening, its closing, the work before it

MIDNIGHT = time()
MINUTE_MICROSECONDS = 60_000_000


@frozen
class CountedSpan:
    """Working time counted on one day: `worked` passes from `start` to `end`, in the zone."""

    day: date
    start: datetime
    end: datetime
    worked: timedelta


@frozen(slots=False, eq=False)
class OpenTime(ABC):
    """When a desk is open, on the days that `calendar` covers, by the clock of `zone`.

    Moments that answer are told in the zone `told_in`, of days and ledgers in `zone`.

    Where the zone's clock is moved, a time shown twice means its first showing and
    a time never shown is read by the offset before the gap (RFC 5545, 3.3.5);
    what is counted is the time that really passes between opening and closing.

    Every moment given must be aware: ValueError otherwise. Moments of days that the
    calendar does not cover, and answers that fall beyond it, raise OutsideCalendar.
    """

    id: str
    title: Text
    calendar: Calendar
    zone: str
    readings: tuple[str, ...] = field(default=(), kw_only=True)
    clauses: tuple[str, ...] = field(default=(), kw_only=True)
    told_in: str = field(default="", kw_only=True)

    @abstractmethod
    def _stretches(self, day: date) -> Iterable[Span]:
        """What is open of the day, on the clock of the spans; the day is covered."""

    @property
    def answers_in(self) -> str:
        """The zone of the moments that are answers."""
        return self.told_in or self.zone

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows of a usual working day; none where windows do not say when it is open."""
        return ()

    @property
    def edges(self) -> tuple[time, ...]:
        """The times of day at which it may open or close, by the clock of the zone."""
        edges = (edge for window in self.windows for edge in (window.opens, window.closes))
        return tuple(sorted(set(map(time_at, edges))))

    @cached_property
    def zoneinfo(self) -> ZoneInfo:
        """The zone's clock. Raises ZoneInfoNotFoundError for a name that is no zone."""
        return ZoneInfo(self.zone)

    @cached_property
    def covered(self) -> Span:
        """The moments of which anything can be said: from the first, before the second."""
        first, past = self.calendar.first_day, self.calendar.last_day + DAY
        return self._shown(first, self._overhang), self._shown(past, timedelta(0))

    def shifts(self, day: date) -> tuple[Span, ...]:
        """Each opening and closing of `day`, in the zone; none where it does not work.

        What opens on a day belongs to it, however late it closes.
        """
        self.calendar.is_working(day)  # which refuses a day that it does not cover
        return tuple((self._local(first), self._local(past)) for first, past in self._of_day(day))

    def open_spans(self) -> Iterator[Span]:
        """Everything that is open, in order of time; what meets is one span."""
        return zip(self._spans.opens, self._spans.closes, strict=True)

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
        return self._answer(max(given, self._spans.opens[found]))

    def next_closed(self, moment: datetime) -> datetime:
        """The first moment, `moment` or later, that is not open."""
        given = self._covered(moment)
        found = self._spans.holding(given)
        if found is None:
            return self._answer(given)
        closes = self._spans.closes[found]
        if closes >= self.covered[1]:
            raise self._beyond()
        return self._answer(closes)

    def due_at(self, moment: datetime, minutes: int | Decimal, tie: Tie = "closing") -> datetime:
        """The moment when `minutes` of working time have passed since `moment`.

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
        return self._when(work, minutes > 0 and tie == "closing")

    def due_after(self, moment: datetime, work: timedelta, tie: Tie = "closing") -> datetime:
        """The same for an amount of working time, to the microsecond."""
        is_closing = work > timedelta(0) and tie == "closing"
        return self._when(self._work_until(moment) + work, is_closing)

    def _when(self, work: timedelta, at_closing: bool) -> datetime:
        due = self._spans.moment_of(work, at_closing)
        if due is None:
            raise self._beyond()
        return due if self._tells_as_it_is else self._answer(due)

    def ledger(self, moment: datetime, due: datetime) -> tuple[CountedSpan, ...]:
        """The working time from `moment` until `due`, by shifts; those that add none left out."""
        return tuple(self._counted(self._covered(moment), self._covered(due, is_end=True)))

    def worked_between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` until `end`; below zero when `end` is earlier."""
        return self._work_until(end) - self._work_until(start)

    # The cached values below are built whole before they are kept, so threads that
    # race build equal ones and none sees half of one.

    @cached_property
    def _by_day(self) -> Mapping[date, Sequence[Span]]:
        """What is open of every day covered on which anything is; shared time counts once."""
        found: dict[date, Sequence[Span]] = {}
        (until, past) = self.covered
        for day in self.calendar.days():
            kept: list[Span] = []
            for opens, closes in self._stretches(day):
                if opens < until or closes > past:
                    opens, closes = max(opens, until), min(closes, past)
                if opens < closes:
                    kept.append((opens, closes))
                    until = closes
            if kept:
                found[day] = kept
        return found

    def _of_day(self, day: date) -> Sequence[Span]:
        return self._by_day.get(day, ())

    @cached_property
    def _spans(self) -> Spans:
        every = (span for found in self._by_day.values() for span in found)
        return Spans.of(every)

    @cached_property
    def _days(self) -> Mapping[date, Day]:
        """Each day covered, by its date on a clock that is never moved; none where it is.

        None either where a day has several shifts, or one that does not close on it.
        """
        if self._steady is None or not self._has_simple_days:
            return {}
        days: dict[date, Day] = {}
        before, never = timedelta(0), datetime.max.replace(tzinfo=self._steady)
        for day in self.calendar.days():
            ((opens, closes),) = self._of_day(day) or ((never, never),)
            days[day] = opens, closes, before
            before += closes - opens
        return days

    @property
    def _has_simple_days(self) -> bool:
        return all(
            len(found) == 1 and found[0][1].date() == day for day, found in self._by_day.items()
        )

    def _work_until(self, moment: datetime) -> timedelta:
        given = moment if moment.tzinfo is self._clock else self._on_clock(moment)
        day = self._days.get(given.date())
        if day is None:
            return self._spans.work_until(self._covered(given, is_end=True))
        opens, closes, before = day
        if given <= opens:
            return before
        return before + ((given if given < closes else closes) - opens)

    @property
    def _overhang(self) -> timedelta:
        """For how long what opened on the day before the first one covered may be open on it."""
        return timedelta(0)

    def _shown(self, day: date, edge: timedelta) -> datetime:
        """When the clock shows that time of the day, or of the next one past 24 hours."""
        if self._steady is not None:  # quickly, as every day of years is asked for at once
            return datetime.combine(day, MIDNIGHT, self._steady) + edge
        return (datetime.combine(day, MIDNIGHT, self.zoneinfo) + edge).astimezone(self._clock)

    def _on_clock(self, moment: datetime) -> datetime:
        """The moment on the clock of the spans."""
        if moment.utcoffset() is None:
            raise ValueError(f"a moment must tell its offset from UTC: {moment.isoformat()}")
        try:
            return moment.astimezone(self._clock)
        except OverflowError:
            raise self.calendar.outside(moment.date()) from None

    def _covered(self, moment: datetime, is_end: bool = False) -> datetime:
        """The same; raises OutsideCalendar where the calendar says nothing of it.

        A closing at the end of the last day is known as well.
        """
        given, (first, past) = self._on_clock(moment), self.covered
        if first <= given < past or (is_end and given == past in self._spans.closes[-1:]):
            return given
        try:
            day = given.astimezone(self.zoneinfo).date()
        except OverflowError:
            day = given.date()
        if self.calendar.covers(day):  # what the day before it leaves open is not known
            day -= DAY
        raise self.calendar.outside(day)

    def _beyond(self) -> OutsideCalendar:
        return self.calendar.outside(self.calendar.last_day + DAY)

    @cached_property
    def _steady(self) -> timezone | None:
        """The zone's offset where it is one all through the calendar; else None."""
        zone, days = self.zoneinfo, (*self.calendar.days(), self.calendar.last_day + DAY)
        # Asked of the zone itself, which is quicker: these are thousands of days.
        offsets = {zone.utcoffset(datetime.combine(day, MIDNIGHT)) for day in days}
        return fixed_offset(offsets.pop() or timedelta(0)) if len(offsets) == 1 else None

    @cached_property
    def _clock(self) -> timezone:
        """The clock of the spans: the zone's own where it is never moved, else that of UTC."""
        return self._steady or UTC

    def _local(self, moment: datetime) -> datetime:
        return moment if self._steady is not None else in_zone(moment, self.zoneinfo)

    @cached_property
    def _tells_as_it_is(self) -> bool:
        """Whether moments on the clock of the spans are answers already."""
        return self._steady is not None and self.answers_in == self.zone

    def _answer(self, moment: datetime) -> datetime:
        return moment if self._tells_as_it_is else in_zone(moment, ZoneInfo(self.answers_in))

    def _counted(self, start: datetime, end: datetime) -> Iterator[CountedSpan]:
        day = max(self._local(start).date() - DAY, self.calendar.first_day)
        last = min(self._local(end).date(), self.calendar.last_day)
        while day <= last:
            for opens, closes in self._of_day(day):
                begun, ended = max(start, opens), min(end, closes)
                if begun < ended:
                    yield CountedSpan(day, self._local(begun), self._local(ended), ended - begun)
            day += DAY


@lru_cache(maxsize=1024)
def _amount(minutes: int | Decimal) -> timedelta:
    return timedelta(microseconds=round(minutes * MINUTE_MICROSECONDS))
