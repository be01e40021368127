"""`calendar`: a month or a year of working days, for people and for programs."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from support.cli_runner import run


def test_a_month_shows_days_off_and_short_days() -> None:
    assert run("calendar", "2026-11").stdout == dedent("""\
        support hours (`support_hours`): 10:00–19:00, Europe/Moscow; Russian production calendar

               November 2026
          Mo  Tu  We  Th  Fr  Sa  Su
                                  *1
           2  -3  *4   5   6  *7  *8
           9  10  11  12  13 *14 *15
          16  17  18  19  20 *21 *22
          23  24  25  26  27 *28 *29
          30

        working days: 20, working hours: 180
        * days off other than weekends:
          4 November 2026, Wed: National Unity Day
        - short days before holidays:
          3 November 2026, Tue
        """)


def test_a_working_saturday_is_marked_and_named() -> None:
    shown = run("calendar", "2025-11", "--lang", "ru").stdout

    assert "+1  *2" in shown
    assert (
        "+ рабочие субботы и воскресенья:\n  1 ноября 2025, сб: рабочий день, выходной перенесён"
        in shown
    )
    assert "- сокращённые предпраздничные дни:\n  1 ноября 2025, сб: рабочий день" in shown


def test_a_year_shows_twelve_months() -> None:
    grid, total, _ = run("calendar", "2025").stdout.partition("working days: 247, ")
    _, *lines = grid.splitlines()

    assert total
    assert sum(line.count(" 2025") for line in lines) == 12
    assert max(map(len, lines)) == 60


def test_programs_get_every_day() -> None:
    year = json.loads(run("calendar", "2025", "--json").stdout)
    days = {day["day"]: day for day in year["days"]}

    assert (year["working_days"], len(days)) == (247, 365)
    assert days["2025-11-01"] == {
        "day": "2025-11-01",
        "works": True,
        "short": True,
        "from": "2025-11-01T10:00:00+03:00",
        "until": "2025-11-01T19:00:00+03:00",
        "windows": [["2025-11-01T10:00:00+03:00", "2025-11-01T19:00:00+03:00"]],
        "minutes": 540,
        "name": {"ru": "рабочий день, выходной перенесён",
                 "en": "working day, its day off moved away"},
    }  # fmt: skip
    assert days["2025-11-02"]["from"] is None


WRONG = [
    (("2028",), "calendar `ru-production` does not cover the year 2028"),
    (("0000",), "`0000` is neither a year nor a month"),
    (("2026-13",), "`2026-13` is neither a year nor a month"),
    (("November",), "write `2026` or `2026-11`"),
    (("2026", "--hours", "suport_hours"), "did you mean `support_hours`?"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_a_calendar_that_is_not_there_is_refused(arguments: tuple[str, ...], message: str) -> None:
    refused = run("calendar", *arguments)

    assert message in refused.stderr
    assert (refused.exit_code, refused.stdout) == (2, "")
