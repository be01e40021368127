"""A table as it is read: its columns, and its rows, a bounded number at a time.

A source is files of one kind (Parquet, Arrow, CSV, JSON Lines), or a table or a query of
PostgreSQL. It falls into parts, each of which is read, decided and written as a whole: a row
group of Parquet, else a file. Whatever cannot be read is told with its file and its row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Final

import pyarrow as pa

from reglament.frozen import frozen
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused
from reglament.model.regulation import Fact

ROWS_AT_ONCE: Final = 1 << 17
"""How many rows are held at a time: enough that columns pay, few enough to fit any memory."""
KINDS: Final[Mapping[str, str]] = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""What a file holds, by the ending of its name."""
SQUEEZED: Final = frozenset({".gz", ".bz2", ".zst", ".lz4"})
DATABASE: Final = ("postgresql://", "postgres://")

Rows = Iterator[pa.RecordBatch]
Facts = Mapping[str, Fact]


@frozen
class Part:
    """A piece of a source: where it stands, how many rows it has if that is known, and they.

    `first` is the number that its first row has in its file, from 1.
    """

    file: str
    number: int
    first: int
    rows: int | None
    read: Callable[[], Rows]

    @property
    def name(self) -> str:
        """`requests.parquet#2`: the third row group of the file."""
        return f"{self.file}#{self.number}"


@frozen
class RowSource:
    """What is read: the columns that there are, and the parts as they are asked for.

    `parts` takes the names of the columns that are needed; `digest` is that of what a query gave,
    once it was read.
    """

    name: str
    kind: str
    schema: pa.Schema
    parts: Callable[[Collection[str]], Sequence[Part]]
    files: tuple[Path, ...] = ()
    rows: int | None = None
    digest: Callable[[], str | None] = field(default=lambda: None)


def kind_of(path: Path) -> str | None:
    """What the file holds, by its name; None where that does not say."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in SQUEEZED:
        suffixes.pop()
    return KINDS.get(suffixes[-1]) if suffixes else None


@contextmanager
def reading(file: str, first: int = 0, last: int = 0) -> Iterator[None]:
    """Whatever the file cannot be read for, told with the rows that are lost. Raises Refused."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        why = (str(error) or type(error).__name__).splitlines()[0]
        if last:
            message = Message("rows-cannot-be-read", first=first, last=last, why=why)
        else:
            message = Message("table-cannot-be-read", why=why)
        raise Refused([Problem("table-unreadable", message, Place.whole(file))]) from error


def refuse_other_columns(first: pa.Schema, other: pa.Schema, file: str) -> None:
    """Raises Refused where a later file has other columns than the first."""
    if first.equals(other):
        return
    types = {one.name: one.type for one in first}
    for one in other:
        if one.name not in types:
            raise _other_column(Message("column-only-there", name=one.name), file)
        if types[one.name] != one.type:
            found, expected = str(one.type), str(types[one.name])
            told = Message("column-of-other-type", name=one.name, found=found, expected=expected)
            raise _other_column(told, file)
    gone = [one.name for one in first if one.name not in other.names]
    if gone:
        raise _other_column(Message("column-not-there", name=gone[0]), file)


def _other_column(message: Words, file: str) -> Refused:
    return Refused([Problem("other-columns", message, Place.whole(file))])
