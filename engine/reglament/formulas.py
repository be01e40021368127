"""The functions of the language: from values to a value. Null in, null out."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import ceil, floor, prod
from operator import itemgetter
from typing import Any, TypeAlias, cast

from reglament.model.calendar import Hours, Tie
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import Value

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
    """Full months from `start` to `end`: the greatest n with start + n months <= end."""
    count = (end.year - start.year) * 12 + end.month - start.month
    return count if add_months(start, count) <= end else count - 1


def years_between(start: date, end: date) -> int:
    """Full years from `start` to `end`; 29 February comes of age on 28 February."""
    return months_between(start, end) // 12


def round_by(way: Callable[[Fraction], int], number: Number, step: Number) -> Number | None:
    """`number` as a multiple of `step` (null of zero), by `way`: floor, ceil or `half_up`."""
    if step == 0:
        return None
    return _exact(way(Fraction(number) / Fraction(step)) * Fraction(step), number, step)


def quotient_by(
    way: Callable[[Fraction], int], a: Number, b: Number, step: Number
) -> Number | None:
    """`a / b` as a multiple of `step`, by `way`; null where `b` or the step is zero."""
    if b == 0 or step == 0:
        return None
    return _exact(way(Fraction(a) / Fraction(b) / Fraction(step)) * Fraction(step), step, step)


def half_up(number: Fraction) -> int:
    """The nearest whole number; halves go up."""
    return floor(number + Fraction(1, 2))


Number = int | Decimal


def _exact(value: Fraction, *models: Number) -> Number:
    if value.denominator == 1 and not any(isinstance(model, Decimal) for model in models):
        return int(value)
    return Decimal(value.numerator) / Decimal(value.denominator)


def _sum(*parts: Any) -> Any:
    return sum(parts[1:], start=parts[0])


def _days_after(day: date, count: int) -> date:
    return day + timedelta(days=count)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sum": _sum,
    "difference": lambda a, b: a - b,
    "product": lambda *parts: prod(parts),
    "minimum": min,
    "maximum": max,
    "round_down": partial(round_by, floor),
    "round_up": partial(round_by, ceil),
    "round_half_up": partial(round_by, half_up),
    "quotient_down": partial(quotient_by, floor),
    "quotient_up": partial(quotient_by, ceil),
    "quotient_half_up": partial(quotient_by, half_up),
    "days_after": _days_after,
    "months_after": add_months,
    "years_after": lambda day, count: add_months(day, 12 * count),
    "days_between": lambda start, end: (end - start).days,
    "months_between": months_between,
    "years_between": years_between,
    "day_of": lambda moment: moment.date(),
}


def working_hours_after(hours: Hours, tie: Tie, moment: datetime, count: Number) -> datetime:
    """The moment when `count` working hours have passed since `moment`.

    Raises OutsideCalendar where the calendar of `hours` does not reach.
    """
    return hours.due_at(moment, count * 60, tie)


def working_day_at_or_after(hours: Hours, day: date) -> date:
    """`day` itself where it works, else the next working day. Raises OutsideCalendar."""
    while not hours.calendar.is_working(day):
        day += timedelta(days=1)
    return day


def function_of(formula: Formula, hours: Mapping[str, Hours]) -> Callable[..., Any]:
    """The function that the formula applies, with its hours bound."""
    if formula.function == "working_hours_after":
        tie = cast(Tie, formula.tie)
        return partial(working_hours_after, hours[cast(str, formula.hours)], tie)
    if formula.function == "working_day_at_or_after":
        return partial(working_day_at_or_after, hours[cast(str, formula.hours)])
    return FUNCTIONS[formula.function]


def apply(formula: Formula, arguments: tuple[Value, ...], hours: Mapping[str, Hours]) -> Value:
    """The value of the formula for these arguments; null where one of them is null.

    Raises OutsideCalendar, and OverflowError where a date leaves the years 1 to 9999.
    """
    if None in arguments:
        return None
    return cast(Value, function_of(formula, hours)(*arguments))


def value_of(term: Term, facts: Mapping[str, Value], hours: Mapping[str, Hours]) -> Value:
    """What a term over facts alone comes to.

    Raises KeyError for a fact that is missing, and what `apply` raises.
    """
    match term:
        case Constant(value):
            return value
        case FactRef(name):
            return facts[name]
        case Formula(_, arguments):
            return apply(term, tuple(value_of(part, facts, hours) for part in arguments), hours)
    raise TypeError(term)


Reader: TypeAlias = Callable[[Mapping[str, Value]], Any]


def reader(term: Term, hours: Mapping[str, Hours]) -> Reader:
    """The same as a function of the facts, quicker where a term is reckoned many times."""
    match term:
        case Constant(value):
            return lambda facts: value
        case FactRef(name):
            return itemgetter(name)
        case Formula(_, (argument,)):
            return _applied_to_one(function_of(term, hours), reader(argument, hours))
        case Formula(_, arguments):
            parts = tuple(reader(argument, hours) for argument in arguments)
            return _applied(function_of(term, hours), parts)
    raise TypeError(term)


def _applied_to_one(function: Callable[[Any], Any], part: Reader) -> Reader:
    def read(facts: Mapping[str, Value]) -> Any:
        value = part(facts)
        return None if value is None else function(value)

    return read


def _applied(function: Callable[..., Any], parts: tuple[Reader, ...]) -> Reader:
    def read(facts: Mapping[str, Value]) -> Any:
        values = [part(facts) for part in parts]
        return None if None in values else function(*values)

    return read
