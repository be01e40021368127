"""Values of one fact, decision or term, row by row, as numbers in arrays.

Ordered values are their own numbers: days since 1970, microseconds since then in UTC, integers,
decimals counted in their last place. Everything else is the number of a word in a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reglament.frozen import frozen
from reglament.model.moments import MICROSECOND, in_zone, micros, moment_at
from reglament.model.values import UNROUNDED, Kind, Period, TimeOfDay

Array: TypeAlias = npt.NDArray[Any]

# What is known of a value: it is missing, null, or told; or only the engine can say.
MISSING, NULL, TOLD, UNDEFINED = range(4)

FIRST_DAY = date(1970, 1, 1).toordinal()
FEW = 1 << 22
SEVERAL, MANY = 1 << 10, 1 << 18  # keys of rows: so many are worth numbering anew
PLACES = 8  # of a table for each row: with more, from 2,000 to 131,072 rows, sorting is quicker


@dataclass(slots=True)
class Coding:
    """How the values of a vector are numbers: of a kind, in a zone, in decimal places; or words."""

    kind: Kind | None = None
    zone: ZoneInfo | None = None
    places: int = 0
    words: Sequence[Any] | None = None

    def value(self, number: int) -> Any:
        """The value of Python that the number stands for."""
        if self.words is not None:
            return self.words[number]
        assert self.kind is not None
        if self.kind is Kind.DATETIME:
            return in_zone(moment_at(number), self.zone or UTC)
        if self.kind is Kind.DECIMAL:
            return Decimal(number).scaleb(-self.places)
        return _VALUES[self.kind](number)

    def number(self, value: Any) -> int | None:
        """The number of the value; None where this coding has none for it."""
        if self.words is not None or self.kind is None:
            return None
        if self.kind is Kind.DECIMAL:
            return _scaled(value, self.places)
        python, number = _NUMBERS[self.kind]
        return number(value) if type(value) is python else None

    @property
    def listed(self) -> Sequence[Any] | None:
        """The value of each number, where there are no more than words, or no and yes."""
        return (False, True) if self.kind is Kind.BOOLEAN else self.words

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Coding)
            and self.kind is not None
            and self.words is None
            and other.words is None
            and (self.kind, self.places) == (other.kind, other.places)
        )


def _scaled(value: Any, places: int) -> int | None:
    if type(value) not in (int, Decimal):
        return None
    scaled = UNROUNDED.scaleb(Decimal(value), places)
    return int(scaled) if scaled == scaled.to_integral_value() and abs(scaled) < 1 << 62 else None


_VALUES: dict[Kind, Callable[[int], Any]] = {
    Kind.BOOLEAN: bool,
    Kind.INTEGER: int,
    Kind.DATE: lambda day: date.fromordinal(int(day) + FIRST_DAY),
    Kind.TIME: lambda number: TimeOfDay.at(int(number)),
    Kind.DURATION: lambda number: int(number) * MICROSECOND,
    Kind.PERIOD: lambda months: Period(int(months)),
}
_NUMBERS: dict[Kind, tuple[type, Callable[[Any], int]]] = {
    Kind.BOOLEAN: (bool, int),
    Kind.INTEGER: (int, int),
    Kind.DATE: (date, lambda day: day.toordinal() - FIRST_DAY),
    Kind.DATETIME: (datetime, micros),
    Kind.TIME: (TimeOfDay, lambda clock: clock.micros),
    Kind.DURATION: (timedelta, lambda span: span // MICROSECOND),
    Kind.PERIOD: (Period, lambda period: period.months),
}
KIND_OF: dict[type, Kind] = {python: kind for kind, (python, _) in _NUMBERS.items()}


@dataclass
class Vector:
    """What is known of a value row by row (`state`), and its number where it is told."""

    state: Array
    data: Array
    coding: Coding

    def __len__(self) -> int:
        return len(self.state)

    def value(self, row: int) -> Any:
        """The value of Python in the row; null where it is not told."""
        return self.coding.value(int(self.data[row])) if self.state[row] == TOLD else None

    def take(self, rows: Array) -> Vector:
        """The same of some of the rows alone."""
        return Vector(self.state.take(rows), self.data.take(rows), self.coding)

    def spread(self, rows: Array, count: int) -> Vector:
        """The same at these of so many rows, of which others miss it."""
        state, data = np.full(count, MISSING, np.uint8), np.zeros(count, self.data.dtype)
        state[rows], data[rows] = self.state, self.data
        return Vector(state, data, self.coding)

    @cached_property
    def is_told_everywhere(self) -> bool:
        """Whether it is told in every row, and not null."""
        return not len(self.state) or bool(self.state.min() == TOLD == self.state.max())

    @cached_property
    def listed(self) -> Array:
        """The number of each value among `coding.listed`; null is past the last, then missing."""
        if self.is_told_everywhere:
            return self.data
        count = len(self.coding.listed or ())
        found: Array = self.data.astype(np.int32) * (self.state == TOLD)
        found += (self.state == NULL) * np.int32(count)
        found += (self.state == MISSING) * np.int32(count + 1)
        return found

    @cached_property
    def lacks(self) -> Array | None:
        """Where it is missing, or only the engine can say; None where that is nowhere."""
        if self.is_told_everywhere:
            return None
        missing: Array = (self.state == MISSING) | (self.state == UNDEFINED)
        return missing if missing.any() else None

    @cached_property
    def undefined(self) -> Array | None:
        """Where only the engine can say; None where that is nowhere."""
        if not len(self.state) or self.state.max() < UNDEFINED:
            return None
        return np.asarray(self.state == UNDEFINED)


def taken(table: Array, numbers: Array) -> Array:
    """What the table has under each of the numbers, none of which is below zero; not to be changed.

    Arrow takes by small numbers as they are; NumPy first makes numbers of 64 bits of them. They
    are checked here, since Arrow's own check takes as long as all the rest.
    Raises IndexError for a number below zero or past the table.
    """
    is_signed = numbers.dtype.kind == "i"
    if len(numbers) and (
        int(numbers.max()) >= len(table) or (is_signed and int(numbers.min()) < 0)
    ):
        raise IndexError(f"{len(table)} places, numbers to {int(numbers.max())}")
    found = pc.take(pa.array(table), pa.array(numbers), boundscheck=False)
    return np.asarray(found.to_numpy())


def every_of(masks: Iterable[Array | None]) -> Array | None:
    """Where all of them hold, of which None holds everywhere; None where that is everywhere."""
    several = [mask for mask in masks if mask is not None]
    return np.logical_and.reduce(several) if several else None


def some_of(masks: Iterable[Array | None]) -> Array | None:
    """Where one of them holds, of which None holds nowhere; None where that is nowhere."""
    several = [mask for mask in masks if mask is not None]
    return np.logical_or.reduce(several) if several else None


def chosen(rows: Array, one: Array, other: Array) -> Array:
    """The numbers of `one` in these rows, and of `other` elsewhere; of one type.

    Computed: where rows are mixed, to choose takes ten times as long.
    """
    found = one - other
    found *= rows
    found += other
    return found


class ConstantVectors:
    """Vectors that have one value in every row."""

    def __init__(self, count: int, zone: ZoneInfo) -> None:
        self.count, self.zone = count, zone

    def vector(self, value: Any) -> Vector:
        """The vector of the value."""
        if value is None:
            return self._filled(NULL, 0, Coding(words=()))
        kind = KIND_OF.get(type(value))
        coding = Coding(words=(value,)) if kind is None else Coding(kind, self.zone)
        number = coding.number(value)
        return self._filled(TOLD, number or 0, coding)

    def _filled(self, state: int, number: int, coding: Coding) -> Vector:
        states = np.broadcast_to(np.uint8(state), (self.count,))
        return Vector(states, np.broadcast_to(np.int64(number), (self.count,)), coding)


def coded(values: Sequence[Any], zone: ZoneInfo) -> tuple[Array, Array, Coding]:
    """The states, the numbers and the coding of values of Python; null stands for null."""
    states = np.fromiter((NULL if one is None else TOLD for one in values), np.uint8, len(values))
    types = {type(one) for one in values} - {type(None)}
    kind = KIND_OF.get(next(iter(types))) if len(types) == 1 else None
    if kind is not None:
        coding = Coding(kind, zone)
        _, number = _NUMBERS[kind]
        numbers: Iterable[int] = (0 if one is None else number(one) for one in values)
        return states, np.fromiter(numbers, np.int64, len(values)), coding
    words: dict[Any, int] = {}
    codes = (0 if one is None else words.setdefault(one, len(words)) for one in values)
    data = np.fromiter(codes, np.int64, len(values))
    return states, data, Coding(words=tuple(words))


@dataclass
class Groups:
    """Rows that are alike: the number of the group of each row, and a first row of each group."""

    of: Array
    first: Array


Part: TypeAlias = tuple[Array, int]  # numbers from 0 up to, without, the second


def part_of(vector: Vector) -> Part:
    """What is known in each row as numbers, small ones if there are few; null is one of them."""
    data = vector.data
    if vector.is_told_everywhere:
        return dense(data)
    is_told = vector.state == TOLD
    first = data[is_told.argmax()]  # of nothing told any will do
    codes, size = dense(chosen(is_told, data, np.full_like(data, first)))
    codes = codes.astype(np.int64)
    return chosen(is_told, codes, size + vector.state.astype(np.int64)), size + 4


def dense(data: Array) -> Part:
    """The numbers without gaps that matter."""
    if not len(data):
        return data, 1
    least, most = int(data.min()), int(data.max())
    if most - least < max(FEW, 4 * len(data)):
        return data - least, most - least + 1
    values, codes = np.unique(data, return_inverse=True)
    return codes, len(values)


def grouped(parts: Iterable[Part], count: int) -> Groups:
    """The rows that are alike in every part."""
    key, size = np.zeros(count, np.int64), 1
    for codes, more in parts:
        if size > SEVERAL and size * more > MANY:  # small numbers are grouped by a table
            groups = _groups(key, size)
            key, size = groups.of, max(len(groups.first), 1)
        if size * more >= 1 << 62:
            codes, more = dense(np.unique(codes, return_inverse=True)[1])
        key *= more
        key += codes
        size *= more
    return _groups(key, size)


def _groups(key: Array, size: int) -> Groups:
    count = len(key)
    if size > max(SEVERAL, PLACES * count):
        _, first, of = np.unique(key, return_index=True, return_inverse=True)
        return Groups(of, first)
    rows = np.full(size, -1, np.int32)
    rows[key[::-1]] = np.arange(count - 1, -1, -1, dtype=np.int32)
    is_there = rows >= 0
    numbers = np.cumsum(is_there, dtype=np.int32)
    numbers -= 1
    return Groups(numbers[key].astype(np.int64), rows[is_there].astype(np.int64))


def column_of(values: list[Any], type_: pa.DataType) -> pa.Array:
    """A column of values of Python; tuples are lists, periods are texts."""
    return pa.array(map(_as_text, values) if _holds_texts(type_) else values, type_)


def _holds_texts(type_: pa.DataType) -> bool:
    inner = [type_.field(n).type for n in range(type_.num_fields)]
    return bool(type_ == pa.string()) or any(map(_holds_texts, inner))


def _as_text(value: Any) -> Any:
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _as_text(part) for name, part in value.items()}
    return [*map(_as_text, value)] if isinstance(value, list | tuple) else value


def array_of(vector: Vector, type_: pa.DataType) -> pa.Array:
    """The values as a column of the type, null where they are not told.

    Raises ArrowInvalid where a value does not fit.
    """
    nulls = vector.state != TOLD
    coding = vector.coding
    if coding.words is not None:
        words = column_of(list(coding.words), type_)
        return words.take(pa.array(vector.data, pa.int64(), mask=nulls))
    if coding.kind is Kind.BOOLEAN:
        return pa.array(vector.data.astype(bool), type_, mask=nulls)
    if coding.kind is Kind.DATE:
        return pa.array(vector.data.astype(np.int32), pa.int32(), mask=nulls).cast(type_)
    if coding.kind in (Kind.DECIMAL, Kind.PERIOD):
        values = [None if vector.state[i] != TOLD else vector.value(i) for i in range(len(vector))]
        return column_of(values, type_)
    numbers = pa.array(vector.data.astype(np.int64, copy=False), pa.int64(), mask=nulls)
    return numbers.cast(type_)


@frozen
class Possible:
    """The values that may come out in `count` rows.

    `vectors` has one of them all, of which each row has a stretch by `offsets`; else one of the
    rows for each value that may come out.
    """

    vectors: tuple[Vector, ...]
    count: int
    offsets: Array | None = None

    def column(self, type_: pa.DataType) -> pa.Array:
        """As a column of lists: in each row the values in their order, null last."""
        if self.offsets is not None:
            values = array_of(self.vectors[0], type_.value_type)
            return pa.ListArray.from_arrays(pa.array(self.offsets, pa.int32()), values, type_)
        return column_of([self._listed(row) for row in range(self.count)], type_)

    def _listed(self, row: int) -> list[Any]:
        told = sorted(vector.value(row) for vector in self.vectors if vector.state[row] == TOLD)
        return [*told, None] if any(vector.state[row] == NULL for vector in self.vectors) else told
