"""What is asked of the items of a plain list: that some, every or none is so, and how many are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import load_policy
from reglament.analysis.diff.compare import diff
from reglament.analysis.findings import check
from reglament.functions.evaluate import value_of
from reglament.functions.item_tests import ITEM, filtered, list_within, read_filtered
from reglament.model.conditions import Comparison
from reglament.model.operators import Operator
from reglament.model.terms import FactRef, Formula
from reglament.policy import Policy
from reglament.reference import View
from support.cli_runner import run
from support.refusals import problems_of, words_of

TEXT = """
policy: exam
version: "1"
title: exam
languages: [en]
holds_from: 2024-01-01
known_from: 2024-01-01
time_zone: UTC
facts:
  scores: {type: list, item: {type: integer, at_least: 0, at_most: 10}, label: scores}
  tags:
    type: list
    item: {type: choice, options: {gold: golden, old: old}}
    label: tags
    null_means: none
  days: {type: list, item: {type: date}, label: days}
  codes: {type: list, item: {type: text}, label: codes}
  limit: {type: integer, label: limit}
  since: {type: date, label: since, null_means: never}
decisions:
  grade:
    label: grade
    hit_policy: first
    outcomes: {fail: fail, weak: weak, good: good, best: best}
    rules:
      - {id: empty, when: {scores: {at_most: 0}}, then: fail}
      - {id: some-low, when: {scores: {some: {less_than: limit}}}, then: fail}
      - {id: all-high, when: {scores: {every: "8..10"}}, then: best}
      - {id: two-high, when: {scores: {where: {at_least: 8}, at_least: 2}}, then: good}
    otherwise: {then: weak}
  marked:
    label: marked
    type: boolean
    rules: [{id: marked, when: {tags: {some: gold, none: [old]}}, then: true}]
    otherwise: {then: false}
  late:
    label: late
    type: integer
    rules: [{id: late, then: {count: days, where: {item: {after: since}}}}]
  highest:
    label: highest
    type: integer
    nullable: true
    rules: [{id: highest, then: {maximum: item, over: scores, where: {item: {is_not: 10}}}}]
  coded:
    label: coded
    type: boolean
    rules:
      - id: coded
        when: {codes: {every: {matches_form: "{upper 2}-{digit 2}"}, exactly: 2}}
        then: true
    otherwise: {then: false}
"""
TOLD: dict[str, Any] = {
    "scores": [9, 8, 5], "tags": ["gold"], "days": ["2024-01-05", "2024-03-01"],
    "codes": ["AB-12", "CD-34"], "limit": 4, "since": "2024-02-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, {"grade": "good", "marked": True, "late": 1, "highest": 9, "coded": True}),
        ({"scores": []}, {"grade": "fail", "highest": None}),
        ({"scores": [8, 10]}, {"grade": "best", "highest": 8}),
        ({"scores": [3, 10]}, {"grade": "fail"}),
        ({"scores": [5]}, {"grade": "weak"}),
        ({"tags": ["gold", "old"]}, {"marked": False}),
        ({"tags": None}, {"marked": False}),
        ({"since": None}, {"late": 0}),
        ({"codes": ["AB-12"]}, {"coded": False}),
        ({"codes": ["AB-12", "ab-12"]}, {"coded": False}),
    ],
)
def test_items_are_asked_as_facts_are(
    policy: Policy, told: dict[str, Any], expected: dict[str, Any]
) -> None:
    decided = policy.decide({**TOLD, **told})
    (version,) = policy.versions
    view = View(version, dict(decided.facts))

    assert {name: decided[name].value for name in expected} == expected
    for name in version.decisions:
        assert decided[name].value == view.answer(version.decisions[name]).outcome


def test_of_no_list_nothing_is_so(policy: Policy) -> None:
    asked = Policy.from_text(TEXT.replace("{some: gold, none: [old]}", "{every: gold}"))

    assert asked.decide({**TOLD, "tags": []})["marked"].value is True
    assert asked.decide({**TOLD, "tags": None})["marked"].value is False


def test_reasons_are_told_in_words(policy: Policy) -> None:
    said = policy.decide(TOLD).explain("en", "auditor")

    assert "the number of items of “scores” with (an item is at least 8) is at least 2" in said
    assert "“scores” has an item with: an item is less than limit; was 9, 8, 5" in said
    assert "“tags” has an item with: an item is golden" in said
    assert "каждая позиция списка" in policy.decide(TOLD).explain("ru", "auditor")
    assert "jede Position" in policy.decide(TOLD).explain("de", "auditor")


def test_a_list_that_a_decision_gives_is_shown_as_a_told_one_and_a_number_as_a_number() -> None:
    text = (
        TEXT
        + """
  sums:
    label: sums
    type: list
    item: {type: integer}
    rules: [{id: sums, then: {list_of: {sum: [item, limit]}, over: scores}}]
  high:
    label: high
    type: boolean
    rules: [{id: high, when: {sums: {every: {at_least: 5}, at_least: 3}}, then: true}]
    otherwise: {then: false}
"""
    )
    said = Policy.from_text(text).decide(TOLD).explain("en", "auditor")

    assert "every item of “sums”: an item is at least 5; was 13, 12, 9" in said
    assert "how many values sums has is at least 3; was 3" in said


def test_what_is_possible_while_a_list_is_missing(policy: Policy) -> None:
    nothing = policy.decide({"limit": 4})

    assert nothing["grade"].possible == ["fail", "weak", "good", "best"]
    assert nothing["grade"].needs == ("scores",)
    assert policy.decide({"scores": [8, 9]})["grade"].needs == ("limit",)
    assert policy.decide({"scores": []})["grade"].value == "fail"
    assert policy.decide({"tags": None})["marked"].value is False


def test_check_diff_and_bundles_know_them(policy: Policy, tmp_path: Path) -> None:
    (old,) = policy.versions
    (new,) = Policy.from_text(TEXT.replace("{at_least: 8}, at", "{at_least: 7}, at")).versions

    assert {one.code for one in check(old)} <= {"rule-never-decides"}  # not proven, as lists are
    assert "two-high" in repr(diff(old, new))
    path = tmp_path / "exam.yaml"
    path.write_text(TEXT, "utf-8")
    done = run("build", str(path), "--output", str(tmp_path / "exam.json"))
    assert done.exit_code == 0, done.output
    built = load_policy(tmp_path / "exam.json")
    assert built.decide(TOLD)["grade"].value == "good"
    assert built.versions[0].facts["scores"].type == old.facts["scores"].type
    request = tmp_path / "request.json"
    request.write_text(json.dumps(TOLD), "utf-8")
    shown = run("decide", str(request), "--policy", str(path), "--json")
    assert json.loads(shown.output)["decisions"]["highest"]["outcome"] == 9


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("{some: {less_than", "{sume: {less_than", "unknown-key", "some"),
        ('{every: "8..10"}', '{every: "10..8"}', "empty-range", ""),
        ('{every: "8..10"}', "{every: high}", "wrong-type", "high"),
        ('{every: "8..10"}', "{every: {before: 8}}", "wrong-operator", "less_than"),
        ('{every: "8..10"}', "{where: 8}", "empty-condition", "at_least: 1"),
        ('{every: "8..10"}', "{every: null}", "wrong-type", ""),
        ('{every: "8..10"}', "{every: 11}", "out-of-bounds", "10"),
        ("{some: gold,", "{some: golden,", "unknown-word", "gold"),
        ("at_least: 0, at_most: 10", "at_least: 9, at_most: 1", "empty-interval", ""),
        ("{type: text}, label: codes", "{type: text, at_least: 1}, label: codes", "bounds-w", ""),
    ],
)
def test_a_mistake_of_the_owner_is_told(old: str, new: str, code: str, said: str) -> None:
    problem, *_ = problems_of(lambda: Policy.from_text(TEXT.replace(old, new)))
    assert problem.code.startswith(code)
    assert said in words_of(problem)


@pytest.mark.parametrize(
    "asked",
    ["within: any_time", "after: {working_hours_after: [asked, 8], hours: any_time}"],
)
def test_hours_are_not_used_of_one_item(asked: str) -> None:
    """Who compares versions looks for the hours that a rule counts by, and not inside of items."""
    facts = """hours: {any_time: {title: any time, always: true}}
facts:
  asked: {type: datetime, label: asked}
  seen: {type: list, item: {type: datetime}, label: seen}
"""
    text = TEXT.replace("facts:\n", facts)
    text = text.replace("{scores: {at_most: 0}}", f"{{seen: {{some: {{{asked}}}}}}}")
    (problem,) = problems_of(lambda: Policy.from_text(text))
    assert problem.code == "wrong-operator"
    assert "working hours" in words_of(problem)


def test_an_item_beyond_its_bounds_is_refused_by_its_place(policy: Policy) -> None:
    problem, *_ = problems_of(lambda: policy.decide({**TOLD, "scores": [1, 11]}))
    assert problem.code == "out-of-bounds"
    assert "11" in problem.message.to("en")


@given(st.lists(st.integers(0, 4), max_size=4), st.integers(0, 4), st.sampled_from(Operator))
def test_a_filter_has_the_items_of_which_its_condition_holds(
    items: list[int], least: int, operator: Operator
) -> None:
    condition = Comparison(FactRef(ITEM), operator, FactRef("least"))
    found = filtered(FactRef("scores"), condition)

    assert found.arguments == (FactRef("scores"), FactRef("least"))
    read = read_filtered(found)
    assert read is not None
    assert read[1].where == condition
    facts = {"scores": tuple(items), "least": least}
    assert value_of(found, facts, {}) == tuple(one for one in items if operator.meaning(one, least))
    assert value_of(found, {**facts, "scores": None}, {}) is None
    assert list_within(Formula("count_of_list", (found,))) == FactRef("scores")
