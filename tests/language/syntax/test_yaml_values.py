"""What a word means to the strict reader, and which words it doubts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reglament.model.problems import Place
from support.strict_yaml import read, value_of

VALUES = [
    ("", None),
    ("~", None),
    ("null", None),
    ("true", True),
    ("false", False),
    ("0", 0),
    ("-12", -12),
    ("9" * 30, int("9" * 30)),
    ("1.50", Decimal("1.50")),
    ("-0.5", Decimal("-0.5")),
    ("no", "no"),
    ("Yes", "Yes"),
    ("TRUE", "TRUE"),
    ("Null", "Null"),
    ("10:00", "10:00"),
    ("190:20:30", "190:20:30"),
    ("2026-11-20", "2026-11-20"),
    ("2026-11-20T10:00:00+03:00", "2026-11-20T10:00:00+03:00"),
    ("1 000", "1 000"),
    ("1,5", "1,5"),
    ("1.2.3", "1.2.3"),
    ("=", "="),
    ('"10"', "10"),
    ("'null'", "null"),
    ("!!str 10", "10"),
    ("TeamViewer 11", "TeamViewer 11"),
    ('"\\U0001F600"', "😀"),
]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("written", "value"), VALUES)
def test_a_word_means_what_the_core_schema_says_and_nothing_else(written, value):
    scalar = value_of(written)

    assert (scalar.value, type(scalar.value)) == (value, type(value))


TRAPS = [
    ("no", "`no` is text in this language; write `false`", "`no` здесь текст; напишите `false`"),
    ("On", "`On` is text in this language; write `true`", "`On` здесь текст; напишите `true`"),
    (
        "TRUE",
        "`TRUE` is text in this language; write `true`",
        "`TRUE` здесь текст; напишите `true`",
    ),
    ("нет", "`нет` is text in this language; write `false`", "`нет` здесь текст; напишите `false`"),
    (
        "NULL",
        "`NULL` is text in this language; write `null`",
        "`NULL` здесь текст; напишите `null`",
    ),
    (
        "1 000",
        "`1 000` is text in this language; write `1000`",
        "`1 000` здесь текст; напишите `1000`",
    ),
    ("1,5", "`1,5` is text in this language; write `1.5`", "`1,5` здесь текст; напишите `1.5`"),
]


@pytest.mark.parametrize(("written", "en", "ru"), TRAPS)
def test_a_text_that_looks_like_another_type_carries_the_hint(written, en, ru):
    scalar = value_of(written)

    assert scalar.value == written
    assert scalar.trap is not None
    assert (scalar.trap.to("en"), scalar.trap.to("ru")) == (en, ru)


@pytest.mark.parametrize("written", ["norway", '"no"', "10:00", "true", "2026-11-20", "12"])
def test_an_honest_value_carries_no_trap(written):
    assert value_of(written).trap is None


ODD_NUMBERS = [
    ("012", "12"),
    ("+1", "1"),
    ("1_000", "1000"),
    ("0o17", "15"),
    ("0x1F", "31"),
    ("0b101", "5"),
    ("1e3", "1000"),
    ("-1.5E-2", "-0.015"),
    (".5", "0.5"),
    ("1.", "1"),
]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("written", "better"), ODD_NUMBERS)
def test_a_number_that_readers_disagree_on_is_refused_with_its_plain_form(written, better):
    _, [problem] = read(f"a: {written}")

    assert problem.code == "yaml-number"
    assert problem.place == Place("f.yaml", 1, 4, len(written))
    assert problem.hint is not None
    assert problem.hint.to("en") == f'write `{better}`, or `"{written}"` in quotes if it is text'
    assert (
        problem.hint.to("ru") == f'напишите `{better}`, а если это текст — `"{written}"` в кавычках'
    )


@pytest.mark.parametrize("written", [".inf", "-.INF", ".nan", "1e999999999999"])
def test_a_number_without_a_plain_form_is_refused_with_quotes_to_add(written):
    _, [problem] = read(f"a: {written}")

    assert problem.code == "yaml-number"
    assert problem.hint is not None
    assert problem.hint.to("en") == f'if it is text, write `"{written}"` in quotes'
