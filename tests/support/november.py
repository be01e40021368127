"""A made-up November, and the desks that work it: what the tests of working time ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reglament.model.words import Text
from reglament.worktime.calendars import Calendar, SpecialDay
from reglament.worktime.hours import Hours
from reglament.worktime.windows import Window
from support.texts import same

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")


def windows(*written: str) -> tuple[Window, ...]:
    """Windows of a day as a policy writes them; `24:00` is the midnight with which it ends."""
    edges = (
        [time.fromisoformat(edge.replace("24:", "00:")) for edge in one.split("-")]
        for one in written
    )
    return tuple(Window.between(*pair) for pair in edges)


# November 2026: Wednesday 4 is a holiday after a short Tuesday; Saturday 14 works, short,
# in place of Monday 16. The 1st is a Sunday.
NOVEMBER = Calendar(
    id="november",
    title=same("November 2026"),
    first_day=date(2026, 11, 1),
    last_day=date(2026, 11, 30),
    working_weekdays=frozenset(range(5)),
    special={
        date(2026, 11, 4): SpecialDay(False, Text(ru="праздник", en="holiday")),
        date(2026, 11, 14): SpecialDay(True, Text(ru="рабочая суббота", en="working Saturday")),
        date(2026, 11, 16): SpecialDay(False, Text(ru="выходной", en="day off")),
    },
    short_days=frozenset({date(2026, 11, 3), date(2026, 11, 14)}),
    short_by=timedelta(hours=1),
)
DESK = Hours("desk", same("desk"), NOVEMBER, "Europe/Moscow", windows("10:00-19:00"))
SHORTER = replace(DESK, id="shorter", shorten_short_days=True)


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    """`06 18:30` is that day and time of November 2026; a longer text is ISO 8601."""
    moment = datetime.fromisoformat(text if "T" in text else f"2026-11-{text}")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def every_day(zone: str, opens: time, closes: time, first: str, last: str) -> Hours:
    covered = date.fromisoformat(first), date.fromisoformat(last)
    days = Calendar("daily", same("daily"), *covered, frozenset(range(7)))
    return Hours("daily", same("daily"), days, zone, (Window.between(opens, closes),))
