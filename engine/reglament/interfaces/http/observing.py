"""From each request to what is noted of it: its route, its status, its time; never a fact.

Counters, lines of a log and whatever else watches a service are told the same note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTED = "reglament.noted"
ELSEWHERE = "-"


@dataclass(slots=True)
class Noted:
    """What is noted of one request: `decided` has policy, decision and status of each outcome."""

    method: str
    route: str = ELSEWHERE
    status: int = 500
    seconds: float = 0.0
    caller: str | None = None
    policy: str | None = None
    digest: str | None = None
    id: str | None = None
    code: str | None = None
    decided: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, policy: str, made: Mapping[str, Any]) -> None:
        """Note what a decision document says came of each decision."""
        self.digest = made["policy"]["digest"]
        outcomes = made["decisions"].items()
        self.decided += ((policy, name, one["status"]) for name, one in outcomes)


Watcher = Callable[[Noted], object]


def noted(connection: HTTPConnection) -> Noted:
    """The note of this request; one that nobody reads where nobody watches."""
    found = connection.scope.get(NOTED)
    return found if isinstance(found, Noted) else Noted("")


class Observing:
    """An ASGI application that tells those who watch what became of each request."""

    def __init__(self, app: ASGIApp, watchers: Iterable[Watcher]) -> None:
        self.app = app
        self.watchers = tuple(watchers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as `app` does."""
        if scope["type"] != "http" or not self.watchers:
            await self.app(scope, receive, send)
            return
        note = scope[NOTED] = Noted(scope["method"])
        begun = perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                note.status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            note.seconds = perf_counter() - begun
            for watch in self.watchers:
                watch(note)
