"""Bounds of facts and parameters: refused at every door, and never left by an analysis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reglament import Policy, Refused, load_policy
from reglament.analysis.diff.compare import diff
from reglament.analysis.findings import check
from reglament.analysis.testing.cases import generated_cases
from reglament.analysis.testing.mutants import mutants, with_every_hours
from reglament.model import visitor
from reglament.model.conditions import Comparison
from reglament.model.regulation import Version
from reglament.model.terms import Constant, FactRef
from reglament.model.values import Value
from support.cli_runner import run
from support.laws import sample
from support.shipped import shipped

HEAD = """
policy: bounds
version: "1"
title: {ru: Границы, en: Bounds}
holds_from: 2024-01-01
known_from: 2024-01-01
time_zone: Europe/Moscow
chosen_by: on
facts:
  on: {type: date, at_least: 2024-01-01, at_most: 2026-12-31, label: {ru: день, en: day}}
  severity: {type: integer, at_least: 1, at_most: 5, label: {ru: тяжесть, en: severity}}
  at: {type: datetime, at_least: 2024-01-01, at_most: 2025-12-31, label: {ru: миг, en: moment}}
  price: {type: decimal, places: 2, at_least: 0.01, label: {ru: цена, en: price}}
  wait:
    {type: duration, at_most: 8 hours, label: {ru: ждать, en: wait}, null_means: {ru: -, en: -}}
"""
RULES = """
decisions:
  d:
    outcomes: {a: {ru: а, en: a}, b: {ru: б, en: b}}
    rules:
      - {id: low, when: {severity: {at_most: 3}, price: {less_than: 100}}, then: a}
      - {id: high, when: {severity: {more_than: 3}, at: {after: 2025-06-01}}, then: b}
    otherwise: {then: b}
"""  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / "policy.yaml"
    path.write_text(dedent(text), "utf-8")
    return path


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return load_policy(written(tmp_path, HEAD + RULES))


@pytest.fixture
def version(policy: Policy) -> Version:
    return policy.versions[-1]


# -- every door ------------------------------------------------------------------------------

OUTSIDE: list[tuple[str, Any, str]] = [
    ("severity", 0, "`0` is too small: 1 is the least allowed"),
    ("severity", 6, "`6` is too large: 5 is the most allowed"),
    ("price", "0.00", "`0.00` is too small: 0.01 is the least allowed"),
    ("price", 0, "`0` is too small"),
    ("on", "2023-12-31", "`2023-12-31` is too early: 2024-01-01 is the earliest allowed"),
    ("on", "2027-01-01", "`2027-01-01` is too late: 2026-12-31 is the latest allowed"),
    ("at", "2026-01-01T00:00", "is too late: 2025-12-31 is the latest allowed"),
    ("at", "2023-12-31T23:59", "is too early"),
    ("at", "2025-12-31T21:00Z", "is too late"),
    ("wait", "481 minutes", "`481 minutes` is too large: 8 hours is the most allowed"),
]
INSIDE: Mapping[str, list[Any]] = {
    "severity": [1, 5],
    "price": ["0.01", Decimal("1000000")],
    "on": ["2024-01-01", date(2026, 12, 31)],
    "at": ["2024-01-01T00:00", "2025-12-31T23:59:59", datetime(2025, 12, 31, 20, 59)],
    "wait": ["8 hours", timedelta(0), None],
}
WHOLE = {"on": "2024-06-01", "severity": 2, "at": "2024-06-01T10:00", "price": 5, "wait": None}


@pytest.mark.parametrize(("fact", "value", "said"), OUTSIDE)
@pytest.mark.parametrize("beside", [{}, WHOLE], ids=["alone", "whole"])
def test_a_value_out_of_bounds_is_refused(
    policy: Policy, fact: str, value: Any, said: str, beside: Mapping[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        policy.decide({**beside, fact: value}, at="2024-06-01")

    (problem,) = refused.value.problems
    assert problem.code == "out-of-bounds"
    assert problem.message.to("en").startswith(f"`{fact}`: ")
    assert problem.message.to("ru").startswith(f"`{fact}`: ")
    assert said in problem.message.to("en")


@pytest.mark.parametrize(("fact", "value", "said"), sample(OUTSIDE, 4))
def test_a_file_that_tells_it_is_refused_at_its_place(
    tmp_path: Path, fact: str, value: Any, said: str
) -> None:
    result = run("decide", "-", "--policy", written(tmp_path, HEAD + RULES),
                 stdin=json.dumps({fact: value}))  # fmt: skip

    assert result.exit_code == 2
    assert f"`{fact}`: " in result.output
    assert said in result.output
    assert f"-:1:{len(fact) + 6}: " in result.output


@pytest.mark.parametrize("fact", INSIDE)
def test_the_bounds_themselves_may_be_told(policy: Policy, fact: str) -> None:
    for value in INSIDE[fact]:
        assert policy.decide({fact: value}, at="2024-06-01").facts.keys() == {fact}
        assert policy.decide({**WHOLE, fact: value}, at="2024-06-01").facts.keys() == WHOLE.keys()


def test_an_example_out_of_bounds_is_refused(tmp_path: Path) -> None:
    example = "examples: [{name: e, facts: {severity: 9}, expect: {d: a}}]"
    with pytest.raises(Refused) as refused:
        load_policy(written(tmp_path, f"{HEAD}{RULES}{example}\n"))

    assert [problem.code for problem in refused.value.problems] == ["out-of-bounds"]


def test_an_interview_tells_the_bounds(tmp_path: Path, policy: Policy) -> None:
    told = {"price": 5, "at": "2025-07-01T00:00"}
    question = policy.next_question(told, at="2024-06-01")
    rules = RULES.replace("{severity: {at_most: 3}, price: {less_than: 100}}", "{severity: 2}")
    rules = rules.replace(", at: {after: 2025-06-01}", "")
    asked = run("ask", "--policy", written(tmp_path, HEAD + rules), stdin="9\n5\n")

    assert question is not None
    assert (question.fact, question.at_least, question.at_most) == ("severity", 1, 5)
    assert "from 1 to 5" in asked.output
    assert "`9` is too large" in asked.output


# -- what makes no sense ---------------------------------------------------------------------

SENSELESS = [
    ("facts", "{type: text, at_least: 1}", "bounds-without-order"),
    ("facts", "{type: integer, at_least: 5, at_most: 1}", "empty-interval"),
    ("facts", "{type: integer, at_least: 1.5}", "wrong-type"),
    ("facts", "{type: date, at_most: soon}", "wrong-type"),
    ("parameters", "{type: integer, value: 7, at_most: 5}", "out-of-bounds"),
    ("parameters", "{type: decimal, places: 2, values: {2024-01-01: -1.00}, at_least: 0}",
     "out-of-bounds"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "told", "code"), SENSELESS)
def test_bounds_that_make_no_sense_are_refused(
    tmp_path: Path, section: str, told: str, code: str
) -> None:
    head = HEAD if section == "facts" else f"{HEAD}parameters:\n"
    with pytest.raises(Refused) as refused:
        load_policy(written(tmp_path, f"{head}  odd: {told}\n{RULES}"))

    assert code in {problem.code for problem in refused.value.problems}


def test_bounds_that_leave_a_version_no_day_are_refused(tmp_path: Path) -> None:
    early = HEAD.replace("at_least: 2024-01-01, at_most: 2026-12-31", "at_most: 2023-12-31")
    with pytest.raises(Refused) as refused:
        load_policy(written(tmp_path, early + RULES))

    (problem,) = refused.value.problems
    assert problem.code == "empty-interval"
    assert "`on` is never later than 2023-12-31" in problem.message.to("en")


def test_a_rule_that_names_a_value_out_of_bounds_is_refused(tmp_path: Path) -> None:
    rules = RULES.replace("severity: {at_most: 3}", "severity: 0")
    with pytest.raises(Refused) as refused:
        load_policy(written(tmp_path, HEAD + rules))

    assert [problem.code for problem in refused.value.problems] == ["out-of-bounds"]


# -- the analyses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "code"),
    [
        ("severity: {at_least: 1}", "test-always-true"),
        ("severity: {at_least: 0}", "test-always-true"),
        ("severity: {less_than: 6}", "test-always-true"),
        ("severity: {less_than: 1}", "rule-never-decides"),
        ("severity: {more_than: 5}", "rule-never-decides"),
        ("price: {more_than: 0}", "test-always-true"),
        ("at: {on_or_after: 2024-01-01}", "test-always-true"),
        ("at: {after: 2025-12-31}", "rule-never-decides"),
        ("wait: {more_than: 8 hours}", "rule-never-decides"),
    ],
)
def test_a_test_that_bounds_settle_is_found(tmp_path: Path, test: str, code: str) -> None:
    decision = f"""
decisions:
  d:
    outcomes: {{a: {{ru: а, en: a}}, b: {{ru: б, en: b}}}}
    rules: [{{id: r, when: {{{test}}}, then: a}}]
    otherwise: {{then: b}}
"""
    found = check(load_policy(written(tmp_path, HEAD + decision)).versions[-1])

    assert code in {finding.code for finding in found}


def admitted(version: Version, facts: Mapping[str, Value]) -> bool:
    return all(version.facts[name].type.admits(value) for name, value in facts.items())


def test_witnesses_generated_cases_and_mutants_stay_within_bounds(tmp_path: Path) -> None:
    gapped = HEAD + RULES.replace("    otherwise: {then: b}\n", "")
    version = load_policy(written(tmp_path, gapped)).versions[-1]
    witnesses = [finding.witness for finding in check(version) if finding.witness is not None]
    cases = generated_cases(version)

    assert witnesses
    assert cases
    assert all(admitted(version, facts) for facts in witnesses)
    assert all(admitted(version, case.facts) for case in cases)
    for mutant in mutants(with_every_hours(version)):
        for _, rule in mutant.version.every_rule():
            for test in visitor.tests_of(rule.when):
                if isinstance(test, Comparison) and isinstance(test.operand, Constant):
                    assert isinstance(test.subject, FactRef)
                    name, bound = test.subject.name, test.operand.value
                    assert test.by_day or version.facts[name].type.admits(bound)


def test_what_bounds_leave_is_all_that_is_possible(tmp_path: Path) -> None:
    always = RULES.replace("severity: {at_most: 3}", "severity: {at_most: 5}")
    policy = load_policy(written(tmp_path, HEAD + always))
    decided = policy.decide({"price": 5, "at": "2024-02-01T00:00"}, at="2024-06-01")

    assert decided["d"].outcome == "a"


def test_a_change_of_bounds_is_told(tmp_path: Path) -> None:
    moved = HEAD.replace("at_least: 1, at_most: 5", "at_least: 2, at_most: 5")
    versions = []
    for number, head in enumerate((HEAD, moved)):
        folder = tmp_path / str(number)
        folder.mkdir()
        versions.append(load_policy(written(folder, head + RULES)).versions[-1])
    difference = diff(*versions)

    (note,) = (one for one in difference.notes if one.code == "fact-bounds")
    assert note.message.to("en") == "the bounds of `severity`: from 1 to 5 → from 2 to 5"
    assert not difference.is_cosmetic
    assert not difference.regions


def test_moments_are_bounded_by_whole_days_of_the_zone(version: Version) -> None:
    type_ = version.facts["at"].type
    zone = ZoneInfo("Europe/Moscow")

    assert type_.at_least == datetime(2024, 1, 1, tzinfo=zone)
    assert type_.at_most == datetime(2026, 1, 1, tzinfo=zone) - timedelta(microseconds=1)


@pytest.mark.slow
def test_the_shipped_policies_are_bounded() -> None:
    for fact in ("leave.length", "leave.days_used"):
        with pytest.raises(Refused, match=f"`{fact}`"):
            shipped("annual-leave").decide({fact: -1}, at="2026-06-01")
    for fact in ("reader.age", "reader.owes", "item.price"):
        with pytest.raises(Refused, match=f"`{fact}`"):
            shipped("library-fees").decide({fact: -1}, at="2026-06-01")
