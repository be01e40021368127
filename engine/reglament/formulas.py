"""The functions of the language: from values to a value. Null in, null out.

A number told has 15 digits before its point at most, and a type at most 12 after it. What is
reckoned keeps to the same bound, so decimals are exact and nothing grows without end.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact
from fractions import Fraction
from functools import partial, reduce
from math import ceil, floor, prod, trunc
from operator import itemgetter
from typing import Any, TypeAlias, cast

from reglament.model.calendar import Hours, Tie
from reglament.model.conditions import Test
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import LARGEST, Value

SHORTEST_MONTH = 28
# What lies between the arguments and the result may have more digits than both.
_UNROUNDED = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])


class NumberOutOfRange(OverflowError):
    """A reckoned number is beyond `LARGEST`, on either side of zero."""


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


def round_by(way: Way, number: Number, step: Number) -> Number | None:
    """`number` as a multiple of `step` (null of zero), by `way`."""
    if step == 0:
        return None
    return _exact(way(Fraction(number) / Fraction(step)) * Fraction(step), number, step)


def quotient_by(way: Way, a: Number, b: Number, step: Number) -> Number | None:
    """`a / b` as a multiple of `step`, by `way`; null where `b` or the step is zero."""
    if b == 0 or step == 0:
        return None
    return _exact(way(Fraction(a) / Fraction(b) / Fraction(step)) * Fraction(step), step, step)


def _up(number: Fraction) -> int:
    return ceil(number) if number > 0 else floor(number)


def _half_up(number: Fraction) -> int:
    return trunc(number + Fraction(1, 2)) if number > 0 else trunc(number - Fraction(1, 2))


Number = int | Decimal
Way = Callable[[Fraction], int]

# The words of DMN 1.4 and of spreadsheets: up is away from zero, down is towards it.
ROUNDINGS: Mapping[str, Way] = {
    "round_down": trunc,
    "round_up": _up,
    "round_half_up": _half_up,
    "round_half_even": round,
    "floor": floor,
    "ceiling": ceil,
}
QUOTIENTS: Mapping[str, Way] = {
    f"quotient_{name.removeprefix('round_')}": way for name, way in ROUNDINGS.items()
}


def _exact(value: Fraction, *models: Number) -> Number:
    _bounded(value)
    if value.denominator == 1 and not any(isinstance(model, Decimal) for model in models):
        return int(value)
    return Decimal(value.numerator) / Decimal(value.denominator)


def _bounded(number: Any) -> Any:
    if -LARGEST <= number <= LARGEST:
        return number
    raise NumberOutOfRange(number)


def _sum(*parts: Any) -> Any:
    if parts[0].__class__ is timedelta:
        return sum(parts[1:], start=parts[0])
    if any(part.__class__ is Decimal for part in parts):
        return _bounded(reduce(_UNROUNDED.add, parts))
    return _bounded(sum(parts))


def _difference(a: Any, b: Any) -> Any:
    return _sum(a, -b)


def _product(*parts: Any) -> Any:
    if any(part.__class__ is Decimal for part in parts):
        return _bounded(reduce(_UNROUNDED.multiply, parts))
    return _bounded(prod(parts))


def _days_after(day: date, count: int) -> date:
    return day + timedelta(days=count)


def each_once(items: Iterable[Value]) -> tuple[Value, ...]:
    """The items without null and without what stands there before: 1 and true are two."""
    found = {(type(item), item): item for item in items if item is not None}
    return tuple(found.values())


# What a collection comes to, as a formula of its items; no policy can write it.
ITEMS = "items"

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sum": _sum,
    "difference": _difference,
    "product": _product,
    "minimum": min,
    "maximum": max,
    **{name: partial(round_by, way) for name, way in ROUNDINGS.items()},
    **{name: partial(quotient_by, way) for name, way in QUOTIENTS.items()},
    "days_after": _days_after,
    "months_after": add_months,
    "years_after": lambda day, count: add_months(day, 12 * count),
    "days_between": lambda start, end: (end - start).days,
    "months_between": months_between,
    "years_between": years_between,
    "day_of": lambda moment: moment.date(),
    ITEMS: lambda *items: each_once(items),
}

# Functions that are never out of range, and need no calendar.
NEVER_REFUSED = frozenset({"minimum", "maximum", "days_between", "day_of", ITEMS})


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

    Raises OutsideCalendar, NumberOutOfRange, and OverflowError where a date leaves the
    years 1 to 9999.
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


def may_refuse(term: Term) -> bool:
    """Whether reckoning the term may raise, whatever its functions are given."""
    return isinstance(term, Formula) and (
        term.function not in NEVER_REFUSED or any(map(may_refuse, term.arguments))
    )


Holding: TypeAlias = Callable[[Mapping[str, Value]], bool]


def holding(test: Test, hours: Mapping[str, Hours]) -> Holding:
    """Whether a test holds, as a function of facts that are told."""
    meaning, readers = test.meaning(hours), [reader(term, hours) for term in test.terms]
    if len(readers) == 1:
        (read,) = readers
        return lambda facts: meaning(read(facts))
    left, right = readers
    return lambda facts: meaning(left(facts), right(facts))
