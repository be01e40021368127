"""What is possible while a plain list is not told: what some list gives, and nothing else."""

from __future__ import annotations

from math import prod
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy
from support import random_plain_lists
from support.laws import examples
from support.list_laws import says_what_completions_give
from support.random_plain_lists import DOMAINS

NAMES = ("one", "two", "three")
MOST_COMPLETIONS = 1_200


@given(st.integers(0, 10**6))
@examples(100)
def test_what_is_possible_is_what_some_list_gives(seed: int) -> None:
    rng = Random(seed)
    policy = Policy.from_text(random_plain_lists.policy(rng, is_total=rng.random() < 0.5))
    told = random_plain_lists.request(rng)
    if prod(len(of) for name, of in DOMAINS.items() if name not in told) > MOST_COMPLETIONS:
        return
    whole = [policy.decide(one) for one in random_plain_lists.completions(told)]

    says_what_completions_give(policy.decide(told), whole, NAMES)


@given(st.integers(0, 10**6))
@examples(60)
def test_it_is_exact_where_lists_alone_are_missing(seed: int) -> None:
    rng = Random(seed)
    policy = Policy.from_text(random_plain_lists.policy(rng, is_total=rng.random() < 0.5))
    decided = policy.decide({"day": "2025-02-03", "lim": rng.randint(0, 2), "ok": True})

    assert all(decided[name].is_exact for name in NAMES)


def asked(*tests: Any) -> Policy:
    """A policy that says yes where all the tests hold, and else no."""
    text = random_plain_lists.policy(Random(1))
    text["facts"]["names"] = {"type": "list", "item": {"type": "text"}, "label": "names"}
    text["facts"]["near"] = {"type": "integer", "label": "near"}
    rule = {"id": "yes", "when": {"all": list(tests)}, "then": "yes"}
    text["decisions"] = {
        "d": {
            "label": "d", "outcomes": {"yes": "yes", "no": "no"}, "rules": [rule],
            "otherwise": {"then": "no"},
        },
    }  # fmt: skip
    return Policy.from_text(text)


GREATEST = {"formula": {"maximum": ["scores"]}}
STARTS = {"some": {"starts_with": {"literal": "ab"}}}


def contains(letters: str) -> dict[str, Any]:
    return {"contains": {"literal": letters}}


@pytest.mark.parametrize(
    ("tests", "told", "possible"),
    [
        ([{"scores": {"some": {"at_least": 2}, "none": {"at_least": 1}}}], {}, {"no"}),
        ([{"scores": {"every": {"at_least": 2}, "includes": 1}}], {}, {"no"}),
        ([{"scores": {"every": {"at_least": 2}, "at_most": 3}}], {}, {"yes", "no"}),
        ([GREATEST | {"at_most": 1}, {"scores": {"some": {"more_than": 1}}}], {}, {"no"}),
        ([{"scores": {"some": {"less_than": "lim"}}}], {"lim": 0}, {"no"}),
        ([{"scores": {"some": {"less_than": "lim"}}}], {"lim": 1}, {"yes", "no"}),
        ([{"names": STARTS}, {"names": {"none": contains("b")}}], {}, {"no"}),
        ([{"names": STARTS}, {"names": {"none": contains("c")}}], {}, {"yes", "no"}),
        ([{"scores": {"at_least": 2, "at_most": 1}}], {}, {"no"}),
    ],
)  # fmt: skip
def test_tests_of_one_list_are_answered_together(
    tests: Any, told: dict[str, Any], possible: set[str]
) -> None:
    decided = asked(*tests).decide({"day": "2025-02-03", **told})["d"]

    assert set(decided.possible or ()) == possible
    assert decided.is_exact
    assert decided.is_determined is (len(possible) == 1)


@pytest.mark.parametrize(
    "tests",
    [
        [{"scores": {"some": {"less_than": "lim"}}}, {"scores": {"every": {"at_least": "lim"}}}],
        [{"formula": {"item": ["scores", 1]}, "is": 1}, {"scores": {"none": 1}}],
    ],
)
def test_what_is_not_known_to_go_together_says_so(tests: Any) -> None:
    decided = asked(*tests).decide({"day": "2025-02-03"})["d"]

    assert set(decided.possible or ()) == {"yes", "no"}
    assert not decided.is_exact
