"""Every cell of decided columns is what `policy.decide` says of the row."""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pyarrow as pa
import pytest

from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.keys.class_records import RowRecord
from reglament.columnar.keys.version_keys import WitnessesDiffer
from reglament.columnar.reading.fact_columns import NullMeans
from support.laws import sample
from support.request_tables import Rows, cells, decided_rows, told_table
from support.shipped import NAMES, shipped

LISTED = "dora-incident-reporting"  # lists told in part take longer to decide


@pytest.mark.parametrize(
    ("name", "missing"), sample([*product([*sorted(NAMES - {LISTED}), LISTED], (0.2, 0))], 1)
)
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


TWICE, NEVER = datetime(2014, 10, 26, 1, 30), datetime(2011, 3, 27, 2, 30)


def test_what_other_engines_read_in_silence_is_refused_in_its_row() -> None:
    policy = shipped("technical-support")
    usual = Rows(policy.versions[-1], 3, years=(2021, 2024)).row(0)
    usual = {
        name: value.replace(tzinfo=None) if isinstance(value, datetime) else value
        for name, value in usual.items()
    }
    rows = [
        usual,
        {**usual, "request.created_at": TWICE, "renewal.submitted_at": TWICE},
        {**usual, "request.created_at": NEVER},
        {**usual, "request.created_at": datetime(2031, 1, 9, 12)},  # past the calendar
        {**usual, "request.created_at": datetime(2018, 1, 9, 12)},  # before the first version
        {**usual, "requester.district": "nowhere"},
        {**usual, "request.service": "Training"},  # near a word of the policy
    ]
    evaluator = ColumnEvaluator(policy)
    columns = {
        name: pa.array([row[name] for row in rows])
        if isinstance(usual[name], datetime)
        else told_table({name: fact}, rows, "Europe/Moscow")[name]
        for name, fact in evaluator.facts.items()
    }
    columns |= {f"{name}.told": pa.array([True] * len(rows)) for name in evaluator.facts}
    table = pa.table(columns)
    evaluator.bind(table.schema)

    found = list(cells(evaluator, evaluator.decide(table)))

    assert found == list(decided_rows(evaluator, rows))
    codes = [[one.code for one in said] for said in found if not isinstance(said[0], RowRecord)]
    assert codes == [
        ["local-time-twice", "local-time-twice"],
        ["local-time-skipped"],
        ["before-first-version"],
        ["unknown-word"],
    ]
    assert found[3][1]["desk"][0].refused.problem.code == "outside-calendar"
    assert {"near", "no-offset"} <= {note.code for note in found[6][0].notes}


@pytest.mark.parametrize("null", ["missing", "told"])
def test_columns_of_nulls_alone(null: NullMeans) -> None:
    policy = shipped("technical-support")
    evaluator = ColumnEvaluator(policy, null=null)
    table = pa.table({name: pa.nulls(2) for name in evaluator.facts})
    told = {name: None for name, fact in evaluator.facts.items() if fact.is_nullable}
    evaluator.bind(table.schema)

    found = list(cells(evaluator, evaluator.decide(table)))

    assert found == list(decided_rows(evaluator, [told if null == "told" else {}] * 2))


def test_rows_of_one_key_that_are_decided_differently_end_the_run() -> None:
    policy = shipped("technical-support")
    evaluator = ColumnEvaluator(policy, only="tier")
    (judged,) = evaluator._judged.values()
    judged.columns.decisions["tier"].keys.axes = ()  # a key that leaves out what counts
    row = Rows(policy.versions[-1], 2, years=(2021, 2024)).row(0)
    rows = [{**row, "requester.kind": kind} for kind in ("user", "certified_partner")]
    table = told_table(evaluator.facts, rows, "Europe/Moscow")
    evaluator.bind(table.schema)

    with pytest.raises(WitnessesDiffer, match=r"(?s)requester\.kind.*requester\.kind"):
        evaluator.decide(table)
