"""Functions of texts: their length and letters, parts of them, and texts put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from reglament.functions.record import Function, table
from reglament.functions.signatures import MOST_PLACES, Misapplied, unlike, wanted_count, wants
from reglament.messages import Message, Verbatim
from reglament.model.kind_words import KIND_WORDS
from reglament.model.moments import MICROSECOND
from reglament.model.values import (
    INTEGER,
    LARGEST,
    TEXT,
    UNROUNDED,
    WORDS,
    Kind,
    Type,
    Value,
    decimal,
)

TEMPLATE = "text"  # written as one text with `{names}` in it
LENGTH = replace(INTEGER, at_least=0)
_NUMBER = re.compile(r"-?[0-9]{1,100}(\.[0-9]{1,100})?")
_UNSAID = frozenset({Kind.LIST, Kind.RECORD, Kind.BOOLEAN})


def said(value: Any) -> str:
    """A value as a text: equal values make one text, whatever the language.

    Numbers have no zeros at the end, days and moments are those of ISO 8601, and so are durations.
    """
    match value:
        case str():
            return value
        case Decimal():
            text = format(value.normalize(UNROUNDED), "f")
            return "0" if value == 0 else text
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case timedelta():
            return _duration(value)
    return str(value)  # of a time of day `18:30`, too


def _moment(moment: datetime) -> str:
    text = moment.isoformat()
    end = len("2026-11-20T18:30:00.500000")
    return text[:end].rstrip("0") + text[end:] if moment.microsecond else text


def _duration(length: timedelta) -> str:
    seconds = Decimal(length // MICROSECOND) / 1_000_000
    sign = "-" if seconds < 0 else ""
    minutes, left = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (left, "S"))
    found = "".join(f"{said(amount)}{unit}" for amount, unit in parts if amount)
    return f"{sign}PT{found or '0S'}"


def joined(*parts: Any) -> str:
    """The values one after another, as texts."""
    return "".join(map(said, parts))


def substring(text: str, start: int, length: int | None = None) -> str:
    """So many characters from a place on; the first is 1, the last -1, as in DMN."""
    first = start - 1 if start > 0 else max(0, len(text) + start)
    return text[first:] if length is None else text[first : first + max(0, length)]


def text_before(text: str, mark: str) -> str:
    """What stands before the first showing of a text; nothing where it does not stand there."""
    before, found, _ = text.partition(mark)
    return before if found else ""


def text_after(text: str, mark: str) -> str:
    """What stands after the first showing of a text; nothing where it does not stand there."""
    return text.partition(mark)[2]


def split(text: str, mark: str) -> tuple[str, ...]:
    """The parts between the showings of a text."""
    return tuple(text.split(mark))


def number_of(text: str) -> Decimal | None:
    """The number that a text is as DMN writes it, `-7.50`; null of any other text."""
    if not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    digits = -int(number.normalize(UNROUNDED).as_tuple().exponent)
    is_in_range = -LARGEST <= number <= LARGEST and digits <= MOST_PLACES
    return number if is_in_range else None


def texts(result: Type, *others: Kind, optional: int = 0) -> Callable[..., Type]:
    """A text, and others of these kinds, the last of which may be left out."""

    def check(types: Sequence[Type], constants: Sequence[Value]) -> Type:
        wanted_count(types, 1 + len(others) - optional, 1 + len(others))
        for index, (type, wanted) in enumerate(zip(types, (Kind.TEXT, *others), strict=False)):
            if type.kind is not wanted and not (wanted is Kind.TEXT and type.kind in WORDS):
                raise unlike(type, wanted, index)
            may_be_empty = index == 0 or (index == 2 and wanted is Kind.TEXT)
            if not may_be_empty and constants[index] in ("", 0):
                raise Misapplied(Message("mark-not-empty"), index=index)
        return result

    return check


def _of_list(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A list of texts, and what stands between them."""
    wanted_count(types, 2, 2)
    wants(types[0], Kind.LIST, 0)
    for index, type in enumerate((types[0].item or TEXT, types[1])):
        if type.kind not in WORDS:
            raise unlike(type, Kind.TEXT, index)
    return TEXT


def _any_said(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """Whatever has one form as a text."""
    for index, type in enumerate(types):
        if type.kind in _UNSAID:
            raise Misapplied(Message("not-said-in-text", kind=KIND_WORDS[type.kind]), index=index)
    return TEXT


def _of_text(
    name: str,
    gives: Callable[..., Any],
    signature: Callable[..., Type],
    words: str,
    elsewhere: str,
    **more: Any,
) -> Function:
    return Function(
        name, gives, signature, None, (0,), never_refused=True, is_opaque=True,
        words=words, elsewhere=elsewhere, **more,
    )  # fmt: skip


FUNCTIONS = table(
    Function(
        "length", len, texts(INTEGER), LENGTH, (0,), never_refused=True, is_opaque=True,
        words="length-of", elsewhere="len string_length strlen text_length länge длина",
    ),
    _of_text("upper_case", str.upper, texts(TEXT), "upper-case-of", "upper ucase toupper"),
    _of_text("lower_case", str.lower, texts(TEXT), "lower-case-of", "lower lcase tolower"),
    _of_text(
        "substring", substring, texts(TEXT, Kind.INTEGER, Kind.INTEGER, optional=1),
        "part-of-text", "substr mid slice",
    ),
    _of_text(
        "text_before", text_before, texts(TEXT, Kind.TEXT), "text-before", "substring_before"
    ),
    _of_text("text_after", text_after, texts(TEXT, Kind.TEXT), "text-after", "substring_after"),
    _of_text(
        "replace", str.replace, texts(TEXT, Kind.TEXT, Kind.TEXT), "text-replaced",
        "replace_all substitute",
    ),
    _of_text("trim", str.strip, texts(TEXT), "text-trimmed", "strip trimmed"),
    _of_text(
        "split", split, texts(Type(Kind.LIST, item=TEXT), Kind.TEXT), "text-split", "explode",
        has_parts=True,
    ),
    _of_text(
        "join", lambda parts, mark: mark.join(parts), _of_list, "text-joined", "string_join implode"
    ),
    _of_text(
        "number", number_of, texts(decimal(MOST_PLACES)), "number-of-text",
        "to_number parse_number", may_be_null=True,
    ),
    Function(
        TEMPLATE, joined, _any_said, None, (0,), never_refused=True, is_opaque=True,
        joined=Verbatim(" + "), elsewhere="concat concatenate join template string_join",
    ),
)  # fmt: skip
