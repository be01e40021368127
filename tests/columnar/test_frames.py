"""A table of any library comes back as one of the same, each row as `policy.decide` says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from reglament import Refused
from reglament.policy import Policy
from support.cli_runner import run
from support.later import Later
from support.laws import sample
from support.request_tables import Rows, told_table
from support.shipped import shipped

pandas, feather = Later("pandas"), Later("pyarrow.feather")
POLICY = shipped("technical-support")
MADE = Rows(POLICY.versions[-1], 5, years=(2020, 2026))
ROWS = [{**MADE.row(0.05), "request.channel": "phone"} for _ in range(12)]
ROWS[3]["requester.kind"] = "nobody"
TABLE = told_table(POLICY.facts, ROWS, "Europe/Moscow").append_column("id", [list(range(12))])


def _polars() -> Any:
    return pytest.importorskip("polars")


def pandas_objects() -> Any:
    return pandas.DataFrame({"z": [object()], "request.channel": ["portal"]})


def polars_wide_numbers() -> Any:
    polars = _polars()
    return polars.DataFrame({"z": [1]}).cast(polars.Int128)


def _pandas(table: pa.Table) -> Any:
    frame = table.to_pandas()
    frame.index = [f"r{row}" for row in frame["id"]]
    return frame


KINDS: dict[str, tuple[Callable[[pa.Table], Any], Callable[[Any], list[dict[str, Any]]]]] = {
    "pyarrow table": (lambda table: table, pa.Table.to_pylist),
    "record batch": (lambda t: t.combine_chunks().to_batches()[0], pa.RecordBatch.to_pylist),
    "reader": (lambda table: table.to_reader(5), lambda reader: reader.read_all().to_pylist()),
    "polars": (lambda t: _polars().from_arrow(t), lambda frame: frame.to_dicts()),
    "polars lazy": (
        lambda table: _polars().from_arrow(table).lazy(),
        lambda frame: frame.collect().to_dicts(),
    ),
    "pandas": (_pandas, lambda frame: frame.to_dict("records")),
    "duckdb": (
        lambda table: pytest.importorskip("duckdb").from_arrow(table),
        lambda relation: relation.to_arrow_table().to_pylist(),
    ),
}


def expected(told: dict[str, Any]) -> dict[str, Any]:
    """Cells of the row that every library has alike."""
    try:
        decided = POLICY.decide(told)
    except Refused as refused:
        (problem,) = refused.problems
        return {"error": problem.code, "error.message": problem.message.to("en")}
    tier, hours = decided["tier"], decided["response_hours"]
    cells = {"tier.status": tier.status, "tier.rules": " ".join(tier.rules)}
    if tier.is_determined:
        cells["tier"] = tier.outcome
    return cells if hours.outcome is None else cells | {"response_hours": hours.outcome}


@pytest.mark.parametrize("kind", sample(KINDS, 3))
def test_a_frame_comes_back_as_it_was_given(kind: str) -> None:
    turn, rows_of = KINDS[kind]
    given = turn(TABLE)

    found = POLICY.decide_table(given, only=["tier", "response_hours", "free_until"], keep=["id"])

    assert type(found) is type(given)
    rows = rows_of(found)
    assert [row["id"] for row in rows] == list(range(12))
    for told, row in zip(ROWS, rows, strict=True):
        said = expected(told)
        assert {name: row[name] for name in said} == said


def test_only_columns_of_facts_that_take_part_are_looked_at() -> None:
    rows = [{**row, "requester.district": "nowhere"} for row in ROWS]
    table = told_table(POLICY.facts, rows, "Europe/Moscow")

    found = POLICY.decide_table(table, only="tier", keep=[]).to_pylist()
    assert found == POLICY.decide_table(TABLE, only="tier", keep=[]).to_pylist()

    every = POLICY.decide_table(table, only="payment_contact", keep=[]).to_pylist()
    assert {row["error"] for row in every} == {"unknown-word"}


def test_the_index_of_pandas_stays() -> None:
    found = POLICY.decide_table(_pandas(TABLE), only="tier")

    assert list(found.index) == [f"r{row}" for row in range(12)]
    assert list(found.columns)[: len(TABLE.column_names)] == TABLE.column_names


def refused(table: Any, **options: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        POLICY.decide_table(table, **options)
    return caught.value


def test_what_does_not_fit_is_said_with_what_was_meant() -> None:
    misspelt = TABLE.rename_columns([n.replace("channel", "chanel") for n in TABLE.column_names])
    said = refused(misspelt)

    assert [one.code for one in said.problems] == ["column-missing", "column-unknown"]
    assert "request.chanel" in said.to_text("en")
    assert "request.channel" in said.to_text("ru")

    assert "list" in refused([{"a": 1}]).to_text("en")
    assert "wide" in refused(TABLE, layout="width").to_text("en")
    assert "a" * 60 + "…`" in refused(TABLE, only="a" * 1_000).to_text("ru")
    assert "idd" in refused(TABLE, keep=["idd"]).to_text("de")
    decided = TABLE.append_column("tier", [["free"] * 12])
    assert 'keep=["id"]' in refused(decided).to_text("en")


@pytest.mark.parametrize(
    ("frame", "english", "russian"),
    [
        (
            {"data": {"request.channel": [1, "portal"]}},
            "the column `request.channel` holds values of several types, or of one that Arrow does"
            " not have\n   = leave it out if it gives no fact",
            "в столбце `request.channel` значения разных типов",
        ),
        (
            {"data": [["a", "b"]], "columns": ["request.channel"] * 2},
            "the column `request.channel` stands twice",
            "столбец `request.channel`",
        ),
    ],
)
def test_a_frame_that_is_no_table_is_refused(
    frame: dict[str, Any], english: str, russian: str
) -> None:
    said = refused(pandas.DataFrame(**frame), only="channel", missing_columns="allow")
    assert said.to_text("en") == english
    assert russian in said.to_text("ru")


def test_a_column_that_holds_nothing_tells_nothing() -> None:
    nothing = {"request.channel": [float("nan")] * 2}
    for frame in (pandas.DataFrame(nothing), pandas.DataFrame({"request.channel": []})):
        found = POLICY.decide_table(frame, only="channel", missing_columns="allow")
        assert list(found["channel.status"]) == ["undetermined"] * len(frame)


def test_views_of_texts_are_texts(tmp_path: Path) -> None:
    table = pa.table({"request.channel": pa.array(["portal", "x"], pa.string_view())})
    found = POLICY.decide_table(table, only="channel", missing_columns="allow")
    assert found["channel"].to_pylist() == ["accepted", "not_accepted"]

    feather.write_feather(table, tmp_path / "r.arrow", compression="uncompressed")
    asked = ("--only", "channel", "--missing-columns", "allow", "--policy", "technical-support")
    result = run("batch", tmp_path / "r.arrow", "-o", tmp_path / "d.jsonl", *asked)
    assert result.exit_code == 0, result.output


NESTED = """
policy: nested
version: "1"
title: Nested
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: UTC
facts:
  words: {type: list, item: {type: choice, options: {x: X, y: Y}}, label: words}
  about.word: {type: choice, options: {x: X, y: Y}, label: word}
  took: {type: duration, label: took}
  term: {type: period, label: term}
decisions:
  both:
    label: both
    type: boolean
    rules: [{id: both, when: {words: {includes: x}, about.word: x}, then: true}]
    otherwise: {then: false}
  long:
    label: long
    type: boolean
    rules: [{id: long, when: {took: {at_least: 30 minutes}, term: {at_least: P1Y}}, then: true}]
    otherwise: {then: false}
"""


@pytest.mark.parametrize("lists", [pa.list_, pa.large_list])
def test_views_and_intervals_are_read_at_any_depth(lists: Any, tmp_path: Path) -> None:
    views, spans = pa.string_view(), pa.month_day_nano_interval()
    table = pa.table(
        {
            "words": pa.array([["x"], ["y"], None, []], lists(views)),
            "about": pa.array([{"word": "x"}] * 4, pa.struct([("word", views)])),
            "took": pa.array([(0, 0, 30 * 60 * 10**9), (0, 1, 1000), None, (1, 0, 0)], spans),
            "term": pa.array([(12, 0, 0), (11, 0, 0), (14, 0, 0), (14, 0, 0)], spans),
        }
    )
    policy = Policy.from_text(NESTED)
    found = policy.decide_table(table, keep=[])

    assert found["both"].to_pylist() == [True, False, None, None]
    assert found["long"].to_pylist() == [True, False, None, None]
    assert found["error"].to_pylist() == [None, None, None, "wrong-type"]
    feather.write_feather(table, tmp_path / "r.arrow", compression="uncompressed")
    (tmp_path / "policy.yaml").write_text(NESTED)
    asked = ("--policy", tmp_path / "policy.yaml", "-o", tmp_path / "d.jsonl", "--keep", "took")
    assert run("batch", tmp_path / "r.arrow", *asked).exit_code == 2
    rows = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text().splitlines()]
    assert [row["long"] for row in rows] == [True, False, None, None]
    assert [row["took"] for row in rows] == ["PT30M", "P1DT0.000001S", None, "P1M"]


@pytest.mark.parametrize("beside", [pandas_objects, polars_wide_numbers])
def test_a_column_that_arrow_does_not_have_is_named(beside: Callable[[], Any]) -> None:
    said = refused(beside())
    assert said.to_text("en").startswith("the column `z` holds values of several types, or of one")
    assert "в столбце `z` значения разных типов или такого" in said.to_text("ru")


@pytest.mark.parametrize("option", ["null", "missing_columns"])
def test_an_option_that_there_is_not_is_refused(option: str) -> None:
    said = refused(TABLE, **{option: "zz"}).to_text("en")
    assert said.startswith(f"`{option}` is one of `")
    with pytest.raises(Refused, match="`null` is one of `missing`, `told`, not `zz`"):
        POLICY.sql("duckdb", null="zz")  # type: ignore[arg-type]


def test_an_empty_table_has_the_same_columns() -> None:
    found = POLICY.decide_table(TABLE.slice(0, 0), only="tier")

    assert found.num_rows == 0
    assert found.column_names[-5:] == [
        "tier",
        "tier.status",
        "tier.rules",
        "error",
        "error.message",
    ]
