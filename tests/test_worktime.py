"""Working time: when hours run out, what was counted, and what cannot be said."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from fractions import Fraction
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglament.model.words import Words, same
from reglament.worktime import (
    Calendar,
    Contradiction,
    Counted,
    Hours,
    OutsideCalendar,
    SpecialDay,
    Tie,
)

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
WEEK = frozenset(range(7))
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)

# November 2026: Wednesday 4 is a holiday after a short Tuesday; Saturday 14 works, short,
# in place of Monday 16. The 1st is a Sunday.
NOVEMBER = Calendar(
    id="november",
    title=same("November 2026"),
    first_day=date(2026, 11, 1),
    last_day=date(2026, 11, 30),
    working_weekdays=frozenset(range(5)),
    special={
        date(2026, 11, 4): SpecialDay(False, Words(ru="праздник", en="holiday")),
        date(2026, 11, 14): SpecialDay(True, Words(ru="рабочая суббота", en="working Saturday")),
        date(2026, 11, 16): SpecialDay(False, Words(ru="выходной", en="day off")),
    },
    short_days=frozenset({date(2026, 11, 3), date(2026, 11, 14)}),
    short_by=timedelta(hours=1),
)
DESK = Hours("desk", same("desk"), NOVEMBER, "Europe/Moscow", time(10), time(19))
SHORTER = replace(DESK, id="shorter", shorten_short_days=True)


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    """`06 18:30` is that day and time of November 2026; a longer text is ISO 8601."""
    moment = datetime.fromisoformat(text if "T" in text else f"2026-11-{text}")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def every_day(zone: str, opens: time, closes: time, first: str, last: str) -> Hours:
    days = Calendar(
        "daily", same("daily"), date.fromisoformat(first), date.fromisoformat(last), WEEK
    )
    return Hours("daily", same("daily"), days, zone, opens, closes)


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
    expected = closes and (at(f"{day:02} 10:00"), at(f"{day:02} {closes}"))

    assert SHORTER.span(date(2026, 11, day)) == expected


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
    deadline = DESK.due(at("06 18:30:15"), 600)

    assert deadline.due == at("10 10:30:15")
    assert deadline.ledger == (
        counted("06 18:30:15", "06 19:00", timedelta(minutes=29, seconds=45)),
        counted("09 10:00", "09 19:00", timedelta(hours=9)),
        counted("10 10:00", "10 10:30:15", timedelta(minutes=30, seconds=15)),
    )
    assert [entry.minutes for entry in deadline.ledger] == [
        Fraction(119, 4),
        540,
        Fraction(121, 4),
    ]


def counted(start: str, end: str, worked: timedelta) -> Counted:
    return Counted(at(start).date(), at(start), at(end), worked)


def test_no_minutes_leave_an_empty_ledger() -> None:
    assert DESK.due(at("05 20:00"), 0).ledger == ()


def test_a_due_moment_at_the_next_opening_counts_nothing_on_that_day() -> None:
    deadline = DESK.due(at("05 10:00"), 540, "next_opening")

    assert deadline.due == at("06 10:00")
    assert deadline.ledger == (counted("05 10:00", "05 19:00", timedelta(hours=9)),)


def test_minutes_between_are_signed_exact_and_skip_closed_time() -> None:
    start, end = at("06 18:30"), at("09 10:00:20")

    assert DESK.minutes_between(start, end) == Fraction(91, 3)
    assert DESK.minutes_between(end, start) == Fraction(-91, 3)
    assert DESK.minutes_between(at("07 01:00"), at("08 23:00")) == 0


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

    deadline = hours.due(opens, worked * 60)

    assert deadline.due.isoformat()[:16] == f"{day}T23:00"
    assert [entry.worked for entry in deadline.ledger] == [timedelta(hours=worked)]


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

    found = hours.span(date.fromisoformat(day))

    shown = found and tuple(moment.isoformat().split("T")[1] for moment in found)
    assert shown == span


def test_a_day_that_a_zone_skips_has_no_hours() -> None:
    # Samoa went from 29 to 31 December 2011 when it crossed the date line.
    apia = every_day("Pacific/Apia", time(10), time(19), "2011-12-01", "2012-01-31")
    eve = datetime(2011, 12, 29, 18, tzinfo=ZoneInfo("Pacific/Apia"))

    assert apia.span(date(2011, 12, 30)) is None
    assert apia.due_at(eve, 120).isoformat() == "2011-12-31T11:00:00+14:00"


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
            lambda: DESK.minutes_between(at("05 10:00"), at("2026-12-01T00:00:00")), id="to"
        ),
        pytest.param(lambda: DESK.ledger(at("05 10:00"), at("2026-12-01T00:00:00")), id="ledger"),
        pytest.param(lambda: DESK.span(date(2026, 12, 1)), id="span"),
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
    assert refused.value.words.ru == (
        "календарь `november` не охватывает 2028 год: "
        "день 2028-01-11 вне промежутка с 2026-11-01 по 2026-11-30"
    )
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)


def test_the_first_and_the_last_moment_covered_are_answered() -> None:
    assert not DESK.is_open(at("01 00:00"))
    assert DESK.due_at(at("30 18:00"), 60) == at("30 19:00")


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda: DESK.due_at(datetime(2026, 11, 5, 11), 1), "must tell its offset"),
        (lambda: DESK.due_at(at("05 11:00"), -1), "below zero: -1"),
        (lambda: replace(DESK, closes=time(10)), "close after it opens"),
        (lambda: replace(SHORTER, closes=time(11)), "close after it opens"),
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
    assert [reason.ru for reason in refused.value.reasons] == [
        "день 2026-11-08 назван коротким, но он не рабочий",
        "день 2026-11-16 вне промежутка с 2026-11-01 по 2026-11-14",
    ]


def test_threads_that_ask_first_at_once_get_one_answer() -> None:
    fresh, together = replace(DESK), Barrier(8)

    def ask(_: int) -> datetime:
        together.wait()
        return fresh.due_at(at("06 18:30"), 480)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {at("09 17:30")}


# Laws, over random calendars of 2026 whose clocks are moved, in zones of all kinds. Special
# days end in April, so that every deadline asked for falls inside the calendar.

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)
ZONES = ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
early_days = st.dates(FIRST, date(2026, 4, 15))
moments = st.datetimes(
    datetime(2026, 3, 2), datetime(2026, 4, 15), timezones=st.sampled_from([UTC, MOSCOW, BERLIN])
)
minutes_asked = st.integers(0, 600)
ties = st.sampled_from(["closing", "next_opening"])


@st.composite
def some_hours(draw: st.DrawFn) -> Hours:
    works = draw(st.dictionaries(early_days, st.booleans(), max_size=12))
    week = draw(st.frozensets(st.integers(0, 6), min_size=1))
    plain = Calendar(
        id="random",
        title=same("random"),
        first_day=FIRST,
        last_day=LAST,
        working_weekdays=week,
        special={day: SpecialDay(working, same("special")) for day, working in works.items()},
        short_by=timedelta(hours=1),
    )
    working = st.sampled_from(list(plain.working_days()))
    days = replace(plain, short_days=draw(st.frozensets(working, max_size=8)))
    opens = draw(st.sampled_from([time(0), time(6), time(8, 45), time(10)]))
    closes = draw(st.sampled_from([time(13), time(18, 15), time(19), time(23, 45)]))
    zone, heed = draw(st.sampled_from(ZONES)), draw(st.booleans())
    return Hours("random", same("random"), days, zone, opens, closes, heed)


def clock_says_open(hours: Hours, moment: datetime) -> bool:
    local = moment.astimezone(ZoneInfo(hours.zone))
    closes = datetime.combine(local.date(), hours.closes)
    if hours.shorten_short_days and hours.calendar.is_short(local.date()):
        closes -= hours.calendar.short_by
    return (
        hours.calendar.is_working(local.date())
        and hours.opens <= local.time()
        and local.replace(tzinfo=None) < closes
    )


def walked(hours: Hours, moment: datetime, quarters: int, tie: Tie) -> datetime:
    """The deadline by looking at the clock every quarter of an hour."""
    reached, left = moment.astimezone(UTC), quarters
    while left:
        left -= clock_says_open(hours, reached)
        reached += QUARTER
    while (tie == "next_opening" or not quarters) and not clock_says_open(hours, reached):
        reached += QUARTER
    return reached


@given(some_hours(), moments, st.integers(0, 40), ties)
@settings(deadline=None, max_examples=60)
def test_a_deadline_is_the_one_found_by_watching_the_clock(
    hours: Hours, moment: datetime, quarters: int, tie: Tie
) -> None:
    start = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)

    assert hours.due_at(start, quarters * 15, tie) == walked(hours, start, quarters, tie)


@given(some_hours(), moments)
@settings(deadline=None)
def test_hours_are_open_when_the_clock_says_so(hours: Hours, moment: datetime) -> None:
    assert hours.is_open(moment) is clock_says_open(hours, moment)


@given(some_hours(), moments, minutes_asked, ties)
@settings(deadline=None)
def test_exactly_the_minutes_asked_pass_until_due(
    hours: Hours, moment: datetime, minutes: int, tie: Tie
) -> None:
    assert hours.minutes_between(moment, hours.due_at(moment, minutes, tie)) == minutes


@given(some_hours(), moments, minutes_asked, ties)
@settings(deadline=None)
def test_the_ledger_adds_up_and_stays_within_hours(
    hours: Hours, moment: datetime, minutes: int, tie: Tie
) -> None:
    deadline = hours.due(moment, minutes, tie)

    assert sum(entry.minutes for entry in deadline.ledger) == minutes
    days = [entry.day for entry in deadline.ledger]
    assert days == sorted(set(days))
    for entry in deadline.ledger:
        opens, closes = hours.span(entry.day) or (None, None)
        assert opens is not None
        assert closes is not None
        assert opens <= entry.start < entry.end <= closes
        assert entry.worked == entry.end.astimezone(UTC) - entry.start.astimezone(UTC)
    assert [entry.start for entry in deadline.ledger[:1]] == [hours.next_open(moment)] * bool(
        minutes
    )


@given(some_hours(), moments, moments, minutes_asked, ties)
@settings(deadline=None)
def test_a_later_moment_is_never_due_earlier(
    hours: Hours, one: datetime, other: datetime, minutes: int, tie: Tie
) -> None:
    earlier, later = sorted((one, other))

    assert hours.due_at(earlier, minutes, tie) <= hours.due_at(later, minutes, tie)


@given(some_hours(), moments, minutes_asked, st.integers(1, 600), ties)
@settings(deadline=None)
def test_more_minutes_are_due_later(
    hours: Hours, moment: datetime, minutes: int, more: int, tie: Tie
) -> None:
    assert hours.due_at(moment, minutes, tie) < hours.due_at(moment, minutes + more, tie)


@given(some_hours(), moments)
@settings(deadline=None)
def test_the_next_opening_and_closing_are_the_first(hours: Hours, moment: datetime) -> None:
    opening, closing = hours.next_open(moment), hours.next_closed(moment)

    assert hours.is_open(opening)
    assert not hours.is_open(closing)
    assert hours.worked_between(moment, opening) == timedelta(0)
    assert hours.worked_between(moment, closing) == closing - moment.astimezone(UTC)


@given(some_hours(), moments, moments, moments)
@settings(deadline=None)
def test_working_time_adds_up(hours: Hours, a: datetime, b: datetime, c: datetime) -> None:
    whole = hours.worked_between(a, b) + hours.worked_between(b, c)

    assert whole == hours.worked_between(a, c)
