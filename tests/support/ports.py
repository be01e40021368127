"""A port at which nobody listens, for a process that is to, or for a call that is to fail."""

from __future__ import annotations

import os
import socket

# Below those that systems give to whoever connects: else any call on the machine may take it.
_FIRST, _COUNT = 20_000, 10_000


def free_port() -> int:
    """Another one for each process that asks, as long as there are enough."""
    for number in range(_COUNT):
        port = _FIRST + (os.getpid() * 16 + number) % _COUNT
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("every port is taken")
