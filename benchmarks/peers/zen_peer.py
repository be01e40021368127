"""The tier and the scope as two ZEN decision tables, the second reading the first's outcome."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import zen

from benchmarks.peers.inputs import Input

VERSION = version("zen-engine")

# A row: one cell for each column, then the outcome. An empty cell matches everything.
TIER_COLUMNS = ("kind", "active_from", "active_until", "registered_on", "free_until")
TIER_ROWS = (
    ('"certified_partner"', "", "", "", "", "partner"),
    ("", "$ != null and $ <= created_at", "$ == null or $ >= created_on", "", "", "paid"),
    ("", "", "", "$ != null and $ <= created_on", "$ != null and $ >= created_on", "free"),
    ("", "", "", "", "", "none"),
)
NAMED = (
    '"software_operation", "error_correction", "training", "user_specific_setup",'
    ' "software_update", "custom_instructions", "remote_connection"'
)
SCOPE_COLUMNS = (
    "tier", "service", "remote_tool", "guide_exists", "fix_feasible", "remote_approved",
)  # fmt: skip
SCOPE_ROWS = (
    ('"none"', "", "", "", "", "", "not_applicable"),
    ("", '"onsite_visit"', "", "", "", "", "out_of_scope"),
    ('"partner"', NAMED, "", "", "", "", "in_scope"),
    ('"partner"', "", "", "", "", "", "not_regulated"),
    ("", '"software_operation"', "", "", "", "", "in_scope"),
    ("", '"error_correction"', "", "", "true", "", "in_scope"),
    ("", '"error_correction"', "", "", "", "", "out_of_scope"),
    ("", '"training", "user_specific_setup", "software_update"', "", "", "", "", "out_of_scope"),
    ('"free"', '"custom_instructions"', "", "true", "", "", "out_of_scope"),
    ('"free"', '"remote_connection"', "", "", "", "", "out_of_scope"),
    ("", '"remote_connection"', '"TeamViewer 11"', "", "", "true", "in_scope"),
    ("", '"remote_connection"', '"TeamViewer 11"', "", "", "", "out_of_scope"),
    ("", "", "", "", "", "", "not_regulated"),
)


def prepare() -> Callable[[Input], dict[str, str]]:
    """Load the tables once; return the function that decides one prepared request.

    The static loader keeps the decision parsed, and is the fastest way in that ZEN offers.
    """
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"support": _graph()}}})

    def decide(told: Input) -> dict[str, str]:
        result = engine.evaluate("support", told)["result"]
        return {"tier": result["tier"], "scope": result["scope"]}

    return decide


def prepare_traced() -> Callable[[Input], dict[str, Any]]:
    """As `prepare`, with ZEN's own trace asked for."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"support": _graph()}}})

    def decide(told: Input) -> dict[str, Any]:
        answer = engine.evaluate("support", told, {"trace": True})
        result = answer["result"]
        return {"tier": result["tier"], "scope": result["scope"], "trace": answer["trace"]}

    return decide


def _graph() -> dict[str, Any]:
    nodes: list[dict[str, Any]] = [
        {"id": "in", "type": "inputNode", "name": "request"},
        _table("tier", TIER_COLUMNS, TIER_ROWS),
        _table("scope", SCOPE_COLUMNS, SCOPE_ROWS),
        {"id": "out", "type": "outputNode", "name": "decision"},
    ]
    path = [node["id"] for node in nodes]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in pairwise(path)
    ]
    return {"nodes": nodes, "edges": edges}


def _table(outcome: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    return {
        "id": outcome,
        "type": "decisionTableNode",
        "name": outcome,
        "content": {
            "hitPolicy": "first",
            "passThrough": True,
            "inputs": [{"id": column, "field": column, "name": column} for column in columns],
            "outputs": [{"id": outcome, "field": outcome, "name": outcome}],
            "rules": [
                {
                    "_id": f"{outcome}-{number}",
                    **dict(zip(columns, row, strict=False)),
                    outcome: json.dumps(row[-1]),
                }
                for number, row in enumerate(rows)
            ],
        },
    }
