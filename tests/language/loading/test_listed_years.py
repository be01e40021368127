"""A calendar that lists the days of its years says something of every year that it covers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reglament.language.loading.version_loader import read_policy, read_version
from reglament.language.syntax.bundled import policies_folder
from reglament.model.problems import Problem, Refused
from support.refunds import HEAD, written

DECISION = """
decisions:
  d: {outcomes: {a: {ru: а, en: a}}, rules: [{id: r, then: a}]}
"""


def calendar(covers: str, years: str) -> str:
    week = "[monday, tuesday, wednesday, thursday, friday]"
    return f"calendars: {{c: {{covers: {{{covers}}}, working_weekdays: {week}{years}}}}}\n"


SAID = {
    "weekdays alone": ("from: 2020-01-01, until: 2030-12-31", ""),
    "weekdays alone, with a source": (
        "from: 2025-01-01, until: 2027-12-31",
        ", years: {2026: {source: none}}",
    ),
    "a year without special days": (
        "from: 2026-01-01, until: 2027-06-30",
        ", years: {2026: {days_off: [2026-01-01]}, 2027: {}}",
    ),
    "years before the only one that is known": (
        "from: 2023-01-01, until: 2024-12-31",
        ", years: {2024: {days_off: [2024-01-01]}}",
    ),
}
UNSAID = {
    "a year more": (
        ("from: 2026-01-01, until: 2027-01-01", ", years: {2026: {days_off: [2026-01-01]}}"),
        ("2027", "2027-01-01"),
    ),
    "a year more after a short day": (
        ("from: 2026-01-01, until: 2027-12-31", ", years: {2026: {short_days: [2026-01-09]}}"),
        ("2027", "2027-12-31"),
    ),
    "a year more after a Saturday of work": (
        ("from: 2026-01-01, until: 2028-12-31", ", years: {2026: {working_days: [2026-01-10]}}"),
        ("2027, 2028", "2028-12-31"),
    ),
    "a year before": (
        (
            "from: 2023-01-01, until: 2025-12-31",
            ", years: {2024: {days_off: [2024-01-01]}, 2025: {days_off: [2025-01-01]}}",
        ),
        ("2023", "2023-01-01"),
    ),
    "a year between": (
        (
            "from: 2023-01-01, until: 2025-12-31",
            ", years: {2023: {days_off: [2023-01-02]}, 2025: {days_off: [2025-01-01]}}",
        ),
        ("2024", "{from: 2023-01-01"),
    ),
}


def refused(path: Path) -> Problem:
    with pytest.raises(Refused) as caught:
        read_policy(path)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_a_calendar_that_says_something_of_each_year_is_read(
    tmp_path: Path, said: tuple[str, str]
) -> None:
    assert read_version(written(tmp_path, HEAD, DECISION, calendar(*said))).calendars


@pytest.mark.parametrize(("told", "found"), UNSAID.values(), ids=UNSAID)
def test_a_year_that_is_covered_and_not_listed_is_refused_at_covers(
    tmp_path: Path, told: tuple[str, str], found: tuple[str, str]
) -> None:
    problem = refused(written(tmp_path, HEAD, DECISION, calendar(*told)))

    assert problem.code == "year-not-listed"
    assert found[0] in problem.message.to("en")
    assert found[0] in problem.message.to("ru")
    assert problem.source_line is not None
    assert problem.place is not None
    assert problem.source_line[problem.place.column - 1 :].startswith(found[1])


@pytest.mark.parametrize(
    ("known", "moved"), [("until: 2027-12-31", "until: 2028-12-31"), ("2019-01", "2018-01")]
)
def test_the_shipped_calendar_covers_no_year_without_its_days(
    tmp_path: Path, known: str, moved: str
) -> None:
    policy = tmp_path / "support"
    shutil.copytree(policies_folder() / "technical-support", policy)
    file = policy / "2019-01-01" / "calendar.yaml"
    covers = "covers: {from: 2019-01-01, until: 2027-12-31}"
    file.write_text(file.read_text("utf-8").replace(covers, covers.replace(known, moved), 1))

    assert refused(policy).code == "year-not-listed"
