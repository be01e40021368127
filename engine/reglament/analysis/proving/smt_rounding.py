"""From a number and what divides it to the whole number that is near to the quotient."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from reglament.analysis.proving.logic import Formula, Logic

Way: TypeAlias = Callable[[Logic, Formula, int], Formula]


def floor(logic: Logic, number: Formula, divisor: int) -> Formula:
    """The greatest whole number that is not above the quotient."""
    return logic.divided(number, divisor)


def ceiling(logic: Logic, number: Formula, divisor: int) -> Formula:
    """The least whole number that is not below the quotient."""
    return -logic.divided(-number, divisor)


def towards_zero(logic: Logic, number: Formula, divisor: int) -> Formula:
    """The quotient without its fraction."""
    return logic.choose(number >= 0, floor(logic, number, divisor), ceiling(logic, number, divisor))


def away_from_zero(logic: Logic, number: Formula, divisor: int) -> Formula:
    """The quotient, its fraction made a whole one."""
    return logic.choose(number >= 0, ceiling(logic, number, divisor), floor(logic, number, divisor))


def half_up(logic: Logic, number: Formula, divisor: int) -> Formula:
    """The nearest whole number, halves away from zero."""
    half = logic.choose(number >= 0, divisor, -divisor)
    return towards_zero(logic, 2 * number + half, 2 * divisor)


def half_even(logic: Logic, number: Formula, divisor: int) -> Formula:
    """The nearest whole number, halves to the even one."""
    low = logic.divided(number, divisor)
    double_rest = 2 * (number - divisor * low)
    at_half = low + logic.remainder(low, 2)
    above = logic.choose(double_rest > divisor, low + 1, at_half)
    return logic.choose(double_rest < divisor, low, above)
