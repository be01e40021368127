"""From the bounds of a type to the words that say within what a value lies."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from reglament.messages import Language, Message, Verbatim
from reglament.model.values import Kind, Type
from reglament.rendering.words.labels import Named, words_for

_DAYS = (Kind.DATE, Kind.DATETIME, Kind.TIME)


def bounds_words(type_: Type, language: Language, zone: str) -> str:
    """`from 1 to 5`, `at least 0`, `31 December 2026 at the latest`; nothing without bounds."""
    bounds = {"least": type_.at_least, "most": type_.at_most}
    known = Named(Verbatim(""), type_)
    shown = {
        name: words_for(known, _day_of(bound), language, zone)
        for name, bound in bounds.items()
        if bound is not None
    }
    if not shown:
        return ""
    code = "bounds-of" if len(shown) == 2 else "bound-least" if "least" in shown else "bound-most"
    return Message(code, is_time=type_.kind in _DAYS, **shown).to(language)


def _day_of(bound: Any) -> Any:
    """The day that a moment begins or ends, which is how such a bound is written."""
    is_edge = isinstance(bound, datetime) and bound.time() in (time.min, time.max)
    return bound.date() if is_edge else bound
