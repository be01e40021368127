"""From a service over HTTP to the same service with the tools of agents beside it, at `/mcp`.

Every request stands for itself: no session is kept, so that any of several processes answers it.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from reglament.interfaces.http import serving
from reglament.interfaces.http.access import ANYBODY, Caller
from reglament.interfaces.http.gate import JSON_ALONE, body_of, refuse_long_head
from reglament.interfaces.http.observing import noted
from reglament.interfaces.http.problem_details import HttpRefused, answered, language_of
from reglament.interfaces.http.service import Service
from reglament.interfaces.http.serving import ServiceSettings
from reglament.interfaces.http.shelf import Shelf
from reglament.interfaces.mcp.server import server
from reglament.interfaces.mcp.tools import TOOLS
from reglament.policy import Policy

PATH = "/mcp"


class SeenPolicies(Mapping[str, Policy]):
    """The policies of a shelf that a caller may see, each as it is at this moment."""

    def __init__(self, shelf: Shelf, caller: Caller) -> None:
        self.shelf = shelf
        self.caller = caller

    def __getitem__(self, name: str) -> Policy:
        if not self.caller.may_see(name):
            raise KeyError(name)
        return self.shelf[name].policy

    def __iter__(self) -> Iterator[str]:
        return filter(self.caller.may_see, self.shelf)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class AgentsDoor:
    """Answers agents: for each caller the tools that it may use, for the policies it may see."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._managers: dict[Caller, StreamableHTTPSessionManager] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        note = noted(request)
        note.route = PATH
        try:
            refuse_long_head(request, self.service.limits)
            caller = self.service.access.caller(request.headers)
            note.caller = caller.name
            with self.service.gate:
                body = await body_of(request, self.service.limits, JSON_ALONE)
                manager = self._managers[_alike(caller)]
                await manager.handle_request(scope, _told_at_once(body, receive), send)
        except HttpRefused as refused:
            language = language_of(request)
            made = answered(refused.status, refused.problems, language, refused.headers)
            await made(scope, receive, send)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """While it answers."""
        callers = self.service.access.callers
        known = [ANYBODY] if callers is None else callers.values()
        async with AsyncExitStack() as stack:
            for caller in {_alike(one) for one in known}:
                self._managers[caller] = made = self._manager(caller)
                await stack.enter_async_context(made.run())
            yield

    def _manager(self, caller: Caller) -> StreamableHTTPSessionManager:
        tools = {name: tool for name, tool in TOOLS.items() if tool.scope in caller.scopes}
        return StreamableHTTPSessionManager(
            server(SeenPolicies(self.service.shelf, caller), tools),
            json_response=True,
            stateless=True,
            max_request_body_size=self.service.limits.body_bytes,
        )


def _told_at_once(body: bytes, receive: Receive) -> Receive:
    """What is received of a request whose body was read."""
    told: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return told.pop() if told else await receive()

    return received


def _alike(caller: Caller) -> Caller:
    """Who may do the same: a proxy names any number of callers."""
    return replace(caller, name="")


def application(settings: ServiceSettings) -> Starlette:
    """The service by these settings, with the tools. Raises Refused for what of them is wrong."""
    return serving.application(settings, _extended)


def _extended(service: Service) -> serving.Extension:
    door = AgentsDoor(service)
    return [Route(PATH, door, methods=["POST"])], door.opened()


def worker() -> Starlette:
    """The application of one of several processes, by the settings in the environment."""
    return application(ServiceSettings(**json.loads(os.environ[serving.VARIABLE])))


def serve(settings: ServiceSettings, announce: Callable[[str], None]) -> None:
    """Serve until the process is told to end. Raises Refused before it begins."""
    serving.serve(settings, announce, application, f"{__name__}:worker")
