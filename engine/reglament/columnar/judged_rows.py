"""The rows of a batch that one version judges: facts read, decided, and what is noted of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from reglament.columnar.keys.class_records import Details, Numbered, RowRecord
from reglament.columnar.keys.version_keys import BY_ENGINE, Ask
from reglament.columnar.reading.fact_columns import FactColumn, NullMeans, column_at
from reglament.columnar.reading.odd_rows import numbered_groups, where_odd
from reglament.columnar.reading.vector_reader import ReadFact, VectorReader
from reglament.columnar.vectors.vector_values import (
    MISSING,
    TOLD,
    Array,
    Coding,
    Part,
    Vector,
    coded,
    grouped,
)
from reglament.columnar.version_columns import Columns, VersionColumns
from reglament.decided import Decided
from reglament.evaluation.evaluator import Evaluator
from reglament.language.requests.fact_table import FactTable
from reglament.language.requests.near import near_words
from reglament.language.requests.request_reader import fact_table
from reglament.memo import Memo
from reglament.model.values import Kind


def row_record(decided: Decided) -> RowRecord:
    """What is said of a row beside its decisions."""
    version, assumed = decided.version, tuple(decided.assumed.items())
    notes = tuple(decided.notes)
    return RowRecord(version.version, version.digest, decided.as_of_source, notes, assumed)


class JudgedVersion:
    """Judges rows by one version; what it learns of one batch serves the next."""

    def __init__(
        self,
        evaluator: Evaluator,
        names: Mapping[str, tuple[bool, Numbered]],
        null: NullMeans,
        records: Numbered,
        details: Details,
    ) -> None:
        self.version = evaluator.version
        self.table: FactTable = fact_table(self.version)
        self.reader = VectorReader(self.table, null)
        self.columns = VersionColumns(evaluator, names, details)
        self.records = records
        self._known: dict[tuple[int, ...], int] = {}
        self._near: Memo[tuple[str, Any], int] = Memo(self._near_of)
        self._nears: dict[object, int] = {}
        self._groups: dict[str, int] = {}

    def judge(
        self,
        batch: pa.RecordBatch | pa.Table,
        columns: tuple[FactColumn, ...],
        source: Array,
        ask: Ask,
        wanted: Mapping[str, bool],
    ) -> tuple[Array, dict[str, Columns]]:
        """The record of each row, and its decisions; `BY_ENGINE` where the engine has to say.

        `source` says where the moment of each came from.

        Of the decisions `wanted` the outcomes are made, and for some what is possible is listed.
        """
        odd = where_odd(batch)
        read: dict[str, ReadFact] = {}
        for column in columns:
            fact = self.version.facts.get(column.fact.name)
            if column.items is not None:  # whether what it says fits, the engine finds
                odd |= column_at(batch, column.path).is_valid().to_numpy(zero_copy_only=False)
                continue
            if fact is None:  # no fact of this version may be told
                odd |= self.reader.states(batch, column, column.fact) != MISSING
                continue
            read[fact.name] = found = self.reader.read(batch, column, fact)
            odd |= found.odd
        facts = {name: self._vector(name, read, batch.num_rows) for name in self.version.facts}
        noted = [source, *self._noted(read, odd)]
        if (groups := numbered_groups(batch, self._groups)) is not None:
            noted.append(groups)
        rows = self._recorded(noted, odd, ask)
        return rows, self.columns.decide(facts, odd, ask, wanted)

    def _vector(self, name: str, read: Mapping[str, ReadFact], count: int) -> Vector:
        """The values of a fact; what is missing is assumed, where the version assumes it."""
        if name in read:
            vector = read[name].vector
        else:
            vector = Vector(np.full(count, MISSING, np.uint8), np.zeros(count, np.int64), Coding())
        if name not in self.version.assumed:
            return vector
        return _filled(vector, self.version.assumed[name], self.table)

    # What is noted

    def _noted(self, read: Mapping[str, ReadFact], odd: Array) -> Iterator[Array]:
        """Of each row, as numbers that are the same in every batch, whatever notes hang on.

        A single number stands for every row.
        """
        nothing = np.zeros(1, np.int64)
        for name, fact in read.items():
            lacks, coding = fact.lacks_offset, fact.vector.coding
            if self.version.facts[name].type.kind is Kind.DATETIME:
                yield nothing if lacks is None else (lacks & _told(fact, odd)).astype(np.int64)
            if name in self.table.vocabularies and coding.words is not None:
                near = np.array([self._near[name, word] for word in coding.words] or [0])
                yield near[fact.vector.data] * _told(fact, odd) if near.any() else nothing
        for name in self.version.assumed:
            if name in read:
                yield (read[name].vector.state == MISSING).astype(np.int64)

    def _near_of(self, told: tuple[str, Any]) -> int:
        """A number for what is near the word that was told of a fact; 0 for nothing."""
        name, word = told
        found = tuple(near_words(self.table.vocabularies[name], word))
        return self._nears.setdefault((name, found), len(self._nears) + 1) if found else 0

    def _recorded(self, noted: list[Array], odd: Array, ask: Ask) -> Array:
        """The record of each row that is not odd."""
        rows = np.full(len(odd), BY_ENGINE, np.int32)
        places = np.flatnonzero(~odd)
        if not len(places):
            return rows
        varied = [one for one in noted if one.min() != one.max()]
        parts: list[Part] = [(one[places], int(one.max()) + 1) for one in varied]
        of, first = np.zeros(1, np.int64), places[:1]
        if parts:
            groups = grouped(parts, len(places))
            of, first = groups.of, places[groups.first]
        every = (np.broadcast_to(one, len(odd)) for one in noted)
        keys = zip(*(one[first].tolist() for one in every), strict=True)
        numbers = [self._numbered(key, int(row), ask) for key, row in zip(keys, first, strict=True)]
        rows[places] = np.array(numbers, np.int32)[of]
        return rows

    def _numbered(self, key: tuple[int, ...], row: int, ask: Ask) -> int:
        found = self._known.get(key)
        if found is None:
            decided = ask(row)
            told: Any = decided.when[2]
            found = self._known[key] = self.records.number(row_record(decided), told)
        return found


def _told(fact: ReadFact, odd: Array) -> Array:
    return np.asarray((fact.vector.state == TOLD) & ~odd)


def _filled(vector: Vector, value: Any, table: FactTable) -> Vector:
    """The vector, with the value where it is missing."""
    missing = vector.state == MISSING
    states, numbers, coding = coded([value], table.zone)
    number = vector.coding.number(value)
    if number is None or coding.words is not None:
        words = (*(vector.coding.words or ()), value)
        kept = vector.coding.words is not None or not (vector.state == TOLD).any()
        if not kept:
            told = [vector.value(row) for row in range(len(vector))]
            states, numbers, coding = coded(told, table.zone)
            return _filled(Vector(vector.state, numbers, coding), value, table)
        data = np.where(missing, len(words) - 1, vector.data)
        return Vector(np.where(missing, states[0], vector.state), data, Coding(words=words))
    data = np.where(missing, number, vector.data)
    return Vector(np.where(missing, states[0], vector.state), data, vector.coding)
