"""Numbers, days, moments and durations in Russian and in English."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from babel.core import Locale
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from reglament.messages import Language, languages
from reglament.rendering.words import cldr as lang
from support.laws import LETTER

HOURS: dict[Language, tuple[str, ...]] = {
    "ru": ("рабочий час", "рабочих часа", "рабочих часов"),
    "en": ("working hour", "working hours"),
}


@pytest.mark.parametrize(
    ("count", "ru", "en"),
    [
        (0, "0 рабочих часов", "0 working hours"),
        (1, "1 рабочий час", "1 working hour"),
        (2, "2 рабочих часа", "2 working hours"),
        (5, "5 рабочих часов", "5 working hours"),
        (8, "8 рабочих часов", "8 working hours"),
        (11, "11 рабочих часов", "11 working hours"),
        (21, "21 рабочий час", "21 working hours"),
        (24, "24 рабочих часа", "24 working hours"),
        (111, "111 рабочих часов", "111 working hours"),
        (1001, "1\N{NO-BREAK SPACE}001 рабочий час", "1,001 working hours"),
        (Decimal("2.5"), "2,5 рабочих часа", "2.5 working hours"),
    ],
)
def test_what_is_counted_stands_in_its_plural(count: int | Decimal, ru: str, en: str) -> None:
    assert lang.counted(count, HOURS["ru"], "ru") == ru
    assert lang.counted(count, HOURS["en"], "en") == en


def test_the_last_form_stands_in_for_a_missing_one() -> None:
    assert lang.counted(5, ("шт.",), "ru") == "5 шт."


@pytest.mark.parametrize("language", languages())
@given(day=st.dates(min_value=date(1900, 1, 1)))
def test_days_read_as_in_the_common_locale_data(language: Language, day: date) -> None:
    pattern = "d. MMMM y" if language == "de" else "d MMMM y"
    full = f"{pattern} (EEEE)" if language == "ru" else f"EEEE, {pattern}"

    assert lang.full_day(day, language) == format_date(day, full, locale=language)
    assert lang.day(day, language) == format_date(day, pattern, locale=language)
    assert lang.short_weekday(day, language) == format_date(day, "EEE", locale=language).strip(".")


def test_a_full_day_names_the_weekday() -> None:
    assert lang.full_day(date(2026, 11, 20), "ru") == "20 ноября 2026 (пятница)"
    assert lang.full_day(date(2026, 11, 20), "en") == "Friday, 20 November 2026"


def test_a_moment_is_told_by_the_clocks_of_the_zone() -> None:
    late = datetime(2026, 11, 19, 21, 5, tzinfo=UTC)

    assert lang.moment(late, "ru", "Europe/Moscow") == "20 ноября 2026, 00:05"
    assert lang.full_moment(late, "en", "Europe/Moscow") == "Friday, 20 November 2026, 00:05"
    assert (
        lang.moment(late.replace(tzinfo=None), "en", "Europe/Moscow") == "19 November 2026, 21:05"
    )


def test_a_zone_is_called_by_its_name() -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)

    assert lang.zone_name(noon, "ru", "Europe/Moscow") == "Москва, стандартное время"
    assert lang.zone_name(noon, "en", "Europe/Moscow") == "Moscow Standard Time"


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 1, 1, 9, 5), "09:05"),
        (datetime(2026, 1, 1, 9, 5, 7), "09:05:07"),
        (datetime(2026, 1, 1, 9, 5, 0, 250000), "09:05:00.25"),
    ],
)
def test_a_clock_shows_no_more_than_there_is(moment: datetime, told: str) -> None:
    assert lang.clock(moment) == told


@pytest.mark.parametrize(
    ("value", "places", "ru", "en"),
    [
        (7, 0, "7", "7"),
        (-5, 0, "-5", "-5"),
        (1234567, 0, "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", "1,234,567"),
        (Decimal("120.00"), 2, "120,00", "120.00"),
        (Decimal("0.125"), 2, "0,125", "0.125"),
        (Decimal("1E+3"), 0, "1\N{NO-BREAK SPACE}000", "1,000"),
    ],
)
def test_numbers_are_exact(value: int | Decimal, places: int, ru: str, en: str) -> None:
    assert lang.number(value, "ru", places) == ru
    assert lang.number(value, "en", places) == en


@pytest.mark.parametrize(
    ("length", "ru", "en"),
    [
        (timedelta(), "0 секунд", "0 seconds"),
        (timedelta(hours=8), "8 часов", "8 hours"),
        (
            timedelta(days=1, hours=2, minutes=21),
            "1 день 2 часа 21 минута",
            "1 day 2 hours 21 minutes",
        ),
        (timedelta(seconds=1, microseconds=500000), "1,5 секунды", "1.5 seconds"),
        (-timedelta(minutes=90), "-1 час 30 минут", "-1 hour 30 minutes"),
    ],
)
def test_durations_are_told_in_their_units(length: timedelta, ru: str, en: str) -> None:
    assert lang.duration(length, "ru") == ru
    assert lang.duration(length, "en") == en


@pytest.mark.parametrize(
    ("items", "ru", "en"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a и b", "a and b"),
        (["a", "b", "c"], "a, b и c", "a, b and c"),
    ],
)
def test_lists_end_with_and(items: list[str], ru: str, en: str) -> None:
    assert lang.listed(items, "ru") == ru
    assert lang.listed(items, "en") == en


def test_lists_may_end_with_or() -> None:
    assert lang.listed(["a", "b", "c"], "ru", lang.OR) == "a, b или c"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", ""), ("ответ", "Ответ."), ("ответ?", "Ответ?"), ("iOS is out.", "IOS is out.")],
)
def test_a_sentence_begins_with_a_capital_and_ends(text: str, sentence: str) -> None:
    assert lang.sentence(text) == sentence


@given(text=st.text(LETTER))
def test_told_text_can_neither_break_a_line_nor_steer_a_terminal(text: str) -> None:
    assert lang.shown(text).isprintable()
    assert len(lang.shown(text)) == len(text)


@pytest.mark.parametrize("language", ["ru", "en", "de"])
def test_forms_of_whole_numbers_are_those_of_cldr(language: str) -> None:
    rule = Locale.parse(language).plural_form
    forms = [one for one in ("one", "few", "many", "other") if one in rule.tags | {"other"}]
    if language == "ru":
        forms = ["one", "few", "many"]
    for count in (*range(250), 1001, 1011, 1022):
        said = lang.counted(-count if count % 7 == 3 else count, forms, language)
        assert said.rpartition(" ")[2] == rule(count), count
