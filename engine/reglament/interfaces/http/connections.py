"""Connections that send an answer at once, of one process or shared out evenly among several."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from inspect import signature
from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.supervisors import Multiprocess

from reglament.interfaces.http.listening import bound_at, bound_to

NOT_STARTED = 3
"""The exit status of a server that did not begin, as `uvicorn.run` has it; it said why."""
IS_SHARED_OUT = sys.platform == "linux"
"""Whether the system deals connections out to the sockets of one address, by turns as it were."""


class PromptConnection(AutoHTTPProtocol):  # type: ignore[misc, valid-type, unused-ignore]
    """A connection that does not wait for more to send (RFC 896) while a client delays its ACK.

    asyncio sees to that by itself, but not on a socket that several processes share: uvicorn
    makes it without naming its protocol, and each answer then took 40 ms.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin, and let nothing wait."""
        connected = transport.get_extra_info("socket")
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)


class _AnnouncedServer(uvicorn.Server):
    """A server that says where it listens, once it does."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[str], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started:
            self._announce(_address(self.config, self.servers[0].sockets[0]))


def run_one(config: uvicorn.Config, announce: Callable[[str], None]) -> None:
    """Serve by this process until told to end; `announce` is told the address once it listens."""
    server = _AnnouncedServer(config, announce)
    with suppress(KeyboardInterrupt):  # which the server raises once it has ended in good order
        server.run()
    if not server.started:
        sys.exit(NOT_STARTED)


def _address(config: uvicorn.Config, listening: Any) -> str:
    """Where a client finds what listens there."""
    scheme = "https" if config.is_ssl else "http"
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"{scheme}://{host}:{listening.getsockname()[1]}"


def run_workers(config: uvicorn.Config, announce: Callable[[str], None]) -> None:
    """Serve by as many processes as the settings say, until told to end. Raises Refused.

    `announce` is told the address before the processes begin, each of which then listens there.
    """
    listening = bound_at(config.host, config.port)
    announce(_address(config, listening[0]))
    if IS_SHARED_OUT:
        addresses = [(one.family, one.getsockname()) for one in listening]
        for one in listening:
            one.close()
        listening = [bound_to(*address) for address in addresses]
    # Until 0.51 it was to be told what a process does.
    has_target = "target" in signature(Multiprocess).parameters
    more: Any = {"target": uvicorn.Server(config).run} if has_target else {}
    with ExitStack() as stack:
        for one in listening:
            stack.enter_context(one)
        Multiprocess(config, sockets=listening, **more).run()
