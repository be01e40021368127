"""A message as it was read: texts, values, and choices between patterns by a value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from reglament.frozen import frozen
from reglament.messages.plurals import plural_form


@frozen
class Reference:
    """The place of the value `name`."""

    name: str


@frozen
class Choice:
    """One of several patterns: by a word, by an exact number, or by CLDR's plural category."""

    name: str
    variants: Mapping[str, Pattern]
    default: str


Pattern: TypeAlias = tuple[str | Reference | Choice, ...]


def filled(pattern: Pattern, values: Mapping[str, object], language: str) -> str:
    """The pattern with its values, each put into words where it can be. Raises KeyError."""
    return "".join(
        [part if isinstance(part, str) else _part(part, values, language) for part in pattern]
    )


def spoken(value: object, language: str) -> str:
    """A value as it stands in a message: a message in its language, a fraction as CLDR has it."""
    if isinstance(value, str):
        return value
    to = getattr(value, "to", None)
    if to is not None:
        return str(to(language))
    if isinstance(value, Decimal | float):
        from babel.numbers import format_decimal

        return format_decimal(value, "#,##0.######", locale=language)
    return str(value)


def _part(part: Reference | Choice, values: Mapping[str, Any], language: str) -> str:
    value = values[part.name]
    if isinstance(part, Reference):
        return spoken(value, language)
    return filled(part.variants[_chosen(part, value, language)], values, language)


def _chosen(choice: Choice, value: Any, language: str) -> str:
    key = str(value).lower() if isinstance(value, bool) else str(value)
    if key in choice.variants:
        return key
    if isinstance(value, int | float | Decimal):
        key = plural_form(language, value)
    return key if key in choice.variants else choice.default
