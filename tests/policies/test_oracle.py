"""The second opinion itself, against cases read straight from the regulation."""

from __future__ import annotations

from datetime import date, datetime
from itertools import product
from random import Random

import pytest

from benchmarks import handwritten, ours, requests
from support.laws import tries
from support.oracle import UNLISTABLE, checklist, facts_matter, is_determined, outcome, possible
from support.oracle_complete import DECIDE, MOSCOW

# A user with no key and no contract who asks about the software on a Friday at half past six.
REQUEST: dict[str, object] = {
    "requester.kind": "user",
    "requester.district": "volga",
    "key.registered_on": None,
    "subscription.active_from": None,
    "subscription.active_until": None,
    "request.created_at": "2026-11-20T18:30:00",
    "request.channel": "portal",
    "request.service": "software_operation",
    "request.remote_tool": None,
    "request.general_guide_exists": False,
    "request.fix_feasible": True,
    "request.remote_approved": False,
    "renewal.submitted_via": "portal",
    "renewal.submitted_at": "2026-11-20T18:30:00",
    "renewal.act.number": "1042",
    "renewal.act.issued_by": "industry_solutions_centre",
    "renewal.act.lists_support": True,
    "renewal.act.used_before": False,
}
FREE: dict[str, object] = {"key.registered_on": "2026-11-01"}
PAID: dict[str, object] = {"subscription.active_from": "2026-01-01T00:00:00"}
PARTNER: dict[str, object] = {"requester.kind": "certified_partner"}
REMOTE: dict[str, object] = {
    "request.service": "remote_connection",
    "request.remote_tool": "TeamViewer 11",
}


def at(moment: str) -> dict[str, object]:
    return {"request.created_at": moment}


def until(day: str) -> dict[str, object]:
    return PAID | {"subscription.active_until": day}


def asks(service: str) -> dict[str, object]:
    return {"request.service": service}


COMPLETE = [
    ("nobody without key, contract or certificate", {}, "tier", "none"),
    ("a partner is a partner before all else", PARTNER | PAID | FREE, "tier", "partner"),
    ("a contract comes before a key", PAID | FREE, "tier", "paid"),
    ("paid from the second it begins", {"subscription.active_from": "2026-11-20T18:30:00"},
     "tier", "paid"),
    ("not paid one second earlier", {"subscription.active_from": "2026-11-20T18:30:01"},
     "tier", "none"),
    ("the last day of a contract counts", until("2026-11-20"), "tier", "paid"),
    ("the day after it does not", until("2026-11-19"), "tier", "none"),
    ("an offset is turned into Moscow's day", until("2026-11-20") | at("2026-11-21T01:30:00+05:00"),
     "tier", "paid"),
    ("free on the day of registration", {"key.registered_on": "2026-11-20"}, "tier", "free"),
    ("free on the last day", {"key.registered_on": "2026-08-20"}, "tier", "free"),
    ("not free after it", {"key.registered_on": "2026-08-19"}, "tier", "none"),
    ("not free before registration", {"key.registered_on": "2026-11-21"}, "tier", "none"),
    ("three months from November 30 end with February",
     {"key.registered_on": "2026-11-30"}, "free_until", date(2027, 2, 28)),
    ("in a leap year on its 29th", {"key.registered_on": "2023-11-30"}, "free_until",
     date(2024, 2, 29)),
    ("no key, no last day", {}, "free_until", None),
    ("a messenger is no channel", {"request.channel": "messenger"}, "channel", "not_accepted"),
    ("open until the last second", at("2026-11-20T18:59:59"), "desk", "open"),
    ("closed at seven sharp", at("2026-11-20T19:00:00"), "desk", "closed"),
    ("open at ten sharp", at("2026-11-20T10:00:00"), "desk", "open"),
    ("closed on Saturday", at("2026-11-21T12:00:00"), "desk", "closed"),
    ("open on a moved working Saturday", at("2025-11-01T12:00:00"), "desk", "open"),
    ("closed on a holiday", at("2026-11-04T12:00:00"), "desk", "closed"),
    ("closed on a day off by presidential decree", at("2021-05-05T12:00:00"), "desk", "closed"),
    ("open late on a short day", at("2026-11-03T18:30:00"), "desk", "open"),
    ("free support excludes training", FREE | asks("training"), "scope", "out_of_scope"),
    ("partners get training", PARTNER | asks("training"), "scope", "in_scope"),
    ("nobody gets a visit", PARTNER | asks("onsite_visit"), "scope", "out_of_scope"),
    ("without a guide the text is silent", FREE | asks("custom_instructions"), "scope",
     "not_regulated"),
    ("with a guide free support writes none",
     FREE | asks("custom_instructions") | {"request.general_guide_exists": True}, "scope",
     "out_of_scope"),
    ("paid support is silent on instructions even so",
     PAID | asks("custom_instructions") | {"request.general_guide_exists": True}, "scope",
     "not_regulated"),
    ("the engineer approves", PAID | REMOTE | {"request.remote_approved": True}, "scope",
     "in_scope"),
    ("the engineer does not", PAID | REMOTE, "scope", "out_of_scope"),
    ("another tool", PAID | REMOTE | {"request.remote_tool": "AnyDesk"}, "scope", "not_regulated"),
    ("free support never connects", FREE | REMOTE | {"request.remote_approved": True}, "scope",
     "out_of_scope"),
    ("an error beyond repair", PAID | asks("error_correction") | {"request.fix_feasible": False},
     "scope", "out_of_scope"),
    ("a word the text lacks", PARTNER | asks("catering"), "scope", "not_regulated"),
    ("no tier, no scope", asks("catering"), "scope", "not_applicable"),
    ("eight hours for partners", PARTNER, "response_hours", 8),
    ("half an hour on Friday, the rest on Monday", PARTNER, "response_due",
     datetime(2026, 11, 23, 17, 30, tzinfo=MOSCOW)),
    ("hours that end at seven fall due at seven", PARTNER | at("2026-11-20T11:00:00"),
     "response_due", datetime(2026, 11, 20, 19, tzinfo=MOSCOW)),
    ("a Saturday's clock starts on Monday", PAID | at("2026-11-21T12:00:00"), "response_due",
     datetime(2026, 11, 24, 17, tzinfo=MOSCOW)),
    ("24 hours are two days and six hours", FREE | at("2026-11-20T07:00:00"), "response_due",
     datetime(2026, 11, 24, 16, tzinfo=MOSCOW)),
    ("outside Russia no manager", {"requester.district": None}, "payment_contact", None),
    ("renewed from the moment of the number", {}, "renewal_effective_from",
     datetime(2026, 11, 20, 18, 30, tzinfo=MOSCOW)),
    ("an act of a partner renews nothing", {"renewal.act.issued_by": "certified_partner"},
     "renewal", "rejected"),
    ("silence is referred", PARTNER | asks("catering"), "answer", "refer"),
    ("a wrong channel is refused though the text is silent",
     PARTNER | asks("catering") | {"request.channel": "fax"}, "answer", "refuse"),
    ("a listed service is accepted", PAID, "answer", "accept"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "decision", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in COMPLETE],
)
def test_a_complete_request_is_decided(
    more: dict[str, object], decision: str, expected: object
) -> None:
    assert outcome(decision, REQUEST | more) == expected
    assert possible(decision, REQUEST | more) == {expected}
    assert facts_matter(decision, REQUEST | more) == set()


KEY_AND_CONTRACT = {
    "key.registered_on", "subscription.active_from", "subscription.active_until",
}  # fmt: skip
FRIDAY = at("2026-11-20T18:30:00")
VISIT = asks("onsite_visit") | {"request.channel": "portal"}
MONTHS_AGO = {"key.registered_on": "2026-08-20", "subscription.active_from": None}
PARTIAL = [
    ("nothing told", {}, "tier", {"partner", "paid", "free", "none"},
     KEY_AND_CONTRACT | {"requester.kind", "request.created_at"}),
    ("a visit by an unknown requester: scope hangs on the tier", VISIT, "scope",
     {"out_of_scope", "not_applicable"},
     KEY_AND_CONTRACT | {"requester.kind", "request.created_at"}),
    ("a visit by an unknown requester: refused whoever asks", VISIT, "answer", {"refuse"}, set()),
    ("a partner, nothing told of key or contract: tier", PARTNER | FRIDAY, "tier", {"partner"},
     set()),
    ("a partner's training: scope", PARTNER | FRIDAY | asks("training"), "scope", {"in_scope"},
     set()),
    ("a partner's training: due", PARTNER | FRIDAY, "response_due",
     {datetime(2026, 11, 23, 17, 30, tzinfo=MOSCOW)}, set()),
    ("a partner's training: answer", PARTNER | VISIT | asks("training"), "answer", {"accept"},
     set()),
    ("a wrong channel settles the answer", {"request.channel": "fax"}, "answer", {"refuse"}, set()),
    ("a paid contract without an end needs no key", PAID | FRIDAY | {
        "requester.kind": "user", "subscription.active_until": None}, "tier", {"paid"}, set()),
    ("no contract: its end is no matter", FRIDAY | {
        "requester.kind": "user", "subscription.active_from": None}, "tier", {"free", "none"},
     {"key.registered_on"}),
    ("the day decides about a key of August", MONTHS_AGO | {"requester.kind": "user"}, "tier",
     {"free", "none"}, {"request.created_at"}),
    ("a contract not yet begun", FRIDAY | {"requester.kind": "user", "key.registered_on": None,
        "subscription.active_from": "2026-12-01T00:00:00"}, "tier", {"none"}, set()),
    ("due at one of two moments", FRIDAY | {"key.registered_on": "2026-11-01",
        "requester.kind": "user", "subscription.active_until": None}, "response_due",
     {datetime(2026, 11, 24, 16, 30, tzinfo=MOSCOW), datetime(2026, 11, 25, 15, 30, tzinfo=MOSCOW)},
     {"subscription.active_from"}),
    ("no tier, no deadline, whenever", {"requester.kind": "user", "key.registered_on": None,
        "subscription.active_from": None}, "response_due", {None}, set()),
    ("a deadline without a start cannot be listed", PARTNER, "response_due", UNLISTABLE,
     {"request.created_at"}),
    ("a last day without a first cannot be listed", {}, "free_until", UNLISTABLE,
     {"key.registered_on"}),
    ("a used act renews nothing, ever", {"renewal.act.used_before": True},
     "renewal_effective_from", {None}, set()),
    ("free remote work is out whatever the tool", FREE | FRIDAY | asks("remote_connection") | {
        "requester.kind": "user", "subscription.active_from": None}, "scope", {"out_of_scope"},
     set()),
    ("the tool is named, the engineer has not spoken", PAID | FRIDAY | REMOTE | {
        "requester.kind": "user", "subscription.active_until": None}, "scope",
     {"in_scope", "out_of_scope"}, {"request.remote_approved"}),
    ("the hour is unknown", {}, "desk", {"open", "closed"}, {"request.created_at"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "decision", "expected", "matter"),
    [pytest.param(*case[1:], id=case[0]) for case in PARTIAL],
)
def test_missing_facts_leave_open_what_they_can_change(
    told: dict[str, object], decision: str, expected: set[object] | None, matter: set[str]
) -> None:
    assert possible(decision, told) == expected
    assert facts_matter(decision, told) == matter
    assert is_determined(decision, told) == (matter == set())


def test_a_checklist_tells_the_unmet_from_the_open() -> None:
    told = {"renewal.submitted_via": "email", "renewal.act.lists_support": True}

    unmet, still_open = checklist(told)

    assert unmet == ["submitted_via_portal"]
    assert still_open == ["act_number_given", "act_issued_by_centre", "act_not_used_before"]
    assert possible("renewal", told) == {"rejected"}


def test_no_completion_of_a_request_is_outside_what_is_possible() -> None:
    random, complete = Random(11), requests.complete(400, seed=11)
    for told, decision in product(requests.partial(tries(40), seed=11, dropped=0.6), DECIDE):
        expected = possible(decision, told)
        if expected is None:  # a date that hangs on a missing date: nothing to list
            continue
        for other in random.sample(complete, 10):
            assert outcome(decision, {**other, **told}) in expected


def test_the_hand_written_yardstick_of_the_benchmarks_agrees() -> None:
    for request in requests.complete(500, seed=11):
        found = handwritten.decide_all(request)
        contact = found["payment_contact"]
        found["payment_contact"] = contact and contact["email"]
        assert {name: found[name] for name in DECIDE} == {
            name: outcome(name, request) for name in DECIDE
        }
        assert found["unmet"] == checklist(request)[0]


def test_the_yardstick_and_the_engine_say_the_same_of_every_decision() -> None:
    policy = ours.load()
    for request in requests.complete(500, seed=11):
        assert ours.plain(policy, request) == handwritten.decide_all(request)
