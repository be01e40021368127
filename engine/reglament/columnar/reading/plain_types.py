"""From types of Arrow that few of its functions take to those by which facts are told.

Texts stand in the place of views of texts, and ISO 8601 in that of intervals, as PostgreSQL tells
them: DuckDB has no other type for a span of time. Views of lists stay, and fit no fact: pyarrow's
cast of them makes lists that are not valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.types as pat


def in_plain_types(
    schema: pa.Schema, batches: Iterator[pa.RecordBatch]
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The schema and its batches with plain types; the same ones where all are plain already."""
    plain = pa.schema([one.with_type(_plain(one.type)) for one in schema], schema.metadata)
    return (schema, batches) if plain == schema else (plain, _plain_batches(batches, plain))


def _plain_batches(batches: Iterable[pa.RecordBatch], plain: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        pairs = zip(batch.columns, plain, strict=True)
        columns = [_as_plain(column, field.type) for column, field in pairs]
        yield pa.RecordBatch.from_arrays(columns, schema=plain)


def _plain(type_: pa.DataType) -> pa.DataType:
    if pat.is_interval(type_):
        return pa.string()
    return _without_views(type_)


def _without_views(type_: pa.DataType) -> pa.DataType:
    """The type with texts in the place of views of texts, at any depth."""
    if pat.is_string_view(type_):
        return pa.string()
    if pat.is_struct(type_):
        return pa.struct([one.with_type(_without_views(one.type)) for one in type_])
    if not (pat.is_list(type_) or pat.is_large_list(type_) or pat.is_fixed_size_list(type_)):
        return type_
    items = type_.value_field.with_type(_without_views(type_.value_type))
    if pat.is_fixed_size_list(type_):
        return pa.list_(items, type_.list_size)
    return pa.list_(items) if pat.is_list(type_) else pa.large_list(items)


def _as_plain(column: pa.Array, type_: pa.DataType) -> pa.Array:
    if column.type == type_:
        return column
    return _texts(column) if pat.is_interval(column.type) else column.cast(type_)


def _texts(intervals: pa.Array) -> pa.Array:
    told = [None if one is None else interval_text(*one) for one in intervals.to_pylist()]
    return pa.array(told, pa.string())


def interval_text(months: int, days: int, nanoseconds: int) -> str:
    """The interval in ISO 8601: `P14M`, `P2DT3H0.5S`; nothing of months is days, nor of days hours.

    What is below zero is written with a sign of its own, which no fact takes.
    """
    sign, rest = ("-", -nanoseconds) if nanoseconds < 0 else ("", nanoseconds)
    minutes, nanos = divmod(rest, 60 * 10**9)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{nanos / 10**9:.9f}".rstrip("0").rstrip(".")
    day = "".join(f"{count}{unit}" for count, unit in ((months, "M"), (days, "D")) if count)
    parts = ((hours, "H"), (minutes, "M"), (nanos and seconds, "S"))
    time = "".join(f"{sign}{count}{unit}" for count, unit in parts if count)
    return f"P{day}{'T' if time else ''}{time}" if day or time else "PT0S"
