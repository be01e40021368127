"""From what a program asks for to names of decisions."""

from __future__ import annotations

from collections.abc import Iterable

from reglament.language.syntax.mismatch import kind_of, shown
from reglament.model.problems import refusal
from reglament.model.words import Words


def names_asked(asked: object) -> tuple[str, ...]:
    """The name, or the several names. Raises Refused for what is no text."""
    if isinstance(asked, str):
        return (asked,)
    names = tuple(asked) if isinstance(asked, Iterable) else (asked,)
    for name in names:
        if not isinstance(name, str):
            given = kind_of(name)
            message = Words(
                ru=f"имя решения - это текст, а здесь {given.ru} `{shown(name)}`",
                en=f"the name of a decision is text, and here is {given.en} `{shown(name)}`",
            )
            raise refusal("wrong-type", message)
    return names
