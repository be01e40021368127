"""Working time: when hours run out, and what was counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest

from reglament.worktime.hours import Hours
from reglament.worktime.open_time import CountedSpan, Tie
from support.november import BERLIN, DESK, SHORTER, at, every_day


@pytest.mark.parametrize(
    ("created", "minutes", "due"),
    [
        pytest.param("05 11:00", 60, "05 12:00", id="within a day"),
        pytest.param("05 18:30", 480, "06 17:30", id="over a night"),
        pytest.param("06 18:30", 480, "09 17:30", id="over a weekend"),
        pytest.param("05 08:00", 60, "05 11:00", id="before opening"),
        pytest.param("05 10:00", 60, "05 11:00", id="at opening"),
        pytest.param("05 19:00", 60, "06 11:00", id="at closing, which is no longer open"),
        pytest.param("05 23:59", 60, "06 11:00", id="after closing"),
        pytest.param("07 12:00", 60, "09 11:00", id="on a day off"),
        pytest.param("03 18:30", 60, "05 10:30", id="over a holiday"),
        pytest.param("13 18:30", 60, "14 10:30", id="into a working Saturday"),
        pytest.param("14 18:30", 60, "17 10:30", id="over the Monday that it replaces"),
        pytest.param("05 11:00:30.000001", 480, "06 10:00:30.000001", id="to the microsecond"),
        pytest.param("05 11:00", 0, "05 11:00", id="no minutes, open"),
        pytest.param("05 10:00", 0, "05 10:00", id="no minutes, at opening"),
        pytest.param("05 19:00", 0, "06 10:00", id="no minutes, at closing"),
        pytest.param("02 10:00", 20 * 540, "30 19:00", id="the whole calendar"),
    ],
)
def test_minutes_run_out(created: str, minutes: int, due: str) -> None:
    assert DESK.due_at(at(created), minutes) == at(due)


def test_part_of_a_minute_counts() -> None:
    assert DESK.due_at(at("05 11:00"), Decimal("90.5")) == at("05 12:30:30")
    assert DESK.due_at(at("05 18:59"), Decimal("1.00000005")) == at("06 10:00:00.000003")


@pytest.mark.parametrize(
    ("created", "minutes", "tie", "due"),
    [
        ("05 10:00", 540, "closing", "05 19:00"),
        ("05 10:00", 540, "next_opening", "06 10:00"),
        ("06 11:00", 480, "closing", "06 19:00"),
        ("06 11:00", 480, "next_opening", "09 10:00"),
        ("06 11:00", 479, "next_opening", "06 18:59"),
        ("06 11:00", 481, "closing", "09 10:01"),
        ("05 19:00", 540, "closing", "06 19:00"),
    ],
)
def test_minutes_that_run_out_at_closing_fall_due_as_the_tie_says(
    created: str, minutes: int, tie: Tie, due: str
) -> None:
    assert DESK.due_at(at(created), minutes, tie) == at(due)


@pytest.mark.parametrize(
    ("hours", "due"),
    [pytest.param(DESK, "05 10:30", id="whole"), pytest.param(SHORTER, "05 11:30", id="shortened")],
)
def test_a_short_day_ends_early_only_for_hours_that_heed_it(hours: Hours, due: str) -> None:
    assert hours.due_at(at("03 17:30"), 120) == at(due)


@pytest.mark.parametrize(
    ("day", "closes"),
    [(3, "18:00"), (4, None), (5, "19:00"), (14, "18:00"), (15, None), (16, None)],
)
def test_the_span_of_a_day_follows_the_calendar(day: int, closes: str | None) -> None:
    expected = ((at(f"{day:02} 10:00"), at(f"{day:02} {closes}")),) if closes else ()

    assert SHORTER.shifts(date(2026, 11, day)) == expected


@pytest.mark.parametrize(
    ("moment", "is_open", "next_open", "next_closed"),
    [
        ("05 09:59:59.999999", False, "05 10:00", "05 09:59:59.999999"),
        ("05 10:00", True, "05 10:00", "05 19:00"),
        ("05 18:59:59.999999", True, "05 18:59:59.999999", "05 19:00"),
        ("05 19:00", False, "06 10:00", "05 19:00"),
        ("07 12:00", False, "09 10:00", "07 12:00"),
        ("14 12:00", True, "14 12:00", "14 19:00"),
    ],
)
def test_the_desk_opens_and_closes(
    moment: str, is_open: bool, next_open: str, next_closed: str
) -> None:
    assert DESK.is_open(at(moment)) is is_open
    assert DESK.next_open(at(moment)) == at(next_open)
    assert DESK.next_closed(at(moment)) == at(next_closed)


def test_the_ledger_tells_which_minutes_were_counted_on_which_day() -> None:
    start, due = at("06 18:30:15"), DESK.due_at(at("06 18:30:15"), 600)

    assert due == at("10 10:30:15")
    assert DESK.ledger(start, due) == (
        counted("06 18:30:15", "06 19:00", timedelta(minutes=29, seconds=45)),
        counted("09 10:00", "09 19:00", timedelta(hours=9)),
        counted("10 10:00", "10 10:30:15", timedelta(minutes=30, seconds=15)),
    )


def counted(start: str, end: str, worked: timedelta) -> CountedSpan:
    return CountedSpan(at(start).date(), at(start), at(end), worked)


def test_no_minutes_leave_an_empty_ledger() -> None:
    evening = at("05 20:00")
    assert DESK.ledger(evening, DESK.due_at(evening, 0)) == ()


def test_a_due_moment_at_the_next_opening_counts_nothing_on_that_day() -> None:
    start, due = at("05 10:00"), DESK.due_at(at("05 10:00"), 540, "next_opening")

    assert due == at("06 10:00")
    assert DESK.ledger(start, due) == (counted("05 10:00", "05 19:00", timedelta(hours=9)),)


def test_working_time_between_is_signed_exact_and_skips_closed_time() -> None:
    start, end = at("06 18:30"), at("09 10:00:20")

    assert DESK.worked_between(start, end) == timedelta(minutes=30, seconds=20)
    assert DESK.worked_between(end, start) == -timedelta(minutes=30, seconds=20)
    assert DESK.worked_between(at("07 01:00"), at("08 23:00")) == timedelta(0)


@pytest.mark.parametrize("offset", [-11, 0, 3, 14])
def test_a_moment_means_the_same_in_any_offset_and_answers_come_in_the_zone(offset: int) -> None:
    told = at("05 18:30").astimezone(timezone(timedelta(hours=offset)))

    due = DESK.due_at(told, 480)

    assert due.isoformat() == "2026-11-06T17:30:00+03:00"


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        pytest.param("2026-03-28", 23, id="an ordinary day"),
        pytest.param("2026-03-29", 22, id="clocks go forward"),
        pytest.param("2026-10-25", 24, id="clocks go back"),
    ],
)
def test_hours_across_a_moved_clock_count_the_time_that_passes(day: str, worked: int) -> None:
    hours = every_day("Europe/Berlin", time(0), time(23), "2026-01-01", "2026-12-31")
    opens = datetime.combine(date.fromisoformat(day), time(0), BERLIN)

    due = hours.due_at(opens, worked * 60)

    assert due.isoformat()[:16] == f"{day}T23:00"
    assert [entry.worked for entry in hours.ledger(opens, due)] == [timedelta(hours=worked)]


@pytest.mark.parametrize(
    ("opens", "closes", "day", "span"),
    [
        pytest.param(
            time(2, 30), time(5), "2026-03-29", ("03:30:00+02:00", "05:00:00+02:00"), id="in a gap"
        ),
        pytest.param(
            time(2, 30), time(5), "2026-10-25", ("02:30:00+02:00", "05:00:00+01:00"), id="twice"
        ),
        pytest.param(
            time(1), time(2, 30), "2026-10-25", ("01:00:00+02:00", "02:30:00+02:00"), id="ends"
        ),
        pytest.param(time(2, 30), time(3, 15), "2026-03-29", None, id="swallowed by a gap"),
    ],
)
def test_an_opening_that_the_clock_repeats_or_skips(
    opens: time, closes: time, day: str, span: tuple[str, str] | None
) -> None:
    hours = every_day("Europe/Berlin", opens, closes, "2026-01-01", "2026-12-31")

    found = hours.shifts(date.fromisoformat(day))

    shown = [tuple(moment.isoformat().split("T")[1] for moment in shift) for shift in found]
    assert shown == ([span] if span else [])


def test_a_day_that_a_zone_skips_has_no_hours() -> None:
    # Samoa went from 29 to 31 December 2011 when it crossed the date line.
    apia = every_day("Pacific/Apia", time(10), time(19), "2011-12-01", "2012-01-31")
    eve = datetime(2011, 12, 29, 18, tzinfo=ZoneInfo("Pacific/Apia"))

    assert apia.shifts(date(2011, 12, 30)) == ()
    assert apia.due_at(eve, 120).isoformat() == "2011-12-31T11:00:00+14:00"


def test_the_first_and_the_last_moment_covered_are_answered() -> None:
    assert not DESK.is_open(at("01 00:00"))
    assert DESK.due_at(at("30 18:00"), 60) == at("30 19:00")


def test_threads_that_ask_first_at_once_get_one_answer() -> None:
    fresh, together = replace(DESK), Barrier(8)

    def ask(_: int) -> datetime:
        together.wait()
        return fresh.due_at(at("06 18:30"), 480)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {at("09 17:30")}
