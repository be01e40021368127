"""From a told or written value to the value of a type, or the reason why it is none.

Told in Python, in JSON or in a policy, the same rules hold, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from datetime import time, timedelta
from decimal import Context, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from reglament.language.requests.out_of_bounds import out_of_bounds
from reglament.language.requests.told_moments import read_date, read_datetime
from reglament.language.requests.unwrapped import items_of, unwrapped
from reglament.language.syntax.mismatch import TypeMismatch, out_of_range, shown, wrong_type
from reglament.language.syntax.suggest import UnknownWord, suggestion
from reglament.language.syntax.traps import trap_of, truth_trap
from reglament.messages import Message, Words, ticked
from reglament.model.normal import nfc
from reglament.model.values import (
    LARGEST,
    LONGEST,
    MOST_MONTHS,
    Kind,
    Period,
    Record,
    TimeOfDay,
    Type,
    Value,
)

Parser = Callable[[object], Value]

LONGEST_TEXT = 10_000
MOST_ITEMS = 10_000

_LIMITS = (str(-LARGEST), str(LARGEST))
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
"""A decimal that is told as text."""
DURATION = re.compile(r"([0-9]{1,9}) (second|minute|hour|day|week)s?")
ISO_DURATION = re.compile(
    r"P(?=.)(?:([0-9]{1,9})W|(?:([0-9]{1,9})D)?"
    r"(?:T(?=.)(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,6})?)S)?)?)"
)
_YEARS, _MONTHS = "([0-9]{1,3}) years?", "([0-9]{1,4}) months?"
PERIOD = f"(?:{_YEARS}|{_MONTHS}|{_YEARS} {_MONTHS})"
ISO_PERIOD = "P(?=[0-9])(?:[0-9]{1,3}Y)?(?:[0-9]{1,4}M)?"
_ISO_PERIOD = f"-?{ISO_PERIOD}"  # below zero it is out of range
TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
_TIME = re.compile(TIME)
_OFFSET = "(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EXACT = Context(prec=60)


def parser_of(type: Type, zone: ZoneInfo) -> Parser:
    """What turns a value into one of the type, raising TypeMismatch; moments go to `zone`.

    A value of another library counts as the value of Python that it stands for.
    """
    read = _within_bounds(type, zone) if type.is_bounded else _parser_of(type, zone)
    return lambda value: read(unwrapped(value))


def _within_bounds(type: Type, zone: ZoneInfo) -> Parser:
    read_any = _parser_of(type, zone)

    def read(value: object) -> Value:
        found = read_any(value)
        if type.admits(found):
            return found
        raise out_of_bounds(value, found, type)

    return read


def _parser_of(type: Type, zone: ZoneInfo) -> Parser:
    if type.kind is Kind.CHOICE:
        return _choice(type)
    if type.kind is Kind.DECIMAL:
        return _decimal(type.places)
    if type.kind is Kind.DATETIME:
        return lambda value: read_datetime(value, zone)
    if type.kind is Kind.LIST:
        return _list(type, zone)
    if type.kind is Kind.RECORD:
        return _record(type, zone)
    return _PLAIN[type.kind]


def _choice(type: Type) -> Parser:
    options = frozenset(type.options)

    def read(value: object) -> Value:
        if value.__class__ is str and value in options:
            return value
        if not isinstance(value, str):
            raise wrong_type(value, type)
        if nfc(value) in options:
            return nfc(value)
        if not type.is_open:
            raise _unlisted(value, type)
        return _text(value)

    return read


def _unlisted(value: str, type: Type) -> TypeMismatch:
    message = Message("not-one-options", value=shown(value))
    hint = Message("options-listed", listed=ticked(type.options[:12]))
    stray = UnknownWord(nfc(value), type.options)
    return TypeMismatch(
        "unknown-word", message, suggestion(nfc(value), type.options) or hint, stray
    )


def _text(value: object) -> Value:
    if not isinstance(value, str):
        raise wrong_type(value, Type(Kind.TEXT))
    if len(value) > LONGEST_TEXT:
        message = Message("text-longer-than-characters", longest_text=LONGEST_TEXT)
        raise TypeMismatch("text-too-long", message)
    match = None if value.isprintable() else _UNPRINTABLE.search(value)
    if match is not None:
        code = f"U+{ord(match[0]):04X}"
        message = Message("text-holds-character", code=code)
        raise TypeMismatch("unseen-character", message, Message("delete"))
    return nfc(value)


def _boolean(value: object) -> Value:
    if value is True or value is False:
        return value
    trap = truth_trap(value) if isinstance(value, str) else None
    raise wrong_type(value, Type(Kind.BOOLEAN), trap)


def _integer(value: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise wrong_type(value, Type(Kind.INTEGER))
    if not -LARGEST <= value <= LARGEST:
        raise out_of_range(value, *_LIMITS)
    if value != int(value):
        raise wrong_type(value, Type(Kind.INTEGER))
    return int(value)


def _decimal(places: int) -> Parser:
    step = Decimal(1).scaleb(-places)

    def read(value: object) -> Value:
        number = _exact(value, Type(Kind.DECIMAL, places=places))
        if not number.is_finite() or not -LARGEST <= number <= LARGEST:
            raise out_of_range(value, *_LIMITS)
        kept = number.quantize(step, context=_EXACT)
        if kept != number:
            raise _too_many_places(value, places)
        return kept if kept else abs(kept)

    return read


def _exact(value: object, type: Type) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        raise wrong_type(value, type)
    if isinstance(value, int):
        return Decimal(value) if -LARGEST <= value <= LARGEST else Decimal("inf")
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return Decimal("nan")
        if value.is_integer():
            return Decimal(int(value))
        raise wrong_type(value, type, Message("binary-fraction-not-exact"))
    if isinstance(value, str) and len(value) < 60 and NUMBER.fullmatch(value):
        return Decimal(value)
    is_number = isinstance(value, str) and any(map(str.isdigit, value))
    raise wrong_type(value, type, trap_of(str(value)) if is_number else None)


def _too_many_places(value: object, places: int) -> TypeMismatch:
    message = Message("more-digits-after-point", value=shown(value), places=places)
    return TypeMismatch("too-many-places", message)


def _time(value: object) -> Value:
    """A time of day, `18:30` or with seconds, as the clock of the policy shows it."""
    if isinstance(value, str) and _TIME.fullmatch(value):
        return TimeOfDay.fromisoformat(value)
    if isinstance(value, time) and value.tzinfo is None:
        return TimeOfDay.of(value)
    has_offset = isinstance(value, time) or (
        isinstance(value, str) and re.fullmatch(f"{TIME}{_OFFSET}", value) is not None
    )
    raise wrong_type(value, Type(Kind.TIME), Message("time-no-offset") if has_offset else None)


def _duration(value: object) -> Value:
    span = _length(value)
    if timedelta(0) <= span <= LONGEST:
        return span
    raise out_of_range(value, "0", f"{LONGEST.days} days")


def _period(value: object) -> Value:
    period = _months(value)
    if 0 <= period.months <= MOST_MONTHS:
        return period
    raise out_of_range(str(period), "0", f"{MOST_MONTHS // 12} years")


def _months(value: object) -> Period:
    if isinstance(value, Period):
        return value
    if isinstance(value, str) and len(value) < 60:
        if re.fullmatch(_ISO_PERIOD, value):
            return Period.fromisoformat(value)
        if simple := re.fullmatch(PERIOD, value):
            years, months, *both = (int(number or 0) for number in simple.groups())
            return Period((years + both[0]) * 12 + months + both[1])
    raise wrong_type(value, Type(Kind.PERIOD))


def _length(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    if isinstance(value, str) and len(value) < 60:
        if simple := DURATION.fullmatch(value):
            return _span({f"{simple[2]}s": int(simple[1])})
        if iso := ISO_DURATION.fullmatch(value):
            units = ("weeks", "days", "hours", "minutes", "seconds")
            told = {unit: text for unit, text in zip(units, iso.groups(), strict=True) if text}
            return _span({unit: Decimal(text) for unit, text in told.items()})
    raise wrong_type(value, Type(Kind.DURATION))


def _span(units: Mapping[str, int | Decimal]) -> timedelta:
    try:
        whole = {unit: int(number) for unit, number in units.items()}
        micros = int(sum(number % 1 for number in units.values()) * 1_000_000)
        return timedelta(**whole, microseconds=micros)
    except OverflowError:
        return timedelta.max


def _list(type: Type, zone: ZoneInfo) -> Parser:
    read_item = parser_of(type.item or Type(Kind.TEXT, is_open=True), zone)

    def read(value: object) -> Value:
        items = items_of(value)
        if items is None:
            raise wrong_type(value, type)
        if len(items) > MOST_ITEMS:
            raise out_of_range(len(items), "0", str(MOST_ITEMS))
        found: tuple[Any, ...] = tuple(
            _part(read_item, item, place) for place, item in enumerate(items)
        )
        # A set comes in another order in every run.
        return tuple(sorted(found)) if isinstance(value, Set) else found

    return read


def _record(type: Type, zone: ZoneInfo) -> Parser:
    readers = {name: parser_of(field, zone) for name, field in type.fields}
    readers |= {name: _or_null(readers[name]) for name in type.nullable}

    def read_all(value: object) -> Value:
        if not isinstance(value, dict) or value.keys() != readers.keys():
            raise wrong_type(value, type, _fields_hint(type))
        return Record({name: _part(read, value[name], name) for name, read in readers.items()})

    return read_all


def _or_null(read: Parser) -> Parser:
    return lambda value: None if value is None else read(value)


def _part(read: Parser, value: object, step: int | str) -> Value:
    try:
        return read(value)
    except TypeMismatch as unfit:
        raise unfit.within(step) from None


def _fields_hint(type: Type) -> Words:
    return Message("fields-listed", listed=ticked(name for name, _ in type.fields))


_PLAIN: dict[Kind, Parser] = {
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DATE: read_date,
    Kind.TIME: _time,
    Kind.DURATION: _duration,
    Kind.PERIOD: _period,
    Kind.TEXT: _text,
}

__all__ = ["Parser", "TypeMismatch", "parser_of"]
