"""Tables that programs hold, decided: what is given as a frame of one library comes back as one.

A library is known by the class of the table, and imported no sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.layouts import LAYOUTS, LaidOut, Layout, kept_columns
from reglament.columnar.reading.fact_columns import refuse_twice
from reglament.columnar.reading.plain_types import in_plain_types
from reglament.language.syntax.mismatch import kind_of
from reglament.messages import Language, Message, ticked
from reglament.model.problems import Problem, Refused, refusal

ROWS_AT_ONCE: Final = 1 << 17
Decide = Callable[[pa.RecordBatchReader], pa.RecordBatchReader]


@dataclass(slots=True)
class FrameDecider:
    """Decides tables of any kind by one evaluator, in one layout.

    `keep` names the columns of the table that stand before those decided; None keeps all.
    """

    evaluator: ColumnEvaluator
    layout: Layout = "wide"
    keep: Iterable[str] | None = None
    language: Language = "en"

    def decide(self, table: Any) -> Any:
        """The table of the same kind. Raises Refused for a table that does not fit."""
        if self.layout not in LAYOUTS:
            listed = ticked(LAYOUTS)
            raise refusal("layout-unknown", Message("layout-unknown", listed=listed))
        library = type(table).__module__.partition(".")[0].lstrip("_")
        turn = _KINDS.get((library, type(table).__name__))
        if turn is None:
            given = kind_of(table)
            raise refusal("table-unknown", Message("table-unknown", given=given))
        return turn(table, self.read)

    def read(self, rows: pa.RecordBatchReader) -> pa.RecordBatchReader:
        """The rows decided, a batch at a time."""
        schema, plain = in_plain_types(rows.schema, rows)
        if plain is not rows:
            rows = pa.RecordBatchReader.from_batches(schema, plain)
        self.evaluator.bind(rows.schema)
        kept = self._kept(rows.schema)
        laid_out = LaidOut(self.evaluator, self.layout, kept, self.language)
        schema = laid_out.schema
        laid_out.refuse_taken(Message("keep-other-columns"))

        def batches() -> Iterator[pa.RecordBatch]:
            for batch in rows:
                for start in range(0, batch.num_rows, ROWS_AT_ONCE):
                    part = batch.slice(start, ROWS_AT_ONCE)
                    yield laid_out.batch(part, laid_out.decided(part))

        return pa.RecordBatchReader.from_batches(schema, batches())

    def _kept(self, schema: pa.Schema) -> pa.Schema:
        if self.keep is None:
            return schema
        names = [self.keep] if isinstance(self.keep, str) else list(self.keep)
        return kept_columns(schema, self.evaluator, names)


def _table(table: pa.Table, decide: Decide) -> pa.Table:
    whole = table.combine_chunks()
    return decide(whole.to_reader()).read_all().unify_dictionaries()


def _batch(batch: pa.RecordBatch, decide: Decide) -> pa.RecordBatch:
    found = _table(pa.Table.from_batches([batch]), decide)
    arrays = [column.combine_chunks() for column in found.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=found.schema)


def _polars(frame: Any, decide: Decide) -> Any:
    import polars

    try:
        table = frame.to_arrow()
    except pa.ArrowException:
        raise _unread(frame.columns, lambda name: frame[name].to_arrow()) from None
    return polars.from_arrow(_table(table, decide))


def _polars_lazy(frame: Any, decide: Decide) -> Any:
    return _polars(frame.collect(), decide).lazy()


def _pandas(frame: Any, decide: Decide) -> Any:
    """With the index of the frame; whole numbers and truths with nulls stay what they are."""
    import pandas

    table = _of_pandas(frame)
    nullable = {
        pa.int32(): pandas.Int32Dtype(),
        pa.int64(): pandas.Int64Dtype(),
        pa.bool_(): pandas.BooleanDtype(),
    }
    found = _table(table, decide)
    kept = [name for name in found.column_names if name in frame.columns]
    decided = found.drop_columns(kept).to_pandas(types_mapper=nullable.get)
    return pandas.concat([frame[kept], decided.set_index(frame.index)], axis=1)


def _of_pandas(frame: Any) -> pa.Table:
    """The columns of the frame; one that holds nothing, which pandas calls `float64`, is null."""
    refuse_twice(frame.columns)
    try:
        table = pa.Table.from_pandas(frame, preserve_index=False)
    except (pa.ArrowException, TypeError, ValueError):
        raise _unread(frame.columns, lambda name: pa.array(frame[name], from_pandas=True)) from None
    for place, column in enumerate(table.columns):
        if pa.types.is_floating(column.type) and column.null_count == len(column):
            nothing = pa.nulls(len(column))
            table = table.set_column(place, table.column_names[place], nothing)
    return table


def _unread(names: Iterable[Any], read: Callable[[Any], object]) -> Refused:
    """Which columns cannot be read as those of Arrow."""
    problems = []
    for name in names:
        try:
            read(name)
        except (pa.ArrowException, TypeError, ValueError):
            message = Message("column-mixed", name=str(name))
            problems.append(Problem("column-mixed", message, hint=Message("column-leave-out")))
    return Refused(problems)


def _duckdb(relation: Any, decide: Decide) -> Any:
    import duckdb

    return duckdb.from_arrow(_table(relation.to_arrow_table(), decide))


_KINDS: Final[dict[tuple[str, str], Callable[[Any, Decide], Any]]] = {
    ("pyarrow", "Table"): _table,
    ("pyarrow", "RecordBatch"): _batch,
    ("pyarrow", "RecordBatchReader"): lambda reader, decide: decide(reader),
    ("polars", "DataFrame"): _polars,
    ("polars", "LazyFrame"): _polars_lazy,
    ("pandas", "DataFrame"): _pandas,
    ("duckdb", "DuckDBPyRelation"): _duckdb,
}
