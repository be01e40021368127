"""Functions of working time as lines: flat or rising with slope one, piece by piece.

A calendar has thousands of pieces, too many to say to a solver at once. It is told a piece when
it has guessed wrong there, and of two such functions the exact points where they differ. All of
this asks the hours only what any program may ask, so it holds for whatever hours come to be.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import cast

from reglament.analysis.proving.logic import Intervals
from reglament.analysis.proving.smt_dates import merged
from reglament.frozen import frozen
from reglament.model.calendar import OutsideCalendar, Tie, WorkingDays, WorkingHours
from reglament.model.moments import micros, moment_at

ERRORS = (OutsideCalendar, OverflowError)


@frozen
class Piece:
    """From `first` to `last`, both included, the value is `value`, or `value` more than asked."""

    first: int
    last: int
    is_rising: bool
    value: int

    def at(self, number: int) -> int:
        """The value at a number inside the piece."""
        return number + self.value if self.is_rising else self.value


class StepFunction(ABC):
    """A function from numbers to numbers, defined from `first` to `last` and nowhere else."""

    first: int
    last: int

    @abstractmethod
    def value(self, number: int) -> int:
        """The value at a number for which the function is defined."""

    @abstractmethod
    def piece_from(self, number: int) -> Piece:
        """A piece that begins at the number, not longer than the whole piece."""

    def piece_at(self, number: int) -> Piece:
        """A piece around the number, as long as is found quickly."""
        after = self.piece_from(number)
        first = _least(self.first, number, lambda start: self._joins(start, after))
        return Piece(first, after.last, after.is_rising, after.value)

    def _is_defined(self, number: int) -> bool:
        try:
            self.value(number)
        except ERRORS:
            return False
        return True

    def _joins(self, start: int, after: Piece) -> bool:
        before = self.piece_from(start)
        is_alike = (before.is_rising, before.value) == (after.is_rising, after.value)
        return is_alike and before.last >= after.first


def differences(
    step_function: StepFunction, other: StepFunction, known: tuple[int, int]
) -> Intervals:
    """Exactly the numbers within `known` at which both are defined and not equal."""
    first = max(step_function.first, other.first, known[0])
    last = min(step_function.last, other.last, known[1])
    found: list[tuple[int, int]] = []
    while first <= last:
        this, that = step_function.piece_from(first), other.piece_from(first)
        end = min(this.last, that.last, last)
        found += _unlike(this, that, first, end)
        first = end + 1
    return merged(found)


def _unlike(piece: Piece, other: Piece, first: int, last: int) -> list[tuple[int, int]]:
    if piece.is_rising is other.is_rising:
        return [] if piece.value == other.value else [(first, last)]
    # A flat and a rising piece meet once at most.
    rising, flat = (piece, other) if piece.is_rising else (other, piece)
    meets = flat.value - rising.value
    if not first <= meets <= last:
        return [(first, last)]
    return [pair for pair in ((first, meets - 1), (meets + 1, last)) if pair[0] <= pair[1]]


def _least(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The least number found from which on, up to `high`, it holds; it holds of `high`."""
    step = 1
    while high - step >= low and holds(high - step):
        high -= step
        step *= 2
    low = max(low, high - step)
    return low + bisect_left(range(low, high), True, key=holds)


class _HoursLine(StepFunction):
    """A function of moments, in microseconds, by the hours of a desk."""

    def __init__(self, hours: WorkingHours) -> None:
        self.hours = hours
        self.first, self.past = map(micros, hours.covered)
        self.last = self.past - 1

    def open_until(self, number: int) -> int:
        """The first moment at or after this one that is not open."""
        try:
            return min(micros(self.hours.next_closed(moment_at(number))), self.past)
        except ERRORS:
            return self.past

    def closed_until(self, number: int) -> int:
        """The first moment at or after this one that is open; past the end if there is none."""
        try:
            return micros(self.hours.next_open(moment_at(number)))
        except ERRORS:
            return self.past


class OpenLine(_HoursLine):
    """One at moments that are open, nought at others."""

    def value(self, number: int) -> int:
        return int(self.hours.is_open(moment_at(number)))

    def piece_from(self, number: int) -> Piece:
        until = self.open_until(number)
        if until > number:
            return Piece(number, until - 1, False, 1)
        return Piece(number, self.closed_until(number) - 1, False, 0)


class DueLine(_HoursLine):
    """The moment when an amount of working time, in hours, has passed since another."""

    def __init__(self, hours: WorkingHours, tie: str, amount: int | Decimal) -> None:
        super().__init__(hours)
        self.tie = cast(Tie, tie)
        self.minutes = amount * 60
        # Later moments fall due later, so those that fall beyond the calendar come last.
        moments = range(self.first, self.past)
        defined = bisect_left(moments, True, key=lambda one: not self._is_defined(one))
        self.last = self.first - 1 + defined

    def value(self, number: int) -> int:
        return micros(self.hours.due_at(moment_at(number), self.minutes, self.tie))

    def piece_from(self, number: int) -> Piece:
        due, until = self.value(number), self.open_until(number)
        if until <= number:
            return Piece(number, min(self.closed_until(number) - 1, self.last), False, due)
        room = max(self.open_until(due) - due, 1)
        # The last of these falls due exactly at closing, which `tie` may move.
        last = min(until - 1, number + room - 1, self.last)
        return Piece(number, last, True, due - number)


class WorkingDayLine(StepFunction):
    """The day itself if it works, or the next that does; days by their numbers."""

    def __init__(self, calendar: WorkingDays) -> None:
        self.calendar = calendar
        self.first = calendar.first_day.toordinal()
        self.last = self._working[-1] if self._working else self.first - 1

    @cached_property
    def _working(self) -> list[int]:
        first, last = self.calendar.first_day.toordinal(), self.calendar.last_day.toordinal()
        is_working = self.calendar.is_working
        return [day for day in range(first, last + 1) if is_working(date.fromordinal(day))]

    def value(self, number: int) -> int:
        return self._working[bisect_right(self._working, number - 1)]

    def piece_from(self, number: int) -> Piece:
        due = self.value(number)
        return Piece(number, due, False, due) if due > number else Piece(number, due, True, 0)


class CountedDayLine(StepFunction):
    """A day computed from another one by the working days between, which never goes back."""

    def __init__(self, calendar: WorkingDays, gives: Callable[[date], date]) -> None:
        self.gives = gives
        # A count may begin beside the day, so a day at the edge of the calendar may do.
        first, last = calendar.first_day.toordinal() - 1, calendar.last_day.toordinal() + 1
        days = range(first, last + 1)
        self.first = next((day for day in days if self._is_defined(day)), last)
        self.last = next((day for day in reversed(days) if self._is_defined(day)), first - 1)

    def value(self, number: int) -> int:
        return self.gives(date.fromordinal(number)).toordinal()

    def piece_from(self, number: int) -> Piece:
        start, end = self.value(number), number
        following = self.value(number + 1) - start if number < self.last else 0
        if following not in (0, 1):
            return Piece(number, number, False, start)
        while end < self.last and self.value(end + 1) == start + following * (end + 1 - number):
            end += 1
        return Piece(number, end, following == 1, start - number if following else start)
