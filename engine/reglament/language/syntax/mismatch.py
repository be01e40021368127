"""From a value and the type it should have had to the words that say why it does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from reglament.language.syntax.source import Scalar
from reglament.language.syntax.spellings import spelling, written_as
from reglament.language.syntax.suggest import UnknownWord, did_you_mean, meaning, short
from reglament.language.syntax.traps import truth_trap
from reglament.messages import Message, Words
from reglament.model.kind_words import KIND_WORDS
from reglament.model.values import NUMBERS, Kind, Period, TimeOfDay, Type

_EXAMPLES = {
    Kind.DATE: Message("date-written"),
    Kind.DATETIME: Message("date-time-written-t18"),
    Kind.TIME: Message("time-written"),
    Kind.DURATION: Message("duration-written-minutes-hours"),
    Kind.PERIOD: Message("period-written"),
}
MOST_FAULTS = 50
"""So many mistakes of one request are told: nobody reads more, and to word each takes time."""
NOT_A_VALUE = Message("how-pandas-writes-not")
_UNITS = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}
_NULLS = frozenset({"null", "none", "nil"})
_UNQUOTE = Message("take-off-quotes")


class TypeMismatch(Exception):
    """A value is none of the type wanted; `message` says why, `hint` what would mend it.

    `stray` is the word that is none of the options, where that is why. `path` leads from the
    value to the item or field that is wrong; `others` are further ones that are.
    """

    def __init__(
        self, code: str, message: Words, hint: Words | None = None, stray: UnknownWord | None = None
    ) -> None:
        self.code = code
        self.message = message
        self.hint = hint
        self.stray = stray
        self.path: tuple[int | str, ...] = ()
        self.others: tuple[TypeMismatch, ...] = ()
        super().__init__(message.to("en"))

    def within(self, step: int | str) -> TypeMismatch:
        """The same, of the list or record that holds the value there."""
        for mismatch in (self, *self.others):
            mismatch.path = (step, *mismatch.path)
        return self


def enough(several: Sequence[TypeMismatch]) -> bool:
    """Whether these, with those that they know of, are as many as are told."""
    return sum(1 + len(mismatch.others) for mismatch in several) >= MOST_FAULTS


def first_of(several: Sequence[TypeMismatch]) -> TypeMismatch:
    """The first of them, which knows of all others, those that they knew of included."""
    first, *others = [mismatch for each in several for mismatch in (each, *each.others)]
    first.others = tuple(others)
    return first


def wrong_type(value: object, type: Type, hint: Words | None = None) -> TypeMismatch:
    """The value is of another kind than the type wanted."""
    wanted, given = KIND_WORDS[type.kind], kind_of(value)
    message = Message("wanted-wanted-given-value", wanted=wanted, given=given, value=_quoted(value))
    return TypeMismatch("wrong-type", message, hint or _hint(value, type))


def due_trap(node: Scalar, type: Type, *, is_nullable: bool = True) -> Words | None:
    """What to say of a word that elsewhere is another value, where that value would fit here."""
    if not node.quoted and node.trap is None:
        return _near_word(node.raw, type) if is_nullable or type.kind is Kind.BOOLEAN else None
    if node.raw.casefold() in _NULLS:
        return node.trap if is_nullable else None
    if type.kind is Kind.BOOLEAN:
        return truth_trap(node.raw)
    is_number = type.kind in NUMBERS and any(map(str.isdigit, node.raw))
    is_broken = type.kind is Kind.INTEGER and "," in node.raw
    return node.trap if is_number and not is_broken else None


def _near_word(raw: str, type: Type) -> Words | None:
    """That a word of the language is misspelt."""
    words = ("true", "false") if type.kind is Kind.BOOLEAN else ()
    meant = did_you_mean(raw, words)
    if meant is None and raw[:1] in ("n", "N") and type.kind is not Kind.TEXT:
        meant = did_you_mean(raw, ("null",))
    return None if meant is None or meant in type.options else meaning(raw, meant)


def out_of_range(value: object, least: str, most: str) -> TypeMismatch:
    """The value is of the type wanted, and beyond what is counted with."""
    message = Message("value-out-range-from", value=_quoted(value), least=least, most=most)
    return TypeMismatch("out-of-range", message, NOT_A_VALUE if value != value else None)


def shown(value: object) -> str:
    """The value as the user would know it, cut short; nothing of unknown objects is asked."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**30:
        return "…"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, time):
        return str(TimeOfDay.of(value))
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, str):
        return short(str.__str__(value))
    if isinstance(value, timedelta):
        return _length(value)
    return short(str(value)) if isinstance(value, int | float | Decimal) else "…"


def kind_of(value: object) -> Words:
    """What sort of thing a Python value is, in words."""
    for python, named in _KINDS:
        if isinstance(value, python):
            return named
    name = short(type(value).__name__)
    return Message("object-name-unfit", name=name)


def _length(value: timedelta) -> str:
    """The duration as a policy would write it."""
    for unit, size in _UNITS.items():
        if value % size == timedelta(0):
            count = value // size
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return str(value)


def _quoted(value: object) -> str:
    return f" `{text}`" if (text := shown(value)) != "…" else ""


def _hint(value: object, type: Type) -> Words | None:
    if isinstance(value, float) and value != value:
        return NOT_A_VALUE
    if type.kind in (Kind.TEXT, Kind.CHOICE) and isinstance(value, bool | int | Decimal):
        return Message("put-value-quotes")
    if type.kind is Kind.INTEGER and isinstance(value, str) and value.lstrip("-").isdecimal():
        return _UNQUOTE
    if type.kind is Kind.BOOLEAN and value in ("true", "false"):
        return _UNQUOTE
    spelt = spelling(value, type.kind)
    return _EXAMPLES.get(type.kind) if spelt is None or spelt == value else written_as(spelt)


_KINDS: tuple[tuple[type | tuple[type, ...], Words], ...] = (
    (bool, Message("boolean")),
    (int, Message("whole-number-unfit")),
    ((float, Decimal), Message("number-unfit")),
    (datetime, Message("date-time-unfit")),
    (date, Message("date-unfit-2")),
    (time, Message("time-unfit")),
    (timedelta, Message("duration-unfit")),
    (Period, Message("period-unfit")),
    (str, Message("text-unfit")),
    ((list, tuple, set, frozenset), Message("list")),
    (Mapping, Message("mapping")),
    (type(None), Message("null")),
)
