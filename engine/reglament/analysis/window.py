"""The days of the requests that a question, a search or a comparison is about."""

from __future__ import annotations

from datetime import date, timedelta

from reglament.frozen import frozen
from reglament.model.regulation import Version


@frozen
class DayWindow:
    """The days on which a request may choose the versions: from `first` until before `until`.

    None leaves that side open. The days are those of the fact that chooses the version,
    in the time zone of each version. That fact may be null only if `until` is None:
    such a request is decided by the version of the present day.
    """

    first: date | None = None
    until: date | None = None


def window_of(version: Version, following: date | None = None) -> DayWindow:
    """The days that `version` decides, `following` being the day on which the next one starts."""
    ends = [following] if following is not None else []
    if version.holds_until is not None:
        ends.append(version.holds_until + timedelta(days=1))
    return DayWindow(version.holds_from, min(ends, default=None))
