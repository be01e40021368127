"""From what may come to what is taken: bodies of a bounded size, in time, so many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from types import coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message as Part
from starlette.types import Receive, Scope, Send

from reglament.frozen import frozen
from reglament.interfaces.http.bodies import value_in
from reglament.interfaces.http.calls import Call, call_in
from reglament.interfaces.http.problem_details import HttpRefused, reading_body, refused_with
from reglament.interfaces.http.threads import in_thread
from reglament.messages import Message
from reglament.model.problems import Problem, Refused

Told = TypeVar("Told")
LARGE_BYTES = 100_000
"""A body from this size on takes longer to read than a thread takes to answer."""
_LINES = (b"application/x-ndjson", b"application/jsonl")
JSON_ALONE = frozenset({b"application/json"})
_MEDIA_TYPES = JSON_ALONE | {b"", *_LINES}


@frozen
class Limits:
    """What one caller may ask of the service at once."""

    head_bytes: int = 32_768
    """Of names and values of headers and the query, whatever server took them."""
    body_bytes: int = 8_000_000
    body_seconds: float = 10.0
    reader_seconds: float = 30.0
    """How long whoever reads a long answer may take nothing of it."""
    items: int = 10_000
    at_once: int = 64
    slow_at_once: int = 8
    """How many questions that take seconds: they run in processes, and hold up no decision."""
    analysis_seconds: float = 60.0
    turn_seconds: float = 0.002
    """How long a batch decides before others have their turn."""
    others_share: float = 0.8
    """How much of the time is theirs, as long as there are others."""


@dataclass(slots=True)
class Gate:
    """How many requests are decided just now: connections that only wait cost nothing."""

    at_once: int
    inside: int = field(default=0)
    entered: int = field(default=0)
    """How many there were so far."""

    def __enter__(self) -> None:
        """A request is answered from here on. Raises HttpRefused (503) if too many are."""
        if self.inside >= self.at_once:
            raise busy()
        self.inside += 1
        self.entered += 1

    def __exit__(self, *_: object) -> None:
        self.inside -= 1


class InsideGate(Response):
    """An answer that is made while it is sent: until then its request stays inside the gate.

    Whoever takes nothing of it for too long is left: others could come in.
    """

    def __init__(self, answer: Response, gate: Gate, limits: Limits) -> None:
        self._answer, self._gate, self._limits = answer, gate, limits
        gate.inside += 1  # beside the request, which leaves when it has this answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""

        async def sending(part: Part) -> None:
            async with asyncio.timeout(self._limits.reader_seconds):
                await send(part)

        try:
            with suppress(TimeoutError, ClientDisconnect):
                await self._answer(scope, receive, sending)
        finally:
            self._gate.inside -= 1


class Turns:
    """The turns of a request that decides much: short ones, and few while others ask."""

    def __init__(self, gate: Gate, limits: Limits) -> None:
        self._gate, self._limits = gate, limits
        self._begun, self._entered = perf_counter(), gate.entered

    async def others(self) -> None:
        """Let others have theirs, if this one is over."""
        spent = perf_counter() - self._begun
        if spent < self._limits.turn_seconds:
            return
        share, entered = self._limits.others_share, self._gate.entered
        # None comes in while this one decides: those count who came while it slept.
        has_others, self._entered = entered > self._entered, entered
        await asyncio.sleep(spent * share / (1 - share) if has_others else 0)
        self._begun = perf_counter()


def busy() -> HttpRefused:
    """The refusal of what would have to wait too long."""
    return _again_later([Problem("busy", Message("http-busy-detail"))])


def without_log(refused: Refused) -> HttpRefused:
    """The refusal of what takes the log while that cannot be read or written."""
    return _again_later(refused.problems)


def _again_later(problems: Iterable[Problem]) -> HttpRefused:
    return HttpRefused(503, problems, {"Retry-After": "1"})


def refuse_long_head(request: Request, limits: Limits) -> None:
    """Raises HttpRefused for a head that is too large."""
    headers = request.scope["headers"]
    size = len(request.scope["query_string"])
    if size + sum([len(name) + len(value) for name, value in headers]) > limits.head_bytes:
        message = Message("http-head-too-large-detail", most=limits.head_bytes)
        raise refused_with(431, "head-too-large", message)


async def body_of(
    request: Request, limits: Limits, media_types: Collection[bytes] = _MEDIA_TYPES
) -> bytes:
    """The whole body. Raises HttpRefused for one too large, too slow, or of another media type."""
    headers = dict(request.scope["headers"])
    told = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if told not in media_types:
        shown = told.decode("latin-1")
        raise refused_with(415, "media-type", Message("http-media-type-detail", told=shown))
    coding = headers.get(b"content-encoding", b"").strip().lower()
    if coding not in (b"", b"identity"):
        message = Message("http-content-coding", told=coding.decode("latin-1"))
        refused = refused_with(415, "content-coding", message)
        refused.headers["Accept-Encoding"] = "identity"
        raise refused
    length = headers.get(b"content-length", b"")
    if length.isdigit() and int(length) > limits.body_bytes:
        raise _too_large(limits)
    try:
        return await _in_time(_received(request, limits), limits.body_seconds)
    except TimeoutError:
        message = Message("http-too-slow-detail", seconds=int(limits.body_seconds))
        raise refused_with(408, "too-slow", message) from None


async def call_of(request: Request, limits: Limits, members: tuple[str, ...]) -> Call:
    """The call that the body makes. Raises HttpRefused, with 400 for what is none."""
    body = await body_of(request, limits)
    with reading_body():
        return call_in(await told_in(body, value_in), members)


async def told_in(body: bytes, read: Callable[[bytes], Told]) -> Told:
    """What `read` makes of the body; of a large one in a thread, where it holds up nothing else."""
    if len(body) < LARGE_BYTES:
        return read(body)
    told: Told = await in_thread(read, body)
    return told


async def _received(request: Request, limits: Limits) -> bytes:
    found, is_whole = b"", False
    while not is_whole:
        part = await request.receive()
        if part["type"] == "http.disconnect":
            raise refused_with(400, "cut-short", Message("http-cut-short"))
        found += part.get("body", b"")
        is_whole = not part.get("more_body", False)
        if len(found) > limits.body_bytes:
            raise _too_large(limits)
    return found


async def _in_time(made: Coroutine[Any, Any, Told], seconds: float) -> Told:
    """What is awaited, within the time. Raises TimeoutError.

    Most bodies are there at once, and no clock is set for them: that costs more than to read them.
    """
    try:
        waits_for = made.send(None)
    except StopIteration as there:
        found: Told = there.value
        return found
    async with asyncio.timeout(seconds):
        return await _going_on(made, waits_for)


@coroutine
def _going_on(begun: Coroutine[Any, Any, Told], waits_for: Any) -> Generator[Any, Any, Told]:
    """The rest of what has begun and waits."""
    try:
        while True:
            try:
                told = yield waits_for
            except BaseException as error:
                waits_for = begun.throw(error)
            else:
                waits_for = begun.send(told)
    except StopIteration as there:
        found: Told = there.value
        return found


def is_lines(request: Request) -> bool:
    """Whether the body is JSON Lines."""
    told: bytes = dict(request.scope["headers"]).get(b"content-type", b"")
    return told.startswith(_LINES)


def _too_large(limits: Limits) -> HttpRefused:
    return refused_with(413, "too-large", Message("http-too-large-detail", most=limits.body_bytes))
