"""What the language page says of moved clocks is what the engine counts and reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from reglament.language.requests.told_moments import read_datetime
from reglament.language.syntax.mismatch import TypeMismatch
from support.november import every_day
from support.places import DOCS

PAGE = DOCS / "language.md"
HOUR = timedelta(hours=1)


def rows() -> Iterator[tuple[str, ...]]:
    """The rows of the page's table on moved clocks."""
    section = PAGE.read_text("utf-8").split("### Where clocks are moved")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield tuple(cell.strip() for cell in line.strip("|").split("|"))


ROWS = list(rows())


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_hours_are_open_as_the_page_says(row: tuple[str, ...]) -> None:
    zone, said, when, is_open, passing = row
    opens, closes = (time.fromisoformat(clock.replace("24:", "00:")) for clock in said.split("–"))
    day = date.fromisoformat(when[:10])
    hours = every_day(zone, opens, closes, f"{day.year}-01-01", f"{day.year}-12-31")

    span = next(iter(hours.shifts(day)), None)
    shown = "never" if span is None else " – ".join(map(_clock, span))

    assert shown == is_open
    assert _passing(span) == HOUR * float(passing)


def _clock(moment: datetime) -> str:
    return re.sub(r"^.*T(..:..):00", r"\1", moment.isoformat())


def _passing(span: tuple[datetime, datetime] | None) -> timedelta:
    if span is None:
        return timedelta(0)
    utc = ZoneInfo("UTC")
    return span[1].astimezone(utc) - span[0].astimezone(utc)


def test_the_page_shows_every_kind_of_moved_clock() -> None:
    told = " ".join(" ".join(row) for row in ROWS)

    assert all(word in told for word in ("forward", "back", "skipped", "never"))


@pytest.mark.parametrize("text", ["2026-03-29T02:30", "2026-10-25T02:30"])
def test_a_request_may_not_tell_such_a_time_without_its_offset(text: str) -> None:
    with pytest.raises(TypeMismatch) as unfit:
        read_datetime(text, ZoneInfo("Europe/Berlin"))

    assert unfit.value.code.startswith("local-time")
