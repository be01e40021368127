"""From nothing to an answer: how long whole processes take, beside importing what we depend on.

    python benchmarks/startup.py [--runs N] [--json]

The yardstick is a process that imports PyYAML, jsonschema and click and does nothing. Runs of
all commands take turns. *Cold* is the first run with no bytecode and no cache of ours on disk
(each command has directories of its own for both); *warm* is every later run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # for `benchmarks.…`, not `requests`

from benchmarks import requests  # noqa: E402

FORBIDDING = {"PYTHONDONTWRITEBYTECODE", "REGLAMENT_CACHE"}
YARDSTICK = "import yaml, jsonschema, click"


def commands(request: Path) -> dict[str, list[str]]:
    """What is run, by the name it has in the table; the yardstick first."""
    engine = [sys.executable, "-m", "reglament"]
    return {
        YARDSTICK: [sys.executable, "-c", YARDSTICK],
        "python alone": [sys.executable, "-c", "pass"],
        "reglament --help": [*engine, "--help"],
        "reglament decide FILE --json": [*engine, "decide", str(request), "--json"],
    }


def environment(caches: Path) -> dict[str, str]:
    """The environment of a run whose caches are kept in `caches`."""
    paths = [str(ROOT / "engine"), os.environ.get("PYTHONPATH", "")]
    # Warm runs have their bytecode, whatever the machine that measures says of it.
    inherited = {name: told for name, told in os.environ.items() if name not in FORBIDDING}
    return {
        **inherited,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONPYCACHEPREFIX": str(caches / "bytecode"),
        "XDG_CACHE_HOME": str(caches / "cache"),
    }


def run_once(command: Sequence[str], variables: Mapping[str, str], folder: Path) -> float:
    """Seconds from start to exit; RuntimeError with the last line of complaint on failure."""
    start = time.perf_counter()
    done = subprocess.run(command, env=variables, cwd=folder, capture_output=True, check=False)
    took = time.perf_counter() - start
    if done.returncode != 0:
        complaint = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        raise RuntimeError(f"exit status {done.returncode}, {complaint[-1]}")
    return took


def measure(folder: Path, runs: int) -> tuple[dict[str, list[float]], dict[str, str]]:
    """Seconds of each run by command, the cold one first; and why a command was left out."""
    request = folder / "request.json"
    request.write_text(json.dumps(requests.complete(1)[0], ensure_ascii=False), "utf-8")
    took: dict[str, list[float]] = {name: [] for name in commands(request)}
    left_out: dict[str, str] = {}
    for _ in range(runs + 1):
        for name, command in commands(request).items():
            if name in left_out:
                continue
            caches = folder / name.replace(" ", "-")
            try:
                took[name].append(run_once(command, environment(caches), folder))
            except RuntimeError as reason:
                left_out[name] = str(reason)
    return took, left_out


def rows(took: Mapping[str, Sequence[float]]) -> list[dict[str, Any]]:
    """A row a command: milliseconds cold and warm, and the warm ratio, run by run."""
    yardstick = took[YARDSTICK]
    return [
        {
            "name": name,
            "cold": seconds[0] * 1e3,
            "best": min(seconds[1:]) * 1e3,
            "median": median(seconds[1:]) * 1e3,
            "cold_ratio": seconds[0] / yardstick[0],
            "ratio": median(a / b for a, b in zip(seconds[1:], yardstick[1:], strict=True)),
        }
        for name, seconds in took.items()
        if len(seconds) == len(yardstick)
    ]


def print_table(table: Sequence[Mapping[str, Any]]) -> None:
    """The rows as text."""
    head = ("cold ms", "ratio", "best ms", "median ms", "ratio")
    print(f"{'whole process':<34}" + "".join(f"{word:>11}" for word in head))
    for row in table:
        cold = f"{row['cold']:>11.0f}{row['cold_ratio']:>11.2f}"
        warm = f"{row['best']:>11.0f}{row['median']:>11.0f}{row['ratio']:>11.2f}"
        print(f"{row['name']:<34}{cold}{warm}")


def main() -> int:
    """Run everything in turn and print the table; 1 where a command failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=12, help="warm runs of each command")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        took, left_out = measure(Path(folder), asked.runs)
    table = rows(took)
    if asked.json:
        print(json.dumps({"rows": table, "left_out": left_out}))
        return 1 if left_out else 0
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print_table(table)
    for name, reason in left_out.items():
        print(f"{name}: left out, {reason}")
    return 1 if left_out else 0


if __name__ == "__main__":
    sys.exit(main())
