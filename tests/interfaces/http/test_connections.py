"""Answers leave at once, and several processes share connections out among them."""

from __future__ import annotations

import asyncio
import http.client
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from multiprocessing.reduction import ForkingPickler
from typing import Any

import pytest

pytest.importorskip("uvicorn")

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from reglament.interfaces.http.connections import IS_SHARED_OUT, PromptConnection
from reglament.interfaces.http.listening import bound_to
from support.events import PATIENCE


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
        made = http.client.HTTPConnection(*shared.getsockname(), timeout=PATIENCE)
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


@pytest.mark.skipif(not IS_SHARED_OUT, reason="other systems give them all to one socket")
def test_connections_that_come_at_once_go_to_every_process() -> None:
    many = 64
    with ExitStack() as opened:
        kept = opened.enter_context(bound_to(socket.AF_INET, ("127.0.0.1", 0)))
        # As they are sent to processes when these begin.
        sent = [ForkingPickler.loads(ForkingPickler.dumps(kept)) for _ in range(2)]
        for one in sent:
            opened.enter_context(one).listen(many)
            one.setblocking(False)
        for _ in range(many):
            opened.enter_context(socket.create_connection(kept.getsockname()))
        taken = [len(list(accepted(one, opened))) for one in sent]
    assert sum(taken) == many
    assert min(taken) > many // 8, "by chance less than once in a thousand million times"


def accepted(listening: socket.socket, opened: ExitStack) -> Iterator[socket.socket]:
    """The connections that wait at a socket."""
    with suppress(BlockingIOError):
        while True:
            yield opened.enter_context(listening.accept()[0])
