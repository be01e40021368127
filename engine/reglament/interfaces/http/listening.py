"""From the host and the port that a service is told to the sockets at which it listens."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from errno import EADDRNOTAVAIL, EAFNOSUPPORT
from typing import Any, TypeVar

from reglament.messages import Message
from reglament.model.problems import refusal

Bound = TypeVar("Bound", bound=socket.socket)


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach the address."""
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(unbracketed(host)).is_loopback
    return False


def unbracketed(host: str) -> str:
    """An address as systems want it: `[::1]` of the web is `::1`."""
    is_bracketed = host.startswith("[") and host.endswith("]") and ":" in host
    return host[1:-1] if is_bracketed else host


def bound_at(host: str, port: int) -> list[socket.socket]:
    """A socket at each address that the host has, of whichever family.

    Raises Refused where there is none, or somebody else has one.
    """
    try:
        found = socket.getaddrinfo(
            unbracketed(host) or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        return _bound({(family, address) for family, _, _, _, address in found})
    except (OSError, UnicodeError) as error:  # of a name that no domain can have
        why = getattr(error, "strerror", None) or str(error)
        message = Message("http-address", host=host, port=str(port), why=why)
        raise refusal("address-unusable", message, Message("http-address-hint")) from None


def _bound(addresses: Iterable[tuple[int, Any]]) -> list[socket.socket]:
    """One that the system has no network for is left out, unless it is the only one."""
    made: list[socket.socket] = []
    lacking: OSError | None = None
    for family, address in addresses:
        try:
            made.append(_bound_to(socket.socket, family, address))
        except OSError as error:
            if error.errno not in (EADDRNOTAVAIL, EAFNOSUPPORT):
                for one in made:
                    one.close()
                raise
            lacking = error
    if lacking is not None and not made:
        raise lacking
    return made


def _bound_to(kind: type[Bound], family: int, address: Any) -> Bound:
    made = kind(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if kind is SharedAddress:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:  # as asyncio has it: `::` says nothing of IPv4
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
    except OSError:
        made.close()
        raise
    made.set_inheritable(True)
    return made


class SharedAddress(socket.socket):
    """A socket of which each process that it is sent to gets another one at the same address.

    From a single socket the first process to wake takes all connections that wait there. What is
    bound and does not listen gets none, so the one that is kept only holds the address.
    """

    def __reduce__(self) -> tuple[Callable[..., SharedAddress], tuple[Any, ...]]:
        return bound_to, (self.family, self.getsockname())


def bound_to(family: int, address: Any) -> SharedAddress:
    """A socket at an address that others of this user share. Raises OSError."""
    return _bound_to(SharedAddress, family, address)
