"""The laws of working time, over random calendars of 2026 in zones of all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from reglament.worktime.calendars import Calendar, SpecialDay
from reglament.worktime.desks import AlwaysOpen, FirstOpenOf
from reglament.worktime.hours import Hours
from reglament.worktime.open_time import OpenTime, Tie
from reglament.worktime.windows import Window, overlap
from support.laws import examples
from support.november import windows
from support.texts import same

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)

# Clocks are moved in these months. Special days end in April, so that every deadline asked
# for falls inside the calendar.
FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)
ZONES = ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
DAYS = tuple(
    windows(*written)
    for written in (
        ("00:00-13:00",), ("08:45-18:15",), ("10:00-23:45",), ("09:00-13:00", "14:00-18:00"),
        ("00:00-24:00",), ("22:00-06:00",), ("06:00-07:30", "13:00-13:30", "23:00-02:15"),
    )
)  # fmt: skip
early_days = st.dates(FIRST, date(2026, 4, 15))
moments = st.datetimes(
    datetime(2026, 3, 4), datetime(2026, 4, 15), timezones=st.sampled_from(ZONES).map(ZoneInfo)
)
minutes_asked = st.integers(0, 600)
ties = st.sampled_from(["closing", "next_opening"])
some_windows = st.sampled_from(DAYS)
zones = st.sampled_from(ZONES)


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
    working = st.sampled_from([day for day in plain.days() if plain.is_working(day)])
    days = replace(plain, short_days=draw(st.frozensets(working, max_size=8)))
    return Hours(
        "random",
        same("random"),
        days,
        draw(zones),
        draw(some_windows),
        draw(st.booleans()),
        draw(st.dictionaries(st.integers(0, 6), some_windows, max_size=2)),
        draw(st.dictionaries(early_days, st.one_of(some_windows, st.just(())), max_size=3)),
        draw(st.one_of(st.just(()), some_windows)),
        told_in=draw(st.one_of(st.just(""), zones)),
    )


@st.composite
def any_desks(draw: st.DrawFn) -> OpenTime:
    """Windows mostly, and now and then hours around the clock, or desks that follow the sun."""
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return AlwaysOpen.named("always", same("always"), draw(zones))
    if kind > 2:
        return draw(some_hours())
    desks = tuple(draw(st.lists(some_hours(), min_size=2, max_size=3)))
    return FirstOpenOf.named("sun", same("sun"), draw(zones), desks, told_in=draw(zones))


def windows_that_reach(hours: Hours, day: date) -> Iterator[tuple[date, Window]]:
    """The windows of the day and those of the day before it, as the policy would list them."""
    for begun in (day - DAY, day):
        calendar = hours.calendar
        if begun in hours.by_date:
            found = hours.by_date[begun]
        elif not calendar.covers(begun) or not calendar.is_working(begun):
            found = ()
        else:
            found = hours.by_weekday.get(begun.weekday(), hours.usual)
            if calendar.is_short(begun) and hours.short:
                found = hours.short
            elif calendar.is_short(begun) and hours.shorten_short_days:
                end = found[-1].closes - calendar.short_by
                found = tuple(Window(one.opens, min(one.closes, end)) for one in found)
        yield from ((begun, window) for window in found)


def clock_says_open(hours: OpenTime, moment: datetime) -> bool:
    """Whether a clock on the wall stands within a window of the day, or of the day before."""
    if isinstance(hours, AlwaysOpen):
        return True
    if isinstance(hours, FirstOpenOf):
        return any(clock_says_open(desk, moment) for desk in hours.desks)
    assert isinstance(hours, Hours)
    local = moment.astimezone(ZoneInfo(hours.zone))
    shown, zone = local.replace(tzinfo=None), ZoneInfo(hours.zone)
    for day, window in windows_that_reach(hours, shown.date()):
        opens, closes = (
            datetime.combine(day, time(), zone) + edge for edge in (window.opens, window.closes)
        )
        # Of a time that is shown twice the first counts, for opening and closing alike.
        if opens.astimezone(UTC) <= moment.astimezone(UTC) < closes.astimezone(UTC):
            return True
    return False


def walked(hours: OpenTime, moment: datetime, quarters: int, tie: Tie) -> datetime:
    """The deadline by looking at the clock every quarter of an hour."""
    reached, left = moment.astimezone(UTC), quarters
    while left:
        left -= clock_says_open(hours, reached)
        reached += QUARTER
    while (tie == "next_opening" or not quarters) and not clock_says_open(hours, reached):
        reached += QUARTER
    return reached


def due_in_utc(hours: OpenTime, moment: datetime, minutes: int, tie: Tie) -> datetime:
    """Moments of one zone compare by what its clock shows, even where it was put back."""
    return hours.due_at(moment, minutes, tie).astimezone(UTC)


@given(any_desks(), moments, st.integers(0, 40), ties)
@examples(60)
def test_a_deadline_is_the_one_found_by_watching_the_clock(
    hours: OpenTime, moment: datetime, quarters: int, tie: Tie
) -> None:
    start = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)

    assert due_in_utc(hours, start, quarters * 15, tie) == walked(hours, start, quarters, tie)


@given(any_desks(), moments, st.integers(0, 400))
@examples(40)
def test_what_is_worked_between_two_moments_is_what_watching_the_clock_counts(
    hours: OpenTime, moment: datetime, quarters: int
) -> None:
    start = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
    watched = [start.astimezone(UTC) + number * QUARTER for number in range(quarters)]

    worked = hours.worked_between(start, start.astimezone(UTC) + quarters * QUARTER)

    assert worked == QUARTER * sum(clock_says_open(hours, one) for one in watched)


@given(any_desks(), moments)
def test_hours_are_open_when_the_clock_says_so(hours: OpenTime, moment: datetime) -> None:
    assert hours.is_open(moment) is clock_says_open(hours, moment)


@given(any_desks(), moments, minutes_asked, ties)
def test_exactly_the_minutes_asked_pass_until_due(
    hours: OpenTime, moment: datetime, minutes: int, tie: Tie
) -> None:
    due = hours.due_at(moment, minutes, tie)
    assert hours.worked_between(moment, due) == timedelta(minutes=minutes)


@given(any_desks(), moments, minutes_asked, ties)
def test_the_ledger_adds_up_and_stays_within_the_shifts_of_its_days(
    hours: OpenTime, moment: datetime, minutes: int, tie: Tie
) -> None:
    ledger = hours.ledger(moment, hours.due_at(moment, minutes, tie))

    assert sum((entry.worked for entry in ledger), timedelta()) == timedelta(minutes=minutes)
    rows = [(entry.day, entry.start.astimezone(UTC)) for entry in ledger]
    assert rows == sorted(set(rows), key=lambda row: row[1])
    for entry in ledger:
        start, end = entry.start.astimezone(UTC), entry.end.astimezone(UTC)
        shifts = [
            tuple(edge.astimezone(UTC) for edge in shift) for shift in hours.shifts(entry.day)
        ]
        assert any(opens <= start < end <= closes for opens, closes in shifts)
        assert entry.worked == end - start
    first = [entry.start for entry in ledger[:1]]
    assert first == ([hours.next_open(moment)] if minutes else [])


@given(any_desks(), moments, moments, minutes_asked, ties)
def test_a_later_moment_is_never_due_earlier(
    hours: OpenTime, one: datetime, other: datetime, minutes: int, tie: Tie
) -> None:
    earlier, later = sorted((one.astimezone(UTC), other.astimezone(UTC)))

    assert due_in_utc(hours, earlier, minutes, tie) <= due_in_utc(hours, later, minutes, tie)


@given(any_desks(), moments, minutes_asked, st.integers(1, 600), ties)
def test_more_minutes_are_due_later(
    hours: OpenTime, moment: datetime, minutes: int, more: int, tie: Tie
) -> None:
    due = due_in_utc(hours, moment, minutes, tie)

    assert due < due_in_utc(hours, moment, minutes + more, tie)


@given(some_hours(), moments)
def test_the_next_opening_and_closing_are_the_first(hours: Hours, moment: datetime) -> None:
    opening = hours.next_open(moment)

    assert hours.is_open(opening)
    assert hours.worked_between(moment, opening) == timedelta(0)
    closing = hours.next_closed(moment)
    assert not hours.is_open(closing)
    assert hours.worked_between(moment, closing) == closing - moment.astimezone(UTC)


@given(any_desks(), moments, moments, moments)
def test_working_time_adds_up(hours: OpenTime, a: datetime, b: datetime, c: datetime) -> None:
    whole = hours.worked_between(a, b) + hours.worked_between(b, c)

    assert whole == hours.worked_between(a, c)


@given(some_windows, some_windows)
def test_windows_overlap_where_they_share_a_minute(
    some: tuple[Window, ...], others: tuple[Window, ...]
) -> None:
    minutes = [
        {number for number in range(48 * 60) if one.opens <= number * QUARTER / 15 < one.closes}
        for one in (*some, *others)
    ]

    shared = sum(map(len, minutes)) > len(set[int]().union(*minutes))
    assert (overlap((*some, *others)) is not None) is shared
