"""A list of things in a column, of structs or of JSON, is decided as the same request alone."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, load_policy
from reglament.batch.opening import opened_columns
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.model.problems import Refused
from support import random_lists, random_nested_lists
from support.laws import examples
from support.order_lines import ORDERS
from support.request_tables import cells, decided_rows

DISCOUNTS = ORDERS.with_name("discounts.yaml")


def table_of(policy: Policy, rows: list[dict[str, Any]], things: pa.Array) -> pa.Table:
    names = [name for name in policy.versions[0].told_facts if name != "things"]
    told = {name: [row.get(name) for row in rows] for name in names}
    return pa.table({**told, "things": things})


def agree(policy: Policy, rows: list[dict[str, Any]], things: pa.Array) -> None:
    evaluator = ColumnEvaluator(policy)
    table = table_of(policy, rows, things)
    evaluator.bind(table.schema)
    found = list(cells(evaluator, evaluator.decide(table)))
    assert found == list(decided_rows(evaluator, rows))


@pytest.mark.slow
@given(st.integers(0, 10**6))
@examples(8)
def test_random_lists_told_in_part_are_decided_alike_in_json_and_in_structs(seed: int) -> None:
    rng = Random(seed)
    text = random_lists.policy(rng)
    policy, least = Policy.from_text(text), text["facts"]["things"]["at_least"]
    rows = [random_lists.request(rng, least) for _ in range(5)]
    texts = [json.dumps(row["things"]) if "things" in row else None for row in rows]
    agree(policy, rows, pa.array(texts))
    closed = [row for row in rows if not isinstance(row.get("things"), dict)]
    fields = [("kind", pa.string()), ("flag", pa.bool_()), ("size", pa.int64())]
    things = pa.array([row.get("things") for row in closed], pa.list_(pa.struct(fields)))
    agree(policy, closed, things)


def is_closed(told: Any) -> bool:
    """Whether no list is told of which there may be more."""
    if isinstance(told, dict):
        return "more" not in told and all(map(is_closed, told.values()))
    return all(map(is_closed, told)) if isinstance(told, list) else True


@given(st.integers(0, 10**6))
@examples(8)
def test_random_lists_inside_items_are_decided_alike_in_structs(seed: int) -> None:
    rng = Random(seed)
    policy = Policy.from_text(random_nested_lists.policy(rng))
    rows = [row for row in (random_nested_lists.request(rng) for _ in range(12)) if is_closed(row)]
    part = pa.struct([("sort", pa.string()), ("size", pa.int64())])
    line = [("kind", pa.string()), ("flag", pa.bool_()), ("parts", pa.list_(part))]
    things = pa.array([row.get("things") for row in rows], pa.list_(pa.struct(line)))
    agree(policy, rows, things)


@pytest.fixture(scope="module")
def orders() -> Policy:
    return load_policy(ORDERS)


def decided(policy: Policy, path: Path) -> list[dict[str, Any]]:
    evaluator = ColumnEvaluator(policy, missing_columns="allow", only=["handling", "refund"])
    _, parts = opened_columns(evaluator, str(path), None)
    batches = [batch for part in parts for batch in part.read()]
    return [row for batch in batches for row in cells(evaluator, evaluator.decide(batch))]


LINES = [
    {"kind": "book", "price": "10.00", "quantity": 2, "sealed": None, "returned": True},
    {"kind": "gift_card", "returned": True},
]
ROW = {"order.on": "2025-03-03", "order.consumer": True, "order.lines": LINES}


def test_json_lines_tell_lists_as_decide_reads_them(orders: Policy, tmp_path: Path) -> None:
    told = [
        ROW,
        {**ROW, "order.lines": {"items": LINES[1:], "more": True}},
        {"order.on": "2025-03-03", "order.consumer": True, "order.lines[1].kind": "book"},
        {**ROW, "order.lines": [{"knd": "book"}]},
    ]
    path = tmp_path / "requests.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in told))

    found = decided(orders, path)

    evaluator = ColumnEvaluator(orders, only=["handling", "refund"])
    assert found == list(decided_rows(evaluator, told))
    assert "order.lines[1].knd" in str(found[3])


@pytest.mark.parametrize(
    ("policy", "item", "meant"),
    [(ORDERS, {"knd": "book"}, "kind"), (DISCOUNTS, {"discounts": [{"reasn": "x"}]}, "reason")],
)
def test_fields_of_structs_that_items_do_not_have_are_refused(
    policy: Path, item: dict[str, Any], meant: str
) -> None:
    evaluator = ColumnEvaluator(load_policy(policy), missing_columns="allow")
    table = pa.table({"order.lines": pa.array([[item]])})

    with pytest.raises(Refused) as refused:
        evaluator.bind(table.schema)

    assert [one.code for one in refused.value.problems] == ["unknown-field"]
    assert f"did you mean `{meant}`?" in refused.value.to_text("en")


def test_a_cell_that_is_no_list_is_refused_in_its_row(orders: Policy, tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    path.write_text("order.on,order.consumer,order.lines\n2025-03-03,true,two books\n")

    (row,) = decided(orders, path)

    assert "cell-no-list" in str(row)
    assert "two books" in str(row)


def test_the_rules_behind_decisions_about_items_are_the_same_after_many_requests(
    orders: Policy,
) -> None:
    found = [orders.decide(ROW)["line.refund"] for _ in range(12)]

    assert {one.rules for one in found} == {("line-amount", "line.refund-otherwise")}
    assert {one.clauses for one in found} == {()}
