"""Years and months as facts and outcomes: told, compared, and counted on from days and moments."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import load_policy
from reglament.analysis.counterfactual.nearest_change import nearest_change
from reglament.analysis.diff.compare import diff
from reglament.analysis.findings import check
from reglament.functions.arithmetic import part_of
from reglament.functions.dates import add_months, months_between
from reglament.functions.numbers import NumberOutOfRange
from reglament.model.values import Period
from reglament.policy import Policy
from reglament.reference import View
from support.cli_runner import run
from support.refusals import problems_of, words_of

TEXT = """
policy: leases
version: "1"
title: leases
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: Europe/Berlin
facts:
  signed: {type: date, label: day of signature}
  term: {type: period, label: term, at_most: 10 years}
  notice: {type: period, label: notice, null_means: none}
  spent: {type: duration, label: spent}
  seen: {type: datetime, label: seen}
parameters:
  shortest: {type: period, value: 6 months, label: shortest term}
decisions:
  kind:
    label: kind
    outcomes: {short: short, usual: usual, long: long}
    rules:
      - {id: short, when: {term: {less_than: shortest}}, then: short}
      - {id: usual, when: {term: P6M..P2Y}, then: usual, because: "It runs for {term}."}
      - {id: long, when: {term: {more_than: 24 months}}, then: long}
  ends: {label: end, type: date, rules: [{id: ends, then: {sum: [signed, term]}}]}
  told_until:
    label: notice until
    type: date
    nullable: true
    rules: [{id: told-until, then: {difference: [ends, notice]}}]
  reminded:
    {label: reminder, type: datetime, rules: [{id: reminded, then: {sum: [seen, P1M]}}]}
  half:
    label: half
    type: period
    rules: [{id: half, then: {quotient_up: [{product: [term, 3]}, 2, P1M]}}]
  terms:
    label: terms
    type: integer
    rules: [{id: terms, then: {quotient_down: [term, shortest, 1]}}]
  parts:
    label: parts
    type: integer
    rules:
      - id: parts
        then:
          sum:
            - {product: [{years_of: [term]}, 10000]}
            - {product: [{months_of: [term]}, 100]}
            - {hours_of: [spent]}
  since:
    label: since
    type: period
    rules: [{id: since, then: {period_between: [signed, {day_of: [seen]}]}}]
  points:
    label: together
    type: period
    total: sum
    rules:
      - {id: points-half, when: {term: {at_least: 1 year}}, then: P6M}
      - {id: points-notice, when: {notice: null}, then: 1 month}
"""
TOLD: dict[str, Any] = {
    "signed": "2024-08-31", "term": "P1Y6M", "notice": "3 months", "spent": "PT50H30M",
    "seen": "2026-01-31T10:00",
}  # fmt: skip


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


def test_periods_are_told_compared_and_computed_with(policy: Policy) -> None:
    decided = policy.decide(TOLD)
    values = {name: decided[name].value for name in decided}

    assert values == {
        "kind": "usual",
        "ends": date(2026, 2, 28),
        "told_until": date(2025, 11, 28),
        "reminded": datetime(2026, 2, 28, 10, tzinfo=ZoneInfo("Europe/Berlin")),
        "half": Period(27),
        "terms": 3,
        "parts": 10602,
        "since": Period(17),
        "points": Period(6),
    }
    (version,) = policy.versions
    view = View(version, dict(decided.facts))
    assert values == {name: view.answer(version.decisions[name]).outcome for name in values}
    assert decided.to_dict()["decisions"]["half"]["outcome"] == "P2Y3M"
    assert "It runs for 1 year 6 months." in decided.explain("en", "auditor")
    assert all(decided.explain(language, "auditor") for language in ("ru", "de"))
    assert policy.decide({**TOLD, "notice": None})["told_until"].value is None
    assert policy.decide({**TOLD, "notice": None})["points"].value == Period(7)


@pytest.mark.parametrize("told", ["18 months", "1 year 6 months", "P1Y6M", "P18M", Period(18)])
def test_a_period_is_told_in_several_ways(policy: Policy, told: Any) -> None:
    assert policy.decide({**TOLD, "term": told})["ends"].value == date(2026, 2, 28)


def test_what_is_possible_while_a_period_is_missing(policy: Policy) -> None:
    nothing = policy.decide({})

    assert {*(nothing["kind"].possible or ())} == {"short", "usual", "long"}
    assert nothing["kind"].needs == ("term",)
    assert {*(nothing["points"].possible or ())} == {Period(n) for n in (0, 1, 6, 7)}
    assert policy.decide({"notice": None})["told_until"].value is None


def test_check_diff_change_and_bundles_know_periods(policy: Policy, tmp_path: Path) -> None:
    (old,) = policy.versions
    (new,) = Policy.from_text(TEXT.replace("P6M..P2Y", "P6M..P3Y").replace("24 m", "36 m")).versions
    (never,) = Policy.from_text(TEXT.replace("24 months", "11 years")).versions

    assert not check(old)
    assert {one.code for one in check(never)} >= {"rule-never-decides", "gap"}
    assert "Period(months=25)" in repr(diff(old, new))
    found = nearest_change(
        policy.decide(TOLD).evaluator, policy.decide(TOLD).facts, {"kind": "long"}
    )
    assert repr(found.changes[0]).count("Period(months=25)")
    path = tmp_path / "leases.yaml"
    path.write_text(TEXT, "utf-8")
    done = run("build", str(path), "--output", str(tmp_path / "leases.json"))
    assert done.exit_code == 0, done.output
    built = load_policy(tmp_path / "leases.json")
    assert built.versions[0].facts["term"].type == old.facts["term"].type
    assert built.decide(TOLD)["half"].value == Period(27)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("2 года", "write `2 years`"),
        ("1,5 Jahre", "write `18 months`"),
        ("P1D", "`P1Y6M`"),
        (18, "period of years and months"),
        ("-P1M", "out of range: from 0 to 400 years"),
        ("P401Y", "out of range"),
        ("11 years", "too large"),
    ],
)
def test_what_is_no_period_is_refused(policy: Policy, told: Any, said: str) -> None:
    (problem,) = problems_of(lambda: policy.decide({**TOLD, "term": told}))
    assert said in words_of(problem)


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("{less_than: shortest}", "{before: shortest}", "wrong-operator", "less_than"),
        ("{less_than: shortest}", "{less_than: 8 hours}", "wrong-type", "18 months"),
        ("P6M..P2Y", "P2Y..P6M", "empty-range", ""),
        ("{sum: [signed, term]}", "{sum: [signed, spent]}", "wrong-argument", ""),
        ("{sum: [signed, term]}", "{sum: [signed, signed, term]}", "wrong-argument", "two dates"),
        ("{sum: [signed, term]}", "{sum: [term, spent]}", "wrong-argument", "years and months"),
        ("{product: [term, 3]}", "{product: [term, 1.5]}", "wrong-argument", "whole number"),
        ("2, P1M]", "0, P1M]", "wrong-argument", "zero"),
        ("2, P1M]", "2, P0M]", "wrong-argument", "above zero"),
        ("{hours_of: [spent]}", "{hours_of: [term]}", "wrong-argument", "duration"),
    ],
)
def test_a_mistake_of_the_owner_is_told(old: str, new: str, code: str, said: str) -> None:
    problem, *_ = problems_of(lambda: Policy.from_text(TEXT.replace(old, new)))
    assert problem.code == code
    assert said in words_of(problem)


def test_what_goes_too_far_is_refused_by_name(policy: Policy) -> None:
    far = policy.decide({**TOLD, "signed": "2199-12-31", "term": "10 years"})
    assert far["ends"].value == date(2209, 12, 31)
    with pytest.raises((NumberOutOfRange, OverflowError)):
        Period(10**15) + Period(1)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(-2_000, 2_000))
def test_months_between_undo_the_months_of_a_period(day: date, months: int) -> None:
    later = add_months(day, months)

    assert abs(months_between(day, later)) <= abs(months)
    assert add_months(day, months_between(day, later)) <= max(day, later)
    if day.day <= 28:
        assert months_between(day, later) == months


@given(st.integers(-5_000, 5_000), st.integers(-5_000, 5_000))
def test_a_period_is_its_months(one: int, other: int) -> None:
    first, last = Period(one), Period(other)

    assert (first < last) is (one < other)
    assert first + last - last == first
    assert Period(0) - -first == first
    assert abs(first).months == abs(one)
    assert Period.fromisoformat(str(first)) == first
    assert pickle.loads(pickle.dumps(first)) == first
    years, months = part_of(12, 0, first), part_of(1, 12, first)
    assert years * 12 + months == one
    assert abs(months) < 12
