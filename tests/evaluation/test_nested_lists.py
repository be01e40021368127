"""Lists inside the items of lists mean what the reference says of every completion."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy
from reglament.model.lists import field_of, is_list_of_things
from reglament.model.outcomes import Status
from reglament.reference import Answer, decide
from support import random_nested_lists
from support.laws import examples

SEEDS = st.integers(0, 10**6)


def shown(policy: Policy) -> list[str]:
    decisions = policy.versions[0].decisions.values()
    return [one.name for one in decisions if not one.is_internal]


def is_told_so(policy: Policy, name: str) -> bool:
    """Whether a request may tell something by that name."""
    version = policy.versions[0]
    of_list = is_list_of_things(version, name.removesuffix(".more"))
    return name in version.told_facts or field_of(version, name) is not None or of_list


def result(outcome: Any) -> tuple[str, Any]:
    return outcome.status.value, outcome.outcome


@given(SEEDS)
@examples(20)
def test_a_whole_request_is_decided_as_the_reference_reads_it(seed: int) -> None:
    rng = Random(seed)
    policy = Policy.from_text(random_nested_lists.policy(rng))

    decided = policy.decide(random_nested_lists.whole(rng))
    expected = decide(policy.versions[0], decided.facts)

    for name, outcome in expected.items():
        if isinstance(outcome, Answer):
            assert result(decided[name]) == ("determined", outcome.outcome), name
        else:
            assert decided[name].status is Status.REFUSED, name


@given(SEEDS)
@examples(20)
def test_what_is_possible_is_what_some_completion_gives(seed: int) -> None:
    rng = Random(seed)
    policy = Policy.from_text(random_nested_lists.policy(rng))
    told = random_nested_lists.request(rng)
    every = random_nested_lists.completions(told)
    if every is None:
        return
    whole = [policy.decide(one) for one in every]
    decided = policy.decide(told)

    for name in ("one", "two", "total"):
        outcome = decided[name]
        results = {result(one[name]) for one in whole}
        values = {value for status, value in results if status == "determined"}
        if outcome.is_determined:
            assert results == {result(outcome)}, name
        elif outcome.status is Status.REFUSED:
            assert not values, name
        else:
            assert outcome.needs, name
            assert all(is_told_so(policy, one) for one in outcome.needs), outcome.needs
            assert outcome.possible is None or values <= set(outcome.possible), name
            if outcome.is_exact:
                assert len(results) > 1, name
                assert outcome.possible is None or values == set(outcome.possible), name
