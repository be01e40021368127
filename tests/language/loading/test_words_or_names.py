"""Whether a word is a word or a name: one rule wherever a value stands, and a way to say either."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reglament import Policy, load_policy
from reglament.model.problems import Refused
from support.cli_runner import run

HEAD = """
policy: words
version: "1"
title: {en: Words}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {en: day}}
  s: {type: text, label: {en: s}}
  t: {type: text, label: {en: t}}
  n: {type: integer, label: {en: n}}
  m: {type: integer, label: {en: m}}
  kind: {type: choice, options: {s: {en: s}, other: {en: other}}, label: {en: kind}}
  li: {type: list, item: {type: text}, label: {en: list}}
  numbers: {type: list, item: {type: integer}, label: {en: numbers}}
parameters:
  house: {type: text, value: ours, label: {en: house}}
decisions:
"""
TEST = """
  d:
    label: {en: d}
    type: boolean
    rules: [{id: r, when: {WHEN}, then: true}]
    otherwise: {then: false}
"""
OUTCOME = """
  d:
    label: {en: d}
    type: text
    rules: [{id: r, then: THEN}]
"""
TOLD: dict[str, Any] = {
    "day": "2024-01-01", "s": "red", "t": "red", "n": 2, "m": 2, "kind": "s", "li": ["red"],
    "numbers": [2],
}  # fmt: skip


def policy_of(tmp_path: Path, decisions: str, **files: str) -> Policy:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    path = tmp_path / "words.yaml"
    path.write_text(HEAD + decisions, encoding="utf-8")
    return load_policy(path if not files else tmp_path)


@pytest.mark.parametrize(
    ("when", "told", "holds"),
    [
        ("t: s", {}, True),
        ("t: s", {"s": "blue"}, False),
        ("t: {same_as: s}", {}, True),
        ("t: {literal: s}", {}, False),
        ("t: {literal: s}", {"t": "s"}, True),
        ("t: {is_not: s}", {}, False),
        ("t: {is_not: {literal: s}}", {}, True),
        ("t: [green, s]", {}, True),
        ("t: [green, {literal: s}]", {}, False),
        ("t: house", {"t": "ours"}, True),
        ("t: nothing_called_so", {"t": "nothing_called_so"}, True),
        ("s: s", {"s": "s"}, True),
        ("n: m", {}, True),
        ("kind: s", {}, True),
        ("kind: {same_as: s}", {}, False),
        ("kind: {same_as: s}", {"s": "s"}, True),
        ("li: {includes: s}", {}, True),
        ("li: {includes: {same_as: s}}", {}, True),
        ("li: {includes: {literal: s}}", {}, False),
        ("li: {includes: {literal: s}}", {"li": ["s"]}, True),
        ("li: {includes_any: [green, s]}", {}, True),
        ("li: {includes_all: [red, t, s]}", {}, True),
        ("li: {includes_none: [{same_as: s}]}", {}, False),
        ("li: {includes: house}", {"li": ["ours"]}, True),
        ("numbers: {includes: {same_as: n}}", {}, True),
        ("numbers: {includes: n}", {"n": 3}, False),
    ],
)
def test_a_word_of_a_test(tmp_path: Path, when: str, told: dict[str, Any], holds: bool) -> None:
    policy = policy_of(tmp_path, TEST.replace("WHEN", when))

    assert policy.decide({**TOLD, **told})["d"].outcome is holds


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        ("s", "red"),
        ("{same_as: s}", "red"),
        ("{literal: s}", "s"),
        ("house", "ours"),
        ("nothing_called_so", "nothing_called_so"),
    ],
)
def test_a_word_of_an_outcome(tmp_path: Path, then: str, outcome: str) -> None:
    policy = policy_of(tmp_path, OUTCOME.replace("THEN", then))

    assert policy.decide(TOLD)["d"].outcome == outcome


def test_cells_of_tables_follow_the_same_rule(tmp_path: Path) -> None:
    cells = "t,id,then\nliteral s,a,literal s\nsame_as s,b,s\ngreen,c,same_as house\n"
    table = "  d: {label: {en: d}, type: text, table: words.csv}\n"
    policy = policy_of(tmp_path, table, words=cells)
    told = ("s", "red", "green")

    found = [policy.decide({**TOLD, "t": one})["d"].outcome for one in told]

    assert found == ["s", "red", "ours"]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("t: {same_as: nobody}", "unknown-name"),
        ("t: {same_as: n}", "not-comparable"),
        ("li: {includes: {same_as: n}}", "not-comparable"),
        ("n: {literal: red}", "wrong-type"),
        ("n: s", "wrong-type"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, when: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of(tmp_path, TEST.replace("WHEN", when))

    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(("language", "said"), [("en", "its value is meant"), ("ru", "значение")])
def test_check_names_what_may_be_either(tmp_path: Path, language: str, said: str) -> None:
    policy_of(tmp_path, TEST.replace("WHEN", "t: s"))
    result = run("check", "--policy", str(tmp_path / "words.yaml"), "--lang", language)

    assert said in result.output
    assert "{literal: s}" in result.output


def test_a_list_that_lacks_its_item_is_decided_when_both_are_told(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, TEST.replace("WHEN", "li: {includes: {same_as: s}}"))

    open_ = policy.decide({**{n: v for n, v in TOLD.items() if n != "s"}})["d"]

    assert open_.status == "undetermined"
    assert open_.needs == ("s",)
