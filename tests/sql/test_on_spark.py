"""The SQL of a policy, planned and run by Spark, says what `policy.decide` says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from support.shipped import shipped
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
