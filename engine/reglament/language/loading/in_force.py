"""From the versions of a policy to the one in force at a moment, or why none is."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from reglament.messages import Message
from reglament.model.moments import in_zone
from reglament.model.problems import Refused, refusal
from reglament.model.regulation import Version

MOST_KEPT = 10_000  # days


class InForce:
    """When each version of a policy holds; they stand in the order of time."""

    def __init__(self, versions: tuple[Version, ...]) -> None:
        self.versions = versions
        self.starts = [start_of(version.holds_from, version.zone) for version in versions]
        self._ends = [_end_of(version) for version in versions]

    def at(self, moment: datetime) -> Version:
        """The version in force at `moment`. Raises Refused before the first one, after the last."""
        place = bisect_right(self.starts, moment) - 1
        if place < 0:
            raise _before_first(self.versions[0], moment)
        version = self.versions[place]
        if moment >= self._ends[place]:
            raise _after_last(version, moment)
        return version


@lru_cache(maxsize=MOST_KEPT)
def start_of(day: date, zone: str) -> datetime:
    """The first moment of the day in the zone."""
    zoneinfo = ZoneInfo(zone)
    return in_zone(datetime(day.year, day.month, day.day, tzinfo=zoneinfo), zoneinfo)


def _end_of(version: Version) -> datetime:
    """The first moment at which the version no longer holds."""
    if version.holds_until is None:
        return datetime.max.replace(tzinfo=UTC)
    return start_of(version.holds_until + timedelta(days=1), version.zone)


def _day(version: Version, moment: datetime) -> str:
    return in_zone(moment, ZoneInfo(version.zone)).date().isoformat()


def _before_first(version: Version, moment: datetime) -> Refused:
    day, start = _day(version, moment), version.holds_from.isoformat()
    return refusal(
        "before-first-version",
        Message("before-first-version-holds", day=day, policy=version.policy, start=start),
    )


def _after_last(version: Version, moment: datetime) -> Refused:
    day = _day(version, moment)
    return refusal(
        "after-last-version",
        Message(
            "after-last-version-holds",
            day=day,
            policy=version.policy,
            holds_until=version.holds_until,
        ),
    )
