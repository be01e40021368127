"""From a table or a query of PostgreSQL to its rows, by COPY: one statement, so one snapshot."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pyarrow as pa
import pyarrow.csv as arrow_csv

from reglament.batch.table_sources import ROWS_AT_ONCE, Part, Rows, RowSource
from reglament.columnar.decided_columns import MOST_DIGITS
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message
from reglament.model.problems import Place, Problem, Refused, refusal
from reglament.storage.addresses import scrubbed, shown_address
from reglament.storage.store import driver

_TYPES: Final[Mapping[int, pa.DataType]] = {
    16: pa.bool_(),
    20: pa.int64(),
    21: pa.int64(),
    23: pa.int64(),
    700: pa.float64(),
    701: pa.float64(),
    1082: pa.date32(),
    1114: pa.timestamp("us"),
    1184: pa.timestamp("us", "UTC"),
}
"""By the numbers of PostgreSQL's own types; whatever else there is comes as its text."""
_NUMERIC: Final = 1700


def postgresql_source(url: str, query: str | None) -> RowSource:
    """The rows of `?table=` in the address, of `?query=`, or of `query`. Raises Refused."""
    address, told = _parted(url)
    asked = query or told.get("query") or _of_table(told.get("table"))
    if asked is None:
        raise refusal("table-unnamed", Message("database-without-table"), Message("name-table"))
    asked = asked.rstrip().rstrip(";")
    shown = shown_address(address)
    with _connected(address, shown) as connection:
        schema = _schema(connection, asked, told.get("table"))
    counted = _Counted(address, shown, asked, schema)

    def parts(columns: Collection[str]) -> list[Part]:
        return [Part(shown, 0, 1, None, lambda: counted.rows(columns))]

    return RowSource(shown, "postgresql", schema, parts, digest=counted.digest)


def _parted(url: str) -> tuple[str, dict[str, str]]:
    """The address as the driver takes it, and what is said for us in its query. Raises Refused."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _refused(shown_address(url), str(error)) from error
    told = parse_qsl(parts.query, keep_blank_values=True)
    ours = {key: value for key, value in told if key in ("table", "query")}
    rest = urlencode([(key, value) for key, value in told if key not in ours])
    return urlunsplit(parts._replace(query=rest)), ours


def _of_table(name: str | None) -> str | None:
    if not name:
        return None
    quoted = ".".join('"{}"'.format(part.replace('"', '""')) for part in name.split("."))
    return f"SELECT * FROM {quoted}"


@contextmanager
def _connected(address: str, shown: str) -> Iterator[Any]:
    """A connection that only reads, its text forms settled. Raises Refused for what it refuses."""
    psycopg = driver()
    options = "-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601"
    try:
        with psycopg.connect(address, options=options) as connection:
            connection.read_only = True
            yield connection
    except psycopg.Error as error:
        why = scrubbed(str(error).strip().splitlines()[0], address)
        raise _refused(shown, why) from error


def _refused(shown: str, why: str) -> Refused:
    message = Message("database-refuses", why=why)
    return Refused([Problem("database-refused", message, Place.whole(shown))])


def _schema(connection: Any, query: str, table: str | None) -> pa.Schema:
    from psycopg import errors

    try:
        cursor = connection.execute(f"SELECT * FROM ({query}) AS asked LIMIT 0")
    except errors.UndefinedTable:
        connection.rollback()
        known = "SELECT table_name FROM information_schema.tables WHERE table_schema NOT IN"
        rows = connection.execute(f"{known} ('pg_catalog', 'information_schema')").fetchall()
        hint = suggestion(table or "", (row[0] for row in rows))
        message = Message("database-no-table", name=table or query)
        raise refusal("table-missing", message, hint) from None
    return pa.schema([(one.name, _type(one)) for one in cursor.description])


def _type(column: Any) -> pa.DataType:
    if column.type_code == _NUMERIC and column.precision is not None:
        return pa.decimal128(min(column.precision, MOST_DIGITS), column.scale or 0)
    return _TYPES.get(column.type_code, pa.string())


@dataclass(slots=True)
class _Counted:
    """A query that is read once; the digest is of the bytes that came."""

    address: str
    shown: str
    query: str
    schema: pa.Schema
    _hash: Any = field(default=None)

    def digest(self) -> str | None:
        return None if self._hash is None else f"sha256:{self._hash.hexdigest()}"

    def rows(self, columns: Collection[str]) -> Rows:
        self._hash = sha256()
        wanted = [one for one in self.schema if one.name in columns]
        names = ", ".join('"{}"'.format(one.name.replace('"', '""')) for one in wanted)
        asked = f"COPY (SELECT {names} FROM ({self.query}) AS asked) TO STDOUT (FORMAT csv)"
        with _connected(self.address, self.shown) as connection, connection.cursor() as cursor:
            first = 1
            with cursor.copy(asked) as copy:
                if not wanted:
                    return
                for batch in self._batches(_Stream(copy, self._hash), wanted, first):
                    for start in range(0, batch.num_rows, ROWS_AT_ONCE):
                        yield batch.slice(start, ROWS_AT_ONCE)

    def _batches(self, stream: Any, wanted: list[pa.Field], first: int) -> Rows:
        try:
            yield from arrow_csv.open_csv(
                io.BufferedReader(stream, 1 << 20),
                arrow_csv.ReadOptions(
                    column_names=[one.name for one in wanted], block_size=1 << 23
                ),
                arrow_csv.ParseOptions(newlines_in_values=True),
                arrow_csv.ConvertOptions(
                    column_types={one.name: one.type for one in wanted},
                    null_values=[""],
                    true_values=["t"],
                    false_values=["f"],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                ),
            )
        except StopIteration:
            return
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error):  # so does Arrow call it where no row came
                return
            message = Message("table-cannot-be-read", why=str(error).splitlines()[0])
            raise Refused(
                [Problem("table-unreadable", message, Place.whole(self.shown))]
            ) from error


class _Stream(io.RawIOBase):
    """The bytes of a COPY as a file that is read."""

    def __init__(self, copy: Any, digest: Any) -> None:
        self._blocks = iter(copy)
        self._digest = digest
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._digest.update(block)
            self._rest = memoryview(block)
        size = min(len(into), len(self._rest))
        into[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
