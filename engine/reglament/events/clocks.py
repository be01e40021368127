"""From a clock of a subject that runs, pauses and goes on, to when it reaches its points.

Lengths are whole microseconds of the clock's own time: working time where it counts that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reglament.frozen import frozen
from reglament.model.calendar import Tie, WorkingHours
from reglament.model.moments import DAY, MICROSECOND
from reglament.model.reactions import Clock, ClockPoint
from reglament.model.regulation import Version
from reglament.model.values import Value


@frozen
class ClockRun:
    """A clock since the event `event` started it.

    `due` is as decided, pauses apart; `since` and `spent` say where it stands: `spent` was used
    before `since`, when it went on. While paused `since` is None.
    """

    clock: Clock
    event: str
    start: datetime
    due: datetime | None
    since: datetime | None
    spent: int
    turn: int


class Computation:
    """What the working hours of a version make of its clocks. Raises OutsideCalendar."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.zone = ZoneInfo(version.zone)

    def due(self, value: Value) -> datetime | None:
        """The moment that a fact or a decision tells; a day means its end, the next midnight."""
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=self.zone) + DAY
        return None

    def total(self, run: ClockRun) -> int:
        """How much time the clock has in all."""
        return 0 if run.due is None else self.between(run.clock, run.start, run.due)

    def due_now(self, run: ClockRun) -> datetime | None:
        """When the clock falls due after its pauses; None while it is paused or has no due time."""
        if run.since is None or run.due is None:
            return None
        if run.since == run.start and run.spent == 0:
            return run.due
        return self.after(run.clock, run.since, max(0, self.total(run) - run.spent))

    def paused(self, run: ClockRun, at: datetime) -> ClockRun:
        """The clock standing still from `at`."""
        if run.since is None:
            return run
        return replace(run, since=None, spent=run.spent + self.between(run.clock, run.since, at))

    def point(self, run: ClockRun, reached: ClockPoint) -> datetime | None:
        """When the clock reaches the point; None while nobody can say."""
        due = self.due_now(run)
        if due is None or run.since is None:
            return None
        if reached.before is not None:
            return due - reached.before
        if reached.share is None or reached.share == 100:
            return due
        wanted = self.total(run) * reached.share // 100 - run.spent
        return run.since if wanted <= 0 else self.after(run.clock, run.since, wanted)

    def between(self, clock: Clock, start: datetime, end: datetime) -> int:
        """The clock's time from `start` to `end`; below zero where `end` is earlier."""
        if end < start:
            return -self.between(clock, end, start)
        hours = self._hours(clock)
        if hours is None:
            return (end - start) // MICROSECOND
        return hours.worked_between(start, end) // MICROSECOND

    def after(self, clock: Clock, start: datetime, length: int) -> datetime:
        """The moment when `length` of the clock's time has passed since `start`."""
        hours = self._hours(clock)
        if hours is None:
            return start + length * MICROSECOND
        tie: Tie = "next_opening" if clock.tie == "next_opening" else "closing"
        return hours.due_after(start, length * MICROSECOND, tie)

    def _hours(self, clock: Clock) -> WorkingHours | None:
        return None if clock.hours is None else self.version.hours[clock.hours]
