"""Every cell that SQL says is what `policy.decide` says; the others say that they are left."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reglament.functions.numbers import ROUNDINGS
from reglament.language.loading.switched import switched
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from reglament.policy import Policy
from support.disputed import ROWS, disputed
from support.laws import sample, tries
from support.random_tables import (
    few,
    of_the_whole_language,
    with_facts_that_bound_each_other,
    with_formulas_that_lack_facts,
)
from support.shipped import NAMES, shipped
from support.spans_of_time import spans
from support.sql_cells import (
    as_table,
    by_duckdb,
    by_postgresql,
    compared,
    listed_as_sayable,
    made_rows,
    told_facts,
)

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: SQL NOT tested")

QUICK = ("tier", "free_until", "desk", "payment_contact")
# So many of the cells of seeded rows SQL says by itself, at least.
# Rows that lack a fact of what ranges may settle all the same are left to the engine.
SAID = {"technical-support": 0.88, "library-fees": 0.72, "annual-leave": 0.57}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SAID))
def test_shipped_policies(name: str) -> None:
    policy = shipped(name)
    rows = made_rows(policy, 150)
    script = policy.sql("duckdb", told=told_facts(policy), reasons=True)

    said = compared(policy, rows, by_duckdb(script, as_table(policy, rows)))

    assert said.wrong == []
    # Of a third of the rows all is told.
    assert said.reasons > 0.25 * (said.reasons + said.unsaid)
    # Five cells a decision that is said.
    assert said.cells / 5 > SAID[name] * (said.cells / 5 + said.left)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SAID))
def test_a_view_of_postgresql(name: str, postgres_url: str) -> None:
    policy = shipped(name)
    rows = made_rows(policy, 50)
    script = policy.sql("postgresql", told=told_facts(policy), reasons=True)

    found = by_postgresql(postgres_url, script, as_table(policy, rows), as_view=True)

    assert compared(policy, rows, found).wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(NAMES - SAID.keys()))
def test_decisions_about_lists_of_things_are_refused_by_name(name: str) -> None:
    """What needs no list is said, though the policy has lists."""
    policy = shipped(name)
    with pytest.raises(Refused, match="reads the list") as refused:
        policy.sql("duckdb")

    only = listed_as_sayable(refused.value)
    version = policy.versions[-1]
    read = {version.chosen_by}.union(*map(version.facts_behind, only))
    rows = [
        {n: v for n, v in row.items() if n in read} for row in made_rows(policy, max(6, tries(60)))
    ]
    script = policy.sql("duckdb", only=only, told=told_facts(policy))
    table = as_table(policy, rows).drop_columns(list(version.lists))
    said = compared(policy, rows, by_duckdb(script, table), only=only)

    assert said.wrong == []
    assert said.cells > 0


@pytest.mark.slow
def test_some_decisions(policy: Policy) -> None:
    rows = made_rows(policy, 30)
    table = as_table(policy, rows)
    script = policy.sql("duckdb", only=QUICK, told=told_facts(policy), reasons=True)

    said = compared(policy, rows, by_duckdb(script, table), only=QUICK)

    assert said.wrong == []
    assert said.cells > 1_200


@pytest.mark.parametrize("name", sample(["free_until", "desk"], 1))
def test_reasons_rest_on_decisions_that_pick_clauses_alone(name: str, policy: Policy) -> None:
    rows = made_rows(policy, 30)
    script = policy.sql("duckdb", only=name, told=told_facts(policy), reasons=True)

    said = compared(policy, rows, by_duckdb(script, as_table(policy, rows)), only=[name])

    assert said.wrong == []
    assert said.reasons >= 25


@pytest.mark.slow
def test_a_function_of_days_is_looked_up_in_their_table(policy: Policy) -> None:
    rolled = Policy((switched(policy.versions[-1], {"three-months": "rolled"}),))
    rows = made_rows(rolled, 30)
    script = rolled.sql("duckdb", only=["free_until", "tier"], told=told_facts(rolled))

    said = compared(rolled, rows, by_duckdb(script, as_table(rolled, rows)))

    assert said.wrong == []
    assert "LEFT JOIN reglament_days" in script.select
    assert said.cells > 500


LATENESS = """
policy: lateness
version: "1"
title: Lateness
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: Europe/Berlin
chosen_by: planned
facts:
  planned: {type: datetime, label: planned}
  arrived: {type: datetime, label: arrived, null_means: never}
decisions:
  minutes:
    label: minutes
    type: integer
    nullable: true
    rules: [{id: minutes, then: {minutes_between: [planned, arrived]}}]
  hours:
    label: hours
    type: integer
    nullable: true
    rules: [{id: hours, then: {hours_between: [arrived, planned]}}]
  late:
    label: late
    outcomes: {late: late, in_time: in time, early: early}
    rules:
      - {id: late, when: {minutes: {more_than: 15}}, then: late}
      - {id: early, when: {formula: {hours_between: [planned, arrived]}, at_most: -1}, then: early}
    otherwise: {then: in_time}
"""


@pytest.mark.slow
def test_the_time_between_two_moments(postgres_url: str) -> None:
    policy = Policy.from_text(LATENESS)
    planned = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    steps = [timedelta(minutes=15), timedelta(minutes=16), timedelta(hours=-1), timedelta(hours=40)]
    steps += [one + timedelta(microseconds=sign) for one in steps for sign in (1, -1)]
    start = planned.astimezone(UTC)
    rows: list[dict[str, Any]] = [{"planned": start, "arrived": start + one} for one in steps]
    rows += [{"planned": start}, {"arrived": start}, {}, {"planned": start, "arrived": None}]
    script = {name: policy.sql(name, told=["arrived"]) for name in ("duckdb", "postgresql")}
    table = as_table(policy, rows)

    for found in (
        by_duckdb(script["duckdb"], table),
        by_postgresql(postgres_url, script["postgresql"], table, as_view=True),
    ):
        said = compared(policy, rows, found)
        assert said.wrong == []
        assert said.cells > 150


@pytest.mark.slow
def test_a_number_rounded_to_whole_ones_is_a_whole_number() -> None:
    text = (
        LATENESS.split("decisions:")[0]
        + """
  paid: {type: decimal, places: 2, at_least: -50, at_most: 50, label: paid}
decisions:
"""
    )
    text += "".join(
        f"  d{n}: {{label: d, type: integer, rules: [{{id: r{n}, then: {{{way}: [paid, 1]}}}}]}}\n"
        for n, way in enumerate(ROUNDINGS)
    )
    policy = Policy.from_text(text)
    paid = [Decimal(one) / 100 for one in (-250, -251, -50, -49, 0, 49, 50, 51, 149, 150, 250)]
    at = datetime(2026, 3, 29, 1, tzinfo=UTC)
    rows: list[dict[str, Any]] = [{"planned": at, "paid": one} for one in paid]
    rows.append({"planned": at})

    script = policy.sql("duckdb")
    said = compared(policy, rows, by_duckdb(script, as_table(policy, rows)))

    assert said.wrong == []
    assert said.cells >= len(rows) * len(ROUNDINGS)


@pytest.mark.slow
def test_spans_of_time(postgres_url: str) -> None:
    policy, rows = spans()
    table = as_table(policy, rows)
    told = told_facts(policy)

    for found in (
        by_duckdb(policy.sql("duckdb", told=told, reasons=True), table),
        by_postgresql(
            postgres_url, policy.sql("postgresql", told=told, reasons=True), table, as_view=True
        ),
    ):
        said = compared(policy, rows, found)
        assert said.wrong == []
        assert said.cells > 250


def test_months_leave_their_row_to_the_engine() -> None:
    policy, _ = spans()
    script = policy.sql("duckdb", only=["parts"], table="asked", keep=())
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE asked AS SELECT now() AS planned, now() AS arrived, unnest(["
            "INTERVAL 1 MONTH, INTERVAL 1 YEAR, INTERVAL 2147483647 DAY, INTERVAL 3 DAY]) AS taken"
        )
        for statement in script.statements:
            connection.execute(statement)
        found = connection.execute(script.select).fetchall()

    assert [row[-1] for row in found] == ["left-to-batch"] * 3 + [None]
    assert found[-1][1] == 3_000_000


def sayable(policy: Policy, names: list[str], at: date | None) -> list[str]:
    """The decisions that can be said; the others are refused by name."""
    for _ in range(2):
        try:
            policy.sql("duckdb", only=names, at=at, reasons=True)
        except Refused as refused:
            codes = {one.code for one in refused.problems}
            unsaid = {str(dict(one.message.values)["name"]) for one in refused.problems}
            names = [name for name in names if name not in unsaid and codes == {"not-in-sql"}]
    return names


def agree(version: Version, rows: list[dict[str, Any]]) -> None:
    policy = Policy((version,))
    at = None if version.chosen_by in version.facts else version.holds_from
    every = [one.name for one in version.decisions.values() if not one.is_internal]
    names = sayable(policy, every, at)
    if not names:
        return
    script = policy.sql("duckdb", only=names, told=told_facts(policy), at=at, reasons=True)
    found = by_duckdb(script, as_table(policy, rows))
    moment = None if at is None else policy.moment(at)
    said = compared(policy, rows, found, only=names, at=moment)
    assert str(said.wrong[:3]) == "[]"


@few(10)
@of_the_whole_language
def test_the_whole_language(version: Version, rows: list[dict[str, Any]]) -> None:
    agree(version, rows)


@few(10)
@with_facts_that_bound_each_other
def test_facts_that_bound_each_other(version: Version, rows: list[dict[str, Any]]) -> None:
    agree(version, rows)


@few(15)
@with_formulas_that_lack_facts
def test_formulas_that_lack_facts(version: Version, rows: list[dict[str, Any]]) -> None:
    agree(version, rows)


def test_what_rules_may_agree_about() -> None:
    (version,) = disputed().versions
    agree(version, ROWS)
