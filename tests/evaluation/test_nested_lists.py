"""Lists inside the items of lists mean what the reference says of every completion."""

from __future__ import annotations

from random import Random
from typing import Any

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


def test_outcomes_of_items_are_exact_only_if_that_of_each_item_is() -> None:
    number = {"type": "integer", "at_least": 1, "at_most": 30}
    marks = {"called": "mark", "fields": {"credits": {**number, "label": "credits"}}}
    people = {"called": "person", "fields": {"marks": listed("marks", marks)}}
    total = {"sum": "mark.credits", "over": "person.marks"}
    count = {"count": "person.marks"}
    few = {"formula": {"product": [total, count]}, "less_than": 40}  # two totals tied together
    policy = Policy.from_text(
        {
            "policy": "marks", "version": "1", "title": "marks", "languages": ["en"],
            "holds_from": "2020-01-01", "known_from": "2020-01-01", "time_zone": "UTC",
            "facts": {"people": listed("people", people)},
            "decisions": {
                "person.enough": {
                    "for_each": "people", "type": "boolean", "label": "enough",
                    "rules": [{"id": "few", "when": few, "then": False}],
                    "otherwise": {"then": True},
                }
            },
        }
    )  # fmt: skip

    def enough(*credits: int | None) -> Any:
        marks = [{} if one is None else {"credits": one} for one in credits]
        decided = policy.decide({"people": [{"marks": marks}, {"marks": []}]})
        return decided.to_dict()["decisions"]["person.enough"]

    open_, told = enough(18, None, None, None, None), enough(18, 2)
    assert open_["status"] == "undetermined"
    assert [one.get("exact") for one in open_["items"]] == [False, None]
    assert open_["exact"] is False
    assert "exact" not in told
    assert told["outcome"] == [True, False]


def listed(label: str, item: dict[str, Any]) -> dict[str, Any]:
    """A list of things."""
    item = {"type": "record", "label": label, **item}
    return {"type": "list", "at_most": 5, "label": label, "item": item}
