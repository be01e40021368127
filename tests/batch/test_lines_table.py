"""Items of lists in a table beside a table of requests, as `batch` and `diff --on` read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from support.cli_runner import run
from support.laws import sample
from support.order_lines import LINES, ORDERS, REQUESTS

BESIDE = ("--lines", "order.lines=l.csv", "--policy", ORDERS)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("l.csv").write_text(LINES, "utf-8")
    Path("r.csv").write_text(REQUESTS, "utf-8")


def rows(table: str, *arguments: Any) -> list[dict[str, Any]]:
    result = run("batch", table, "-o", "o.parquet", *BESIDE, *arguments)
    assert result.exit_code == 0, result.stderr
    return pq.read_table("o.parquet").to_pylist()


def test_each_row_is_decided_as_decide_decides_it() -> None:
    result = run("decide", "r.csv", *BESIDE, "--json")
    told = [json.loads(line)["decisions"] for line in result.stdout.splitlines()]

    for row, decisions in zip(rows("r.csv"), told, strict=True):
        for name, decision in decisions.items():
            assert row[f"{name}.status"] == decision["status"], name
            if decision["status"] == "determined" and isinstance(decision["outcome"], str):
                assert str(row[name]) == decision["outcome"], name


@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_tables_of_every_kind_take_lines(kind: str) -> None:
    told = [
        {"order_id": 17, "order.on": "2025-03-03", "order.consumer": True},
        {"order_id": 18, "order.on": "2025-03-04", "order.consumer": False},
    ]
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(told), "r.parquet")
    else:
        Path("r.jsonl").write_text("".join(json.dumps(one) + "\n" for one in told))

    found, expected = rows(f"r.{kind}", "--only", "handling"), rows("r.csv", "--only", "handling")

    assert [one["handling"] for one in found] == [one["handling"] for one in expected]


def test_a_run_with_lines_beside_is_verified() -> None:
    rows("r.csv", "--manifest", "run.json", "--layout", "narrow")
    assert run("batch", "verify", "run.json", "--policy", ORDERS).exit_code == 0

    Path("l.csv").write_text(LINES.replace("5.00", "6.00"), "utf-8")
    result = run("batch", "verify", "run.json", "--policy", ORDERS)
    assert result.exit_code == 1
    assert "l.csv" in result.stdout


def test_a_cell_holds_the_list_of_an_item_in_json_as_decide_reads_it() -> None:
    Path("r.csv").write_text("id,order.on,order.member\n1,2025-03-03,true\n", "utf-8")
    cell = '"[{""reason"": ""member"", ""amount"": 1.00}, {""amount"": ""2.00""}]"'
    Path("l.csv").write_text(f"id,kind,price,discounts\n1,book,10.00,{cell}\n", "utf-8")
    told = ("--lines", "order.lines=l.csv", "--policy", ORDERS.with_name("discounts.yaml"))

    run("batch", "r.csv", "-o", "o.jsonl", *told)
    alone = json.loads(run("decide", "r.csv", *told, "--json").stdout)["decisions"]

    (row,) = [json.loads(line) for line in Path("o.jsonl").read_text("utf-8").splitlines()]
    assert row["error"] is None
    assert row["total"] == alone["total"]["outcome"] == "7.00"


def test_a_cell_that_tells_a_key_twice_is_refused_with_its_request_as_decide_refuses_it() -> None:
    Path("r.csv").write_text("id,order.on,order.member\n1,2025-03-03,true\n", "utf-8")
    cell = '"[{""amount"": 1.00, ""amount"": 2}]"'
    Path("l.csv").write_text(f"id,kind,price,discounts\n1,book,10.00,{cell}\n", "utf-8")
    told = ("--lines", "order.lines=l.csv", "--policy", ORDERS.with_name("discounts.yaml"))
    said = "`order.lines[1].discounts`: expected a list, found the text `[{"

    run("batch", "r.csv", "-o", "o.jsonl", *told)
    alone = run("decide", "r.csv", *told)

    (row,) = [json.loads(line) for line in Path("o.jsonl").read_text("utf-8").splitlines()]
    assert row["error.message"].startswith(said)
    assert alone.exit_code == 2
    assert alone.stderr.startswith(f"l.csv:2:14: {said}")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (LINES + '17,"book,1.00,1,,true\n18,book,1.00,1,,true\n', "l.csv: row 4: unclosed quote"),
        (LINES + '17,book,1.00,1,,"true\n18,book,1.00,1,,true\n', "l.csv:5:1: unclosed quote"),
        (LINES + "17,книга,1.00,1,,true\n", "l.csv:5:4: the file `l.csv` is not UTF-8"),
    ],
)
def test_a_table_beside_that_is_no_csv_is_refused_as_other_tables_are(
    lines: str, said: str
) -> None:
    Path("r.csv").write_text(REQUESTS, "utf-8")
    Path("l.csv").write_text(lines, "cp1251")
    result = run("batch", "r.csv", "-o", "o.csv", *BESIDE)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_table_beside_may_have_a_head_alone_and_cells_of_any_length() -> None:
    head, _, _ = LINES.partition("\n")
    Path("r.csv").write_text(REQUESTS, "utf-8")
    for lines, status in ((head, 0), (f"{head}\n17,{'x' * 200_000},1.00,1,,true\n", 2)):
        Path("l.csv").write_text(lines, "utf-8")
        assert run("batch", "r.csv", "-o", "o.csv", *BESIDE).exit_code == status
        assert len(Path("o.csv").read_text("utf-8").splitlines()) == 3


@pytest.mark.slow
def test_an_edit_is_compared_on_requests_with_lines_beside() -> None:
    text = ORDERS.read_text("utf-8")
    Path("new.yaml").write_text(text.replace("value: 40.00", "value: 10.00"), "utf-8")

    result = run("diff", ORDERS, "new.yaml", "--on", "r.csv", "--lines", "order.lines=l.csv")

    assert "rows change: 1 of 2" in result.stdout


@pytest.mark.parametrize(
    ("lines", "said"),
    sample([
        ("order_id,kind\n19,book\n", "no request has `order_id` `19`"),
        ("order_id,kind\n17,book\n,book\n", "row 2: the row does not say its `order_id`"),
        ("number,kind\n17,book\n", "no column of `l.csv` says to which request"),
        ("order_id,knd\n17,book\n", "did you mean `kind`?"),
        ("order_id,kind\n17\n", "row 1"),
        ("order_id,order.on,kind\n17,2025-03-03,book\n", "have several columns in common"),
    ], 3),
)  # fmt: skip
def test_lines_that_do_not_fit_are_refused(lines: str, said: str) -> None:
    Path("l.csv").write_text(lines, "utf-8")
    result = run("batch", "r.csv", "--summary", *BESIDE)

    assert result.exit_code == 2
    assert said in result.stderr


def test_what_is_wrong_with_an_item_is_told_in_the_row_of_its_request() -> None:
    Path("l.csv").write_text("order_id,kind,price\n17,book,ten\n18,book,1.00\n", "utf-8")
    result = run("batch", "r.csv", "-o", "o.parquet", *BESIDE)

    first, second = pq.read_table("o.parquet").to_pylist()
    assert result.exit_code == 2
    assert (
        "`order.lines[1].price`: expected a number, found the text `ten`"
        in (first["error.message"])
    )
    assert second["error"] is None


def test_a_list_that_rows_tell_themselves_is_told_twice() -> None:
    Path("r.jsonl").write_text('{"order_id": 17, "order.lines": []}\n{"order_id": 18}\n', "utf-8")
    result = run("batch", "r.jsonl", "--summary", *BESIDE, "--missing-columns", "allow")

    assert result.exit_code == 2
    assert "`order.lines`" in result.stderr
