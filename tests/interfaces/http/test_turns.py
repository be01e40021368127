"""A request that decides much gives others their turns, and most of the time while they ask."""

from __future__ import annotations

import asyncio

import pytest

from reglament.interfaces.http import gate as module
from reglament.interfaces.http.gate import Gate, Limits, Turns

LIMITS = Limits(turn_seconds=2.0, others_share=0.75)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long others had their turn; the clock goes on by a second whenever it is read."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr("reglament.interfaces.http.gate.asyncio.sleep", sleep)
    monkeypatch.setattr(module, "perf_counter", iter(range(100)).__next__)
    return found


def test_a_turn_that_is_over_is_the_others(slept: list[float]) -> None:
    turns = Turns(Gate(8), LIMITS)

    async def decides() -> None:
        for _ in range(4):
            await turns.others()

    asyncio.run(decides())
    assert slept == [0, 0], "every second time, as a turn lasts two seconds"


def test_while_others_ask_most_of_the_time_is_theirs(slept: list[float]) -> None:
    gate = Gate(8)
    turns = Turns(gate, LIMITS)

    async def decides() -> None:
        await turns.others()
        with gate:
            await turns.others()
        await turns.others()
        await turns.others()

    asyncio.run(decides())
    assert slept == [6.0, 0], "three parts of four, and none when they are gone"
