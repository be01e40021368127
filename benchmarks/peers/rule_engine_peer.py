"""The tier and the scope as rule-engine expressions: the first rule that matches decides."""

from __future__ import annotations

from collections.abc import Callable

import rule_engine

from benchmarks.peers.inputs import Input

VERSION = rule_engine.__version__

TIERS = (
    ("partner", 'kind == "certified_partner"'),
    (
        "paid",
        "active_from != null and active_from <= created_at"
        " and (active_until == null or created_on <= active_until)",
    ),
    (
        "free",
        "registered_on != null and registered_on <= created_on and created_on <= free_until",
    ),
    ("none", "true"),
)
SCOPES = (
    ("not_applicable", 'tier == "none"'),
    ("out_of_scope", 'service == "onsite_visit"'),
    (
        "in_scope",
        'tier == "partner" and service in ["software_operation", "error_correction", "training",'
        ' "user_specific_setup", "software_update", "custom_instructions", "remote_connection"]',
    ),
    ("not_regulated", 'tier == "partner"'),
    ("in_scope", 'service == "software_operation"'),
    ("in_scope", 'service == "error_correction" and fix_feasible'),
    ("out_of_scope", 'service == "error_correction"'),
    ("out_of_scope", 'service in ["training", "user_specific_setup", "software_update"]'),
    ("out_of_scope", 'tier == "free" and service == "custom_instructions" and guide_exists'),
    ("out_of_scope", 'tier == "free" and service == "remote_connection"'),
    (
        "in_scope",
        'service == "remote_connection" and remote_tool == "TeamViewer 11" and remote_approved',
    ),
    ("out_of_scope", 'service == "remote_connection" and remote_tool == "TeamViewer 11"'),
    ("not_regulated", "true"),
)


def prepare() -> Callable[[Input], dict[str, str]]:
    """Parse the rules once; return the function that decides one prepared request."""
    context = rule_engine.Context(resolver=rule_engine.resolve_item)
    tiers = [(outcome, rule_engine.Rule(text, context=context)) for outcome, text in TIERS]
    scopes = [(outcome, rule_engine.Rule(text, context=context)) for outcome, text in SCOPES]

    def decide(told: Input) -> dict[str, str]:
        tier = next(outcome for outcome, rule in tiers if rule.matches(told))
        known = {**told, "tier": tier}
        return {
            "tier": tier,
            "scope": next(outcome for outcome, rule in scopes if rule.matches(known)),
        }

    return decide
