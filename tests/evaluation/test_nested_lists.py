"""Lists inside the items of lists mean what the reference says of every completion."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy
from reglament.model.lists import field_of, is_list_of_things
from support import random_nested_lists
from support.laws import examples
from support.list_laws import decides_as_the_reference, says_what_completions_give

SEEDS = st.integers(0, 10**6)


def is_told_so(policy: Policy, name: str) -> bool:
    """Whether a request may tell something by that name."""
    version = policy.versions[0]
    of_list = is_list_of_things(version, name.removesuffix(".more"))
    return name in version.told_facts or field_of(version, name) is not None or of_list


@given(SEEDS)
@examples(20)
def test_a_whole_request_is_decided_as_the_reference_reads_it(seed: int) -> None:
    rng = Random(seed)
    policy = Policy.from_text(random_nested_lists.policy(rng))

    decides_as_the_reference(policy, random_nested_lists.whole(rng))


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

    names = ("one", "two", "total")
    says_what_completions_give(decided, whole, names)
    for name in (one for one in names if not decided[one].is_determined):
        assert all(is_told_so(policy, one) for one in decided[name].needs), name
