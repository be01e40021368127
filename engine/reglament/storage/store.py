"""From SQL in one dialect to SQLite or PostgreSQL, in transactions that are whole or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from reglament.language.syntax.files import refuse_no_file
from reglament.messages import Message
from reglament.model.problems import Refused, needing, refusal
from reglament.storage.addresses import scrubbed, shown_address
from reglament.storage.write_ahead import write_ahead

Row = tuple[Any, ...]
IN_MEMORY: Final = ":memory:"
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

    def __init__(self, where: str) -> None:
        self.where = where
        self.is_postgresql = where.startswith(("postgresql:", "postgres:"))
        self._connection: Any = None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything inside, or nothing. Raises Unreachable where the database is not there."""
        try:
            connection = self._connect()
            with self._begun(connection) as cursor:
                yield _Cursor(cursor, self.is_postgresql)
        except self._errors() as error:
            self.close()
            raise Unreachable(scrubbed(str(error), self.where)) from error
        except sqlite3.DatabaseError as error:  # the file is none of a database, say
            raise _no_journal(self.where, error) from error

    def close(self) -> None:
        """Let go of the connection; the next transaction makes another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except self._errors():
                return

    def _connect(self) -> Any:
        if self._connection is None:
            self._connection = connect(self.where) if self.is_postgresql else self._sqlite()
        return self._connection

    def _sqlite(self) -> Any:
        if Path(self.where).exists():
            refuse_no_file(Path(self.where), self.where)  # a pipe would be waited for
        connection = sqlite3.connect(self.where, timeout=SECONDS_TO_WAIT, isolation_level=None)
        # What was accepted from a pipe is nowhere else: it must survive a loss of power.
        write_ahead(connection, SECONDS_TO_WAIT)
        return connection

    @contextmanager
    def _begun(self, connection: Any) -> Iterator[Any]:
        cursor = connection.cursor()
        cursor.execute("BEGIN" if self.is_postgresql else "BEGIN IMMEDIATE")
        try:
            yield cursor
            cursor.execute("COMMIT")
        except BaseException:
            try:
                cursor.execute("ROLLBACK")
            except self._errors():
                self.close()
            raise
        finally:
            cursor.close()

    def _errors(self) -> tuple[type[Exception], ...]:
        if not self.is_postgresql:
            return (sqlite3.OperationalError,)
        psycopg = driver()
        return (psycopg.OperationalError, psycopg.InterfaceError)


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
    """A connection to PostgreSQL. Raises Refused for no address, and the driver's errors."""
    psycopg = driver()
    try:
        return psycopg.connect(address, autocommit=True, connect_timeout=5)
    except psycopg.ProgrammingError as error:
        raise _no_journal(address, error) from None


def _no_journal(where: str, error: Exception) -> Refused:
    lines = scrubbed(str(error), where).strip().splitlines() or [type(error).__name__]
    shown = shown_address(where)
    return refusal("journal-refused", Message("not-database-journal", shown=shown, lines=lines[0]))


def driver() -> Any:
    """The driver for PostgreSQL, an extra. Raises Refused where it is not installed."""
    with needing("postgresql"):
        return import_module("psycopg")
