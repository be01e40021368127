"""From windows on the working days of a calendar, to when a desk is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta

from reglament.frozen import frozen
from reglament.messages import Message, Words
from reglament.worktime.calendars import Contradiction
from reglament.worktime.open_time import OpenTime
from reglament.worktime.spans import Span
from reglament.worktime.windows import DAY, Window, overlap, shortened

CLOSES_TOO_EARLY = Message("every-working-day-must")
Windows = tuple[Window, ...]


@frozen(slots=False, eq=False)
class Hours(OpenTime):
    """Open in `usual` windows on each working day of `calendar`, by the clock of `zone`.

    Weekdays of `by_weekday` (0 is Monday) have windows of their own, short days those of
    `short`, and the days of `by_date` theirs, whether or not the calendar has them work.
    Without `short`, a short day ends as much earlier as the calendar says, if
    `shorten_short_days`.

    Raises Contradiction, a ValueError, where windows of a day overlap, or a working day
    would close before it opens.
    """

    usual: Windows
    shorten_short_days: bool = False
    by_weekday: Mapping[int, Windows] = field(default_factory=dict)
    by_date: Mapping[date, Windows] = field(default_factory=dict)
    short: Windows = ()

    def __post_init__(self) -> None:
        reasons = tuple(self._contradictions())
        if reasons:
            raise Contradiction(self.id, reasons)

    @property
    def windows(self) -> Windows:
        """The windows of a usual working day."""
        return self.usual

    @property
    def every_window(self) -> Windows:
        """All windows, of whichever days."""
        some = (self.usual, self.short, *self.by_weekday.values(), *self.by_date.values())
        return tuple(window for windows in some for window in windows)

    def windows_of(self, day: date) -> Windows:
        """The windows of the day. Raises OutsideCalendar."""
        if day in self.by_date:
            return self.by_date[day]
        if not self.calendar.is_working(day):
            return ()
        windows = self.by_weekday.get(day.weekday(), self.usual)
        if day not in self.calendar.short_days:
            return windows
        return self.short or (self._cut(windows) if self.shorten_short_days else windows)

    def _stretches(self, day: date) -> Iterator[Span]:
        for window in self.windows_of(day):
            opens, closes = self._shown(day, window.opens), self._shown(day, window.closes)
            # A zone that changes sides of the date line, or a clock moved over the
            # whole window, leaves a day on which nobody can work.
            if opens < closes and (self._steady or self._local(opens).date() == day):
                yield opens, closes

    def _cut(self, windows: Windows) -> Windows:
        return shortened(windows, self.calendar.short_by)

    @property
    def _overhang(self) -> timedelta:
        return max(timedelta(0), *(window.closes - DAY for window in self.every_window))

    def _contradictions(self) -> Iterator[Words]:
        weekdays = (self.usual, *self.by_weekday.values())
        for windows in (*weekdays, self.short, *self.by_date.values()):
            if not all(window.is_sound for window in windows):
                yield CLOSES_TOO_EARLY
            if found := overlap(windows):
                yield Message("windows-overlap", first=str(found[0]), second=str(found[1]))
        is_cut = self.shorten_short_days and not self.short
        if not all(self._cut(windows) if is_cut else windows for windows in weekdays):
            yield CLOSES_TOO_EARLY
