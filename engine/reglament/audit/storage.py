"""From the URL of a log to its tables, in a SQLite file or in PostgreSQL, by SQLAlchemy.

Triggers make the database refuse a slip of the hand; here stands also what is left of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.engine import URL

from reglament.language.syntax.files import refuse_no_file
from reglament.messages import Message, ticked
from reglament.model.problems import refusal
from reglament.storage.addresses import shown_address
from reglament.storage.engines import clear_errors, database_url, engine_of
from reglament.storage.store import HELD_ALONE, address_to_read

KEPT = ("reglament_log", "reglament_policies", "reglament_entries")

_ACTS = ("UPDATE", "DELETE")
_BODY = " BEGIN RAISE EXCEPTION 'the log is append-only'; END "
_FUNCTION = f"CREATE FUNCTION reglament_refuse() RETURNS trigger LANGUAGE plpgsql AS\n$${_BODY}$$"
_SQLITE = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
_POSTGRESQL = text(
    "SELECT tgname, tgenabled::text || ' ' || pg_get_triggerdef(pg_trigger.oid) || ' ' || prosrc"
    " FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
    " AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace("
    "current_schema()))"
)


def guards(is_sqlite: bool) -> Iterator[str]:
    """The statements that make the triggers."""
    if is_sqlite:
        yield from _sqlite().values()
        return
    yield _FUNCTION
    for table in KEPT:
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE "
            f"ON {table} EXECUTE FUNCTION reglament_refuse()"
        )


def lost_guards(connection: Connection, is_sqlite: bool) -> list[str]:
    """The names of triggers that are gone, switched off or do something else."""
    if is_sqlite:
        found = {name: _one_line(sql or "") for name, sql in connection.execute(_SQLITE)}
        return [name for name, sql in _sqlite().items() if found.get(name) != _one_line(sql)]
    told = {name: _one_line(what) for name, what in connection.execute(_POSTGRESQL)}
    return [
        f"{table}_kept"
        for table in KEPT
        if not re.fullmatch(_as_postgresql_tells(table), told.get(f"{table}_kept", ""))
    ]


def _sqlite() -> dict[str, str]:
    return {
        f"{table}_{act.lower()}": (
            f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )
        for table in KEPT
        for act in _ACTS
    }


def _as_postgresql_tells(table: str) -> str:
    """A pattern: on for whoever writes, the trigger, and what its function does."""
    return (
        rf"[OA] CREATE TRIGGER {table}_kept BEFORE (DELETE|UPDATE|TRUNCATE)( OR (DELETE|UPDATE|"
        rf"TRUNCATE)){{2}} ON \S*{table} FOR EACH STATEMENT EXECUTE FUNCTION "
        rf"\S*reglament_refuse\(\) {re.escape(_one_line(_BODY))}"
    )


def _one_line(sql: str) -> str:
    return " ".join(sql.split())


METADATA = MetaData()
LOG = Table(
    "reglament_log",
    METADATA,
    Column("identity", Text, primary_key=True),
    Column("format", Integer, nullable=False),
    Column("created", Text, nullable=False),
)
POLICIES = Table(
    "reglament_policies",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("content", Text, nullable=False),
)
ENTRIES = Table(
    "reglament_entries",
    METADATA,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("time", Text, nullable=False, index=True),
    Column("policy", Text),
    Column("body", LargeBinary, nullable=False),  # canonical bytes, deflated (RFC 1950)
    Column("hash", Text, nullable=False),
)
SECRETS = Table(
    "reglament_secrets",
    METADATA,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("value", Text, nullable=False),
)
TABLES = (LOG, POLICIES, ENTRIES, SECRETS)
ALL = frozenset(table.name for table in TABLES)


class Storage:
    """The tables of one log; `missing` are those that it lacks, where that may be (`is_damaged`).

    Raises Refused.
    """

    def __init__(self, url: str, *, create: bool = False, is_damaged: bool = False) -> None:
        self.told = url
        self.url = database_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        with clear_errors(self.told):
            if self.is_sqlite:
                self._refuse_path(create)
            self.writing = engine_of(self.url, immediate=True)
            self.reading = engine_of(self._readable(), immediate=False) if self.is_sqlite else None
            try:
                if create:
                    self._make()
                self.missing = self._missing(is_damaged)
            except BaseException:
                self.close()
                raise

    @property
    def shown(self) -> str:
        """The URL as people may see it, without a password."""
        return str(self.url.database) if self.is_sqlite else shown_address(self.told)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection whose reads all see the log as of one moment."""
        engine = self.reading or self.writing
        with clear_errors(self.told), engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds the log alone: committed whole, or not at all."""
        with clear_errors(self.told, is_writing=True), self.writing.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text(HELD_ALONE))
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        for engine in filter(None, (self.writing, self.reading)):
            engine.dispose()

    def forget(self) -> None:
        """Overwrite what was deleted, as far as the database can."""
        with clear_errors(self.told), self.writing.connect() as connection:
            direct: Any = connection.execution_options(isolation_level="AUTOCOMMIT").connection
            statement = "PRAGMA wal_checkpoint(TRUNCATE)" if self.is_sqlite else _VACUUM
            direct.cursor().execute(statement)

    def _make(self) -> None:
        """Make the tables where there are none; a log that has lost some is made no other."""
        with self.writing.connect() as connection:
            is_new = _damaged(connection) == ALL
        if is_new:
            with self.write() as connection:
                # Someone else may have made them while this one waited for the lock.
                if _damaged(connection) == ALL:
                    METADATA.create_all(connection)
                    for statement in guards(self.is_sqlite):
                        connection.exec_driver_sql(statement)

    def _missing(self, is_damaged: bool) -> frozenset[str]:
        with self.read() as connection:
            missing = _damaged(connection)
        if missing == ALL:
            raise refusal("log-missing", Message("holds-no-decision-log", shown=self.shown))
        if missing and not is_damaged:
            names = ticked(sorted(missing))
            message = Message("log-lost-others", shown=self.shown, names=names)
            raise refusal("log-damaged", message, Message("log-verify-audits-what"))
        return missing

    def _refuse_path(self, create: bool) -> None:
        path = Path(str(self.url.database))
        if path.exists():
            refuse_no_file(path, str(path))
        elif not create:
            message = Message("not-log", shown=self.shown)
            raise refusal("log-missing", message, Message("decide-log-begins-new"))

    def _readable(self) -> URL:
        """The file opened for reading alone."""
        address = address_to_read(Path(str(self.url.database)))
        return self.url.set(database=address, query={"uri": "true"})


def _damaged(connection: Connection) -> frozenset[str]:
    """The tables of a log that are not there, or lack a column.

    The database is asked by one statement: the inspector of SQLAlchemy takes four, which take half
    of what it takes to open a log.
    """
    there = defaultdict[str, set[str]](set)
    for table, column in connection.execute(text(_COLUMNS[connection.dialect.name])):
        there[table].add(column)
    return frozenset(
        table.name
        for table in TABLES
        if not there[table.name] >= {column.name for column in table.columns}
    )


_COLUMNS = {
    "sqlite": "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
    " WHERE m.type = 'table'",
    "postgresql": "SELECT t.relname, c.attname FROM pg_class t JOIN pg_attribute c"
    " ON c.attrelid = t.oid WHERE t.relkind IN ('r', 'p') AND pg_table_is_visible(t.oid)"
    " AND c.attnum > 0 AND NOT c.attisdropped",
}
_VACUUM = f"VACUUM {SECRETS.name}"
