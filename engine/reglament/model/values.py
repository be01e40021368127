"""What a fact or an outcome can be: types, and the plain Python values they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from reglament.frozen import frozen
from reglament.model.moments import DAY, MICROSECOND

# Computes with decimals and rounds nothing; a quotient that does not end may not be asked of it.
UNROUNDED = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


class Kind(StrEnum):
    """The kinds of value that the language knows."""

    CHOICE = "choice"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    DURATION = "duration"
    PERIOD = "period"
    TEXT = "text"
    LIST = "list"
    RECORD = "record"


LENGTHS = frozenset({Kind.DURATION, Kind.PERIOD})  # of time
ORDERED = LENGTHS | {Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.DATETIME, Kind.TIME}
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
WORDS = frozenset({Kind.CHOICE, Kind.TEXT})


@frozen
class Type:
    """A type: its kind, and what that kind needs to be told.

    `options` are the words of a choice (`is_open`: any other word too);
    `places` the digits after the point of a decimal, kept exactly;
    `item` the type of a list's items; `fields` those of a record, of which those in
    `nullable` may be null. `at_least` and `at_most` bound the values of an ordered type,
    both included; None is no bound.
    """

    kind: Kind
    options: tuple[str, ...] = ()
    is_open: bool = False
    places: int = 0
    item: Type | None = None
    fields: tuple[tuple[str, Type], ...] = ()
    at_least: Any = None
    at_most: Any = None
    nullable: tuple[str, ...] = ()

    @property
    def is_ordered(self) -> bool:
        """Whether values of this type stand before and after each other."""
        return self.kind in ORDERED

    @property
    def is_bounded(self) -> bool:
        """Whether some values of the kind are too small or too large."""
        return self.at_least is not None or self.at_most is not None

    @property
    def without_bounds(self) -> Type:
        """The same type with every value of its kind."""
        return replace(self, at_least=None, at_most=None) if self.is_bounded else self

    def admits(self, value: Any) -> bool:
        """Whether the value, one of the kind or null, lies within the bounds."""
        if value is None:
            return True
        is_below = self.at_least is not None and value < self.at_least
        return not is_below and (self.at_most is None or value <= self.at_most)


LARGEST = 10**15  # of numbers told and computed, on either side of zero
LONGEST = timedelta(days=400 * 366)  # of durations told
MOST_MONTHS = 400 * 12  # of periods told
BOOLEAN = Type(Kind.BOOLEAN)
INTEGER = Type(Kind.INTEGER)
DATE = Type(Kind.DATE)
DATETIME = Type(Kind.DATETIME)
TIME = Type(Kind.TIME)
DURATION = Type(Kind.DURATION)
PERIOD = Type(Kind.PERIOD)
TEXT = Type(Kind.TEXT, is_open=True)


def choice(*options: str, is_open: bool = False) -> Type:
    """A choice of `options`, or of any word where it is open."""
    return Type(Kind.CHOICE, options=options, is_open=is_open)


def decimal(places: int) -> Type:
    """A decimal number with exactly `places` digits after the point at most."""
    return Type(Kind.DECIMAL, places=places)


def nought(type: Type) -> Any:
    """Zero of a type of numbers, durations or periods, with as many digits as the type has."""
    if type.kind is Kind.DECIMAL:
        return Decimal(0).scaleb(-type.places)
    return {Kind.DURATION: timedelta(0), Kind.PERIOD: Period(0)}.get(type.kind, 0)


_PERIOD = "(-)?P(?=[0-9])(?:([0-9]{1,15})Y)?(?:([0-9]{1,15})M)?"
DAY_LONG = DAY // MICROSECOND


class TimeOfDay(time):
    """A time of day, with which one computes as on a clock: 23:00 and two hours are 01:00.

    It is a `time` of Python without a zone, to the microsecond.
    """

    @classmethod
    def at(cls, micros: int) -> TimeOfDay:
        """The time so many microseconds after 00:00, as a clock shows it."""
        seconds, micros = divmod(micros % DAY_LONG, 1_000_000)
        return cls(seconds // 3600, seconds // 60 % 60, seconds % 60, micros)

    @classmethod
    def of(cls, value: time | datetime) -> TimeOfDay:
        """What the clock shows, whatever its zone."""
        return cls(value.hour, value.minute, value.second, value.microsecond)

    @property
    def micros(self) -> int:
        """How many microseconds after 00:00 it is."""
        seconds = (self.hour * 60 + self.minute) * 60 + self.second
        return seconds * 1_000_000 + self.microsecond

    def __add__(self, length: timedelta) -> TimeOfDay:
        return self.at(self.micros + length // MICROSECOND)

    def __sub__(self, other: Any) -> Any:
        """The duration from another time of the day; or the time so much earlier."""
        if isinstance(other, TimeOfDay):
            return timedelta(microseconds=self.micros - other.micros)
        return self + -other

    def __str__(self) -> str:
        """`18:30`, with seconds and their fractions only where there are any."""
        if self.microsecond:
            return self.isoformat("microseconds").rstrip("0")
        return self.isoformat("seconds" if self.second else "minutes")


@frozen(order=True)
class Period:
    """Whole months, of which twelve are a year: how long a contract runs, `P1Y6M`.

    How many days it has hangs on where it begins. Below zero it counts back. What is computed
    stays within `LARGEST` months: raises OverflowError beyond.
    """

    months: int

    @classmethod
    def fromisoformat(cls, text: str) -> Period:
        """The period that ISO 8601 writes so, `P1Y2M`. Raises ValueError."""
        match = re.fullmatch(_PERIOD, text)
        if match is None:
            raise ValueError(f"no period: {text!r}")
        sign, years, months = match.groups()
        told = int(years or 0) * 12 + int(months or 0)
        return cls(-told if sign else told)

    def __post_init__(self) -> None:
        if not -LARGEST <= self.months <= LARGEST:
            raise OverflowError("period out of range")

    def __add__(self, other: Period) -> Period:
        return Period(self.months + other.months)

    def __sub__(self, other: Period) -> Period:
        return Period(self.months - other.months)

    def __neg__(self) -> Period:
        return Period(-self.months)

    def __abs__(self) -> Period:
        return Period(abs(self.months))

    def __str__(self) -> str:
        """ISO 8601: `P1Y2M`, with a minus sign in front where it counts back."""
        years, months = divmod(abs(self.months), 12)
        told = f"{years}Y" * bool(years) + f"{months}M" * bool(months or not years)
        return f"{'-' * (self.months < 0)}P{told}"


Value: TypeAlias = (
    bool
    | int
    | str
    | Decimal
    | date
    | datetime
    | time
    | timedelta
    | Period
    | tuple[Any, ...]
    | Mapping[str, Any]
    | None
)


class Record(dict[str, Any]):
    """A record value; it is never changed once made, so it can be a key like other values."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


class Listed(tuple[Any, ...]):
    """A tuple that is also equal to a list of the same, as the JSON of a decision shows it.

    Those who write against the JSON compare with lists. No list can be a key,
    so equal things still have equal hashes.
    """

    __slots__ = ()
    __hash__ = tuple.__hash__

    def __eq__(self, other: object) -> bool:
        return tuple.__eq__(self, tuple(other) if isinstance(other, list) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other


def apart(value: Any) -> tuple[bool, Any]:
    """What tells outcomes apart: 1 and true are equal in Python, and two; 0 and 0.00 are one."""
    return value.__class__ is bool, value


def listed(value: Any) -> Any:
    """The value, its tuples equal to lists at every depth; anything else as it is."""
    return Listed(map(listed, value)) if isinstance(value, tuple) else value
