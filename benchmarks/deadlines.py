"""From the shipped calendar, to how deadlines are timed: ours, a day-by-day loop, and a peer.

Run from the root of a checkout: `PYTHONPATH=engine python benchmarks/deadlines.py`.
Every contender must give our answers before it is timed; ratios are to ours, in one run.
"""

from __future__ import annotations

import importlib.util
import random
import time as clock
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from reglament.messages import Verbatim
from reglament.worktime.calendars import Calendar, SpecialDay
from reglament.worktime.hours import Hours
from reglament.worktime.windows import Window

CALENDAR = Path(__file__).parents[1] / "policies/technical-support/2019-01-01/calendar.yaml"
OPENS, CLOSES, ZONE = time(10), time(19), ZoneInfo("Europe/Moscow")
MINUTES = {"8 working hours": 480, "24 working hours": 1440, "500 working hours": 30_000}
DAY = timedelta(days=1)

Due = Callable[[datetime, int], datetime]


def production_calendar() -> Calendar:
    """The calendar of the policy, read without the engine's reader."""
    data = yaml.safe_load(CALENDAR.read_text(encoding="utf-8"))["calendars"]["ru-production"]
    days: dict[date, bool] = {}
    for year in data["years"].values():
        days |= dict.fromkeys(year["days_off"], False)
        days |= dict.fromkeys(year.get("working_days", ()), True)
    return Calendar(
        id="ru-production",
        title=Verbatim("ru-production"),
        first_day=data["covers"]["from"],
        last_day=data["covers"]["until"],
        working_weekdays=frozenset(range(5)),
        special={day: SpecialDay(works, Verbatim("")) for day, works in days.items()},
    )


def day_by_day(calendar: Calendar) -> Due:
    """The plain way: walk the days, taking each day's working time off what is left."""

    def due(moment: datetime, minutes: int) -> datetime:
        local, left = moment.astimezone(ZONE), timedelta(minutes=minutes)
        day = local.date()
        while True:
            if calendar.is_working(day):
                start = max(local, datetime.combine(day, OPENS, ZONE))
                room = datetime.combine(day, CLOSES, ZONE) - start
                if room > timedelta(0) and left <= room:
                    return start + left
                left -= max(room, timedelta(0))
            day += DAY

    return due


def businesstimedelta_peer(calendar: Calendar) -> Due:
    """The same deadline by the library businesstimedelta."""
    import businesstimedelta as peer  # type: ignore[import-not-found, import-untyped, unused-ignore]
    import pytz  # type: ignore[import-not-found, import-untyped, unused-ignore]

    works = frozenset(calendar.working_days())
    off = {day: "off" for day in calendar.days() if day not in works}
    zone = pytz.timezone(ZONE.key)
    hours: Any = peer.WorkDayRule(OPENS, CLOSES, list(range(7)), tz=zone)
    rules = peer.Rules([hours, peer.HolidayRule(off, tz=zone)])

    def due(moment: datetime, minutes: int) -> datetime:
        end: datetime = moment + peer.BusinessTimeDelta(rules, hours=0, seconds=minutes * 60)
        return end.astimezone(ZONE)

    return due


def moments(count: int) -> list[datetime]:
    """Reproducible moments of 2019-2026, to the second."""
    source, first = random.Random(2019), datetime(2019, 1, 1, tzinfo=UTC)
    return [first + timedelta(seconds=source.randrange(7 * 365 * 86_400)) for _ in range(count)]


def seconds_each(due: Due, given: Sequence[datetime], minutes: int) -> float:
    """The best of five rounds, in seconds a deadline."""
    best = float("inf")
    for _ in range(5):
        begun = clock.perf_counter()
        for moment in given:
            due(moment, minutes)
        best = min(best, clock.perf_counter() - begun)
    return best / len(given)


def main() -> None:
    """Time every contender that is installed and print ratios."""
    calendar = production_calendar()
    hours = Hours(
        "support", Verbatim("support"), calendar, "Europe/Moscow", (Window.between(OPENS, CLOSES),)
    )
    begun = clock.perf_counter()
    hours.due_at(datetime(2026, 1, 12, 12, tzinfo=UTC), 1)
    print(f"index of {sum(1 for _ in calendar.days())} days: {clock.perf_counter() - begun:.4f} s")
    contenders: dict[str, Due] = {"day by day": day_by_day(calendar)}
    if importlib.util.find_spec("businesstimedelta"):
        contenders["businesstimedelta"] = businesstimedelta_peer(calendar)
    for title, minutes in MINUTES.items():
        report(title, minutes, hours, contenders)


def report(title: str, minutes: int, hours: Hours, contenders: dict[str, Due]) -> None:
    """One line for each way of computing `minutes`."""
    given = moments(2000)
    ours = seconds_each(hours.due_at, given, minutes)
    print(f"{title}\n  {'due_at':20}{ours * 1e6:10.2f} µs")

    def with_ledger(moment: datetime, minutes: int) -> datetime:
        due = hours.due_at(moment, minutes)
        hours.ledger(moment, due)
        return due

    counted = seconds_each(with_ledger, given, minutes)
    print(f"  {'due with its ledger':20}{counted * 1e6:10.2f} µs{counted / ours:10.1f} ×")
    for name, due in contenders.items():
        few = given[: 2000 if name == "day by day" else 50]
        wrong = sum(due(moment, minutes) != hours.due_at(moment, minutes) for moment in few)
        if wrong:
            print(f"  {name:20}{wrong} of {len(few)} answers differ: not timed")
            continue
        taken = seconds_each(due, few, minutes)
        print(f"  {name:20}{taken * 1e6:10.2f} µs{taken / ours:10.1f} ×")


if __name__ == "__main__":
    main()
