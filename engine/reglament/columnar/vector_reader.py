"""From a column of a table to the values of a fact: plain ones at once, odd ones left to others.

What is accepted here the reader of requests accepts with the same value. A row whose value is
told in an unusual way, or is wrong, is marked as odd: the row as a whole is then decided, or
refused, by the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat

from reglament.columnar.decided_columns import MOST_DIGITS
from reglament.columnar.fact_columns import FactColumn, NullMeans, column_at
from reglament.columnar.vectors import (
    FIRST_DAY,
    MISSING,
    NULL,
    TOLD,
    Array,
    Coding,
    Vector,
    coded,
)
from reglament.columnar.zone_clock import DAY, clock_of
from reglament.language.requests.fact_table import FactTable
from reglament.language.requests.told_moments import FIRST_YEAR, LAST_YEAR, has_offset
from reglament.language.syntax.mismatch import Unfit
from reglament.model.regulation import Fact
from reglament.model.values import LARGEST, LONGEST, Kind

FIRST_DAY_TOLD, LAST_DAY_TOLD = (
    date(year, month, day).toordinal() - FIRST_DAY
    for year, month, day in ((FIRST_YEAR, 1, 2), (LAST_YEAR, 12, 30))
)
_LONGEST = int(LONGEST.total_seconds()) * 1_000_000


@dataclass(slots=True)
class ReadFact:
    """The values of a fact; where a row is `odd`, and where a moment is told without its offset."""

    vector: Vector
    odd: Array
    lacks_offset: Array | None = None


class VectorReader:
    """Reads columns as the facts of one version."""

    def __init__(self, table: FactTable, null: NullMeans) -> None:
        self.table, self.null = table, null

    def read(self, batch: pa.RecordBatch | pa.Table, column: FactColumn, fact: Fact) -> ReadFact:
        """The values of the fact in a column."""
        values = column_at(batch, column.path)
        state = self.states(batch, column, fact)
        if pat.is_dictionary(values.type):
            found = self._by_words(fact, values)
        else:
            found = self._by_kind(fact, values) or self._by_words(fact, values)
        found.vector.state = state
        found.odd = (found.odd & (state == TOLD)) | ((state == NULL) & (not fact.is_nullable))
        return found

    def states(self, batch: pa.RecordBatch | pa.Table, column: FactColumn, fact: Fact) -> Array:
        """What is told in each row; as the rows of the engine have it."""
        nulls = column_at(batch, column.path).is_null().to_numpy(zero_copy_only=False)
        if not nulls.any():
            return np.full(len(nulls), TOLD, np.uint8)
        reads_null = self.null == "told" and fact.is_nullable
        if column.told is None:
            is_told = ~nulls | reads_null
        else:
            told = column_at(batch, column.told)
            said = pc.fill_null(told, reads_null).to_numpy(zero_copy_only=False)
            is_told = ~nulls | said.astype(bool)
        return np.where(is_told, np.where(nulls, NULL, TOLD), MISSING).astype(np.uint8)

    # By kinds of columns

    def _by_kind(self, fact: Fact, values: pa.Array) -> ReadFact | None:
        """The values of a column that holds just such; None where it has to be looked at closer."""
        kind, type_ = fact.type.kind, values.type
        if kind is Kind.BOOLEAN and pat.is_boolean(type_):
            return self._read(fact, pc.fill_null(values, False).cast(pa.int64()))
        if kind is Kind.INTEGER and pat.is_integer(type_) and type_ != pa.uint64():
            return self._read(fact, values.cast(pa.int64()), -LARGEST, LARGEST)
        if kind is Kind.DATE and type_ == pa.date32():
            days = values.cast(pa.int32()).cast(pa.int64())
            return self._read(fact, days, FIRST_DAY_TOLD, LAST_DAY_TOLD)
        if kind is Kind.DATETIME and pat.is_timestamp(type_):
            return self._moments(fact, values)
        if kind is Kind.DURATION and pat.is_duration(type_):
            return self._durations(fact, values)
        if kind is Kind.DECIMAL and (pat.is_decimal(type_) or pat.is_integer(type_)):
            return self._decimals(fact, values)
        return None

    def _read(
        self, fact: Fact, values: pa.Array, least: int | None = None, most: int | None = None
    ) -> ReadFact:
        numbers = _filled(values, 0).to_numpy(zero_copy_only=False)
        return self._within(fact, numbers, least, most)

    def _within(self, fact: Fact, numbers: Array, least: int | None, most: int | None) -> ReadFact:
        """The numbers, odd ones beyond what the engine or the fact takes."""
        coding = Coding(fact.type.kind, self.table.zone, fact.type.places)
        odd = np.zeros(len(numbers), bool)
        for edge, is_least in ((least, True), (most, False)):
            if edge is not None:
                odd |= (numbers < edge) if is_least else (numbers > edge)
        for bound, is_least in ((fact.type.at_least, True), (fact.type.at_most, False)):
            if bound is not None:
                edge = coding.number(bound)
                if edge is None:
                    odd[:] = True
                else:
                    odd |= (numbers < edge) if is_least else (numbers > edge)
        state = np.full(len(numbers), TOLD, np.uint8)
        return ReadFact(Vector(state, numbers, coding), odd)

    def _moments(self, fact: Fact, values: pa.Array) -> ReadFact | None:
        zone = values.type.tz
        micros = _cast(values, pa.timestamp("us", zone))
        if micros is None:
            return None
        numbers = pc.fill_null(micros.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
        edge = (numbers < FIRST_DAY_TOLD * DAY) | (numbers > LAST_DAY_TOLD * DAY)
        numbers = np.where(edge, 0, numbers)
        moved = edge
        if zone is None:
            numbers, twice = clock_of(self.table.zone).from_local(numbers)
            moved = edge | twice
        found = self._within(fact, numbers, None, None)
        found.odd |= moved
        found.lacks_offset = np.full(len(numbers), zone is None)
        return found

    def _durations(self, fact: Fact, values: pa.Array) -> ReadFact | None:
        micros = _cast(values, pa.duration("us"))
        return None if micros is None else self._read(fact, micros.cast(pa.int64()), 0, _LONGEST)

    def _decimals(self, fact: Fact, values: pa.Array) -> ReadFact | None:
        exact = _cast(values, pa.decimal128(MOST_DIGITS, fact.type.places))
        most = LARGEST * 10**fact.type.places
        if exact is None or most >= 1 << 62:
            return None
        # A number of 128 bits is small where its upper half only repeats the sign of the lower.
        halves = np.frombuffer(exact.buffers()[1], np.int64).reshape(-1, 2)
        halves = halves[exact.offset : exact.offset + len(exact)]
        lower, upper = halves[:, 0], halves[:, 1]
        nulls = exact.is_null().to_numpy(zero_copy_only=False)
        numbers = np.where(nulls, 0, lower)
        found = self._within(fact, numbers, -most, most)
        found.odd |= ~nulls & (upper != lower >> 63)
        return found

    # Value by value, each distinct one once

    def _by_words(self, fact: Fact, values: pa.Array) -> ReadFact:
        codes, words = _distinct(values)
        if not words:  # nulls alone
            state, data = np.full(len(values), TOLD, np.uint8), np.zeros(len(values), np.int64)
            return ReadFact(Vector(state, data, Coding(words=())), np.zeros(len(values), bool))
        typed = [self._checked(fact, word) for word in words]
        is_odd = np.array([isinstance(one, Unfit) for one in typed], bool)
        fine = [None if isinstance(one, Unfit) else one for one in typed]
        states, numbers, coding = coded(fine, self.table.zone)
        if coding.words is None and coding.kind is not fact.type.kind:
            coding = Coding(words=tuple(fine))
            numbers = np.arange(len(fine), dtype=np.int64)
        lacks = None
        if fact.type.kind is Kind.DATETIME:
            lacks = np.array([isinstance(one, str) and not has_offset(one) for one in words])[codes]
        vector = Vector(states[codes], numbers[codes], coding)
        return ReadFact(vector, is_odd[codes], lacks)

    def _checked(self, fact: Fact, word: Any) -> Any:
        if word is None:
            return None
        try:
            return self.table.check(fact.name, word)
        except Unfit as unfit:
            return unfit


def _filled(values: pa.Array, value: Any) -> pa.Array:
    return pc.fill_null(values, value) if values.null_count else values


def _cast(values: pa.Array, type_: pa.DataType) -> pa.Array | None:
    """The values in the type, if every one of them is just the same there."""
    try:
        return values.cast(type_)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _distinct(values: pa.Array) -> tuple[Array, list[Any]]:
    """The number of the value of each row, and the values of Python by number."""
    if not pat.is_dictionary(values.type):
        if pat.is_nested(values.type) or pat.is_null(values.type):
            return _distinct_of_python(values.to_pylist())
        values = values.dictionary_encode()
    codes = _filled(values.indices, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    try:
        words = values.dictionary.to_pylist()
    except (pa.ArrowInvalid, ValueError, OverflowError):
        words = [_Unreadable()] * len(values.dictionary)
    return codes, words


class _Unreadable:
    """What Python cannot hold: no reader of facts takes it."""


def _distinct_of_python(values: list[Any]) -> tuple[Array, list[Any]]:
    places: dict[str, int] = {}
    words: list[Any] = []
    codes = np.zeros(len(values), np.int64)
    for row, value in enumerate(values):
        key = repr(value)
        if key not in places:
            places[key] = len(words)
            words.append(value)
        codes[row] = places[key]
    return codes, words
