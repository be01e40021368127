"""Totals, lists in an order, `unique`: what all the rules that apply give together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.analysis.findings import check
from reglament.model.problems import Refused
from reglament.policy import Policy
from reglament.reference import decide as reference
from reglament.rendering.pages.policy_page import page
from support.documented import documented
from support.laws import examples

DAY = {"asked": date(2024, 1, 1)}
RULES = [
    {"id": "young", "when": {"age": {"less_than": 25}}, "then": 100},
    {"id": "trained", "when": {"trained": True}, "then": -50},
    {"id": "sports", "when": {"car": "sports"}, "then": 150},
    {"id": "open-top", "when": {"open_top": True}, "then": 100},
]
FACTS: dict[str, dict[str, Any]] = {
    "asked": {"type": "date"},
    "age": {"type": "integer", "at_least": 16, "at_most": 99},
    "trained": {"type": "boolean"},
    "car": {"type": "choice", "options": {"compact": "compact", "sports": "sports"}},
    "open_top": {"type": "boolean"},
    "fee": {"type": "integer", "at_least": 0, "at_most": 3},
}
VALUES: dict[str, list[Any]] = {
    "age": [20, 30],
    "trained": [True, False],
    "car": ["compact", "sports"],
    "open_top": [True, False],
    "fee": [0, 3],
}


def policy_of(
    decision: dict[str, Any],
    facts: dict[str, dict[str, Any]] = FACTS,
    **others: dict[str, Any],
) -> Policy:
    """A policy whose decision `risk` is the one, in English."""
    decisions = {"risk": {"label": "risk", **decision}, **others}
    return Policy.from_text(
        {
            "policy": "risk",
            "version": "1",
            "title": "risk",
            "languages": ["en"],
            "holds_from": "2020-01-01",
            "known_from": "2020-01-01",
            "time_zone": "UTC",
            "chosen_by": "asked",
            "facts": {name: {"label": name, **fact} for name, fact in facts.items()},
            "decisions": decisions,
        }
    )


def total_of(total: str, rules: list[dict[str, Any]] | None = None, **more: Any) -> Policy:
    """The policy whose decision is that total of the rules."""
    return policy_of({"type": "integer", "total": total, "rules": rules or RULES, **more})


def given_by(told: dict[str, Any]) -> list[int]:
    """What the rules of `RULES` that apply give, by hand."""
    applying = {
        "young": told["age"] < 25,
        "trained": told["trained"],
        "sports": told["car"] == "sports",
        "open-top": told["open_top"],
    }
    return [one["then"] for one in RULES if applying[one["id"]]]


EXPECTED = {"sum": sum, "count": len, "minimum": min, "maximum": max}


@pytest.mark.parametrize("total", EXPECTED)
@examples(20)
@given(st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in VALUES.items()}))
def test_a_total_is_what_is_possible_and_nothing_else(total: str, told: dict[str, Any]) -> None:
    rules = RULES
    if total == "count":
        rules = [{key: one[key] for key in one if key != "then"} for one in RULES]
    otherwise = {} if total in ("sum", "count") else {"otherwise": {"then": 7}}
    policy = total_of(total, rules, **otherwise)
    found = policy.decide({**DAY, **told})["risk"]
    wholes = [dict(zip(VALUES, one, strict=True)) for one in product(*VALUES.values())]
    possible = {
        EXPECTED[total](given_by(whole) or ([7] if otherwise else []))
        for whole in wholes
        if told.items() <= whole.items()
    }

    assert found.is_exact
    assert set(found.possible or ()) == possible
    if len(possible) == 1:
        assert found.status == "determined"
        assert found.needs == ()
    else:
        assert found.needs


def test_rules_of_a_total_override_each_other_and_are_told() -> None:
    rules = [*RULES[:3], {**RULES[3], "overrides": ["sports"]}]
    told = {**DAY, "age": 20, "trained": False, "car": "sports", "open_top": True}
    found = total_of("sum", rules).decide(told)["risk"]

    assert found.value == 200
    assert found.rules == ("young", "open-top")
    assert [one.status for one in found.trace] == [
        "applied", "not_applied", "overridden", "applied",
    ]  # fmt: skip


def test_a_total_of_formulas_is_computed_and_bounded() -> None:
    rules = [*RULES[:1], {"id": "fee", "when": {"trained": True}, "then": {"product": [2, "fee"]}}]
    policy = total_of("sum", rules)

    assert policy.decide({**DAY, "age": 20, "trained": True, "fee": 3})["risk"].value == 106
    open_ = policy.decide({**DAY, "age": 20, "trained": True})["risk"]
    assert (open_.status, open_.needs) == ("undetermined", ("fee",))
    large = [{**RULES[0], "then": 10**15}, {**RULES[1], "then": 10**15}]
    refused = total_of("sum", large).decide({**DAY, "age": 20, "trained": True})["risk"]
    assert refused.refused is not None
    assert refused.refused.problem.code == "number-out-of-range"
    back = total_of("sum", [*large, {**RULES[2], "then": -(10**15)}])
    told = {**DAY, "age": 20, "trained": True, "car": "sports"}
    assert back.decide(told)["risk"].value == 10**15


def test_a_sum_of_decimals_has_the_digits_of_the_decision() -> None:
    rules = [{"id": "half", "when": {"trained": True}, "then": 0.5}]
    policy = policy_of({"type": "decimal", "places": 2, "total": "sum", "rules": rules})

    assert str(policy.decide({**DAY, "trained": False})["risk"].value) == "0.00"
    assert policy.decide({**DAY, "trained": True})["risk"].value == Decimal("0.50")


def test_other_decisions_build_on_a_total() -> None:
    band = {
        "label": "band",
        "outcomes": {"high": "high", "low": "low"},
        "rules": [{"id": "high", "when": {"risk": {"at_least": 150}}, "then": "high"}],
        "otherwise": {"then": "low"},
    }
    policy = policy_of({"type": "integer", "total": "sum", "rules": RULES}, band=band)

    assert policy.decide({**DAY, "age": 20, "car": "sports"})["band"].value == "high"
    assert policy.decide({**DAY, "age": 30, "car": "compact"})["band"].value == "low"
    open_ = policy.decide({**DAY, "trained": True, "car": "sports"})["band"]
    assert set(open_.needs) == {"age", "open_top"}


# Lists


LISTED = [
    {"id": "a", "when": {"trained": True}, "then": "beta"},
    {"id": "b", "when": {"open_top": True}, "then": "alpha"},
    {"id": "c", "when": {"car": "sports"}, "then": "beta"},
]


@pytest.mark.parametrize(
    ("hit_policy", "duplicates", "expected"),
    [
        ("collect", "once", ["alpha", "beta"]),
        ("output_order", "kept", ["alpha", "beta", "beta"]),
        ("rule_order", "once", ["beta", "alpha"]),
        ("rule_order", "kept", ["beta", "alpha", "beta"]),
    ],
)
def test_items_stand_in_the_order_that_is_said(
    hit_policy: str, duplicates: str, expected: list[str]
) -> None:
    words = {"outcomes": {"alpha": "alpha", "beta": "beta"}, "rules": LISTED}
    policy = policy_of({**words, "hit_policy": hit_policy, "duplicates": duplicates})

    told = {**DAY, "trained": True, "open_top": True, "car": "sports"}
    assert policy.decide(told)["risk"].value == expected
    assert {one.code for one in check(policy.versions[0])} == {"fact-never-read"}
    told["trained"] = False
    late = ["alpha", "beta"]
    assert policy.decide(told)["risk"].value == late


@examples(20)
@given(st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in VALUES.items()}))
def test_a_list_with_duplicates_is_exact_while_facts_are_missing(told: dict[str, Any]) -> None:
    words = {"outcomes": {"alpha": "alpha", "beta": "beta"}, "rules": LISTED}
    policy = policy_of({**words, "hit_policy": "rule_order", "duplicates": "kept"})
    found = policy.decide({**DAY, **told})["risk"]
    wholes = [dict(zip(VALUES, one, strict=True)) for one in product(*VALUES.values())]
    possible = {
        reference(policy.versions[0], {**DAY, **whole})["risk"].outcome  # type: ignore[union-attr]
        for whole in wholes
        if told.items() <= whole.items()
    }

    assert {tuple(one) for one in found.possible or ()} == possible  # type: ignore[arg-type]


# Unique


OVERLAP = [
    {"id": "young", "when": {"age": {"less_than": 25}}, "then": "high"},
    {"id": "old", "when": {"age": {"at_least": 24}}, "then": "high"},
]
BAND = {"outcomes": {"high": "high", "low": "low"}, "rules": OVERLAP}


def test_two_rules_of_a_unique_decision_may_not_apply_though_they_agree() -> None:
    unique, agreeing = policy_of({**BAND, "hit_policy": "unique"}), policy_of(BAND)

    assert agreeing.decide({**DAY, "age": 24})["risk"].value == "high"
    found = unique.decide({**DAY, "age": 24})["risk"]
    assert found.refused is not None
    assert found.refused.problem.code == "conflict"
    assert found.rules == ("young", "old")
    said = found.refused.problem.message
    assert said.to("en") == (
        "decision `risk` has a conflict: of the rules `young`, `old` only one may apply"
    )
    assert said.to("ru") == (
        "в решении `risk` коллизия: из правил `young`, `old` применяться может только одно"
    )
    assert unique.decide({**DAY, "age": 20})["risk"].value == "high"
    assert unique.decide(DAY)["risk"].status == "undetermined"


def test_check_finds_the_overlap_of_a_unique_decision() -> None:
    found = check(policy_of({**BAND, "hit_policy": "unique"}).versions[0])
    (conflict,) = [one for one in found if one.code == "conflict"]

    assert conflict.rules == ("young", "old")
    assert conflict.witness is not None
    assert conflict.witness["age"] == 24
    assert "only one may" in conflict.message.to("en")
    apart = [OVERLAP[0], {**OVERLAP[1], "overrides": ["young"]}]
    set_aside = policy_of({**BAND, "hit_policy": "unique", "rules": apart})
    assert not [one for one in check(set_aside.versions[0]) if one.code == "conflict"]
    assert set_aside.decide({**DAY, "age": 24})["risk"].rules == ("old",)


# Pages and mistakes


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({"type": "integer", "total": "sum", "rules": RULES}, "The outcome is the sum of"),
        ({**BAND, "hit_policy": "unique"}, "No two rules may apply at once."),
    ],
)
def test_the_page_of_a_policy_says_what_becomes_of_several_rules(
    decision: dict[str, Any], said: str
) -> None:
    assert said in page(policy_of(decision).versions[0], "en")


@pytest.mark.parametrize(
    ("decision", "code", "said"),
    [
        ({**BAND, "total": "sum"}, "decision-kind", "cannot be made of this type"),
        ({"type": "text", "total": "maximum", "rules": RULES}, "decision-kind", "of this type"),
        ({"type": "integer", "total": "minimum", "rules": RULES}, "missing-key", "no rule that"),
        ({"type": "integer", "total": "count", "rules": RULES}, "decision-kind", "no `then`"),
        (
            {"type": "integer", "total": "sum", "nullable": True, "rules": RULES},
            "decision-kind", "never null",
        ),
        (
            {"type": "integer", "total": "sum", "hit_policy": "first", "rules": RULES},
            "decision-kind", "one outcome",
        ),
        (
            {"type": "integer", "total": "sum", "hit_policy": "rule_order", "rules": RULES},
            "decision-kind", "no list",
        ),
        (
            {"type": "integer", "hit_policy": "output_order", "rules": RULES},
            "decision-kind", "order of `outcomes`",
        ),
        ({"type": "integer", "duplicates": "kept", "rules": RULES}, "decision-kind", "collection"),
        ({"type": "integer", "total": "average", "rules": RULES}, "unknown-word", "average"),
    ],
)  # fmt: skip
def test_what_cannot_be_gathered_is_refused(decision: dict[str, Any], code: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of(decision)
    assert code in [one.code for one in refused.value.problems]
    assert any(said in one.message.to("en") for one in refused.value.problems)
    for one in refused.value.problems:
        assert one.message.to("ru") != one.message.to("en")


def test_the_total_of_the_page_adds_up() -> None:
    facts: dict[str, Any] = {
        "asked": {"type": "date", "label": "asked"},
        "driver.age": {"type": "integer", "label": "age"},
        "driver.trained": {"type": "boolean", "label": "trained"},
        "car.kind": {**FACTS["car"], "label": "car"},
    }
    policy = policy_of(documented("score"), facts=facts)
    told = {**DAY, "driver.age": 20, "driver.trained": True}

    assert policy.decide({**told, "car.kind": "sports"})["risk"].value == 200
    assert policy.decide(told)["risk"].possible == (50, 200)


def test_a_sum_of_many_odd_amounts_is_exact_while_facts_are_missing() -> None:
    names = [f"f{number:02}" for number in range(24)]
    amounts = {name: 7 ** (number % 9) * 10 + number for number, name in enumerate(names)}
    facts: dict[str, Any] = {name: {"type": "boolean"} for name in names}
    rules = [{"id": f"r-{one}", "when": {one: True}, "then": amounts[one]} for one in names]
    decision = {"type": "integer", "total": "sum", "rules": rules}
    policy = policy_of(decision, facts={"asked": {"type": "date"}, **facts})
    told: dict[str, Any] = {**DAY, **{name: name > "f10" for name in names}}

    assert policy.decide(told)["risk"].value == sum(amounts[one] for one in names if one > "f10")
    del told["f20"], told["f03"]
    found = policy.decide(told)["risk"]
    known = sum(amounts[one] for one in names if one > "f10" and one != "f20")
    parts = (0, amounts["f03"], amounts["f20"], amounts["f03"] + amounts["f20"])
    assert found.is_exact
    assert found.possible == tuple(sorted(known + one for one in parts))
    assert set(found.needs) == {"f03", "f20"}


def test_one_total_says_what_took_a_decision_for_each_factor() -> None:
    factors = {
        f"part-{one['id']}".replace("-", "_"): {
            "label": "part",
            "type": "integer",
            "rules": [{**one, "id": f"alone-{one['id']}"}],
            "otherwise": {"then": 0},
        }
        for one in RULES
    }
    added = {"type": "integer", "rules": [{"id": "all", "then": {"sum": [*factors]}}]}
    long, short = policy_of(added, **factors), total_of("sum")

    assert len(list(long.versions[0].every_rule())) == 2 * len(RULES) + 1
    assert len(list(short.versions[0].every_rule())) == len(RULES)
    for one in product(*VALUES.values()):
        told = {**DAY, **dict(zip(VALUES, one, strict=True))}
        assert long.decide(told)["risk"].value == short.decide(told)["risk"].value
