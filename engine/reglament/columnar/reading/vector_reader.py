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
import pyarrow.types as pat

from reglament.columnar.decided_columns import MOST_DIGITS
from reglament.columnar.reading.arrow_cells import numbers, told_cells, truths
from reglament.columnar.reading.fact_columns import FactColumn, NullMeans, column_at
from reglament.columnar.vectors.vector_values import (
    FIRST_DAY,
    NULL,
    TOLD,
    Array,
    Coding,
    Vector,
    coded,
)
from reglament.columnar.vectors.zone_clock import DAY, clock_of
from reglament.language.requests.fact_table import FactTable
from reglament.language.requests.told_moments import has_offset
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.model.moments import FIRST_YEAR, LAST_YEAR
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
        state = self._states(batch, column, fact, values)
        if pat.is_dictionary(values.type):
            found = self._by_words(fact, values)
        else:
            found = self._by_kind(fact, values) or self._by_words(fact, values)
        found.vector = Vector(state, found.vector.data, found.vector.coding)
        if not found.vector.is_told_everywhere:
            found.odd &= state == TOLD
            if not fact.is_nullable:
                found.odd |= state == NULL
        return found

    def states(self, batch: pa.RecordBatch | pa.Table, column: FactColumn, fact: Fact) -> Array:
        """What is told in each row; as the rows of the engine have it."""
        return self._states(batch, column, fact, column_at(batch, column.path))

    def _states(
        self, batch: pa.RecordBatch | pa.Table, column: FactColumn, fact: Fact, values: pa.Array
    ) -> Array:
        told = told_cells(values)
        if told is None:
            return np.full(len(values), TOLD, np.uint8)
        found: Array = told.view(np.uint8) * np.uint8(TOLD)
        reads_null = self.null == "told" and fact.is_nullable
        if column.told is None:
            return found | (~told).view(np.uint8) if reads_null else found
        said = column_at(batch, column.told)
        is_null, cells = truths(said).view(bool), told_cells(said)
        if cells is not None and reads_null:
            is_null = is_null | ~cells
        return found | (is_null & ~told).view(np.uint8)

    # By kinds of columns

    def _by_kind(self, fact: Fact, values: pa.Array) -> ReadFact | None:
        """The values of a column that holds just such; None where it has to be looked at closer."""
        kind, type_ = fact.type.kind, values.type
        if kind is Kind.BOOLEAN and pat.is_boolean(type_):
            return self._within(fact, truths(values), None, None)
        if kind is Kind.INTEGER and pat.is_integer(type_) and type_ != pa.uint64():
            cells = numbers(values.cast(pa.int64()), np.int64)
            return self._within(fact, cells, -LARGEST, LARGEST)
        if kind is Kind.DATE and type_ == pa.date32():
            days = numbers(values, np.int32).astype(np.int64)
            return self._within(fact, days, FIRST_DAY_TOLD, LAST_DAY_TOLD)
        if kind is Kind.DATETIME and pat.is_timestamp(type_):
            return self._moments(fact, values)
        if kind is Kind.DURATION and pat.is_duration(type_):
            return self._durations(fact, values)
        if kind is Kind.DECIMAL and (pat.is_decimal(type_) or pat.is_integer(type_)):
            return self._decimals(fact, values)
        return None

    def _within(self, fact: Fact, cells: Array, least: int | None, most: int | None) -> ReadFact:
        """The numbers, odd ones beyond what the engine or the fact takes."""
        coding = Coding(fact.type.kind, self.table.zone, fact.type.places)
        odd = np.zeros(len(cells), bool)
        if least is not None and cells.min(initial=least) < least:
            odd |= cells < least
        if most is not None and cells.max(initial=most) > most:
            odd |= cells > most
        for bound, is_least in ((fact.type.at_least, True), (fact.type.at_most, False)):
            if bound is not None:
                edge = coding.number(bound)
                if edge is None:
                    odd[:] = True
                else:
                    odd |= (cells < edge) if is_least else (cells > edge)
        state = np.full(len(cells), TOLD, np.uint8)
        return ReadFact(Vector(state, cells, coding), odd)

    def _moments(self, fact: Fact, values: pa.Array) -> ReadFact | None:
        zone = values.type.tz
        micros = _cast(values, pa.timestamp("us", zone))
        if micros is None:
            return None
        cells = numbers(micros, np.int64)
        least, most = FIRST_DAY_TOLD * DAY, LAST_DAY_TOLD * DAY
        moved = np.zeros(len(cells), bool)
        if cells.min(initial=least) < least or cells.max(initial=most) > most:
            moved = (cells < least) | (cells > most)
            cells = cells * ~moved
        if zone is None:
            cells, twice = clock_of(self.table.zone).from_local(cells)
            moved |= twice
        found = self._within(fact, cells, None, None)
        found.odd |= moved
        found.lacks_offset = np.full(len(cells), True) if zone is None else None
        return found

    def _durations(self, fact: Fact, values: pa.Array) -> ReadFact | None:
        micros = _cast(values, pa.duration("us"))
        if micros is None:
            return None
        return self._within(fact, numbers(micros, np.int64), 0, _LONGEST)

    def _decimals(self, fact: Fact, values: pa.Array) -> ReadFact | None:
        exact = _cast(values, pa.decimal128(MOST_DIGITS, fact.type.places))
        most = LARGEST * 10**fact.type.places
        if exact is None or most >= 1 << 62:
            return None
        # A number of 128 bits is small where its upper half only repeats the sign of the lower.
        halves = np.frombuffer(exact.buffers()[1], np.int64).reshape(-1, 2)
        halves = halves[exact.offset : exact.offset + len(exact)]
        lower, upper = halves[:, 0], halves[:, 1]
        told = told_cells(exact)
        found = self._within(fact, lower if told is None else lower * told, -most, most)
        found.odd |= upper != lower >> 63  # of nulls too, which nobody asks
        return found

    # Value by value, each distinct one once

    def _by_words(self, fact: Fact, values: pa.Array) -> ReadFact:
        codes, words = _distinct(values)
        if not words:  # nulls alone
            state, data = np.full(len(values), TOLD, np.uint8), np.zeros(len(values), np.int64)
            return ReadFact(Vector(state, data, Coding(words=())), np.zeros(len(values), bool))
        typed = [self._checked(fact, word) for word in words]
        is_odd = np.array([isinstance(one, TypeMismatch) for one in typed], bool)
        fine = [None if isinstance(one, TypeMismatch) else one for one in typed]
        _, of_words, coding = coded(fine, self.table.zone)
        if not coding.words and coding.kind is not fact.type.kind:
            coding = Coding(words=tuple(fine))
        lacks = None
        if fact.type.kind is Kind.DATETIME:
            lacks = np.array([isinstance(one, str) and not has_offset(one) for one in words])[codes]
        is_in_order = coding.words is not None and coding.words == tuple(fine)
        data = codes if is_in_order else of_words.take(codes)
        odd = is_odd.take(codes) if is_odd.any() else np.zeros(len(codes), bool)
        return ReadFact(Vector(np.full(len(codes), TOLD, np.uint8), data, coding), odd, lacks)

    def _checked(self, fact: Fact, word: Any) -> Any:
        if word is None:
            return None
        try:
            return self.table.check(fact.name, word)
        except TypeMismatch as unfit:
            return unfit


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
    codes = numbers(values.indices, values.indices.type.to_pandas_dtype())
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
