"""Functions of numbers that owners name as spreadsheets and DMN do, exact or rounded by a step.

A power is reckoned exactly, as a fraction of whole numbers, and rounded once, at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import floor
from typing import Any

from reglament.functions.numbers import (
    ROUNDED,
    ROUNDINGS,
    Number,
    NumberOutOfRange,
    Way,
    exact,
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
from reglament.model.values import DURATION, INTEGER, NUMBERS, Kind, Type, Value, decimal

MOST_EXPONENT = 1_200  # months of a hundred years
MICROSECOND = timedelta(microseconds=1)


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
    over, under = Fraction(base).as_integer_ratio()
    if exponent < 0:
        over, under = under, over
    value = Fraction(over ** abs(exponent), under ** abs(exponent))
    return exact(way(value / Fraction(step)) * Fraction(step), step, step)


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
    return exact(way(value / Fraction(step)) * Fraction(step), step, step)


def median(*numbers: Number) -> Number:
    """The number in the middle of an odd count of numbers."""
    return sorted(numbers)[len(numbers) // 2]


def lengthened(length: timedelta, *factors: Number) -> timedelta:
    """A duration so many times, to the microsecond (half to even). Raises OverflowError."""
    total = Fraction(length // MICROSECOND)
    for factor in factors:
        total *= Fraction(factor)
    return timedelta(microseconds=round(total))


def shortened_by(way: Way, length: timedelta, divisor: Number, step: timedelta) -> timedelta:
    """A duration divided by a number, as a multiple of the step, by `way`."""
    units = quotient_by(way, length // MICROSECOND, divisor, step // MICROSECOND)
    return timedelta(microseconds=int(units or 0))


def ratio_by(way: Way, length: timedelta, other: timedelta, step: Number) -> Number:
    """How many times a duration holds another, as a multiple of the step, by `way`."""
    found = quotient_by(way, length // MICROSECOND, other // MICROSECOND, step)
    return step * 0 if found is None else found


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
    """A number, or a duration."""
    wanted_count(types, 1, 1)
    return DURATION if types[0].kind is Kind.DURATION else number_of(types)


def _lengthened(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A duration and numbers."""
    wanted_count(types, 2, None)
    fixed(DURATION, Kind.DURATION, *(Kind.DECIMAL for _ in types[1:]))(types, _)
    return DURATION


def _per_duration(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """A duration, what it is divided by, and a step: of a duration a number, else a duration."""
    wanted_count(types, 3, 3)
    refuse_zero(constants, 1)
    if types[1].kind is Kind.DURATION:
        fixed(INTEGER, Kind.DURATION, Kind.DURATION, Kind.DECIMAL)(types, constants)
        return multiple(types[2:], constants[2:])
    fixed(DURATION, Kind.DURATION, Kind.DECIMAL, Kind.DURATION)(types, constants)
    step = constants[2]
    if not isinstance(step, timedelta) or step <= timedelta(0):
        raise Misapplied(Message("step-must-above-zero"), index=2)
    return DURATION


def _step(grids: Sequence[Type]) -> Type:
    return grids[-1]


def _like(grids: Sequence[Type]) -> Type | None:
    """The grid of numbers on these grids."""
    if not all(grid.kind in NUMBERS for grid in grids):
        return grids[0] if grids[0].kind is Kind.DURATION else None
    is_whole = all(grid.kind is Kind.INTEGER for grid in grids)
    return INTEGER if is_whole else decimal(max(grid.places for grid in grids))


def _divided(way: Way, length: timedelta, divisor: Any, step: Any) -> Any:
    by = ratio_by if isinstance(divisor, timedelta) else shortened_by
    return by(way, length, divisor, step)


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
    *_stepped("power", power_by, _power, 0),
    *_stepped("mean", mean_by, _mean, 1),
)  # fmt: skip

# What functions of other names come to where they are given a duration.
OF_DURATIONS = table(
    Function(
        "product_of_duration", lengthened, _lengthened, DURATION, (0,),
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
    is_length = bool(types) and types[0].kind is Kind.DURATION
    return f"{name}_of_duration" if is_length and f"{name}_of_duration" in OF_DURATIONS else name


# The arguments that may not be zero: nothing is divided by it.
def divisor_of(name: str) -> int | None:
    """The place of the argument that has to be something else than zero, if there is one."""
    if name.startswith("quotient_") or name == "modulo":
        return 1
    return 0 if name.startswith("power_") else None
