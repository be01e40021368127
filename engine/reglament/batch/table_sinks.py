"""From batches of columns to a file that is there whole or not at all, with its digest."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Protocol

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from reglament.batch.table_sources import KINDS, kind_of
from reglament.editing.atomic import replacing
from reglament.messages import Message, ticked
from reglament.model.problems import refusal
from reglament.rendering.plain.plain_values import plain

ENDINGS: Final[Mapping[str, str]] = {
    kind: next(ending for ending, one in KINDS.items() if one == kind)
    for kind in dict.fromkeys(KINDS.values())
}


class BatchWriter(Protocol):
    """What takes batches of one schema."""

    def write_batch(self, batch: pa.RecordBatch) -> object:
        """Take the next rows."""
        ...

    def close(self) -> object:
        """Write what is left."""
        ...


@dataclass(slots=True)
class WrittenFile:
    """A file that was written: its rows, bytes and digest (`sha256:…`)."""

    rows: int = 0
    bytes: int = 0
    digest: str = ""

    def told(self) -> dict[str, Any]:
        """As a manifest tells it."""
        return {"rows": self.rows, "bytes": self.bytes, "digest": self.digest}


class WrittenTable:
    """A table being written; `file` is what was written, once it is whole."""

    def __init__(self, target: Any, kind: str, schema: pa.Schema) -> None:
        self.file = WrittenFile()
        self._hashed = _Hashed(target)
        self._writer = _WRITERS[kind](self._hashed, schema)

    def write(self, batch: pa.RecordBatch) -> None:
        """Write the next rows."""
        self.file.rows += batch.num_rows
        self._writer.write_batch(batch)

    def abandon(self) -> None:
        """Let whatever the writer still writes, when it is forgotten, go nowhere."""
        self._hashed.is_abandoned = True

    def close(self) -> None:
        """Write what is left."""
        self._writer.close()
        self.file.bytes, self.file.digest = self._hashed.size, self._hashed.digest()


@contextmanager
def written_table(path: Path, kind: str, schema: pa.Schema) -> Iterator[WrittenTable]:
    """A table in the place of `path`, which takes batches.

    It is written beside under another name and takes the place at the end, so that whatever
    happens before leaves nothing. Raises Refused where it cannot be written.
    """
    with replacing(path) as made:
        table = WrittenTable(made, kind, schema)
        try:
            yield table
            table.close()
        except BaseException:
            table.abandon()
            raise


def is_folder(output: Path) -> bool:
    """Whether the output is a folder of parts: its name has no ending, or it is one already."""
    return not output.suffix or output.is_dir()


def kind_of_output(path: Path) -> str:
    """What is written into a file of that name. Raises Refused where the name does not say."""
    kind = kind_of(path)
    if kind is None or path.suffix.lower() not in KINDS:
        listed = ticked(KINDS)
        message = Message("table-of-unknown-kind", name=str(path))
        raise refusal("unknown-table", message, Message("table-endings", endings=listed))
    return kind


class _Hashed(io.RawIOBase):
    """A file that is only added to; it knows the digest of what it holds."""

    def __init__(self, file: Any) -> None:
        self._file, self._hash, self.size = file, sha256(), 0
        self.is_abandoned = False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if not self.is_abandoned:
            self._hash.update(data)
            self._file.write(data)
        self.size += memoryview(data).nbytes
        return memoryview(data).nbytes

    def tell(self) -> int:
        return self.size

    def digest(self) -> str:
        return f"sha256:{self._hash.hexdigest()}"


# -- kinds ----------------------------------------------------------------------------------


def parquet_writer(file: Any, schema: pa.Schema, **options: Any) -> BatchWriter:
    """A writer of Parquet. Of columns of few words it keeps no least and greatest one.

    These would take half as long again, and nearly every part of a table has them all.
    """
    measured = [one.name for one in schema if not pa.types.is_dictionary(one.type)]
    made: BatchWriter = pq.ParquetWriter(file, schema, write_statistics=measured, **options)
    return made


def _parquet(file: Any, schema: pa.Schema) -> BatchWriter:
    return parquet_writer(file, schema, compression="zstd", write_page_checksum=True)


def _arrow(file: Any, schema: pa.Schema) -> BatchWriter:
    # A class that comes up later adds a word to a dictionary that was written already.
    options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
    made: BatchWriter = pa.ipc.new_file(file, schema, options=options)
    return made


class _Csv:
    """Writes cells as texts: lists and records as JSON, moments in ISO 8601."""

    def __init__(self, file: Any, schema: pa.Schema) -> None:
        self._types = [_csv_type(one.type) for one in schema]
        fields = zip(schema.names, self._types, strict=True)
        self._schema = pa.schema(list(fields))
        self._writer = arrow_csv.CSVWriter(file, self._schema)

    def write_batch(self, batch: pa.RecordBatch) -> None:
        cells = [
            _csv_cells(column, type_) for column, type_ in zip(batch, self._types, strict=True)
        ]
        self._writer.write_batch(pa.RecordBatch.from_arrays(cells, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


def _csv_type(type_: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(type_):
        return type_.value_type
    is_as_it_is = pa.types.is_integer(type_) or pa.types.is_boolean(type_)
    return type_ if is_as_it_is else pa.string()


def _csv_cells(column: pa.Array, type_: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        return column.dictionary_decode()
    if column.type == type_:
        return column
    return pa.array([cell_text(one) for one in column.to_pylist()], pa.string())


def cell_text(value: Any) -> str | None:
    """A value as a cell of text has it, whatever kind of file it stands in."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list | dict | bool):
        return json.dumps(value, ensure_ascii=False, default=plain_value)
    return str(plain_value(value))


class _JsonLines:
    """Writes an object a row."""

    def __init__(self, file: Any, schema: pa.Schema) -> None:
        self._file = file

    def write_batch(self, batch: pa.RecordBatch) -> None:
        for row in batch.to_pylist():
            line = json.dumps(row, ensure_ascii=False, default=plain_value)
            self._file.write(f"{line}\n".encode())

    def close(self) -> None:
        """Nothing is left."""


def plain_value(value: Any) -> Any:
    """What JSON has no form for, as documents have it: moments in ISO 8601, decimals as text."""
    if isinstance(value, Decimal | date | time | timedelta):
        return plain(value)
    return str(value)


_WRITERS: Final[Mapping[str, Callable[[Any, pa.Schema], BatchWriter]]] = {
    "parquet": _parquet,
    "arrow": _arrow,
    "csv": _Csv,
    "jsonl": _JsonLines,
}
