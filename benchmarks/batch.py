"""From a table of made-up requests to million rows per CPU-second, Parquet to Parquet.

    python -m benchmarks.batch [ROWS] [--missing 0.1] [--rounds N]

Each contender reads the same file and writes its decisions to another, in one thread; what it
says of the tier, the scope, the answer and the hours is checked against the hand-written SQL,
and a contender that differs is named. The engine's first round, in which it learns its classes,
stands by itself. ZEN and Cedar decide two decisions of 2,000 rows, already prepared and without
files: a bound from above. Ratios of one run hold; times of a busy machine do not.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "1"
sys.path[0] = str(Path(__file__).resolve().parents[1])  # for `benchmarks.…`, not `requests`

import duckdb  # noqa: E402
import polars  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from benchmarks.peers.inputs import prepare_input  # noqa: E402
from reglament import load_policy  # noqa: E402
from reglament.batch.opening import opened_columns  # noqa: E402
from reglament.batch.table_sinks import parquet_writer  # noqa: E402
from reglament.columnar.column_evaluator import ColumnEvaluator  # noqa: E402
from reglament.columnar.layouts import LaidOut, Layout, details_of  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
FOUR = ("tier", "scope", "answer", "response_hours")
LOOPED = 2_000
DAY = "(\"request.created_at\" AT TIME ZONE 'Europe/Moscow')::DATE"
TIER = f"""CASE
  WHEN "requester.kind" = 'certified_partner' THEN 'partner'
  WHEN "subscription.active_from" <= "request.created_at" AND
       ("subscription.active_until" IS NULL OR {DAY} <= "subscription.active_until") THEN 'paid'
  WHEN "key.registered_on" <= {DAY} AND
       {DAY} <= ("key.registered_on" + INTERVAL 3 MONTH)::DATE THEN 'free'
  ELSE 'none' END"""
FOR_PARTNERS_ONLY = "('training', 'user_specific_setup', 'software_update')"
NAMED = f"""("request.service" IN {FOR_PARTNERS_ONLY} OR "request.service" IN
  ('software_operation', 'error_correction', 'custom_instructions', 'remote_connection'))"""
SCOPE = f"""CASE
  WHEN tier = 'none' THEN 'not_applicable'
  WHEN "request.service" = 'onsite_visit' THEN 'out_of_scope'
  WHEN tier = 'partner' THEN CASE WHEN {NAMED} THEN 'in_scope' ELSE 'not_regulated' END
  WHEN "request.service" = 'software_operation' THEN 'in_scope'
  WHEN "request.service" = 'error_correction' THEN
    CASE WHEN "request.fix_feasible" THEN 'in_scope' ELSE 'out_of_scope' END
  WHEN "request.service" IN {FOR_PARTNERS_ONLY} THEN 'out_of_scope'
  WHEN "request.service" = 'custom_instructions' THEN
    CASE WHEN tier = 'free' AND "request.general_guide_exists" THEN 'out_of_scope'
    ELSE 'not_regulated' END
  WHEN "request.service" = 'remote_connection' THEN
    CASE WHEN tier = 'free' THEN 'out_of_scope'
    WHEN "request.remote_tool" IS DISTINCT FROM 'TeamViewer 11' THEN 'not_regulated'
    WHEN "request.remote_approved" THEN 'in_scope' ELSE 'out_of_scope' END
  ELSE 'not_regulated' END"""
ANSWER = """CASE
  WHEN "request.channel" NOT IN ('portal', 'phone', 'email') OR tier = 'none'
    OR scope = 'out_of_scope' THEN 'refuse'
  WHEN scope = 'not_regulated' THEN 'refer' ELSE 'accept' END"""
HOURS = "CASE tier WHEN 'free' THEN 24 WHEN 'paid' THEN 16 WHEN 'partner' THEN 8 END"


def case(source: Path, target: Path) -> None:
    """Four decisions as a developer would write them in SQL; no reasons, no missing facts."""
    connection = duckdb.connect(config={"threads": 1})
    query = f"""SELECT tier, scope, {ANSWER} AS answer, {HOURS} AS response_hours FROM
      (SELECT *, {SCOPE} AS scope FROM (SELECT *, {TIER} AS tier FROM '{source}'))"""
    connection.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION snappy)")


def when_then(source: Path, target: Path) -> None:
    """The same in Polars."""
    col, lit, when = polars.col, polars.lit, polars.when
    day = col("request.created_at").dt.convert_time_zone("Europe/Moscow").dt.date()
    registered, until = col("key.registered_on"), col("subscription.active_until")
    is_paid = (col("subscription.active_from") <= col("request.created_at")) & (
        until.is_null() | (day <= until)
    )
    is_free = (registered <= day) & (day <= registered.dt.offset_by("3mo"))
    tier = (
        when(col("requester.kind") == "certified_partner").then(lit("partner"))
        .when(is_paid).then(lit("paid")).when(is_free).then(lit("free")).otherwise(lit("none"))
    )  # fmt: skip
    service, tier_is = col("request.service"), col("tier")
    only = service.is_in(["training", "user_specific_setup", "software_update"])
    named = only | service.is_in(
        ["software_operation", "error_correction", "custom_instructions", "remote_connection"]
    )
    is_remote, is_custom = service == "remote_connection", service == "custom_instructions"
    guided = (tier_is == "free") & col("request.general_guide_exists")
    other_tool = col("request.remote_tool").ne_missing("TeamViewer 11")
    within, out, silent = lit("in_scope"), lit("out_of_scope"), lit("not_regulated")
    scope = (
        when(tier_is == "none").then(lit("not_applicable"))
        .when(service == "onsite_visit").then(out)
        .when((tier_is == "partner") & named).then(within)
        .when(tier_is == "partner").then(silent)
        .when(service == "software_operation").then(within)
        .when((service == "error_correction") & col("request.fix_feasible")).then(within)
        .when(service == "error_correction").then(out)
        .when(only).then(out)
        .when(is_custom & guided).then(out)
        .when(is_custom).then(silent)
        .when(is_remote & (tier_is == "free")).then(out)
        .when(is_remote & other_tool).then(silent)
        .when(is_remote & col("request.remote_approved")).then(within)
        .when(is_remote).then(out)
        .otherwise(silent)
    )  # fmt: skip
    listed = col("request.channel").is_in(["portal", "phone", "email"])
    refused = ~listed | (tier_is == "none") | (col("scope") == "out_of_scope")
    answer = (
        when(refused).then(lit("refuse")).when(col("scope") == "not_regulated").then(lit("refer"))
        .otherwise(lit("accept"))
    )  # fmt: skip
    hours = tier_is.replace_strict({"free": 24, "paid": 16, "partner": 8}, default=None)
    found = polars.scan_parquet(source).with_columns(tier=tier).with_columns(scope=scope)
    found = found.with_columns(answer=answer, response_hours=hours).select(FOUR)
    found.collect().write_parquet(target, compression="snappy")


def floor(source: Path, target: Path) -> None:
    """Only read, and written again: four columns of words."""
    table = pq.read_table(source, use_threads=False)
    words = ["requester.kind", "request.service", "request.channel", "requester.district"]
    pq.write_table(table.select(words), target)


class Ours:
    """The engine: what it learnt of one round serves the next."""

    def __init__(self, layout: Layout | None, only: tuple[str, ...] | None = None) -> None:
        self.layout = layout
        details = "clauses" if layout is None else details_of(layout)
        policy = load_policy("technical-support")
        self.evaluator = ColumnEvaluator(policy, only=only, details=details)

    def __call__(self, source: Path, target: Path) -> None:
        """Decide the file; without a layout only count."""
        evaluator = self.evaluator
        _, parts = opened_columns(evaluator, str(source), None)
        batches = (batch for part in parts for batch in part.read())
        if self.layout is None:
            for batch in batches:
                evaluator.decide(batch, computes=False)
            return
        laid_out = LaidOut(evaluator, self.layout, pa.schema([]), "en")
        with closing(parquet_writer(target, laid_out.schema)) as writer:
            for batch in batches:
                writer.write_batch(laid_out.batch(batch, laid_out.decided(batch)))


def seconds(contender: Callable[[Path, Path], None], source: Path, target: Path) -> float:
    """What one round of it takes of a processor."""
    start = time.process_time()
    contender(source, target)
    return time.process_time() - start


def peers(source: Path) -> Iterator[tuple[str, float | None]]:
    """Seconds a row of those that decide requests of their own form; None where one is missing."""
    table = pq.read_table(source).slice(0, LOOPED)
    told = [prepare_input(row) for row in table.to_pylist()]

    def looped(peer: Any) -> Callable[[], object]:
        decide = peer.prepare()
        return lambda: [decide(one) for one in told]

    def at_once(peer: Any) -> Callable[[], object]:
        decide = peer.prepare_many()
        return lambda: decide(told)

    asked = {
        "ZEN in a loop": ("zen_peer", looped),
        "Cedar in a loop": ("cedar_peer", looped),
        "Cedar's call for a batch": ("cedar_peer", at_once),
    }
    for name, (module, prepare) in asked.items():
        try:
            decide = prepare(importlib.import_module(f"benchmarks.peers.{module}"))
        except ImportError:
            yield name, None
            continue
        start = time.process_time()
        decide()
        yield name, (time.process_time() - start) / len(told)


def differing(target: Path, expected: pa.Table) -> int:
    """How many cells of the four decisions are not the expected ones."""
    found = pq.read_table(target).select(FOUR)
    pairs = zip(found.columns, expected.columns, strict=True)
    return sum(a != b for f, e in pairs for a, b in zip(f.to_pylist(), e.to_pylist(), strict=True))


def main() -> int:
    """Run every contender, and print what each does of a million rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int, nargs="?", default=300_000)
    parser.add_argument("--missing", type=float, default=0.0)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    pa.set_cpu_count(1)
    contenders: dict[str, Callable[[Path, Path], None]] = {
        "read and write four columns": floor,
        "DuckDB CASE, four decisions": case,
        "Polars when/then, four decisions": when_then,
        "reglament: four decisions, wide": Ours("wide", FOUR),
        "reglament: all twelve, narrow": Ours("narrow"),
        "reglament: all twelve, wide with rules": Ours("wide"),
        "reglament: all twelve, counted": Ours(None),
    }
    wrong = 0
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "requests.parquet", Path(folder) / "decided.parquet"
        made = [sys.executable, ROOT / "scripts" / "make-requests", str(asked.rows), source]
        subprocess.run([*made, "--missing", str(asked.missing)], check=True)
        case(source, target)
        expected = pq.read_table(target)
        print(f"{asked.rows} rows, {asked.missing:.0%} of facts missing; M rows per CPU-second")
        for name, contender in contenders.items():
            first = seconds(contender, source, target)
            rest = min(seconds(contender, source, target) for _ in range(asked.rounds))
            said = f"{asked.rows / rest / 1e6:6.3f}  {name}"
            if isinstance(contender, Ours):
                evaluator = contender.evaluator
                left = evaluator.rows_by_engine / evaluator.row_count
                said += f" (first round {asked.rows / first / 1e6:.3f}; {left:.1%} row by row)"
            print(said, flush=True)
            is_checked = asked.missing == 0 and ("four decisions" in name or "wide" in name)
            if is_checked and (cells := differing(target, expected)):
                wrong += cells
                print(f"        {cells} cells differ from the hand-written SQL")
        for name, found in peers(source) if asked.missing == 0 else ():
            said = "not installed" if found is None else f"{1 / found / 1e6:6.3f}"
            print(f"{said}  {name}, tier and scope, without files")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
