"""A day that no calendar covers is refused with the fact from which it was computed."""

from __future__ import annotations

from datetime import date

import pytest

from reglament import Policy, load_policy
from reglament.model.problems import Problem
from support.refunds import CALENDAR, HEAD, YES_NO, written

DECISIONS = f"""
facts:
  sent.on: {{type: date}}
decisions:
  in_hours:
    {YES_NO}
    rules: [{{id: r-open, when: {{asked.at: {{within: desk}}}}, then: yes}}]
    otherwise: {{then: no}}
  packed:
    type: date
    rules: [{{id: r-packed, then: {{days_after: [sent.on, 3]}}}}]
  posted:
    type: date
    nullable: true
    rules: [{{id: r-posted, then: {{working_day_at_or_after: [packed], hours: desk}}}}]
  on_sale:
    {YES_NO}
    rules: [{{id: r-sale, when: {{bought.on: {{before: 2024-06-01}}}}, then: yes}}]
    otherwise: {{then: no}}
"""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    folder = tmp_path_factory.mktemp("refunds")
    return load_policy(written(folder, HEAD, CALENDAR, DECISIONS))


def refused(policy: Policy, told: dict[str, object]) -> Problem:
    decided = policy.decide({"bought.on": "2025-03-03", **told})
    (refused,) = {one.refused for one in decided.values() if one.refused is not None}
    return refused.problem


@pytest.mark.parametrize(
    ("asked", "sent", "fact", "day"),
    [
        ("2025-03-03T12:00", "2024-03-04", "asked.at", "2025-03-03"),
        ("2024-03-04T12:00", "2025-03-03", "sent.on", "2025-03-06"),
        ("2024-12-31T12:00", "2025-03-03", "sent.on", "2025-03-06"),
        ("2024-03-04T12:00", "2024-12-31", "sent.on", "2025-01-03"),
    ],
)
def test_the_fact_is_the_one_that_the_computation_started_from(
    policy: Policy, asked: str, sent: str, fact: str, day: str
) -> None:
    problem = refused(policy, {"asked.at": asked, "sent.on": sent})

    assert (problem.code, problem.fact) == ("outside-calendar", fact)
    assert f": {day} is outside" in problem.message.to("en")


def test_a_day_that_no_calendar_is_asked_about_may_be_any(policy: Policy) -> None:
    told = {"asked.at": "2024-03-04T12:00", "sent.on": "2024-03-04", "bought.on": "2025-03-03"}

    assert policy.decide(told)["posted"].outcome == date(2024, 3, 7)
    assert policy.decide(told)["on_sale"].outcome == "no"
