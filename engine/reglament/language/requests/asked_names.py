"""From what a program asks for to names of decisions."""

from __future__ import annotations

from collections.abc import Iterable

from reglament.language.syntax.mismatch import kind_of, shown
from reglament.messages import Message
from reglament.model.problems import refusal


def names_asked(asked: object) -> tuple[str, ...]:
    """The name, or the several names. Raises Refused for what is no text."""
    if isinstance(asked, str):
        return (asked,)
    names = tuple(asked) if isinstance(asked, Iterable) else (asked,)
    for name in names:
        if not isinstance(name, str):
            given = kind_of(name)
            message = Message("name-decision-text", given=given, name=shown(name))
            raise refusal("wrong-type", message)
    return names
