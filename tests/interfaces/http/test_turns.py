"""A request that decides much gives others their turns, and stays inside the gate till the end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from reglament.interfaces.http import gate as module
from reglament.interfaces.http.gate import Gate, Limits, Turns
from reglament.interfaces.http.service import Service
from support.service import caller

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


def asked(service: Service, send: Callable[[dict[str, Any]], Awaitable[None]]) -> Awaitable[None]:
    """A batch of lines, its answer taken as `send` takes it."""
    path, lines = "/v1/policies/technical-support/decide/batch", b'{"facts": {}}\n' * 3
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "method": "POST", "path": path,
        "query_string": b"", "headers": [(b"content-type", b"application/x-ndjson")],
    }  # fmt: skip
    parts = iter([{"type": "http.request", "body": lines}])

    async def receive() -> dict[str, Any]:
        return next(parts, None) or await asyncio.Event().wait()  # type: ignore[return-value]

    return service.application()(scope, receive, send)  # type: ignore[arg-type]


def test_a_streamed_answer_is_inside_the_gate_until_it_is_sent() -> None:
    asking = caller(limits=Limits(at_once=1))
    gate, inside, busy = asking.service.gate, [], []

    async def send(part: dict[str, Any]) -> None:
        inside.append(gate.inside)
        if not busy:
            answer = await asyncio.to_thread(asking.post, "/decide", {"facts": {}})
            busy.append((answer.status_code, answer.json()["code"]))

    asyncio.run(asked(asking.service, send))
    assert busy == [(503, "busy")]
    assert inside == [1] * 5, "the head, three lines, the end"
    assert gate.inside == 0


def test_a_reader_who_takes_nothing_of_a_streamed_answer_is_left() -> None:
    service = caller(limits=Limits(reader_seconds=0.01)).service
    sent: list[dict[str, Any]] = []

    async def send(part: dict[str, Any]) -> None:
        sent.append(part)
        if len(sent) > 1:
            await asyncio.Event().wait()

    asyncio.run(asked(service, send))
    assert len(sent) == 2
    assert service.gate.inside == 0
