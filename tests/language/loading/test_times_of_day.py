"""Times of day as facts and outcomes: told, compared, ranged, and computed with as on a clock."""

from __future__ import annotations

import pickle
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import load_policy
from reglament.analysis.diff.compare import diff
from reglament.analysis.findings import check
from reglament.model.values import DAY_LONG, TimeOfDay
from reglament.policy import Policy
from reglament.reference import View
from support.cli_runner import run
from support.refusals import problems_of, words_of

TEXT = """
policy: deliveries
version: "1"
title: deliveries
languages: [en]
holds_from: 2020-01-01
known_from: 2020-01-01
time_zone: Europe/Berlin
facts:
  at: {type: time, label: time asked for, at_least: "08:00", at_most: "20:00"}
  opens: {type: time, label: opening, null_means: never}
  day: {type: date, label: day}
  length: {type: duration, label: length}
  seen: {type: datetime, label: seen}
  hour: {type: integer, label: hour}
decisions:
  slot:
    label: slot
    outcomes: {morning: morning, evening: evening, other: other}
    rules:
      - {id: morning, when: {at: {before: "12:00"}}, then: morning}
      - {id: evening, when: {at: "[18:00..20:00)"}, then: evening, because: "Asked for {at}."}
    otherwise: {then: other}
  open:
    label: open
    type: boolean
    rules: [{id: open, when: {at: {on_or_after: opens}}, then: true}]
    otherwise: {then: false}
  end: {label: end, type: time, rules: [{id: end, then: {sum: [at, length]}}]}
  before: {label: before, type: time, rules: [{id: before, then: {difference: [at, length]}}]}
  starts: {label: starts, type: datetime, rules: [{id: starts, then: {datetime: [day, at]}}]}
  wait:
    label: wait
    type: duration
    nullable: true
    rules: [{id: wait, then: {difference: [at, opens]}}]
  clock: {label: clock, type: time, rules: [{id: clock, then: {time_of: [seen]}}]}
  minutes:
    label: minutes
    type: integer
    rules: [{id: minutes, then: {sum: [{product: [{hour_of: [seen]}, 60]}, {minute_of: [at]}]}}]
  half: {label: half, type: time, nullable: true, rules: [{id: half, then: {time: [hour, 30]}}]}
"""
TOLD: dict[str, Any] = {
    "at": "18:30", "opens": "09:00", "day": "2024-03-31", "length": "6 hours",
    "seen": "2024-07-01T16:30Z", "hour": 23,
}  # fmt: skip
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


def test_times_are_told_compared_and_computed_with(policy: Policy) -> None:
    decided = policy.decide(TOLD)
    values = {name: decided[name].value for name in decided}

    assert values == {
        "slot": "evening",
        "open": True,
        "end": time(0, 30),
        "before": time(12, 30),
        "starts": datetime(2024, 3, 31, 18, 30, tzinfo=BERLIN),
        "wait": timedelta(hours=9, minutes=30),
        "clock": time(18, 30),
        "minutes": 18 * 60 + 30,
        "half": time(23, 30),
    }
    (version,) = policy.versions
    view = View(version, dict(decided.facts))
    assert values == {name: view.answer(version.decisions[name]).outcome for name in values}
    assert decided.to_dict()["decisions"]["end"]["outcome"] == "00:30"
    assert "Asked for 18:30." in decided.explain("en", "auditor")
    assert all(decided.explain(language, "auditor") for language in ("ru", "de"))
    assert policy.decide({**TOLD, "hour": 24})["half"].value is None
    assert policy.decide({**TOLD, "at": time(18, 30)})["end"].value == time(0, 30)


@pytest.mark.parametrize(
    ("second", "there"),
    [
        ("1.3", time(12, 59, 1, 300_000)), ("59", time(12, 59, 59)), ("-0.5", None), ("60", None),
        ("0.0000005", time(12, 59)), ("59.9999999", None),
    ],
)  # fmt: skip
def test_a_time_is_made_of_seconds_with_a_fraction(second: str, there: time | None) -> None:
    told = "second: {type: decimal, places: 7, label: seconds}"
    text = TEXT.replace("hour: {type", f"{told}\n  hour: {{type")
    policy = Policy.from_text(text.replace("[hour, 30]", "[12, 59, second]"))
    decided = policy.decide({**TOLD, "second": second})

    assert decided["half"].value == there
    view = View(policy.versions[0], dict(decided.facts))
    assert view.answer(policy.versions[0].decisions["half"]).outcome == there


def test_a_time_has_fractions_of_a_second(policy: Policy) -> None:
    decided = policy.decide({**TOLD, "at": "11:59:59.75", "length": "PT0.5S"})

    assert decided["slot"].value == "morning"
    assert decided["end"].value == time(12, 0, 0, 250_000)
    assert decided.to_dict()["decisions"]["end"]["outcome"] == "12:00:00.25"
    assert policy.decide({**TOLD, "at": time(12, 0, 0, 1)})["slot"].value == "other"
    assert policy.decide({**TOLD, "seen": "2024-07-01T16:30:00.5Z"})["clock"].value == time(
        18, 30, 0, 500_000
    )


def test_what_is_possible_while_a_time_is_missing(policy: Policy) -> None:
    nothing = policy.decide({"opens": "08:00"})

    assert {*(nothing["slot"].possible or ())} == {"morning", "evening", "other"}
    assert nothing["slot"].needs == ("at",)
    assert nothing["open"].value is True  # nobody asks for a time before 08:00
    assert policy.decide({"at": "12:00"})["slot"].value == "other"
    assert policy.decide({"opens": None})["open"].value is False
    assert policy.decide({"opens": "08:01"})["open"].needs == ("at",)


def test_the_same_time_where_clocks_are_moved(policy: Policy) -> None:
    text = TEXT.replace('"08:00", at_most: "20:00"', '"00:00", at_most: "23:59"')
    wide = Policy.from_text(text)

    moved = wide.decide({**TOLD, "day": "2024-03-31", "at": "02:30"})["starts"].value
    twice = wide.decide({**TOLD, "day": "2024-10-27", "at": "02:30"})["starts"].value
    assert str(moved) == "2024-03-31 03:30:00+02:00"
    assert str(twice) == "2024-10-27 02:30:00+02:00"


def test_the_day_and_the_offset_of_a_moment_are_those_of_the_zone() -> None:
    said = (
        "{month_of: [seen]}",
        "{day_of_week: [seen]}",
        "{end_of_month: [seen]}",
        "{offset_of: [seen]}",
    )
    types = "integer", "integer", "date", "duration"
    rules = "".join(
        f"  p{n}: {{label: p, type: {type_}, rules: [{{id: p{n}, then: {then}}}]}}\n"
        for n, (type_, then) in enumerate(zip(types, said, strict=True))
    )
    policy = Policy.from_text(TEXT + rules)

    def parts(seen: str) -> list[Any]:
        decided = policy.decide({**TOLD, "seen": seen})
        (version,) = policy.versions
        view = View(version, dict(decided.facts))
        found = [decided[f"p{n}"].value for n in range(4)]
        assert found == [view.answer(version.decisions[f"p{n}"]).outcome for n in range(4)]
        return found

    # Half past eleven in the evening in UTC is the next day in Berlin.
    assert parts("2024-06-30T22:30Z") == [7, 1, date(2024, 7, 31), timedelta(hours=2)]
    assert parts("2024-12-31T23:30Z") == [1, 3, date(2025, 1, 31), timedelta(hours=1)]


def test_check_diff_and_bundles_know_times(policy: Policy, tmp_path: Path) -> None:
    (old,) = policy.versions
    (new,) = Policy.from_text(TEXT.replace('before: "12:00"', 'before: "11:30"')).versions
    (never,) = Policy.from_text(TEXT.replace('before: "12:00"', 'before: "07:30"')).versions

    assert not check(old)
    assert {one.code for one in check(never)} >= {"rule-never-decides"}
    assert "time(11, 30)" in repr(diff(old, new)).replace("TimeOfDay", "time")
    path = tmp_path / "deliveries.yaml"
    path.write_text(TEXT, "utf-8")
    done = run("build", str(path), "--output", str(tmp_path / "deliveries.json"))
    assert done.exit_code == 0, done.output
    built = load_policy(tmp_path / "deliveries.json")
    assert built.versions[0].facts["at"].type == old.facts["at"].type
    assert type(built.versions[0].facts["at"].type.at_least) is TimeOfDay
    assert built.decide(TOLD)["end"].value == time(0, 30)


def test_a_time_just_after_another_is_not_named() -> None:
    (old,) = Policy.from_text(TEXT).versions
    (new,) = Policy.from_text(TEXT.replace('before: "12:00"', 'on_or_before: "12:00"')).versions

    (account,) = (one for one in diff(old, new).accounts if one.decision == "slot")
    assert "999999" not in repr(account)
    assert "microsecond=1" not in repr(account)
    assert ", 1)" not in repr(account)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("9.30", "09:30"),
        ("24:00", "time"),
        ("18:30+02:00", "no offset"),
        ("18:30:15.1234567", "18:30:15"),
        ("07:59", "too early"),
        (18, "time of day"),
        (time(18, 30, tzinfo=BERLIN), "no offset"),
    ],
)
def test_what_is_no_time_is_refused(policy: Policy, told: Any, said: str) -> None:
    (problem,) = problems_of(lambda: policy.decide({**TOLD, "at": told}))
    assert said in words_of(problem)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('before: "12:00"', 'at_most: "12:00"', "wrong-operator"),
        ('before: "12:00"', 'before: "25:00"', "wrong-type"),
        ('before: "12:00"', "before: 12", "wrong-type"),
        ("{sum: [at, length]}", "{sum: [at, opens]}", "wrong-argument"),
        ("{datetime: [day, at]}", "{datetime: [at, day]}", "wrong-argument"),
        ("{time: [hour, 30]}", "{time: [hour]}", "wrong-argument"),
        ('"[18:00..20:00)"', '"20:00..18:00"', "empty-range"),
    ],
)
def test_a_mistake_of_the_owner_is_told(old: str, new: str, code: str) -> None:
    problem, *_ = problems_of(lambda: Policy.from_text(TEXT.replace(old, new)))
    assert problem.code == code


@given(st.integers(0, DAY_LONG - 1), st.integers(-2 * DAY_LONG, 2 * DAY_LONG))
def test_a_clock_goes_round(start: int, micros: int) -> None:
    clock, length = TimeOfDay.at(start), timedelta(microseconds=micros)

    assert (clock + length).micros == (start + micros) % DAY_LONG
    assert clock + length - length == clock
    assert clock - TimeOfDay(0) == timedelta(microseconds=start)
    assert TimeOfDay.fromisoformat(clock.isoformat()) == clock
    assert pickle.loads(pickle.dumps(clock)) == clock
    shown = datetime.combine(date(2024, 2, 1), clock) + length
    assert TimeOfDay.of(shown) == clock + length
