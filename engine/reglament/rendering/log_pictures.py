"""From counted working time to a drawing in SVG that stands inside a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element

from reglament.messages import Language, Message
from reglament.model.calendar import WorkingHours
from reglament.model.outcomes import WorkedSpan
from reglament.rendering import cldr as lang
from reglament.rendering.svg import picture, shape, text

WIDTH = 480
LEFT, RIGHT, ROW = 112, 64, 26
MOST_DAYS = 62
_COUNTED = Message("working-time-counted")


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the time of a day stands on the picture, from `first` to `last` hour."""

    first: int
    last: int

    def x(self, moment: datetime | time) -> float:
        """The place of a clock time, kept within the picture."""
        hours = moment.hour + moment.minute / 60 + moment.second / 3600
        share = (min(max(hours, self.first), self.last) - self.first) / (self.last - self.first)
        return LEFT + share * (WIDTH - LEFT - RIGHT)


def days_picture(ledger: Sequence[WorkedSpan], hours: WorkingHours, language: Language) -> str:
    """The days from the first counted span to the last; open hours pale, what was counted full."""
    if not ledger:
        return ""
    scale = Scale(max(0, hours.opens.hour - 1), min(24, hours.closes.hour + 1))
    days = list(_days(ledger[0].day, ledger[-1].day))
    cut = days[:MOST_DAYS]
    spans = {row.day: row for row in ledger}
    parts = list(_hour_marks(scale, len(cut)))
    for number, day in enumerate(cut):
        parts += _day_row(day, 24 + number * ROW, hours, spans.get(day), scale, language)
    if len(days) > len(cut):
        words = Message("days-more", days=len(days) - len(cut))
        parts.append(text(0, 40 + len(cut) * ROW, words.to(language)))
    height = 24 + len(cut) * ROW + 8 + ROW * (len(days) > len(cut))
    return picture((0, 0, WIDTH, height), _COUNTED.to(language), parts)


def _day_row(
    day: date,
    y: int,
    hours: WorkingHours,
    span: WorkedSpan | None,
    scale: Scale,
    language: Language,
) -> Iterator[Element]:
    kind = "" if hours.span(day) is not None else "off"
    name = f"{lang.short_weekday(day, language)} {day.day:02}.{day.month:02}.{day.year % 100:02}"
    yield text(0, y + 16, name, class_=kind)
    open_ = hours.span(day)
    if open_ is None:
        named = hours.calendar.name_of(day)
        if named is not None:
            yield text(scale.x(hours.opens) + 4, y + 16, named.to(language), class_="off")
        return
    yield _bar(scale.x(open_[0]), scale.x(open_[1]), y, "open")
    if span is not None:
        start, end = (lang.in_zone(at, hours.zone) for at in (span.start, span.end))
        yield _bar(scale.x(start), scale.x(end), y, "counted", f"{start:%H:%M}-{end:%H:%M}")
        yield text(WIDTH - RIGHT + 8, y + 16, _length(span, language), class_="count")


def _length(span: WorkedSpan, language: Language) -> str:
    minutes, seconds = divmod((span.end - span.start) // timedelta(seconds=1), 60)
    told = f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return Message("hours-short", told=told).to(language)


def _hour_marks(scale: Scale, rows: int) -> Iterator[Element]:
    for hour in range(scale.first + 1, scale.last):
        x = scale.x(time(hour))
        yield shape("line", class_="hour", x1=x, x2=x, y1=20, y2=24 + rows * ROW)
        if (hour - scale.first - 1) % 3 == 0:
            yield text(x, 14, f"{hour}:00", class_="mark", text_anchor="middle")


def _bar(start: float, end: float, y: int, kind: str, title: str = "") -> Element:
    told = [shape("title", title)] if title else []
    width = max(end - start, 1.5)
    return shape("rect", *told, class_=kind, x=start, y=y + 3, width=width, height=ROW - 8)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)
