"""From SQL in one dialect to SQLite or PostgreSQL, in transactions that are whole or nothing."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from reglament.language.syntax.files import refuse_no_file
from reglament.messages import Message
from reglament.model.problems import needing, refusal
from reglament.storage.addresses import scrubbed, shown_address

LONGEST_PAUSE = 0.05  # seconds between two asks


def address_to_read(path: Path) -> str:
    """The address of a file that is only read, in a folder where nothing may be written too."""
    path = path.absolute()
    mode = "mode=ro"
    if not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists():
        mode = "immutable=1"  # beside it nothing can be made by which readers and writers share it
    return f"{path.as_uri()}?{mode}"


def write_ahead(connection: sqlite3.Connection, seconds: float) -> None:
    """Let readers read while one writes, and a commit return when the data is on the disk.

    SQLite refuses the change at once where someone else is about to write a file that has no such
    log yet, whatever `timeout` says: to wait could be to wait for each other. So it is asked again,
    for `seconds` at most. Raises sqlite3.DatabaseError where the file stays locked for longer, or
    is none of a database; the connection is closed then.
    https://sqlite.org/c3ref/busy_handler.html
    """
    deadline, pause = time.monotonic() + seconds, 0.001
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                connection.close()
                raise
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
    connection.execute("PRAGMA synchronous = FULL")


Row = tuple[Any, ...]
IN_MEMORY: Final = ":memory:"
# Makes a transaction of PostgreSQL wait for the others of this program that ask for it: two that
# make a table at once fail, whether or not they say IF NOT EXISTS. Any number would do.
HELD_ALONE: Final = f"SELECT pg_advisory_xact_lock({0x7265676C616D656E})"
SECONDS_TO_CONNECT = 5
SECONDS_TO_WAIT = 5.0  # for whoever writes the file now


class Unreachable(Exception):
    """The database cannot be reached now; asking again later may help."""


class Transaction(Protocol):
    """What is done in one go."""

    def run(self, sql: str, *values: Any) -> int:
        """Carry the statement out; how many rows it touched."""
        ...

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """What a query finds."""
        ...


class Store:
    """A database: a path, or `postgresql://…`. Statements are written with `?` for values."""

    def __init__(self, where: str, *, is_read: bool = False) -> None:
        """With `is_read` nothing is ever written to it, and no right to write is taken."""
        self.where = where
        self.is_read = is_read
        self.is_postgresql = is_postgresql(where)
        self._connection: Any = None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything inside, or nothing. Raises Unreachable, or Refused, as `clear_errors`."""
        try:
            with clear_errors(self.where), self._begun(self._connect()) as cursor:
                yield _Cursor(cursor, self.is_postgresql)
        except Unreachable:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connection; the next transaction makes another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*_errors(self.where)):
                connection.close()

    def _connect(self) -> Any:
        if self._connection is None:
            self._connection = connect(self.where) if self.is_postgresql else self._sqlite()
        return self._connection

    def _sqlite(self) -> Any:
        if Path(self.where).exists():
            refuse_no_file(Path(self.where), self.where)  # a pipe would be waited for
        if self.is_read:
            address = address_to_read(Path(self.where))
            return sqlite3.connect(address, SECONDS_TO_WAIT, isolation_level=None, uri=True)
        connection = sqlite3.connect(self.where, timeout=SECONDS_TO_WAIT, isolation_level=None)
        # What was accepted from a pipe is nowhere else: it must survive a loss of power.
        write_ahead(connection, SECONDS_TO_WAIT)
        return connection

    def _begin(self) -> str:
        if self.is_postgresql:
            return "BEGIN READ ONLY" if self.is_read else "BEGIN"
        return "BEGIN" if self.is_read else "BEGIN IMMEDIATE"

    @contextmanager
    def _begun(self, connection: Any) -> Iterator[Any]:
        cursor = connection.cursor()
        cursor.execute(self._begin())
        try:
            yield cursor
            cursor.execute("COMMIT")
        except BaseException:
            try:
                cursor.execute("ROLLBACK")
            except _errors(self.where):
                self.close()
            raise
        finally:
            cursor.close()


class _Cursor:
    """A cursor that takes `?` whatever the database."""

    def __init__(self, cursor: Any, is_postgresql: bool) -> None:
        self.cursor = cursor
        self.is_postgresql = is_postgresql

    def run(self, sql: str, *values: Any) -> int:
        """Carry the statement out; how many rows it touched."""
        self.cursor.execute(self._written(sql), values)
        return int(self.cursor.rowcount)

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """What a query finds."""
        self.cursor.execute(self._written(sql), values)
        return list(self.cursor.fetchall())

    def _written(self, sql: str) -> str:
        return sql.replace("?", "%s") if self.is_postgresql else sql


def connect(address: str) -> Any:
    """A connection to PostgreSQL. Raises Unreachable, and Refused for what is no address."""
    with clear_errors(address):
        return driver().connect(address, autocommit=True, connect_timeout=SECONDS_TO_CONNECT)


@contextmanager
def clear_errors(where: str) -> Iterator[None]:
    """Whatever the database says, told without secrets.

    Raises Unreachable where asking again later may help: it is away, or held by somebody else.
    Raises Refused for what stays so: no database, tables of others, no right to these.
    """
    try:
        yield
    except _errors(where) as error:
        why = scrubbed(str(error), where).strip()
        if _may_pass(error):
            raise Unreachable(why) from error
        message = Message(
            "database-refused",
            shown=shown_address(where),
            why=why.partition("\n")[0] or type(error).__name__,
        )
        raise refusal("database-refused", message) from error


def _errors(where: str) -> tuple[type[Exception], ...]:
    return (driver().Error,) if is_postgresql(where) else (sqlite3.Error,)


def _may_pass(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        is_away = isinstance(error, sqlite3.OperationalError)
        return is_away and getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
    psycopg = driver()
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


def is_postgresql(where: str) -> bool:
    """Whether the address is one of PostgreSQL; anything else is the path of a file."""
    return where.startswith(("postgresql:", "postgres:"))


def driver() -> Any:
    """The driver for PostgreSQL, an extra. Raises Refused where it is not installed."""
    with needing("postgresql"):
        return import_module("psycopg")
