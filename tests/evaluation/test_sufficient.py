"""Sufficient reasons settle the outcome, need each of their facts, and are the smallest."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given

from reglament import load_policy
from reglament.evaluation import Evaluator
from reglament.evaluation.reasons.sufficient_reason import sufficient_reason
from reglament.evaluation.request_state import FEW_REQUESTS
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.partial.terminal_outcomes import KnownOutcome
from support.laws import examples
from support.random_policies import BROKEN, FACTS, answer, completions, policies, requests

SOME = examples(20)
FEW = examples(8)
MANY_COMPLETIONS = 1_000


def outcomes(version: Version, told: Mapping[str, Value], name: str) -> set[Value]:
    """What the decision comes to over completions that stand for all others; stops at two."""
    found: set[Value] = set()
    for count, facts in enumerate(completions(told)):
        outcome = answer(version, facts, name).outcome
        # A gap or a conflict of a decision that does not matter here is no outcome of this one.
        if not (isinstance(outcome, tuple) and outcome[:1] == (BROKEN,)):
            found.add(outcome)
        if len(found) > 1 or count > MANY_COMPLETIONS:
            break
    return found


def is_settled(evaluator: Evaluator, told: Mapping[str, Value], name: str) -> bool:
    """Whether the whole tree of what these facts leave open is one outcome."""
    left = evaluator.parts.whole.leaves(evaluator.diagrams.decision(name), told)
    return len(left) == 1 and isinstance(left[0], KnownOutcome)


@SOME
@given(policies(), requests())
def test_a_reason_settles_the_outcome_and_needs_every_fact(version, told) -> None:
    evaluator = Evaluator(version)
    for name in version.decisions:
        if not is_settled(evaluator, told, name):
            assert sufficient_reason(evaluator, told, name) == ()
            continue
        reason = sufficient_reason(evaluator, told, name)
        kept = {fact: told[fact] for fact in reason}
        assert len(outcomes(version, kept, name) | outcomes(version, told, name)) < 2
        for fact in reason:
            fewer = {other: value for other, value in kept.items() if other != fact}
            assert not is_settled(evaluator, fewer, name)


@SOME
@given(policies(), requests(most_missing=0))
def test_telling_what_is_not_in_the_reason_otherwise_changes_nothing(version, told) -> None:
    evaluator = Evaluator(version)
    for name in version.decisions:
        if not is_settled(evaluator, told, name):
            continue
        kept = {fact: told[fact] for fact in sufficient_reason(evaluator, told, name)}
        for fact in FACTS.keys() - kept.keys():
            others = {other: value for other, value in told.items() if other != fact}
            assert len(outcomes(version, others, name) | outcomes(version, told, name)) < 2


def test_an_onsite_visit_is_refused_whoever_asks(policy) -> None:
    decided = policy.decide(
        {
            "request.service": "onsite_visit",
            "request.channel": "portal",
            "requester.kind": "user",
            "requester.district": "ural",
        }
    )

    assert decided.sufficient_reason("answer") == ("request.service",)
    assert decided.sufficient_reason("channel") == ("request.channel",)
    assert decided.sufficient_reason("tier") == ()


def test_every_requirement_stands_behind_an_accepted_renewal_and_one_behind_a_rejected(
    policy,
) -> None:
    facts = {
        "renewal.submitted_via": "portal",
        "renewal.act.number": "A-1",
        "renewal.act.issued_by": "industry_solutions_centre",
        "renewal.act.lists_support": True,
        "renewal.act.used_before": False,
    }
    accepted = policy.decide(facts)
    rejected = policy.decide({**facts, "renewal.act.used_before": True})

    assert set(accepted.sufficient_reason("renewal")) == set(facts)
    assert rejected.sufficient_reason("renewal") == ("renewal.act.used_before",)


@pytest.mark.slow
def test_it_is_told_of_every_request_however_many_were_decided_before() -> None:
    policy = load_policy("annual-leave")
    (example, *_) = policy.versions[-1].examples
    told = [policy.decide(example.facts).to_dict(sufficient=True) for _ in range(FEW_REQUESTS + 2)]
    assert all(one == told[0] for one in told)
    assert any(one["sufficient"] for one in told[0]["decisions"].values())
