"""From a value beyond the bounds of its type to the words that say so."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from reglament.language.syntax.mismatch import TypeMismatch, shown
from reglament.messages import Message
from reglament.model.values import Kind, Type

OUT_OF_BOUNDS = "out-of-bounds"


def out_of_bounds(told: object, value: Any, type: Type) -> TypeMismatch:
    """The value, as told and as read, is less or more than the bounds of its type allow."""
    is_less = type.at_least is not None and value < type.at_least
    bound, kind = _bound(type.at_least if is_less else type.at_most), type.kind
    than, most = _BEYOND[kind in (Kind.DATE, Kind.DATETIME, Kind.TIME), is_less]
    message = Message("value-told-than-bound", told=shown(told), than=than, bound=bound, most=most)
    return TypeMismatch(OUT_OF_BOUNDS, message)


def _bound(value: Any) -> str:
    """The bound as it was written: the last moment of a day is that day."""
    is_end = isinstance(value, datetime) and value.timetz().replace(tzinfo=None) == time.max
    return shown(value.date() if is_end else value)


# By whether the value is a day or a moment, and whether it is below its bounds.
_BEYOND = {
    (False, True): (Message("too-small"), Message("least-allowed")),
    (False, False): (Message("too-large"), Message("most-allowed")),
    (True, True): (Message("too-early"), Message("earliest-allowed")),
    (True, False): (Message("too-late"), Message("latest-allowed")),
}
