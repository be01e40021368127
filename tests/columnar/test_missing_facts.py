"""Rows that lack facts: few keys for many of them, none left to be decided by itself."""

from __future__ import annotations

import gc
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from reglament.columnar.batch_columns import WitnessRows
from reglament.columnar.column_evaluator import ColumnEvaluator
from reglament.columnar.keys.class_records import ClassRecord, Details
from reglament.columnar.keys.version_keys import DecisionKeys
from reglament.columnar.residuals.open_deciding import OpenDeciding
from reglament.columnar.vectors.vector_terms import VectorTerms
from reglament.policy import Policy
from support.laws import sample
from support.request_tables import Rows, cells, decided_rows, told_table
from support.shipped import shipped

MOSCOW = ZoneInfo("Europe/Moscow")


def decided(
    rows: list[dict[str, Any]],
    only: list[str],
    policy: Policy | None = None,
    details: Details = "all",
) -> ColumnEvaluator:
    """The evaluator that decided the rows, every cell as `policy.decide` has it."""
    policy = policy or shipped("technical-support")
    evaluator = ColumnEvaluator(policy, only=only, details=details)
    table = told_table(evaluator.facts, rows, evaluator.versions[-1].zone)
    evaluator.bind(table.schema)
    found = list(cells(evaluator, evaluator.decide(table)))
    assert found == list(decided_rows(evaluator, rows))
    return evaluator


def test_no_row_is_decided_by_itself_but_those_refused() -> None:
    (version,) = shipped("technical-support").versions
    made = Rows(version, 5, years=(2020, 2027))
    evaluator = decided([made.row(0.15) for _ in range(120)], ["tier", "channel"])
    assert evaluator.rows_by_engine == sum(evaluator.problem_counts)


@pytest.mark.slow
def test_rows_that_were_met_before_are_neither_read_nor_asked_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (version,) = shipped("technical-support").versions
    made = Rows(version, 6, years=(2020, 2027))
    rows = [made.row(0.15) for _ in range(150)]
    evaluator = decided(rows, ["tier", "answer"])
    table = told_table(evaluator.facts, rows, evaluator.versions[-1].zone)
    again = [evaluator.decide(table) for _ in range(2)]
    asked: list[int] = []
    monkeypatch.setattr(WitnessRows, "__call__", lambda self, row: asked.append(row))
    monkeypatch.setattr(WitnessRows, "told", lambda self, row: asked.append(row))
    found = evaluator.decide(table)
    assert asked == []
    assert list(cells(evaluator, found)) == list(cells(evaluator, again[0]))


@pytest.mark.slow
def test_classes_that_tell_less_are_fewer_and_sooner_found(monkeypatch: pytest.MonkeyPatch) -> None:
    (version,) = shipped("technical-support").versions
    made = Rows(version, 8, years=(2020, 2027))
    taking_part = version.facts_behind("answer") | version.facts_behind("advice")
    every = [made.row(0.15) for _ in range(200)]
    rows = [{name: row[name] for name in row.keys() & taking_part} for row in every]
    asked: dict[str, int] = dict.fromkeys(get_args(Details), 0)
    classes: dict[str, int] = {}
    record = DecisionKeys.record

    def counting(self: DecisionKeys, of: Any) -> ClassRecord:
        asked[self.details] += 1
        return record(self, of)

    monkeypatch.setattr(DecisionKeys, "record", counting)
    for details in get_args(Details):
        classes[details] = len(decided(rows, ["answer", "advice"], details=details).classes)
    assert classes["rules"] < classes["clauses"] < classes["all"]
    assert asked["rules"] < asked["clauses"] < asked["all"]


def paid(**told: Any) -> dict[str, Any]:
    """A user whose subscription began before the request, and ends after it."""
    return {
        "requester.kind": "user",
        "request.created_at": datetime(2025, 3, 3, 12, tzinfo=MOSCOW),
        "key.registered_on": None,
        "subscription.active_from": datetime(2025, 1, 1, tzinfo=MOSCOW),
        "subscription.active_until": date(2026, 1, 1),
        **told,
    }


def lacking(*names: str, **told: Any) -> dict[str, Any]:
    """The same request without these facts."""
    return {name: value for name, value in paid(**told).items() if name not in names}


CREATED, REGISTERED = "request.created_at", "key.registered_on"
DAYS = [date(2024, 1, 31) + timedelta(days=13 * day) for day in range(0, 40, 3)]


@pytest.mark.parametrize(
    "rows",
    sample([
        # The missing moment lies between what is told, or there is no such moment.
        [lacking(CREATED, **{"subscription.active_until": day}) for day in DAYS],
        [lacking(CREATED, **{REGISTERED: day}) for day in DAYS],
        # The missing day is computed with: three months after it.
        [
            lacking(REGISTERED, **{CREATED: datetime(d.year, d.month, d.day, tzinfo=MOSCOW)})
            for d in DAYS
        ],
        # Two that bound each other, one of them bounded by what is told, too.
        [lacking(CREATED, REGISTERED, **{"subscription.active_until": day}) for day in DAYS],
        # The ends of the line, where days cannot be moved as far as elsewhere.
        [
            lacking(CREATED, REGISTERED, **{"subscription.active_until": date(year, 1, 3)})
            for year in (1900, 1901, 1999, 2199, 2200)
        ],
    ], 2),
)  # fmt: skip
def test_what_is_told_bounds_what_is_missing(rows: list[dict[str, Any]]) -> None:
    decided(rows, ["tier"])


def test_open_decisions_that_leave_the_same_cite_by_what_holds_of_them() -> None:
    # Nobody knows who asks. Of the first a key was registered, long before: what says how long
    # that counts is among the clauses to cite if there is no tier.
    rows = [
        lacking(
            "requester.kind",
            **{
                REGISTERED: registered,
                CREATED: datetime(2025, 3, 3, hour, tzinfo=MOSCOW),
                "subscription.active_from": None,
                "request.service": "onsite_visit",
            },
        )
        for registered in (date(2024, 6, 1), None)
        for hour in (10, 11, 12)
    ]
    evaluator = decided(rows, ["tier", "answer"])
    open_tiers = [one for one in evaluator.classes if one.decision == "tier"]
    cited = {one.clauses for one in evaluator.classes if one.decision == "answer"}
    assert len(open_tiers) == 1
    assert len(cited) == 2


@pytest.mark.slow
def test_a_batch_is_freed_without_the_collector() -> None:
    gc.collect()
    gc.disable()
    try:
        rows = [lacking(CREATED), paid(), lacking(REGISTERED), lacking("subscription.active_from")]
        evaluator = decided(rows, ["tier", "response_due"])
        alive = [one for one in gc.get_objects() if isinstance(one, VectorTerms)]
    finally:
        gc.enable()
    assert evaluator.row_count == len(rows)
    assert "response_due" in evaluator.value_types
    assert alive == []


def test_what_is_possible_is_listed_only_where_it_is_asked_for() -> None:
    rows = [lacking("subscription.active_from"), lacking(CREATED), paid()]
    evaluator = decided(rows, ["response_due"])
    table = told_table(evaluator.facts, rows, evaluator.versions[-1].zone)
    with_lists, without = (
        evaluator.decide(table, lists=lists).decisions["response_due"] for lists in (True, False)
    )
    assert with_lists.possible is not None
    assert with_lists.possible.null_count < len(rows)
    assert without.possible is None
    assert without.values == with_lists.values
    assert without.classes == with_lists.classes


def test_what_is_missing_beside_nothing_is_not_needed() -> None:
    policy = Policy.from_text("""
policy: nothing
version: "1"
title: nothing
languages: [en]
holds_from: 2024-01-01
time_zone: UTC
facts:
  born: {type: text, label: born}
  notice: {type: period, label: notice}
  scores: {type: list, item: {type: integer}, label: scores}
  bonus: {type: integer, label: bonus}
decisions:
  ends:
    label: ends
    type: date
    nullable: true
    rules: [{id: ends, then: {sum: [{date: [born]}, notice]}}]
  most:
    label: most
    type: integer
    nullable: true
    rules: [{id: most, then: {sum: [bonus, {maximum: [scores]}]}}]
  late:
    label: late
    type: boolean
    rules:
      - id: late
        when: {formula: {sum: [{date: [born]}, notice]}, after: 2024-06-01}
        then: true
    otherwise: {then: false}
""")
    facts = {"born": ["2024-02-29", "x"], "notice": ["P3M"], "scores": [[], [3]], "bonus": [1]}
    rows = [
        {name: value for name, value in zip(facts, told, strict=True) if value is not None}
        for told in product(*((*values, None) for values in facts.values()))
    ]
    for several in (rows, rows[::-1]):
        decided(several, ["ends", "most", "late"], policy)


CITED = """
policy: cited
version: "1"
title: cited
languages: [en]
holds_from: 2024-01-01
time_zone: UTC
clauses:
  debt: {where: "1", summary: debt}
  age: {where: "2", summary: age}
  other: {where: "3", summary: other}
facts:
  debt: {type: boolean, label: debt}
  minor: {type: boolean, label: minor}
  known: {type: boolean, label: known}
  vouched: {type: boolean, label: vouched}
decisions:
  loan:
    label: loan
    outcomes: {given: given, refused: refused}
    rules:
      - {id: debt, when: {debt: true}, then: refused, because: debt, clauses: [debt]}
      - {id: minor, when: {minor: true}, then: refused, because: minor, clauses: [age]}
      - id: other
        when: {debt: false, minor: false, any: [{known: true}, {vouched: true}]}
        then: given
        because: other
        clauses: [other]
    otherwise: {then: refused, because: otherwise, clauses: [other]}
  letter:
    label: letter
    outcomes: {sent: sent, kept: kept}
    rules: [{id: sent, when: {loan: refused}, then: sent, because: sent}]
    otherwise: {then: kept, because: kept}
"""


def test_who_cites_by_a_decision_sees_which_of_its_rules_are_open() -> None:
    facts = ("debt", "minor", "known", "vouched")
    told = product((True, False, None), repeat=len(facts))
    rows = [
        {fact: one for fact, one in zip(facts, row, strict=True) if one is not None} for row in told
    ]
    for several in (rows, rows[::-1]):
        decided(several, ["loan", "letter"], Policy.from_text(CITED))


def test_rows_of_open_decisions_take_their_class_by_what_they_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What is told bounds the tier; what the service is in scope of asks no more than what it left.
    def rows(days: list[date]) -> list[dict[str, Any]]:
        return [
            lacking(fact, **{"subscription.active_until": day, "request.service": "training"})
            for day in days
            for fact in (CREATED, "requester.kind", "subscription.active_from")
        ]

    evaluator = decided(rows(DAYS), ["tier", "scope", "answer"])
    other = rows([day + timedelta(days=1) for day in DAYS])
    table = told_table(evaluator.facts, other, evaluator.versions[-1].zone)
    walked: list[str] = []
    walk = OpenDeciding._walked

    def watched(self: OpenDeciding, places: Any) -> Any:
        walked.append(self.keys.decision.name)
        return walk(self, places)

    monkeypatch.setattr(OpenDeciding, "_walked", watched)
    found = evaluator.decide(table)
    assert set(walked) == {"tier"}
    assert list(cells(evaluator, found)) == list(decided_rows(evaluator, other))
