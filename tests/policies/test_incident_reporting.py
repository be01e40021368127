"""The bundled regulation in one language: lists of incidents, limits by days of Member States."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.source_text import compare
from reglament.analysis.worked_examples import try_examples
from reglament.policy import Policy, bundled_policies
from support.laws import examples
from support.places import DOCS
from support.shipped import shipped

NAME = "dora-incident-reporting"
POLICY = shipped(NAME)
CET = ZoneInfo("Europe/Brussels")
COUNTRIES = {"germany": "DE", "france": "FR", "luxembourg": "LU"}
QUIET: dict[str, Any] = {
    "occurred_on": "2026-03-02",
    "same_cause": True,
    "critical_functions": True,
    "supervised_services": False,
    "intrusion": False,
    "may_lose_data": False,
    "harms_data": False,
    "clients": 10,
    "client_share": 1,
    "hits_markets": False,
    "hits_relevant": False,
    "hurts_reputation": False,
    "duration": "1 hour",
    "downtime": "1 hour",
    "member_states": 1,
    "costs": 1000,
}
MEETS = (
    {"client_share": 50},
    {"hurts_reputation": True},
    {"downtime": "3 hours"},
    {"member_states": 2},
    {"harms_data": True},
    {"costs": 100_001},
)
ENTITY: dict[str, Any] = {
    "case.nature": "ict",
    "case.hits_clients_together": False,
    "entity.is_small": False,
    "case.aware_at": "2026-03-02T09:00",
}


def test_every_sentence_of_the_page_has_its_clause() -> None:
    page = (DOCS / "regulations" / f"{NAME}.md").read_text(encoding="utf-8")
    report = compare(POLICY.versions[-1].clauses, page)
    assert (report.changed, report.missing, report.uncovered) == ((), (), ())


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1])
def test_the_worked_examples_pass_and_reach_every_rule(number: int) -> None:
    version = POLICY.versions[number]
    alone = Policy((version,))
    report = try_examples(version, lambda one: alone.decide(one.facts))
    assert len(report.tried) >= (17, 35)[number]
    assert (report.failed, report.unreached) == ((), ())


def test_a_folder_of_shared_parts_is_no_policy() -> None:
    assert NAME in bundled_policies()
    assert "calendars" not in bundled_policies()


def test_a_letter_says_each_sentence_once_and_until_when() -> None:
    request = (DOCS / "requests" / NAME / "saturday-night.yaml").read_text(encoding="utf-8")
    letter = POLICY.decide(yaml.safe_load(request)).explain("en", "client")
    assert letter.count("An incident of the case is major by itself") == 1
    assert "due by 12pm on Monday 9 March 2026, since its limit falls on a day off" in letter
    assert "The intermediate report follows 72 hours after the initial notification." in letter


@pytest.mark.parametrize("state", COUNTRIES)
def test_bank_holidays_are_those_of_another_calendar(state: str) -> None:
    holidays = pytest.importorskip("holidays")
    theirs = holidays.country_holidays(COUNTRIES[state], years=range(2025, 2029))
    ours = POLICY.versions[-1].calendars[state]
    day = date(2025, 1, 1)
    while day.year < 2029:
        assert ours.is_working(day) is theirs.is_working_day(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize("met", range(len(MEETS) + 1))
def test_two_thresholds_make_an_incident_major_if_services_are_critical(met: int) -> None:
    told = {name: value for one in MEETS[:met] for name, value in one.items()}
    for is_critical in (False, True):
        incident = {**QUIET, **told, "critical_functions": is_critical}
        decided = POLICY.decide({**ENTITY, "case.incidents": [incident]})
        assert decided["incident.thresholds"].outcome == (met,)
        assert decided["duty"].outcome == ("report" if is_critical and met >= 2 else "no_report")


def test_small_failures_are_one_major_incident_from_the_second_on() -> None:
    failure = {**QUIET, "costs": 60_000, "downtime": "70 minutes"}
    for count in (1, 2, 3):
        decided = POLICY.decide({**ENTITY, "case.incidents": [failure] * count})
        assert decided["incident.class"].outcome == ("not_major",) * count
        assert decided["duty"].outcome == ("report" if count > 1 else "no_report")
        assert decided["recurring"].unmet == (
            () if count > 1 else ("at-least-twice", "two-thresholds-together")
        )


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 11, 1)).map(lambda m: m.replace(fold=0)),
    st.integers(0, 60),
    st.sampled_from(sorted(COUNTRIES)),
    st.booleans(),
)
@examples(60)
def test_the_initial_notification_is_due_as_a_clock_and_a_list_of_holidays_say(
    local: datetime, hours: int, state: str, is_bank: bool
) -> None:
    holidays = pytest.importorskip("holidays")
    days = holidays.country_holidays(COUNTRIES[state], years=range(2026, 2030))
    aware = local.replace(microsecond=0, tzinfo=CET).astimezone(ZoneInfo("UTC"))
    classified = aware + timedelta(hours=hours)
    due = classified + timedelta(hours=4)
    if hours <= 24:
        due = min(due, aware + timedelta(hours=24))
    at = due.astimezone(CET)
    if not is_bank and not days.is_working_day(at.date()):
        day = at.date()
        while not days.is_working_day(day):
            day += timedelta(days=1)
        at = datetime(day.year, day.month, day.day, 12, tzinfo=CET)

    decided = POLICY.decide(
        {
            "case.aware_at": aware.isoformat(),
            "case.classified_at": classified.isoformat(),
            "entity.kind": "credit_institution" if is_bank else "payment_institution",
            "entity.is_essential_or_important": False,
            "entity.member_state": state,
        },
        only=["initial_due"],
    )

    assert decided["initial_due"].outcome == at
