"""One batch from facts to decisions: what columns settle, then what the engine says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from reglament.columnar.decided_columns import DecidedColumns, DecisionColumn, Problems
from reglament.columnar.judged_rows import JudgedVersion, row_record
from reglament.columnar.keys.class_records import Details, Numbered, class_record
from reglament.columnar.keys.version_keys import BY_ENGINE
from reglament.columnar.reading.fact_columns import FactColumn, NullMeans
from reglament.columnar.row_engine import Row, RowEngine, rows_of
from reglament.columnar.vectors.vector_values import Array, Possible, Vector, array_of, column_of
from reglament.columnar.version_columns import Columns
from reglament.decided import Decided
from reglament.model.decisions import Decision
from reglament.model.outcomes import Outcome, Status
from reglament.model.problems import Problem, Refused


@dataclass(slots=True)
class SharedColumns:
    """What all batches of one evaluator share: columns of facts, decisions, numbered records."""

    engine: RowEngine
    null: NullMeans
    decisions: Mapping[str, Decision]
    value_types: Mapping[str, pa.DataType]
    details: Details
    columns: tuple[FactColumn, ...] = ()
    classes: Numbered = field(default_factory=Numbered)
    rows: Numbered = field(default_factory=Numbered)
    problems: Numbered = field(default_factory=Numbered)
    row_count: int = 0


class WitnessRows:
    """Rows of a part of a batch, at `places`, as the engine decides them."""

    def __init__(self, batch: BatchColumns, places: Array) -> None:
        self.batch, self.places = batch, places

    def __call__(self, row: int) -> Decided:
        """The decisions about a row. Raises Refused."""
        return self.batch.decided(int(self.places[row]))

    def told(self, row: int) -> object:
        """The row as a request tells it, or what is wrong with it."""
        return self.batch.request(int(self.places[row]))

    def prepare(self, rows: list[int]) -> None:
        """Read rows that will be asked for together, which is quicker."""
        self.batch.prepare(self.places[np.array(rows, np.int64)].tolist())


class BatchColumns:
    """The columns of a batch while they are made."""

    def __init__(self, run: SharedColumns, batch: pa.RecordBatch | pa.Table) -> None:
        self.run, self.batch, self.count = run, batch, batch.num_rows
        self.rows = np.full(self.count, BY_ENGINE, np.int32)
        self.errors = np.full(self.count, BY_ENGINE, np.int32)
        self.classes: dict[str, Array] = {}
        # Where a row's version has no such decision, there is nothing to say.
        self.is_absent = {name: np.zeros(self.count, bool) for name in run.decisions}
        self.values: dict[str, list[tuple[Array, Vector]]] = {n: [] for n in run.value_types}
        self.told: dict[str, dict[int, Any]] = {name: {} for name in run.value_types}
        self.possible: dict[str, dict[int, Any]] = {name: {} for name in run.value_types}
        self.listed: dict[str, list[tuple[Array, Possible]]] = {n: [] for n in run.value_types}
        # No `Memo` of a method: that would be a circle, and a batch wait for the collector.
        self._decided: dict[int, Decided] = {}
        self._read: dict[int, Row | Problem] = {}
        self.by_engine = 0

    def prepare(self, places: list[int]) -> None:
        """Read the rows at these places."""
        new = [place for place in places if place not in self._read]
        if not new:
            return
        batch = self.batch.take(pa.array(new, pa.int64()))
        rows = rows_of(batch, self.run.columns, self.run.null)
        self._read.update(zip(new, rows, strict=True))

    def request(self, place: int) -> Row | Problem:
        """The row at the place as a request tells it, or what is wrong with it."""
        if place not in self._read:
            self.prepare([place])
        return self._read[place]

    def decided(self, place: int) -> Decided:
        """The decisions about the row at the place. Raises Refused."""
        found = self._decided.get(place)
        if found is None:
            row = self.request(place)
            if isinstance(row, Problem):
                raise Refused([row])
            found = self._decided[place] = self.run.engine.decide(row)
        return found

    # By columns

    def judge(
        self, version: JudgedVersion, places: Array, source: Array, wanted: Mapping[str, bool]
    ) -> None:
        """Settle what the columns of the version can; make the values of the decisions wanted."""
        is_whole = len(places) == self.count
        batch = self.batch if is_whole else self.batch.take(pa.array(places))
        rows, columns = version.judge(
            batch,
            self.run.columns,
            source if is_whole else source[places],
            WitnessRows(self, places),
            wanted,
        )
        if is_whole:
            self.rows = rows
        else:
            self.rows[places] = rows
        for name in self.run.decisions:
            if name in columns:
                self._take(name, columns[name], places, wanted)
            else:
                self.is_absent[name][places] = name not in version.version.decisions

    def _take(self, name: str, columns: Columns, places: Array, wanted: Mapping[str, bool]) -> None:
        if len(places) == self.count:
            self.classes[name] = columns.classes
        else:
            self._own(name)[places] = columns.classes
        if name in wanted:
            self.values[name].append((places, columns.outcome))
            self.listed[name] += [(places[rows], listed) for rows, listed in columns.possible]

    def _own(self, name: str) -> Array:
        """The classes of a decision, to be changed."""
        if name not in self.classes:
            self.classes[name] = np.full(self.count, BY_ENGINE, np.int32)
        elif not self.classes[name].flags.writeable:
            self.classes[name] = self.classes[name].copy()
        return self.classes[name]

    # By the engine, row by row

    def decide_rest(self) -> None:
        """Ask the engine for whatever the columns did not settle, row by row."""
        left = self.rows == BY_ENGINE
        for name in self.run.decisions:
            classes = self.classes[name] if name in self.classes else self._own(name)
            if classes.min(initial=0) == BY_ENGINE:
                left |= (classes == BY_ENGINE) & ~self.is_absent[name]
        places = np.flatnonzero(left)
        self.by_engine = len(places)
        if not len(places):
            return
        run = self.run
        self.classes = {name: self._own(name) for name in run.decisions}
        batch = self.batch.take(pa.array(places))
        rows = rows_of(batch, run.columns, run.null)
        for place, row in zip(places.tolist(), rows, strict=True):
            self._decide_row(place, row)

    def _decide_row(self, place: int, row: Row | Problem) -> None:
        if isinstance(row, Problem):
            self._refuse(place, (row,))
            return
        try:
            decided = self.run.engine.decide(row)
        except Refused as refused:
            self._refuse(place, refused.problems)
            return
        if self.rows[place] == BY_ENGINE:
            record = row_record(decided)
            self.rows[place] = self.run.rows.number(record, row)
        for name, classes in self.classes.items():
            if classes[place] == BY_ENGINE and name in decided.version.decisions:
                classes[place] = self._number(name, place, decided, row)

    def _number(self, name: str, place: int, decided: Decided, row: Row) -> int:
        outcome: Outcome = decided[name]
        is_computed = name in self.values
        if is_computed:
            if outcome.status is Status.DETERMINED:
                self.told[name][place] = outcome.outcome
            elif outcome.status is Status.UNDETERMINED:
                self.possible[name][place] = outcome.possible
        record = class_record(
            decided.version, outcome, is_computed=is_computed, details=self.run.details
        )
        return self.run.classes.number(record, row)

    def _refuse(self, place: int, problems: Problems) -> None:
        self.errors[place] = self.run.problems.number(
            problems, {"row": self.run.row_count + place + 1}
        )
        self.rows[place] = BY_ENGINE
        for classes in self.classes.values():
            classes[place] = BY_ENGINE

    # As columns of Arrow

    def columns(self, wanted: Mapping[str, bool]) -> DecidedColumns:
        """What became of every row, with the values wanted; the rows of each class are counted."""
        run = self.run
        run.rows.count(self.rows)
        run.problems.count(self.errors)
        for classes in self.classes.values():
            run.classes.count(classes)
        decisions = dict(self._decisions(wanted))
        return DecidedColumns(self.count, decisions, _numbers(self.rows), _numbers(self.errors))

    def _decisions(self, wanted: Mapping[str, bool]) -> Iterator[tuple[str, DecisionColumn]]:
        for name in self.run.decisions:
            classes, type_ = self.classes[name], self.run.value_types.get(name)
            if type_ is None or name not in wanted:
                yield name, DecisionColumn(_numbers(classes))
                continue
            possible = self._possible(name, type_) if wanted[name] else None
            yield name, DecisionColumn(_numbers(classes), self._values(name, type_), possible)

    def _values(self, name: str, type_: pa.DataType) -> pa.Array:
        parts = [(places, array_of(vector, type_)) for places, vector in self.values[name]]
        return self._together([*parts, *_by_place(self.told[name], type_)], type_)

    def _possible(self, name: str, type_: pa.DataType) -> pa.Array:
        type_ = pa.list_(type_)
        parts = [(places, one.column(type_)) for places, one in self.listed[name]]
        return self._together([*parts, *_by_place(self.possible[name], type_)], type_)

    def _together(self, parts: list[tuple[Array, pa.Array]], type_: pa.DataType) -> pa.Array:
        """Of each row the last part that has it; null where none has."""
        if not parts:
            return pa.nulls(self.count, type_)
        if len(parts) == 1 and len(parts[0][0]) == self.count:
            return parts[0][1]
        every = pa.concat_arrays([values for _, values in parts])
        at, start = np.full(self.count, BY_ENGINE, np.int64), 0
        for places, values in parts:
            at[places] = np.arange(start, start + len(values))
            start += len(values)
        return every.take(pa.array(at, mask=at == BY_ENGINE))


def _by_place(values: dict[int, Any], type_: pa.DataType) -> Iterator[tuple[Array, pa.Array]]:
    if values:
        yield np.fromiter(values, np.int64, len(values)), column_of(list(values.values()), type_)


def _numbers(found: Array) -> pa.Array:
    has_nulls = found.min(initial=0) == BY_ENGINE
    return pa.array(found, pa.int32(), mask=found == BY_ENGINE if has_nulls else None)
