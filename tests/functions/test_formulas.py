"""Rounding and months against tellings of their own: `decimal`'s modes, and counting one by one."""

from __future__ import annotations

import decimal
import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reglament import load_policy
from reglament.functions.dates import add_months, months_between
from reglament.functions.numbers import ROUNDINGS
from reglament.functions.table import EVERY, FUNCTIONS, written_name
from reglament.functions.totals import COUNT
from reglament.model.values import LARGEST
from reglament.model.words import LANGUAGES
from reglament.rendering.words.terms_in_words import term_words
from support.places import DOCS

MODES = {
    "round_down": decimal.ROUND_DOWN,
    "round_up": decimal.ROUND_UP,
    "round_half_up": decimal.ROUND_HALF_UP,
    "round_half_even": decimal.ROUND_HALF_EVEN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}
QUOTIENT_OF = {name: f"quotient_{name.removeprefix('round_')}" for name in ROUNDINGS}
QUOTIENTS = tuple(QUOTIENT_OF.values())
NUMBERS = st.decimals(-1000, 1000, places=3)
STEPS = st.sampled_from([Decimal("0.01"), Decimal("0.5"), Decimal("0.05"), Decimal("2.5"), 1, 3, 7])


@pytest.mark.parametrize("name", ROUNDINGS)
@given(NUMBERS, STEPS)
@example(Decimal("-5.5"), 1)
@example(Decimal("-0.005"), Decimal("0.01"))
def test_rounding_is_that_of_decimal(name: str, number: Decimal, step: Decimal | int) -> None:
    # A multiple of the step is a whole number of steps.
    steps = Fraction(number) / Fraction(step)
    scaled = Decimal(steps.numerator) / Decimal(steps.denominator)
    whole = scaled.quantize(Decimal(1), MODES[name])

    assert FUNCTIONS[name].gives(number, step) == whole * step


BY_FRACTIONS: dict[str, Callable[[Fraction], int]] = {
    "round_down": math.trunc,
    "round_up": lambda number: math.ceil(number) if number > 0 else math.floor(number),
    "round_half_up": lambda number: (
        math.floor(number + Fraction(1, 2)) if number > 0 else math.ceil(number - Fraction(1, 2))
    ),
    "round_half_even": round,
    "floor": math.floor,
    "ceiling": math.ceil,
}
ANY = st.integers(-(10**15), 10**15) | st.decimals(-(10**9), 10**9, places=6)
HALVES = st.integers(-50, 50).map(lambda number: Decimal(number) / 2)


@pytest.mark.parametrize("name", ROUNDINGS)
@given(ANY | HALVES, ANY | HALVES, ANY | HALVES)
def test_whole_numbers_round_as_fractions_do(
    name: str, number: Decimal | int, divisor: Decimal | int, step: Decimal | int
) -> None:
    assume(step != 0 and divisor != 0)
    steps = Fraction(number) / Fraction(step)
    parts = Fraction(number) / Fraction(divisor) / Fraction(step)
    for function, told, wanted in (
        (name, (number, step), BY_FRACTIONS[name](steps) * Fraction(step)),
        (QUOTIENT_OF[name], (number, divisor, step), BY_FRACTIONS[name](parts) * Fraction(step)),
    ):
        if abs(wanted) <= LARGEST:
            assert FUNCTIONS[function].gives(*told) == wanted


@pytest.mark.parametrize("name", ROUNDINGS)
@given(NUMBERS, st.sampled_from([2, -2, Decimal("0.4"), -8]), STEPS)
def test_a_quotient_is_rounded_as_a_number_is(
    name: str, number: Decimal, divisor: Decimal | int, step: Decimal | int
) -> None:
    exact = number / divisor

    assert FUNCTIONS[QUOTIENT_OF[name]].gives(number, divisor, step) == FUNCTIONS[name].gives(
        exact, step
    )


def test_the_language_page_shows_the_words_as_they_are() -> None:
    page = (DOCS / "language.md").read_text("utf-8")
    head, _, *rows = page[page.index("| x, to 1 |") :].split("\n\n")[0].splitlines()
    names = [cell.strip(" `") for cell in head.strip("|").split("|")][1:]

    assert names == list(ROUNDINGS)
    for row in rows:
        number, *said = [Decimal(cell.strip()) for cell in row.strip("|").split("|")]
        assert said == [FUNCTIONS[name].gives(number, 1) for name in names]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("2.5", (2, 3, 3, 2, 2, 3)),
        ("-2.5", (-2, -3, -3, -2, -3, -2)),
        ("-5.9", (-5, -6, -6, -6, -6, -5)),
        ("-5.5", (-5, -6, -6, -6, -6, -5)),
        ("-0.4", (0, -1, 0, 0, -1, 0)),
    ],
)
def test_below_zero_the_words_mean_what_they_mean_in_dmn(
    number: str, expected: tuple[int, ...]
) -> None:
    assert tuple(FUNCTIONS[name].gives(Decimal(number), 1) for name in ROUNDINGS) == expected


DAYS = st.dates(date(2019, 12, 1), date(2025, 3, 31))


@given(DAYS, DAYS)
@example(date(2024, 2, 29), date(2023, 2, 28))
@example(date(2020, 2, 29), date(2020, 1, 31))
def test_months_are_counted_one_by_one_away_from_the_start(start: date, end: date) -> None:
    count, step = 0, 1 if start <= end else -1
    while (
        (add_months(start, count + step) <= end)
        if step > 0
        else (add_months(start, count + step) >= end)
    ):
        count += step

    assert months_between(start, end) == count
    assert FUNCTIONS["years_between"].gives(start, end) == int(count / 12)


@given(DAYS, DAYS)
def test_backwards_months_are_full_on_the_same_day_of_the_month(start: date, end: date) -> None:
    start, end = max(start, end), min(start, end)
    # As java.time counts: whole months, less one where the day of the month is not yet reached.
    apart = 32 * (12 * (end.year - start.year) + end.month - start.month) + end.day - start.day

    assert months_between(start, end) == -(-apart // 32)


@pytest.mark.parametrize(
    ("start", "end", "months", "years"),
    [
        (date(2026, 3, 15), date(2026, 3, 14), 0, 0),
        (date(2026, 3, 15), date(2025, 3, 16), -11, 0),
        (date(2018, 7, 31), date(2018, 6, 30), -1, 0),
        (date(2014, 2, 28), date(2012, 2, 29), -23, -1),
        (date(2012, 2, 29), date(2014, 2, 28), 24, 2),
        (date(2023, 1, 31), date(2023, 2, 28), 1, 0),
    ],
)
def test_months_and_years_between(start: date, end: date, months: int, years: int) -> None:
    assert FUNCTIONS["months_between"].gives(start, end) == months
    assert FUNCTIONS["years_between"].gives(start, end) == years


POLICY = """
policy: rounded
version: "1"
title: {ru: Проба, en: Trial}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: day
facts:
  day: {type: date, label: {ru: день, en: day}, question: {ru: День?, en: Day?}}
  x: {type: decimal, places: 2, label: {ru: x, en: x}, question: {ru: x?, en: x?}}
decisions:
"""
DECISION = """
  {name}:
    type: integer
    label: {{ru: {name}, en: {name}}}
    rules: [{{id: {name}-rule, then: {{{name}: {arguments}}}, because: {{ru: Р., en: R.}}}}]
"""


def test_a_policy_may_use_every_word_for_rounding(tmp_path: Path) -> None:
    words = [(name, "[x, 1]") for name in ROUNDINGS]
    words += [(name, "[x, 2, 1]") for name in QUOTIENTS]
    path = tmp_path / "rounded.yaml"
    made = [DECISION.format(name=name, arguments=arguments) for name, arguments in words]
    path.write_text(POLICY + "".join(made), encoding="utf-8")
    policy = load_policy(path)
    decided = policy.decide({"day": date(2026, 1, 1), "x": "-5.5"})

    assert [decided[name].outcome for name in ROUNDINGS] == [-5, -6, -6, -6, -6, -5]
    assert [decided[name].outcome for name in QUOTIENTS] == [-2, -3, -3, -3, -3, -2]
    version = policy.versions[-1]
    for language in LANGUAGES:
        told = {
            term_words(version.decisions[name].rules[0].then, version, language)
            for name, _ in words
        }
        assert len(told) == len(words)
        assert not any("_" in text for text in told)


def test_every_function_is_told_by_a_word_that_a_policy_can_write() -> None:
    unwritten = {"items", "every_item", "field", "record"}
    for name in EVERY.keys() - unwritten:
        assert written_name(name) in {*FUNCTIONS, COUNT}, name
    assert all(written_name(name) == name for name in FUNCTIONS)
