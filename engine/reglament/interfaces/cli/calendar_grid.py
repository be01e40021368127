"""From working hours to the days of a month, and from those to grids of weeks with a legend."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, zip_longest

import click

from reglament.frozen import frozen
from reglament.messages import Language, Message, Words
from reglament.model.calendar import WorkingHours
from reglament.rendering.words.cldr import day as day_in_words
from reglament.rendering.words.hours_in_words import times_of

ACROSS = 2  # months beside each other: with their gap they fit a terminal of 80 columns
CELL = 4  # a blank, a mark, a day: no mark stands beside the day before
WIDTH = 7 * CELL
GAP = " " * 4
SATURDAY = 5
# A mark stands before its day; ASCII, so that any terminal keeps the grid in line.
OFF, SHORT, WORKED_WEEKEND = "*", "-", "+"
COLOURS = {OFF: "red", SHORT: "yellow", WORKED_WEEKEND: "green"}
_TITLES = {
    OFF: Message("days-off-besides-weekends"),
    SHORT: Message("short-days"),
    WORKED_WEEKEND: Message("weekend-days-work"),
}


@frozen
class ShownDay:
    """One day: when it is open, and what it is called where it breaks its weekday's habit."""

    day: date
    shifts: Sequence[tuple[datetime, datetime]]
    is_short: bool
    name: Words | None

    @property
    def works(self) -> bool:
        """Whether it is open at all."""
        return bool(self.shifts)

    @property
    def minutes(self) -> int:
        """How many minutes it is open."""
        return sum((past - first) // timedelta(minutes=1) for first, past in self.shifts)

    @property
    def mark(self) -> str:
        """What stands before the day in the grid."""
        if not self.works:
            return OFF
        if self.name is not None and self.day.weekday() >= SATURDAY:
            return WORKED_WEEKEND
        return SHORT if self.is_short else " "


def days_of(hours: WorkingHours, first: date) -> list[ShownDay]:
    """The days of the month that begins on `first`. Raises OutsideCalendar."""
    calendar = hours.calendar
    days = [first.replace(day=day + 1) for day in range(monthrange(first.year, first.month)[1])]
    return [
        ShownDay(day, hours.shifts(day), calendar.is_short(day), calendar.name_of(day))
        for day in days
    ]


def grid(hours: WorkingHours, days: Sequence[ShownDay], language: Language) -> str:
    """The title, then months of weeks, a few beside each other."""
    months = [list(group) for _, group in groupby(days, lambda shown: shown.day.month)]
    rows = [months[start : start + ACROSS] for start in range(0, len(months), ACROSS)]
    blocks = [_beside([list(_month(month, language)) for month in row]) for row in rows]
    return "\n\n".join([_title(hours, language), *blocks])


def legend(days: Sequence[ShownDay], language: Language) -> str:
    """How much work there is, and the days that break the habit of their weekday, by name."""
    blocks = [_total(days, language)]
    for mark, title in _TITLES.items():
        marked = [shown for shown in days if _is_listed(shown, mark)]
        if marked:
            lines = [f"  {_line(shown, language)}" for shown in marked]
            blocks.append("\n".join([f"{mark} {title.to(language)}:", *lines]))
    return "\n" + "\n".join(blocks)


def _is_listed(shown: ShownDay, mark: str) -> bool:
    """Whether the day stands under that mark; a short working Saturday stands under two."""
    if mark == SHORT:
        return shown.works and shown.is_short
    return shown.mark == mark and shown.name is not None


def _line(shown: ShownDay, language: Language) -> str:
    from babel.dates import get_day_names

    weekday = get_day_names("abbreviated", "stand-alone", language)[shown.day.weekday()]
    name = "" if shown.name is None else f": {shown.name.to(language)}"
    return f"{day_in_words(shown.day, language)}, {weekday}{name}"


def _title(hours: WorkingHours, language: Language) -> str:
    opening = f"{times_of(hours, language)}, {hours.zone}"
    return (
        f"{hours.title.to(language)} (`{hours.id}`): {opening}; {hours.calendar.title.to(language)}"
    )


def _total(days: Sequence[ShownDay], language: Language) -> str:
    working, minutes = sum(day.works for day in days), sum(day.minutes for day in days)
    hours, rest = divmod(minutes, 60)
    clock = f"{hours}:{rest:02}" if rest else str(hours)
    return Message("working-days-working-hours", working=working, clock=clock).to(language)


def _month(days: Sequence[ShownDay], language: Language) -> Iterator[str]:
    from babel.dates import get_day_names, get_month_names

    first = days[0].day
    name = get_month_names("wide", "stand-alone", language)[first.month]
    yield f"{name} {first.year}".center(WIDTH)
    weekdays = get_day_names("short", "stand-alone", language)
    yield "".join(f"{weekdays[number]:>{CELL}}" for number in range(7))
    cells = [" " * CELL] * first.weekday() + [_cell(shown) for shown in days]
    for start in range(0, len(cells), 7):
        week = cells[start : start + 7]
        yield "".join(week) + " " * CELL * (7 - len(week))


def _cell(shown: ShownDay) -> str:
    text = f"{shown.mark}{shown.day.day}".rjust(CELL)
    colour = COLOURS.get(shown.mark)
    return text if colour is None else click.style(text, fg=colour)


def _beside(months: Sequence[Sequence[str]]) -> str:
    lines = zip_longest(*months, fillvalue=" " * WIDTH)
    return "\n".join(GAP.join(line).rstrip() for line in lines)
