"""Moments in a zone, made so that comparing them is always right and quick."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache


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
