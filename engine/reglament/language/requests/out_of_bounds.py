"""From a value beyond the bounds of its type to the words that say so."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from reglament.language.syntax.mismatch import Unfit, shown
from reglament.model.values import Kind, Type
from reglament.model.words import Words

OUT_OF_BOUNDS = "out-of-bounds"


def out_of_bounds(told: object, value: Any, type: Type) -> Unfit:
    """The value, as told and as read, is less or more than the bounds of its type allow."""
    is_less = type.at_least is not None and value < type.at_least
    bound, kind = _bound(type.at_least if is_less else type.at_most), type.kind
    than, most = _BEYOND[kind in (Kind.DATE, Kind.DATETIME), is_less]
    message = Words(
        ru=f"значение `{shown(told)}` {than.ru}: {most.ru} {bound}",
        en=f"the value `{shown(told)}` is {than.en}: {bound} {most.en}",
    )
    return Unfit(OUT_OF_BOUNDS, message)


def _bound(value: Any) -> str:
    """The bound as it was written: the last moment of a day is that day."""
    is_end = isinstance(value, datetime) and value.timetz().replace(tzinfo=None) == time.max
    return shown(value.date() if is_end else value)


# By whether the value is a day or a moment, and whether it is below its bounds.
_BEYOND = {
    (False, True): (
        Words(ru="меньше допустимого", en="too small"),
        Words(ru="не меньше", en="is the least allowed"),
    ),
    (False, False): (
        Words(ru="больше допустимого", en="too large"),
        Words(ru="не больше", en="is the most allowed"),
    ),
    (True, True): (
        Words(ru="раньше допустимого", en="too early"),
        Words(ru="не раньше", en="is the earliest allowed"),
    ),
    (True, False): (
        Words(ru="позже допустимого", en="too late"),
        Words(ru="не позже", en="is the latest allowed"),
    ),
}
