"""From Parquet and Arrow files to their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from reglament.batch.table_sources import (
    ROWS_AT_ONCE,
    Facts,
    Part,
    Rows,
    RowSource,
    reading,
    refuse_other_columns,
)
from reglament.columnar.reading.plain_types import in_plain_types


def parquet_source(name: str, files: Sequence[Path], facts: Facts) -> RowSource:
    """The rows of Parquet files, a part for each of their row groups. Raises Refused.

    Words that tell `facts` come as dictionary columns, as they lie: each is looked at once.
    """
    opened: list[Any] = []
    first: pa.Schema | None = None
    for path in files:
        with reading(str(path)):
            about = pq.read_metadata(path)
            schema = about.schema.to_arrow_schema()
            words = [one.name for one in schema if one.name in facts and one.type == pa.string()]
            one = pq.ParquetFile(
                path, metadata=about, page_checksum_verification=True, read_dictionary=words
            )
        first = schema if first is None else first
        refuse_other_columns(first, schema, str(path))
        opened.append(one)

    def parts(columns: Collection[str]) -> list[Part]:
        pairs = zip(files, opened, strict=True)
        return [part for path, one in pairs for part in _row_groups(str(path), one, columns)]

    rows = sum(one.metadata.num_rows for one in opened)
    return RowSource(name, "parquet", first or pa.schema([]), parts, tuple(files), rows)


def _row_groups(file: str, opened: pq.ParquetFile, columns: Collection[str]) -> Iterator[Part]:
    first = 1
    for number in range(opened.metadata.num_row_groups):
        rows = opened.metadata.row_group(number).num_rows

        def read(number: int = number, first: int = first, rows: int = rows) -> Rows:
            names = [name for name in opened.schema_arrow.names if name in columns]
            with reading(file, first, first + rows - 1):
                yield from opened.iter_batches(ROWS_AT_ONCE, row_groups=[number], columns=names)

        yield Part(file, number, first, rows, read)
        first += rows


def arrow_source(name: str, files: Sequence[Path]) -> RowSource:
    """The rows of Arrow files, or of streams that were written into files. Raises Refused."""
    schemas = [_arrow_schema(path) for path in files]
    for path, schema in zip(files, schemas, strict=True):
        refuse_other_columns(schemas[0], schema, str(path))

    def parts(columns: Collection[str]) -> list[Part]:
        return [_arrow_part(path, columns) for path in files]

    return RowSource(name, "arrow", schemas[0], parts, tuple(files))


def _arrow_part(path: Path, columns: Collection[str]) -> Part:
    def read() -> Rows:
        with reading(str(path)), pa.memory_map(str(path)) as file:
            schema, batches = _opened_arrow(file)
            names = [name for name in schema.names if name in columns]
            for batch in batches:
                for start in range(0, batch.num_rows, ROWS_AT_ONCE):
                    yield batch.slice(start, ROWS_AT_ONCE).select(names)

    return Part(str(path), 0, 1, None, read)


def _arrow_schema(path: Path) -> pa.Schema:
    with reading(str(path)), pa.memory_map(str(path)) as file:
        return _opened_arrow(file)[0]


def _opened_arrow(file: Any) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The batches of a file, or of a stream that was written into one, in plain types."""
    return in_plain_types(*_as_written(file))


def _as_written(file: Any) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    try:
        opened = pa.ipc.open_file(file)
    except pa.ArrowInvalid:
        file.seek(0)
        stream = pa.ipc.open_stream(file)
        return stream.schema, iter(stream)
    numbers = range(opened.num_record_batches)
    return opened.schema, (opened.get_batch(number) for number in numbers)
