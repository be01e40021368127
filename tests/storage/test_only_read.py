"""What only reads a database takes no right to write it, and leaves it as it was."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from support.cli_runner import run

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: PostgreSQL NOT tested")

EVENT = (
    '{"id": "e1", "subject": "request/REQ-1", "event": "created", "at": "2026-03-03T10:00",'
    ' "facts": {"requester.kind": "user"}}\n'
)
SHOWN = "2026-03-03 10:00:00  ● request created  [e1]\n"
TIMELINE = ("timeline", "request/REQ-1", "--policy", "technical-support", "--journal")


@pytest.fixture
def address(postgres_url: str) -> Iterator[str]:
    """A database of its own, and a role that may read what others made in it."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE watched")
        connection.execute("CREATE ROLE reader LOGIN")
    yield postgres_url.replace("/postgres?", "/watched?")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE watched WITH (FORCE)")
        connection.execute("DROP ROLE reader")


def watched(tmp_path: Path, journal: str) -> None:
    (tmp_path / "events.jsonl").write_text(EVENT)
    told = (tmp_path / "events.jsonl", "--once", "--to", "table", "--journal", journal)
    assert run("watch", *told, "--policy", "technical-support").exit_code == 0


def test_a_reader_of_postgresql_sees_a_timeline(address: str, tmp_path: Path) -> None:
    watched(tmp_path, address)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")

    result = run(*TIMELINE, address.replace("//reglament@", "//reader@"))

    assert (result.exit_code, result.stdout) == (0, SHOWN)


@pytest.mark.parametrize("may_write", [True, False])
def test_a_file_is_read_where_nothing_may_be_written(
    may_write: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = tmp_path / "journal.db"
    watched(tmp_path, str(journal))
    before = journal.read_bytes()
    monkeypatch.setattr(os, "access", lambda path, mode: may_write)

    result = run(*TIMELINE, journal)

    assert (result.exit_code, result.stdout) == (0, SHOWN)
    assert journal.read_bytes() == before


@pytest.mark.parametrize(
    ("language", "said"), [("en", "cannot be used"), ("ru", "нельзя использовать")]
)
def test_a_database_of_something_else_becomes_no_journal(
    language: str, said: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE kept (number INTEGER)")
    before = other.read_bytes()

    result = run("--lang", language, *TIMELINE, other)

    assert result.exit_code == 2
    assert result.stderr.endswith(f"`{other}` {said}: no such table: events\n")
    assert other.read_bytes() == before
