"""Per cent, tariffs by brackets, and ranges between two values."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import load_policy
from reglament.functions.numbers import NumberOutOfRange
from reglament.functions.table import FUNCTIONS
from reglament.model.problems import Refused
from reglament.model.words import LANGUAGES
from reglament.rendering.words.terms_in_words import term_words

NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.decimals(-(10**6), 10**6, places=2))
RATES = st.one_of(st.integers(0, 100), st.decimals(0, 100, places=1))
POLICY = """
policy: rates
version: "1"
title: {en: Rates}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {en: day}}
  net: {type: decimal, places: 2, label: {en: net price}}
  low: {type: integer, label: {en: least}}
parameters:
  top: {type: integer, value: 45, label: {en: top rate}}
decisions:
  tax:
    label: {en: tax}
    type: decimal
    places: 4
    rules: [{id: tax, then: {FORMULA}}]
  fair:
    label: {en: fair}
    outcomes: {yes: {en: yes}, no: {en: no}}
    rules: [{id: fair, when: {net: TEST}, then: yes}]
    otherwise: {then: no}
"""
BRACKETS = "brackets: [net, {upto: 10000, rate: 0}, {upto: 20000, rate: 14}, {rate: top}]"


def policy_of(tmp_path: Path, formula: str, test: str = "{between: [low, 120]}") -> Path:
    path = tmp_path / "rates.yaml"
    path.write_text(POLICY.replace("FORMULA", formula).replace("TEST", test), encoding="utf-8")
    return path


@given(RATES, NUMBERS)
def test_per_cent_is_exact(rate: Decimal | int, base: Decimal | int) -> None:
    assert FUNCTIONS["percent"].gives(rate, base) == Fraction(rate) * Fraction(base) / 100


@given(NUMBERS, st.lists(st.integers(1, 10**6), unique=True, max_size=4), st.data())
def test_a_tariff_is_what_every_unit_pays_by_its_bracket(
    amount: Decimal | int, ends: list[int], data: st.DataObject
) -> None:
    ends.sort()
    rates = [data.draw(RATES) for _ in range(len(ends) + 1)]
    steps = [one for pair in zip(ends, rates, strict=False) for one in pair]
    cuts = sorted({0, *ends, max(0, amount)})
    expected = Fraction(0)
    for first, last in pairwise(cuts):
        if last <= amount:
            rate = rates[sum(end <= first for end in ends)]
            expected += Fraction(rate) * (Fraction(last) - Fraction(first)) / 100

    assert FUNCTIONS["brackets"].gives(amount, *steps, rates[-1]) == expected


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(NumberOutOfRange):
        FUNCTIONS["percent"].gives(10**9, 10**12)


@pytest.mark.parametrize(
    ("formula", "net", "tax"),
    [
        ("percent: [19, net]", "1000", "190"),
        ("percent: [7.5, net]", "0.50", "0.0375"),
        (BRACKETS, "10000", "0"),
        (BRACKETS, "15000.50", "700.07"),
        (BRACKETS, "30000", "5900"),
        (BRACKETS, "-5", "0"),
    ],
)
def test_a_policy_takes_rates(tmp_path: Path, formula: str, net: str, tax: str) -> None:
    formula = formula if "7.5" not in formula else f"round_half_up: [{{{formula}}}, 0.0001]"
    policy = load_policy(policy_of(tmp_path, formula))

    decided = policy.decide({"day": "2026-01-01", "net": net, "low": 100})

    assert Decimal(decided["tax"].outcome) == Decimal(tax)  # type: ignore[arg-type]
    then = policy.versions[-1].decisions["tax"].rules[0].then
    assert all("%" in term_words(then, policy.versions[-1], one) for one in LANGUAGES)


@pytest.mark.parametrize(("net", "fair"), [("99.99", "no"), ("100", "yes"), ("120", "yes")])
def test_between_includes_both_ends(tmp_path: Path, net: str, fair: str) -> None:
    policy = load_policy(policy_of(tmp_path, "percent: [19, net]"))

    assert policy.decide({"day": "2026-01-01", "net": net, "low": 100})["fair"].outcome == fair


@pytest.mark.parametrize(
    ("formula", "test", "code"),
    [
        ("percent: [net]", "{between: [1, 2]}", "too-few"),
        ("percent: [day, net]", "{between: [1, 2]}", "wrong-argument"),
        ("brackets: [net, {upto: 10, rate: 1}, {upto: 5, rate: 2}, {rate: 3}]", "1..2",
         "wrong-argument"),
        ("brackets: [net, {upto: 10, rate: -1}, {rate: 3}]", "1..2", "wrong-argument"),
        ("brackets: [net, {rate: 1}, {rate: 3}]", "1..2", "missing-key"),
        ("brackets: [net, {upto: 10, rate: 1}, {upto: 20, rate: 3}]", "1..2", "wrong-formula"),
        ("brackets: [net, {upto: low, rate: 1}, {rate: 3}]", "1..2", "wrong-argument"),
        ("brackets: [net, 5]", "1..2", "wrong-type"),
        ("percent: [19, net]", "{between: [2, 1]}", "empty-range"),
        ("percent: [19, net]", "{between: [2]}", "too-few"),
        ("percent: [19, net]", "{between: [2, day]}", "not-comparable"),
    ],
)  # fmt: skip
def test_rates_that_cannot_be_are_refused_by_name(
    tmp_path: Path, formula: str, test: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        load_policy(policy_of(tmp_path, formula, test))

    problems = refused.value.problems
    assert code in {problem.code for problem in problems}
    assert all(problem.message.to(one) for problem in problems for one in LANGUAGES)
