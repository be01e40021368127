"""Every decision of the technical-support policy, from its contract alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from reglament import Policy, Refused
from support.technical_support import (
    AT,
    FREE,
    FROM,
    NOBODY,
    PAID,
    PARTNER,
    REGISTERED,
    SERVICE,
    UNTIL,
    Facts,
)

IN, OUT, SILENT, NOT_APPLICABLE = "in_scope", "out_of_scope", "not_regulated", "not_applicable"
TOOL = "request.remote_tool"


# -- tier, free_until ---------------------------------------------------------------------------

MONTHS = {
    "2026-10-01": "2027-01-01",
    "2026-11-30": "2027-02-28",
    "2027-11-29": "2028-02-29",
    "2027-11-30": "2028-02-29",
    "2023-11-30": "2024-02-29",
    "2024-02-29": "2024-05-29",
    "2024-11-29": "2025-02-28",
    "2026-01-31": "2026-04-30",
    "2026-03-31": "2026-06-30",
    "2026-05-31": "2026-08-31",
    "2026-08-31": "2026-11-30",
    "2026-12-31": "2027-03-31",
    "2026-02-28": "2026-05-28",
}


@pytest.mark.parametrize(("registered", "last"), MONTHS.items())
def test_free_support_lasts_three_calendar_months(
    policy: Policy, registered: str, last: str
) -> None:
    free_until = policy.decide({REGISTERED: registered})["free_until"]

    assert free_until.outcome == date.fromisoformat(last)
    assert free_until.readings == ["three-months"]


def test_a_key_that_is_not_registered_has_no_free_period(policy: Policy) -> None:
    free_until = policy.decide({REGISTERED: None})["free_until"]

    assert (free_until.status, free_until.outcome) == ("determined", None)


KEY = {**NOBODY, REGISTERED: "2026-08-31"}
FULL = {"requester.kind": "user", REGISTERED: "2026-11-01", AT: "2026-11-20T12:00"}
TIERS: list[tuple[Facts, str]] = [
    ({**KEY, AT: "2026-08-30T23:59:59"}, "none"),
    ({**KEY, AT: "2026-08-31T00:00"}, "free"),
    ({**KEY, AT: "2026-11-30T23:59:59.999999"}, "free"),
    ({**KEY, AT: "2026-12-01T00:00"}, "none"),
    ({**KEY, AT: "2026-11-30T15:30-05:00"}, "free"),
    ({**KEY, AT: "2026-11-30T23:30-05:00"}, "none"),
    ({**KEY, AT: "2026-08-30T21:00Z"}, "free"),
    ({**KEY, AT: "2026-08-30T20:59:59Z"}, "none"),
    ({**FULL, FROM: "2026-11-20T12:00", UNTIL: None}, "paid"),
    ({**FULL, FROM: "2026-11-20T12:00:00.000001", UNTIL: None}, "free"),
    ({**FULL, FROM: "2026-11-20T09:00Z", UNTIL: "2026-11-20"}, "paid"),
    ({**FULL, FROM: "2026-01-01T00:00", UNTIL: "2026-11-19"}, "free"),
    ({**FULL, FROM: "2026-01-01T00:00", UNTIL: "2026-11-20", AT: "2026-11-20T23:59:59"}, "paid"),
    ({**FULL, FROM: "2026-01-01T00:00", UNTIL: "2026-11-20", AT: "2026-11-20T21:00Z"}, "free"),
    ({**FULL, FROM: None, UNTIL: "2026-12-31"}, "free"),
    ({**FULL, "requester.kind": "certified_partner", FROM: "2026-01-01T00:00"}, "partner"),
    (NOBODY, "none"),
    ({**NOBODY, "requester.kind": "certified_partner"}, "partner"),
]


@pytest.mark.parametrize(("facts", "tier"), TIERS)
def test_the_tier_changes_exactly_at_its_boundaries(
    policy: Policy, facts: Facts, tier: str
) -> None:
    assert policy.decide(facts)["tier"].outcome == tier


# -- channel, desk, payment_contact -------------------------------------------------------------


@pytest.mark.parametrize("channel", ["portal", "phone", "email"])
def test_three_channels_are_accepted(policy: Policy, channel: str) -> None:
    assert policy.decide({"request.channel": channel})["channel"].outcome == "accepted"


@pytest.mark.parametrize("channel", ["telegram", "Portal", "портал", "e-mail"])
def test_any_other_word_is_a_channel_not_accepted(policy: Policy, channel: str) -> None:
    decision = policy.decide({"request.channel": channel})

    assert decision["channel"].outcome == "not_accepted"
    assert decision["answer"].outcome == "refuse"


DESK = {
    "2026-11-20T09:59:59.999999": "closed",
    "2026-11-20T10:00": "open",
    "2026-11-20T18:59:59.999999": "open",
    "2026-11-20T19:00": "closed",
    "2026-11-20T18:59:59.999999+05:00": "open",
    "2026-11-20T23:30-05:00": "closed",
    "2026-11-23T05:00-05:00": "open",
    "2026-11-21T12:00": "closed",
    "2024-04-27T12:00": "open",
    "2024-04-29T12:00": "closed",
    "2024-12-28T18:30": "open",
    "2025-12-30T18:59": "open",
    "2025-12-31T12:00": "closed",
    "2027-02-20T18:30": "open",
    "2027-02-22T12:00": "closed",
    "2026-11-03T18:30": "open",
    "2026-11-04T12:00": "closed",
    "2020-03-30T12:00": "closed",
    "2020-06-24T12:00": "closed",
    "2020-07-01T12:00": "closed",
    "2021-05-04T12:00": "closed",
    "2021-11-03T12:00": "closed",
}


@pytest.mark.parametrize(("created", "desk"), DESK.items())
def test_the_desk_is_open_within_hours_on_working_days(
    policy: Policy, created: str, desk: str
) -> None:
    assert policy.decide({AT: created})["desk"].outcome == desk


CONTACTS = {
    "nlitvinenko@shtrih-m.ru": ["central", "northwestern", "volga"],
    "eshepelin@shtrih-m.ru": ["southern", "north_caucasian"],
    "migolkin@shtrih-m.ru": ["ural", "siberian", "far_eastern"],
}


@pytest.mark.parametrize(
    ("district", "email"), [(one, email) for email, group in CONTACTS.items() for one in group]
)
def test_each_district_has_its_manager(policy: Policy, district: str, email: str) -> None:
    contact = policy.decide({"requester.district": district})["payment_contact"].outcome

    assert contact.keys() == {"name", "email"}
    assert contact["email"] == email


def test_outside_of_russia_no_manager_is_named(policy: Policy) -> None:
    contact = policy.decide({"requester.district": None})["payment_contact"]

    assert (contact.status, contact.outcome, contact.possible) == ("determined", None, [None])


# -- scope, answer ------------------------------------------------------------------------------

# The service with what is told of it; then by free, paid and partner support.
SCOPE: list[tuple[Facts, str, str, str]] = [
    ({SERVICE: "software_operation"}, IN, IN, IN),
    ({SERVICE: "error_correction", "request.fix_feasible": True}, IN, IN, IN),
    ({SERVICE: "error_correction", "request.fix_feasible": False}, OUT, OUT, IN),
    ({SERVICE: "training"}, OUT, OUT, IN),
    ({SERVICE: "user_specific_setup"}, OUT, OUT, IN),
    ({SERVICE: "software_update"}, OUT, OUT, IN),
    ({SERVICE: "onsite_visit"}, OUT, OUT, OUT),
    ({SERVICE: "custom_instructions", "request.general_guide_exists": True}, OUT, SILENT, IN),
    ({SERVICE: "custom_instructions", "request.general_guide_exists": False}, SILENT, SILENT, IN),
    ({SERVICE: "remote_connection", TOOL: None, "request.remote_approved": True}, OUT, SILENT, IN),
    ({SERVICE: "remote_connection", TOOL: "AnyDesk"}, OUT, SILENT, IN),
    ({SERVICE: "remote_connection", TOOL: "TeamViewer 12"}, OUT, SILENT, IN),
    ({SERVICE: "remote_connection", TOOL: "TeamViewer 11", "request.remote_approved": True},
     OUT, IN, IN),
    ({SERVICE: "remote_connection", TOOL: "TeamViewer 11", "request.remote_approved": False},
     OUT, OUT, IN),
    ({SERVICE: "data_recovery"}, SILENT, SILENT, SILENT),
]  # fmt: skip
ANSWERS = {IN: "accept", OUT: "refuse", SILENT: "refer", NOT_APPLICABLE: "refuse"}


@pytest.mark.parametrize(("service", "free", "paid", "partner"), SCOPE)
def test_the_scope_of_a_service_is_as_its_tier_lists_it(
    policy: Policy, service: Facts, free: str, paid: str, partner: str
) -> None:
    expected = [(FREE, free), (PAID, paid), (PARTNER, partner), (NOBODY, NOT_APPLICABLE)]
    for who, scope in expected:
        decision = policy.decide({**who, **service, "request.channel": "portal"})

        assert (decision["scope"].outcome, decision["answer"].outcome) == (scope, ANSWERS[scope])


# -- response_hours, response_due ---------------------------------------------------------------

DUE: list[tuple[Facts, int | None, str | None]] = [
    (PARTNER, 8, "2026-11-23T11:00"),
    (PAID, 16, "2026-11-23T19:00"),
    (FREE, 24, "2026-11-24T18:00"),
    (NOBODY, None, None),
    ({**PARTNER, AT: "2026-11-20T11:00"}, 8, "2026-11-20T19:00"),
    ({**PARTNER, AT: "2026-11-20T11:00:00.000001"}, 8, "2026-11-23T10:00:00.000001"),
    ({**PARTNER, AT: "2026-11-20T10:00"}, 8, "2026-11-20T18:00"),
    ({**PARTNER, AT: "2026-11-20T03:00"}, 8, "2026-11-20T18:00"),
    ({**PARTNER, AT: "2026-11-20T19:00"}, 8, "2026-11-23T18:00"),
    ({**PARTNER, AT: "2026-11-20T23:30-05:00"}, 8, "2026-11-23T18:00"),
    ({**PARTNER, AT: "2026-11-21T12:00"}, 8, "2026-11-23T18:00"),
    ({**PARTNER, AT: "2026-11-03T18:00"}, 8, "2026-11-05T17:00"),
    ({**PARTNER, AT: "2024-04-26T18:00"}, 8, "2024-04-27T17:00"),
    ({**PARTNER, AT: "2025-12-30T18:00"}, 8, "2026-01-12T17:00"),
    ({**PARTNER, AT: "2020-03-27T18:00"}, 8, "2020-05-12T17:00"),
    ({**PARTNER, AT: "2021-10-29T18:00"}, 8, "2021-11-08T17:00"),
    ({**PARTNER, AT: "2027-12-30T11:00"}, 8, "2027-12-30T19:00"),
]


@pytest.mark.parametrize(("facts", "hours", "due"), DUE)
def test_a_request_is_due_after_the_working_hours_of_its_tier(
    policy: Policy, facts: Facts, hours: int | None, due: str | None
) -> None:
    decision = policy.decide(facts)
    expected = None if due is None else datetime.fromisoformat(f"{due}+03:00")

    assert decision["response_hours"].outcome == hours
    assert decision["response_due"].outcome == expected


def test_no_deadline_comes_with_the_rule_that_says_so(policy: Policy) -> None:
    due = policy.decide({**NOBODY, REGISTERED: "2026-01-01", AT: "2026-11-20T12:00"})[
        "response_due"
    ]
    never = policy.decide(NOBODY)["response_due"]  # without a key no period could be read otherwise

    assert (due.status, due.outcome, due.readings) == ("determined", None, ["three-months"])
    assert (never.status, never.outcome, never.readings) == ("determined", None, [])


CAUSES = {
    "tier-none-key-not-registered": {REGISTERED: None, FROM: None},
    "tier-none-key-registered-later": {REGISTERED: "2026-12-01", FROM: None},
    "tier-none-free-ended": {REGISTERED: "2026-01-01", FROM: None},
    "tier-none-paid-ended": {
        REGISTERED: "2026-01-01",
        FROM: "2026-01-01T00:00",
        UNTIL: "2026-11-19",
    },
    "tier-none-paid-not-begun": {REGISTERED: None, FROM: "2026-12-01T00:00"},
}


@pytest.mark.parametrize(("rule", "facts"), CAUSES.items())
def test_no_support_says_by_its_rule_why_there_is_none(
    policy: Policy, rule: str, facts: Facts
) -> None:
    told = {"requester.kind": "user", AT: "2026-11-20T12:00", **facts}
    tier = policy.decide(told)["tier"]

    assert (tier.outcome, tier.rules) == ("none", [rule])


@pytest.mark.parametrize("created", ["2027-12-30T18:00", "2027-12-31T12:00", "2028-01-10T12:00"])
def test_a_deadline_past_the_calendar_is_refused(policy: Policy, created: str) -> None:
    decision = policy.decide({**PARTNER, AT: created})
    due = decision["response_due"]

    assert (due.status, due.outcome, due.possible, due.needs) == ("refused", None, [], [])
    with pytest.raises(Refused, match=r"ru-production.*2028"):
        _ = due.value
    refused = {name for name in decision if decision[name].status == "refused"}
    assert refused == ({"response_due", "desk"} if created > "2028" else {"response_due"})
    assert decision["tier"].value == "partner"
