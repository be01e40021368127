"""A database that others use: opened by several at once, with tables or rights that do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from reglament.audit import open_log
from reglament.events.journal import Journal
from reglament.events.sources import TableSource
from reglament.model.problems import Refused
from reglament.storage.store import Store
from support.cli_runner import run

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: PostgreSQL NOT tested")

AT_ONCE = 4


@pytest.fixture
def address(postgres_url: str) -> Iterator[str]:
    """A database of its own, and a role that may make no tables in it."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE shared")
        connection.execute("CREATE ROLE poor LOGIN")
    yield postgres_url.replace("/postgres?", "/shared?")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE shared WITH (FORCE)")
        connection.execute("DROP ROLE poor")


def done_in(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def test_several_may_begin_in_one_new_database(address: str) -> None:
    begun = Barrier(AT_ONCE)

    def begin(_: int) -> list[int]:
        begun.wait()
        with closing(Store(address)) as store, closing(TableSource(address)) as source:
            Journal(store)
            open_log(address, create=True).close()
            return [one.number for one in source.lines(0, 10)]

    for _ in range(5):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert list(pool.map(begin, range(AT_ONCE))) == [[]] * AT_ONCE
        done_in(address, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")


def test_tables_of_others_are_told(address: str, tmp_path: Path) -> None:
    done_in(
        address,
        "CREATE TABLE events (number INTEGER)",
        "CREATE TABLE incoming_events (number INTEGER)",
    )
    (tmp_path / "none.jsonl").touch()
    events, journal = str(tmp_path / "none.jsonl"), str(tmp_path / "journal.db")
    wrong = [(events, address, "kind"), (address, journal, "seq"), (address, address, "kind")]
    for source, kept, column in wrong:
        result = run("watch", source, "--once", "--journal", kept, "--to", "table")
        assert result.exit_code == 2
        assert result.stderr.splitlines()[-1].startswith("the database `postgresql://")
        assert result.stderr.endswith(f'cannot be used: column "{column}" does not exist\n')


def test_a_file_with_tables_of_others_is_told(tmp_path: Path) -> None:
    path = tmp_path / "others.db"
    with closing(Store(str(path))) as store, store.transaction() as transaction:
        transaction.run("CREATE TABLE events (number INTEGER)")
    for language, said in (("en", "cannot be used"), ("ru", "нельзя использовать")):
        result = run("--lang", language, "timeline", "request/1", "--journal", path)
        assert result.exit_code == 2
        assert f"`{path}` {said}: no such column: seq\n" in result.stderr


def test_a_right_that_lacks_is_told(address: str, tmp_path: Path) -> None:
    done_in(address, "REVOKE CREATE ON SCHEMA public FROM public")
    poor = address.replace("//reglament@", "//poor@")
    with closing(Store(poor)) as store, closing(TableSource(poor)) as source:
        for begin in (lambda: Journal(store), lambda: source.lines(0, 1)):
            with pytest.raises(Refused) as refused:
                begin()
            assert refused.value.problems[0].code == "database-refused"
            assert "permission denied for schema public" in str(refused.value)


def test_incoming_events_may_be_kept_as_json(address: str) -> None:
    done_in(
        address,
        "CREATE TABLE incoming_events"
        " (seq BIGSERIAL PRIMARY KEY, body JSONB, taken BOOLEAN NOT NULL DEFAULT false)",
        """INSERT INTO incoming_events (body) VALUES ('{"id": 1}'), (NULL)""",
    )
    with closing(TableSource(address)) as source:
        lines = source.lines(0, 10)

    assert [(one.number, one.data) for one in lines] == [(1, b'{"id": 1}'), (2, b"")]
