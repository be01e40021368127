"""Connections that send an answer at once, and are shared out evenly among processes."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from inspect import signature
from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.supervisors import Multiprocess

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


class SharedAddress(socket.socket):
    """A socket of which each process that it is sent to gets another one at the same address.

    From a single socket the first process to wake takes all connections that wait there. What is
    bound and does not listen gets none, so the one that is kept only holds the address.
    """

    def __reduce__(self) -> tuple[Callable[..., SharedAddress], tuple[Any, ...]]:
        return bound_to, (self.family, self.getsockname())


def bound_to(family: int, address: Any) -> SharedAddress:
    """A socket at an address that others of this user share. Raises OSError."""
    made = SharedAddress(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind(address)
    made.set_inheritable(True)
    return made


def run_workers(config: uvicorn.Config) -> None:
    """Serve by as many processes as the settings say, until told to end."""
    listening = config.bind_socket()  # ends with a word where somebody else has the address
    if IS_SHARED_OUT:
        family, address = listening.family, listening.getsockname()
        listening.close()
        listening = bound_to(family, address)
    # Until 0.51 it was to be told what a process does.
    has_target = "target" in signature(Multiprocess).parameters
    more: Any = {"target": uvicorn.Server(config).run} if has_target else {}
    with listening:
        Multiprocess(config, sockets=[listening], **more).run()
