"""From the versions of a policy to the one in force at a moment, or why none is."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from reglament.language.requests.request_reader import blaming, fact_table, told_alone
from reglament.language.requests.told_moments import read_date, read_datetime
from reglament.language.requests.unwrapped import unwrapped
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.messages import Message
from reglament.model.moments import in_zone
from reglament.model.outcomes import AsOfSource
from reglament.model.problems import Refused, refusal
from reglament.model.regulation import Version

MOST_KEPT = 10_000  # days


class InForce:
    """When each version of a policy holds, and by which moment a request is judged.

    They stand in the order of time. `starts` has the first moment at which each holds, `ends` the
    first at which it no longer does.
    """

    def __init__(self, versions: tuple[Version, ...]) -> None:
        self.versions = versions
        self.chosen_by, self.zone = versions[-1].chosen_by, versions[-1].zone
        self.starts = [start_of(version.holds_from, version.zone) for version in versions]
        self.ends = [_end_of(version) for version in versions]

    def place(self, moment: datetime) -> int | None:
        """The place of the version in force at `moment`; None where there is none."""
        place = bisect_right(self.starts, moment) - 1
        return place if place >= 0 and moment < self.ends[place] else None

    def at(self, moment: datetime) -> Version:
        """The version in force at `moment`. Raises Refused before the first one, after the last."""
        place = self.place(moment)
        if place is not None:
            return self.versions[place]
        if moment < self.starts[0]:
            raise _before_first(self.versions[0], moment)
        raise _after_last(self.versions[bisect_right(self.starts, moment) - 1], moment)

    def judging(self, facts: object, moment: datetime, source: AsOfSource) -> Version:
        """The same for a request, whose fact is to blame where it chose the moment."""
        try:
            return self.at(moment)
        except Refused as refused:
            if source == "fact":
                table = fact_table(self.versions[-1])
                raise blaming(table, facts, self.chosen_by, refused) from None
            raise

    def when(self, facts: object, at: datetime | date | str | None) -> tuple[datetime, AsOfSource]:
        """The moment by which the version is chosen, and where it comes from.

        That is `at`, what the fact tells, or the clock; of a policy without time, its first.
        """
        if at is not None:
            return self.moment(at), "given"
        if not self.chosen_by:
            return self.starts[-1], "version"
        chosen = told_alone(fact_table(self.versions[-1]), facts, self.chosen_by)
        return (datetime.now(UTC), "now") if chosen is None else (self.start(chosen), "fact")

    def moment(self, at: datetime | date | str) -> datetime:
        """`at` as a moment: a day is its first moment, no offset means the policy's zone."""
        try:
            at = unwrapped(at)
            if isinstance(at, datetime) or (isinstance(at, str) and len(at) > len("2026-11-20")):
                return read_datetime(at, ZoneInfo(self.zone))
            return self.start(read_date(at))
        except TypeMismatch as unfit:
            raise refusal(unfit.code, unfit.message, unfit.hint) from None

    def start(self, told: Any) -> datetime:
        """The moment that is told, or the first one of the day."""
        return told if isinstance(told, datetime) else start_of(told, self.zone)


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
