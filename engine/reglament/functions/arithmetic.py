"""Functions of numbers that owners name as spreadsheets and DMN do, exact or rounded by a step.

A power is computed exactly, as a fraction of whole numbers, and rounded once, at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import floor
from typing import Any, TypeAlias

from reglament.functions.numbers import (
    ROUNDED,
    ROUNDINGS,
    Number,
    NumberOutOfRange,
    Way,
    exact,
    multiple_of,
    quotient_by,
)
from reglament.functions.record import Function, Moves, table
from reglament.functions.signatures import (
    Misapplied,
    fixed,
    multiple,
    number_of,
    refuse_zero,
    wanted_count,
)
from reglament.messages import Message, Verbatim
from reglament.model.moments import MICROSECOND
from reglament.model.values import INTEGER, LENGTHS, NUMBERS, Kind, Period, Type, Value, decimal

MOST_EXPONENT = 1_200  # months of a hundred years
HOUR = 3_600_000_000  # in microseconds
Length: TypeAlias = timedelta | Period


def power_by(way: Way, base: Number, exponent: int, step: Number) -> Number | None:
    """`base` to the power of `exponent`, as a multiple of `step` (null of zero), by `way`.

    Of zero to a power below zero nought, which no policy asks. Raises NumberOutOfRange, for
    exponents beyond `MOST_EXPONENT`, too.
    """
    if abs(exponent) > MOST_EXPONENT:
        raise NumberOutOfRange(exponent)
    if step == 0:
        return None
    if base == 0 and exponent < 0:
        return step * 0
    over, under = base.as_integer_ratio()
    if exponent < 0:
        over, under = under, over
    # Not reduced, as that takes most of the time.
    return multiple_of(way, over ** abs(exponent), under ** abs(exponent), step)


def _without_sign(value: Any) -> Any:
    return value.copy_abs() if isinstance(value, Decimal) else abs(value)


def modulo(number: Number, divisor: Number) -> Number:
    """What is left of the number after whole divisors; its sign is that of the divisor (DMN)."""
    if divisor == 0:
        return divisor
    whole = floor(Fraction(number) / Fraction(divisor))
    return exact(Fraction(number) - whole * Fraction(divisor), number, divisor)


def mean_by(way: Way, *arguments: Number) -> Number | None:
    """The mean of all but the last argument, as a multiple of the last (null of zero), by `way`."""
    *numbers, step = arguments
    if step == 0:
        return None
    value = sum(map(Fraction, numbers), Fraction(0)) / len(numbers)
    return multiple_of(way, *value.as_integer_ratio(), step)


def median(*numbers: Number) -> Number:
    """The number in the middle of an odd count of numbers."""
    return sorted(numbers)[len(numbers) // 2]


def units_of(length: Length) -> int:
    """A duration in microseconds, a period in months."""
    return length.months if isinstance(length, Period) else length // MICROSECOND


def _like_length(length: Length, units: int) -> Length:
    """So many of the same units. Raises OverflowError."""
    return Period(units) if isinstance(length, Period) else timedelta(microseconds=units)


def lengthened(length: Length, *factors: Number) -> Length:
    """A duration so many times, to the microsecond (half to even); or a period.

    Raises OverflowError.
    """
    total = Fraction(units_of(length))
    for factor in factors:
        total *= Fraction(factor)
    return _like_length(length, round(total))


def shortened_by(way: Way, length: Length, divisor: Number, step: Length) -> Length:
    """A duration or a period divided by a number, as a multiple of the step, by `way`."""
    units = quotient_by(way, units_of(length), divisor, units_of(step))
    return _like_length(length, int(units or 0))


def ratio_by(way: Way, length: Length, other: Length, step: Number) -> Number:
    """How many times a duration or a period holds another, as a multiple of the step, by `way`."""
    found = quotient_by(way, units_of(length), units_of(other), step)
    return step * 0 if found is None else found


def part_of(unit: int, within: int, length: Length) -> int:
    """The whole units that a length is written with, those of the next larger one taken off.

    They are below zero where the length is.
    """
    units = units_of(length)
    part = abs(units) // unit % within if within else abs(units) // unit
    return part if units >= 0 else -part


def _power(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """A number, a whole exponent, and the step of which the power becomes a multiple."""
    wanted_count(types, 3, 3)
    if types[1].kind is not Kind.INTEGER:
        raise Misapplied(Message("exponent-whole"), index=1)
    exponent = constants[1]
    if isinstance(exponent, int) and exponent < 0:
        refuse_zero(constants, 0)
    return multiple(types, constants)


def _mean(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """Numbers, and the step of which their mean becomes a multiple."""
    wanted_count(types, 2, None)
    return multiple(types, constants)


def _median(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """An odd count of numbers."""
    wanted_count(types, 1, None)
    if len(types) % 2 == 0:
        raise Misapplied(Message("median-odd-count"))
    return number_of(types)


def _modulo(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """A number and what it is divided by."""
    wanted_count(types, 2, 2)
    refuse_zero(constants, 1)
    return number_of(types)


def _absolute(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A number, a duration or a period."""
    wanted_count(types, 1, 1)
    return types[0].without_bounds if types[0].kind in LENGTHS else number_of(types)


def _lengthened(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A duration and numbers, or a period and whole numbers: no month has a half."""
    wanted_count(types, 2, None)
    length = types[0].without_bounds
    factor = Kind.INTEGER if length.kind is Kind.PERIOD else Kind.DECIMAL
    return fixed(length, length.kind, *(factor for _ in types[1:]))(types, _)


def _per_duration(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """A length, what it is divided by, and a step: of a length a number, else a length."""
    wanted_count(types, 3, 3)
    refuse_zero(constants, 1)
    length = types[0].without_bounds
    if types[1].kind in LENGTHS:
        fixed(INTEGER, length.kind, length.kind, Kind.DECIMAL)(types, constants)
        return multiple(types[2:], constants[2:])
    fixed(length, length.kind, Kind.DECIMAL, length.kind)(types, constants)
    step = constants[2]
    if not isinstance(step, timedelta | Period) or units_of(step) <= 0:
        raise Misapplied(Message("step-must-above-zero"), index=2)
    return length


def _step(grids: Sequence[Type]) -> Type:
    return grids[-1]


def _first(grids: Sequence[Type]) -> Type:
    return grids[0].without_bounds


def _like(grids: Sequence[Type]) -> Type | None:
    """The grid of numbers on these grids."""
    if not all(grid.kind in NUMBERS for grid in grids):
        return grids[0] if grids[0].kind in LENGTHS else None
    is_whole = all(grid.kind is Kind.INTEGER for grid in grids)
    return INTEGER if is_whole else decimal(max(grid.places for grid in grids))


def _divided(way: Way, length: timedelta, divisor: Any, step: Any) -> Any:
    by = ratio_by if isinstance(divisor, timedelta | Period) else shortened_by
    return by(way, length, divisor, step)


# Of each part: what has it, the unit, how many of it make the next larger one (0: none), words.
PARTS: Mapping[str, tuple[Kind, int, int, str]] = {
    "years_of": (Kind.PERIOD, 12, 0, "years-of"),
    "months_of": (Kind.PERIOD, 1, 12, "months-of"),
    "days_of": (Kind.DURATION, 24 * HOUR, 0, "days-of"),
    "hours_of": (Kind.DURATION, HOUR, 24, "hours-of"),
    "minutes_of": (Kind.DURATION, HOUR // 60, 60, "minutes-of"),
    "seconds_of": (Kind.DURATION, HOUR // 3600, 60, "seconds-of"),
}


def _part(name: str, kind: Kind, unit: int, within: int, words: str) -> Function:
    """The whole units with which a duration or a period is written: P1Y2M has 1 year, 2 months."""
    grid = replace(INTEGER, at_least=-within + 1, at_most=within - 1) if within else INTEGER
    return Function(
        name, partial(part_of, unit, within), fixed(INTEGER, kind), grid, (0 if within else 1,),
        never_refused=True, words=words, elsewhere=name.removesuffix("_of"),
    )  # fmt: skip


def _stepped(
    prefix: str, gives: Callable[..., Any], signature: Callable[..., Type], move: Moves
) -> tuple[Function, ...]:
    """A function for each way to round."""
    return tuple(
        Function(
            f"{prefix}_{name.removeprefix('round_')}", partial(gives, way), signature, _step,
            (move,), divisors=1, words=ROUNDED[name][0],
        )
        for name, way in ROUNDINGS.items()
    )  # fmt: skip


FUNCTIONS = table(
    Function(
        "absolute", _without_sign, _absolute, _like, (0,), words="absolute-of",
        elsewhere="abs magnitude betrag модуль",
    ),
    Function(
        "modulo", modulo, _modulo, _like, (0,), divisors=1, words="modulo-of",
        elsewhere="mod remainder rem rest остаток",
    ),
    Function(
        "median", median, _median, _like, (1,), never_refused=True, is_commutative=True,
        words="middle-of", joined=Verbatim(", "), elsewhere="middle медиана",
    ),
    *(_part(name, *how) for name, how in PARTS.items()),
    *_stepped("power", power_by, _power, 0),
    *_stepped("mean", mean_by, _mean, 1),
)  # fmt: skip

# What functions of other names come to where they are given a duration or a period.
OF_DURATIONS = table(
    Function(
        "product_of_duration", lengthened, _lengthened, _first, (0,),
        joined=Verbatim(" × "),
    ),
    *(
        Function(
            f"quotient_{name.removeprefix('round_')}_of_duration", partial(_divided, way),
            _per_duration, _step, (0,), divisors=2, words=ROUNDED[name][0],
        )
        for name, way in ROUNDINGS.items()
    ),
)  # fmt: skip


def of_durations(name: str, types: Sequence[Type]) -> str:
    """The function meant where one of that name is given these arguments."""
    is_length = bool(types) and types[0].kind in LENGTHS
    return f"{name}_of_duration" if is_length and f"{name}_of_duration" in OF_DURATIONS else name


# The arguments that may not be zero: nothing is divided by it.
def divisor_of(name: str) -> int | None:
    """The place of the argument that has to be something else than zero, if there is one."""
    if name.startswith("quotient_") or name == "modulo":
        return 1
    return 0 if name.startswith("power_") else None
