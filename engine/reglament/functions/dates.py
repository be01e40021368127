"""Functions that count days, months and years."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from reglament.functions.record import Function, Moves, table
from reglament.functions.signatures import fixed
from reglament.messages import Verbatim
from reglament.model.values import DATE, INTEGER, PERIOD, Kind, Period, Type

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
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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


def age(born: date, day: date) -> int:
    """Full years of age on a day, negative before birth.

    A year is full on the birthday; for who is born on 29 February, on 1 March of other years.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def date_of(year: int, month: int, day: int) -> date | None:
    """The day of that year, month and number; null where there is none."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def start_of(months: int, day: date) -> date:
    """The first day of the span of so many months of the year (1, 3 or 12) that has the day."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def end_of(months: int, day: date) -> date:
    """The last day of the same span."""
    last = start_of(months, day).month + months - 1
    return date(day.year, last, monthrange(day.year, last)[1])


def _later(day: date, count: int) -> date:
    return day + timedelta(days=count)


def _after(name: str, gives: Callable[..., date], unit: str, elsewhere: str) -> Function:
    signature = fixed(DATE, Kind.DATE, Kind.INTEGER)
    return Function(
        name, gives, signature, DATE, (1, 1), is_strict=True, unit=unit, elsewhere=elsewhere
    )


def _between(name: str, gives: Callable[..., int], words: str, elsewhere: str) -> Function:
    signature = fixed(INTEGER, Kind.DATE, Kind.DATE)
    return Function(name, gives, signature, INTEGER, (-1, 1), words=words, elsewhere=elsewhere)


def _of_day(
    name: str, gives: Callable[[date], Any], grid: Type, moves: Moves, words: str, elsewhere: str
) -> Function:
    """A function of one day."""
    return Function(
        name, gives, fixed(grid.without_bounds, Kind.DATE), grid, (moves,), never_refused=True,
        words=words, elsewhere=elsewhere,
    )  # fmt: skip


def _edge(name: str, months: int, is_last: bool, words: str) -> Function:
    """The first or the last day of a span of so many months."""
    elsewhere = name.replace("start", "first").replace("end", "last")
    gives = partial(end_of if is_last else start_of, months)
    return _of_day(name, gives, DATE, 1, words, elsewhere)


def moved_on(*parts: date | Period) -> date:
    """The day that is periods after a day, these added up first, in any order.

    Raises OverflowError where the year leaves 1 to 9999.
    """
    (day,) = (part for part in parts if isinstance(part, date))
    return add_months(day, sum(part.months for part in parts if isinstance(part, Period)))


WEEKDAY, MONTH, DAY_OF_MONTH, WEEK, DAY_OF_YEAR = (
    replace(INTEGER, at_least=1, at_most=last) for last in (7, 12, 31, 53, 366)
)

# Of each edge of a span: how many months it has, whether it is its last day, words.
EDGES: Mapping[str, tuple[int, bool, str]] = {
    "start_of_month": (1, False, "start-of-month"),
    "start_of_quarter": (3, False, "start-of-quarter"),
    "start_of_year": (12, False, "start-of-year"),
    "end_of_month": (1, True, "end-of-month"),
    "end_of_quarter": (3, True, "end-of-quarter"),
    "end_of_year": (12, True, "end-of-year"),
}
OF_ONE_DAY = EDGES.keys() | {
    "day_of_week", "month_of", "year_of", "day_of_month", "day_of_year", "week_of_year",
}  # fmt: skip
"""The functions of one day, which take that of a moment, too."""
FUNCTIONS = table(
    _of_day("day_of_week", date.isoweekday, WEEKDAY, 0, "day-of-week", "weekday dayofweek"),
    _of_day("month_of", lambda day: day.month, MONTH, 0, "month-of", "month"),
    _of_day("year_of", lambda day: day.year, INTEGER, 1, "year-of", "year"),
    _of_day("day_of_month", lambda day: day.day, DAY_OF_MONTH, 0, "day-of-month", "day"),
    _of_day(
        "day_of_year", lambda day: day.timetuple().tm_yday, DAY_OF_YEAR, 0, "day-of-year", "yday"
    ),
    _of_day(
        "week_of_year", lambda day: day.isocalendar().week, WEEK, 0, "week-of-year", "week isoweek"
    ),
    Function(
        "date", date_of, fixed(DATE, Kind.INTEGER, Kind.INTEGER, Kind.INTEGER), DATE, (0,),
        never_refused=True, may_be_null=True, is_opaque=True, words="date-of-parts",
        joined=Verbatim(", "), elsewhere="date_of make_date to_date",
    ),
    *(_edge(name, *edge) for name, edge in EDGES.items()),
    replace(
        _between("age", age, "age-on", "age_at age_on age_in_years full_age"), never_refused=True
    ),
    _after("days_after", _later, "day", "add_days plus_days date_add days_later adddays"),
    _after(
        "months_after", add_months, "month", "add_months plus_months edate months_later addmonths"
    ),
    Function(
        "period_between", lambda start, end: Period(months_between(start, end)),
        fixed(PERIOD, Kind.DATE, Kind.DATE), PERIOD, (-1, 1), words="period-from",
        elsewhere="years_and_months_duration date_dif",
    ),
    _after("years_after", years_after, "year", "add_years plus_years years_later addyears"),
    replace(
        _between(
            "days_between", lambda start, end: (end - start).days, "full-days-from",
            "date_diff datediff days_since days_until diff_days",
        ),
        never_refused=True,
        is_strict=True,
    ),
    _between("months_between", months_between, "full-months-from", "months_since diff_months"),
    _between(
        "years_between", years_between, "full-years-from", "years_since diff_years full_years"
    ),
    Function(
        "day_of", lambda moment: moment.date(), fixed(DATE, Kind.DATETIME), DATE, (1,),
        never_refused=True, is_strict=True, words="day-of",
        elsewhere="date date_of to_date as_date",
    ),
)  # fmt: skip
