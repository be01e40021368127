"""Who opens a file that somebody else is about to write waits its turn, whichever store it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import text

from reglament.storage.engines import database_url, engine_of
from reglament.storage.store import Store, Unreachable, write_ahead


def by_engine(path: Path) -> None:
    engine = engine_of(database_url(str(path)), immediate=True)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO held VALUES (2)"))
    engine.dispose()


def by_store(path: Path) -> None:
    store = Store(str(path))
    with store.transaction() as transaction:
        transaction.run("INSERT INTO held VALUES (?)", 2)
    store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept.db"


@pytest.fixture
def writer(path: Path) -> sqlite3.Connection:
    """Somebody who writes the file, which has no write-ahead log yet, and is not done."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("CREATE TABLE held (number INTEGER)")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO held VALUES (1)")
    return connection


@pytest.mark.parametrize("open_and_write", [by_engine, by_store])
def test_who_opens_waits_for_who_writes(
    path: Path, writer: sqlite3.Connection, open_and_write: Callable[[Path], None]
) -> None:
    done = Timer(0.2, lambda: writer.execute("COMMIT"))
    done.start()
    open_and_write(path)
    done.join()
    writer.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("SELECT number FROM held").fetchall() == [(1,), (2,)]
        assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]


def test_waiting_has_an_end(path: Path, writer: sqlite3.Connection) -> None:
    other = sqlite3.connect(path, timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        write_ahead(other, seconds=0.05)
    writer.execute("COMMIT")
    writer.close()


def test_a_journal_that_stays_locked_is_told(
    path: Path, writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reglament.storage.store.SECONDS_TO_WAIT", 0.05)
    with pytest.raises(Unreachable, match="database is locked"):
        by_store(path)
    writer.execute("COMMIT")
    writer.close()


def test_no_file_of_sqlite_is_told_at_once(path: Path) -> None:
    path.write_text("no database, but a text that is long enough to be looked at\n" * 20)
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        write_ahead(other, seconds=60)
