"""Functions that compute with numbers, exactly, and those that pick one of several values.

A number told has 15 digits before its point at most, and a type at most 12 after it. What is
computed keeps to the same bound, so decimals are exact and nothing grows without end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import partial, reduce
from math import prod
from operator import add, floordiv
from typing import Any

from reglament.functions.record import Function, table
from reglament.functions.signatures import (
    difference,
    extreme,
    product_type,
    quotient,
    rounding,
    sum_,
)
from reglament.messages import Message, Verbatim
from reglament.model.values import INTEGER, LARGEST, NUMBERS, UNROUNDED, Kind, Period, Type, decimal

LEAST = -LARGEST
_ENDING = Context(prec=100, traps=[Inexact])  # of quotients that end: 15 and 72 digits at most
_LENGTHS: frozenset[Any] = frozenset({timedelta, Period})


class NumberOutOfRange(OverflowError):
    """A computed number is beyond `LARGEST`, on either side of zero."""


Number = int | Decimal
# To what whole number a fraction is rounded, which is so much over so much, this above zero.
Way = Callable[[int, int], int]


def round_by(way: Way, number: Number, step: Number) -> Number | None:
    """`number` as a multiple of `step` (null of zero), by `way`."""
    if step == 0:
        return None
    return multiple_of(way, *number.as_integer_ratio(), step)


def quotient_by(way: Way, a: Number, b: Number, step: Number) -> Number | None:
    """`a / b` as a multiple of `step`, by `way`.

    Nought where `b` is zero, which no rule that decides asks, and null where the step is.
    """
    if step == 0:
        return None
    if b == 0:
        return step * 0
    (over, under), (by_over, by_under) = a.as_integer_ratio(), b.as_integer_ratio()
    return multiple_of(way, over * by_under, under * by_over, step)


def multiple_of(way: Way, over: int, under: int, step: Number) -> Number:
    """`over / under`, which need not be reduced, as a multiple of `step`, by `way`; none is 0."""
    step_over, step_under = step.as_integer_ratio()
    over, under = over * step_under, under * step_over
    whole = way(over, under) if under > 0 else way(-over, -under)
    return _exact(whole * step_over, step_under, step)


def _ceiling(over: int, under: int) -> int:
    return -(-over // under)


def _down(over: int, under: int) -> int:
    return over // under if over > 0 else _ceiling(over, under)


def _up(over: int, under: int) -> int:
    return _ceiling(over, under) if over > 0 else over // under


def _half_up(over: int, under: int) -> int:
    whole = (2 * abs(over) + under) // (2 * under)
    return whole if over > 0 else -whole


def _half_even(over: int, under: int) -> int:
    whole, rest = divmod(over, under)
    return whole + (2 * rest > under or (2 * rest == under and whole % 2 == 1))


# The words of DMN 1.4 and of spreadsheets: up is away from zero, down is towards it.
ROUNDINGS: Mapping[str, Way] = {
    "round_down": _down,
    "round_up": _up,
    "round_half_up": _half_up,
    "round_half_even": _half_even,
    "floor": floordiv,
    "ceiling": _ceiling,
}


def exact(value: Fraction, *models: Number) -> Number:
    """The number that a fraction is, whole if all models are. Raises NumberOutOfRange."""
    return _exact(*value.as_integer_ratio(), *models)


def _exact(over: int, under: int, *models: Number) -> Number:
    whole, rest = divmod(over, under)
    if not -LARGEST <= whole <= LARGEST - bool(rest):
        raise NumberOutOfRange(Fraction(over, under))
    if not rest and Decimal not in map(type, models):
        return whole
    return _ENDING.divide(Decimal(over), Decimal(under))


def _bounded(number: Any) -> Any:
    if LEAST <= number <= LARGEST:
        return number
    raise NumberOutOfRange(number)


def total(*parts: Any) -> Any:
    """The sum of numbers, of durations, or of periods. Raises NumberOutOfRange."""
    if parts[0].__class__ in _LENGTHS:
        return reduce(add, parts)
    if Decimal in map(type, parts):
        return _bounded(reduce(UNROUNDED.add, parts))
    return _bounded(sum(parts))


def _difference(a: Any, b: Any) -> Any:
    return total(a, UNROUNDED.minus(b) if b.__class__ is Decimal else -b)


def product(*parts: Any) -> Any:
    """The product of numbers. Raises NumberOutOfRange."""
    if Decimal in map(type, parts):
        return _bounded(reduce(UNROUNDED.multiply, parts))
    return _bounded(prod(parts))


def _least(*values: Any) -> Any:
    return min(values)


def _greatest(*values: Any) -> Any:
    return max(values)


def _of_numbers(places: Callable[[Iterator[int]], int], grids: Sequence[Type]) -> Type | None:
    """The grid of what is made of values on these grids, with so many digits after the point."""
    if all(grid.kind is grids[0].kind and grid.kind not in NUMBERS for grid in grids):
        return grids[0]
    if not all(grid.kind in NUMBERS for grid in grids):
        return None
    if all(grid.kind is Kind.INTEGER for grid in grids):
        return INTEGER
    return decimal(places(grid.places for grid in grids))


_LIKE = partial(_of_numbers, max)


def _step(grids: Sequence[Type]) -> Type:
    """The grid of multiples of the last argument."""
    return grids[-1]


# Each way to round: its words, what it may be mistaken for, and its names elsewhere.
ROUNDED: Mapping[str, tuple[str, str, str]] = {
    "round_down": ("rounded-down", "round_up", "trunc truncate"),
    "round_up": ("rounded-up", "round_down", "roundup"),
    "round_half_up": ("rounded-half-up", "round_down", "round rounded округлить"),
    "round_half_even": ("rounded-half-even", "round_half_up", ""),
    "floor": ("rounded-never-more", "ceiling", "floor_to"),
    "ceiling": ("rounded-never-less", "floor", "ceil"),
}


def _rounding(name: str) -> Function:
    words, mistaken_for, elsewhere = ROUNDED[name]
    return Function(
        name, partial(round_by, ROUNDINGS[name]), rounding, _step, (1, 0), divisors=1,
        words=words, mistaken_for=mistaken_for, elsewhere=elsewhere,
    )  # fmt: skip


def _quotient(rounding: str) -> Function:
    """Division, rounded this way."""
    words, mistaken_for, _ = ROUNDED[rounding]
    elsewhere = "divide div quotient ratio частное" if rounding == "round_half_up" else ""
    return Function(
        _quotient_name(rounding), partial(quotient_by, ROUNDINGS[rounding]), quotient, _step,
        ("by_sign", 0), divisors=2, words=words, mistaken_for=_quotient_name(mistaken_for),
        elsewhere=elsewhere,
    )  # fmt: skip


def _quotient_name(rounding: str) -> str:
    return f"quotient_{rounding.removeprefix('round_')}"


def _extreme(name: str, gives: Callable[..., Any], words: str, elsewhere: str) -> Function:
    return Function(
        name, gives, extreme, _LIKE, (1,), never_refused=True, is_commutative=True,
        words=words, joined=Verbatim(", "), elsewhere=elsewhere,
    )  # fmt: skip


FUNCTIONS = table(
    Function(
        "sum", total, sum_, _LIKE, (1,), is_strict=True, is_commutative=True,
        joined=Message("plus"), elsewhere="add plus total сумма",
    ),
    Function(
        "difference", _difference, difference, _LIKE, (1, -1), is_strict=True,
        words="minus", elsewhere="subtract minus diff sub разность",
    ),
    Function(
        "product", product, product_type, partial(_of_numbers, sum), ("by_sign",),
        is_commutative=True,
        joined=Verbatim(" × "), elsewhere="multiply times mul произведение",
    ),
    _extreme("minimum", _least, "least-of", "min least lowest минимум"),
    _extreme("maximum", _greatest, "greatest-of", "max greatest highest максимум"),
    *map(_rounding, ROUNDINGS),
    *map(_quotient, ROUNDINGS),
)  # fmt: skip
