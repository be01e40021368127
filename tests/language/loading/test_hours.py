"""What hours say in a policy, and when desks are open by it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reglament.analysis.findings import check
from reglament.language.loading.version_loader import read_version
from reglament.model.problems import Refused
from reglament.policy import load_policy
from reglament.worktime.hours import Hours
from reglament.worktime.open_time import OpenTime

POLICY = """
policy: desks
version: "1"
title: {{ru: Часы, en: Desks}}
holds_from: 2020-01-01
known_from: 2020-01-01
chosen_by: at
time_zone: {zone}
facts: {{at: {{type: datetime}}}}
calendars:
  week:
    title: {{ru: будни, en: weekdays}}
    covers: {{from: 2026-01-01, until: 2026-12-31}}
    working_weekdays: [monday, tuesday, wednesday, thursday, friday]
    short_by: 1 hour
    years: {{2026: {{source: none, days_off: [2026-12-25], short_days: [2026-12-24]}}}}
hours:
{hours}
decisions:
  due:
    type: datetime
    rules: [{{id: due, then: {{working_hours_after: [at, 4], hours: desk}}}}]
"""
PLAIN = "title: {ru: часы, en: desk}, calendar: week"


def desks(tmp_path: Path, hours: str, zone: str = "UTC") -> Path:
    """A policy with these hours, a line each."""
    path = tmp_path / "desks.yaml"
    below = "\n".join(f"  {line.strip()}" for line in hours.strip().splitlines())
    path.write_text(POLICY.format(hours=below, zone=zone), encoding="utf-8")
    return path


def hours_of(tmp_path: Path, hours: str, zone: str = "UTC", name: str = "desk") -> OpenTime:
    found = read_version(desks(tmp_path, hours, zone)).hours[name]
    assert isinstance(found, OpenTime)
    return found


def due(tmp_path: Path, hours: str, at: str, zone: str = "UTC") -> str:
    decided = load_policy(desks(tmp_path, hours, zone)).decide({"at": at})
    return str(decided.to_dict()["decisions"]["due"]["outcome"])


def times(hours: OpenTime, day: str) -> list[str]:
    """The shifts of a day as a clock on the wall shows them."""
    return [
        f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in hours.shifts(date.fromisoformat(day))
    ]


@pytest.mark.parametrize(
    ("says", "at", "expected"),
    [
        pytest.param(
            'windows: ["09:00-13:00", "14:00-18:00"]', "2026-11-26T11:00", "26T16:00", id="lunch"
        ),
        pytest.param('from: "22:00", until: "06:00"', "2026-11-27T22:00", "28T02:00", id="night"),
        pytest.param('from: "22:00", until: "06:00"', "2026-11-28T04:00", "12-01T00:00"),
        pytest.param('windows: "00:00-24:00"', "2026-11-26T22:00", "27T02:00", id="midnight"),
        pytest.param('from: "00:00", until: "24:00"', "2026-11-27T22:00", "30T02:00"),
    ],
)
def test_four_hours_later(tmp_path: Path, says: str, at: str, expected: str) -> None:
    # What the night from Friday leaves is two hours; the other two follow on Monday night.
    day = expected if expected.startswith("12") else f"11-{expected}"

    found = due(tmp_path, f"desk: {{{PLAIN}, {says}}}", at)

    assert found == f"2026-{day}:00+00:00"


def test_weekdays_and_days_have_windows_of_their_own(tmp_path: Path) -> None:
    hours = hours_of(
        tmp_path,
        f"""desk: {{{PLAIN}, from: "09:00", until: "18:00", weekdays: {{friday: "09:00-15:00"}},
            short_days: ["10:00-12:00"],
            dates: {{2026-11-28: ["10:00-11:00", "12:00-13:00"], 2026-11-30: []}}}}""",
    )

    assert times(hours, "2026-11-26") == ["09:00-18:00"]
    assert times(hours, "2026-11-27") == ["09:00-15:00"]
    assert times(hours, "2026-11-28") == ["10:00-11:00", "12:00-13:00"]
    assert times(hours, "2026-11-30") == []
    assert times(hours, "2026-12-24") == ["10:00-12:00"]
    assert [hours.calendar.is_working(date(2026, 11, day)) for day in (28, 29, 30)] == [
        True, False, False,
    ]  # fmt: skip


def test_a_short_day_ends_earlier_whatever_its_windows(tmp_path: Path) -> None:
    says = 'windows: ["09:00-13:00", "14:00-14:30"], short_days: shortened'

    assert times(hours_of(tmp_path, f"desk: {{{PLAIN}, {says}}}"), "2026-12-24") == ["09:00-13:00"]
    assert isinstance(hours_of(tmp_path, f"desk: {{{PLAIN}, {says}}}"), Hours)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25)])
@pytest.mark.parametrize("says", ["always: true", 'calendar: days, windows: "00:00-24:00"'])
def test_a_civil_day_counts_the_hours_that_pass(
    tmp_path: Path, day: str, hours: int, says: str
) -> None:
    path = desks(tmp_path, f"desk: {{title: {{ru: ч, en: d}}, {says}}}", "America/New_York")
    week = "[monday, tuesday, wednesday, thursday, friday]"
    every = "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]"
    path.write_text(
        path.read_text(encoding="utf-8").replace(week, every).replace("  week:", "  days:"),
        encoding="utf-8",
    )
    desk = read_version(path).hours["desk"]

    ((opens, closes),) = desk.shifts(date.fromisoformat(day))

    assert closes.timestamp() - opens.timestamp() == hours * 3600
    assert sum((row.worked for row in desk.ledger(opens, closes)), timedelta()) == timedelta(
        hours=hours
    )


def test_a_desk_with_a_clock_of_its_own_is_due_on_the_clock_of_the_policy(tmp_path: Path) -> None:
    says = f'desk: {{{PLAIN}, from: "09:00", until: "17:00", time_zone: America/New_York}}'

    assert due(tmp_path, says, "2026-11-26T12:00", "Europe/Berlin") == "2026-11-26T19:00:00+01:00"
    assert times(hours_of(tmp_path, says, "Europe/Berlin"), "2026-11-26") == ["09:00-17:00"]
    decided = load_policy(tmp_path / "desks.yaml").decide({"at": "2026-11-26T12:00"})
    assert "09:00 -05:00" in decided.explain("en", reader="auditor")


def test_the_first_open_desk_follows_the_sun(tmp_path: Path) -> None:
    says = """
        sydney: {title: {ru: С, en: S}, calendar: week, windows: "09:00-17:00", time_zone: SYDNEY}
        london: {title: {ru: Л, en: L}, calendar: week, windows: "09:00-17:00", time_zone: LONDON}
        desk: {title: {ru: все, en: all}, first_open_of: [sydney, london]}
    """
    says = says.replace("SYDNEY", "Australia/Sydney").replace("LONDON", "Europe/London")
    desk = hours_of(tmp_path, says)

    # Sydney works from 22:00 to 06:00, London from 09:00 to 17:00.
    assert due(tmp_path, says, "2026-11-26T16:00") == "2026-11-27T01:00:00+00:00"
    assert due(tmp_path, says, "2026-11-27T16:00") == "2026-11-30T01:00:00+00:00"
    assert times(desk, "2026-11-26") == ["00:00-06:00", "09:00-17:00", "22:00-00:00"]
    assert desk.is_open(datetime(2026, 11, 26, 23, tzinfo=ZoneInfo("UTC")))
    assert not desk.calendar.is_working(date(2026, 11, 28))


EVERY_KIND = """
    lunch: {title: {ru: о, en: l}, calendar: week, windows: ["09:00-13:00", "14:00-18:00"]}
    night: {title: {ru: н, en: n}, calendar: week, from: "22:00", until: "06:00", time_zone: UTC}
    own: {title: {ru: с, en: o}, calendar: week, windows: "09:00-18:00", short_days: shortened}
    short: {title: {ru: к, en: s}, calendar: week, windows: "09:00-18:00", short_days: ["09:00-12:00"]}
    dates: {title: {ru: д, en: d}, calendar: week, windows: "09:00-18:00", dates: {2026-12-24: []}}
    days: {title: {ru: д, en: d}, calendar: week, windows: "09:00-18:00", weekdays: {friday: "09:00-12:00"}}
    always: {title: {ru: в, en: a}, always: true}
    desk: {title: {ru: п, en: f}, first_open_of: [night, dates]}
"""  # noqa: E501


def test_a_bundle_keeps_hours_of_every_kind(tmp_path: Path) -> None:
    policy = load_policy(desks(tmp_path, EVERY_KIND, "America/New_York"))
    kept = tmp_path / "desks.json"
    kept.write_text(policy.bundle(), encoding="utf-8")
    told = {"at": "2026-12-23T17:00"}

    again = load_policy(kept)

    assert again.decide(told).to_dict()["decisions"] == policy.decide(told).to_dict()["decisions"]
    for name, hours in policy.versions[-1].hours.items():
        same = again.versions[-1].hours[name]
        days = [date(2026, 12, day) for day in range(20, 31)]
        assert [same.shifts(day) for day in days] == [hours.shifts(day) for day in days]


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ('desk: {calendar: week, windows: ["09:00-13:00", "12:00-18:00"]}', "windows-overlap"),
        ('desk: {calendar: week, windows: ["22:00-06:00", "02:00-03:00"]}', None),
        ('desk: {calendar: week, windows: ["9:00-13:00"]}', "wrong-form"),
        ('desk: {calendar: week, windows: []}', "too-few"),
        ('desk: {calendar: week, windows: "09:00-09:00"}', "empty-interval"),
        ('desk: {calendar: week, from: "24:00", until: "09:00"}', "empty-interval"),
        ('desk: {calendar: week, windows: "09:00-12:00", from: "09:00"}',
         "keys-exclude-each-other"),
        ("desk: {calendar: week}", "missing-key"),
        ("desk: {}", "missing-key"),
        ("desk: {always: true, calendar: week}", "keys-exclude-each-other"),
        ("desk: {always: false}", "wrong-type"),
        ('desk: {calendar: week, windows: "09:00-12:00", weekdays: {sunday: "09:00-10:00"}}',
         "weekday-never-works"),
        ('desk: {calendar: week, windows: "09:00-12:00", weekdays: {son: "09:00-10:00"}}',
         "unknown-word"),
        ('desk: {calendar: week, windows: "09:00-12:00", dates: {2027-01-01: []}}',
         "day-not-covered"),
        ('desk: {calendar: week, windows: "09:00-12:00", time_zone: Mars/Base}', "unknown-zone"),
        ("desk: {first_open_of: [week, desk]}", "unknown-hours"),
        ("desk: {first_open_of: [a, a]}", "unknown-hours"),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_refused_by_name(
    tmp_path: Path, says: str, code: str | None
) -> None:
    path = desks(tmp_path, says)
    if code is None:
        read_version(path)
        return
    with pytest.raises(Refused) as refused:
        read_version(path)

    told = {problem.code: problem for problem in refused.value.problems}
    assert code in told
    assert told[code].message.to("ru")
    assert told[code].place is not None


def test_a_calendar_may_have_no_days_but_those_of_its_years(tmp_path: Path) -> None:
    """Public holidays, say: no weekday is one, and the days are listed."""
    path = desks(tmp_path, f"desk: {{{PLAIN}, windows: ['00:00-24:00']}}")
    text = path.read_text("utf-8")
    holidays = "working_days: [2026-05-01, 2026-12-25], short_days: []"
    text = text.replace("[monday, tuesday, wednesday, thursday, friday]", "[]")
    text = text.replace("days_off: [2026-12-25], short_days: [2026-12-24]", holidays)
    path.write_text(text, "utf-8")
    policy = load_policy(path)
    (hours,) = policy.versions[0].hours.values()
    outcome = {
        at: policy.decide({"at": at})["due"] for at in ("2026-04-30T23:00", "2026-12-26T00:00")
    }

    assert isinstance(hours, Hours)
    assert times(hours, "2026-05-01") == ["00:00-00:00"]
    assert times(hours, "2026-05-02") == []
    assert str(outcome["2026-04-30T23:00"].value) == "2026-05-01 04:00:00+00:00"
    assert outcome["2026-12-26T00:00"].refused is not None
    assert check(policy.versions[0]) is not None
