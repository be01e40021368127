"""The clock of a zone and working hours, for many moments at once: what they say of each alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from reglament.columnar.vectors.working_spans import HOUR, spans_of
from reglament.columnar.vectors.zone_clock import ZoneClock
from reglament.language.requests.told_moments import read_datetime
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.model.calendar import OutsideCalendar
from reglament.model.moments import EPOCH, MICROSECOND
from support.laws import sample
from support.shipped import shipped

ZONES = ["Europe/Moscow", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
UTC_0 = EPOCH.replace(tzinfo=None)


def moments_of(zone: str, first: int, last: int) -> list[datetime]:
    """Local times, many of them around the moves of the clock."""
    random = Random(zone)
    days = (datetime(last, 1, 1) - datetime(first, 1, 1)).days
    found = [
        datetime(first, 1, 1)
        + timedelta(days=random.randrange(days), minutes=random.randrange(1440))
        for _ in range(300)
    ]
    for year in range(first, last):
        for month in (3, 4, 10, 11):
            for hour in range(0, 31 * 24, 3):
                found.append(datetime(year, month, 1) + timedelta(hours=hour, minutes=30))
    return [*found, datetime(2014, 10, 26, 1, 30), datetime(2011, 3, 27, 2, 30)]


@pytest.mark.parametrize("name", sample(ZONES, 2))
def test_local_times_are_the_moments_that_the_reader_of_facts_says(name: str) -> None:
    zone = ZoneInfo(name)
    local = moments_of(name, 2008, 2016)
    given = np.array([(one - UTC_0) // MICROSECOND for one in local])

    moments, is_odd = ZoneClock(zone).from_local(given)
    days = ZoneClock(zone).days(moments)

    for one, moment, odd, day in zip(local, moments, is_odd, days, strict=True):
        try:
            expected = read_datetime(one, zone)
        except TypeMismatch:
            assert odd
            continue
        assert not odd, one
        assert EPOCH + int(moment) * MICROSECOND == expected
        assert day == (expected.date() - EPOCH.date()).days


def test_working_hours_are_those_of_each_moment() -> None:
    hours = shipped("technical-support").versions[-1].hours["support_hours"]
    spans = spans_of(hours)
    assert spans is not None
    first, past = hours.covered
    random = Random(3)
    moments = [
        first + timedelta(minutes=random.randrange(-2000, 60 * 24 * 2600)) for _ in range(800)
    ]
    moments += [edge + d * MICROSECOND for edge in (first, past) for d in (-1, 0, 1)]
    moments += [
        edge + d * MICROSECOND
        for span in list(hours.open_spans())[5:9]
        for edge in span
        for d in (-1, 0, 1)
    ]
    given = np.array([(one - EPOCH) // MICROSECOND for one in moments])

    for amount in (0, 8, 9, 16):
        for tie in ("closing", "next_opening"):
            work = np.full(len(given), amount * HOUR)
            due, unknown = spans.due(given, work, tie == "closing")
            for at, moment in enumerate(moments):
                try:
                    expected = hours.due_at(moment, amount * 60, tie)
                except OutsideCalendar:
                    assert unknown[at]
                    continue
                assert unknown[at] or EPOCH + int(due[at]) * MICROSECOND == expected
    covers, is_open = spans.covers(given), spans.is_open(given)
    for at, moment in enumerate(moments):
        if covers[at]:
            assert is_open[at] == hours.is_open(moment)
    assert covers.sum() > 700
