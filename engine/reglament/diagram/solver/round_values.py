"""From a value that is told to its last digit to rounder ones beside it, as people tell values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, timedelta, tzinfo
from typing import Any

from reglament.diagram.solver.ordinals import domain, ordinal, value_at
from reglament.functions.elapsed_time import offset_of
from reglament.model.moments import DAY, MICROSECOND
from reglament.model.values import Kind, Type, Value

_CLOCK = tuple(timedelta(**{unit: 1}) // MICROSECOND for unit in ("hours", "minutes", "seconds"))
_LENGTHS = (DAY // MICROSECOND, *_CLOCK)
_CLOCKED = frozenset({Kind.DATETIME, Kind.TIME, Kind.DURATION})
UP, DOWN = 1, -1


def rounder(
    type_: Type, value: Any, zone: tzinfo = UTC, ways: Sequence[int] = (UP,)
) -> Iterator[Value]:
    """The rounder values beside this one, the roundest first; none of one that is no odd value.

    Those are whole days, hours, minutes and seconds on the clock of `zone`, and numbers of more
    and more digits: of each the nearest one `UP` or `DOWN` from the value. Dates, months and
    whole numbers have no rounder ones.
    """
    yield from _near(type_, value, _grains(type_), zone, ways)


def whole_seconds(
    type_: Type, value: Any, zone: tzinfo, ways: Sequence[int] = (DOWN, UP)
) -> Iterator[Value]:
    """The whole seconds beside a value that lies between two; none of any other one."""
    if value is not None and type_.kind in _CLOCKED:
        yield from _near(type_, value, _grains(type_)[-1:], zone, ways)


def _near(
    type_: Type, value: Any, grains: Sequence[int], zone: tzinfo, ways: Sequence[int]
) -> Iterator[Value]:
    if not grains or fineness(type_, value, zone) < len(_grains(type_)):
        return  # it is no odd value
    place, (first, last) = ordinal(type_, value), domain(type_)
    for grain in grains:
        for way in ways:
            found = _beside(type_, place, grain, way, zone)
            if found is not None and first <= found <= last:
                yield value_at(type_, found, zone)


def with_round_values(
    facts: Mapping[str, Value],
    types: Mapping[str, Type],
    zone: tzinfo,
    will_do: Callable[[dict[str, Value]], bool],
) -> dict[str, Value]:
    """The request with the roundest values, fact after fact, with which it still will do."""
    found = dict(facts)
    for name in [fact for fact in facts if fact in types and facts[fact] is not None]:
        near = rounder(types[name], facts[name], zone, (UP, DOWN))
        found = next(filter(will_do, ({**found, name: value} for value in near)), found)
    return found


def fineness(type_: Type, value: Any, zone: tzinfo = UTC) -> int:
    """0 of the roundest values of a type, a whole day or number, more of those told more finely."""
    place, grains = ordinal(type_, value), _grains(type_)
    place += _offset(type_, place, zone)
    return next((n for n, grain in enumerate(grains) if place % grain == 0), len(grains))


def spacing(type_: Type) -> int:
    """How far apart on the grid of the type values lie that people tell: times in whole seconds."""
    return _CLOCK[-1] if type_.kind in _CLOCKED else 1


def _grains(type_: Type) -> Sequence[int]:
    """How far round values lie apart on the grid of the type, the roundest first."""
    match type_.kind:
        case Kind.DECIMAL:
            return [10**digits for digits in range(type_.places, 0, -1)]
        case Kind.TIME:
            return _CLOCK
        case Kind.DATETIME | Kind.DURATION:
            return _LENGTHS
    return ()


def _beside(type_: Type, place: int, grain: int, way: int, zone: tzinfo) -> int | None:
    """The nearest place of the grain that way; None where the clock is moved over it."""
    found = []
    # The clock may be moved in between, by which the grain moves.
    for offset in {_offset(type_, place + way * far, zone) for far in (0, grain, 2 * grain)}:
        near = place + way * (-way * (place + offset) % grain)
        found += [one for one in (near, near + way * grain) if _offset(type_, one, zone) == offset]
    return min(found, key=lambda one: abs(one - place), default=None)


def _offset(type_: Type, place: int, zone: tzinfo) -> int:
    """How far the clock of the zone is ahead of the grid, in microseconds."""
    if type_.kind is not Kind.DATETIME:
        return 0
    moment: Any = value_at(type_, place)
    return offset_of(zone, moment) // MICROSECOND
