"""From a fact's type to the quickest check of a told value that is right at once.

Each check returns the typed value, or raises where the value is wrong or is told
in an unusual way; the careful parser then says which. What passes here passes
there, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from unicodedata import is_normalized
from zoneinfo import ZoneInfo

from reglament.language.requests.literals import Parser
from reglament.model.moments import FIRST_YEAR, LAST_YEAR, NOUGHT, zone_offsets
from reglament.model.regulation import Fact
from reglament.model.values import Kind

Check = Callable[[Any], Any]
SHORT = 1_000

# A moment's marks: every third character from its fifth. Of all that Python reads as ISO 8601,
# only `2026-11-20T18:30`, with a space for the T, with seconds, and with `Z` or an offset,
# has these.
LOCAL = frozenset({"--T:", "--T::", "-- :", "-- ::"})
MARKS = LOCAL | {marks + offset for marks in LOCAL for offset in ("Z", "+:", "-:")}


def quick_check(fact: Fact, parser: Parser, zone: ZoneInfo) -> Check:
    """The check of the fact's values; `parser` is the careful way, null left aside."""
    quick = _quick(fact, parser, zone)
    if not fact.type.is_bounded:
        return quick
    admits = fact.type.admits

    def check(value: Any) -> Any:
        typed = quick(value)
        return typed if admits(typed) else parser(value)

    return check


def _quick(fact: Fact, parser: Parser, zone: ZoneInfo) -> Check:
    if fact.type.kind in (Kind.CHOICE, Kind.TEXT):
        return _Options(fact, parser).__getitem__
    if fact.type.kind is Kind.BOOLEAN:
        return _boolean(fact.is_nullable, parser)
    if fact.type.kind is Kind.DATE:
        return _date(fact.is_nullable, parser)
    if fact.type.kind is Kind.DATETIME:
        return _datetime(fact.is_nullable, parser, zone)
    return _null_or(fact.is_nullable, parser)


class _Options(dict[Any, Any]):
    """The words of a choice, looked up; any other word is parsed."""

    def __init__(self, fact: Fact, parser: Parser) -> None:
        super().__init__({option: option for option in fact.type.options})
        if fact.is_nullable:
            self[None] = None
        self.parser = parser

        self.is_open = fact.type.is_open or fact.type.kind is Kind.TEXT

    def __missing__(self, value: Any) -> Any:
        is_plain = value.__class__ is str and len(value) < SHORT and value.isprintable()
        is_plain = is_plain and is_normalized("NFC", value)
        return value if self.is_open and is_plain else self.parser(value)


def _null_or(is_nullable: bool, parser: Parser) -> Check:
    return (lambda value: None if value is None else parser(value)) if is_nullable else parser


def _boolean(is_nullable: bool, parser: Parser) -> Check:
    careful = _null_or(is_nullable, parser)

    def check(value: Any) -> Any:
        return value if value is True or value is False else careful(value)

    return check


def _date(is_nullable: bool, parser: Parser) -> Check:
    careful = _null_or(is_nullable, parser)
    from_text = date.fromisoformat

    def check(value: Any) -> Any:
        if value.__class__ is str and len(value) == 10 and value[7] == "-":
            try:
                day = from_text(value)
            except ValueError:
                return careful(value)
            return day if FIRST_YEAR <= day.year <= LAST_YEAR else careful(value)
        return careful(value)

    return check


def _datetime(is_nullable: bool, parser: Parser, zone: ZoneInfo) -> Check:
    careful = _null_or(is_nullable, parser)
    from_text, nought_of = datetime.fromisoformat, zone_offsets(zone)

    def check(value: Any) -> Any:
        if value.__class__ is datetime:
            moment = value
        # Python may read the hour 24, and an offset of 60 minutes and more.
        elif (
            value.__class__ is not str
            or value[4::3] not in MARKS
            or value[11:13] == "24"
            or (value[-3] == ":" and value[-2] > "5")
        ):
            return careful(value)
        else:
            try:
                moment = from_text(value)
            except ValueError:
                return careful(value)
        nought = nought_of[moment.year]
        if nought is None:
            return careful(value)
        # Adding is quicker than giving a moment another zone, and keeps the zone object.
        return nought + (moment - (NOUGHT if moment.tzinfo is None else nought))

    return check
