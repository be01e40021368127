"""From a line typed in answer to a question to the value that it tells."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from reglament.analysis.interview import Question
from reglament.language.requests.request_reader import fact_table
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.language.syntax.spellings import spelling
from reglament.messages import Message, Words, languages
from reglament.model.normal import nfc
from reglament.model.regulation import Version
from reglament.model.values import NUMBERS, Kind, Value
from reglament.model.words import translations

NULL = "null"
EMPTY = "-"
NULL_BY_WORD = NUMBERS | {Kind.TEXT}
"""The kinds whose values a number may be, so that null has none in the list."""
_IN_TIME = frozenset({Kind.DATE, Kind.DATETIME, Kind.TIME, Kind.DURATION, Kind.PERIOD})
_NOW, _TODAY = Message("now"), Message("today")


class TypedCommand(StrEnum):
    """What may be typed instead of an answer."""

    BACK = "typed-back"
    WHY = "typed-why"
    NOT_KNOWN = "?"


def command_typed(text: str) -> TypedCommand | None:
    """The command that the text is, in any language of the engine; None for an answer."""
    if text == TypedCommand.NOT_KNOWN:
        return TypedCommand.NOT_KNOWN
    words = (TypedCommand.BACK, TypedCommand.WHY)
    return next((word for word in words if is_said(text, Message(word.value))), None)


def is_said(text: str, words: Words) -> bool:
    """Whether the text is these words in a language that has them, whatever its case, е for ё."""
    typed = _plain(text)
    return any(_plain(one) == typed for one in translations(words, languages()).values())


def is_yes(text: str) -> bool:
    """Whether the text agrees, by the word or its first letter."""
    return _truth(text) is True


def value_typed(version: Version, question: Question, typed: str | list[Any]) -> Value:
    """The value of the question's fact. Raises TypeMismatch, as the reader of requests does.

    An option may be given by its number, its word or its label, and null as one of them; days,
    moments and durations as people write them; items of a list are parted by commas, or written
    as a list of JSON, where they may hold commas themselves; or `items_typed` parted them.
    """
    check = fact_table(version).check
    if isinstance(typed, list):
        items = [_item(version, question, one) if isinstance(one, str) else one for one in typed]
        return check(question.fact, items)
    text = nfc(typed)
    if text == NULL or _is_null(question, text):
        return check(question.fact, None)
    if question.kind is Kind.LIST:
        return value_typed(version, question, _items(text))
    if question.kind is Kind.BOOLEAN and _truth(text) is not None:
        return _truth(text)
    if question.kind is Kind.INTEGER:
        return check(question.fact, _whole(text))
    if question.kind in _IN_TIME and not text.isdecimal():
        text = _now(question, text, version.zone) or spelling(text, question.kind) or text
    return check(question.fact, _option(question, text))


def numbered(question: Question) -> list[tuple[Value, Words]]:
    """What may be given by its number: the options, and null where no value is a number."""
    options = list(question.options)
    if question.null_means is not None and question.kind not in NULL_BY_WORD:
        options.append((None, question.null_means))
    return options


def items_typed(question: Question, text: str) -> list[Any] | None:
    """The items of a list as they are typed; None of an answer that is no list."""
    is_list = question.kind is Kind.LIST and text != NULL and not _is_null(question, text)
    return _items(nfc(text)) if is_list else None


def near_word(version: Version, question: Question, text: str) -> str | None:
    """The option that was likely meant by a word typed, which is none itself."""
    text = nfc(text.strip())
    vocabulary = fact_table(version).vocabularies.get(question.fact)
    is_null = text in (NULL, EMPTY) or _is_null(question, text)
    if vocabulary is None or is_null or text.isdecimal():
        return None
    typed = _option(question, text)
    return vocabulary.near(typed) if isinstance(typed, str) else None


def _is_null(question: Question, text: str) -> bool:
    """Whether null is typed by its number, by what it means, or as none."""
    if question.null_means is None:
        return False
    if is_said(text, question.null_means):
        return True
    if question.kind in NULL_BY_WORD:
        return text == EMPTY
    is_none = question.kind is not Kind.BOOLEAN and is_said(text, Message("none"))
    return is_none or text == str(len(numbered(question)))


def _now(question: Question, text: str, zone: str) -> str | None:
    """This minute, or this day, on the clocks of the policy where that is typed."""
    now = datetime.now(ZoneInfo(zone))
    if question.kind is Kind.DATETIME and is_said(text, _NOW):
        return now.isoformat(timespec="minutes")
    if question.kind is Kind.DATE and (is_said(text, _TODAY) or is_said(text, _NOW)):
        return now.date().isoformat()
    return None


def _truth(text: str) -> bool | None:
    typed = _plain(text)
    for value, word in ((True, Message("yes")), (False, Message("no"))):
        said = [_plain(word.to(language)) for language in languages()]
        if typed in (str(value).lower(), *said, *(one[0] for one in said)):
            return value
    return None


def _option(question: Question, text: str) -> Value:
    options = numbered(question)
    if not options:
        return text
    if text.isdecimal():
        return _numbered(options, int(text))
    for value, label in options:
        if text == value or is_said(text, label):
            return value
    return text


def _items(text: str) -> list[Any]:
    """The items of a list as they are typed: with commas between, or as JSON."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        try:
            found: list[Any] = json.loads(text, parse_float=Decimal)
            return found
        except (ValueError, RecursionError):
            text = text[1:-1].strip() or EMPTY
    return [] if text == EMPTY else [one.strip() for one in text.split(",")]


def _item(version: Version, question: Question, text: str) -> Value:
    """One item of a list as it is typed: an option, or a value of the type of the items."""
    fact = version.facts.get(question.fact)
    item = None if fact is None else fact.type.item
    if question.options or item is None:
        return _option(question, text)
    if item.kind is Kind.BOOLEAN and _truth(text) is not None:
        return _truth(text)
    if item.kind is Kind.INTEGER:
        return _whole(text)
    return (spelling(text, item.kind) or text) if item.kind in _IN_TIME else text


def _numbered(options: list[tuple[Value, Words]], number: int) -> Value:
    if 1 <= number <= len(options):
        return options[number - 1][0]
    most = len(options)
    raise TypeMismatch("unknown-option", Message("not-option", number=number, most=most))


def _whole(text: str) -> int | str:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else text


def _plain(text: str) -> str:
    return nfc(text).strip().casefold().replace("ё", "е")
