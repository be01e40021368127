"""Changes of plain lists: an item changed, one more, one less, or all items of a kind."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy
from support import random_plain_lists
from support.laws import examples
from support.random_plain_lists import DOMAINS
from support.small_policy import small_policy

Json = dict[str, Any]
HIGH = {"scores": {"every": {"at_least": 8}, "at_least": 3}}
SOME = {"scores": {"where": {"at_least": 8}, "at_least": 2}}
NEVER = {"scores": {"every": {"at_least": 8}, "some": {"less_than": 7}}}
WORD = {"tags": {"includes": {"literal": "old"}}}


def policy(**beside: Json) -> Policy:
    """A policy about scores and tags; `beside` are facts more."""
    rules = {"never": NEVER, "good": HIGH, "fair": SOME, "old": WORD}
    return small_policy(
        {
            "scores": {
                "type": "list", "label": "scores",
                "item": {"type": "integer", "at_least": 0, "at_most": 10},
            },
            "tags": {"type": "list", "item": {"type": "text"}, "label": "tags"},
            **beside,
        },
        {
            "d": {
                "label": "d", "hit_policy": "first", "otherwise": {"then": "none"},
                "outcomes": {name: name for name in (*rules, "none")},
                "rules": [
                    {"id": name, "when": when, "then": name} for name, when in rules.items()
                ],
            },
            "best": {
                "label": "best", "type": "integer", "nullable": True,
                "rules": [{"id": "best", "then": {"maximum": ["scores"]}}],
            },
        },
    )  # fmt: skip


TOLD: Json = {"day": "2025-02-02", "scores": [3, 9, 5], "tags": ["new"]}
LINES: Json = {
    "type": "list", "at_most": 3, "label": "lines",
    "item": {
        "type": "record", "called": "line", "label": "line",
        "fields": {"ok": {"type": "boolean", "label": "ok"}},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("want", "fact", "after"),
    [
        ({"d": "fair"}, "scores", (3, 9, 8)),
        ({"d": "good"}, "scores", (8, 9, 8)),
        ({"d": "old"}, "tags", ("old",)),
        ({"best": 7}, "scores", (3, 7, 5)),
        ({"best": 10}, "scores", (3, 10, 5)),
    ],
)
def test_the_nearest_list_is_proposed(want: Json, fact: str, after: Any) -> None:
    found = policy().change(TOLD, want)
    (move,) = found.changes[0].moves

    assert (move.fact, move.after) == (fact, after)
    assert found.changes[0].outcomes == want


@pytest.mark.parametrize("want", [{"d": "never"}, {"best": 11}])
def test_that_no_list_does_is_proven(want: Json) -> None:
    found = policy().change(TOLD, want)

    assert not found.changes
    assert found.is_proven


@pytest.mark.parametrize(
    ("want", "fact", "after"),
    [({"d": "fair"}, "scores", (8, 9, 5)), ({"d": "old"}, "tags", ("old",))],
)
def test_beside_a_list_of_things_plain_lists_are_changed_too(
    want: Json, fact: str, after: Any
) -> None:
    found = policy(lines=LINES).change({**TOLD, "lines": []}, want)
    moves = [move for one in found.changes for move in one.moves]

    assert fact in {move.fact for move in moves}
    assert min(len(one.moves) for one in found.changes) == 1
    assert Counter(after) in [Counter(move.after) for move in moves]


@given(st.integers(0, 10**6))
@examples(40)
def test_what_is_proven_is_so_of_every_list_and_what_is_proposed_grants_the_wish(seed: int) -> None:
    rng = Random(seed)
    made = Policy.from_text(random_plain_lists.policy(rng))
    told = {"day": "2025-02-03", **{name: rng.choice(of) for name, of in DOMAINS.items()}}
    want = {"one": rng.choice("uvw")}
    found = made.change(told, want)

    for change in found.changes:
        after = {move.fact: move.after for move in change.moves}
        assert made.decide({**told, **after})["one"].outcome == want["one"]
    if found.is_proven and not found.changes:
        tried = ({**told, "scores": rng.choice(DOMAINS["scores"])} for _ in range(30))
        also = ({**one, "tags": rng.choice(DOMAINS["tags"])} for one in tried)
        assert all(made.decide(one)["one"].outcome != want["one"] for one in also)
