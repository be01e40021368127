"""Functions that count working time, by the hours that they name."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from reglament.functions.numbers import Number
from reglament.functions.record import Function, table
from reglament.functions.signatures import fixed
from reglament.model.calendar import Tie, WorkingHours
from reglament.model.values import DATE, DATETIME, Kind


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


WORKING_HOUR = "working-hour"

FUNCTIONS = table(
    Function(
        "working_hours_after",
        working_hours_after,
        fixed(DATETIME, Kind.DATETIME, Kind.DECIMAL),
        grid=DATETIME,
        moves=(1, 1),
        needs_hours=True,
        takes_tie=True,
        unit=WORKING_HOUR,
        elsewhere="add_working_hours business_hours_after add_business_hours",
    ),
    Function(
        "working_day_at_or_after",
        working_day_at_or_after,
        fixed(DATE, Kind.DATE),
        grid=DATE,
        moves=(1,),
        needs_hours=True,
        words="next-working-day",
        elsewhere="next_working_day next_business_day workday",
    ),
)
