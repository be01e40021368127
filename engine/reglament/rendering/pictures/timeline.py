"""From what happened to one subject and what is next to lines of text and to a picture (SVG)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from reglament.frozen import frozen
from reglament.messages import Language, Words
from reglament.rendering.pictures.svg import picture, shape, text

ROW: Final = 26
LEFT, TOP, WIDTH = 190, 30, 900


class What(StrEnum):
    """What a moment of a timeline is."""

    EVENT = "event"
    EFFECT = "effect"
    WITHDRAWN = "withdrawn"
    NEXT = "next"


SIGNS: Final = {What.EVENT: "●", What.EFFECT: "▶", What.WITHDRAWN: "✕", What.NEXT: "○"}
COLOURS: Final = {
    What.EVENT: "#1f6feb",
    What.EFFECT: "#bf4b00",
    What.WITHDRAWN: "#6e7781",
    What.NEXT: "#57606a",
}


@frozen
class Moment:
    """One thing on the timeline."""

    at: datetime
    what: What
    label: Words
    detail: Words


def as_text(moments: Iterable[Moment], language: Language, zone: str) -> str:
    """A line for each moment, in order of time."""
    lines = []
    for moment in moments:
        detail = moment.detail.to(language)
        told = f"{_when(moment.at, zone)}  {SIGNS[moment.what]} {moment.label.to(language)}"
        lines.append(f"{told}  {detail}".rstrip())
    return "\n".join(lines)


def as_svg(title: str, moments: Sequence[Moment], language: Language, zone: str) -> str:
    """The same as a picture without scripts, fonts or anything else from outside."""
    height = TOP + ROW * (len(moments) + 1)
    last = TOP + ROW * max(0, len(moments) - 1)
    parts = [
        shape("rect", width=WIDTH, height=height, fill="#ffffff"),
        shape("line", x1=LEFT, y1=TOP, x2=LEFT, y2=last, stroke="#d0d7de", stroke_width=2),
    ]
    for number, moment in enumerate(moments):
        parts += _row(moment, number, language, zone)
    box = (0, 0, WIDTH, height)
    return picture(box, title, parts, font_family="sans-serif", font_size=13) + "\n"


def _row(moment: Moment, number: int, language: Language, zone: str) -> Iterator[Element]:
    y = TOP + ROW * number
    colour = COLOURS[moment.what]
    fill = "#ffffff" if moment.what is What.NEXT else colour
    yield text(LEFT - 14, y + 4, _when(moment.at, zone), text_anchor="end", fill="#57606a")
    yield shape("circle", cx=LEFT, cy=y, r=6, fill=fill, stroke=colour, stroke_width=2)
    label = shape("tspan", moment.label.to(language), fill=colour)
    detail = shape("tspan", _cut(moment.detail.to(language)), dx=8, fill="#57606a")
    yield shape("text", label, detail, x=LEFT + 16, y=y + 4)


def _cut(text: str, most: int = 72) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _when(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S")
