"""The next steps of the technical-support policy: each is advised only if following it helps."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from support.laws import examples
from support.shipped import shipped
from support.technical_support import AT, FROM, REGISTERED, SERVICE, UNTIL, Facts

POLICY = shipped("technical-support")
CHANNEL, TOOL = "request.channel", "request.remote_tool"
NOW = "2026-11-20T12:00:00+03:00"
DAYS = [None, "2026-01-01", "2026-10-01", "2026-12-01"]

FOLLOWED: dict[str, Facts] = {
    "write_through_listed_channel": {CHANNEL: "portal"},
    "buy_support": {FROM: NOW, UNTIL: None},
    "request_remote_connection": {SERVICE: "remote_connection"},
}
"""What is told anew by whoever follows a step that changes the answer."""

ANOTHER_ACT: Facts = {
    "renewal.act.issued_by": "industry_solutions_centre",
    "renewal.act.lists_support": True,
    "renewal.act.used_before": False,
}


@st.composite
def requests(draw: st.DrawFn) -> Facts:
    """A request that tells every fact."""
    facts = POLICY.versions[-1].facts

    def some(name: str) -> Any:
        return st.sampled_from([*facts[name].type.options, "something else"])

    told: dict[str, Any] = {
        "requester.kind": st.sampled_from(["user", "user", "certified_partner"]),
        "requester.district": st.sampled_from([None, "ural", "volga"]),
        REGISTERED: st.sampled_from(DAYS),
        FROM: st.sampled_from([None, "2026-01-01T00:00", "2026-12-01T00:00"]),
        UNTIL: st.sampled_from([None, "2026-11-19", "2026-12-31"]),
        AT: st.just(NOW),
        CHANNEL: some(CHANNEL),
        SERVICE: some(SERVICE),
        TOOL: st.sampled_from([None, "TeamViewer 11", "AnyDesk"]),
        "renewal.submitted_via": some("renewal.submitted_via"),
        "renewal.submitted_at": st.just(NOW),
        "renewal.act.number": st.sampled_from([None, "17"]),
        "renewal.act.issued_by": some("renewal.act.issued_by"),
    }
    yes_or_no = [name for name, fact in facts.items() if fact.type.kind == "boolean"]
    told |= {name: st.booleans() for name in yes_or_no}
    return {name: draw(value) for name, value in told.items()}


def answer_to(told: Facts, *steps: str) -> Any:
    followed = {name: value for step in steps for name, value in FOLLOWED[step].items()}
    return POLICY.decide({**told, **followed})["answer"].outcome


@given(requests())
@examples(400)
def test_steps_change_the_answer_together_and_none_of_them_is_in_vain(told: Facts) -> None:
    steps = [one for one in POLICY.decide(told)["advice"].value if one in FOLLOWED]
    before = answer_to(told)
    if not steps:
        return
    assert before == "refuse"
    assert answer_to(told, *steps) != before
    for step in steps:
        assert answer_to(told, *(one for one in steps if one != step)) == before


@given(requests())
@examples(100)
def test_a_partner_is_named_only_to_whom_support_refuses(told: Facts) -> None:
    decided = POLICY.decide(told)
    if "ask_certified_partner" in decided["advice"].value:
        assert decided["answer"].outcome == "refuse"
        assert decided["tier"].outcome != "partner"


@given(requests())
@examples(100)
def test_another_act_meets_what_the_one_given_does_not(told: Facts) -> None:
    decided = POLICY.decide(told)
    before, after = decided["renewal"], POLICY.decide({**told, **ANOTHER_ACT})["renewal"]
    is_advised = "renew_with_new_act" in decided["advice"].value

    assert is_advised is (set(before.unmet) > set(after.unmet))


@given(requests(), st.data())
@examples(100)
def test_what_is_certain_to_help_helps_whatever_is_missing(
    told: Facts, data: st.DataObject
) -> None:
    missing = data.draw(st.sets(st.sampled_from(sorted(told))))
    some = {name: value for name, value in told.items() if name not in missing}
    certain = {item.id for item in POLICY.decide(some)["advice"].items}

    assert certain <= set(POLICY.decide(told)["advice"].value)
