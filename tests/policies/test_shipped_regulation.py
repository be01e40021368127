"""The shipped regulation says what its contract says, for whole requests and for partial ones."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.requests import complete, partial
from reglament import Policy
from reglament.model.decisions import DecisionKind
from support.laws import examples, sample
from support.oracle import checklist, facts_matter, possible
from support.shipped import shipped


def _with_one_outcome(policy: Policy) -> list[str]:
    """Every decision but the advice: the oracle counts outcomes, and advice is a list of steps."""
    decisions = policy.versions[-1].decisions.values()
    return [one.name for one in decisions if one.kind is not DecisionKind.COLLECTION]


def _in_the_oracles_words(name: str, value: Any) -> Any:
    """The oracle gives a manager by the e-mail alone."""
    return value["email"] if name == "payment_contact" and value is not None else value


def _agrees(policy: Policy, told: dict[str, Any]) -> None:
    decided = policy.decide(told)
    for name in _with_one_outcome(policy):
        found, expected = decided[name], possible(name, told)
        listed = found.possible and {_in_the_oracles_words(name, v) for v in found.possible}
        assert (name, listed) == (name, expected)
        if expected is not None:
            assert found.is_determined == (len(expected) == 1)
        if not found.is_determined:
            assert (name, set(found.needs)) == (name, facts_matter(name, told))
    assert (decided["renewal"].unmet, decided["renewal"].open) == tuple(map(tuple, checklist(told)))


@pytest.mark.parametrize("seed", sample(range(20), 7))
def test_partial_requests_are_decided_as_the_contract_says(policy: Policy, seed: int) -> None:
    for told in partial(5, seed=seed):
        _agrees(policy, told)


@pytest.mark.parametrize("seed", range(5))
def test_whole_requests_are_decided_as_the_contract_says(policy: Policy, seed: int) -> None:
    for told in complete(10, seed=seed):
        _agrees(policy, told)


@examples(30)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_telling_more_never_overturns_a_decision(seed: int, chance: Any) -> None:
    policy = shipped("technical-support")
    (whole,) = complete(1, seed=seed)
    told = {name: value for name, value in whole.items() if chance.random() < 0.6}
    first, then = policy.decide(told), policy.decide(whole)
    for name in policy.versions[-1].decisions:
        if first[name].is_determined:
            assert then[name].outcome == first[name].outcome
