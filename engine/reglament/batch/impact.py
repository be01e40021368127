"""From two versions and a table of requests to how many rows change, from what to what, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reglament.analysis.window import DayWindow
from reglament.batch.log_source import LOG, entry_numbers, is_log, log_source
from reglament.batch.opening import facts_by_column, source_for
from reglament.batch.outcome_counts import outcome_of
from reglament.batch.row_moments import moments_of
from reglament.batch.run import Progress
from reglament.batch.table_sinks import cell_text
from reglament.batch.table_sources import RowSource
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.decided_columns import DecidedColumns
from reglament.columnar.keys.class_records import ClassRecord
from reglament.columnar.layouts import telling
from reglament.frozen import frozen
from reglament.model.regulation import Version
from reglament.policy import Policy

NOTHING: Final = "-"
REFUSED: Final = "refused"


@frozen
class ChangedRows:
    """Rows that change in one way: the outcomes and the rules on either side, the first row.

    `example` has the values of the first row where they are computed row by row.
    """

    decision: str
    before: str
    after: str
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]
    first: int
    example: tuple[str, str] | None = None


@dataclass(slots=True)
class Impact:
    """What changes in a table: rows read, rows that both versions are asked about, rows changed.

    `changes` counts rows by the way in which they change, the most frequent first. Of a log
    (`is_of_log`) the first row of each is the number of its entry.
    """

    is_of_log: bool = False
    rows: int = 0
    compared: int = 0
    changed: int = 0
    changes: dict[ChangedRows, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "rows": self.rows,
            "compared": self.compared,
            "changed": self.changed,
            "changes": [
                {
                    "decision": changed_rows.decision,
                    "before": changed_rows.before,
                    "after": changed_rows.after,
                    "rules_before": list(changed_rows.rules_before),
                    "rules_after": list(changed_rows.rules_after),
                    "rows": count,
                    "first_row": changed_rows.first,
                    "example": None if changed_rows.example is None else list(changed_rows.example),
                }
                for changed_rows, count in self.changes.items()
            ],
        }


@frozen
class ComparedTable:
    """The table whose rows are compared, and how its columns are read."""

    name: str
    null: Any = "missing"
    missing_columns: Any = "refuse"
    mapping: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    lines_key: str | None = None


def impact(
    old: Version,
    new: Version,
    within: DayWindow,
    asked: ComparedTable,
    progress: Progress = lambda done, rows: None,
) -> Impact:
    """What `new` decides differently from `old` of the rows on days that both decide.

    Each row is decided as if the version were in force. A row that does not say when counts.
    Raises Refused for a table that cannot be read.
    """
    evaluators = _by(old, asked), _by(new, asked)
    source = _source(*evaluators, asked.name)
    for evaluator in evaluators:
        evaluator.bind(source.schema)
    found, groups = Impact(is_of_log=source.kind == LOG), _Groups(*evaluators)
    columns = telling(evaluators[0]) | telling(evaluators[1])
    for part in source.parts(columns):
        for batch in part.read():
            mask = _within(evaluators[1], batch, within)
            places = np.flatnonzero(mask)
            chosen = batch.take(pa.array(places))
            sides = [column_evaluator.decide(chosen) for column_evaluator in evaluators]
            entries = entry_numbers(batch)
            numbers = places + found.rows + 1 if entries is None else entries[places]
            found.changed += groups.take(sides[0], sides[1], numbers)
            found.compared += len(places)
            found.rows += batch.num_rows
            progress(found.rows, source.rows)
    found.changes = dict(sorted(groups.counts.items(), key=lambda one: -one[1]))
    return found


def _source(old: ColumnEvaluator, new: ColumnEvaluator, name: str) -> RowSource:
    """The table, or the log, with columns of the facts of both."""
    facts = facts_by_column(old)
    if is_log(name):
        return log_source(name, {**facts, **facts_by_column(new)})
    return source_for(new, name, None, facts)


def _by(version: Version, asked: ComparedTable) -> ColumnEvaluator:
    start = datetime.combine(version.holds_from, time(), ZoneInfo(version.zone))
    return ColumnEvaluator(
        Policy((version,)),
        at=start,
        null=asked.null,
        missing_columns=asked.missing_columns,
        mapping=asked.mapping,
        lines=asked.lines,
        lines_key=asked.lines_key,
        details="rules",
    )


def _within(evaluator: ColumnEvaluator, batch: pa.RecordBatch, within: DayWindow) -> Any:
    """Which rows lie on the days; what is no moment is refused by both sides anyway."""
    everyone = np.ones(batch.num_rows, dtype=bool)
    moments = moments_of(evaluator, batch)
    if moments is None:
        return everyone
    if pa.types.is_timestamp(moments.type):
        moments = pc.local_timestamp(moments) if moments.type.tz is not None else moments
    days = moments.cast(pa.date32(), safe=False)
    inside = pa.array(everyone)
    if within.first is not None:
        inside = pc.and_(inside, pc.greater_equal(days, pa.scalar(within.first)))
    if within.until is not None:
        inside = pc.and_(inside, pc.less(days, pa.scalar(within.until)))
    return np.asarray(pc.fill_null(inside, True))


class _Groups:
    """Counts rows by the way in which they change."""

    def __init__(self, old: ColumnEvaluator, new: ColumnEvaluator) -> None:
        self.old, self.new = old, new
        self.counts: dict[ChangedRows, int] = {}
        self._first: dict[tuple[Any, ...], ChangedRows] = {}

    def take(self, old: DecidedColumns, new: DecidedColumns, rows: Any) -> int:
        """Count the rows of a batch; how many of them change in any decision."""
        changed = np.zeros(len(rows), dtype=bool)
        for name in {**self.old.decisions, **self.new.decisions}:
            sides = _numbers(old, name), _numbers(new, name)
            moved = _moved(old, new, name)
            for before, after, is_moved, places in _alike(*sides, moved):
                example = _example(old, new, name, int(places[0])) if is_moved else None
                if self._count(name, before, after, example, rows[places]):
                    changed[places] = True
        return int(changed.sum())

    def _count(
        self, name: str, before: int, after: int, example: tuple[str, str] | None, rows: Any
    ) -> bool:
        old, new = _Side(self.old, name, before), _Side(self.new, name, after)
        if old.outcome == new.outcome and example is None:
            return False
        key = (name, old.outcome, new.outcome, old.rules, new.rules)
        change = self._first.setdefault(key, ChangedRows(*key, int(rows[0]), example))
        self.counts[change] = self.counts.get(change, 0) + len(rows)
        return True


class _Side:
    """What one version says of rows alike: by the number of a class, -1 where it says nothing."""

    def __init__(self, evaluator: ColumnEvaluator, name: str, number: int) -> None:
        self.outcome, self.rules = NOTHING, tuple[str, ...]()
        if number >= 0:
            record: ClassRecord = evaluator.classes[number]
            self.outcome, self.rules = outcome_of(evaluator, record), record.rules
        elif name in evaluator.decisions:
            self.outcome = REFUSED


def _numbers(decided: DecidedColumns, name: str) -> Any:
    column = decided.decisions.get(name)
    if column is None:
        return np.full(decided.count, -1)
    return np.asarray(pc.fill_null(column.classes, -1))


def _moved(old: DecidedColumns, new: DecidedColumns, name: str) -> Any:
    """Where a value that is computed on both sides, or what is possible of it, is another one."""
    sides = [decided_columns.decisions.get(name) for decided_columns in (old, new)]
    moved = np.zeros(old.count, dtype=bool)
    for column in ("values", "possible"):
        first, second = (getattr(side, column, None) for side in sides)
        if first is not None and second is not None:
            moved |= _differ(first, second)
    return moved


def _differ(first: pa.Array, second: pa.Array) -> Any:
    """Where two columns differ; null is a value of its own."""
    if first.type == second.type and not pa.types.is_nested(first.type):
        differ = pc.fill_null(pc.not_equal(first, second), False)
        return np.asarray(pc.or_(differ, pc.xor(pc.is_null(first), pc.is_null(second))))
    found = np.zeros(len(first), dtype=bool)
    told = np.asarray(pc.or_(pc.is_valid(first), pc.is_valid(second)))
    for place in np.flatnonzero(told):
        found[place] = first[int(place)].as_py() != second[int(place)].as_py()
    return found


def _example(old: DecidedColumns, new: DecidedColumns, name: str, place: int) -> tuple[str, str]:
    """The values that a row gets from either side."""
    cells = []
    for decided in (old, new):
        column = decided.decisions[name]
        value = None if column.values is None else column.values[place].as_py()
        possible = None if column.possible is None else column.possible[place].as_py()
        cells.append(cell_text(possible if value is None and possible else value) or "null")
    return cells[0], cells[1]


def _alike(before: Any, after: Any, moved: Any) -> Iterator[tuple[int, int, bool, Any]]:
    """Rows of the same classes on both sides, and moved alike: their places, in order."""
    if not len(before):
        return
    width = int(after.max()) + 2
    keys = ((before + 1) * width + after + 1) * 2 + moved
    order = np.argsort(keys, kind="stable")
    found, starts = np.unique(keys[order], return_index=True)
    for key, places in zip(found, np.split(order, starts[1:]), strict=True):
        pair, is_moved = divmod(int(key), 2)
        first, second = divmod(pair, width)
        yield first - 1, second - 1, bool(is_moved), places
