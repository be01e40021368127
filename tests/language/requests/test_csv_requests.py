"""Requests in rows of a table, and items of their lists in a table beside, as in JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import random_lists
from support.cli_runner import run
from support.laws import examples
from support.order_lines import LINES, ORDERS, REQUESTS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(**texts: str) -> None:
    for name, text in texts.items():
        Path(name.replace("_", ".")).write_text(text, "utf-8")


def documents(*arguments: str) -> list[dict[str, Any]]:
    result = run("decide", *arguments, "--policy", ORDERS, "--json")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line)["decisions"] for line in result.stdout.splitlines()]


def refused(*arguments: str, language: str = "en") -> str:
    result = run("decide", *arguments, "--policy", ORDERS, "--lang", language)
    assert result.exit_code == 2
    return result.stderr


def test_rows_with_lines_beside_are_decided_as_json_lines_are() -> None:
    card = {"kind": "gift_card", "returned": True}
    book = {"kind": "book", "price": "10.00", "quantity": 2, "sealed": None, "returned": True}
    other = {"kind": "book", "price": "5.00", "quantity": 1, "sealed": None, "returned": False}
    told = [
        {"order.on": "2025-03-03", "order.consumer": True, "order.lines": [book, card]},
        {"order.on": "2025-03-04", "order.consumer": False, "order.lines": [other]},
    ]
    write(r_csv=REQUESTS, l_csv=LINES, r_jsonl="".join(json.dumps(one) + "\n" for one in told))

    assert documents("r.csv", "--lines", "order.lines=l.csv") == documents("r.jsonl")


@pytest.mark.slow
@given(st.integers(0, 10**6))
@examples(8)
def test_random_lists_in_a_table_beside_are_what_they_are_in_the_request(seed: int) -> None:
    rng = Random(seed)
    text = random_lists.policy(rng)
    write(p_json=json.dumps(text))
    least = text["facts"]["things"]["at_least"]
    told = [random_lists.request(rng, least) for _ in range(4)]
    told = [one for one in told if isinstance(one.get("things"), list)]
    if not told:
        return
    names = ["day", *random_lists.OUTER]
    rows = [[str(n), *(_cell(one.get(name)) for name in names)] for n, one in enumerate(told)]
    lines = [
        [str(n), *(_cell(item.get(name)) for name in ("size", "flag", "kind"))]
        for n, one in enumerate(told)
        for item in one["things"]
    ]
    rng.shuffle(rows)
    write(
        r_csv=_table(["number", *names], rows),
        l_csv=_table(["number", "size", "flag", "kind"], [*lines]),
        r_jsonl="".join(json.dumps(told[int(row[0])]) + "\n" for row in rows),
    )

    beside = run("decide", "r.csv", "--lines", "things=l.csv", "--policy", "p.json", "--json")
    within = run("decide", "r.jsonl", "--policy", "p.json", "--json")

    if lines:
        assert beside.stdout == within.stdout


def _cell(value: Any) -> str:
    return "" if value is None else json.dumps(value).strip('"')


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "".join(";".join(row) + "\n" for row in (head, *rows))


def test_a_request_of_json_takes_lines_beside_by_its_own_key() -> None:
    write(
        r_json='{"order": {"id": 17, "on": "2025-03-03", "consumer": true}}',
        l_csv="order.id,kind,returned\n17,book,false\n",
    )

    result = run("decide", "r.json", "--lines", "order.lines=l.csv", "--policy", ORDERS, "--json")

    assert json.loads(result.stdout)["decisions"]["books_only"]["outcome"] is True


def test_columns_that_tell_no_fact_stand_aside_and_cells_may_hold_a_list_in_json() -> None:
    write(r_csv='customer;order.on;order.lines\nAnna;2025-03-03;"[{""kind"": ""book""}]"\n')

    (found,) = [json.loads(run("decide", "r.csv", "--policy", ORDERS, "--json").stdout)]

    assert found["decisions"]["books_only"]["outcome"] is True


def test_a_column_near_to_a_fact_is_no_column_beside() -> None:
    write(r_csv="order.onn\n2025-03-03\n")

    assert "did you mean `order.on`?" in refused("r.csv")


def test_what_is_wrong_in_a_table_of_lines_is_told_at_its_cell() -> None:
    write(r_csv=REQUESTS, l_csv="order_id,kind,price\n17,boook,10\n17,book,ten\n")

    said = refused("r.csv", "--lines", "order.lines=l.csv")

    assert "l.csv:2:4: `order.lines[1].kind`" in said
    assert "l.csv:3:9: `order.lines[2].price`: expected a number, found the text `ten`" in said
    assert "17,book,ten" in said


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("order_id,kind\n19,book\n", "no request has `order_id` `19`"),
        ("order_id,kind\n17,book\n,book\n", "the row does not say its `order_id`"),
        ("number,kind\n17,book\n", "no column of `l.csv` says to which request"),
        ("order_id,order.on\n17,2025-03-03\n", "have several columns in common"),
    ],
)
def test_lines_of_no_request_are_refused(lines: str, said: str) -> None:
    write(r_csv=REQUESTS, l_csv=lines)

    assert said in refused("r.csv", "--lines", "order.lines=l.csv")


def test_two_requests_of_one_key_are_refused() -> None:
    write(r_csv=REQUESTS.replace("18", "17"), l_csv=LINES.replace("18", "17"))

    assert "two requests have `order_id` `17`" in refused("r.csv", "--lines", "order.lines=l.csv")


def test_a_list_told_twice_is_refused() -> None:
    write(r_json='{"id": 17, "order.lines": []}', l_csv="id,kind\n17,book\n")

    assert "`order.lines`" in refused("r.json", "--lines", "order.lines=l.csv")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("order.line=l.csv", "did you mean `order.lines`?"),
        ("order.lines", "write `LIST=FILE`"),
        ("order.lines=nothing.csv", "file not found: `nothing.csv`"),
    ],
)
def test_a_wrong_option_is_told(told: str, said: str) -> None:
    write(r_csv=REQUESTS, l_csv=LINES)

    assert said in refused("r.csv", "--lines", told)


def test_by_names_the_column_of_both() -> None:
    write(r_csv=REQUESTS, l_csv="order_id,order.on,kind\n17,2025-03-03,book\n")

    by = ("--lines", "order.lines=l.csv", "--by")
    found = documents("r.csv", *by, "order_id")

    assert [one["books_only"]["outcome"] for one in found] == [True, True]
    assert "`order.id` is not a column of both" in refused("r.csv", *by, "order.id")
    assert "ни в одной заявке" not in refused("r.csv", *by, "kind", language="ru")
