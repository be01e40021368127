"""Functions that count working time, by the hours that they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from reglament.functions.elapsed_time import HOUR, full_of
from reglament.functions.numbers import Number
from reglament.functions.record import Function, table
from reglament.functions.signatures import fixed
from reglament.model.calendar import Tie, WorkingHours
from reglament.model.values import DATE, DATETIME, DURATION, INTEGER, Kind, Type


def working_hours_after(hours: WorkingHours, tie: Tie, moment: datetime, count: Number) -> datetime:
    """The moment when `count` working hours have passed since `moment`.

    Raises OutsideCalendar where the calendar of `hours` does not reach.
    """
    return hours.due_at(moment, count * 60, tie)


def working_day_at_or_after(hours: WorkingHours, day: date) -> date:
    """`day` itself where it works, else the next working day. Raises OutsideCalendar."""
    while not hours.calendar.is_working(day):
        day += timedelta(days=1)
    return day


def working_day_at_or_before(hours: WorkingHours, day: date) -> date:
    """`day` itself where it works, else the last working day before it. Raises OutsideCalendar."""
    while not hours.calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def working_days_after(hours: WorkingHours, day: date, count: int) -> date:
    """The `count`-th working day after `day`; before it where `count` is below zero.

    None later is the day itself where it works, else the next working day.
    Raises OutsideCalendar.
    """
    if count == 0:
        return working_day_at_or_after(hours, day)
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not hours.calendar.is_working(day):
            day += step
    return day


def counting_the_first(hours: WorkingHours, day: date, count: int) -> date:
    """The same where the day itself counts if it works."""
    step = (count > 0) - (count < 0)
    return working_days_after(hours, day - timedelta(days=step), count)


def from_a_working_day(hours: WorkingHours, day: date, count: int) -> date:
    """The same from the next working day on if the day does not work; back, from the last one."""
    start = working_day_at_or_before if count < 0 else working_day_at_or_after
    return working_days_after(hours, start(hours, day), count)


def working_time_between(hours: WorkingHours, start: datetime, end: datetime) -> timedelta:
    """The working time that passes between two moments, below zero where `end` is earlier.

    Raises OutsideCalendar.
    """
    return hours.worked_between(start, end)


def working_hours_between(hours: WorkingHours, start: datetime, end: datetime) -> int:
    """The full hours of it, rounded towards zero. Raises OutsideCalendar."""
    return full_of(HOUR, hours.worked_between(start, end))


WORKING_HOUR = "working-hour"
FIRST_DAY_COUNTS = "working_days_counting_the_first"


def _days_after(name: str, gives: Callable[..., date], words: str) -> Function:
    other = "working_days_after" if name != "working_days_after" else FIRST_DAY_COUNTS
    return Function(
        name, gives, fixed(DATE, Kind.DATE, Kind.INTEGER), DATE, (1, 1), needs_hours=True,
        words=words, mistaken_for=other,
        elsewhere="business_days_after add_business_days add_working_days workday",
    )  # fmt: skip


def _between(name: str, gives: Callable[..., Any], grid: Type, words: str) -> Function:
    return Function(
        name, gives, fixed(grid, Kind.DATETIME, Kind.DATETIME), grid, (-1, 1), needs_hours=True,
        words=words,
        elsewhere="business_hours_between working_minutes_between elapsed_working_time",
    )  # fmt: skip


FUNCTIONS = table(
    Function(
        "working_hours_after", working_hours_after, fixed(DATETIME, Kind.DATETIME, Kind.DECIMAL),
        DATETIME, (1, 1), needs_hours=True, takes_tie=True, unit=WORKING_HOUR,
        elsewhere="add_working_hours business_hours_after add_business_hours",
    ),
    Function(
        "working_day_at_or_after", working_day_at_or_after, fixed(DATE, Kind.DATE), DATE, (1,),
        needs_hours=True, words="next-working-day",
        elsewhere="next_working_day next_business_day",
    ),
    Function(
        "working_day_at_or_before", working_day_at_or_before, fixed(DATE, Kind.DATE), DATE, (1,),
        needs_hours=True, words="last-working-day", mistaken_for="working_day_at_or_after",
        elsewhere="previous_working_day previous_business_day",
    ),
    _days_after("working_days_after", working_days_after, "working-days-after"),
    _between("working_time_between", working_time_between, DURATION, "working-time-from"),
    _between("working_hours_between", working_hours_between, INTEGER, "full-working-hours-from"),
)  # fmt: skip

# `working_days_after` by what it says of the first day.
FIRST_DAY: Mapping[str, str] = {
    "not_counted": "working_days_after",
    "counts": FIRST_DAY_COUNTS,
    "moved": "working_days_from_a_working_day",
}
COUNT_WORKING_DAYS = tuple(FIRST_DAY.values())
BY_FIRST_DAY = table(
    _days_after(FIRST_DAY_COUNTS, counting_the_first, "working-days-counting"),
    _days_after(FIRST_DAY["moved"], from_a_working_day, "working-days-moved"),
)

# What counts working time from its first argument until it is due, or until its second one.
COUNTS_ON = frozenset({"working_hours_after"})
COUNTS_WORKING_TIME = COUNTS_ON | {"working_time_between", "working_hours_between"}
