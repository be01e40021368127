"""Renewal and advice of the technical-support policy, as its contract tells them."""

from __future__ import annotations

from datetime import datetime

import pytest

from reglament import Policy
from support.technical_support import NOBODY, PAID, PARTNER, SERVICE, Facts

# -- renewal ------------------------------------------------------------------------------------

ACT: Facts = {
    "renewal.submitted_via": "portal",
    "renewal.act.number": "17/2026",
    "renewal.act.issued_by": "industry_solutions_centre",
    "renewal.act.lists_support": True,
    "renewal.act.used_before": False,
}
REQUIREMENTS = [
    "submitted_via_portal",
    "act_number_given",
    "act_issued_by_centre",
    "act_lists_support",
    "act_not_used_before",
]
FAULTS = dict(zip(ACT, ["phone", None, "certified_partner", False, True], strict=True))
NOW = "2026-11-20T12:00:00+03:00"


def test_a_renewal_that_meets_every_requirement_is_accepted(policy: Policy) -> None:
    decision = policy.decide({**ACT, "renewal.submitted_at": NOW})
    renewal = decision["renewal"]

    assert (renewal.outcome, renewal.unmet, renewal.open) == ("accepted", [], [])
    assert decision["renewal_effective_from"].outcome == datetime.fromisoformat(NOW)


@pytest.mark.parametrize(("fact", "requirement"), [*zip(ACT, REQUIREMENTS, strict=True)])
def test_each_requirement_alone_rejects_and_alone_stays_open(
    policy: Policy, fact: str, requirement: str
) -> None:
    others = {name: value for name, value in ACT.items() if name != fact}
    submitted = {"renewal.submitted_at": NOW}
    unmet = policy.decide({**others, **submitted, fact: FAULTS[fact]})
    lonely = policy.decide({fact: FAULTS[fact]})
    missing = policy.decide({**others, **submitted})

    assert (unmet["renewal"].outcome, unmet["renewal"].unmet) == ("rejected", [requirement])
    assert unmet["renewal_effective_from"].possible == [None]
    assert (lonely["renewal"].outcome, lonely["renewal"].unmet) == ("rejected", [requirement])
    assert lonely["renewal"].open == [one for one in REQUIREMENTS if one != requirement]
    assert missing["renewal"].possible == ["accepted", "rejected"]
    assert (missing["renewal"].needs, missing["renewal"].open) == ([fact], [requirement])
    from_then = missing["renewal_effective_from"]
    assert from_then.possible == [datetime.fromisoformat(NOW), None]


# -- advice -------------------------------------------------------------------------------------

REMOTELY = "request_remote_connection"
ADVICE: list[tuple[Facts, list[str]]] = [
    ({**PARTNER, SERVICE: "training", "request.channel": "portal"}, []),
    ({**NOBODY, SERVICE: "software_operation", "request.channel": "portal"}, ["buy_support"]),
    ({**NOBODY, SERVICE: "training", "request.channel": "portal"}, ["ask_certified_partner"]),
    ({**PARTNER, SERVICE: "onsite_visit", "request.channel": "portal"}, [REMOTELY]),
    ({**PAID, SERVICE: "training", "request.channel": "portal"}, ["ask_certified_partner"]),
    ({**PARTNER, SERVICE: "training", "request.channel": "fax"}, ["write_through_listed_channel"]),
]


@pytest.mark.parametrize(("facts", "steps"), ADVICE)
def test_advice_names_what_helps_the_requester_now(
    policy: Policy, facts: Facts, steps: list[str]
) -> None:
    assert policy.decide({**facts, **ACT})["advice"].outcome == steps


def test_another_act_is_advised_where_the_one_given_does_not_serve(policy: Policy) -> None:
    used = {**ACT, "renewal.act.used_before": True}
    advice = policy.decide({**PARTNER, SERVICE: "training", "request.channel": "phone", **used})

    assert advice["advice"].outcome == ["renew_with_new_act"]


def test_who_sells_support_comes_with_the_advice_to_buy_it(policy: Policy) -> None:
    asked = {"requester.district": "ural", SERVICE: "software_operation"}
    advice = policy.decide({**NOBODY, **asked})["advice"]
    buy = next(item for item in advice.items if item.id == "buy_support")

    assert buy.attached["payment_contact"]["email"] == "migolkin@shtrih-m.ru"
    assert advice.ask == []  # the answer is settled: refuse
    assert "request.channel" in policy.decide(PARTNER)["advice"].ask
