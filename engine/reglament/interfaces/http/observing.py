"""From each request to what is noted of it: its route, its status, its time; never a fact.

Counters, lines of a log and whatever else watches a service are told the same note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, TypeAlias

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reglament.memo import once_for_each
from reglament.model.outcomes import Status
from reglament.model.regulation import Version

NOTED = "reglament.noted"
ELSEWHERE = "-"


Came: TypeAlias = tuple[str, tuple[str, ...], tuple[str, ...]]


@dataclass(slots=True)
class ObservedCall:
    """What is noted of one request; `decided` has what came of each document, and how often.

    That is the policy, its decisions, and the status of each.
    """

    method: str
    route: str = ELSEWHERE
    status: int = 500
    seconds: float = 0.0
    caller: str | None = None
    policy: str | None = None
    digest: str | None = None
    id: str | None = None
    code: str | None = None
    decided: dict[Came, int] = field(default_factory=dict)

    def take(self, digest: str, came: Came) -> None:
        """Note what came of each decision of a document, and by which text."""
        self.digest = digest
        self.decided[came] = self.decided.get(came, 0) + 1


def came_of(policy: str, made: Mapping[str, Any]) -> Came:
    """What a decision document says came of each decision."""
    outcomes = made["decisions"]
    return policy, (*outcomes,), tuple([outcome["status"] for outcome in outcomes.values()])


@once_for_each
def all_determined(version: Version) -> Came:
    """The same where every decision led to an outcome."""
    names = (*version.shown_decisions,)
    return version.policy, names, (str(Status.DETERMINED),) * len(names)


Watcher = Callable[[ObservedCall], object]


def noted(connection: HTTPConnection) -> ObservedCall:
    """The note of this request; one that nobody reads where nobody watches."""
    found = connection.scope.get(NOTED)
    return found if isinstance(found, ObservedCall) else ObservedCall("")


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
        note = scope[NOTED] = ObservedCall(scope["method"])
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
