"""Ordered values as whole numbers, so that a solver can bisect between them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from reglament.model.moments import MICROSECOND, in_zone, micros, moment_at
from reglament.model.values import (
    DAY_LONG,
    LARGEST,
    LONGEST,
    MOST_MONTHS,
    UNROUNDED,
    Kind,
    Period,
    TimeOfDay,
    Type,
    Value,
)

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
FIRST_MOMENT = datetime(1900, 1, 2, tzinfo=UTC)
LAST_MOMENT = datetime(2200, 12, 30, tzinfo=UTC)


def ordinal(type_: Type, value: Any) -> int:
    """The place of an ordered value on the grid of its type."""
    return _TO_ORDINAL[type_.kind](type_, value)


def value_at(type_: Type, place: int, zone: tzinfo | None = None) -> Value:
    """The ordered value at a place of the grid; moments are on the clock of the zone, or of UTC."""
    value = _FROM_ORDINAL[type_.kind](type_, place)
    return value if zone is None or not isinstance(value, datetime) else in_zone(value, zone)


def domain(type_: Type) -> tuple[int, int]:
    """The first and the last place of the type's grid, within the bounds of the type."""
    first, last = _DOMAIN[type_.kind](type_)
    if type_.at_least is not None:
        first = max(first, ordinal(type_, type_.at_least))
    if type_.at_most is not None:
        last = min(last, ordinal(type_, type_.at_most))
    return first, last


def every_value(type_: Type, most: int) -> tuple[Value, ...]:
    """Every value of a type that has few, at most so many if it is ordered; else none."""
    if type_.kind is Kind.BOOLEAN:
        return (True, False)
    if type_.kind is Kind.CHOICE and not type_.is_open:
        return type_.options
    if not type_.is_ordered:
        return ()
    first, last = domain(type_)
    many = last - first >= most
    return () if many else tuple(value_at(type_, place) for place in range(first, last + 1))


def _scaled(type_: Type, value: Any) -> int:
    return int(UNROUNDED.scaleb(Decimal(value), type_.places))


_TO_ORDINAL: dict[Kind, Callable[[Type, Any], int]] = {
    Kind.INTEGER: lambda _, value: int(value),
    Kind.DECIMAL: _scaled,
    Kind.DATE: lambda _, value: value.toordinal(),
    Kind.DATETIME: lambda _, value: micros(value),
    Kind.TIME: lambda _, value: value.micros,
    Kind.DURATION: lambda _, value: value // MICROSECOND,
    Kind.PERIOD: lambda _, value: value.months,
}

_FROM_ORDINAL: dict[Kind, Callable[[Type, int], Value]] = {
    Kind.INTEGER: lambda _, n: n,
    Kind.DECIMAL: lambda type_, n: UNROUNDED.scaleb(Decimal(n), -type_.places),
    Kind.DATE: lambda _, n: date.fromordinal(n),
    Kind.DATETIME: lambda _, n: moment_at(n),
    Kind.TIME: lambda _, n: TimeOfDay.at(n),
    Kind.DURATION: lambda _, n: timedelta(microseconds=n),
    Kind.PERIOD: lambda _, n: Period(n),
}

_DOMAIN: dict[Kind, Callable[[Type], tuple[int, int]]] = {
    Kind.INTEGER: lambda _: (-LARGEST, LARGEST),
    Kind.DECIMAL: lambda t: (_scaled(t, -LARGEST), _scaled(t, LARGEST)),
    Kind.DATE: lambda _: (FIRST_DAY.toordinal(), LAST_DAY.toordinal()),
    Kind.DATETIME: lambda _: (micros(FIRST_MOMENT), micros(LAST_MOMENT)),
    Kind.TIME: lambda _: (0, DAY_LONG - 1),
    Kind.DURATION: lambda _: (0, LONGEST // MICROSECOND),
    Kind.PERIOD: lambda _: (0, MOST_MONTHS),
}
