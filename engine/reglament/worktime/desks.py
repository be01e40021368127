"""Desks that are always open, and desks of which one is open after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cached_property
from zoneinfo import ZoneInfo

from reglament.frozen import frozen
from reglament.messages import Message
from reglament.model.words import Text
from reglament.worktime.calendars import WEEK, Calendar, Contradiction, SpecialDay
from reglament.worktime.open_time import Day, OpenTime
from reglament.worktime.spans import Span, Spans
from reglament.worktime.windows import DAY, Window

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
MIDNIGHT = timedelta(0)
OPEN, CLOSED = Message("working-day"), Message("day-off")


@frozen(slots=False, eq=False)
class _Continuous(OpenTime):
    """Open time that does not follow the days: what of it falls on a civil day is that day's."""

    def _stretches(self, day: date) -> Sequence[Span]:
        return self._spans.within(self._shown(day, MIDNIGHT), self._shown(day, DAY))

    def _of_day(self, day: date) -> Sequence[Span]:
        return self._stretches(day)

    @cached_property
    def _days(self) -> Mapping[date, Day]:
        return {}

    @cached_property
    def _steady(self) -> timezone | None:
        return None


@frozen(slots=False, eq=False)
class AlwaysOpen(_Continuous):
    """Open around the clock, on every day that a policy may tell."""

    @classmethod
    def named(cls, id: str, title: Text, zone: str, **told: object) -> AlwaysOpen:
        """The desk of that name, with a calendar on which every day works."""
        every_day = Calendar(id, title, FIRST_DAY, LAST_DAY, WEEK)
        return cls(id, title, every_day, zone, **told)  # type: ignore[arg-type]

    @property
    def windows(self) -> tuple[Window, ...]:
        """The whole civil day."""
        return (Window(MIDNIGHT, DAY),)

    @cached_property
    def _spans(self) -> Spans:
        return Spans.of([self.covered])


@frozen(slots=False, eq=False)
class FirstOpenOf(_Continuous):
    """Open while one of `desks` is, so that work follows the sun.

    It covers the civil days of `zone` that the calendars of all desks cover.
    """

    desks: tuple[OpenTime, ...] = ()

    @classmethod
    def named(
        cls, id: str, title: Text, zone: str, desks: tuple[OpenTime, ...], **told: object
    ) -> FirstOpenOf:
        """The desks under that name, on days that work where one of them is open.

        Raises Contradiction where their calendars have no day in common.
        """
        days = _covered_by_all(id, desks, ZoneInfo(zone))
        blank = Calendar(id, title, days[0], days[-1], WEEK)
        made = cls(id, title, blank, zone, desks=desks, **told)  # type: ignore[arg-type]
        open_days = frozenset(day for day in days if made.shifts(day))
        usual = _usual_weekdays(days, open_days)
        special = {
            day: SpecialDay(day in open_days, OPEN if day in open_days else CLOSED)
            for day in days
            if (day in open_days) is not (day.weekday() in usual)
        }
        calendar = Calendar(id, title, days[0], days[-1], usual, special)
        return cls(id, title, calendar, zone, desks=desks, **told)  # type: ignore[arg-type]

    @property
    def edges(self) -> tuple[time, ...]:
        """The times of day at which a desk may open or close, by the clock of that desk."""
        return tuple(sorted({edge for desk in self.desks for edge in desk.edges}))

    @cached_property
    def _spans(self) -> Spans:
        spans = sorted(
            (opens.astimezone(UTC), closes.astimezone(UTC))
            for desk in self.desks
            for opens, closes in desk.open_spans()
        )
        joined: list[Span] = []
        for opens, closes in spans:
            if joined and opens <= joined[-1][1]:
                opens, last = joined.pop()
                closes = max(last, closes)
            joined.append((opens, closes))
        return Spans.of(Spans.of(joined).within(*self.covered))


def _covered_by_all(id: str, desks: Iterable[OpenTime], zone: ZoneInfo) -> list[date]:
    """The civil days of the zone of which every desk can say all."""
    bounds = [desk.covered for desk in desks]
    first, past = max(bound[0] for bound in bounds), min(bound[1] for bound in bounds)
    start = first.astimezone(zone).date()
    days = [start + number * DAY for number in range(max(0, (past - first).days + 2))]
    found = [
        day for day in days if first <= _midnight(day, zone) < _midnight(day + DAY, zone) <= past
    ]
    if not found:
        raise Contradiction(id, (Message("desks-share-no-day"),))
    return found


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _usual_weekdays(days: Sequence[date], open_days: frozenset[date]) -> frozenset[int]:
    """The weekdays that are open more often than not."""
    every, open_ = (Counter(day.weekday() for day in some) for some in (days, open_days))
    return frozenset(day for day in every if 2 * open_[day] > every[day])
