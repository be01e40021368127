"""From counted working time to a drawing in SVG that stands inside a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from math import ceil
from xml.etree.ElementTree import Element

from reglament.frozen import frozen
from reglament.messages import Language, Message
from reglament.model.calendar import WorkingHours
from reglament.model.outcomes import WorkedSpan
from reglament.rendering.pictures.svg import picture, shape, text
from reglament.rendering.words import cldr as lang

WIDTH = 480
LEFT, RIGHT, ROW = 112, 64, 26
MOST_DAYS = 62


@frozen
class Scale:
    """Where the time of a day stands on the picture, from `first` to `last` hour.

    What begins on a day and ends past its midnight goes on beyond hour 24.
    """

    first: int
    last: int

    @classmethod
    def of(cls, hours: WorkingHours, days: Sequence[date]) -> Scale:
        """An hour more on both sides than the days need."""
        shifts = ((day, shift) for day in days for shift in hours.shifts(day))
        edges = [hours_of(edge, day) for day, shift in shifts for edge in shift]
        first, last = min(edges, default=0), max(edges, default=24)
        return cls(max(0, int(first) - 1), max(min(24, int(last) + 1), ceil(last)))

    def x(self, moment: datetime, day: date) -> float:
        """The place of a moment, kept within the picture."""
        return self.at(hours_of(moment, day))

    def at(self, hours: float) -> float:
        """The place of an hour."""
        share = (min(max(hours, self.first), self.last) - self.first) / (self.last - self.first)
        return LEFT + share * (WIDTH - LEFT - RIGHT)


def days_picture(ledger: Sequence[WorkedSpan], hours: WorkingHours, language: Language) -> str:
    """The days from the first counted span to the last; open hours pale, what was counted full."""
    if not ledger:
        return ""
    first, last = ledger[0].day, ledger[-1].day
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    cut = days[:MOST_DAYS]
    scale = Scale.of(hours, cut)
    rows = {day: list(some) for day, some in groupby(ledger, lambda row: row.day)}
    parts = list(_hour_marks(scale, len(cut)))
    for number, day in enumerate(cut):
        parts += _day_row(day, 24 + number * ROW, hours, rows.get(day, []), scale, language)
    if len(days) > len(cut):
        words = Message("days-more", days=len(days) - len(cut))
        parts.append(text(0, 40 + len(cut) * ROW, words.to(language)))
    height = 24 + len(cut) * ROW + 8 + ROW * (len(days) > len(cut))
    return picture((0, 0, WIDTH, height), Message("working-time-counted").to(language), parts)


def _day_row(
    day: date,
    y: int,
    hours: WorkingHours,
    spans: Sequence[WorkedSpan],
    scale: Scale,
    language: Language,
) -> Iterator[Element]:
    shifts = hours.shifts(day)
    kind = "" if shifts else "off"
    name = f"{lang.short_weekday(day, language)} {day.day:02}.{day.month:02}.{day.year % 100:02}"
    yield text(0, y + 16, name, class_=kind)
    if not shifts:
        named = hours.calendar.name_of(day)
        if named is not None:
            yield text(scale.at(scale.first + 1) + 4, y + 16, named.to(language), class_="off")
        return
    for opens, closes in shifts:
        yield _bar(scale.x(opens, day), scale.x(closes, day), y, "open")
    for span in spans:
        start, end = (lang.in_zone(at, hours.zone) for at in (span.start, span.end))
        told = f"{start:%H:%M}-{end:%H:%M}"
        yield _bar(scale.x(start, day), scale.x(end, day), y, "counted", told)
    if spans:
        yield text(WIDTH - RIGHT + 8, y + 16, _length(spans, language), class_="count")


def hours_of(moment: datetime, day: date) -> float:
    """How many hours of the clock a moment is from the midnight with which the day begins."""
    since = moment.replace(tzinfo=None) - datetime.combine(day, time())
    return since / timedelta(hours=1)


def _length(spans: Sequence[WorkedSpan], language: Language) -> str:
    worked = sum((span.end - span.start for span in spans), timedelta(0))
    minutes, seconds = divmod(worked // timedelta(seconds=1), 60)
    told = f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return Message("hours-short", told=told).to(language)


def _hour_marks(scale: Scale, rows: int) -> Iterator[Element]:
    for hour in range(scale.first + 1, scale.last):
        x = scale.at(hour)
        yield shape("line", class_="hour", x1=x, x2=x, y1=20, y2=24 + rows * ROW)
        if (hour - scale.first - 1) % 3 == 0:
            yield text(x, 14, f"{hour % 24}:00", class_="mark", text_anchor="middle")


def _bar(start: float, end: float, y: int, kind: str, title: str = "") -> Element:
    told = [shape("title", title)] if title else []
    width = max(end - start, 1.5)
    return shape("rect", *told, class_=kind, x=start, y=y + 3, width=width, height=ROW - 8)
