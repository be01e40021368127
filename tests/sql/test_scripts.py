"""What a script holds, in which words it refuses, and that its pieces serve dbt and views."""

from __future__ import annotations

import csv
import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from reglament.language.requests.literals import parser_of
from reglament.model.problems import Refused
from reglament.model.values import TEXT
from reglament.policy import Policy
from reglament.sql.dialects import DIALECTS, DialectName
from reglament.sql.read_facts import PLAIN
from support.cli_runner import run
from support.request_tables import Rows
from support.shipped import shipped
from support.sql_cells import as_table, by_duckdb, compared, told_facts

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: SQL NOT tested")


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_parser_of_each_dialect_reads_every_statement(
    dialect: DialectName, policy: Policy
) -> None:
    sqlglot = pytest.importorskip("sqlglot", reason="sqlglot is not installed: SQL NOT parsed")
    script = policy.sql(dialect, only=["tier", "response_due"], told=told_facts(policy))
    read = {"postgresql": "postgres"}.get(dialect, dialect)

    heads = {one.partition("VALUES")[0] for one in script.statements}
    for text in (*heads, script.select):
        whole = f"{text} VALUES (1)" if text.startswith("INSERT") else text
        assert sqlglot.parse_one(whole, read=read) is not None
    parsed = sqlglot.parse_one(script.select, read=read)
    assert parsed.named_selects == list(script.columns)


ODD: dict[str, tuple[str, Any]] = {
    "plain": ("request.channel", "phone"),
    "another word": ("request.channel", "обучение"),
    "an accent on its own": ("request.channel", "и\u0306"),
    "a sign that nobody sees": ("request.channel", "a\u200bb"),
    "a word that is none": ("requester.district", "nowhere"),
    "before the first version": ("request.created_at", datetime(2018, 1, 9, 12, tzinfo=UTC)),
    "past the calendar": ("request.created_at", datetime(2031, 1, 9, 12, tzinfo=UTC)),
    "a year that nobody means": ("request.created_at", datetime(2300, 1, 9, tzinfo=UTC)),
    "a day past the last year": ("request.created_at", datetime(2201, 1, 1, 9, tzinfo=UTC)),
    "a day that nobody means": ("key.registered_on", date(1812, 9, 7)),
    "an hour shown twice": ("request.created_at", datetime(2014, 10, 25, 22, 30, tzinfo=UTC)),
    "null where there may be none": ("requester.kind", None),
}


@pytest.mark.slow
def test_odd_values_are_refused_or_left_in_their_row(policy: Policy) -> None:
    usual = Rows(policy.versions[-1], 3, years=(2021, 2024)).row(0)
    rows = [{**usual, name: value} for name, value in ODD.values()]
    rows.append({**rows[4], "request.created_at": datetime(2018, 1, 9, 12, tzinfo=UTC)})
    told = "requester.kind.told"
    table = as_table(policy, rows).append_column(told, pa.array([True] * len(rows)))
    only = ["tier", "channel", "desk", "payment_contact"]
    script = policy.sql("duckdb", only=only, told=[*told_facts(policy), "requester.kind"])

    found = by_duckdb(script, table)

    assert compared(policy, rows, found, only=only).wrong == []
    assert [row["error"] for row in found] == [
        None, None, "left-to-batch", "left-to-batch", "unknown-word", "before-first-version", None,
        "year-out-of-range", "year-out-of-range", "year-out-of-range", "before-first-version",
        "null-not-allowed", "unknown-word",
    ]  # fmt: skip
    assert found[6]["desk.refused"] == "outside-calendar"


def test_a_time_without_a_zone_is_no_moment(policy: Policy) -> None:
    usual = Rows(policy.versions[-1], 3, years=(2021, 2024)).row(0)
    table = as_table(policy, [usual])
    place = table.schema.get_field_index("request.created_at")
    naive = table.column(place).cast(pa.timestamp("us"))
    table = table.set_column(place, "request.created_at", naive)

    (row,) = by_duckdb(policy.sql("duckdb", only="tier", told=told_facts(policy)), table)

    assert (row["error"], row["tier.status"]) == ("column-wrong-type", None)


def test_versions_judge_their_own_rows() -> None:
    policy = shipped("annual-leave")
    made = Rows(policy.versions[-1], 5)
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    rows = [{**made.row(0), "leave.starts_on": day} for day in days]
    names = ["age", "service_years", "extra_days"]

    found = by_duckdb(policy.sql("duckdb", only=names), as_table(policy, rows))

    versions = [None, "2024-01-01", "2024-01-01", "2026-01-01"]
    assert [row["version"] for row in found] == versions
    assert found[0]["error"] == "before-first-version"
    assert compared(policy, rows, found, only=names).wrong == []


def test_a_fact_without_a_column_is_missing_in_every_row(policy: Policy) -> None:
    usual = Rows(policy.versions[-1], 3, years=(2021, 2024)).row(0)
    row = {name: value for name, value in usual.items() if name != "request.channel"}
    table = as_table(policy, [row]).drop_columns("request.channel")
    script = policy.sql(
        "duckdb", only=["channel"], told=told_facts(policy), lacking=["request.channel"]
    )

    found = by_duckdb(script, table)

    assert compared(policy, [row], found, only=["channel"]).wrong == []
    assert found[0]["channel.possible"] == '["accepted", "not_accepted"]'


def test_what_cannot_be_said_is_refused_by_name() -> None:
    text = """
policy: lengths
version: '1'
title: {en: Lengths}
holds_from: 2024-01-01
known_from: 2024-01-01
time_zone: Europe/Moscow
chosen_by: asked.on
facts:
  asked.on: {type: date, label: {en: asked}}
  call.lasts: {type: period, label: {en: length}}
  call.about: {type: text, label: {en: subject}}
decisions:
  long:
    label: {en: long}
    type: boolean
    rules:
      - {id: long, when: {call.lasts: {more_than: P1M}}, then: true}
      - {id: short, when: {call.lasts: {at_most: P1M}}, then: false}
  rude:
    label: {en: rude}
    type: boolean
    rules:
      - {id: rude, when: {call.about: {starts_with: Hey}}, then: true}
    otherwise: {then: false, because: {en: else}}
  tomorrow:
    label: {en: the same time tomorrow}
    type: datetime
    rules: [{id: tomorrow, then: {days_after: [{datetime: [asked.on, "10:00"]}, 1]}}]
  this_year:
    label: {en: this year}
    type: boolean
    rules:
      - {id: new, when: {asked.on: {on_or_after: 2026-01-01}}, then: true}
    otherwise: {then: false, because: {en: else}}
"""
    policy = Policy.from_text(text)
    with pytest.raises(Refused) as refused:
        policy.sql("duckdb")

    problems = refused.value.problems
    assert [one.message.to("en") for one in problems] == [
        "`long` cannot be said in SQL: the fact `call.lasts` has no exact form in a column here",
        "`rude` cannot be said in SQL:"
        " the test `starts_with` would come out otherwise in a database",
        "`tomorrow` cannot be said in SQL: the function `days_after` has no exact form in SQL",
    ]
    assert problems[-1].hint is not None
    assert "only=this_year" in problems[-1].hint.to("en")
    assert "нельзя выразить в SQL" in problems[0].message.to("ru")
    script = policy.sql("duckdb", only="this_year")
    assert script.columns["this_year"] == "BOOLEAN"


def test_columns_of_any_name_are_handed_on(policy: Policy) -> None:
    row = Rows(policy.versions[-1], 3, years=(2021, 2024)).row(0)
    names = ["id", "a0", "o1", "place", "chosen", "no"]
    table = as_table(policy, [row])
    for name in names[1:]:
        table = table.append_column(name, pa.array([name]))
    script = policy.sql("duckdb", only="channel", keep=names, told=told_facts(policy))

    (found,) = by_duckdb(script, table)

    assert list(found) == list(script.columns)
    assert [found[name] for name in names] == [0, *names[1:]]
    for name in ("error", "Channel", "version"):
        with pytest.raises(Refused, match=name):
            policy.sql("duckdb", only="channel", keep=[name])


def test_the_command_prints_and_says_what_is_wrong(tmp_path: Path) -> None:
    asked = ("show", "--policy", "technical-support", "--sql")
    printed = run(*asked, "postgresql", "--only", "channel", "--table", "inbox", "--keep", "no")
    assert printed.exit_code == 0, printed.output
    assert "CREATE TABLE reglament_steps" in printed.output
    assert 'SELECT "no" AS keep0' in printed.output
    assert "FROM inbox" in printed.output

    file = tmp_path / "policy.sql"
    written = run(*asked, "spark", "--only", "channel", "-o", file)
    assert written.exit_code == 0
    assert "USING PARQUET" in file.read_text("utf-8")
    for arguments, said in {
        ("duck",): "only for duckdb, postgresql, spark",
        ("duckdb", "--only", "teir"): "did you mean `tier`",
        ("duckdb", "--told", "key.registered"): "did you mean `key.registered_on`",
    }.items():
        wrong = run(*asked, *arguments)
        assert (wrong.exit_code, said in wrong.output) == (2, True), wrong.output


def test_seeds_of_dbt_are_what_the_statements_fill(policy: Policy, tmp_path: Path) -> None:
    script = policy.sql("postgresql", only=["tier"], table="{{ ref('requests') }}")
    for table in script.tables.values():
        with (tmp_path / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.columns)
            writer.writerows(table.rows)

    assert "FROM {{ ref('requests') }}" in script.select
    filled = duckdb.connect()
    for statement in policy.sql("duckdb", only=["tier"]).statements:
        filled.execute(statement)
    for table in script.tables.values():
        seed = f"read_csv('{tmp_path / table.name}.csv', header = true)"
        both = [f"SELECT * FROM {seed}", f"SELECT * FROM {table.name}"]
        counts = [filled.execute(f"SELECT count(*) FROM ({one})").fetchone() for one in both]
        assert counts[0] == counts[1] == (len(table.rows),)


def test_names_of_tables_may_be_filled_in_by_dbt(policy: Policy) -> None:
    prefix = "{{ target.schema }}.reglament"
    script = policy.sql("duckdb", only=["desk", "response_due"], prefix=prefix)

    joined = set(re.findall(r"LEFT JOIN (.+?) AS", script.select))
    assert joined == {f"{prefix}_{name}" for name in ("steps", "classes", "spans")}


def test_a_view_decides_rows_that_come_later(policy: Policy, postgres_url: str) -> None:
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    script = policy.sql("postgresql", only=["channel"], table="inbox")
    with psycopg.connect(postgres_url) as connection:
        columns = 'id int, "request.channel" text, "request.created_at" timestamptz'
        connection.execute(f"CREATE TABLE inbox ({columns})")
        for statement in script.statements:
            connection.execute(statement)
        connection.execute(f"CREATE VIEW decided AS {script.select}")
        connection.execute("INSERT INTO inbox VALUES (1, 'portal', now()), (2, 'pigeon', NULL)")
        found = connection.execute("SELECT id, channel FROM decided ORDER BY id").fetchall()
        connection.rollback()

    assert found == [(1, "accepted"), (2, "not_accepted")]


def test_plain_texts_are_read_as_they_are() -> None:
    read = parser_of(TEXT, ZoneInfo("UTC"))
    for first, last in PLAIN:
        for code in range(first, last + 1):
            sign = chr(code)
            assert not unicodedata.combining(sign), hex(code)
            assert read(f"a{sign}{sign}b") == f"a{sign}{sign}b", hex(code)
