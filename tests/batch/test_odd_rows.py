"""What is wrong with one row of a text file refuses that row, in the words of `decide`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.batch.opening import opened_columns
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.interfaces.cli.request_files import decide_files, read_files
from reglament.model.problems import Problem, Refused
from reglament.policy import Policy
from support.cli_runner import run
from support.random_tables import few
from support.request_tables import cells, decided_rows

pytest.importorskip("pyarrow", reason="pyarrow is not installed: tables NOT tested")

FINE = '{"requester.kind": "certified_partner", "request.service": "training"}'
BAD = [
    '{"requester.kind": ',
    "[1]",
    '"user"',
    '{"requester.kind": "user", "requester.kind": "user"}',
    '{"requester.kind": "user", "requester": {"kind": "user"}}',
    '{"request": {"servise": "training"}}',
    '{"request.servise": 5, "requester.kind": "usr"}',
    '{"requester.kind": 5}',
    '{"requester.kind": ["user"]}',
    '{"requester.kind": {"of": 1e999}}',
    '{"request.fix_feasible": "yes"}',
    '{"request.fix_feasible": 1e999999999}',
    '{"request.created_at": 5}',
    '{"request.created_at": "2026-13-45T10:00", "request.channel": 1.50}',
    '{"request": 7}',
    "[" * 3_000,
]
CELLS = ["true", "TRUE", "yes", "5", "2.50", "null", "nul", "", "[", '"tr""ue"', "1e999999999"]


def codes(policy: Policy, path: Path) -> list[set[str]]:
    """What `decide` refuses of each request."""
    files, _ = read_files([str(path)])
    found: list[set[str]] = []
    try:
        for answer in decide_files(policy, files, None):
            told = answer.decided
            found.append({p.code for p in told.problems} if isinstance(told, Refused) else set())
    except Refused:
        pass  # all of them once more
    return found


def written(path: Path, policy: str, *options: str) -> tuple[int, str, list[dict[str, Any]]]:
    output = path.with_name("d.jsonl")
    result = run("batch", path, "-o", output, "--policy", policy, *options)
    assert output.exists(), result.output
    return result.exit_code, result.stderr, [*map(json.loads, output.read_text().splitlines())]


def test_a_line_that_is_wrong_leaves_the_others_decided(policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("".join(f"{line}\n" for bad in BAD for line in (bad, "", FINE)))

    status, stderr, rows = written(path, "technical-support", "--keep", "id")

    assert status == 2
    assert f"Rows refused, with their error in the output: {len(BAD)}" in stderr
    assert "the line is not JSON; first in row 1\n" in stderr
    expected = codes(policy, path)
    assert len(rows) == len(expected) == 2 * len(BAD)
    for bad, row, told in zip(BAD, rows[::2], expected[::2], strict=True):
        assert row["error"], bad
        assert set(row["error"].split()) <= told, bad
        assert row["tier"] is None
    assert {(row["tier"], row["error"]) for row in rows[1::2]} == {("partner", None)}
    assert expected[1::2] == [set()] * len(BAD)


def test_counts_and_a_check_take_such_rows_too(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f"{BAD[0]}\n{FINE}\n{BAD[10]}\n")
    named = ("--policy", "technical-support")

    counts = run("batch", path, "--summary", "--json", *named)
    done = run(
        "batch", path, "-o", tmp_path / "d.parquet", "--manifest", tmp_path / "m.json", *named
    )
    checked = run("batch", "verify", tmp_path / "m.json", *named)

    assert (json.loads(counts.stdout)["rows"], json.loads(counts.stdout)["refused"]) == (3, 2)
    assert json.loads((tmp_path / "m.json").read_text())["refused"] == {
        "json-syntax": 1,
        "wrong-type": 1,
    }
    assert (counts.exit_code, done.exit_code, checked.exit_code) == (2, 2, 0)


def test_words_of_an_error_are_in_the_language_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f"{FINE}\n{BAD[0]}\n")

    _, stderr, rows = written(path, "technical-support", "--lang", "ru")

    assert rows[1]["error.message"] == "строка не JSON"
    assert "строка не JSON; впервые в строке 2" in stderr


TOLD = {
    "requester": [{"kind": "user"}, {"kind": "certified_partner"}, None],
    "key": [{"registered_on": "2026-02-01"}, {"registered_on": None}, {}, None],
    "subscription": [
        {"active_from": "2026-01-01T00:00:00+03:00", "active_until": None},
        {"active_from": None},
        {},
        None,
    ],
    "request.created_at": ["2026-03-03T10:00:00+03:00", "2026-03-03T10:00:00", None],
    "request.service": ["training", "Training"],
}


@few(20)
@given(
    st.lists(
        st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in TOLD.items()}),
        min_size=1,
        max_size=12,
    )
)
def test_a_group_told_to_be_null_is_read_and_noted_as_decide_does(
    policy: Policy, tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    """Cell for cell, with what is noted of `subscription: null`."""
    path = tmp_path_factory.mktemp("nulls") / "r.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    evaluator = ColumnEvaluator(policy)

    _, parts = opened_columns(evaluator, str(path), None)
    found = [one for p in parts for b in p.read() for one in cells(evaluator, evaluator.decide(b))]

    for row, said, expected in zip(rows, found, decided_rows(evaluator, rows), strict=True):
        assert said == expected, row
    assert evaluator.rows_by_engine == sum(isinstance(one[0], Problem) for one in found)


def test_a_group_of_which_a_fact_was_told_is_told_twice(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"key.registered_on": "2026-02-01", "key": null}\n')

    status, _, rows = written(path, "technical-support")

    assert (status, rows[0]["error"]) == (2, "told-twice")


@few(20)
@given(st.lists(st.tuples(*[st.sampled_from(CELLS)] * 3), min_size=1, max_size=6))
def test_a_cell_is_refused_as_decide_refuses_it(
    policy: Policy, tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, ...]]
) -> None:
    path = tmp_path_factory.mktemp("cells") / "r.csv"
    head = "requester.kind,request.fix_feasible,request.remote_approved,request.remote_tool"
    path.write_text(
        "".join(f"{line}\n" for line in (head, *(f"user,{','.join(c)}" for c in table)))
    )

    _, _, rows = written(path, "technical-support", "--missing-columns", "allow")

    found = [set((row["error"] or "").split()) for row in rows]
    assert found == codes(policy, path)
