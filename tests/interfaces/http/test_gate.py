"""Bodies come whole or in parts, at once or late; too slow, cut short or long they are refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from reglament.interfaces.http.gate import Limits, body_of
from reglament.interfaces.http.problem_details import HttpRefused
from support.laws import examples

LIMITS = Limits(body_bytes=100, body_seconds=60.0)
HURRIED = Limits(body_bytes=100, body_seconds=0.05)
GONE: dict[str, Any] = {"type": "http.disconnect"}


def part(body: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


BEGUN = [(0.0, part(b"{", more=True))]
Parts = list[tuple[float, dict[str, Any]]]


def sent(parts: Parts, limits: Limits = LIMITS) -> bytes:
    """The body of a request whose parts come so many seconds after one another."""
    coming: Iterator[tuple[float, dict[str, Any]]] = iter(parts)

    async def receive() -> dict[str, Any]:
        seconds, told = next(coming)
        if seconds:
            await asyncio.sleep(seconds)
        return told

    async def read() -> bytes:
        headers = [(b"content-type", b"application/json")]
        return await body_of(Request({"type": "http", "headers": headers}, receive), limits)

    return asyncio.run(read())


@examples(30)
@given(st.lists(st.tuples(st.sampled_from([0.0, 0.0, 1e-6]), st.binary(max_size=9)), max_size=9))
def test_a_body_is_its_parts_however_they_come(told: list[tuple[float, bytes]]) -> None:
    parts = [(seconds, part(body, more=True)) for seconds, body in told]
    assert sent([*parts, (0.0, part(b""))]) == b"".join(body for _, body in told)


@pytest.mark.parametrize(
    ("parts", "status", "code"),
    [
        ([(9.0, part(b"{}"))], 408, "too-slow"),
        ([*BEGUN, (9.0, part(b"}"))], 408, "too-slow"),
        (
            [(0.0, part(b"{", more=True)), (0.001, part(b" ", more=True)), (9.0, GONE)],
            408,
            "too-slow",
        ),
        ([(0.0, GONE)], 400, "cut-short"),
        ([*BEGUN, (0.001, GONE)], 400, "cut-short"),
        ([(0.0, part(b"x" * 101))], 413, "too-large"),
        (
            [(0.001, part(b"x" * 60, more=True)), (0.0, part(b"x" * 41, more=True))],
            413,
            "too-large",
        ),
    ],
)
def test_a_body_that_does_not_come_is_refused(parts: Any, status: int, code: str) -> None:
    with pytest.raises(HttpRefused) as refused:
        sent(parts, HURRIED if status == 408 else LIMITS)
    assert (refused.value.status, refused.value.problems[0].code) == (status, code)


def test_an_error_of_the_connection_goes_on_to_the_server() -> None:
    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        raise ConnectionResetError

    async def read() -> bytes:
        return await body_of(Request({"type": "http", "headers": []}, receive), LIMITS)

    with pytest.raises(ConnectionResetError):
        asyncio.run(read())


def test_a_request_that_is_ended_while_it_waits_ends() -> None:
    async def receive() -> dict[str, Any]:
        await asyncio.sleep(9.0)
        return GONE

    async def ended() -> None:
        request = Request({"type": "http", "headers": []}, receive)
        waiting = asyncio.create_task(body_of(request, Limits(body_seconds=60.0)))
        await asyncio.sleep(0)
        waiting.cancel()
        await waiting

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(ended())
