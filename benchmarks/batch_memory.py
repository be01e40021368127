"""The memory of a long run, and its rate: a table of made-up requests, decided as the command does.

    python -m benchmarks.batch_memory [ROWS] [--missing 0.1] [--layout narrow]

The table is made first, by `scripts/make-requests`; the run is a process of its own, so that its
peak is its own. 50,000,000 rows take some two gigabytes of disk.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Make the table, decide it, and print the peak of memory and rows per CPU-second."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int, nargs="?", default=5_000_000)
    parser.add_argument("--missing", type=float, default=0.0)
    parser.add_argument("--layout", default="narrow")
    told = parser.parse_args()
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "requests.parquet", Path(folder) / "decisions.parquet"
        make = [sys.executable, ROOT / "scripts" / "make-requests", str(told.rows), source]
        subprocess.run([*make, "--missing", str(told.missing)], check=True)
        run = [sys.executable, "-m", "reglament", "batch", str(source), "--output", str(target)]
        run += ["--policy", "technical-support", "--layout", told.layout]
        path = {**os.environ, "PYTHONPATH": str(ROOT / "engine")}
        process = subprocess.Popen(run, env=path)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = status
        took = used.ru_utime + used.ru_stime
        print(f"{told.rows} rows, {told.missing:.0%} of facts missing, {told.layout}")
        print(f"{took:.1f} CPU-seconds, {told.rows / took / 1e6:.3f} M rows per CPU-second")
        print(
            f"{used.ru_maxrss / 1024:.0f} MB at most; {target.stat().st_size / 1e6:.0f} MB written"
        )
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main())
