"""What the conditions and the `then` of rules mean, and what stands behind dates and tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reglament.language.loading.version_loader import read_version
from reglament.model.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Includes,
    Not,
    OneOf,
    Within,
)
from reglament.model.operators import Operator
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula
from reglament.model.values import Record
from support.refunds import CALENDAR, HEAD, YES_NO, unplaced, written

MOSCOW = ZoneInfo("Europe/Moscow")


def rule_when(tmp_path: Path, when: str) -> Condition:
    """The condition that `when` states."""
    text = f"decisions: {{d: {{{YES_NO}, rules: [{{id: r, when: {when}, then: yes}}]}}}}"
    return read_version(written(tmp_path, HEAD, CALENDAR, text)).rule("r").when


def rule_then(tmp_path: Path, type: str, then: str) -> object:
    """The term that `then` gives for a decision of the type."""
    text = f"decisions: {{d: {{{type}, rules: [{{id: r, then: {then}}}]}}}}"
    return read_version(written(tmp_path, HEAD, CALENDAR, text)).rule("r").then


# -- what conditions mean -------------------------------------------------------------------

KIND, BROKEN, TAGS = FactRef("kind"), FactRef("broken"), FactRef("tags")
ASKED, BOUGHT, NULL = FactRef("asked.at"), FactRef("bought.on"), Constant(None)
DAY = Constant(date(2024, 5, 1))

CONDITIONS = [
    ("{kind: book}", Comparison(KIND, Operator.IS, Constant("book"))),
    ("{kind: [book, toy]}", OneOf(KIND, ("book", "toy"))),
    ("{kind: {is_not: book}}", Not(Comparison(KIND, Operator.IS, Constant("book")))),
    ("{kind: {is_not: [book, toy]}}", Not(OneOf(KIND, ("book", "toy")))),
    ("{shop: bazaar}", Comparison(FactRef("shop"), Operator.IS, Constant("bazaar"))),
    ("{broken: true}", Comparison(BROKEN, Operator.IS, Constant(True))),
    ("{bought.on: null}", OneOf(BOUGHT, (None,))),
    (
        "{bought.on: [null, {after: 2024-05-01}]}",
        AnyOf((OneOf(BOUGHT, (None,)), Comparison(BOUGHT, Operator.MORE_THAN, DAY))),
    ),
    ("{asked.at: {before: 2024-05-01}}", Comparison(ASKED, Operator.LESS_THAN, DAY, by_day=True)),
    ("{asked.at: {on: 2024-05-01}}", Comparison(ASKED, Operator.IS, DAY, by_day=True)),
    ("{bought.on: {same_as: asked.at}}", Comparison(BOUGHT, Operator.IS, ASKED, by_day=True)),
    (
        "{asked.at: {after: '2024-05-01T10:00'}}",
        Comparison(ASKED, Operator.MORE_THAN, Constant(datetime(2024, 5, 1, 10, tzinfo=MOSCOW))),
    ),
    (
        "{amount: {more_than: 10, at_most: 20.5}}",
        AllOf(
            (
                Comparison(FactRef("amount"), Operator.MORE_THAN, Constant(Decimal("10.00"))),
                Comparison(FactRef("amount"), Operator.AT_MOST, Constant(Decimal("20.50"))),
            )
        ),
    ),
    (
        "{wait: {less_than: 2 days}}",
        Comparison(FactRef("wait"), Operator.LESS_THAN, Constant(timedelta(days=2))),
    ),
    ("{asked.at: {within: desk}}", Within(ASKED, "desk")),
    ("{asked.at: {outside: desk}}", Not(Within(ASKED, "desk"))),
    ("{tags: {includes: new}}", Includes(TAGS, "new")),
    ("{tags: {includes_any: [new, old]}}", AnyOf((Includes(TAGS, "new"), Includes(TAGS, "old")))),
    # Null includes nothing, yet a comparison with null is false whichever the operator.
    (
        "{tags: {includes_none: [new]}}",
        AllOf((Not(OneOf(TAGS, (None,))), Not(Includes(TAGS, "new")))),
    ),
    (
        "{any: [{kind: book}, {not: {broken: true}}]}",
        AnyOf(
            (
                Comparison(KIND, Operator.IS, Constant("book")),
                Not(Comparison(BROKEN, Operator.IS, Constant(True))),
            )
        ),
    ),
]


@pytest.mark.parametrize(("when", "meaning"), CONDITIONS, ids=[when for when, _ in CONDITIONS])
def test_a_condition_means(tmp_path: Path, when: str, meaning: object) -> None:
    assert unplaced(rule_when(tmp_path, when)) == meaning


# -- what `then` means ----------------------------------------------------------------------

THENS = [
    ("type: integer", "7", Constant(7)),
    ("type: decimal, places: 2", "7.5", Constant(Decimal("7.50"))),
    ("type: decimal, places: 2", "amount", FactRef("amount")),
    ("type: date", "2024-05-01", DAY),
    ("type: date", "{day_of: [asked.at]}", Formula("day_of", (ASKED,))),
    ("type: duration", "90 minutes", Constant(timedelta(minutes=90))),
    ("type: duration", "PT8H", Constant(timedelta(hours=8))),
    ("type: text", "any words", Constant("any words")),
    ("type: date, nullable: true", "null", NULL),
    ("type: date, nullable: true", "bought.on", BOUGHT),
    (
        "type: decimal, places: 2",
        "{round_half_up: [{product: [amount, 0.333]}, 0.01]}",
        Formula(
            "round_half_up",
            (
                Formula("product", (FactRef("amount"), Constant(Decimal("0.333")))),
                Constant(Decimal("0.01")),
            ),
        ),
    ),
    (
        "type: record, fields: {name: text, size: integer}",
        "{name: Ann, size: 3}",
        Constant(Record({"name": "Ann", "size": 3})),
    ),
    (
        "type: datetime",
        "{working_hours_after: [asked.at, pieces], hours: desk, at_closing: next_opening}",
        Formula("working_hours_after", (ASKED, FactRef("pieces")), "desk", "next_opening"),
    ),
    ("type: integer", "{reading: weekend, strict: 1, kind: 2}", Constant(1)),
]


@pytest.mark.parametrize(("type", "then", "term"), THENS, ids=[then for _, then, _ in THENS])
def test_a_then_means(tmp_path: Path, type: str, then: str, term: object) -> None:
    assert rule_then(tmp_path, type, then) == term


def test_a_dated_rule_compares_days_with_the_fact_that_chooses(tmp_path: Path) -> None:
    text = f"""
    decisions:
      d:
        {YES_NO}
        rules: [{{id: r, when: {{kind: book}}, from: 2024-02-01, until: 2024-02-29, then: yes}}]
    """
    when = read_version(written(tmp_path, HEAD, text)).rule("r").when

    assert unplaced(when) == AllOf(
        (
            Comparison(KIND, Operator.IS, Constant("book")),
            Comparison(ASKED, Operator.AT_LEAST, Constant(date(2024, 2, 1)), by_day=True),
            Comparison(ASKED, Operator.AT_MOST, Constant(date(2024, 2, 29)), by_day=True),
        )
    )


def test_dated_parameters_are_a_decision_with_a_rule_for_each_period(tmp_path: Path) -> None:
    text = """
    parameters:
      fee: {type: integer, values: {2025-01-01: 12, 2024-01-01: 10}, clauses: [c1]}
    decisions:
      price: {type: integer, rules: [{id: r, then: {product: [fee, pieces]}}]}
    """
    version = read_version(written(tmp_path, HEAD, text))
    fee = version.decisions["fee"]

    assert fee.is_internal
    assert [rule.then for rule in fee.rules] == [Constant(10), Constant(12)]
    assert fee.rules[0].clauses == ("c1",)
    assert version.rule("r").then == Formula("product", (DecisionRef("fee"), FactRef("pieces")))
    assert list(version.decisions) == ["fee", "price"]


def test_rows_of_a_list_and_of_csv_mean_the_same(tmp_path: Path) -> None:
    rows = """
    decisions:
      d:
        type: integer
        table:
          - {kind: book, pieces: {at_least: 5}, then: 1, clauses: [c1]}
          - {kind: [book, toy], then: 2}
    """
    named = "decisions: {d: {type: integer, table: prices.csv}}"
    one = written(tmp_path / "rows", HEAD, rows)
    other = written(tmp_path / "csv", HEAD, named)
    (other / "prices.csv").write_text(
        "kind,pieces,then,clauses\nbook,at_least 5,1,c1\nbook | toy,,2,\n", "utf-8"
    )
    read = [read_version(one), read_version(other)]

    assert [rule.id for rule in read[0].decisions["d"].rules] == ["d-row-1", "d-row-2"]
    meanings = [
        [(rule.id, unplaced(rule.when), rule.then, rule.clauses) for rule in v.decisions["d"].rules]
        for v in read
    ]
    assert meanings[0] == meanings[1]
    assert read[0].digest == read[1].digest
