"""A policy whose rules disagree unless facts make them agree, and decisions that read these."""

from __future__ import annotations

from datetime import date
from typing import Any

from reglament import Policy
from support.small_policy import small_policy

FACTS = {
    "few": {"type": "integer", "at_least": 0, "at_most": 3, "label": "few"},
    "wide": {"type": "integer", "at_least": 0, "at_most": 90_000, "label": "wide"},
}
ROWS: list[dict[str, Any]] = [
    {"day": date(2025, 3, 3), **few, **wide}
    for few in ({}, {"few": 1}, {"few": 2})
    for wide in ({}, {"wide": 2}, {"wide": 3})
]


def number(name: str, *thens: Any) -> dict[str, Any]:
    """A number that rules say, all of which apply."""
    rules = [{"id": f"{name}-{at}", "then": then} for at, then in enumerate(thens)]
    return {"type": "integer", "label": "number", "rules": rules}


def disputed() -> Policy:
    """The policy: `few` of 2 settles one dispute, and `wide` of 3 another."""
    rules = [{"id": "holds", "when": {"one": {"at_least": 3}}, "then": "yes"}]
    word = {"label": "word", "outcomes": {"yes": "yes", "no": "no"}, "rules": rules}
    return small_policy(
        FACTS,
        {
            "one": number("one", {"sum": ["few", 1]}, 3),
            "other": number("other", "wide", {"sum": ["few", 1]}),
            "is_three": {**word, "otherwise": {"then": "no"}},
            "both": number("both", {"sum": ["one", "other"]}),
            "neither": number("neither", {"product": ["other", 0]}),
        },
    )
