"""From the calendars in use, and the day of the check, to those that end soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.analysis.findings.space import Space
from reglament.messages import Message

SOON = timedelta(days=183)


def ending_calendars(space: Space) -> Iterator[Finding]:
    """Calendars of hours whose last day is past, or half a year ahead or less."""
    today, until = space.today, space.until
    if today is None or (until is not None and until <= today):
        return
    for calendar in {
        hours.calendar.id: hours.calendar for hours in space.version.hours.values()
    }.values():
        last = calendar.last_day
        if last - today > SOON or (until is not None and until <= last):
            continue
        is_past = last < today
        yield Finding(
            code="calendar-ends-soon",
            severity=Severity.ERROR if is_past else Severity.WARNING,
            message=Message(
                "calendar-ended-not-answer",
                calendar=calendar.id,
                is_past=is_past,
                last=last.isoformat(),
            ),
            subject=calendar.id,
            places=places_of(getattr(calendar, "place", None)),
        )
