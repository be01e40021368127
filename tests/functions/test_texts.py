"""Texts that are put together, measured and cut."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, load_policy
from reglament.analysis.findings import check
from reglament.evaluation import Evaluator
from reglament.functions.table import FUNCTIONS
from reglament.functions.texts import said
from reglament.model.problems import Refused
from support.cli_runner import run

HEAD = """
policy: texts
version: "1"
title: {en: Texts}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {en: day}}
  code: {type: text, null_means: {en: none}, label: {en: code}}
  mail: {type: text, label: {en: mail}}
  price: {type: decimal, places: 2, label: {en: price}}
  kind: {type: choice, options: {a: {en: a}, b: {en: b}}, label: {en: kind}}
  flag: {type: boolean, label: {en: flag}}
decisions:
"""
TOLD: dict[str, Any] = {
    "day": "2024-02-03", "code": "ab-7", "mail": "me@example.org", "price": "7.50", "kind": "a",
    "flag": True,
}  # fmt: skip


def policy_of(tmp_path: Path, decisions: str) -> Policy:
    path = tmp_path / "texts.yaml"
    path.write_text(HEAD + decisions, encoding="utf-8")
    return load_policy(path)


def of_formula(tmp_path: Path, type_: str, then: str) -> Policy:
    typed = f"type: {type_}, nullable: true"
    return policy_of(
        tmp_path, f"  d: {{label: {{en: d}}, {typed}, rules: [{{id: r, then: {then}}}]}}\n"
    )


@pytest.mark.parametrize(
    ("type_", "then", "outcome"),
    [
        ("text", '{text: "{kind}: {code}, {price}, {day}"}', "a: ab-7, 7.5, 2024-02-03"),
        ("text", '{text: "no name"}', "no name"),
        ("text", "{upper_case: [code]}", "AB-7"),
        ("text", "{lower_case: [{upper_case: [code]}]}", "ab-7"),
        ("text", "{substring: [code, 1, 2]}", "ab"),
        ("text", "{substring: [code, -1]}", "7"),
        ("text", '{text_before: [mail, {literal: "@"}]}', "me"),
        ("text", '{text_after: [mail, {literal: "@"}]}', "example.org"),
        ("text", '{text_after: [mail, {literal: "#"}]}', ""),
        ("integer", "{length: [code]}", 4),
    ],
)
def test_an_owner_can_say(tmp_path: Path, type_: str, then: str, outcome: Any) -> None:
    policy = of_formula(tmp_path, type_, then)
    decided = policy.decide(TOLD)

    assert decided["d"].outcome == outcome
    assert all(decided.explain(language, "auditor") for language in ("en", "ru", "de"))


def test_a_text_of_what_is_null_is_null(tmp_path: Path) -> None:
    policy = of_formula(tmp_path, "text", '{text: "code {code}"}')

    assert policy.decide({**TOLD, "code": None})["d"].outcome is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("7.00"), "7"),
        (Decimal("700"), "700"),
        (Decimal("-0.50"), "-0.5"),
        (Decimal("0.00"), "0"),
        (7, "7"),
        (date(2024, 2, 3), "2024-02-03"),
        (datetime(2024, 2, 3, 4, 5, tzinfo=UTC), "2024-02-03T04:05:00+00:00"),
        (timedelta(hours=26, minutes=30), "PT26H30M"),
        (timedelta(0), "PT0S"),
        (timedelta(seconds=-1.5), "-PT1.5S"),
    ],
)
def test_a_value_has_one_text(value: Any, text: str) -> None:
    assert said(value) == text


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 6))
def test_equal_numbers_make_one_text(number: Decimal, zeros: int) -> None:
    assert said(number) == said(number + Decimal(0).scaleb(-zeros))


@given(st.text("ab@", max_size=6))
def test_what_stands_before_and_after_makes_the_whole(text: str) -> None:
    before, after = (FUNCTIONS[name].gives(text, "@") for name in ("text_before", "text_after"))

    assert (f"{before}@{after}" == text) is ("@" in text)


@pytest.mark.parametrize(
    ("then", "code"),
    [
        ('{text: "{flag}"}', "wrong-argument"),
        ('{text: "{cod}"}', "unknown-name"),
        ("{text: [code]}", "wrong-type"),
        ("{length: [price]}", "wrong-argument"),
        ("{substring: [code, 0]}", "wrong-argument"),
        ('{text_before: [mail, {literal: ""}]}', "wrong-argument"),
        ("{lenght: [code]}", "unknown-key"),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, then: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        of_formula(tmp_path, "text", then)

    assert code in [problem.code for problem in refused.value.problems]
    result = run("check", "--policy", str(tmp_path / "texts.yaml"), "--lang", "ru")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


TESTED = """
  d:
    label: {en: d}
    outcomes: {yes: {en: yes}, no: {en: no}}
    rules:
      - {id: long, when: {formula: {length: [mail]}, at_least: 5}, then: yes}
      - {id: same, when: {code: {same_as: {text: "{kind}-{price}"}}}, then: yes}
      - {id: upper, when: {formula: {upper_case: [mail]}, is: ME}, then: yes}
    otherwise: {then: no}
"""


def test_what_is_made_of_texts_is_tested(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, TESTED)
    short = {**TOLD, "mail": "a@b"}

    assert policy.decide(TOLD)["d"].outcome == "yes"
    assert policy.decide(short)["d"].outcome == "no"
    assert policy.decide({**short, "code": "a-7.5"})["d"].outcome == "yes"
    assert policy.decide({**short, "mail": "me"})["d"].outcome == "yes"


def test_with_a_text_missing_what_is_possible_is_told(tmp_path: Path) -> None:
    version = policy_of(tmp_path, TESTED).versions[0]
    told = {"day": date(2024, 1, 1), "code": None, "price": Decimal("7.50"), "kind": "a",
            "flag": True}  # fmt: skip

    found = Evaluator(version).evaluate(told)["d"]

    assert found.status == "undetermined"
    assert set(found.possible or ()) == {"yes", "no"}
    assert found.needs == ("mail",)
    check(version)
