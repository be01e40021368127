"""Division by what a request tells, powers, means, remainders, and durations that are computed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, load_policy
from reglament.functions import arithmetic, numbers
from reglament.functions.numbers import ROUNDINGS, NumberOutOfRange
from reglament.functions.signatures import Misapplied
from reglament.functions.table import EVERY
from reglament.model.problems import Refused
from reglament.model.values import DURATION, INTEGER, PERIOD, Kind, Period, Type, decimal
from reglament.model.words import LANGUAGES
from reglament.rendering.words.terms_in_words import term_words
from support.cli_runner import run

NUMBERS = st.one_of(st.integers(-(10**4), 10**4), st.decimals(-(10**4), 10**4, places=2))
STEP = Decimal("0.01")
HEAD = """
policy: compute
version: "1"
title: {en: Compute}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {en: day}}
  total: {type: decimal, places: 2, label: {en: total}}
  items: {type: integer, label: {en: items}}
  boxes: {type: integer, at_least: 1, label: {en: boxes}}
  since: {type: date, label: {en: since}}
  rate: {type: decimal, places: 4, at_least: 0, label: {en: rate}}
  months: {type: integer, at_least: 1, at_most: 600, label: {en: months}}
  spent: {type: duration, label: {en: time spent}}
  quota: {type: duration, at_least: 1 minute, label: {en: quota}}
decisions:
"""
TOLD: dict[str, Any] = {
    "day": "2024-01-31", "since": "2024-01-01", "total": "100.00", "items": 3, "boxes": 3,
    "rate": "0.0100", "months": 12, "spent": "PT5H", "quota": "PT2H",
}  # fmt: skip


def policy_of(tmp_path: Path, type_: str, rules: str) -> Policy:
    path = tmp_path / "compute.yaml"
    path.write_text(f"{HEAD}  d:\n    label: {{en: d}}\n    {type_}\n{rules}", encoding="utf-8")
    return load_policy(path)


def of_formula(tmp_path: Path, type_: str, formula: str, when: str = "") -> Policy:
    guard = f"when: {{{when}}}, " if when else ""
    rules = f"    rules: [{{id: r, {guard}then: {formula}}}]\n"
    return policy_of(tmp_path, type_, rules + ("    otherwise: {then: 0}\n" if when else ""))


@pytest.mark.parametrize("name", ROUNDINGS)
@given(st.decimals("-3", "3", places=2), st.integers(-40, 40))
def test_a_power_is_exact_before_it_is_rounded(name: str, base: Decimal, exponent: int) -> None:
    if base == 0 and exponent < 0:
        return
    power = EVERY[f"power_{name.removeprefix('round_')}"].gives
    value = Fraction(base) ** exponent
    if abs(value) > 10**14:
        return

    whole = ROUNDINGS[name](*(value / Fraction(STEP)).as_integer_ratio())
    assert power(base, exponent, STEP) == whole * STEP


@given(NUMBERS, NUMBERS.filter(bool))
def test_what_is_left_and_whole_divisors_make_the_number(number: Any, divisor: Any) -> None:
    left = EVERY["modulo"].gives(number, divisor)

    assert (Fraction(number) - Fraction(left)) % Fraction(divisor) == 0
    assert 0 <= Fraction(left) / Fraction(divisor) < 1


@given(st.lists(NUMBERS, min_size=1, max_size=7))
def test_means_and_medians(numbers: list[Any]) -> None:
    found = EVERY["mean_half_even"].gives(*numbers, STEP)
    exact = sum(map(Fraction, numbers)) / len(numbers)

    assert abs(Fraction(found) - exact) <= Fraction(STEP) / 2
    if len(numbers) % 2:
        assert EVERY["median"].gives(*numbers) == median(map(Fraction, numbers))


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**4), st.integers(1, 50))
def test_durations_are_numbers_of_microseconds(length: int, other: int, times: int) -> None:
    one, two = timedelta(minutes=length), timedelta(minutes=other)

    assert EVERY["product_of_duration"].gives(one, times) == one * times
    assert EVERY["quotient_floor_of_duration"].gives(one, two, 1) == one // two
    assert EVERY["quotient_down_of_duration"].gives(one * times, times, timedelta(minutes=1)) == one


def test_an_exponent_out_of_all_bounds_is_refused() -> None:
    with pytest.raises(NumberOutOfRange):
        EVERY["power_down"].gives(1, 10**6, 1)


@pytest.mark.parametrize(
    ("type_", "formula", "when", "outcome"),
    [
        ("{type: decimal, places: 2}", "{quotient_half_up: [total, boxes, 0.01]}", "", "33.33"),
        ("{type: decimal, places: 2}", "{quotient_half_up: [total, items, 0.01]}",
         "items: {more_than: 0}", "33.33"),
        ("{type: decimal, places: 2}", "{quotient_half_up: [total, items, 0.01]}",
         "items: {is_not: 0}", "33.33"),
        ("{type: decimal, places: 2}", "{quotient_half_up: [total, items, 0.01]}",
         "not: {items: [0, 1]}", "33.33"),
        ("{type: decimal, places: 2}",
         "{quotient_half_up: [total, {maximum: [items, 1]}, 0.01]}", "", "33.33"),
        ("{type: decimal, places: 2}",
         "{if: {items: 0}, then: 0, else: {quotient_half_up: [total, items, 0.01]}}", "", "33.33"),
        # Proration: a part of a month, by its days.
        ("{type: decimal, places: 2}",
         "{quotient_half_up: [{product: [total, {days_between: [since, day]}]},"
         " {days_between: [{start_of_month: [day]}, {end_of_month: [day]}]}, 0.01]}",
         "formula: {days_between: [{start_of_month: [day]}, {end_of_month: [day]}]}, more_than: 0",
         "100.00"),
        # An annuity: total x rate / (1 - (1 + rate) ** -months).
        ("{type: decimal, places: 2}",
         "{quotient_half_up: [{product: [total, rate]}, {difference: [1,"
         " {power_half_even: [{sum: [1, rate]}, {difference: [0, months]}, 0.000000000001]}]},"
         " 0.01]}",
         "formula: {difference: [1, {power_half_even: [{sum: [1, rate]},"
         " {difference: [0, months]}, 0.000000000001]}]}, more_than: 0",
         "8.88"),
        ("{type: integer}", "{modulo: [items, 2]}", "", 1),
        ("{type: decimal, places: 2}", "{absolute: [{difference: [0, total]}]}", "", "100.00"),
        ("{type: decimal, places: 1}", "{mean_half_up: [items, boxes, 4, 0.1]}", "", "3.3"),
        ("{type: decimal, places: 4}",
         "{power_half_up: [{sum: [1, {quotient_half_up: [rate, 12, 0.0001]}]}, -12, 0.0001]}", "",
         "0.9904"),  # a twelfth of what is not below zero is not below zero
        ("{type: integer}", "{median: [items, 1, 9]}", "", 3),
        ("{type: duration}", "{product: [spent, 1.5]}", "", timedelta(hours=7.5)),
        ("{type: integer}", "{quotient_floor: [spent, quota, 1]}", "", 2),
        ("{type: duration}", "{quotient_half_up: [spent, 3, 1 minute]}", "",
         timedelta(hours=1, minutes=40)),
    ],
)  # fmt: skip
def test_an_owner_can_say(
    tmp_path: Path, type_: str, formula: str, when: str, outcome: Any
) -> None:
    policy = of_formula(tmp_path, type_[1:-1].replace(", ", "\n    "), formula, when)
    decided = policy.decide(TOLD)["d"]
    expected = Decimal(outcome) if isinstance(outcome, str) else outcome

    assert decided.outcome == expected
    version = policy.versions[0]
    term = version.decisions["d"].rules[0].then
    assert all(term_words(term, version, language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("formula", "when", "code"),
    [
        ("{quotient_half_up: [total, items, 1]}", "", "divisor-may-be-zero"),
        ("{quotient_half_up: [total, items, 1]}", "boxes: 3", "divisor-may-be-zero"),
        ("{quotient_half_up: [total, items, 1]}", "items: {at_least: 0}", "divisor-may-be-zero"),
        (
            "{quotient_half_up: [total, items, 1]}",
            "any: [{items: 1}, {boxes: 2}]",
            "divisor-may-be-zero",
        ),
        ("{modulo: [items, items]}", "", "divisor-may-be-zero"),
        ("{modulo: [1, {sum: [1, {round_up: [total, 1]}]}]}", "", "divisor-may-be-zero"),
        ("{modulo: [1, {quotient_up: [rate, 12, 1]}]}", "", "divisor-may-be-zero"),
        ("{power_down: [items, -1, 1]}", "", "divisor-may-be-zero"),
        ("{power_down: [items, {difference: [0, months]}, 1]}", "", "divisor-may-be-zero"),
        ("{power_down: [0, -1, 1]}", "", "wrong-argument"),
        ("{power_down: [items, 0.5, 1]}", "", "wrong-argument"),
        ("{quotient_down: [items, 0, 1]}", "", "wrong-argument"),
        ("{quotient_down: [items, 2, boxes]}", "", "wrong-argument"),
        ("{median: [items, 2]}", "", "wrong-argument"),
        ("{quotient_floor: [spent, spent, 1]}", "", "divisor-may-be-zero"),
    ],
)
def test_what_may_divide_by_zero_is_refused(
    tmp_path: Path, formula: str, when: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        of_formula(tmp_path, "type: integer", formula, when)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_what_is_left_to_otherwise_is_shown_by_the_rules(tmp_path: Path) -> None:
    rules = """
    rules: [{id: none, when: {items: 0}, then: 0}]
    otherwise: {then: {quotient_half_up: [total, items, 0.01]}}
"""
    policy = policy_of(tmp_path, "type: decimal\n    places: 2", rules)

    assert policy.decide({**TOLD, "items": 0})["d"].outcome == 0
    assert policy.decide({**TOLD, "items": 8})["d"].outcome == Decimal("12.50")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "may be zero here"), ("ru", "на ноль не делят")]
)
def test_the_refusal_says_which_condition_shows_it(
    tmp_path: Path, language: str, said: str
) -> None:
    with pytest.raises(Refused):
        of_formula(tmp_path, "type: integer", "{quotient_half_up: [total, items, 1]}")
    result = run("check", "--policy", str(tmp_path / "compute.yaml"), "--lang", language)

    assert said in result.output
    assert "items: {more_than: 0}" in result.output


SAMPLES: list[tuple[Type, Any]] = [
    (INTEGER, 3), (decimal(2), Decimal("2.50")), (decimal(2), 2), (INTEGER, 1),
    (DURATION, timedelta(hours=5)), (PERIOD, Period(14)),
]  # fmt: skip
RECKONING = (*numbers.FUNCTIONS, *arithmetic.FUNCTIONS)
PYTHON = {Kind.INTEGER: int, Kind.DURATION: timedelta, Kind.PERIOD: Period}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_a_function_gives_is_of_the_type_that_it_says(count: int) -> None:
    """A whole number counts days, places and exponents, so that it is none with a point."""
    asked = 0
    for told in product(SAMPLES, repeat=count):
        types, values = [type for type, _ in told], [value for _, value in told]
        for name in RECKONING:
            function = EVERY[arithmetic.of_durations(name, types)]
            try:
                kind = function.signature(types, values).kind
            except Misapplied:
                continue
            if kind in PYTHON:
                value = function.gives(*values)
                asked += 1
                assert value is None or type(value) is PYTHON[kind], (name, told)
    assert asked >= 20


COUNTED = {
    "days_after": "type: date then: {days_after: [since, N]}",
    "months_after": "type: date then: {months_after: [since, N]}",
    "power": "type: decimal places: 2 then: {power_half_up: [1.1, N, 0.01]}",
    "date": "type: date nullable: true then: {date: [2024, 1, N]}",
    "time": "type: time nullable: true then: {time: [N, 0]}",
    "item": "type: integer nullable: true then: {item: [{list_of: [7, 8, 9]}, N]}",
    "least": "type: decimal places: 2 then: {minimum: [N]}",
    "greatest": "type: decimal places: 2 then: {maximum: [N]}",
    "substring": "type: text nullable: true then: {substring: [{literal: abc}, N]}",
}


@pytest.mark.parametrize("said", COUNTED.values(), ids=COUNTED)
@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_a_number_that_is_rounded_to_whole_ones_counts(
    said: str, rounding: str, tmp_path: Path
) -> None:
    kinds, formula = said.split(" then: ")
    type_ = kinds.replace(" places", "\n    places").replace(" nullable", "\n    nullable")
    rounded = of_formula(tmp_path, type_, formula.replace("N", f"{{{rounding}: [total, 1]}}"))
    told = {**TOLD, "total": "2.00"}
    (tmp_path / "whole").mkdir()
    whole = of_formula(tmp_path / "whole", type_, formula.replace("N", "2"))

    assert rounded.decide(told)["d"].value == whole.decide(told)["d"].value is not None
