"""A receiver of effects on this machine that answers as it is told to, or misbehaves."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from itertools import chain, repeat
from typing import Any

Behave = Callable[["Server", socket.socket, dict[str, Any]], object]


class Server:
    """A server on this machine that answers every POST as `behave` says."""

    def __init__(self, behave: Behave) -> None:
        self.behave = behave
        self.taken: list[dict[str, Any]] = []
        self.connections = 0
        self._open: list[socket.socket] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}/hook"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as file:
                while (told := _request(file)) is not None:
                    self.taken.append(told)
                    self.behave(self, connection, told)
        except OSError:
            return

    def close(self) -> None:
        """Hang up, and take no more."""
        self.listening.close()
        for connection in self._open:
            connection.close()


def _request(file: Any) -> dict[str, Any] | None:
    if not file.readline():
        return None
    heads = {}
    while (line := file.readline().strip()) != b"":
        name, _, value = line.decode().partition(": ")
        heads[name.lower()] = value
    data = file.read(int(heads["content-length"]))
    return {"heads": heads, "data": data, "key": heads["idempotency-key"]}


def says(status: int, *heads: str, body: str = "") -> bytes:
    """An answer of HTTP."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *heads]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def answer(*told: bytes) -> Behave:
    """The first request is answered by the first of these, and so on; the last one repeats."""

    def behave(server: Server, connection: socket.socket, _: object) -> None:
        connection.sendall(told[min(len(server.taken), len(told)) - 1])

    return behave


def by_key(**told: bytes) -> Behave:
    """An answer for each effect; those not named are taken."""

    def behave(_: Server, connection: socket.socket, request: dict[str, Any]) -> None:
        connection.sendall(told.get(request["key"], says(204)))

    return behave


def dripping(_: Server, connection: socket.socket, __: object) -> None:
    """An answer that never ends: each part of it comes soon enough."""
    for letter in chain(b"HTTP/1.1 200 OK\r\nX: ", repeat(ord("y"))):
        connection.sendall(bytes([letter]))
        time.sleep(0.05)


def endless(head: bytes) -> Behave:
    """An answer that goes on as fast as it can."""

    def behave(_: Server, connection: socket.socket, __: object) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(b"x" * 65536)

    return behave
