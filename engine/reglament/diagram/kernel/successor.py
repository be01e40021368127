"""Ordered values as points of a grid: what comes at or next after a value, in one fact's type."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from reglament.model.moments import DAY, MICROSECOND
from reglament.model.values import NUMBERS, UNROUNDED, Kind, Period, TimeOfDay, Type


def first_at_least(type_: Type, value: Any) -> Any:
    """The least value of the type that is `value` or more."""
    if type_.kind in NUMBERS:
        return _on_grid(type_, value, ROUND_CEILING)
    return value


def first_above(type_: Type, value: Any) -> Any | None:
    """The least value of the type that is more than `value`; None where there is none."""
    try:
        if type_.kind in NUMBERS:
            place = _on_grid(type_, value, ROUND_FLOOR)
            return _plain(type_, UNROUNDED.add(place, tick_of(type_)))
        following = value + tick_of(type_)
    except OverflowError:
        return None
    is_past_the_day = isinstance(value, TimeOfDay) and following < value
    return None if is_past_the_day else following


def value_before(type_: Type, value: Any) -> Any:
    """The value one step below, of one that is not the first."""
    if type_.kind in NUMBERS:
        return _plain(type_, UNROUNDED.subtract(value, tick_of(type_)))
    return value - tick_of(type_)


def tick_of(type_: Type) -> Any:
    """The least step between two values of an ordered type."""
    if type_.kind in NUMBERS:
        return _plain(type_, Decimal(1).scaleb(-type_.places))
    return {Kind.DATE: DAY, Kind.PERIOD: Period(1)}.get(type_.kind, MICROSECOND)


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of `day` in the zone."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def _on_grid(type_: Type, value: Any, way: str) -> Any:
    ticks = UNROUNDED.scaleb(Decimal(value), type_.places).to_integral_value(way)
    return _plain(type_, UNROUNDED.scaleb(ticks, -type_.places))


def _plain(type_: Type, value: Any) -> Any:
    return int(value) if type_.kind is Kind.INTEGER else Decimal(value)
