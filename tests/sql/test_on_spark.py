"""The SQL of a policy, planned and run by Spark, says what `policy.decide` says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from support.shipped import shipped
from support.spans_of_time import spans
from support.spark_session import ON_SPARK
from support.sql_cells import as_table, compared, made_rows, on_spark

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
    policy = shipped(name)
    rows = made_rows(policy, 40)

    found = on_spark(spark, policy, only, tmp_path)(as_table(policy, rows))

    assert compared(policy, rows, found, only=only).wrong == []


def test_spans_of_time(spark: Any) -> None:
    from reglament.spark import decide_by_sql

    policy, rows = spans()
    moment, span = "TIMESTAMP", "INTERVAL DAY TO SECOND"
    types = {"planned": moment, "arrived": moment, "allowed": span, "taken": span}
    columns = ", ".join(f"{name} {type_}" for name, type_ in types.items())
    told = [
        (at, *(row.get(name) for name in types), "allowed" in row) for at, row in enumerate(rows)
    ]
    df = spark.createDataFrame(told, f"id BIGINT, {columns}, `allowed.told` BOOLEAN")

    decided = decide_by_sql(df, policy, told=["allowed"], reasons=True).orderBy("id")

    said = compared(policy, rows, [row.asDict(recursive=True) for row in decided.collect()])
    assert said.wrong == []
    assert said.cells > 250
