"""Moments in a zone, made so that comparing them is always right and quick."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Of days and moments that a request tells."""
DAY, MICROSECOND = timedelta(days=1), timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOUGHT = datetime(2000, 1, 1)
"""The moment, without a zone, from which others are computed."""


def micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC."""
    return (moment - EPOCH) // MICROSECOND


def moment_at(number: int) -> datetime:
    """The moment so many microseconds after 1970, in UTC."""
    return EPOCH + number * MICROSECOND


@cache
def fixed_offset(offset: timedelta) -> timezone:
    """The one zone object of that offset from UTC."""
    return timezone(offset)


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The moment on the zone's clock, its offset fixed.

    Python compares two datetimes of one `ZoneInfo` by the clock alone, which
    is wrong in the hour that a zone lives through twice; with fixed offsets it
    compares moments, and quickest where the offset is the same object.
    """
    local = moment.astimezone(zone)
    return local.replace(tzinfo=fixed_offset(local.utcoffset() or timedelta(0)), fold=0)


def shifted(moment: datetime, zone: tzinfo) -> datetime:
    """The same as `in_zone`, and quicker for a year that comes up again."""
    nought = zone_offsets(zone)[moment.year]
    return in_zone(moment, zone) if nought is None else nought + (moment - nought)


class ZoneOffsets(dict[int, datetime | None]):
    """For a year, `NOUGHT` on the zone's clock where that is not moved all year through.

    None where it is moved, and for a year out of range.
    """

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.zone = zone

    def __missing__(self, year: int) -> datetime | None:
        self[year] = moment = self._nought(year)
        return moment

    def _nought(self, year: int) -> datetime | None:
        if not FIRST_YEAR < year < LAST_YEAR:
            return None
        midnight = datetime(year - 1, 12, 30, tzinfo=self.zone)
        offset = midnight.utcoffset()
        # Some days around the year too: a moment may be told on the clock of any zone.
        if any((midnight + count * DAY).utcoffset() != offset for count in range(371)):
            return None
        return NOUGHT.replace(tzinfo=fixed_offset(offset or timedelta(0)))


@cache
def zone_offsets(zone: tzinfo) -> ZoneOffsets:
    """The offsets of the zone, found once for each year."""
    return ZoneOffsets(zone)
