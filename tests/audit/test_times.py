"""A clock that ran ahead spoils the times after it, and never what it said itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reglament.audit import DecisionLog
from reglament.audit.entry_filters import Wanted
from reglament.audit.queries import counts, search
from reglament.audit.times import Times
from reglament.audit.verification import verify
from reglament.policy import Policy
from support.shop import record, request

NOW = datetime(2096, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def at(log: DecisionLog, policy: Policy, *moments: datetime) -> None:
    """Record an entry at each moment that the clock shows."""
    for number, moment in enumerate(moments):
        log.now = lambda moment=moment: moment  # type: ignore[misc]
        record(log, policy, request(number))


def found(log: DecisionLog, now: datetime = NOW) -> list[tuple[str, int | None]]:
    return [(one.code, one.sequence) for one in verify(log, now=now).findings]


def test_the_clocks_own_reading_stands_beside_a_time_that_never_goes_back(
    log: DecisionLog, policy: Policy
) -> None:
    far = datetime(2099, 1, 1, tzinfo=UTC)
    at(log, policy, NOW, far, NOW + DAY)

    assert [entry.time[:10] for entry in log.entries()] == [
        "2096-11-20",
        "2099-01-01",
        "2099-01-01",
    ]
    assert [entry.recorded[:10] for entry in log.entries()] == [
        "2096-11-20",
        "2099-01-01",
        "2096-11-21",
    ]
    assert found(log, NOW + DAY) == [("time-ahead", 2), ("time-stood-still", 2)]


def test_a_clock_that_ran_ahead_for_a_day_is_found_when_the_day_has_passed(
    log: DecisionLog, policy: Policy
) -> None:
    at(log, policy, NOW, NOW + DAY, NOW + timedelta(hours=1), NOW + timedelta(hours=2))

    (finding,) = verify(log, now=NOW + 2 * DAY).findings
    assert (finding.code, finding.sequence) == ("time-stood-still", 2)
    assert finding.message.to("en").startswith("#2-4: the same time, 2096-11-21T12:00:00.000000Z")
    assert finding.message.to("ru").startswith(
        "#2-4: одно и то же время 2096-11-21T12:00:00.000000Z"
    )


@pytest.mark.parametrize("step", [timedelta(0), timedelta(milliseconds=128), timedelta(seconds=30)])
def test_a_clock_set_right_by_a_little_is_no_finding(
    log: DecisionLog, policy: Policy, step: timedelta
) -> None:
    at(log, policy, NOW, NOW - step, NOW - step)

    assert found(log) == []


def test_clocks_that_differ_by_a_little_are_no_finding(log: DecisionLog, policy: Policy) -> None:
    at(log, policy, NOW + timedelta(minutes=4))

    assert found(log) == []
    assert found(log, NOW - timedelta(minutes=2)) == [("time-ahead", 1)]


def test_a_clock_that_stands_is_found() -> None:
    times = Times(NOW)
    stamped = "2096-11-20T11:00:00.000000Z"
    for place in range(1, 1002):
        times.take(place, stamped, stamped)

    assert [(one.code, one.sequence) for one in times.end()] == [("time-stood-still", 1)]


def test_days_of_recording_are_those_of_the_clock(log: DecisionLog, policy: Policy) -> None:
    at(log, policy, datetime(2099, 1, 1, tzinfo=UTC), NOW)
    day = NOW.date()

    assert [one.sequence for one in search(log, Wanted(first=day, last=day))] == [2]
    assert dict(counts(log, Wanted()).days) == {"2099-01-01": 1, "2096-11-20": 1}
