"""From a calendar and the hours of a desk, to deadlines and the minutes they count."""

from __future__ import annotations

from reglament.model.calendar import OutsideCalendar
from reglament.worktime.calendars import Calendar, Contradiction, SpecialDay
from reglament.worktime.hours import Counted, Deadline, Hours, Tie

__all__ = [
    "Calendar",
    "Contradiction",
    "Counted",
    "Deadline",
    "Hours",
    "OutsideCalendar",
    "SpecialDay",
    "Tie",
]
