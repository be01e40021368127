"""From the bounds of a type to the words that say within what a value lies."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from reglament.model.values import Kind, Type
from reglament.model.words import Language, Words, same
from reglament.rendering.labels import Named, words_for

_DAYS = (Kind.DATE, Kind.DATETIME)
_BOTH = {
    False: Words(ru="от {} до {}", en="from {} to {}"),
    True: Words(ru="с {} по {}", en="from {} to {}"),
}
_LEAST = {
    False: Words(ru="не меньше {}", en="at least {}"),
    True: Words(ru="не раньше {}", en="{} at the earliest"),
}
_MOST = {
    False: Words(ru="не больше {}", en="at most {}"),
    True: Words(ru="не позже {}", en="{} at the latest"),
}


def bounds_words(type_: Type, language: Language, zone: str) -> str:
    """`from 1 to 5`, `at least 0`, `31 December 2026 at the latest`; nothing without bounds."""
    told = [bound for bound in (type_.at_least, type_.at_most) if bound is not None]
    if not told:
        return ""
    said = _BOTH if len(told) == 2 else _MOST if type_.at_least is None else _LEAST
    shown = [words_for(Named(same(""), type_), _day_of(one), language, zone) for one in told]
    return said[type_.kind in _DAYS].to(language).format(*shown)


def _day_of(bound: Any) -> Any:
    """The day that a moment begins or ends, which is how such a bound is written."""
    is_edge = isinstance(bound, datetime) and bound.time() in (time.min, time.max)
    return bound.date() if is_edge else bound
