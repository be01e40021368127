"""The production calendar of the policy, against the law it follows and a second opinion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
import yaml

from reglament.model.words import Text
from reglament.worktime.calendars import Calendar, SpecialDay
from support.places import POLICIES

FILE = POLICIES / "technical-support/2019-01-01/calendar.yaml"
DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Published totals, which leave the presidential days out: working days, and the hours of a
# 40-hour week less an hour a short day. Then what the presidential days take from them.
TOTALS = {
    2019: ((247, 1970), (0, 0)),
    2020: ((248, 1979), (29, 230)),  # 219 and 1749 remain
    2021: ((247, 1972), (7, 55)),  # 240 and 1917 remain
    2022: ((247, 1973), (0, 0)),
    2023: ((247, 1973), (0, 0)),
    2024: ((248, 1979), (0, 0)),
    2025: ((247, 1972), (0, 0)),
    2026: ((247, 1972), (0, 0)),
    2027: ((247, 1972), (0, 0)),
}
# Labour Code of Russia, art. 112: month and day of each holiday.
HOLIDAYS = {
    **{(1, day): "new_year" for day in (1, 2, 3, 4, 5, 6, 8)},
    (1, 7): "christmas",
    (2, 23): "defender",
    (3, 8): "women",
    (5, 1): "spring_and_labour",
    (5, 9): "victory",
    (6, 12): "russia",
    (11, 4): "unity",
}
WORKING_WEEKENDS = {
    "2021-02-20": "short",
    "2022-03-05": "short",
    "2024-04-27": "whole",
    "2024-11-02": "short",
    "2024-12-28": "whole",
    "2025-11-01": "short",
    "2027-02-20": "short",
}
# Declared non-working by the President with pay kept; neither holidays nor moved days off.
PRESIDENTIAL_SPANS = (
    ("2020-03-30", "2020-04-30"),
    ("2020-05-06", "2020-05-08"),
    ("2020-06-24", "2020-06-24"),
    ("2020-07-01", "2020-07-01"),
    ("2021-05-04", "2021-05-07"),
    ("2021-11-01", "2021-11-03"),
)


@cache
def written() -> Any:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))["calendars"]


@cache
def calendar(name: str = "ru-production") -> Calendar:
    data = written()[name]
    names = {key: Text(**words) for key, words in data.get("day_names", {}).items()}
    special: dict[date, SpecialDay] = {}
    short: set[date] = set()
    for year in data.get("years", {}).values():
        special |= {day: SpecialDay(False, names[key]) for day, key in year["days_off"].items()}
        working = year.get("working_days", {})
        special |= {day: SpecialDay(True, names[key]) for day, key in working.items()}
        short |= set(year["short_days"])
    return Calendar(
        id=name,
        title=Text(**data["title"]),
        first_day=data["covers"]["from"],
        last_day=data["covers"]["until"],
        working_weekdays=frozenset(map(WEEKDAYS.index, data["working_weekdays"])),
        special=special,
        short_days=frozenset(short),
        short_by=timedelta(hours=1),
    )


def days_from(first: date, last: date) -> Iterator[date]:
    return (first + DAY * count for count in range((last - first).days + 1))


def days_of(year: int) -> Iterator[date]:
    return days_from(date(year, 1, 1), date(year, 12, 31))


# Weekends inside the spans were days off already.
PRESIDENTIAL = frozenset(
    day
    for first, last in PRESIDENTIAL_SPANS
    for day in days_from(date.fromisoformat(first), date.fromisoformat(last))
    if day.weekday() < 5
)


def before_a_holiday(day: date) -> bool:
    return ((day + DAY).month, (day + DAY).day) in HOLIDAYS


each_year = pytest.mark.parametrize("year", TOTALS)


@each_year
def test_an_independent_calendar_differs_on_the_presidential_days_alone(year: int) -> None:
    holidays = pytest.importorskip("holidays")
    russia = holidays.country_holidays("RU", years=year)

    ours = {day for day in days_of(year) if calendar().is_working(day)}
    theirs = {day for day in days_of(year) if russia.is_working_day(day)}

    assert ours - theirs == set()
    assert theirs - ours == {day for day in PRESIDENTIAL if day.year == year}


@each_year
def test_the_year_has_the_working_days_and_hours_published_less_the_presidential(
    year: int,
) -> None:
    working = [day for day in days_of(year) if calendar().is_working(day)]
    hours = sum(7 if calendar().is_short(day) else 8 for day in working)
    published, presidential = TOTALS[year]

    assert len(working) == published[0] - presidential[0]
    assert hours == published[1] - presidential[1]


@each_year
def test_the_presidential_days_take_as_many_days_and_hours_as_the_totals_say(year: int) -> None:
    days = [day for day in PRESIDENTIAL if day.year == year]
    hours = sum(7 if before_a_holiday(day) else 8 for day in days)

    assert (len(days), hours) == TOTALS[year][1]


@each_year
def test_a_working_weekday_is_short_exactly_when_a_holiday_follows_it(year: int) -> None:
    working = [day for day in days_of(year) if calendar().is_working(day) and day.weekday() < 5]

    assert [day for day in working if calendar().is_short(day)] == [
        day for day in working if before_a_holiday(day)
    ]


def test_a_presidential_day_before_a_holiday_is_off_and_not_short() -> None:
    eves = sorted(day for day in PRESIDENTIAL if before_a_holiday(day))

    assert eves == [date(2020, 4, 30), date(2020, 5, 8), date(2021, 11, 3)]
    assert not any(calendar().is_working(day) or calendar().is_short(day) for day in eves)


def test_working_weekends_are_the_decreed_ones_and_short_where_the_day_they_replace_was() -> None:
    found = {
        day.isoformat(): "short" if calendar().is_short(day) else "whole"
        for day in calendar().days()
        if day.weekday() >= 5 and calendar().is_working(day)
    }

    assert found == WORKING_WEEKENDS


@each_year
def test_the_lists_of_a_year_hold_only_days_that_break_their_weekdays_habit(year: int) -> None:
    lists = written()["ru-production"]["years"][year]
    off, working = lists["days_off"], lists.get("working_days", {})

    assert {day.year for day in [*off, *working, *lists["short_days"]]} == {year}
    assert all(day.weekday() < 5 for day in off)
    assert all(day.weekday() >= 5 for day in working)
    assert list(off) == sorted(off)
    assert lists["short_days"] == sorted(lists["short_days"])


@each_year
def test_a_day_off_bears_the_name_of_its_holiday_or_of_what_made_it_one(year: int) -> None:
    for day, name in written()["ru-production"]["years"][year]["days_off"].items():
        holiday = HOLIDAYS.get((day.month, day.day))
        assert name == holiday if holiday else name in {"moved", "in_lieu", "presidential"}, day


def test_the_days_named_presidential_are_the_weekdays_that_the_president_freed() -> None:
    years = written()["ru-production"]["years"].values()
    named = {
        day for year in years for day, name in year["days_off"].items() if name == "presidential"
    }

    assert named == PRESIDENTIAL


@each_year
def test_every_holiday_on_a_weekday_is_a_day_off(year: int) -> None:
    days = [date(year, *holiday) for holiday in HOLIDAYS]

    assert [day for day in days if day.weekday() < 5 and calendar().is_working(day)] == []


@each_year
def test_the_source_of_a_year_names_its_decree_and_the_law(year: int) -> None:
    source = written()["ru-production"]["years"][year]["source"]

    assert "Постановление Правительства РФ №" in source
    assert "ТК РФ ст. 112, 95" in source
    assert ("588н" in source) == any(
        day.startswith(str(year)) and length == "short" for day, length in WORKING_WEEKENDS.items()
    )
    assert ("Указы Президента РФ" in source) == any(day.year == year for day in PRESIDENTIAL)


def test_every_day_name_is_used_and_stands_in_both_languages() -> None:
    data = written()["ru-production"]
    used = {
        name
        for year in data["years"].values()
        for name in [*year["days_off"].values(), *year.get("working_days", {}).values()]
    }

    assert used == data["day_names"].keys()
    assert all(words["ru"] and words["en"] for words in data["day_names"].values())


def test_a_special_day_has_a_name_and_an_ordinary_one_has_none() -> None:
    moved = calendar().name_of(date(2026, 12, 31))
    freed = calendar().name_of(date(2020, 4, 1))

    assert moved == Text(ru="перенесённый выходной", en="day off moved here")
    assert freed == Text(
        ru="нерабочий день по указу Президента", en="non-working day by presidential decree"
    )
    assert calendar().name_of(date(2026, 11, 20)) is None


def test_monday_to_friday_knows_no_holidays_and_no_short_days() -> None:
    plain = calendar("monday-to-friday")

    assert all(plain.is_working(day) is (day.weekday() < 5) for day in plain.days())
    assert not any(map(plain.is_short, plain.days()))
    assert (plain.first_day, plain.last_day) == (calendar().first_day, calendar().last_day)


def test_an_editor_finds_the_schema_on_the_first_line() -> None:
    first = FILE.read_text(encoding="utf-8").splitlines()[0]

    assert first == "# yaml-language-server: $schema=../../../schemas/policy.schema.json"
