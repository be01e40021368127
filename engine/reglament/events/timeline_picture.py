"""From what happened to one subject and what is next to lines of text and to a picture (SVG)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from reglament.model.words import Language, Words
from reglament.rendering.visible import visible

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


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the timeline."""

    at: datetime
    what: What
    label: Words
    detail: Words


def as_text(moments: Iterable[Moment], language: Language, zone: str) -> str:
    """A line for each moment, in order of time."""
    lines = []
    for one in moments:
        detail = one.detail.to(language)
        told = f"{_when(one.at, zone)}  {SIGNS[one.what]} {one.label.to(language)}"
        lines.append(f"{told}  {detail}".rstrip())
    return "\n".join(lines)


def as_svg(title: str, moments: Sequence[Moment], language: Language, zone: str) -> str:
    """The same as a picture without scripts, fonts or anything else from outside."""
    height = TOP + ROW * (len(moments) + 1)
    rows = "\n".join(_row(one, number, language, zone) for number, one in enumerate(moments))
    last = TOP + ROW * max(0, len(moments) - 1)
    return visible(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' font-family="sans-serif" font-size="13">\n<title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n'
        f'<line x1="{LEFT}" y1="{TOP}" x2="{LEFT}" y2="{last}" stroke="#d0d7de"'
        f' stroke-width="2"/>\n{rows}\n</svg>\n'
    )


def _row(one: Moment, number: int, language: Language, zone: str) -> str:
    y = TOP + ROW * number
    colour = COLOURS[one.what]
    fill = "#ffffff" if one.what is What.NEXT else colour
    label, detail = escape(one.label.to(language)), escape(_cut(one.detail.to(language)))
    return (
        f'<text x="{LEFT - 14}" y="{y + 4}" text-anchor="end" fill="#57606a">'
        f"{escape(_when(one.at, zone))}</text>\n"
        f'<circle cx="{LEFT}" cy="{y}" r="6" fill="{fill}" stroke="{colour}" stroke-width="2"/>\n'
        f'<text x="{LEFT + 16}" y="{y + 4}"><tspan fill="{colour}">{label}</tspan>'
        f'<tspan dx="8" fill="#57606a">{detail}</tspan></text>'
    )


def _cut(text: str, most: int = 72) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _when(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S")
