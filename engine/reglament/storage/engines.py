"""From the URL of a log to an engine of SQLAlchemy: a SQLite file or PostgreSQL, made to be sure.

A commit returns only when the data is on the disk (`synchronous = FULL`; PostgreSQL's own
default), and a transaction that writes holds the file from its first statement.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from reglament.messages import Message
from reglament.model.problems import Refused, refusal
from reglament.storage.addresses import scrubbed, shown_address
from reglament.storage.store import SECONDS_TO_CONNECT, write_ahead

SECONDS_TO_WAIT = 60


def database_url(url: str) -> URL:
    """A file's path means SQLite; `postgresql://` is spoken by psycopg. Raises Refused."""
    if "://" not in url:
        return URL.create("sqlite", database=url)
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise _no_such_url(url) from None
    if found.get_backend_name() == "postgresql":
        return found.set(drivername="postgresql+psycopg")
    if found.get_backend_name() != "sqlite" or not found.database:
        raise _no_such_url(url)
    return found


@contextmanager
def clear_errors(url: str, *, is_writing: bool = False) -> Iterator[None]:
    """Whatever the database refuses, told as one clear problem without secrets. Raises Refused.

    Who is writing is told what became of it.
    """
    try:
        yield
    except DBAPIError as error:
        raise _told(url, str(error.orig), is_writing) from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise _told(url, str(error), is_writing) from error


def engine_of(url: URL, *, immediate: bool) -> Engine:
    """An engine; of SQLite, `immediate` writes and others only read."""
    if url.get_backend_name() != "sqlite":
        waits = {"connect_timeout": str(SECONDS_TO_CONNECT), **url.query}
        return create_engine(url.set(query=waits), pool_size=4, max_overflow=4)
    engine = create_engine(
        url,
        connect_args={"timeout": SECONDS_TO_WAIT, "check_same_thread": False},
        **({} if immediate else {"poolclass": NullPool}),
    )
    event.listen(engine, "connect", _prepare if immediate else _for_reading)
    begin = "BEGIN IMMEDIATE" if immediate else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _by_hand(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin transactions too late


def _for_reading(connection: Any, record: object) -> None:
    _by_hand(connection, record)
    # Text that is no UTF-8 was put there by others: it is read, and differs from what it should be.
    connection.text_factory = lambda data: data.decode("utf-8", "replace")


def _prepare(connection: Any, record: object) -> None:
    _by_hand(connection, record)
    write_ahead(connection, SECONDS_TO_WAIT)
    connection.execute("PRAGMA secure_delete = ON")


def _told(url: str, text: str, is_writing: bool) -> Refused:
    shown, why = shown_address(url), scrubbed(text, url).strip()
    message = Message("log-refused", shown=shown, why=why)
    hint = Message("only-answered-is-recorded") if is_writing else None
    return refusal("log-refused", message, hint)


def _no_such_url(url: str) -> Refused:
    shown = shown_address(url)
    message = Message("not-address-log", shown=shown)
    return refusal("log-address", message, Message("give-path-file-postgresql"))
