"""Days, moments, times and lengths of time that a text names, read as ISO 8601 writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reglament.functions.texts import said
from reglament.functions.told_in_text import date_in, datetime_in, duration_in, period_in, time_in
from reglament.model.problems import Refused
from reglament.model.values import Period, TimeOfDay
from reglament.policy import Policy
from reglament.reference import View

BERLIN = ZoneInfo("Europe/Berlin")
KINDS = ("date", "time", "datetime", "duration", "period")


def policy_of(**decisions: Any) -> Policy:
    text = {
        "policy": "texts", "version": "1", "title": "texts", "languages": ["en"],
        "holds_from": "2020-01-01", "known_from": "2020-01-01", "time_zone": "Europe/Berlin",
        "facts": {
            "told": {"type": "text", "label": "told", "null_means": "none"},
            "n": {"type": "integer", "label": "n"},
        },
        "decisions": {name: {"label": name, **one} for name, one in decisions.items()},
    }  # fmt: skip
    return Policy.from_text(text)


EACH = {
    kind: {"type": kind, "nullable": True, "rules": [{"id": kind, "then": {kind: ["told"]}}]}
    for kind in KINDS
}
SAID: list[tuple[str, str, Any]] = [
    ("2024-02-29", "date", date(2024, 2, 29)),
    ("18:30", "time", TimeOfDay(18, 30)),
    ("18:30:15", "time", TimeOfDay(18, 30, 15)),
    ("2024-07-01T12:00:00Z", "datetime", datetime(2024, 7, 1, 12, tzinfo=UTC)),
    ("2024-07-01T12:00:00-08:00", "datetime", datetime(2024, 7, 1, 20, tzinfo=UTC)),
    ("2024-07-01T12:00", "datetime", datetime(2024, 7, 1, 12, tzinfo=BERLIN)),
    ("2024-03-31T02:30", "datetime", datetime(2024, 3, 31, 1, 30, tzinfo=UTC)),
    ("P13DT2H14S", "duration", timedelta(days=13, hours=2, seconds=14)),
    ("-PT0.5S", "duration", -timedelta(seconds=0.5)),
    ("P1Y2M", "period", Period(14)),
    ("-P3M", "period", Period(-3)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), SAID)
def test_a_text_names_one_thing_and_nothing_else(text: str, kind: str, value: Any) -> None:
    policy = policy_of(**EACH)
    decided = policy.decide({"told": text})
    view = View(policy.versions[0], dict(decided.facts))

    assert {name: decided[name].value for name in KINDS} == {**dict.fromkeys(KINDS), kind: value}
    for name, decision in policy.versions[0].decisions.items():
        assert view.answer(decision).outcome == decided[name].value
    for language in ("en", "ru", "de"):
        assert decided.explain(language, "auditor")


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "2023-02-29", "20240229", "24:00", "18:60", "18:30+01:00", "2024-02-30T10:00", "P",
        "PT", "P1YT", "P1D2M", "P9999999999999D", "0001-01-01T00:00:00+23:00", " 18:30",
        "2024-07-01T12:00:00+99:00",
    ],

)  # fmt: skip
def test_of_any_other_text_null_comes_out(text: str) -> None:
    decided = policy_of(**EACH).decide({"told": text})

    assert [decided[kind].value for kind in KINDS] == [None] * 5


def test_what_a_text_may_name_is_open_until_it_is_told() -> None:
    late = {
        "type": "boolean",
        "rules": [{"id": "late", "when": {"date": {"after": "2024-01-01"}}, "then": True}],
        "otherwise": {"then": False},
    }
    policy = policy_of(**EACH, late=late)

    assert policy.decide({"told": "2024-02-29"})["late"].value is True
    assert policy.decide({"told": None})["late"].value is False
    open_ = policy.decide({})
    assert set(open_["late"].possible) == {True, False}
    assert open_["date"].needs == ("told",)
    with pytest.raises(Refused) as refused:
        policy_of(d={"type": "date", "rules": [{"id": "d", "then": {"date": ["told"]}}]})
    assert "may-be-null" in [one.code for one in refused.value.problems]


@pytest.mark.parametrize(
    "then", [{"date": ["n"]}, {"date": ["n", "n"]}, {"duration": ["told", "told"]}]
)
def test_a_mistake_is_told(then: Any) -> None:
    kind = next(iter(then))
    with pytest.raises(Refused) as refused:
        policy_of(d={"type": kind, "nullable": True, "rules": [{"id": "d", "then": then}]})
    assert {one.code for one in refused.value.problems} <= {"wrong-argument", "too-many"}


@given(
    st.dates(), st.timedeltas(timedelta(-(10**5)), timedelta(10**5)), st.integers(-(10**4), 10**4)
)
def test_what_a_text_says_is_read_back(day: date, length: timedelta, months: int) -> None:
    assert date_in(said(day)) == day
    assert duration_in(said(length)) == length
    assert period_in(said(Period(months))) == Period(months)


@given(st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)))
@example(datetime(2024, 7, 1, 18, 30, 15, 500_000, tzinfo=UTC))
def test_a_moment_and_a_time_are_read_back(moment: datetime) -> None:
    assert datetime_in(BERLIN, moment.isoformat()) == moment
    assert datetime_in(BERLIN, said(moment)) == moment
    clock = TimeOfDay.of(moment)
    assert time_in(clock.isoformat()) == clock
    assert time_in(said(clock)) == clock
