"""Events from PostgreSQL wake a watch at once; a server that drops the line costs nothing."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from support.events import PATIENCE, command, environment, many, told, wait_for

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: PostgreSQL NOT tested")


@pytest.fixture
def address(postgres_url: str) -> str:
    """A database of its own: the test cuts off everyone that is connected to it."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE events")
    return postgres_url.replace("/postgres?", "/events?")


@pytest.mark.slow
def test_notified_events_are_followed_though_every_connection_is_dropped(
    address: str, tmp_path: Path
) -> None:
    effects = tmp_path / "effects.jsonl"
    arguments = (address, "--journal", address, "--to", str(effects))
    process = subprocess.Popen(command(*arguments), env=environment(), stderr=subprocess.PIPE)
    lines, wanted = many(5)
    answered = [one for one in wanted if one[1] == "answered-in-time"]

    with psycopg.connect(address, autocommit=True) as connection:
        found = "SELECT to_regclass('incoming_events')"
        wait_for(lambda: connection.execute(found).fetchone()[0] is not None)
        with connection.transaction():
            for line in lines:
                connection.execute("INSERT INTO incoming_events (body) VALUES (%s)", (line,))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        connection.execute("NOTIFY incoming_events")
        try:
            wait_for(lambda: effects.exists() and set(answered) <= set(told(effects)))
        except AssertionError:
            process.kill()
            pytest.fail(f"it never came: {process.communicate()[1].decode()}")
    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0
    assert b"Traceback" not in complaints
    assert len(told(effects)) == len(wanted)
