"""Working time: what cannot be said, and how it is refused."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from reglament.model.calendar import OutsideCalendar
from reglament.worktime.calendars import Contradiction
from reglament.worktime.windows import Window
from support.november import DESK, NOVEMBER, SHORTER, at, windows

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda: DESK.is_open(at("2026-10-31T23:59:59")), id="open the day before"),
        pytest.param(lambda: DESK.is_open(at("2026-12-01T00:00:00")), id="open the day after"),
        pytest.param(
            lambda: DESK.due_at(at("2026-12-01T11:00:00"), 1), id="due from the day after"
        ),
        pytest.param(lambda: DESK.due_at(at("30 18:00"), 61), id="due past the last day"),
        pytest.param(
            lambda: DESK.due_at(at("30 18:00"), 60, "next_opening"), id="tie past the end"
        ),
        pytest.param(lambda: DESK.due_at(at("05 11:00"), 10**40), id="due never"),
        pytest.param(lambda: DESK.next_open(at("30 19:00")), id="no next opening"),
        pytest.param(lambda: DESK.next_closed(at("2027-01-11T11:00:00")), id="next closing"),
        pytest.param(
            lambda: DESK.worked_between(at("05 10:00"), at("2026-12-01T00:00:00")), id="to"
        ),
        pytest.param(lambda: DESK.ledger(at("05 10:00"), at("2026-12-01T00:00:00")), id="ledger"),
        pytest.param(lambda: DESK.shifts(date(2026, 12, 1)), id="shifts"),
        pytest.param(lambda: DESK.is_open(datetime.max.replace(tzinfo=UTC)), id="the last moment"),
        pytest.param(lambda: DESK.is_open(datetime.min.replace(tzinfo=UTC)), id="the first moment"),
        pytest.param(lambda: NOVEMBER.is_working(date(2026, 10, 31)), id="working"),
        pytest.param(lambda: NOVEMBER.is_short(date(2026, 12, 1)), id="short"),
        pytest.param(lambda: NOVEMBER.name_of(date(2026, 12, 1)), id="name"),
    ],
)
def test_what_the_calendar_does_not_cover_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(OutsideCalendar) as refused:
        ask()

    outside = refused.value
    assert outside.calendar == "november"
    assert not NOVEMBER.covers(outside.day)
    assert (outside.first_day, outside.last_day) == (NOVEMBER.first_day, NOVEMBER.last_day)


def test_the_refusal_names_the_calendar_the_year_and_what_is_covered() -> None:
    with pytest.raises(OutsideCalendar) as refused:
        DESK.is_open(at("2028-01-11T11:00:00"))

    assert str(refused.value) == (
        "calendar `november` does not cover the year 2028: "
        "2028-01-11 is outside 2026-11-01 to 2026-11-30"
    )
    assert refused.value.words.to("ru") == (
        "календарь `november` не охватывает 2028 год: "
        "день 2028-01-11 вне промежутка с 2026-11-01 по 2026-11-30"
    )
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda: DESK.due_at(datetime(2026, 11, 5, 11), 1), "must tell its offset"),
        (lambda: DESK.due_at(at("05 11:00"), -1), "below zero: -1"),
        (lambda: replace(DESK, usual=(Window(10 * HOUR, 10 * HOUR),)), "close after it opens"),
        (lambda: replace(DESK, usual=(Window(24 * HOUR, 25 * HOUR),)), "close after it opens"),
        (lambda: replace(DESK, usual=()), "close after it opens"),
        (lambda: replace(SHORTER, usual=windows("10:00-11:00")), "close after it opens"),
        (
            lambda: replace(DESK, usual=windows("10:00-13:00", "12:00-15:00")),
            "the windows 10:00-13:00 and 12:00-15:00 overlap",
        ),
        (lambda: replace(NOVEMBER, last_day=date(2026, 10, 1)), "before it begins"),
        (lambda: replace(NOVEMBER, last_day=date(2026, 11, 15)), "2026-11-16 is outside"),
        (lambda: replace(NOVEMBER, last_day=date(2999, 11, 15)), "more than 400 years"),
        (lambda: replace(NOVEMBER, first_day=date.min, last_day=date(100, 1, 1)), "first or the"),
        (lambda: replace(NOVEMBER, working_weekdays=frozenset({7})), "numbered from 0"),
        (lambda: replace(NOVEMBER, short_by=timedelta(hours=-1)), "cannot be longer"),
        (
            lambda: replace(NOVEMBER, short_days=frozenset({date(2026, 11, 8)})),
            "2026-11-08 is called a short day and is not a working day",
        ),
    ],
)
def test_nonsense_is_refused(ask: Callable[[], object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        ask()


def test_every_contradiction_of_a_calendar_is_told_at_once_in_both_languages() -> None:
    with pytest.raises(Contradiction) as refused:
        replace(NOVEMBER, last_day=date(2026, 11, 14), short_days=frozenset({date(2026, 11, 8)}))

    assert str(refused.value) == (
        "`november`: 2026-11-08 is called a short day and is not a working day; "
        "2026-11-16 is outside 2026-11-01 to 2026-11-14"
    )
    assert [reason.to("ru") for reason in refused.value.reasons] == [
        "день 2026-11-08 назван коротким, но он не рабочий",
        "день 2026-11-16 вне промежутка с 2026-11-01 по 2026-11-14",
    ]
