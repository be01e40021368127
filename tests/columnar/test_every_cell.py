"""Every cell of decided columns is what `policy.decide` says of the row."""

from __future__ import annotations

import pytest

from reglament.columnar.column_evaluator import ColumnEvaluator
from support.request_tables import Rows, cells, decided_rows, told_table
from support.shipped import NAMES, shipped


@pytest.mark.parametrize("missing", [0, 0.2])
@pytest.mark.parametrize("name", sorted(NAMES))
def test_shipped_policies(name: str, missing: float) -> None:
    policy = shipped(name)
    evaluator = ColumnEvaluator(policy)
    made = Rows(policy.versions[-1], 7)
    rows = [made.row(missing) for _ in range(40)]
    table = told_table(evaluator.facts, rows, policy.versions[-1].zone)

    evaluator.bind(table.schema)
    found = list(cells(evaluator, evaluator.decide(table)))

    for row, said, expected in zip(rows, found, decided_rows(evaluator, rows), strict=True):
        assert said == expected, row
