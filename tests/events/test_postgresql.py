"""Events from PostgreSQL wake a watch at once; a server that drops the line costs nothing."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.events import command, environment, many, told, wait_for
from support.places import ROOT

SCRIPT = ROOT / "scripts" / "start-postgres"
psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: PostgreSQL NOT tested")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if not subprocess.run([SCRIPT, "--find"], capture_output=True, check=True).stdout:
        pytest.skip("PostgreSQL is not installed; scripts/start-postgres installs it")
    folder = Path(f"/tmp/reglament-reactions-{os.getpid()}")
    started = subprocess.run([SCRIPT, folder], capture_output=True, text=True, check=True)
    yield started.stdout.strip()
    subprocess.run([SCRIPT, "--stop", folder], check=True)


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
        wait_for(lambda: effects.exists() and set(answered) <= set(told(effects)))
    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=20)

    assert process.returncode == 0
    assert b"Traceback" not in complaints
    assert len(told(effects)) == len(wanted)
