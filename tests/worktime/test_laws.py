"""The laws of working time, over random calendars of 2026 in zones of all kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from reglament.worktime import Calendar, Hours, SpecialDay, Tie
from support.laws import examples
from support.texts import same

QUARTER = timedelta(minutes=15)

# Clocks are moved in these months. Special days end in April, so that every deadline asked
# for falls inside the calendar.
FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)
ZONES = ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
early_days = st.dates(FIRST, date(2026, 4, 15))
moments = st.datetimes(
    datetime(2026, 3, 2), datetime(2026, 4, 15), timezones=st.sampled_from(ZONES).map(ZoneInfo)
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


def due_in_utc(hours: Hours, moment: datetime, minutes: int, tie: Tie) -> datetime:
    """Moments of one zone compare by what its clock shows, even where it was put back."""
    return hours.due_at(moment, minutes, tie).astimezone(UTC)


@given(some_hours(), moments, st.integers(0, 40), ties)
@examples(60)
def test_a_deadline_is_the_one_found_by_watching_the_clock(
    hours: Hours, moment: datetime, quarters: int, tie: Tie
) -> None:
    start = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)

    assert due_in_utc(hours, start, quarters * 15, tie) == walked(hours, start, quarters, tie)


@given(some_hours(), moments)
def test_hours_are_open_when_the_clock_says_so(hours: Hours, moment: datetime) -> None:
    assert hours.is_open(moment) is clock_says_open(hours, moment)


@given(some_hours(), moments, minutes_asked, ties)
def test_exactly_the_minutes_asked_pass_until_due(
    hours: Hours, moment: datetime, minutes: int, tie: Tie
) -> None:
    assert hours.minutes_between(moment, hours.due_at(moment, minutes, tie)) == minutes


@given(some_hours(), moments, minutes_asked, ties)
def test_the_ledger_adds_up_and_stays_within_hours(
    hours: Hours, moment: datetime, minutes: int, tie: Tie
) -> None:
    deadline = hours.due(moment, minutes, tie)

    assert sum(entry.minutes for entry in deadline.ledger) == minutes
    days = [entry.day for entry in deadline.ledger]
    assert days == sorted(set(days))
    for entry in deadline.ledger:
        span = hours.span(entry.day)
        assert span is not None
        opens, closes = (moment.astimezone(UTC) for moment in span)
        start, end = entry.start.astimezone(UTC), entry.end.astimezone(UTC)
        assert opens <= start < end <= closes
        assert entry.worked == end - start
    first = [entry.start for entry in deadline.ledger[:1]]
    assert first == ([hours.next_open(moment)] if minutes else [])


@given(some_hours(), moments, moments, minutes_asked, ties)
def test_a_later_moment_is_never_due_earlier(
    hours: Hours, one: datetime, other: datetime, minutes: int, tie: Tie
) -> None:
    earlier, later = sorted((one.astimezone(UTC), other.astimezone(UTC)))

    assert due_in_utc(hours, earlier, minutes, tie) <= due_in_utc(hours, later, minutes, tie)


@given(some_hours(), moments, minutes_asked, st.integers(1, 600), ties)
def test_more_minutes_are_due_later(
    hours: Hours, moment: datetime, minutes: int, more: int, tie: Tie
) -> None:
    due = due_in_utc(hours, moment, minutes, tie)

    assert due < due_in_utc(hours, moment, minutes + more, tie)


@given(some_hours(), moments)
def test_the_next_opening_and_closing_are_the_first(hours: Hours, moment: datetime) -> None:
    opening, closing = hours.next_open(moment), hours.next_closed(moment)

    assert hours.is_open(opening)
    assert not hours.is_open(closing)
    assert hours.worked_between(moment, opening) == timedelta(0)
    assert hours.worked_between(moment, closing) == closing - moment.astimezone(UTC)


@given(some_hours(), moments, moments, moments)
def test_working_time_adds_up(hours: Hours, a: datetime, b: datetime, c: datetime) -> None:
    whole = hours.worked_between(a, b) + hours.worked_between(b, c)

    assert whole == hours.worked_between(a, c)
