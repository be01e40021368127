"""From requests to the time of each answer: a client that waits, and one that does not."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator


class Connection:
    """A connection that is kept, over which one request after another is sent."""

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        self.head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

    async def open(self) -> Connection:
        """Connect."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def ask(self, body: bytes) -> bytes:
        """Send a request and read its answer. Raises RuntimeError for any but a good one."""
        self.writer.write(f"{self.head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = next(one for one in head.lower().split(b"\r\n") if one.startswith(b"content-len"))
        told = await self.reader.readexactly(int(length.partition(b":")[2]))
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode() + told.decode())
        return told

    def close(self) -> None:
        """Let go of it."""
        self.writer.close()


Opened = Callable[[], Connection]


async def closed_loop(
    opened: Opened, bodies: Iterator[bytes], connections: int, seconds: float
) -> list[float]:
    """The time of each answer, each connection asking again as soon as it is answered."""
    times: list[float] = []
    until = time.perf_counter() + seconds

    async def asking() -> None:
        connection = await opened().open()
        while (begun := time.perf_counter()) < until:
            await connection.ask(next(bodies))
            times.append(time.perf_counter() - begun)
        connection.close()

    await asyncio.gather(*(asking() for _ in range(connections)))
    return times


async def open_loop(
    opened: Opened, bodies: Iterator[bytes], connections: int, seconds: float, rate: float
) -> list[float]:
    """The time of each answer since it was due, `rate` requests a second at random moments.

    The moments are those of a Poisson process: what waits for a stalled server is counted too.
    """
    times: list[float] = []
    free: asyncio.Queue[Connection] = asyncio.Queue()
    every = [await opened().open() for _ in range(connections)]
    for one in every:
        free.put_nowait(one)

    async def asking(due: float) -> None:
        connection = await free.get()
        await connection.ask(next(bodies))
        times.append(time.perf_counter() - due)
        free.put_nowait(connection)

    begun = due = time.perf_counter()
    asked = []
    while due < begun + seconds:
        due += random.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        asked.append(asyncio.create_task(asking(due)))
    await asyncio.gather(*asked)
    for one in every:
        one.close()
    return times
