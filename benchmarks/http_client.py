"""From requests to the time of each answer: a client that waits, and one that does not.

Where wrk is installed it can take the part of the one that waits: written in C, it leaves nearly
all of the machine to the server, while this one takes as much as the server does.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple


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


class Timed(NamedTuple):
    """How many were answered, in how many seconds; of the times of them, in milliseconds."""

    answered: int
    seconds: float
    p50: float
    p99: float


def timed(times: Sequence[float], seconds: float) -> Timed:
    """What the time of each answer comes to."""
    ms = [1000 * one for one in times]
    return Timed(len(ms), seconds, median(ms), quantiles(ms, n=100)[98])


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


# What wrk sends in turn, and what it prints at the end; it counts in microseconds.
_SCRIPT = """
local made, place = {}, 0
function init(args)
  wrk.headers["Content-Type"] = "application/json"
  for line in io.lines(args[1]) do made[#made + 1] = wrk.format("POST", nil, nil, line) end
end
function request()
  place = place % #made + 1
  return made[place]
end
function done(all, latency)
  local e = all.errors
  local bad = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format("\\n[%d, %d, %d, %f, %f]\\n", bad, all.requests, all.duration,
    latency:percentile(50), latency:percentile(99)))
end
"""


def by_wrk(port: int, path: str, bodies: Sequence[bytes], connections: int, seconds: int) -> Timed:
    """The same loop as `closed_loop`, by wrk. Raises RuntimeError for any but good answers."""
    with TemporaryDirectory() as folder:
        script, told = Path(folder) / "script.lua", Path(folder) / "bodies"
        script.write_text(_SCRIPT, "utf-8")
        told.write_bytes(b"\n".join(bodies))
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script)]
        command += [f"http://127.0.0.1:{port}{path}", "--", str(told)]
        ended = subprocess.run(command, capture_output=True, text=True, check=True)
    bad, answered, took, p50, p99 = json.loads(ended.stdout.splitlines()[-1])
    if bad:
        raise RuntimeError(f"{bad} requests were not answered well")
    return Timed(answered, took / 1e6, p50 / 1e3, p99 / 1e3)
