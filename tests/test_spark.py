"""A DataFrame of Spark is decided in its workers as a table is decided here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reglament.model.problems import Refused
from reglament.policy import Policy
from support.cli_runner import run
from support.spark_session import ON_SPARK
from support.table_files import read_rows, requests_of, write_requests

pytestmark = ON_SPARK


def plain(value: Any) -> Any:
    """A moment by its instant, whatever zone it is told in."""
    if isinstance(value, list):
        return list(map(plain, value))
    return value.timestamp() if hasattr(value, "timestamp") else value


def test_every_cell_is_what_batch_writes(spark: Any, policy: Policy, tmp_path: Path) -> None:
    from reglament.spark import decide

    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 80))
    for layout in ("wide", "full"):
        output = tmp_path / f"{layout}.parquet"
        written = run("batch", source, "-o", output, "--layout", layout)
        assert written.exit_code == 2, written.output  # some rows are refused, and told
        df = spark.read.parquet(str(source)).repartition(4)
        decided = decide(df, policy, layout=layout).orderBy("id")

        expected = read_rows(output)
        found = [row.asDict(recursive=True) for row in decided.collect()]
        assert len(found) == len(expected) == 80
        for row, wanted in zip(found, expected, strict=True):
            assert {k: plain(v) for k, v in row.items()} == {
                k: plain(v) for k, v in wanted.items()
            }, row["id"]


def test_a_misspelt_column_is_refused_before_anything_is_sent(
    spark: Any, policy: Policy, tmp_path: Path
) -> None:
    from reglament.spark import decide

    source = write_requests(tmp_path / "r.parquet", policy, requests_of(policy, 3))
    df = spark.read.parquet(str(source)).withColumnRenamed("request.service", "request.servise")

    with pytest.raises(Refused, match=r"did you mean `request.servise`"):
        decide(df, policy)
    with pytest.raises(Refused, match=r"did you mean `tier`"):
        decide(df, policy, only="teir")
    renamed = decide(df, policy, only="scope", mapping={"request.servise": "request.service"})
    assert renamed.select("scope").count() == 3


def test_a_worker_takes_no_other_policy_than_the_one_sent(policy: Policy) -> None:
    from reglament import spark as module

    with pytest.raises(Refused, match="is not the one that was sent"):
        module._policy(lambda: policy.bundle().encode(), "00")
