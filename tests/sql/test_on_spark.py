"""The SQL of a policy, planned and run by Spark, says what `policy.decide` says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from support.shipped import shipped
from support.spark_session import ON_SPARK
from support.sql_cells import as_table, compared, made_rows, told_facts

pytestmark = ON_SPARK


@pytest.mark.parametrize(
    ("name", "only"),
    [
        ("technical-support", ["tier", "desk", "payment_contact"]),
        ("annual-leave", ["age", "service_days", "extra_days", "entitled"]),
        ("library-fees", ["card", "delay", "lost_fee"]),
    ],
)
def test_every_cell(name: str, only: Sequence[str], spark: Any, tmp_path: Path) -> None:
    from reglament.spark import decide_by_sql

    policy = shipped(name)
    rows = made_rows(policy, 40)
    pq.write_table(as_table(policy, rows), tmp_path / "requests.parquet")
    df = spark.read.parquet(str(tmp_path / "requests.parquet"))

    decided = decide_by_sql(df, policy, only=only, told=told_facts(policy)).orderBy("id")

    found = [row.asDict(recursive=True) for row in decided.collect()]
    assert compared(policy, rows, found, only=only).wrong == []
