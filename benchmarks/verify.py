"""What `log verify` takes over the worked examples of the shipped policies, recorded over and over.

    python -m benchmarks.verify [ENTRIES]

The log is a file of SQLite; it is verified whole by the command itself, as its user would. Times
are those of all its processes, on their processors; memory is the most of any one.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from reglament.audit import open_log
from reglament.audit.log import Recordable
from reglament.policy import bundled_policies, load_policy

AT_ONCE = 500
CLI = Path(__file__).resolve().parents[1] / "cli.py"


def main(entries: int) -> None:
    """Record, verify, print."""
    worked = list(recordable())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.db"
        record(path, worked, entries)
        print(f"{len(worked)} worked examples, {entries} entries, {size_of(path):.1f} MB")
        started = perf_counter()
        command = [sys.executable, str(CLI), "log", "verify", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(done.stdout.strip().splitlines()[0], f"(exit status {done.returncode})")
        print(
            f"CPU {spent.ru_utime + spent.ru_stime:.0f} s, clock {perf_counter() - started:.0f} s, "
            f"memory {spent.ru_maxrss / 1024:.0f} MB"
        )


def recordable() -> Iterator[Recordable]:
    """What the policies decide of each of their worked examples."""
    for policy in map(load_policy, bundled_policies()):
        for example in (one for version in policy.versions for one in version.examples):
            decided = policy.decide(dict(example.facts), at=example.at)
            yield decided.recordable()


def record(path: Path, worked: list[Recordable], entries: int) -> None:
    """So many entries, some hundred in a transaction."""
    source = cycle(worked)
    with open_log(str(path), create=True) as log:
        for start in range(0, entries, AT_ONCE):
            log.append_all(list(islice(source, min(AT_ONCE, entries - start))))


def size_of(path: Path) -> float:
    """Megabytes of the log's files."""
    return sum(file.stat().st_size for file in path.parent.iterdir()) / 1_000_000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("entries", type=int, nargs="?", default=100_000)
    main(**vars(parser.parse_args()))
