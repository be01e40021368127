"""What `diff` says of counts of items: changed with a list that shows it, or proven the same."""

from __future__ import annotations

from copy import deepcopy
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reglament import Policy, Refused
from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import Account, Fate
from support import random_lists
from support.laws import examples, sample
from support.list_laws import result
from support.small_policy import lines_of_orders, small_policy

Json = dict[str, Any]
CARD: Json = {"line.kind": "card"}
DEAR: Json = {"line.price": {"more_than": 50}}


def account_of(old: Policy, new: Policy, name: str) -> Account:
    accounts = diff(old.versions[0], new.versions[0]).accounts
    return next(one for one in accounts if one.decision == name)


def orders(when: Json, refunded: Json) -> Policy:
    """A policy that does `a` when that is so, with a decision about each line."""
    return small_policy(
        {"lines": lines_of_orders()},
        {
            "line.refunded": {
                "for_each": "lines", "label": "refunded", "outcomes": {"yes": "yes", "no": "no"},
                "rules": [{"id": "refunded", "when": refunded, "then": "yes"}],
                "otherwise": {"then": "no"},
            },
            "handling": {
                "label": "handling", "outcomes": {"a": "a", "b": "b"},
                "rules": [{"id": "a", "when": when, "then": "a"}], "otherwise": {"then": "b"},
            },
        },
    )  # fmt: skip


def so(**test: Any) -> Json:
    return {"lines": test}


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    sample([
        (so(some={"any": [CARD, DEAR]}), {"any": [so(some=CARD), so(some=DEAR)]}, Fate.SAME),
        (so(some={"all": [CARD, DEAR]}), {"all": [so(some=CARD), so(some=DEAR)]}, Fate.CHANGES),
        (so(every=CARD), so(none={"line.kind": "book"}), Fate.SAME),
        (so(every=CARD, at_least=1), so(every=CARD, some=CARD), Fate.SAME),
        (so(every=CARD), so(every=CARD, some=CARD), Fate.CHANGES),
        (so(where=CARD, at_least=20), so(where=CARD, more_than=19), Fate.SAME),
        (so(where=CARD, at_least=20), so(where=CARD, at_least=21), Fate.CHANGES),
        (so(some={"line.refunded": "no"}), so(some={"not": CARD}), Fate.SAME),
        (so(some={"line.refunded": "no"}), so(some={"not": DEAR}), Fate.CHANGES),
    ], 4),
)  # fmt: skip
def test_an_edit_of_a_condition_is_settled(before: Json, after: Json, fate: Fate) -> None:
    found = account_of(orders(before, CARD), orders(after, CARD), "handling")

    assert found.fate is fate


def test_what_items_decide_otherwise_under_one_name_is_not_taken_for_the_same() -> None:
    when = so(some={"line.refunded": "no"})
    found = account_of(orders(when, CARD), orders(when, {"any": [CARD, DEAR]}), "handling")

    assert found.fate is Fate.CHANGES
    found = account_of(orders(when, CARD), orders(when, {"all": [CARD, CARD]}), "handling")
    assert found.fate in (Fate.SAME, Fate.NOT_SETTLED)


@pytest.mark.slow
@given(st.integers(0, 10**6))
@examples(40)
def test_random_edits_of_conditions_are_settled_as_short_lists_say(seed: int) -> None:
    rng = Random(seed)
    text = random_lists.policy(rng)
    edited = deepcopy(text)
    decided = tuple(name for name in text["decisions"] if name.startswith("line."))
    rule = rng.choice(edited["decisions"]["one"]["rules"])
    other = random_lists.list_test(rng, decided)
    rule["when"] = other if rng.random() < 0.5 else {"all": [rule["when"], other]}
    try:
        old, new = Policy.from_text(text), Policy.from_text(edited)
    except Refused:
        return
    found = account_of(old, new, "one")

    several = [[rng.choice(random_lists.EVERY_ITEM) for _ in range(n)] for n in (1, 2, 2, 3, 3) * 8]
    lists = [items for items in ([], *several) if len(items) >= text["facts"]["things"]["at_least"]]
    asked = (
        {"day": "2025-02-03", "ok": True, "lim": lim, "req": req, "things": items}
        for items, lim, req in product(lists, (0, 1, 2), "xy")
    )
    pairs = ((old.decide(one)["one"], new.decide(one)["one"]) for one in asked)
    is_changed = any(result(one) != result(other) for one, other in pairs)
    assert found.fate is not Fate.NOT_SETTLED
    assert found.fate is Fate.CHANGES or not is_changed


def shop(limit: int) -> Policy:
    """A policy that lends small worth: used goods count 60 per cent, each as often as it comes."""
    worth = {"product": ["line.price", "line.amount"]}
    used = {"round_half_up": [{"percent": [60, worth]}, 0.01]}
    lines = lines_of_orders(1)
    lines["item"]["fields"] |= {
        "amount": {"type": "integer", "at_least": 1, "at_most": 9, "label": "amount"},
        "used": {"type": "boolean", "label": "used"},
    }
    small = {"total": {"at_most": limit}, "lines": {"where": CARD, "every": {"line.amount": 2}}}
    return small_policy(
        {"lines": lines, "gift": {"type": "boolean", "label": "gift"}},
        {
            "line.worth": {
                "for_each": "lines", "label": "worth", "type": "decimal", "places": 2,
                "rules": [{"id": "used", "when": {"line.used": True}, "then": used}],
                "otherwise": {"then": worth},
            },
            "total": {
                "label": "total", "type": "decimal", "places": 2,
                "rules": [{"id": "total", "then": {"sum": "line.worth", "over": "lines"}}],
            },
            "relief": {
                "label": "relief", "outcomes": {"free": "free", "none": "none"},
                "rules": [{"id": "free", "when": {"gift": True, **small}, "then": "free"}],
                "otherwise": {"then": "none"},
            },
        },
    )  # fmt: skip


@given(st.integers(1, 300), st.integers(1, 300))
@examples(15)
def test_a_moved_limit_of_what_items_are_computed_to_is_shown(before: int, after: int) -> None:
    """A list is aimed at the numbers between, which no rule names."""
    assume(before != after)
    old, new = shop(before), shop(after)
    found = diff(old.versions[0], new.versions[0])
    fates = {one.decision: one.fate for one in found.accounts}

    assert fates["relief"] is Fate.CHANGES
    for region in found.regions:
        facts = region.witness.facts
        assert result(old.decide(facts)["relief"]) != result(new.decide(facts)["relief"])
