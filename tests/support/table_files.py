"""Tables of requests in files of every kind, the same rows in each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from reglament.batch.table_sinks import KINDS, plain_value, written_table
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.policy import Policy
from support.request_tables import Rows, told_table

Request = dict[str, Any]


def requests_of(
    policy: Policy, count: int, *, missing: float = 0.1, seed: int = 7
) -> list[Request]:
    """Random requests of the newest version."""
    made = Rows(policy.versions[-1], seed)
    return [made.row(missing) for _ in range(count)]


def table_of(policy: Policy, rows: Iterable[Request]) -> pa.Table:
    """The requests as a table, each with a number."""
    told = list(rows)
    table = told_table(ColumnEvaluator(policy).facts, told, policy.versions[-1].zone)
    return table.add_column(0, "id", pa.array(range(1, len(told) + 1)))


def write_requests(path: Path, policy: Policy, rows: list[Request], *, group: int = 0) -> Path:
    """The requests in a file of the kind that its name says; of Parquet so many in a row group."""
    if path.suffix == ".jsonl":
        lines = [json.dumps(row, ensure_ascii=False, default=plain_value) for row in rows]
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return path
    table = table_of(policy, rows)
    if group:
        pq.write_table(table, path, row_group_size=group)
        return path
    with written_table(path, KINDS[path.suffix], table.schema) as written:
        for batch in table.to_batches():
            written.write(batch)
    return path


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a Parquet file, or of the parts of a folder."""
    files = [path] if path.is_file() else sorted(path.glob("part-*.parquet"))
    return [row for one in files for row in pq.read_table(one).to_pylist()]
