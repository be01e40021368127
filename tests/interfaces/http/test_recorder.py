"""Decisions that wait for the log are written together, by processes that take turns."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from reglament.audit import open_log
from reglament.audit.entry import Entry
from reglament.audit.log import DecisionLog
from reglament.interfaces.http import recorder
from reglament.interfaces.http.recorder import LogWriter
from support.cli_runner import run
from support.shipped import shipped
from support.technical_support import PARTNER

pytestmark = pytest.mark.skipif(not recorder.HAS_TURNS, reason="no locks on files")


def recorded(writer: LogWriter, subjects: Sequence[str]) -> list[Entry]:
    """The entries of decisions that are all made before the first is written."""

    async def all_at_once() -> list[Entry]:
        decided = shipped("technical-support").decide(PARTNER)
        reasons = decided.written("reasons")
        each = [writer.record(decided, reasons, subject=one) for one in subjects]
        return await asyncio.gather(*each)

    return asyncio.run(all_at_once())


def test_what_comes_in_one_turn_of_the_loop_is_one_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[int] = []
    append = DecisionLog.append_prepared

    def seen(self: DecisionLog, prepared: Any) -> Any:
        together.append(len(prepared))
        return append(self, prepared)

    monkeypatch.setattr(DecisionLog, "append_prepared", seen)
    subjects = [f"request/{number}" for number in range(recorder.MOST_TOGETHER + 6)]
    with LogWriter(open_log(str(tmp_path / "log.db"), create=True)) as writer:
        entries = recorded(writer, subjects)
        assert writer.waiting == 0
    assert together == [recorder.MOST_TOGETHER, 6]
    assert [entry.body["subject"] for entry in entries] == subjects
    assert [entry.sequence for entry in entries] == list(range(1, len(subjects) + 1))


def test_writers_of_one_log_take_turns_and_make_one_chain(tmp_path: Path) -> None:
    url, lock = str(tmp_path / "log.db"), tmp_path / "log.lock"

    def write(name: str) -> list[str]:
        with LogWriter(open_log(url, create=True), turn=recorder.InTurn(lock)) as writer:
            for number in range(5):
                recorded(writer, [f"{name}/{number}/{one}" for one in range(4)])
        return [f"{name}/{number}/{one}" for number in range(5) for one in range(4)]

    with ThreadPoolExecutor(2) as pool:
        told = [one for several in pool.map(write, ("a", "b")) for one in several]
    with open_log(url) as log:
        found = [entry.body["subject"] for entry in log.entries()]
    assert sorted(found) == sorted(told)
    assert run("log", "verify", url).exit_code == 0


def test_a_turn_begins_when_the_one_before_is_over(tmp_path: Path) -> None:
    one, other = (recorder.InTurn(tmp_path / "log.lock") for _ in range(2))
    begun, order = Event(), list[str]()

    def second() -> None:
        begun.set()
        with other:
            order.append("second")

    with ThreadPoolExecutor(1) as pool:
        with one:
            waiting = pool.submit(second)
            begun.wait()
            order.append("first")
        waiting.result()
    assert order == ["first", "second"]
