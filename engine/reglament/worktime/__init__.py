"""From a calendar and the hours of a desk, to deadlines and the minutes they count."""

from __future__ import annotations

from reglament.model.calendar import OutsideCalendar
from reglament.worktime.calendars import Calendar, Contradiction, SpecialDay
from reglament.worktime.desks import AlwaysOpen, FirstOpenOf
from reglament.worktime.hours import Hours
from reglament.worktime.open_time import Counted, OpenTime, Tie
from reglament.worktime.windows import Window

__all__ = [
    "AlwaysOpen",
    "Calendar",
    "Contradiction",
    "Counted",
    "FirstOpenOf",
    "Hours",
    "OpenTime",
    "OutsideCalendar",
    "SpecialDay",
    "Tie",
    "Window",
]
