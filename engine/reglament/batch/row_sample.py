"""Rows chosen by lot, decided a second time one by one, and compared with what columns gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.decided_columns import DecidedColumns
from reglament.columnar.keys.class_records import class_record
from reglament.columnar.row_engine import rows_of
from reglament.columnar.vectors.vector_values import column_of
from reglament.decided import Decided
from reglament.messages import Message
from reglament.model.outcomes import Status
from reglament.model.problems import Problem, Refused, refusal

MOST_TOLD: Final = 10
Told = Mapping[str, Any]


def lots(first: int, count: int, seed: int) -> Any:
    """A number for each of the rows from `first`, the same for each run with the seed.

    Rows with the smallest numbers are the sample, so a larger one holds the smaller one, and
    nothing hangs on how many rows there are or in which batches they come. The numbers are
    those of splitmix64 (Steele, Lea and Flood 2014) at the row's place.
    """
    with np.errstate(over="ignore"):
        at = np.arange(first, first + count, dtype=np.uint64) + np.uint64(seed)
        mixed = (at + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


def chosen_rows(rows: int, size: int, seed: int) -> list[int]:
    """The numbers, from 0, of the rows of the sample."""
    if size <= 0:
        return []
    found = lots(0, rows, seed)
    chosen = np.argpartition(found, size - 1)[:size] if size < rows else np.arange(rows)
    return sorted(int(one) for one in chosen)


@dataclass(slots=True)
class RowSample:
    """The sample of a run as its rows come: each a request, and what columns say of it."""

    evaluator: ColumnEvaluator
    size: int
    seed: int
    _taken: list[tuple[int, int, Any, dict[str, Any]]] = field(default_factory=list)
    _limit: int = 2**64

    def take(self, first: int, batch: pa.RecordBatch, decided: DecidedColumns) -> None:
        """Take the rows of the batch that belong to the sample so far."""
        if self.size <= 0:
            return
        numbers = lots(first, batch.num_rows, self.seed)
        for place in (
            np.flatnonzero(numbers < self._limit) if self._limit < 2**64 else range(batch.num_rows)
        ):
            place = int(place)
            rows = rows_of(batch.slice(place, 1), self.evaluator.columns, self.evaluator.null)
            said = _said(self.evaluator, decided, place)
            self._taken.append((int(numbers[place]), first + place, next(rows), said))
        self._taken = sorted(self._taken, key=lambda one: one[:2])[: self.size]
        if len(self._taken) == self.size:
            self._limit = self._taken[-1][0]

    def refuse_differences(self) -> None:
        """Decide the sample row by row. Raises Refused with what differs: an internal error."""
        wrong = [
            (row, name)
            for _, row, request, said in self._taken
            for name in differing(said, self._expected(request))
        ]
        if wrong:
            raise refusal("sample-differs", _differs(wrong), Message("sample-differs-report"))

    def _expected(self, request: Told | Problem) -> dict[str, Any]:
        if isinstance(request, Problem):
            return {"error": request.code}
        try:
            return expected(self.evaluator, self.evaluator.decide_row(request))
        except Refused as refused:
            return {"error": refused.problems[0].code}


def expected(evaluator: ColumnEvaluator, decided: Decided) -> dict[str, Any]:
    """What columns should say of it: a class for each decision, and what is computed."""
    found: dict[str, Any] = {"version": decided.version.version}
    for name in evaluator.decisions:
        if name not in decided.version.decisions:
            found[name] = None
            continue
        outcome = decided[name]
        is_computed = name in evaluator.value_types
        found[name] = class_record(decided.version, outcome, is_computed=is_computed)
        if is_computed:
            type_ = evaluator.value_types[name]
            is_open = outcome.status is Status.UNDETERMINED
            found[f"{name}.value"] = _cell(outcome.outcome, type_)
            found[f"{name}.possible"] = _cell(
                outcome.possible if is_open else None, pa.list_(type_)
            )
    return found


def _cell(value: Any, type_: pa.DataType) -> Any:
    return column_of([value], type_)[0].as_py()


def _said(evaluator: ColumnEvaluator, decided: DecidedColumns, place: int) -> dict[str, Any]:
    error = decided.errors[place].as_py()
    if error is not None:
        return {"error": evaluator.problems[error][0].code}
    found: dict[str, Any] = {"version": evaluator.row_records[decided.rows[place].as_py()].version}
    for name, column in decided.decisions.items():
        number = column.classes[place].as_py()
        found[name] = None if number is None else evaluator.classes[number]
        if number is not None and column.values is not None:
            found[f"{name}.value"] = column.values[place].as_py()
            possible = None if column.possible is None else column.possible[place].as_py()
            found[f"{name}.possible"] = possible
    return found


def differing(said: Told, expected: Told) -> Iterator[str]:
    """The names of what differs."""
    for name in {**expected, **said}:
        if said.get(name) != expected.get(name):
            yield name


def _differs(wrong: list[tuple[int, str]]) -> Message:
    rows = ", ".join(f"{row + 1} (`{name}`)" for row, name in wrong[:MOST_TOLD])
    return Message("sample-differs", count=len({row for row, _ in wrong}), rows=rows)
