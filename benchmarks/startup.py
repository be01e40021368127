"""From nothing to an answer: the CPU time of whole processes, beside importing what we depend on.

    python benchmarks/startup.py [--runs N] [--json]

The yardstick is a process that imports PyYAML, jsonschema and click and does nothing. Requests
are decided by the shipped policy, and by a table of 5,001 rows. Runs of all commands take turns.
*Cold* is the first run with no bytecode and no cache of ours on disk (each command has
directories of its own for both); *warm* is every later run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # for `benchmarks.…`, not `requests`

from benchmarks import requests  # noqa: E402

FORBIDDING = {"PYTHONDONTWRITEBYTECODE", "REGLAMENT_CACHE"}
YARDSTICK = "import yaml, jsonschema, click"


TABLE_POLICY = """\
policy: tariff
version: "1"
title: {en: Tariff}
languages: [en]
holds_from: 1900-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: on_day
facts:
  on_day: {type: date, label: {en: day}}
  weight: {type: integer, label: {en: weight}}
  zone: {type: integer, label: {en: zone}}
decisions:
  price: {label: {en: price}, type: integer, table: prices.csv}
"""
TOLD_OF_TABLE = {"on_day": "2026-01-02", "weight": 250, "zone": 4}


def commands(folder: Path) -> dict[str, list[str]]:
    """What is run, by the name it has in the table; the yardstick first."""
    decide = [sys.executable, "-m", "reglament", "decide"]
    shipped = [*decide, str(folder / "request.json"), "--policy", "technical-support"]
    table = [*decide, str(folder / "parcel.json"), "--policy", str(folder / "tariff")]
    reasons = ["--explain", "reasons"]
    return {
        YARDSTICK: [sys.executable, "-c", YARDSTICK],
        "python alone": [sys.executable, "-c", "pass"],
        "reglament --help": [*decide[:-1], "--help"],
        "reglament decide FILE": shipped,
        "reglament decide FILE --json": [*shipped, "--json"],
        "a table of 5,001 rows": table,
        "a table, --explain reasons": [*table, *reasons],
        "a table, --json": [*table, "--json"],
    }


def write_files(folder: Path) -> None:
    """A request of the shipped policy; a policy with a table of 5,001 rows, a request of that."""
    request = json.dumps(requests.complete(1)[0], ensure_ascii=False)
    (folder / "request.json").write_text(request, "utf-8")
    (folder / "parcel.json").write_text(json.dumps(TOLD_OF_TABLE), "utf-8")
    (folder / "tariff").mkdir()
    (folder / "tariff" / "policy.yaml").write_text(TABLE_POLICY, "utf-8")
    rows = [f"r{at},{at // 500},{at % 500},{at},as the table says" for at in range(5_001)]
    text = "\n".join(["id,zone,weight,then,because.en", *rows, ""])
    (folder / "tariff" / "prices.csv").write_text(text, "utf-8")


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
    """CPU seconds from start to exit; RuntimeError with the last line of complaint on failure."""
    start = _spent()
    done = subprocess.run(command, env=variables, cwd=folder, capture_output=True, check=False)
    took = _spent() - start
    if done.returncode != 0:
        complaint = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        raise RuntimeError(f"exit status {done.returncode}, {complaint[-1]}")
    return took


def _spent() -> float:
    """CPU seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(folder: Path, runs: int) -> tuple[dict[str, list[float]], dict[str, str]]:
    """CPU seconds of each run by command, the cold one first; and why a command was left out."""
    write_files(folder)
    took: dict[str, list[float]] = {name: [] for name in commands(folder)}
    left_out: dict[str, str] = {}
    for _ in range(runs + 1):
        for name, command in commands(folder).items():
            if name in left_out:
                continue
            caches = folder / "caches" / name.replace(" ", "-")
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
