"""Hit policies: which of the rules that apply counts, if they disagree."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.reference import decide as reference
from support.laws import examples

OUTCOMES = ("high", "middle", "low", "none")
AGES, KINDS = (10, 20, 30), ("a", "b")


def policy_of(rules: list[dict[str, Any]], hit_policy: str, other: Any = None) -> Policy:
    """A policy of one decision over an age and a kind, with these rules, or another decision."""
    facts = {
        "age": {"type": "integer", "label": "age", "at_least": 0, "at_most": 40},
        "kind": {"type": "choice", "options": {word: word for word in KINDS}, "label": "kind"},
        "day": {"type": "date", "label": "day"},
    }
    decision = {
        "label": "risk",
        "outcomes": {word: word for word in OUTCOMES},
        "hit_policy": hit_policy,
        "rules": rules,
        "otherwise": {"then": "none"},
    }
    return Policy.from_text(
        {
            "policy": "risk",
            "version": "1",
            "title": "risk",
            "languages": ["en"],
            "holds_from": "2020-01-01",
            "known_from": "2020-01-01",
            "time_zone": "UTC",
            "chosen_by": "day",
            "facts": facts,
            "decisions": {"risk": {"label": "risk", **other} if other else decision},
        }
    )


def rule(number: int, least: int, kind: str | None, then: str, **more: Any) -> dict[str, Any]:
    """A rule for those of an age at least, and perhaps of a kind."""
    when: dict[str, Any] = {"age": {"at_least": least}} | ({"kind": kind} if kind else {})
    return {"id": f"rule-{number}", "when": when, "then": then, **more}


def applying(rules: list[dict[str, Any]], age: int, kind: str) -> list[str]:
    """What the rules that apply give, in the order in which they are written."""
    return [
        one["then"]
        for one in rules
        if age >= one["when"]["age"]["at_least"] and one["when"].get("kind", kind) == kind
    ]


def expected(hit_policy: str, given: list[str]) -> str:
    """What the hit policy makes of them, straight from the words of DMN."""
    if not given:
        return "none"
    return given[0] if hit_policy == "first" else min(given, key=OUTCOMES.index)


RULES = st.lists(
    st.tuples(st.sampled_from(AGES), st.sampled_from([None, *KINDS]), st.sampled_from(OUTCOMES)),
    min_size=1,
    max_size=6,
).map(lambda told: [rule(number, *one) for number, one in enumerate(told)])


@examples(40)
@given(RULES, st.sampled_from(["first", "priority"]))
def test_a_whole_request_gets_what_dmn_says(rules: list[dict[str, Any]], hit_policy: str) -> None:
    policy = policy_of(rules, hit_policy)
    for age, kind in product((5, 15, 25, 35), KINDS):
        facts = {"age": age, "kind": kind, "day": "2026-01-01"}
        wanted = expected(hit_policy, applying(rules, age, kind))
        decided = policy.decide(facts)
        assert decided["risk"].value == wanted
        assert reference(decided.version, decided.facts)["risk"].outcome == wanted


@examples(40)
@given(RULES, st.sampled_from(["first", "priority"]), st.sampled_from([*KINDS, None]))
def test_a_part_of_a_request_leaves_what_its_completions_give(
    rules: list[dict[str, Any]], hit_policy: str, kind: str | None
) -> None:
    policy = policy_of(rules, hit_policy)
    told = {"day": "2026-01-01"} | ({} if kind is None else {"kind": kind})
    wanted = {
        expected(hit_policy, applying(rules, age, one))
        for age in range(41)
        for one in (KINDS if kind is None else [kind])
    }
    outcome = policy.decide(told)["risk"]
    assert set(outcome.possible or ()) == wanted
    assert outcome.is_determined is (len(wanted) == 1)


def test_a_rule_set_aside_says_by_which() -> None:
    policy = policy_of([rule(1, 10, None, "low"), rule(2, 20, None, "high")], "first")
    outcome = policy.decide({"age": 30, "kind": "a", "day": "2026-01-01"})["risk"]
    assert (outcome.value, outcome.rules) == ("low", ("rule-1",))
    second = next(one for one in outcome.whole.trace if one.rule == "rule-2")
    assert second.by == ("rule-1",)


def test_one_rule_overrides_all_others() -> None:
    rules = [
        rule(1, 10, None, "low"),
        rule(2, 10, "a", "high", overrides="all"),
        rule(3, 10, None, "low"),
    ]
    policy = policy_of(rules, "any")
    assert policy.decide({"age": 30, "kind": "a", "day": "2026-01-01"})["risk"].rules == ("rule-2",)
    assert policy.decide({"age": 30, "kind": "b", "day": "2026-01-01"})["risk"].value == "low"


@pytest.mark.parametrize("hit_policy", ["any", "priority"])
def test_the_order_of_outcomes_is_part_of_the_digest_if_it_decides(
    hit_policy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = [rule(1, 10, None, "low")]
    one = policy_of(rules, hit_policy)
    monkeypatch.setattr(f"{__name__}.OUTCOMES", OUTCOMES[::-1])
    other = policy_of(rules, hit_policy)
    is_same = one.versions[0].digest == other.versions[0].digest
    assert is_same is (hit_policy == "any")


@pytest.mark.parametrize(
    ("rules", "hit_policy", "code"),
    [
        ([rule(1, 10, None, "low")], "frist", "unknown-word"),
        ([rule(1, 10, None, "low", overrides="al")], "any", "wrong-form"),
        (
            [rule(1, 10, None, "low"), rule(2, 10, None, "high", overrides=["rule-1"])],
            "first",
            "overrides-circle",
        ),
        (
            [
                rule(1, 10, None, "low", overrides="all"),
                rule(2, 10, None, "high", overrides="all"),
            ],
            "any",
            "overrides-circle",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(rules: Any, hit_policy: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of(rules, hit_policy)
    assert [one.code for one in refused.value.problems] == [code]


SAID = [("approved", "basic"), ("declined", "standard"), ("approved", "standard")]
FIELDS: dict[str, Any] = {
    "verdict": {"type": "choice", "options": {"approved": "approved", "declined": "declined"}},
    "note": "text",
    "rate": {"type": "choice", "options": {"standard": "standard", "basic": "basic"}},
}


def records(hit_policy: str, **verdict: Any) -> Policy:
    """A policy of a record by three rules: from 18 on, below 18, and of kind a."""
    given = [
        {"verdict": one, "note": str(place), "rate": two} for place, (one, two) in enumerate(SAID)
    ]
    whens = [{"age": {"at_least": 18}}, {"age": {"less_than": 18}}, {"kind": "a"}]
    rules = [
        {"id": f"r{place}", "when": when, "then": {**then, **(verdict if place == 1 else {})}}
        for place, (when, then) in enumerate(zip(whens, given, strict=True))
    ]
    decision = {"type": "record", "fields": FIELDS, "hit_policy": hit_policy, "rules": rules}
    return policy_of([], "any", decision)


@pytest.mark.parametrize("age", [10, 20])
@pytest.mark.parametrize("kind", KINDS)
def test_of_records_the_order_of_the_options_of_their_fields_decides(age: int, kind: str) -> None:
    applying = [place for place, holds in enumerate((age >= 18, age < 18, kind == "a")) if holds]
    verdicts, rates = (list(FIELDS[name]["options"]) for name in ("verdict", "rate"))
    ordered = sorted(
        applying, key=lambda place: (verdicts.index(SAID[place][0]), rates.index(SAID[place][1]))
    )
    told = {"age": age, "kind": kind, "day": "2026-01-01"}

    first = records("priority").decide(told)["risk"].value
    listed = records("output_order").decide(told)["risk"].value
    assert first["note"] == str(ordered[0])  # type: ignore[index, call-overload]
    assert [one["note"] for one in listed] == list(map(str, ordered))  # type: ignore[union-attr]


@pytest.mark.parametrize("hit_policy", ["priority", "output_order"])
def test_a_record_whose_place_is_not_said_is_refused(hit_policy: str) -> None:
    with pytest.raises(Refused) as refused:
        records(hit_policy, verdict={"if": {"kind": "a"}, "then": "approved", "else": "declined"})
    (problem,) = refused.value.problems
    assert problem.code == "priority-unclear"
    with pytest.raises(Refused) as misspelt:
        records(hit_policy, verdict="aproved")
    assert [one.code for one in misspelt.value.problems] == ["unknown-outcome"]


def test_the_order_of_options_is_part_of_the_digest_if_it_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = records("priority").versions[0].digest, records("any").versions[0].digest
    turned = {"type": "choice", "options": {"declined": "declined", "approved": "approved"}}
    monkeypatch.setitem(FIELDS, "verdict", turned)
    other = records("priority").versions[0].digest, records("any").versions[0].digest
    assert (one[0] == other[0], one[1] == other[1]) == (False, True)
