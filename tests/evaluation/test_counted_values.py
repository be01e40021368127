"""How many different values items have is counted exactly, though some are not told."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from reglament import Policy

FIELDS = {
    "integer, at_least: 0, at_most: 2": (0, 1, 2, None),
    "text": ("x", "y", "z", "other", None),
    "choice, open: true, options: {a: a}": ("a", "y", "z", "other", None),
    "date, at_least: 2024-01-01, at_most: 2024-01-02": ("2024-01-01", "2024-01-02", None),
}
COUNTED = """
policy: counted
version: "1"
title: counted
languages: [en]
holds_from: 2024-01-01
time_zone: UTC
facts:
  things:
    type: list
    at_most: 3
    label: things
    item:
      type: record
      called: line
      label: line
      fields:
        kind: {type: KIND, label: kind, null_means: none}
decisions:
  kinds: {label: kinds, type: integer, rules: [{id: k, then: {distinct: line.kind, over: things}}]}
  several:
    label: several
    type: boolean
    rules:
      - {id: s, when: {formula: {distinct: line.kind, over: things}, at_least: 2}, then: true}
    otherwise: {then: false}
"""


@pytest.mark.parametrize("kind", FIELDS)
def test_different_values_are_counted_exactly_where_null_may_be_told(kind: str) -> None:
    policy, values = Policy.from_text(COUNTED.replace("KIND", kind)), FIELDS[kind]
    told: list[tuple[Any, ...]] = [
        ("?",), (values[0], "?"), (None, "?"), ("?", "?"), (values[0], values[1], "?"),
        (values[0], None, "?"), (values[0], "?", "?"),
    ]  # fmt: skip
    for some in told:
        items = [{} if one == "?" else {"kind": one} for one in some]
        part = policy.decide({"things": items})
        whole = [
            policy.decide({"things": [{"kind": one} for one in full]})
            for full in product(*(values if one == "?" else (one,) for one in some))
        ]
        for name in ("kinds", "several"):
            assert {*(part[name].possible or ())} == {one[name].outcome for one in whole}, some
            assert part[name].is_exact, some
            assert bool(part[name].needs) is not part[name].is_determined


def test_different_values_of_a_list_that_may_be_longer_are_counted_exactly() -> None:
    policy = Policy.from_text(COUNTED.replace("KIND", "integer, at_least: 0, at_most: 1"))
    found = policy.decide({"things": {"items": [{"kind": 0}], "more": True}})["kinds"]

    assert (found.possible, found.is_exact, found.needs) == ((1, 2), True, ("things.more",))
