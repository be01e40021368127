"""From a fact's type to the quickest check of a told value that is right at once.

Each check returns the typed value, or raises where the value is wrong or is told
in an unusual way; the careful parser then says which. What passes here passes
there, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from reglament.model.moments import fixed_offset
from reglament.model.policy import Fact
from reglament.model.values import Kind
from reglament.reading.literals import Parser
from reglament.reading.moments import FIRST_YEAR, LAST_YEAR

Check = Callable[[Any], Any]
DAY = timedelta(days=1)
SHORT = 1_000


def quick_check(fact: Fact, parser: Parser, zone: ZoneInfo) -> Check:
    """The check of the fact's values; `parser` is the careful way, null left aside."""
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
    from_text, combine, steady = datetime.fromisoformat, datetime.combine, _Steady(zone)

    def check(value: Any) -> Any:
        marks = MARKS.get(len(value)) if value.__class__ is str else None
        # Of all that Python reads as ISO 8601, only the plain form has these marks.
        if marks is None or marks(value) != PLAIN:
            return careful(value)
        if value[10] not in "T " or (value[11] == "2" and value[12] == "4"):
            return careful(value)
        try:
            moment = from_text(value)
        except ValueError:
            return careful(value)
        offset, told = steady[moment.year], moment.tzinfo
        if offset is None or (told is not None and told != offset):
            return careful(value)
        return combine(moment, moment.time(), offset)  # twice as quick as `replace`

    return check


# `2026-11-20T18:30`, with seconds, and either with an offset: for each length, where its
# marks stand; a shorter form repeats its last.
MARKS = {
    16: itemgetter(7, 13, 13, 13),
    19: itemgetter(7, 13, 16, 16),
    22: itemgetter(7, 13, 19, 19),
    25: itemgetter(7, 13, 16, 22),
}
PLAIN = ("-", ":", ":", ":")


class _Steady(dict[int, timezone | None]):
    """For a year, the zone's offset where it is one all through; None else, or out of range."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone

    def __missing__(self, year: int) -> timezone | None:
        self[year] = found = self._offset(year)
        return found

    def _offset(self, year: int) -> timezone | None:
        if not FIRST_YEAR < year < LAST_YEAR:
            return None
        midnight = datetime(year - 1, 12, 31, tzinfo=self.zone)
        offset = midnight.utcoffset()
        # Every day from the last of the year before to the first of the year after.
        if any((midnight + count * DAY).utcoffset() != offset for count in range(368)):
            return None
        return fixed_offset(offset or timedelta(0))
