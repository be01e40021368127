"""Connections that send an answer at once."""

from __future__ import annotations

import asyncio
import socket

from uvicorn.protocols.http.auto import AutoHTTPProtocol


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
