"""The functions of the language as formulas; `reglament.functions` says what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial, reduce
from operator import add
from typing import Any, TypeAlias

from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.smt_dates import (
    FIRST_DAY,
    LAST_DAY,
    DayForm,
    days_in,
    months_later,
    months_passed,
)
from reglament.analysis.proving.smt_rounding import (
    Way,
    away_from_zero,
    ceiling,
    floor,
    half_even,
    half_up,
    towards_zero,
)
from reglament.analysis.proving.symbols import (
    Algebra,
    DaySymbol,
    MomentSymbol,
    NumberSymbol,
    SmtSymbol,
    SpanSymbol,
)
from reglament.analysis.proving.worktimes import WorkTimes
from reglament.functions.arithmetic import PARTS
from reglament.functions.dates import EDGES
from reglament.functions.elapsed_time import HOUR, MINUTE
from reglament.functions.rates import RATE_PLACES
from reglament.functions.working_time import COUNT_WORKING_DAYS
from reglament.model.calendar import WorkingHours
from reglament.model.moments import MICROSECOND
from reglament.model.terms import Formula as FormulaTerm
from reglament.model.values import LARGEST

# What a function comes to, and whether it is refused: a date that cannot be, or no calendar.
Result: TypeAlias = tuple[SmtSymbol, Formula]


class Functions:
    """Applies functions of the language to symbols, none of which is of no kind at all."""

    def __init__(self, algebra: Algebra, times: WorkTimes) -> None:
        self.algebra = algebra
        self.logic: Logic = algebra.logic
        self.times = times

    def apply(
        self, term: FormulaTerm, arguments: list[SmtSymbol], hours: Mapping[str, WorkingHours]
    ) -> Result:
        """The value of the formula for arguments that are not null, and whether it is refused."""
        make = FORMULAS.get(term.function)
        if make is None:
            raise Unsupported(f"`{term.function}`")
        return make(self, arguments, term, hours)

    # Numbers

    def bounded(self, symbol: SmtSymbol) -> Result:
        """The same; refused if it is a number that is too large."""
        if not isinstance(symbol, NumberSymbol):
            return symbol, False
        most, logic = LARGEST * 10**symbol.places, self.logic
        is_large = logic.negate(logic.between(symbol.units, -most, most))
        return symbol, logic.all_of(logic.negate(symbol.is_null), is_large)

    def multiple(self, way: Way, arguments: list[SmtSymbol]) -> SmtSymbol:
        """A number, divided by all but the last divisor, as a multiple of that, rounded."""
        number, *rest = (_number(argument) for argument in arguments)
        units, places, divisors, step = number.units, number.places, tuple(rest), rest[-1]
        logic = self.logic
        total = sum(divisor.places for divisor in divisors)
        top, bottom = (
            units * 10 ** max(0, total - places),
            10 ** max(0, places - total),
        )

        def divided(known: tuple[int, ...], rest: tuple[NumberSymbol, ...]) -> Formula:
            if rest:
                made = logic.mapped(rest[0].units, lambda one: divided((*known, one), rest[1:]))
                if made is None:
                    raise Unsupported("a divisor that hangs on the request")
                return made
            divisor = bottom
            for one in known:
                divisor *= one
            if divisor == 0:
                return 0
            return way(logic, -top if divisor < 0 else top, abs(divisor)) * known[-1]

        return NumberSymbol(False, divided((), divisors), step.places)

    # Dates

    def later(self, unit: int, arguments: list[SmtSymbol]) -> Result:
        start, count = _day(arguments[0]), _number(arguments[1]).units
        logic = self.logic
        if unit:
            day, is_out = months_later(logic, start.day, unit * count)
            return DaySymbol(False, day), is_out
        number = start.day.number + count
        is_out = logic.negate(logic.between(number, FIRST_DAY, LAST_DAY))
        return DaySymbol(False, DayForm(logic, number)), is_out

    def moved(self, sign: int, arguments: list[SmtSymbol]) -> Result:
        """A day and periods, added up or taken off."""
        (start,) = (argument for argument in arguments if isinstance(argument, DaySymbol))
        periods = (_number(argument).units for argument in arguments if argument is not start)
        day, is_out = months_later(self.logic, start.day, sign * reduce(add, periods))
        return DaySymbol(False, day), is_out

    def between(self, months: int, arguments: list[SmtSymbol]) -> SmtSymbol:
        start, end = map(_day, arguments)
        if not months:
            return NumberSymbol(False, end.day.number - start.day.number)
        passed = months_passed(self.logic, start.day, end.day)
        return NumberSymbol(False, passed if months == 1 else towards_zero(self.logic, passed, 12))

    # Working time

    def counted_day(
        self, arguments: list[SmtSymbol], term: FormulaTerm, hours: Mapping[str, WorkingHours]
    ) -> Result:
        """The day so many working days away."""
        start, count = arguments
        number, is_refused = self.times.counted_day(
            hours[str(term.hours)], term.function, _day(start).day.number, _number(count).units
        )
        return DaySymbol(False, DayForm(self.logic, number)), is_refused

    def due(
        self, arguments: list[SmtSymbol], term: FormulaTerm, hours: Mapping[str, WorkingHours]
    ) -> Result:
        """The moment when so many working hours have passed."""
        start, count = _moment(arguments[0]), arguments[1]
        amount, own = _number(count), hours[str(term.hours)]
        due, is_refused = self.times.due(
            own, term.tie, start.micros, start.known, amount.units, amount.places
        )
        return MomentSymbol(False, due, own.answers_in), is_refused


def _day(symbol: SmtSymbol) -> DaySymbol:
    if not isinstance(symbol, DaySymbol):
        raise Unsupported("a day made of what is none")
    return symbol


def _number(symbol: SmtSymbol) -> NumberSymbol:
    if not isinstance(symbol, NumberSymbol):
        raise Unsupported("a number made of what is none")
    return symbol


def _sum(algebra: Algebra, symbol: SmtSymbol, other: SmtSymbol) -> SmtSymbol:
    if isinstance(symbol, SpanSymbol) and isinstance(other, SpanSymbol):
        return SpanSymbol(False, symbol.micros + other.micros)
    first, last = _number(symbol), _number(other)
    places = max(first.places, last.places)
    return NumberSymbol(False, first.in_units(places) + last.in_units(places), places)


def _difference(algebra: Algebra, symbol: SmtSymbol, other: SmtSymbol) -> SmtSymbol:
    if isinstance(other, SpanSymbol):
        return _sum(algebra, symbol, replace(other, micros=-other.micros))
    last = _number(other)
    return _sum(algebra, symbol, replace(last, units=-last.units))


def _product(algebra: Algebra, symbol: SmtSymbol, other: SmtSymbol) -> SmtSymbol:
    first, last = _number(symbol), _number(other)
    logic, units, others = algebra.logic, first.units, last.units
    found = logic.mapped(others, lambda constant: units * constant)
    if found is None:
        found = logic.mapped(units, lambda constant: constant * others)
    if found is None:
        found = units * others
    return NumberSymbol(False, found, first.places + last.places)


def _per_cent(algebra: Algebra, rate: SmtSymbol, base: SmtSymbol) -> SmtSymbol:
    share = _number(_product(algebra, rate, base))
    return replace(share, places=share.places + RATE_PLACES)


def _brackets(functions: Functions, arguments: list[SmtSymbol], *_: object) -> Result:
    algebra, nought = functions.algebra, NumberSymbol(False, 0)
    amount, *steps = arguments
    first: SmtSymbol = nought
    symbol: SmtSymbol = NumberSymbol(False, 0)
    for last, rate in zip((*steps[:-1:2], amount), (*steps[1:-1:2], steps[-1]), strict=True):
        part = _difference(algebra, _least(algebra, amount, last), first)
        share = _per_cent(algebra, rate, _greatest(algebra, part, nought))
        symbol, first = _sum(algebra, symbol, share), last
    return functions.bounded(symbol)


def _least(algebra: Algebra, symbol: SmtSymbol, other: SmtSymbol) -> SmtSymbol:
    return algebra.choose(algebra.is_before(other, symbol), other, symbol)


def _greatest(algebra: Algebra, symbol: SmtSymbol, other: SmtSymbol) -> SmtSymbol:
    return algebra.choose(algebra.is_before(symbol, other), other, symbol)


Make: TypeAlias = Callable[
    [Functions, list[SmtSymbol], FormulaTerm, Mapping[str, WorkingHours]], Result
]


def _reduced(step: Callable[[Algebra, Any, Any], SmtSymbol]) -> Make:
    """Arguments of any number, put together one after the other."""
    return lambda functions, arguments, *_: functions.bounded(
        reduce(partial(step, functions.algebra), arguments)
    )


def _multiple(way: Way) -> Make:
    return lambda functions, arguments, *_: functions.bounded(functions.multiple(way, arguments))


def _later(months: int) -> Make:
    return lambda functions, arguments, *_: functions.later(months, arguments)


def _between(months: int) -> Make:
    return lambda functions, arguments, *_: (functions.between(months, arguments), False)


def _elapsed(unit: timedelta) -> Make:
    """The full units that pass from one moment to another."""

    def make(functions: Functions, arguments: list[SmtSymbol], *_: object) -> Result:
        start, end = map(_moment, arguments)
        passed = towards_zero(functions.logic, end.micros - start.micros, unit // MICROSECOND)
        return NumberSymbol(False, passed), False

    return make


def _time_between(functions: Functions, arguments: list[SmtSymbol], *_: object) -> Result:
    end, start = map(_moment, arguments)
    return SpanSymbol(False, end.micros - start.micros), False


def _moment(symbol: SmtSymbol) -> MomentSymbol:
    if not isinstance(symbol, MomentSymbol):
        raise Unsupported("a time that passes between what are no moments")
    return symbol


def _of_day(read: Callable[[Logic, DayForm], SmtSymbol]) -> Make:
    """What follows from the month and the day of the month of one day."""

    def make(functions: Functions, arguments: list[SmtSymbol], *_: object) -> Result:
        (day,) = arguments
        return read(functions.logic, _day(day).day), False

    return make


def _edge(months: int, *, is_last: bool) -> Make:
    """The first or the last day of the span of so many months of the year that has the day."""

    def read(logic: Logic, day: DayForm) -> SmtSymbol:
        first = day.parts[0] - logic.remainder(day.parts[0], months)
        month = first + months - 1 if is_last else first
        parts = (month, days_in(logic, month) if is_last else 1)
        return DaySymbol(False, DayForm(logic, None, parts))

    return _of_day(read)


def _part(unit: int, within: int) -> Make:
    """The whole units of a duration or a period, those of the next larger one taken off."""

    def make(functions: Functions, arguments: list[SmtSymbol], *_: object) -> Result:
        (length,), logic = arguments, functions.logic
        number = length.micros if isinstance(length, SpanSymbol) else _number(length).units
        whole = towards_zero(logic, number, unit)
        if within:
            whole = whole - within * towards_zero(logic, whole, within)
        return NumberSymbol(False, whole), False

    return make


def _day_of(functions: Functions, arguments: list[SmtSymbol], *_: object) -> Result:
    return functions.algebra.on_day(arguments[0]), False


def _day_of_week(functions: Functions, arguments: list[SmtSymbol], *_: object) -> Result:
    (day,) = arguments
    # The first day of the calendar, numbered 1, is a Monday.
    return NumberSymbol(False, functions.logic.remainder(_day(day).day.number - 1, 7) + 1), False


def _working_day(find: Callable[[WorkTimes, WorkingHours, Formula], Any]) -> Make:
    """The day that works which is found from another one."""

    def make(
        functions: Functions,
        arguments: list[SmtSymbol],
        term: FormulaTerm,
        hours: Mapping[str, WorkingHours],
    ) -> Result:
        (start,) = arguments
        found, is_refused = find(functions.times, hours[str(term.hours)], _day(start).day.number)
        return DaySymbol(False, DayForm(functions.logic, found)), is_refused

    return make


_WAYS: Mapping[str, Way] = {
    "round_down": towards_zero,
    "round_up": away_from_zero,
    "round_half_up": half_up,
    "round_half_even": half_even,
    "floor": floor,
    "ceiling": ceiling,
}
# The formula of each function; what reads one that has none here is not settled by proof.
FORMULAS: Mapping[str, Make] = {
    "sum": _reduced(_sum),
    "difference": _reduced(_difference),
    "product": _reduced(_product),
    "minimum": _reduced(_least),
    "maximum": _reduced(_greatest),
    "percent": _reduced(_per_cent),
    "brackets": _brackets,
    **{name: _multiple(way) for name, way in _WAYS.items()},
    **{f"quotient_{name.removeprefix('round_')}": _multiple(way) for name, way in _WAYS.items()},
    **{name: _part(unit, within) for name, (_, unit, within, _) in PARTS.items()},
    "days_after": _later(0),
    "months_after": _later(1),
    "years_after": _later(12),
    "sum_of_day": lambda functions, arguments, *_: functions.moved(1, arguments),
    "day_less_period": lambda functions, arguments, *_: functions.moved(-1, arguments),
    "period_between": _between(1),
    "days_between": _between(0),
    "months_between": _between(1),
    "years_between": _between(12),
    "hours_between": _elapsed(HOUR),
    "minutes_between": _elapsed(MINUTE),
    "time_between": _time_between,
    "month_of": _of_day(
        lambda logic, day: NumberSymbol(False, logic.remainder(day.parts[0], 12) + 1)
    ),
    "year_of": _of_day(lambda logic, day: NumberSymbol(False, logic.divided(day.parts[0], 12))),
    "day_of_month": _of_day(lambda _, day: NumberSymbol(False, day.parts[1])),
    **{name: _edge(months, is_last=is_last) for name, (months, is_last, _) in EDGES.items()},
    "day_of": _day_of,
    "day_of_week": _day_of_week,
    "working_hours_after": Functions.due,
    "working_day_at_or_after": _working_day(WorkTimes.working_day),
    "working_day_at_or_before": _working_day(WorkTimes.day_before),
    **dict.fromkeys(COUNT_WORKING_DAYS, Functions.counted_day),
}
BY_MONTHS = EDGES.keys() | {
    "months_after", "years_after", "months_between", "years_between", "period_between",
    "sum_of_day", "day_less_period", "month_of", "year_of", "day_of_month",
}  # fmt: skip
