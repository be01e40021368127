"""From a version to the bounds of the requests that it judges, and of those that people send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reglament.diagram.kernel.successor import start_of_day
from reglament.diagram.solver.bounds_propagation import Bounds
from reglament.model.regulation import Version
from reglament.model.values import Kind, Period, TimeOfDay, Type

_FIRST: Mapping[Kind, Any] = {
    Kind.TIME: TimeOfDay(9),
    Kind.DURATION: timedelta(0),
    Kind.PERIOD: Period(0),
}


def in_force(version: Version) -> tuple[Bounds, ...]:
    """The version judges only requests of the days on which it holds."""
    fact = version.facts.get(version.chosen_by)
    if fact is None or fact.type.kind not in (Kind.DATE, Kind.DATETIME):
        return ()
    first, past = value_on(fact.type.kind, version.holds_from, version.zone), None
    if version.holds_until is not None:
        day = version.holds_until + timedelta(days=1)
        past = value_on(fact.type.kind, day, version.zone)
    return (Bounds(fact.name, first, past),) if _is_left(fact.type, first, past) else ()


def usual(version: Version) -> Iterator[Bounds]:
    """Bounds that make witnesses look like requests that people send."""
    day = version.holds_from + timedelta(days=365)
    ends = [hours.calendar.last_day for hours in version.hours.values()]
    past = min(ends, default=date.max) - timedelta(days=60)
    for fact in version.facts.values():
        kind = fact.type.kind
        if kind in (Kind.DATE, Kind.DATETIME):
            end = value_on(kind, past, version.zone) if ends and past > day else None
            first = value_on(kind, day, version.zone)
        elif fact.type.is_ordered:
            first, end = _FIRST.get(kind, Decimal(0)), None
        else:
            continue
        if _is_left(fact.type, first, end):
            yield Bounds(fact.name, first, end)


def _is_left(type_: Type, first: Any, past: Any) -> bool:
    """Whether values from `first` to before `past` lie within the bounds of the type."""
    is_late = type_.at_most is not None and first > type_.at_most
    return not is_late and (past is None or type_.at_least is None or type_.at_least < past)


def value_on(kind: Kind, day: date, zone: str) -> Any:
    """The day itself, or its first moment."""
    return day if kind is Kind.DATE else start_of_day(day, zone)
