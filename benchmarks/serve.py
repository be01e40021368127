"""How many requests a second the service answers, and what one costs, beside an echo of JSON.

    python benchmarks/serve.py [--seconds N] [--connections N] [--workers N] [--rate SHARE] [--json]

Each contender is a process of its own behind the same server, and is asked by this one over
connections that are kept. The echo parses a body and writes it again on the same framework: the
ratio to it is what deciding adds. The steady figure is the processor time of the server for a
request, since the client shares the machine. `--rate 0.7` asks at random moments (Poisson), as
often as that share of what the contender answered before, and counts the time from the moment at
which a request was due: a stall shows, which a client that waits for each answer hides.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
DECIDE = "/v1/policies/technical-support/decide"
FACTS = {
    "requester.kind": "certified_partner",
    "request.service": "training",
    "request.channel": "portal",
    "request.created_at": "2026-11-20T18:30",
}
ECHO = """
import json, sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

async def echo(request):
    return Response(json.dumps(json.loads(await request.body())), media_type="application/json")

app = Starlette(routes=[Route("/echo", echo, methods=["POST"])])
uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """What is asked: the path, the level of the document, whether decisions are recorded."""

    name: str
    path: str = DECIDE
    level: str = "outcomes"
    has_log: bool = False

    @property
    def body(self) -> bytes:
        """What is sent."""
        return json.dumps({"facts": FACTS, "explain": self.level}).encode()


@dataclass(frozen=True, slots=True)
class Row:
    """What came out; times in milliseconds, processor time in microseconds a request."""

    name: str
    per_second: float
    p50: float
    p99: float
    cpu: float
    to_echo: float


CONTENDERS = (
    Contender("echo of JSON", "/echo"),
    Contender("outcomes"),
    Contender("reasons", level="reasons"),
    Contender("full", level="full"),
    Contender("outcomes, in the log", has_log=True),
    Contender("full, in the log", level="full", has_log=True),
)


@contextmanager
def served(contender: Contender, workers: int) -> Iterator[tuple[int, int]]:
    """The port of a server and its process."""
    with socket.socket() as taken, tempfile.TemporaryDirectory() as folder:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.close()
        command = [sys.executable, "-c", ECHO, str(port)]
        if contender.path != "/echo":
            command = [sys.executable, "-m", "reglament", "serve", "--port", str(port)]
            command += ["--policies", str(ROOT / "policies"), "--workers", str(workers)]
            command += ["--log", f"{folder}/log.db"] if contender.has_log else []
        paths = os.pathsep.join(filter(None, [str(ROOT / "engine"), os.environ.get("PYTHONPATH")]))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, **quiet)
        try:
            _wait(port, process)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    while True:
        if process.poll() is not None:
            raise RuntimeError("the server ended: is the extra `serve` installed?")
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)


def cpu_of(process: int) -> float:
    """Seconds of processor time of a process and those that it started (Linux)."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    own = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_of(int(child)) for child in below)


class Connection:
    """A connection that is kept, over which one request after another is sent."""

    def __init__(self, port: int, contender: Contender) -> None:
        self.port = port
        body = contender.body
        head = f"POST {contender.path} HTTP/1.1\r\nHost: localhost\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.request = head.encode() + body

    async def open(self) -> Connection:
        """Connect."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def ask(self) -> None:
        """Send a request and read its answer. Raises RuntimeError for any but a good one."""
        self.writer.write(self.request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        length = next(one for one in head.lower().split(b"\r\n") if one.startswith(b"content-len"))
        await self.reader.readexactly(int(length.partition(b":")[2]))


async def closed_loop(port: int, one: Contender, connections: int, seconds: float) -> list[float]:
    """The time of each answer, each connection asking again as soon as it is answered."""
    times: list[float] = []
    until = time.perf_counter() + seconds

    async def asking() -> None:
        connection = await Connection(port, one).open()
        while (begun := time.perf_counter()) < until:
            await connection.ask()
            times.append(time.perf_counter() - begun)

    await asyncio.gather(*(asking() for _ in range(connections)))
    return times


async def open_loop(
    port: int, one: Contender, connections: int, seconds: float, rate: float
) -> list[float]:
    """The time of each answer since it was due, requests being due at random moments."""
    times: list[float] = []
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(connections * 4):
        free.put_nowait(await Connection(port, one).open())

    async def asking(due: float) -> None:
        connection = await free.get()
        await connection.ask()
        times.append(time.perf_counter() - due)
        free.put_nowait(connection)

    begun = due = time.perf_counter()
    asked = []
    while due < begun + seconds:
        due += random.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        asked.append(asyncio.create_task(asking(due)))
    await asyncio.gather(*asked)
    return times


def measured(one: Contender, options: argparse.Namespace) -> tuple[list[float], float, float]:
    """The times of the answers, how many a second there were, and the processor time of each."""
    with served(one, options.workers) as (port, process):
        asyncio.run(closed_loop(port, one, options.connections, 1.0))  # warm
        cpu, begun = cpu_of(process), time.perf_counter()
        times = asyncio.run(closed_loop(port, one, options.connections, options.seconds))
        took = time.perf_counter() - begun
        cost, per_second = (cpu_of(process) - cpu) / len(times), len(times) / took
        if options.rate:
            rate = per_second * options.rate
            loop = open_loop(port, one, options.connections, options.seconds, rate)
            times = asyncio.run(loop)
        return times, per_second, cost


def rows(options: argparse.Namespace) -> Iterator[Row]:
    """A row a contender, the echo first."""
    echo = 0.0
    for one in CONTENDERS:
        times, per_second, cost = measured(one, options)
        echo = echo or cost
        ms = [1000 * seconds for seconds in times]
        p99 = quantiles(ms, n=100)[98]
        yield Row(one.name, per_second, median(ms), p99, cost * 1e6, cost / echo)


def printed(made: Sequence[Row]) -> Iterator[str]:
    """The rows as a table."""
    yield f"{'':24} {'req/s':>8} {'p50 ms':>8} {'p99 ms':>8} {'CPU us':>8} {'to echo':>8}"
    for row in made:
        figures = f"{row.per_second:8.0f} {row.p50:8.2f} {row.p99:8.2f}"
        yield f"{row.name:24} {figures} {row.cpu:8.0f} {row.to_echo:8.2f}"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rate", type=float, default=0.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    made = list(rows(options))
    if options.json:
        print(json.dumps([asdict(row) for row in made], indent=2))
    else:
        print("\n".join(printed(made)))


if __name__ == "__main__":
    main()
