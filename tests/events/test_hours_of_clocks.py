"""Clocks of subjects run and pause in the hours by which their deadlines are counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.cli_runner import run
from support.laws import sample

POLICY = """
policy: incidents
version: "1"
title: {en: Incidents}
holds_from: 2025-01-01
known_from: 2025-01-01
time_zone: Europe/Berlin
chosen_by: incident.at
facts:
  incident.at: {type: datetime, label: {en: reported}}
  incident.severity:
    type: choice
    options: {critical: {en: critical}, low: {en: low}}
    label: {en: severity}
calendars:
  week:
    title: {en: weekdays}
    covers: {from: 2026-01-01, until: 2026-12-31}
    working_weekdays: [monday, tuesday, wednesday, thursday, friday]
    years: {2026: {}}
hours:
  desk: {title: {en: desk}, calendar: week, windows: ["09:00-13:00", "14:00-18:00"]}
  night: {title: {en: night}, calendar: week, windows: "22:00-06:00"}
  always: {title: {en: around the clock}, always: true}
decisions:
  repair_due:
    label: {en: repaired until}
    type: datetime
    rules:
      - id: repair
        then:
          working_hours_after: [incident.at, 4]
          hours: {by: incident.severity, critical: always, low: desk}
  look_due:
    label: {en: looked at until}
    type: datetime
    rules: [{id: look, then: {working_hours_after: [incident.at, 4], hours: night}}]
subjects:
  incident:
    label: {en: incident}
    events:
      reported: {label: {en: reported}, moment: incident.at}
      told: {label: {en: told more}}
      paused: {label: {en: waits for the customer}}
      resumed: {label: {en: goes on}}
    clocks:
      repair: {label: {en: repair}, due: repair_due, starts: [reported], pauses: [paused], resumes: [resumed]}
      look: {label: {en: look}, due: look_due, starts: [reported], pauses: [paused], resumes: [resumed]}
reactions:
  - {id: late, subject: incident, when: [{clock: repair}], do: {warn: manager}, because: {en: Late.}}
  - {id: half, subject: incident, when: [{clock: repair, used: 50}], do: {warn: one}, because: {en: Half.}}
  - {id: unseen, subject: incident, when: [{clock: look}], do: {warn: manager}, because: {en: Unseen.}}
"""  # noqa: E501
PAUSED = (("12:30", "paused", None), ("17:30", "resumed", None))


@pytest.mark.parametrize(
    ("events", "expected"),
    sample([
        # Half an hour of desk hours is spent before the pause; until 18:00 another half.
        pytest.param(
            (("12:00", "reported", "low"), *PAUSED),
            {"unseen": "27T02:00", "half": "27T10:00", "late": "27T12:00"},
            id="in desk hours",
        ),
        pytest.param(
            (("12:00", "reported", "critical"), *PAUSED),
            {"half": "26T19:00", "late": "26T21:00", "unseen": "27T02:00"},
            id="around the clock",
        ),
        pytest.param(
            (("12:00", "reported", "low"), ("12:15", "told", "critical"), *PAUSED),
            {"half": "26T19:00", "late": "26T21:00", "unseen": "27T02:00"},
            id="around the clock from now on",
        ),
        pytest.param(
            (("23:00", "reported", "critical"), ("23:30", "paused", None), ("23:59", "told", None)),
            {},
            id="paused over midnight",
        ),
        pytest.param(
            (("23:00", "reported", "critical"),),
            {"half": "27T01:00", "unseen": "27T03:00", "late": "27T03:00"},
            id="over midnight",
        ),
    ], 2),
)  # fmt: skip
def test_a_clock_stands_still_in_its_own_hours(
    tmp_path: Path, events: tuple[tuple[str, str, str | None], ...], expected: dict[str, str]
) -> None:
    policy, told = tmp_path / "incidents.yaml", tmp_path / "events.jsonl"
    policy.write_text(POLICY, encoding="utf-8")
    lines = [
        {
            "id": str(number),
            "subject": "incident/A",
            "event": event,
            "at": f"2026-11-26T{clock}:00+01:00",
            **({"facts": {"incident.severity": severity}} if severity else {}),
        }
        for number, (clock, event, severity) in enumerate(events)
    ]
    told.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")

    result = run(
        "watch", str(told), "--policy", str(policy), "--journal", str(tmp_path / "journal.db"),
        "--as-of", "2026-12-31T00:00",
    )  # fmt: skip

    effects = [json.loads(line) for line in result.stdout.splitlines()]
    assert {one["reaction"]: one["at"] for one in effects} == {
        name: f"2026-11-{moment}:00+01:00" for name, moment in expected.items()
    }
