"""Whether the service holds out: an hour of requests without growth, and ends without warning.

    python benchmarks/endurance.py soak [--minutes N] [--rate N] [--workers N]
    python benchmarks/endurance.py kill [--times N] [--clients N] [--workers N]

`soak` asks so many decisions a second with a log, every level in turn, now and then a batch, a
refused request, a page, and loads a policy anew; it prints memory, open files and threads as it
goes, and what they grew by since the first tenth of the time, after which nothing should be new.
`kill` ends the service by SIGKILL under load, again and again on one log, and then looks every
decision that was answered up in it. Either way the log is verified at the end. Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # for `benchmarks.…`

from benchmarks.http_client import Connection  # noqa: E402
from benchmarks.http_servers import (  # noqa: E402
    DECIDE,
    ROOT,
    Contender,
    edit,
    handles_of,
    kept_in,
    memory_of,
    processes,
    served,
    started,
    threads_of,
)
from reglament.audit import open_log  # noqa: E402

RECORDED = Contender("in the log", has_log=True)
LEVELS = ("outcomes", "reasons", "full")
STEPS = 20
EVERY_BATCH, EVERY_EDIT, IN_BATCH = 200, 600, 20
GONE = (OSError, asyncio.IncompleteReadError)


@dataclass(slots=True)
class Asked:
    """What was answered so far."""

    answered: int = 0
    refused: int = 0
    subjects: set[str] = field(default_factory=set)


# Soak


def soak(minutes: float, rate: float, workers: int) -> None:
    """Ask for so long; print what the service takes."""
    asked, taken = Asked(), list[tuple[float, float, int, int]]()
    with kept_in(None) as folder:
        policies = folder / "policies"
        shutil.copytree(ROOT / "policies", policies)
        with served(RECORDED, workers, folder, policies) as (port, process):
            for step in range(STEPS + 1):
                if step:
                    seconds = minutes * 60 / STEPS
                    asyncio.run(_asked(port, seconds, rate, asked, policies))
                usage = memory_of(process), handles_of(process), threads_of(process)
                taken.append((step * minutes / STEPS, *usage))
                print(_line(*taken[-1], asked.answered), flush=True)
        verified = _verified(folder, ("--chain-only",))
    early, last = taken[STEPS // 10], taken[-1]
    print(
        f"since minute {early[0]:.1f}: memory {last[1] - early[1]:+.1f} MB,"
        f" open files {last[2] - early[2]:+}, threads {last[3] - early[3]:+};"
        f" {asked.answered} answered, {asked.refused} refused on purpose; {verified}"
    )


def _line(minute: float, memory: float, handles: int, threads: int, answered: int) -> str:
    return (
        f"minute {minute:5.1f}: {memory:7.1f} MB, {handles:4} open files, {threads:3} threads,"
        f" {answered} answered"
    )


async def _asked(port: int, seconds: float, rate: float, asked: Asked, policies: Path) -> None:
    """Requests at random moments, one after another."""
    decide = await Connection(port, DECIDE).open()
    bodies = _bodies()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        number, body = next(bodies)
        await decide.ask(json.dumps(body).encode())
        asked.answered += 1
        if number % EVERY_BATCH == 0:
            # A connection of its own: one that waits for seconds is closed.
            batch = await Connection(port, f"{DECIDE}/batch").open()
            await batch.ask(json.dumps([body] * IN_BATCH).encode())
            batch.close()
            asked.answered += IN_BATCH
            with suppress(RuntimeError):  # as it should
                await decide.ask(json.dumps({"facts": {"nothing": number}}).encode())
            asked.refused += 1
        if number % EVERY_EDIT == 0:
            edit(policies, number)
        await asyncio.sleep(random.expovariate(rate))
    decide.close()


_numbers = count(1)


def _bodies() -> Iterator[tuple[int, dict[str, object]]]:
    """Different requests without end, numbered; every level in turn, some with all facts."""
    told = [RECORDED.bodies(is_told=is_told) for is_told in (True, False)]
    for number in _numbers:
        some = told[number % 2]
        facts = json.loads(some[number % len(some)])["facts"]
        facts["request.remote_tool"] = f"tool {number}"  # a word that was never told before
        subject = f"request/{number}"
        yield number, {"facts": facts, "explain": LEVELS[number % 3], "subject": subject}


# Kill


def kill(times: int, clients: int, workers: int) -> None:
    """End the service under load so often; say what of the answers the log lacks."""
    asked, numbers = Asked(), count(1)
    with kept_in(None) as folder:
        for _ in range(times):
            process, port = started(RECORDED, workers, folder)
            asyncio.run(_until_killed(process, port, clients, asked, numbers))
        with open_log(str(folder / "log.db")) as log:
            found = [entry.body["subject"] for entry in log.entries()]
        verified = _verified(folder)
    lacking = asked.subjects - set(found)
    print(
        f"{times} times killed: {len(asked.subjects)} answered, {len(found)} entries,"
        f" {len(lacking)} answered and not in the log; {verified}"
    )
    if lacking:
        raise SystemExit(1)


async def _until_killed(
    process: subprocess.Popen[bytes], port: int, clients: int, asked: Asked, numbers: Iterator[int]
) -> None:
    bodies = [json.loads(one) for one in RECORDED.bodies(is_told=True)]

    async def asking() -> None:
        with suppress(*GONE):
            connection = await Connection(port, DECIDE).open()
            for number in numbers:
                subject = f"request/{number}"
                body = bodies[number % len(bodies)] | {"subject": subject}
                await connection.ask(json.dumps(body).encode())
                asked.subjects.add(subject)

    async def ending() -> None:
        until = len(asked.subjects) + random.randint(0, 60)
        while len(asked.subjects) < until:
            await asyncio.sleep(random.uniform(0.0, 0.02))
        for one in list(processes(process.pid)):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)

    await asyncio.gather(ending(), *(asking() for _ in range(clients)))
    process.wait()


def _verified(folder: Path, options: tuple[str, ...] = ()) -> str:
    """What the command says of the log, its first line."""
    command = [sys.executable, "-m", "reglament", "log", "verify", str(folder / "log.db"), *options]
    paths = os.pathsep.join(filter(None, (str(ROOT / "engine"), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": paths}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    return (done.stdout or done.stderr).strip().splitlines()[0]


def main() -> None:
    """Ask, and say what became of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("soak", "kill"))
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=1)
    told = parser.parse_args()
    if told.what == "soak":
        soak(told.minutes, told.rate, told.workers)
    else:
        kill(told.times, told.clients, told.workers)


if __name__ == "__main__":
    main()
