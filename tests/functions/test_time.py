"""Functions of days, moments and working time, against counting one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import load_policy
from reglament.analysis.findings import check
from reglament.functions.table import EVERY
from reglament.model.calendar import OutsideCalendar
from reglament.model.moments import in_zone
from reglament.model.problems import Refused
from reglament.model.words import LANGUAGES
from reglament.rendering.words.terms_in_words import term_words
from support.laws import examples
from support.november import DESK, NOVEMBER

DAYS = st.dates(date(1999, 1, 1), date(2030, 12, 31))
NOVEMBER_DAYS = st.dates(NOVEMBER.first_day, NOVEMBER.last_day)
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])
MOMENTS = st.datetimes(datetime(2025, 10, 1), datetime(2026, 12, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
DAY = timedelta(days=1)


def working_days(start: date, step: timedelta) -> Iterator[date]:
    """The working days from a day on, itself included, one by one."""
    while NOVEMBER.covers(start):
        if NOVEMBER.is_working(start):
            yield start
        start += step


def counted(name: str, day: date, count: int) -> date | None:
    """What `working_days_after` should say; None past the calendar."""
    step = DAY if count >= 0 else -DAY
    from_day, after = working_days(day, step), working_days(day + step, step)
    if count == 0:
        return next(from_day, None)
    if name == "working_days_counting_the_first":
        days = from_day
    elif name == "working_days_after":
        days = after
    else:
        days = from_day
        next(days, None)
    return next((one for number, one in enumerate(days, 1) if number == abs(count)), None)


@pytest.mark.parametrize(
    "name",
    [
        "working_days_after",
        "working_days_counting_the_first",
        "working_days_from_a_working_day",
    ],
)
@given(NOVEMBER_DAYS, st.integers(-15, 15))
def test_working_days_are_counted_one_by_one(name: str, day: date, count: int) -> None:
    expected = counted(name, day, count)

    if expected is None:
        with pytest.raises(OutsideCalendar):
            EVERY[name].gives(DESK, day, count)
    else:
        assert EVERY[name].gives(DESK, day, count) == expected


@given(NOVEMBER_DAYS)
def test_the_last_working_day_is_the_first_that_is_met_backwards(day: date) -> None:
    expected = next(working_days(day, -DAY), None)

    if expected is None:
        with pytest.raises(OutsideCalendar):
            EVERY["working_day_at_or_before"].gives(DESK, day)
    else:
        assert EVERY["working_day_at_or_before"].gives(DESK, day) == expected


@given(DAYS)
def test_months_quarters_and_years_begin_and_end(day: date) -> None:
    for span, months in (("month", 1), ("quarter", 3), ("year", 12)):
        first, last = (EVERY[f"{edge}_of_{span}"].gives(day) for edge in ("start", "end"))

        assert first <= day <= last
        assert (first.day, (first.month - 1) % months) == (1, 0)
        assert (last + DAY).day == 1
        assert (last.year - first.year, last.month - first.month) == (0, months - 1)


@given(DAYS, DAYS)
def test_age_counts_birthdays(born: date, day: date) -> None:
    born, day = min(born, day), max(born, day)
    birthdays = [
        (year, born.month, born.day) <= (day.year, day.month, day.day)
        for year in range(born.year + 1, day.year + 1)
    ]

    assert EVERY["age"].gives(born, day) == sum(birthdays)


def test_who_is_born_on_29_february_is_older_on_1_march() -> None:
    assert EVERY["age"].gives(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert EVERY["age"].gives(date(2004, 2, 29), date(2022, 3, 1)) == 18
    assert EVERY["years_between"].gives(date(2004, 2, 29), date(2022, 2, 28)) == 18


@given(MOMENTS, st.integers(-400, 400), ZONES)
@examples(100)
def test_the_same_time_of_another_day_is_what_its_clock_shows(
    moment: datetime, count: int, name: str
) -> None:
    zone = ZoneInfo(name)
    local = moment.astimezone(zone)

    found = EVERY["same_time_days_after"].gives(zone, local, count)

    shown, wanted = found.astimezone(zone), local.replace(tzinfo=None) + count * DAY
    is_skipped = (
        wanted.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wanted
    )
    if is_skipped:
        assert shown.replace(tzinfo=None) > wanted
    else:
        assert shown.replace(tzinfo=None) == wanted
    assert found.utcoffset() == shown.utcoffset()


@given(MOMENTS, st.decimals(-2000, 2000, places=3), ZONES)
def test_hours_that_pass_are_elapsed_whatever_clocks_do(
    moment: datetime, hours: Decimal, name: str
) -> None:
    zone = ZoneInfo(name)

    found = EVERY["hours_after"].gives(zone, in_zone(moment, zone), hours)

    assert found - moment == timedelta(microseconds=int(hours * 3_600_000_000))
    assert found.utcoffset() == found.astimezone(zone).utcoffset()
    assert EVERY["hours_between"].gives(moment, found) == int(hours)
    assert EVERY["time_between"].gives(found, moment) == found - moment
    assert EVERY["sum_of_moment"].gives(zone, found - moment, moment) == found
    assert EVERY["moment_less_duration"].gives(zone, found, found - moment) == moment


POLICY = """
policy: times
version: "1"
title: {ru: Проба, en: Trial}
holds_from: 1900-01-01
known_from: 2000-01-01
time_zone: Europe/Helsinki
chosen_by: at
facts:
  at: {type: datetime, label: {ru: момент, en: moment}}
  end: {type: datetime, label: {ru: конец, en: end}}
  severity: {type: choice, label: {ru: важность, en: severity}, options: {one: {ru: о, en: o}, two: {ru: д, en: t}}}
  day: {type: date, label: {ru: день, en: day}}
calendars:
  de:
    covers: {from: 2023-01-01, until: 2026-12-31}
    working_weekdays: [monday, tuesday, wednesday, thursday, friday]
    title: {ru: дни, en: days}
    years: {2023: {}, 2024: {source: feasts, days_off: [2024-03-29, 2024-04-01]}, 2025: {}, 2026: {}}
hours:
  office: {title: {ru: часы, en: hours}, calendar: de, windows: ["09:00-13:00", "14:00-18:00"]}
  always: {title: {ru: всегда, en: always}, always: true}
parameters:
  term: {type: integer, value: 3, label: {ru: срок, en: term}}
  week: {type: duration, value: 7 days, label: {ru: неделя, en: week}}
decisions:
  d: {label: {ru: р, en: d}, TYPE, rules: [{id: r, then: {FORMULA}}]}
"""  # noqa: E501
REQUEST = {"at": "2026-10-21T18:00", "end": "2026-10-28T18:30", "severity": "two"}


def policy_of(tmp_path: Path, type: str, formula: str) -> Path:
    path = tmp_path / "times.yaml"
    text = POLICY.replace("TYPE", f"type: {type}").replace("FORMULA", formula)
    path.write_text(text, encoding="utf-8")
    return path


BY_SEVERITY = "hours: {by: severity, one: always, two: office}"


@pytest.mark.parametrize(
    ("type", "formula", "told", "expected"),
    [
        ("datetime", "days_after: [at, 7]", {}, "2026-10-28T18:00:00+02:00"),
        ("datetime", "months_after: [at, 1]", {}, "2026-11-21T18:00:00+02:00"),
        ("datetime", "sum: [at, week]", {}, "2026-10-28T17:00:00+02:00"),
        ("datetime", "sum: [week, at]", {}, "2026-10-28T17:00:00+02:00"),
        ("datetime", "difference: [end, week]", {}, "2026-10-21T19:30:00+03:00"),
        ("datetime", "hours_after: [at, 168]", {}, "2026-10-28T17:00:00+02:00"),
        ("integer", "hours_between: [at, end]", {}, 169),
        ("integer", "minutes_between: [end, at]", {}, -169 * 60 - 30),
        ("integer", "working_hours_between: [at, end], hours: office", {}, 40),
        ("integer", f"working_hours_between: [at, end], {BY_SEVERITY}", {"severity": "one"}, 169),
        ("datetime", f"working_hours_after: [at, 4], {BY_SEVERITY}", {"severity": "one"},
         "2026-10-21T22:00:00+03:00"),
        ("datetime", f"working_hours_after: [at, 4], {BY_SEVERITY}", {},
         "2026-10-22T13:00:00+03:00"),
        ("date", "working_days_after: [{day_of: [at]}, term], hours: office, first_day: moved",
         {"at": "2023-07-30T12:00"}, "2023-08-03"),
        ("date", "working_days_after: [{day_of: [at]}, term], hours: office, first_day: counts",
         {"at": "2023-07-30T12:00"}, "2023-08-02"),
        ("date", "working_days_after: [{day_of: [at]}, 2], hours: office, first_day: moved",
         {"at": "2024-03-29T09:00"}, "2024-04-04"),
        ("date", "working_days_after: [{day_of: [at]}, 2], hours: office, first_day: not_counted",
         {"at": "2024-03-29T09:00"}, "2024-04-03"),
        ("date", "working_day_at_or_before: [{day_of: [at]}], hours: office",
         {"at": "2024-04-01T09:00"}, "2024-03-28"),
    ],
)  # fmt: skip
def test_a_formula_comes_to(
    tmp_path: Path, type: str, formula: str, told: dict[str, Any], expected: object
) -> None:
    policy = load_policy(policy_of(tmp_path, type, formula))

    assert policy.decide({**REQUEST, **told}).to_dict()["decisions"]["d"]["outcome"] == expected
    for language in LANGUAGES:
        then = policy.versions[-1].decisions["d"].rules[0].then
        assert "_" not in term_words(then, policy.versions[-1], language)


def test_working_time_between_is_told_with_its_ledger(tmp_path: Path) -> None:
    formula = "working_time_between: [at, end], hours: office"
    told = {"at": "2026-10-21T17:30", "end": "2026-10-22T14:20"}

    said = load_policy(policy_of(tmp_path, "duration", formula)).decide(told)

    found = said.to_dict()["decisions"]["d"]
    assert found["outcome"] == "PT4H50M"
    assert [row["minutes"] for row in found["ledger"]] == [30, 240, 20]


def test_hours_picked_by_a_missing_word_leave_what_they_may_come_to(tmp_path: Path) -> None:
    formula = f"working_hours_after: [at, 4], {BY_SEVERITY}"
    policy = load_policy(policy_of(tmp_path, "datetime", formula))

    open_ = policy.decide({"at": "2026-10-21T18:00"}).to_dict()["decisions"]["d"]
    settled = policy.decide({"at": "2026-10-21T09:00"}).to_dict()["decisions"]["d"]

    assert open_["possible"] == ["2026-10-21T22:00:00+03:00", "2026-10-22T13:00:00+03:00"]
    assert settled["outcome"] == "2026-10-21T13:00:00+03:00"


@pytest.mark.parametrize(
    ("type", "formula", "code"),
    [
        ("date", "working_days_after: [day, 2], hours: office", "missing-key"),
        ("date", "working_days_after: [day, 2], hours: office, first_day: never", "unknown-word"),
        ("date", "working_days_after: [day, 1.5], hours: office, first_day: counts",
         "wrong-argument"),
        ("date", "working_days_after: [at, 1], hours: office, first_day: counts",
         "wrong-argument"),
        ("datetime", "sum: [at, end]", "wrong-argument"),
        ("datetime", "sum: [at, 3]", "wrong-argument"),
        ("datetime", "difference: [week, at]", "wrong-argument"),
        ("datetime", "days_after: [at, week]", "wrong-argument"),
        ("datetime", "working_hours_after: [at, 4], hours: {by: severity, one: always}",
         "alternative-missing"),
        ("datetime", "working_hours_after: [at, 4], hours: {by: term, otherwise: always}",
         "wrong-type"),
        ("datetime", "working_hours_after: [at, 4], hours: {by: severity, thre: always,"
         " otherwise: office}", "unknown-word"),
        ("datetime", "working_hours_after: [at, 4], hours: {by: severity, one: alway,"
         " otherwise: office}", "unknown-hours"),
    ],
)  # fmt: skip
def test_what_a_formula_cannot_take_is_refused_by_name(
    tmp_path: Path, type: str, formula: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        load_policy(policy_of(tmp_path, type, formula))

    assert code in {problem.code for problem in refused.value.problems}
    assert all(problem.message.to(one) for problem in refused.value.problems for one in LANGUAGES)


def test_days_of_the_week_and_months_leave_no_gap_and_no_doubt(tmp_path: Path) -> None:
    path = policy_of(tmp_path, "integer", "day_of_week: [{day_of: [at]}]")
    more = """
  part:
    label: {ru: ч, en: p}
    outcomes: {week: {ru: н, en: w}, weekend: {ru: в, en: e}}
    table: [{d: 1..5, then: week}, {d: 6..7, then: weekend}]
  held:
    label: {ru: л, en: a}
    type: boolean
    rules: [{id: held, when: {d: {at_most: 7}}, then: true}]
"""
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    policy = load_policy(path)

    said = policy.decide({"day": "2026-01-01"}, at="2026-01-01").to_dict()["decisions"]

    assert said["part"]["possible"] == ["week", "weekend"]
    assert "exact" not in said["part"]
    assert said["held"]["outcome"] is True
    assert [one.code for one in check(policy.versions[-1]) if one.code == "gap"] == []
