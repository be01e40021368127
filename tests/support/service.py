"""A service of the shipped policies, asked in this process as a program asks it over a network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from reglament.interfaces.http.service import Service
from reglament.interfaces.http.shelf import Fixed, Shelf
from support.shipped import shipped

NAMES = ("technical-support", "library-fees", "annual-leave")


@dataclass(frozen=True, slots=True)
class Caller:
    """Asks the service, and waits for the answer."""

    service: Service

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """The answer; a body that is no text is sent as JSON."""
        is_raw = body is None or isinstance(body, str | bytes)
        content = body if is_raw else json.dumps(body)
        told = {"content-type": "application/json"} if body is not None else {}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(self._asked(method, path, content, told))

    def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """The answer to a call of the shipped policy."""
        return self.ask("POST", f"/v1/policies/technical-support{path}", body, **headers)

    async def _asked(
        self, method: str, path: str, content: str | bytes | None, headers: dict[str, str]
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.service.application())
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            return await client.request(method, path, content=content, headers=headers)


async def at_once(seconds: float, ask: Callable[..., Any], *arguments: Any) -> Any:
    """What another process would do, done in this one: to start one takes a second."""
    return ask(*arguments)


def caller(**settings: Any) -> Caller:
    """Who asks a service of the shipped policies."""
    return Caller(Service(Shelf({name: Fixed(shipped(name)) for name in NAMES}), **settings))
