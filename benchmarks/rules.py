"""From a growing number of rules to the time a decision takes with the rule behind it kept.

    python benchmarks/rules.py [--sizes N …] [--limit SECONDS]

Rules are the grid of `grid.py`. Each contender and size has a process of its own: it compiles,
answers the first request, has its answers checked, and is then timed. Compiling is from rules in
memory to the first decision, its rule named; memory is the most that the process held. A
contender that is not done within the limit is left out at that size and beyond.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)
sys.path.append(str(ROOT / "engine"))

from benchmarks import grid  # noqa: E402
from benchmarks.peers.grid_peers import PEERS, Ask  # noqa: E402

OURS, OURS_READ = "reglament", "reglament, read from YAML"
SIZES = (10, 100, 1_000, 10_000)
MOST_READ = 1_000
ROUNDS, ROUND_SECONDS = 9, 0.15


def reglament(rows: Sequence[grid.Row]) -> Ask:
    """Ours, from a version made in memory."""
    from reglament.policy import Policy

    return _ask(Policy((grid.version(list(rows)),)))


def reglament_read(rows: Sequence[grid.Row]) -> Ask:
    """Ours, from YAML text; reading it is part of compiling."""
    from reglament.policy import load_policy

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "policy.yaml"
        path.write_text(grid.text(list(rows)), "utf-8")
        return _ask(load_policy(path))


def _ask(policy: Any) -> Ask:
    def ask(request: grid.Request) -> grid.Answer:
        outcome = policy.decide(request, at=grid.DAY)["price"]
        return outcome.outcome, outcome.rules[0]

    return ask


CONTENDERS: dict[str, Callable[[Sequence[grid.Row]], Ask]] = {
    OURS: reglament,
    OURS_READ: reglament_read,
    **PEERS,
}


def measure(name: str, size: int) -> dict[str, Any]:
    """Seconds to compile, microseconds a decision, megabytes; or what went wrong."""
    rows = grid.grid(size)
    told = grid.requests(rows, 2_000)
    start = time.perf_counter()
    ask = CONTENDERS[name](rows)
    first = ask(told[0])
    compiled = time.perf_counter() - start
    begun, few = time.perf_counter(), told[:20]
    answers = [first, *map(ask, few[1:])]
    each = (time.perf_counter() - begun) / len(few)
    count = max(5, min(len(told) // 2, int(ROUND_SECONDS / each)))
    answers += map(ask, told[20 : 20 + count])
    if answers != grid.expected(rows, told[: 20 + count]):
        return {"wrong": "answers differ from those expected"}
    rounds = [_round(ask, told, count, number) for number in range(ROUNDS)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"compile": compiled, "each": min(rounds) * 1e6, "megabytes": peak}


def _round(ask: Ask, told: Sequence[grid.Request], count: int, number: int) -> float:
    asked = [told[(number * count + place) % len(told)] for place in range(count)]
    start = time.perf_counter()
    for request in asked:
        ask(request)
    return (time.perf_counter() - start) / count


def in_process(name: str, size: int, limit: float) -> dict[str, Any]:
    """`measure` in a process of its own, for at most `limit` seconds."""
    command = [sys.executable, __file__, "--one", name, "--sizes", str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return {"wrong": f"not done within {limit:g} s"}
    if done.returncode == 0:
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found
    said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
    return {"wrong": said[-1][:150]}


def main() -> int:
    """Print a table a size; 1 where ours failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--limit", type=float, default=40.0, help="seconds a contender and size")
    parser.add_argument("--only", nargs="+", default=list(CONTENDERS), help="contenders to run")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one, asked.sizes[0])))
        return 0
    return _all(asked.sizes, asked.only, asked.limit)


def _all(sizes: Sequence[int], names: Sequence[str], limit: float) -> int:
    least: dict[str, float] = {}
    left_out: set[str] = set()
    failed = False
    for size in sizes:
        print(f"\n{size} rules{'compile s':>32}{'MB':>8}{'µs':>12}{'to ours':>10}{'growth':>9}")
        ours = 0.0
        for name in names:
            if name in left_out or (name == OURS_READ and size > MOST_READ):
                continue
            found = in_process(name, size, limit)
            if "wrong" in found:
                print(f"  {name:<34} left out: {found['wrong']}", flush=True)
                left_out.add(name)
                failed = failed or name in (OURS, OURS_READ)
                continue
            each = found["each"]
            ours = each if name == OURS else ours
            growth = each / least.setdefault(name, each)
            ratio = each / ours if ours else float("nan")
            figures = f"{found['compile']:>7.2f}{found['megabytes']:>8.0f}{each:>12.2f}"
            print(f"  {name:<34}{figures}{ratio:>10.2f}{growth:>9.2f}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
