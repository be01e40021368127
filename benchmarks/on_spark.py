"""From a file of requests to their decisions by Spark on two cores, beside DuckDB's SQL.

    python -m benchmarks.on_spark [ROWS] [--rounds N]

Both read a Parquet file and write one, on two cores, and their times are told by the clock on the
wall: Spark's processes are several. DuckDB runs the SQL of the policy, Spark the same SQL and the
columns of `reglament.spark.decide`. The first round, in which a worker begins, a query is planned
and classes are learnt, stands by itself; a ratio is that of the quickest of the others. Rows in
which the two differ are counted. Takes the extra `spark`, and Java.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "engine")]

import duckdb  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

from reglament import load_policy  # noqa: E402
from reglament.spark import decide, decide_by_sql  # noqa: E402

FEW = ("tier", "scope", "answer", "response_hours")
CORES = 2
QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
}


def session() -> Any:
    """Spark in this process, with workers of this interpreter."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = str(ROOT / "engine")
    builder = SparkSession.builder.master(f"local[{CORES}]").appName("reglament")
    for name, value in QUIET.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def in_duckdb(policy: Any, source: Path, target: Path, only: tuple[str, ...]) -> Callable[[], None]:
    """What decides the file by the SQL of the policy; its tables are filled before."""
    told = [one.removesuffix(".told") for one in pq.read_schema(source).names if ".told" in one]
    script = policy.sql("duckdb", only=only, table=f"'{source}'", told=told)
    database = duckdb.connect(config={"threads": CORES})
    for statement in script.statements:
        database.execute(statement)
    return lambda: database.execute(f"COPY ({script.select}) TO '{target}' (FORMAT parquet)")


def seconds(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """What the first round takes, and the quickest of the others."""
    taken = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken[0], min(taken[1:])


def main() -> int:
    """Run every contender, and print what each takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    policy, spark = load_policy("technical-support"), session()
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "requests.parquet"), Path(folder, "by-duckdb.parquet")
        subprocess.run(
            [sys.executable, ROOT / "scripts" / "make-requests", str(asked.rows), source],
            check=True,
        )
        requests = spark.read.parquet(str(source))
        outputs = {"columns": Path(folder, "columns"), "SQL": Path(folder, "sql")}
        told = [one.removesuffix(".told") for one in requests.columns if ".told" in one]

        def by_columns() -> None:
            written(decide(requests, policy, only=FEW, keep=["id"]), outputs["columns"])

        planned = decide_by_sql(requests, policy, only=FEW, told=told)
        contenders: dict[str, Callable[[], object]] = {
            "DuckDB, the SQL of the policy": in_duckdb(policy, source, target, FEW),
            "Spark, the same SQL": lambda: written(planned, outputs["SQL"]),
            "Spark, columns": by_columns,
        }
        base = None
        for name, work in contenders.items():
            first, rest = seconds(work, asked.rounds)
            base = base or rest
            print(f"{rest:6.2f} s  {rest / base:5.2f}  {name} (first {first:.1f} s)", flush=True)
        wrong = sum(differing(target, one) for one in outputs.values())
        print(f"{wrong} rows differ")
    return 1 if wrong else 0


def written(df: Any, folder: Path) -> None:
    """Write the rows as Parquet."""
    df.write.mode("overwrite").parquet(str(folder))


def differing(expected: Path, found: Path) -> int:
    """How many rows Spark decides otherwise than DuckDB."""
    ours, theirs = (", ".join(f"{side}.{name}" for name in FEW) for side in ("ours", "theirs"))
    counted = f"""SELECT count(*) FROM '{expected}' ours FULL JOIN '{found}/*.parquet' theirs
      USING (id) WHERE ({ours}) IS DISTINCT FROM ({theirs})"""
    return int(duckdb.sql(counted).fetchall()[0][0])


if __name__ == "__main__":
    sys.exit(main())
