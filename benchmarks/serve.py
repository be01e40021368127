"""How many requests a second the service answers, and what one costs, beside an echo of JSON.

    python benchmarks/serve.py [--seconds N] [--connections N] [--workers N …] [--facts all|four]
                               [--rate SHARE] [--only NAME …] [--client python|wrk] [--json]

Each contender is a process of its own behind the same server, and is asked by this one over
connections that are kept; or by wrk (`apt-get install wrk`), which takes little of the machine, so
that the rates are those of a service whose callers are elsewhere. The echo parses a body and writes
it again on the same framework: the ratio to it is what deciding adds. ZEN decides two of the twelve
decisions, of inputs that were prepared for it. The steady figure is the processor time of the
server for a request, since the client shares the machine.

`--rate 0.7` then asks at random moments (Poisson), as often as that share of what the contender
answered before, and counts the time from the moment at which a request was due: a stall shows,
which a client that waits for each answer hides. The service is asked so three times: left alone,
while a policy is loaded anew every two seconds, and while batches of 1,000 requests are decided.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from itertools import count, cycle
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # for `benchmarks.…`

from benchmarks.http_client import Connection, Opened, Timed, by_wrk, closed_loop, open_loop, timed  # noqa: E402
from benchmarks.http_servers import DECIDE, ROOT, Contender, cpu_of, edit, kept_in, served  # noqa: E402

ALONE, RELOADED, BATCHES = "alone", "reloaded", "batches"
IN_BATCH = 1_000
RELOADS_A_SECOND = 0.5
CONTENDERS = (
    Contender("echo of JSON", peer="echo"),
    Contender("ZEN, 2 decisions of 12", peer="zen"),
    Contender("outcomes"),
    Contender("reasons", level="reasons"),
    Contender("full", level="full"),
    Contender("outcomes, in the log", has_log=True),
    Contender("reasons, in the log", level="reasons", has_log=True),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What came out; times in milliseconds, processor time in microseconds a request.

    `beside` says what else the server did; in an open loop there is no processor time.
    """

    name: str
    workers: int
    beside: str
    per_second: float
    p50: float
    p99: float
    cpu: float | None
    to_echo: float | None


def rows(options: argparse.Namespace) -> Iterator[Row]:
    """The rows of each contender, the echo first."""
    echo = 0.0
    for one in CONTENDERS:
        if options.only and one.name not in options.only and one.peer != "echo":
            continue
        for workers in (1,) if one.peer else options.workers:
            for row in measured(one, workers, options, echo):
                echo = echo or row.cpu or 0.0
                yield row


def measured(
    one: Contender, workers: int, options: argparse.Namespace, echo: float
) -> Iterator[Row]:
    """What comes out of a closed loop, and then, at a share of its rate, of open ones."""
    bodies = one.bodies(is_told=options.facts == "all")
    with kept_in(None) as folder:
        policies = folder / "policies"
        shutil.copytree(ROOT / "policies", policies)
        with served(one, workers, folder, policies) as (port, process):
            asking = cycle(bodies)
            opened = lambda: Connection(port, one.path)  # noqa: E731
            asyncio.run(closed_loop(opened, asking, options.connections, 1.0))  # warm
            cpu = cpu_of(process)
            if options.client == "wrk":
                many, seconds = options.connections, round(options.seconds)
                found = by_wrk(port, one.path, bodies, many, seconds)
            else:
                begun = time.perf_counter()
                loop = closed_loop(opened, asking, options.connections, options.seconds)
                times = asyncio.run(loop)
                found = timed(times, time.perf_counter() - begun)
            cost, rate = (
                (cpu_of(process) - cpu) / found.answered * 1e6,
                found.answered / found.seconds,
            )
            yield _row(one, workers, "", rate, found, cost, cost / (echo or cost))
            for beside in (ALONE, RELOADED, BATCHES) if options.rate and not one.peer else ():
                share = rate * options.rate
                times = asyncio.run(_open(opened, asking, options, share, beside, policies))
                yield _row(one, workers, beside, share, timed(times, options.seconds))


async def _open(
    opened: Opened, asking: Iterator[bytes], options: argparse.Namespace, rate: float,
    beside: str, policies: Path,
) -> list[float]:  # fmt: skip
    connection = opened()
    async with _beside(beside, connection.port, next(asking), policies):
        many = options.connections * 4
        return await open_loop(opened, asking, many, options.seconds, rate)


@asynccontextmanager
async def _beside(what: str, port: int, body: bytes, policies: Path) -> AsyncIterator[None]:
    """What else the server has to do meanwhile."""
    doing = {RELOADED: lambda: _edit(policies), BATCHES: lambda: _batches(port, body)}
    task = asyncio.create_task(doing[what]()) if what in doing else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()


async def _edit(policies: Path) -> None:
    """Change a policy again and again, so that it is read whole again."""
    for number in count(1):
        edit(policies, number)
        await asyncio.sleep(1 / RELOADS_A_SECOND)


async def _batches(port: int, body: bytes) -> None:
    """Have batches decided, one after another."""
    items = json.dumps([json.loads(body)] * IN_BATCH).encode()
    connection = await Connection(port, f"{DECIDE}/batch").open()
    while True:
        await connection.ask(items)


def _row(
    one: Contender, workers: int, beside: str, rate: float, found: Timed,
    cpu: float | None = None, to_echo: float | None = None,
) -> Row:  # fmt: skip
    return Row(one.name, workers, beside, rate, found.p50, found.p99, cpu, to_echo)


def printed(row: Row) -> str:
    """The row as a line."""
    beside = f"open loop, {row.beside}" if row.beside else "closed loop"
    figures = f"{row.per_second:8.0f} {row.p50:8.2f} {row.p99:8.2f} {row.p99 / row.p50:8.1f}"
    cost = "" if row.cpu is None else f" {row.cpu:8.0f} {row.to_echo:8.2f}"
    return f"{row.name:24} {row.workers:2} {beside:20} {figures}{cost}"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--workers", type=int, nargs="+", default=[1])
    parser.add_argument("--facts", choices=("all", "four"), default="all")
    parser.add_argument("--rate", type=float, default=0.0)
    parser.add_argument("--only", nargs="+", choices=[one.name for one in CONTENDERS])
    parser.add_argument("--client", choices=("python", "wrk"), default="python")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.json:
        print(json.dumps([asdict(row) for row in rows(options)], indent=2))
        return
    heads = ("req/s", "p50 ms", "p99 ms", "p99/p50", "CPU us", "to echo")
    print(f"{'':48}", *(f"{head:>8}" for head in heads))
    for row in rows(options):
        print(printed(row), flush=True)


if __name__ == "__main__":
    main()
