"""What `check` finds about lists of things is so for some list that may be told, and only then."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import chain, combinations_with_replacement, product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy
from reglament.analysis.findings import Finding, Proof, check
from reglament.analysis.proving.port import AnyConflict, AnyGap, Proven, Shown
from reglament.analysis.proving.settling import settle
from support import random_lists, random_plain_lists
from support.laws import examples, tries
from support.small_policy import lines_of_orders, small_policy

Json = dict[str, Any]
ASKED = ("one", "two", "varied")
SHORT = [(), *([one] for one in random_lists.EVERY_ITEM)]
LONGER = list(combinations_with_replacement(random_lists.EVERY_ITEM, 2))
LONGEST = list(combinations_with_replacement(random_lists.EVERY_ITEM, 3))


def made(seed: int) -> tuple[Random, Json]:
    """A policy of which some decisions have rules that may disagree, and no `otherwise`."""
    rng = Random(seed)
    text = random_lists.policy(rng)
    for name in ("one", "two"):
        decision = text["decisions"][name]
        if rng.random() < 0.6:
            del decision["hit_policy"]
            if rng.random() < 0.6:
                decision.pop("otherwise", None)
            when = random_lists.list_test(rng)
            decision["rules"].append({"id": f"{name}-9", "when": when, "then": rng.choice("uvw")})
    text["facts"]["things"]["at_most"] = rng.choice((3, 3, 4, 60))
    return rng, text


def refusals(policy: Policy, rng: Random, least: int) -> set[tuple[str, str]]:
    """The codes with which decisions are refused for short lists."""
    found = set()
    lists = [*SHORT, *rng.sample(LONGER, tries(30)), *rng.sample(LONGEST, tries(30))]
    outer = random_lists.OUTER
    for values, items in product(product(*outer.values()), lists):
        if len(items) < least:
            continue
        told = dict(zip(outer, values, strict=True))
        decided = policy.decide({"day": "2025-02-03", **told, "things": list(items)})
        for name in ASKED:
            refused = decided[name].refused
            if refused is not None:
                found.add((name, refused.problem.code))
    return found


def proofs(findings: tuple[Finding, ...], name: str, code: str) -> set[Proof]:
    return {one.proof for one in findings if (one.decision, one.code) == (name, code)}


@pytest.mark.slow
@given(st.integers(0, 10**6))
@examples(30)
def test_a_gap_or_a_conflict_is_found_where_some_list_shows_it_and_nowhere_else(seed: int) -> None:
    rng, text = made(seed)
    policy = Policy.from_text(text)
    findings = check(policy.versions[0])
    met = refusals(policy, rng, text["facts"]["things"]["at_least"])

    for name, code in product(ASKED, ("gap", "conflict")):
        found = proofs(findings, name, code)
        assert Proof.UNPROVEN not in found, (name, code)
        assert found or (name, code) not in met, (name, code)
    for one in findings:
        if one.decision in ASKED and one.code in ("gap", "conflict"):
            assert one.witness is not None
            refused = policy.decide(one.witness)[one.decision].refused
            assert refused is not None
            assert refused.problem.code == one.code


@pytest.mark.slow
@given(st.integers(0, 10**6))
@examples(20)
def test_the_solver_says_the_same_of_lists_as_diagrams_do(seed: int) -> None:
    pytest.importorskip("z3")
    _, text = made(seed)
    policy = Policy.from_text(text)
    version = policy.versions[0]
    findings = check(version)

    for name, (code, kind) in product(ASKED, (("gap", AnyGap), ("conflict", AnyConflict))):
        answer = settle(kind(version, name))
        assert isinstance(answer, Shown | Proven), (name, code)
        assert isinstance(answer, Shown) is bool(proofs(findings, name, code)), (name, code)
        if isinstance(answer, Shown):
            refused = policy.decide(answer.facts)[name].refused
            assert refused is not None
            assert refused.problem.code == code


@given(st.integers(0, 10**6))
@examples(30)
def test_the_same_of_plain_lists(seed: int) -> None:
    rng = Random(seed)
    policy = Policy.from_text(random_plain_lists.policy(rng, is_total=False))
    findings = check(policy.versions[0])
    domains = random_plain_lists.DOMAINS
    tried = [{name: rng.choice(of) for name, of in domains.items()} for _ in range(400)]
    decided = [policy.decide({"day": "2025-02-03", **told}) for told in tried]

    for name, code in product(("one", "two", "three"), ("gap", "conflict")):
        refused = (one[name].refused for one in decided)
        met = any(one is not None and one.problem.code == code for one in refused)
        found = proofs(findings, name, code)
        assert found <= {Proof.EXACT}, (name, code)
        assert found or not met, (name, code)
    are_shown(policy, findings)


def are_shown(policy: Policy, findings: tuple[Finding, ...]) -> None:
    """Each gap and each conflict is shown by a request that is refused for it."""
    for one in findings:
        if one.code in ("gap", "conflict") and one.decision:
            assert one.witness is not None
            refusal = policy.decide(one.witness)[one.decision].refused
            assert refusal is not None
            assert refusal.problem.code == one.code


def held_against_a_limit(rng: Random) -> Json:
    """A test of the scores, of which some read the limit, or of the limit itself."""
    number = rng.choice(("limit", "limit", 2, 3))
    compared = {rng.choice(("at_least", "at_most", "more_than", "less_than")): number}
    match rng.randrange(5):
        case 0:
            return {"limit": {rng.choice(("at_least", "less_than")): rng.choice((2, 3))}}
        case 1:
            said = {"same_as": "limit"} if number == "limit" else number
            return {"scores": {"includes": said}}
        case 2:
            return {"formula": {rng.choice(("minimum", "maximum")): ["scores"]}, **compared}
    return {"scores": {rng.choice(("some", "every", "none")): compared}}


@given(st.integers(0, 10**6), st.sampled_from(["integer", "decimal"]))
@examples(15)
def test_the_same_beside_a_limit_of_any_size(seed: int, kind: str) -> None:
    rng = Random(seed)
    places = {"places": 1} if kind == "decimal" else {}
    facts = {
        "scores": {"type": "list", "label": "scores", "item": {"type": "integer"}},
        "limit": {"type": kind, "label": "limit", **places},
    }
    rules = [
        {
            "id": f"r{n}", "then": "ab"[n % 2],
            "when": {"all": [held_against_a_limit(rng) for _ in range(rng.randint(1, 2))]},
        }
        for n in range(2)
    ]  # fmt: skip
    one = {"label": "one", "outcomes": {"a": "a", "b": "b"}, "rules": rules}
    policy = small_policy(facts, {"one": one})
    findings = check(policy.versions[0])
    lists = chain.from_iterable(combinations_with_replacement(range(-1, 6), n) for n in range(4))
    step = 2 if kind == "integer" else 1
    limits = [Decimal(n) / 2 for n in range(-2, 10, step)]
    met = set()
    for scores, limit in product(map(list, lists), limits):
        refused = policy.decide({"day": "2025-02-03", "scores": scores, "limit": limit})["one"]
        if refused.refused is not None:
            met.add(refused.refused.problem.code)

    for code in ("gap", "conflict"):
        assert proofs(findings, "one", code) == ({Proof.EXACT} if code in met else set()), code
    are_shown(policy, findings)


def orders(rules: list[Json], least: int = 0) -> Policy:
    """A policy about the lines of an order, without an `otherwise`."""
    return small_policy(
        {
            "limit": {"type": "decimal", "places": 2, "at_least": 0, "label": "limit"},
            "lines": lines_of_orders(least),
        },
        {
            "handling": {
                "label": "handling", "outcomes": {"a": "a", "b": "b"},
                "rules": [
                    {"id": f"r{n}", "then": "ab"[n % 2], **rule} for n, rule in enumerate(rules)
                ],
            },
        },
    )  # fmt: skip


def when(**test: Any) -> Mapping[str, Any]:
    return {"when": {"lines": test}}


CARD: Json = {"line.kind": "card"}
DEAR: Json = {"line.price": {"more_than": "limit"}}


@pytest.mark.parametrize(
    ("rules", "least", "codes"),
    [
        ([when(every=CARD), when(some={"not": CARD})], 0, set()),
        ([when(every=CARD), when(none=CARD)], 0, {"conflict", "gap"}),
        ([when(every=CARD), when(none=CARD)], 1, {"gap"}),
        ([when(where=CARD, at_least=3), when(at_most=2)], 0, {"gap"}),
        ([when(where=CARD, at_least=3), when(where=CARD, at_most=2)], 0, set()),
        ([when(where=CARD, at_least=30), when(at_most=40)], 0, {"conflict", "gap"}),
        ([when(where=DEAR, at_least=2), when(where=DEAR, at_most=1)], 0, set()),
        ([when(where=DEAR, at_least=2), when(where=DEAR, at_most=2)], 0, {"conflict"}),
        (
            [when(some={"all": [CARD, DEAR]}), when(none=CARD), when(none=DEAR)],
            0,
            {"conflict", "gap"},
        ),
    ],
)  # fmt: skip
def test_what_is_found_of_one_decision_is_certain(
    rules: list[Json], least: int, codes: set[str]
) -> None:
    found = check(orders(rules, least).versions[0])
    about = [one for one in found if one.code in ("gap", "conflict")]

    assert {one.code for one in about} == codes
    assert {one.proof for one in about} <= {Proof.EXACT}


def test_a_list_that_shows_a_finding_may_be_told() -> None:
    """Not shorter than a list may be, though no rule asks how long it is."""
    found = check(orders([when(every=CARD)], 2).versions[0])
    witnesses = [one.witness["lines"] for one in found if one.witness and "lines" in one.witness]

    assert witnesses
    assert all(len(items) >= 2 for items in witnesses)  # type: ignore[arg-type]
    assert all(len(item) == 2 for item in chain.from_iterable(witnesses))  # type: ignore[arg-type]
