"""Days and moments as numbers of the solver, and the calendar's arithmetic on them.

A day is its number since 1 January of the year 1 (as `date.toordinal`), or the month, counted
from the year 0 (year x 12 + month - 1), and the day of the month. Each is worked out from the
other only when it is asked for, as the step between them is what a solver finds hard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reglament.analysis.proving.logic import Formula, Intervals, Logic
from reglament.model.moments import EPOCH

DAY = 86_400_000_000
EPOCH_ORDINAL = EPOCH.toordinal()
FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()
FIRST_MONTH, LAST_MONTH = 12, 9999 * 12 + 11


# The least and the most of 4800 x day - 146097 x month, over all the days there are.
LEAST, MOST = -1_763_286, -1_600_908


def month_of(day: date) -> int:
    """The month, counted from the year 0."""
    return day.year * 12 + day.month - 1


@dataclass
class DayForm:
    """One day in both of its forms; at least one of them is known."""

    logic: Logic
    known_number: Formula | None = None
    known_parts: tuple[Formula, Formula] | None = None
    # A day beside it, and how many days later (-1, 0 or 1) this one is.
    beside: tuple[DayForm, Formula] | None = None

    @property
    def number(self) -> Formula:
        """The number of the day."""
        if self.known_number is None:
            assert self.known_parts is not None
            month, day = self.known_parts
            self.known_number = number_of(self.logic, month, day)
        return self.known_number

    @property
    def parts(self) -> tuple[Formula, Formula]:
        """The month and the day of the month."""
        if self.known_parts is None:
            number = self.known_number
            if isinstance(number, int) and FIRST_DAY <= number <= LAST_DAY:
                day = date.fromordinal(number)
                self.known_parts = month_of(day), day.day
            elif self.beside is not None:
                self.known_parts = parts_beside(self.logic, *self.beside)
            else:
                self.known_parts = parts_of(self.logic, number)
        return self.known_parts

    def before(self, other: DayForm) -> Formula:
        """This day comes before the other."""
        if self._by_number(other):
            return self.number < other.number
        (month, day), (other_month, other_day) = self.parts, other.parts
        logic = self.logic
        same_month = logic.all_of(logic.equal(month, other_month), day < other_day)
        return logic.any_of(month < other_month, same_month)

    def equal(self, other: DayForm) -> Formula:
        """Both are one day."""
        logic = self.logic
        if self._by_number(other):
            return logic.equal(self.number, other.number)
        (month, day), (other_month, other_day) = self.parts, other.parts
        return logic.all_of(logic.equal(month, other_month), logic.equal(day, other_day))

    def _by_number(self, other: DayForm) -> bool:
        """Whether the numbers of both are known, and not the parts of both."""
        has_numbers = self.known_number is not None and other.known_number is not None
        has_parts = self.known_parts is not None and other.known_parts is not None
        return has_numbers and not has_parts


def fixed_day(logic: Logic, day: date) -> DayForm:
    """The form of a day that is known."""
    return DayForm(logic, day.toordinal(), (month_of(day), day.day))


def chosen_day(logic: Logic, condition: Formula, then: DayForm, other: DayForm) -> DayForm:
    """`then` if the condition holds, or `other`."""
    has_parts = then.known_parts is not None and other.known_parts is not None
    if has_parts:
        parts = tuple(
            logic.choose(condition, *pair) for pair in zip(then.parts, other.parts, strict=True)
        )
        numbers_known = then.known_number is not None and other.known_number is not None
        number = logic.choose(condition, then.number, other.number) if numbers_known else None
        return DayForm(logic, number, (parts[0], parts[1]))
    return DayForm(logic, logic.choose(condition, then.number, other.number))


def days_in(logic: Logic, month: Formula) -> Formula:
    """How many days the month has."""
    year = logic.divided(month, 12)
    place = logic.remainder(month, 12)
    if isinstance(year, int):
        is_leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
    else:
        by_four = logic.equal(logic.remainder(year, 4), 0)
        by_hundred = logic.equal(logic.remainder(year, 100), 0)
        by_four_hundred = logic.equal(logic.remainder(year, 400), 0)
        is_leap = logic.any_of(logic.all_of(by_four, logic.negate(by_hundred)), by_four_hundred)
    is_short = logic.any_of(*(logic.equal(place, short) for short in (3, 5, 8, 10)))
    february = logic.choose(is_leap, 29, 28)
    return logic.choose(logic.equal(place, 1), february, logic.choose(is_short, 30, 31))


def number_of(logic: Logic, month: Formula, day: Formula) -> Formula:
    """The number of the day: years begin in March, so that the leap day comes last."""
    shifted = month - 2
    year, place = logic.divided(shifted, 12), logic.remainder(shifted, 12)
    leap_days = logic.divided(year, 4) - logic.divided(year, 100) + logic.divided(year, 400)
    return 365 * year + leap_days + logic.divided(153 * place + 2, 5) + day - 306


def day_variable(logic: Logic, name: str) -> tuple[Formula, Formula]:
    """Variables for the month and the day of any day that a date can be."""
    month, day = logic.whole(f"{name}.month"), logic.whole(f"{name}.day")
    logic.require(
        logic.between(month, FIRST_MONTH, LAST_MONTH), day >= 1, day <= 31,
        day <= days_in(logic, month),
    )  # fmt: skip
    return month, day


def parts_of(logic: Logic, number: Formula) -> tuple[Formula, Formula]:
    """The month and the day of the month of the day with that number."""
    month, day = day_variable(logic, "parts")
    inside = logic.between(number, FIRST_DAY, LAST_DAY)
    logic.require(logic.implies(inside, number_of(logic, month, day) == number))
    # Follows from the line above; said because a solver does not see it at once.
    logic.require(
        logic.implies(inside, logic.between(4800 * number - 146_097 * month, LEAST, MOST))
    )
    return month, day


def parts_beside(logic: Logic, day: DayForm, later: Formula) -> tuple[Formula, Formula]:
    """The parts of the day before `day`, of `day` itself, or of the day after it."""
    month, of_month = day.parts
    is_last, is_first = of_month == days_in(logic, month), of_month == 1
    choose, is_after, is_before = logic.choose, later == 1, later == -1
    next_month = logic.all_of(is_after, is_last)
    month_before = logic.all_of(is_before, is_first)
    found_month = choose(next_month, month + 1, choose(month_before, month - 1, month))
    found_day = choose(month_before, days_in(logic, month - 1), of_month + later)
    return found_month, choose(next_month, 1, found_day)


def months_later(logic: Logic, day: DayForm, count: Formula) -> tuple[DayForm, Formula]:
    """The day `count` months later, and whether that leaves the years 1 to 9999."""
    month, of_month = day.parts
    later = month + count
    last = days_in(logic, later)
    is_out = logic.negate(logic.between(later, FIRST_MONTH, LAST_MONTH))
    if isinstance(of_month, int) and of_month <= 28:
        return DayForm(logic, None, (later, of_month)), is_out
    return DayForm(logic, None, (later, logic.choose(of_month <= last, of_month, last))), is_out


def months_passed(logic: Logic, start: DayForm, end: DayForm) -> Formula:
    """Full months from `start` to `end`, negative if `end` is earlier."""
    (month, day), (end_month, end_day) = start.parts, end.parts
    last = days_in(logic, end_month)
    reached = logic.choose(day <= last, day, last)
    count = end_month - month
    forward = logic.choose(reached <= end_day, count, count - 1)
    backward = logic.choose(reached >= end_day, count, count + 1)
    return logic.choose(end.before(start), backward, forward)


# Moments


def merged(intervals: list[tuple[int, int]]) -> Intervals:
    """The same numbers in as few intervals as can be; they have to be in order."""
    found: list[tuple[int, int]] = []
    for first, last in intervals:
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
