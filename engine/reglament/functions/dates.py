"""Functions that count days, months and years."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from reglament.functions.record import Function, table
from reglament.functions.signatures import fixed
from reglament.model.values import DATE, INTEGER, Kind

SHORTEST_MONTH = 28


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months later, or that month's last day.

    Raises OverflowError where the year leaves 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    if day.day <= SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Full months from `start` to `end`, negative where `end` is earlier.

    Of all n for which start + n months does not pass `end`, the farthest from zero.
    """
    count = (end.year - start.year) * 12 + end.month - start.month
    reached = add_months(start, count)
    if start <= end:
        return count if reached <= end else count - 1
    return count if reached >= end else count + 1


def years_between(start: date, end: date) -> int:
    """Full years from `start` to `end`; 29 February comes of age on 28 February."""
    count = months_between(start, end)
    return count // 12 if count >= 0 else -(-count // 12)


def years_after(day: date, count: int) -> date:
    """The same day `count` years later; of 29 February the 28th where there is none."""
    return add_months(day, 12 * count)


def _later(day: date, count: int) -> date:
    return day + timedelta(days=count)


def _after(name: str, gives: Callable[..., date], unit: str, elsewhere: str) -> Function:
    signature = fixed(DATE, Kind.DATE, Kind.INTEGER)
    return Function(name, gives, signature, DATE, (1, 1), unit=unit, elsewhere=elsewhere)


def _between(name: str, gives: Callable[..., int], words: str, elsewhere: str) -> Function:
    signature = fixed(INTEGER, Kind.DATE, Kind.DATE)
    return Function(name, gives, signature, INTEGER, (-1, 1), words=words, elsewhere=elsewhere)


FUNCTIONS = table(
    _after("days_after", _later, "day", "add_days plus_days date_add days_later adddays"),
    _after(
        "months_after", add_months, "month", "add_months plus_months edate months_later addmonths"
    ),
    _after("years_after", years_after, "year", "add_years plus_years years_later addyears"),
    replace(
        _between(
            "days_between",
            lambda start, end: (end - start).days,
            "full-days-from",
            "date_diff datediff days_since days_until diff_days",
        ),
        never_refused=True,
    ),
    _between("months_between", months_between, "full-months-from", "months_since diff_months"),
    _between(
        "years_between", years_between, "full-years-from", "age years_since diff_years full_years"
    ),
    Function(
        "day_of",
        lambda moment: moment.date(),
        fixed(DATE, Kind.DATETIME),
        grid=DATE,
        moves=(1,),
        never_refused=True,
        words="day-of",
        elsewhere="date date_of to_date as_date",
    ),
)
