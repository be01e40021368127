"""A policy of one version in English that is chosen by a day, and the fact of an order's lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament import Policy

Json = dict[str, Any]


def small_policy(facts: Mapping[str, Json], decisions: Mapping[str, Json]) -> Policy:
    """The policy of these, with a fact `day`."""
    return Policy.from_text(
        {
            "policy": "small", "version": "1", "title": "small", "languages": ["en"],
            "holds_from": "2025-01-01", "known_from": "2025-01-01", "time_zone": "UTC",
            "chosen_by": "day",
            "facts": {"day": {"type": "date", "label": "day"}, **facts},
            "decisions": decisions,
        }
    )  # fmt: skip


def lines_of_orders(least: int = 0) -> Json:
    """A list of things: each line has a kind and a price."""
    fields = {
        "kind": {"type": "choice", "options": {"book": "book", "card": "card"}, "label": "kind"},
        "price": {"type": "decimal", "places": 2, "at_least": 0, "label": "price"},
    }
    item = {"type": "record", "called": "line", "label": "line", "fields": fields}
    return {"type": "list", "at_least": least, "at_most": 50, "label": "lines", "item": item}
