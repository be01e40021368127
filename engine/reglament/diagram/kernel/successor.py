"""Ordered values as points of a grid: what comes at or next after a value, in one fact's type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from reglament.model.moments import DAY, MICROSECOND
from reglament.model.values import UNROUNDED, Kind, Period, TimeOfDay, Type


def first_at_least(type_: Type, value: Any) -> Any:
    """The least value of the type that is `value` or more."""
    if type_.kind in (Kind.INTEGER, Kind.DECIMAL):
        return _on_grid(type_, value, ROUND_CEILING)
    return value


def first_above(type_: Type, value: Any) -> Any | None:
    """The least value of the type that is more than `value`; None where there is none."""
    try:
        return _NEXT[type_.kind](type_, value)
    except OverflowError:
        return None


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of `day` in the zone."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def _next_number(type_: Type, value: Any) -> Any:
    tick = Decimal(1).scaleb(-type_.places)
    return _plain(type_, UNROUNDED.add(_on_grid(type_, value, ROUND_FLOOR), tick))


def _next_time(clock: TimeOfDay) -> TimeOfDay:
    following = clock + MICROSECOND
    if following < clock:  # past the end of the day
        raise OverflowError
    return following


def _on_grid(type_: Type, value: Any, way: str) -> Any:
    ticks = UNROUNDED.scaleb(Decimal(value), type_.places).to_integral_value(way)
    return _plain(type_, UNROUNDED.scaleb(ticks, -type_.places))


def _plain(type_: Type, value: Any) -> Any:
    return int(value) if type_.kind is Kind.INTEGER else Decimal(value)


_NEXT: dict[Kind, Callable[[Type, Any], Any]] = {
    Kind.INTEGER: _next_number,
    Kind.DECIMAL: _next_number,
    Kind.DATE: lambda _, day: day + DAY,
    Kind.DATETIME: lambda _, moment: moment + MICROSECOND,
    Kind.TIME: lambda _, clock: _next_time(clock),
    Kind.DURATION: lambda _, length: length + MICROSECOND,
    Kind.PERIOD: lambda _, length: length + Period(1),
}
