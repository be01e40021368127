"""Answers leave at once, also from a socket that several processes share."""

from __future__ import annotations

import asyncio
import http.client
import socket
from contextlib import closing
from typing import Any

import pytest

pytest.importorskip("uvicorn")

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from reglament.interfaces.http.connections import PromptConnection


def answer(request: Any) -> PlainTextResponse:
    return PlainTextResponse("here")


def test_an_answer_waits_for_no_acknowledgement() -> None:
    seen: list[int] = []

    class Seen(PromptConnection):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            connected = transport.get_extra_info("socket")
            seen.append(connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    app = Starlette(routes=[Route("/", answer)])
    config = uvicorn.Config(app, port=0, http=Seen, log_level="error")
    shared = config.bind_socket()  # as for several processes

    def ask() -> bytes:
        made = http.client.HTTPConnection(*shared.getsockname(), timeout=10)
        with closing(made) as connection:
            connection.request("GET", "/")
            return connection.getresponse().read()

    async def answered() -> bytes:
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[shared]))
        while not server.started:
            await asyncio.sleep(0.01)
        found = await asyncio.to_thread(ask)
        server.should_exit = True
        await serving
        return found

    with closing(shared):
        assert asyncio.run(answered()) == b"here"
    assert [bool(one) for one in seen] == [True]
