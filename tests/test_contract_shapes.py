"""How other software tells facts and reads decisions: Python, JSON, the command."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reglament import Policy, Refused, load_policy
from support.cli_runner import run
from support.places import POLICIES

AT = "request.created_at"
Facts = dict[str, Any]
NEW_YORK = ZoneInfo("America/New_York")
DECISIONS = {
    *("tier", "free_until", "channel", "desk", "scope", "response_hours", "response_due"),
    *("payment_contact", "renewal", "renewal_effective_from", "answer", "advice"),
}


# -- facts: however they are told, they are the same ---------------------------------------------


class Kind(StrEnum):
    USER = "user"


FLAT: Facts = {
    "requester.kind": "user",
    "key.registered_on": "2026-10-01",
    "subscription.active_from": None,
    "subscription.active_until": None,
    AT: "2026-11-20T18:30",
    "request.service": "training",
}
SAME: dict[str, Mapping[str, Any]] = {
    "nested": {
        "requester": {"kind": "user"},
        "key": {"registered_on": "2026-10-01"},
        "subscription": {"active_from": None, "active_until": None},
        "request": {"created_at": "2026-11-20T18:30", "service": "training"},
    },
    "null on a parent": {
        "requester.kind": "user",
        "key.registered_on": "2026-10-01",
        "subscription": None,
        "request": {"service": "training", "created_at": "2026-11-20 18:30"},
    },
    "half dotted": {
        "requester": {"kind": "user"},
        "subscription": None,
        "key.registered_on": "2026-10-01",
        "request": {"service": "training"},
        AT: "2026-11-20T15:30:00.000Z",
    },
    "python values": {
        **FLAT,
        "requester.kind": Kind.USER,
        "key.registered_on": date(2026, 10, 1),
        AT: datetime(2026, 11, 20, 18, 30),
    },
    "another zone": {**FLAT, AT: datetime(2026, 11, 20, 15, 30, tzinfo=UTC)},
    "a zone by name": {**FLAT, AT: datetime(2026, 11, 20, 10, 30, tzinfo=NEW_YORK)},
    "another mapping": MappingProxyType(FLAT),
}


@pytest.mark.parametrize("facts", SAME.values(), ids=SAME)
def test_the_same_facts_are_decided_the_same_however_told(
    policy: Policy, facts: Mapping[str, Any]
) -> None:
    assert policy.decide(facts).to_dict()["decisions"] == policy.decide(FLAT).to_dict()["decisions"]


def test_null_on_a_group_is_noted(policy: Policy) -> None:
    document = policy.decide({"subscription": None}).to_dict()

    (note,) = (one for one in document["notes"] if one["code"] == "null-on-group")
    assert note["fact"] == "subscription"
    assert "`subscription.active_from`, `subscription.active_until`" in note["en"]


@pytest.mark.parametrize(
    ("told", "always"),
    [
        ({"requester": None}, "requester.kind"),
        ({"renewal": {"act": None}}, "renewal.act.issued_by"),
        ({"renewal.act": None}, "renewal.act.lists_support"),
        ({"request": None}, "request.created_at"),
    ],
)
def test_null_on_a_group_that_holds_what_is_never_null_is_refused(
    policy: Policy, told: Facts, always: str
) -> None:
    with pytest.raises(Refused) as refused:
        policy.decide(told)

    (problem,) = refused.value.problems
    assert f"`{always}`" in problem.message.to("en")
    assert f"`{always}`" in problem.message.to("ru")


# ISO 8601 allows these; nobody is asked to guess them, however the fact is told.
UNUSUAL = [
    *("2026-11-20T18+03", "2026-11-20T18+03:00", "2026-11-20T18:30+03", "2026-11-20T183000.5"),
    *("2026-11-20T183000+0300", "2026-11-20T18:30:00,12", "2026-11-20T18:30:00,12345"),
    *("2026-11-20T18:30:00+03", "2026-11-20T18:30+03:00:00", "2026-11-20T24:00", "20261120T1830"),
]


@pytest.mark.parametrize("moment", UNUSUAL)
@pytest.mark.parametrize("told", [lambda at: {AT: at}, lambda at: {"request": {"created_at": at}}])
def test_an_unusual_way_to_write_a_moment_is_refused_dotted_and_nested(
    policy: Policy, told: Callable[[str], Facts], moment: str
) -> None:
    with pytest.raises(Refused):
        policy.decide(told(moment))


REFUSED: dict[str, Any] = {
    "an unknown fact": {"request.servise": "training"},
    "a closed choice": {"requester.kind": "partner"},
    "null where there is always one": {"requester.kind": None},
    "an outcome": {"tier": "free"},
    "a number for a word": {"request.service": 7},
    "a word for a boolean": {"request.fix_feasible": "yes"},
    "a number for a boolean": {"request.fix_feasible": 1},
    "a day for a moment": {AT: date(2026, 11, 20)},
    "a moment for a day": {"key.registered_on": datetime(2026, 11, 20, tzinfo=UTC)},
    "a day that is not": {"key.registered_on": "2026-02-29"},
    "a time that is not": {AT: "2026-11-20T25:00"},
    "a fact told twice": {AT: "2026-11-20T10:00", "request": {"created_at": "2026-11-20T10:00"}},
    "no mapping": ["requester.kind"],
    "nothing": None,
    "before the first version": {AT: "2018-12-31T23:59:59"},
}


@pytest.mark.parametrize("facts", REFUSED.values(), ids=REFUSED)
def test_wrong_facts_are_refused_in_both_languages(policy: Policy, facts: Any) -> None:
    with pytest.raises(Refused) as refused:
        policy.decide(facts)

    for problem in refused.value.problems:
        assert problem.message.to("ru")
        assert problem.message.to("en")


# -- what is missing -----------------------------------------------------------------------------

WHO = {"requester.kind", "key.registered_on", "subscription.active_from",
       "subscription.active_until", AT}  # fmt: skip
OPEN: list[tuple[Facts, str, list[Any] | None, set[str]]] = [
    ({}, "tier", ["partner", "paid", "free", "none"], WHO),
    ({}, "free_until", None, {"key.registered_on"}),
    ({}, "response_hours", [8, 16, 24, None], WHO),
    ({}, "response_due", None, WHO),
    ({}, "desk", ["open", "closed"], {AT}),
    ({"request.service": "onsite_visit"}, "scope", ["out_of_scope", "not_applicable"], WHO),
    ({**FLAT, "request.service": "error_correction"}, "scope", ["in_scope", "out_of_scope"],
     {"request.fix_feasible"}),
    ({**FLAT, "request.service": "custom_instructions"}, "scope", ["out_of_scope", "not_regulated"],
     {"request.general_guide_exists"}),
    ({"requester.kind": "certified_partner"}, "response_due", None, {AT}),
    ({"requester.kind": "user", "key": None, AT: "2026-11-20T12:00"}, "response_due",
     [datetime.fromisoformat("2026-11-23T19:00+03:00"), None],
     {"subscription.active_from", "subscription.active_until"}),
    ({"requester.kind": "user", "key": None, "subscription.active_from": "2026-11-20T00:00",
      AT: "2026-11-20T12:00"}, "tier", ["paid", "none"], {"subscription.active_until"}),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "name", "possible", "needs"), OPEN)
def test_what_is_open_lists_what_is_possible_and_needed(
    policy: Policy, facts: Facts, name: str, possible: list[Any] | None, needs: set[str]
) -> None:
    found = policy.decide(facts)[name]

    assert (found.status, found.outcome, found.possible) == ("undetermined", None, possible)
    assert set(found.needs) == needs


def test_a_visit_is_refused_whoever_asks_and_who_asks_stays_open(policy: Policy) -> None:
    decision = policy.decide({"request.service": "onsite_visit", "request.channel": "portal"})

    assert (decision["scope"].status, decision["answer"].outcome) == ("undetermined", "refuse")


def test_a_partner_needs_neither_key_nor_subscription(policy: Policy) -> None:
    told = {"requester.kind": "certified_partner", "request.service": "training"}
    decision = policy.decide({**told, "request.channel": "portal", AT: "2026-11-20T18:30"})

    found = [decision[name].outcome for name in ("tier", "scope", "response_due", "answer")]
    due = datetime.fromisoformat("2026-11-23T17:30+03:00")
    assert found == ["partner", "in_scope", due, "accept"]


def test_telling_more_never_opens_what_was_settled(policy: Policy) -> None:
    told: Facts = {}
    before = policy.decide(told)
    for name in reversed(FLAT):
        told[name] = FLAT[name]
        after = policy.decide(told)
        for one in DECISIONS:
            if before[one].possible is not None:
                assert set(after[one].possible) <= set(before[one].possible)
        before = after


# -- Python, JSON --------------------------------------------------------------------------------


def test_lists_of_a_decision_equal_lists_and_tuples_and_cannot_be_changed(policy: Policy) -> None:
    advice = policy.decide({**FLAT, "request.channel": "portal", "renewal.act.number": None})[
        "advice"
    ]
    tier = policy.decide({})["tier"].possible

    assert tier == ["partner", "paid", "free", "none"]
    assert ["partner", "paid", "free", "none"] == tier  # noqa: SIM300 - the other way round
    assert tier == ("partner", "paid", "free", "none")
    assert tier != ["partner"]
    assert hash(tier) == hash(("partner", "paid", "free", "none"))
    assert ["ask_certified_partner"] in advice.possible
    assert pickle.loads(pickle.dumps(tier)) == tier
    assert not hasattr(tier, "append")


def test_the_document_has_the_shape_that_programs_rely_on(policy: Policy) -> None:
    decision = policy.decide({**FLAT, "requester.district": "ural"})
    document = json.loads(decision.to_json())
    decisions = document["decisions"]
    tier = decisions["tier"]

    assert document["policy"].keys() == {"id", "version", "digest"}
    assert document["policy"]["id"] == "technical-support"
    assert len(document["policy"]["digest"]) == len("sha256:") + 64
    assert document["as_of"] == "2026-11-20T18:30:00+03:00"
    assert decisions.keys() == DECISIONS
    assert (tier["status"], tier["outcome"], tier["possible"]) == ("determined", "free", ["free"])
    assert (tier["needs"], tier["readings"]) == ([], ["three-months"])
    assert all(isinstance(tier[name], list) and tier[name] for name in ("rules", "clauses"))
    assert all(one["because"].keys() == {"ru", "en"} for one in decisions.values())
    assert decisions["free_until"]["outcome"] == "2027-01-01"
    assert decisions["response_due"]["outcome"] == "2026-11-25T15:30:00+03:00"
    assert decisions["response_hours"]["outcome"] == 24
    assert decisions["payment_contact"]["outcome"].keys() == {"name", "email"}
    assert {"unmet", "open"} <= decisions["renewal"].keys()
    assert decisions["renewal_effective_from"]["possible"] is None
    assert "Free support" in decision.explain("en", "auditor")
    assert "отказать" in decision.explain("ru")


def test_without_the_moment_of_the_request_the_version_in_force_now_is_used(policy: Policy) -> None:
    document = policy.decide({}).to_dict()

    assert document["as_of_source"] == "now"
    assert "version in force now" in document["notes"][0]["en"]
    assert policy.decide({}, at="2020-02-02").to_dict()["as_of"] == "2020-02-02T00:00:00+03:00"


# -- the command ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["technical-support", POLICIES / "technical-support"])
def test_the_command_decides_standard_input_by_a_policy_of_a_name_or_path(
    policy: Policy, name: object
) -> None:
    decided = run("decide", "-", "--policy", name, "--json", stdin=json.dumps(FLAT))

    assert (decided.exit_code, decided.stderr) == (0, "")
    assert json.loads(decided.stdout) == policy.decide(FLAT).to_dict()


WRONG = [
    ["decide", "missing.yaml"],
    ["decide", "-", "--policy", "nothing-of-this-name"],
    ["decide", "-", "--policy", "x" * 5000],
    ["decide", "-", "--at", "2018-12-31"],
    ["decide", "-", "--at", "yesterday"],
    ["decide", "-", "--lang", "fr"],
    ["decide"],
]


@pytest.mark.parametrize("arguments", WRONG)
def test_a_wrong_command_exits_with_two_and_says_why(arguments: list[str]) -> None:
    refused = run(*arguments, stdin="{}")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("name", ["nothing-of-this-name", "x" * 5000, "a\0b", Path("nowhere")])
def test_a_policy_that_cannot_be_read_is_refused(name: str | Path) -> None:
    with pytest.raises(Refused):
        load_policy(name)
