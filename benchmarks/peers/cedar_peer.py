"""The tier and the scope as Cedar policies: one `permit` an outcome, told apart by their ids.

Cedar answers allow or deny; which outcome is meant is read from the ids of the policies that
permitted. It has no order of rules, so each outcome says in full when it holds. The scope needs
the tier, so a request takes two calls.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

import cedarpy

from benchmarks.peers.inputs import Input

VERSION = version("cedarpy")

PARTNER = 'context.kind == "certified_partner"'
PAID = (
    "(context has active_from && context.active_from <= context.created_at"
    " && (!(context has active_until) || context.created_on <= context.active_until))"
)
FREE = (
    "(context has registered_on && context.registered_on <= context.created_on"
    " && context.created_on <= context.free_until)"
)
TIERS = {
    "partner": PARTNER,
    "paid": f"!({PARTNER}) && {PAID}",
    "free": f"!({PARTNER}) && !{PAID} && {FREE}",
    "none": f"!({PARTNER}) && !{PAID} && !{FREE}",
}

NONE, TO_PARTNER = 'context.tier == "none"', 'context.tier == "partner"'
TO_USER = '(context.tier == "free" || context.tier == "paid")'
NAMED = (
    '["software_operation", "error_correction", "training", "user_specific_setup",'
    ' "software_update", "custom_instructions", "remote_connection", "onsite_visit"]'
)
ONSITE = 'context.service == "onsite_visit"'
PAID_REMOTE = 'context.tier == "paid" && context.service == "remote_connection"'
NAMED_TOOL = '(context has remote_tool && context.remote_tool == "TeamViewer 11")'
GUIDED = 'context.tier == "free" && context.guide_exists'
SCOPES = {
    "not_applicable": NONE,
    "in_scope": f"""
        ({TO_PARTNER} && {NAMED}.contains(context.service) && !({ONSITE}))
        || ({TO_USER} && context.service == "software_operation")
        || ({TO_USER} && context.service == "error_correction" && context.fix_feasible)
        || ({PAID_REMOTE} && {NAMED_TOOL} && context.remote_approved)""",
    "out_of_scope": f"""
        (!({NONE}) && {ONSITE})
        || ({TO_USER} && context.service == "error_correction" && !context.fix_feasible)
        || ({TO_USER} && ["training", "user_specific_setup", "software_update"]
                .contains(context.service))
        || ({GUIDED} && context.service == "custom_instructions")
        || (context.tier == "free" && context.service == "remote_connection")
        || ({PAID_REMOTE} && {NAMED_TOOL} && !context.remote_approved)""",
    "not_regulated": f"""
        (!({NONE}) && !({NAMED}.contains(context.service)))
        || ({TO_USER} && context.service == "custom_instructions" && !({GUIDED}))
        || ({PAID_REMOTE} && !{NAMED_TOOL})""",
}


def prepare() -> Callable[[Input], dict[str, str]]:
    """Parse the policies once; return the function that decides one prepared request."""
    tiers, scopes, entities = _parsed()

    def outcome(policies: cedarpy.PolicySet, context: Input) -> str:
        return _told(cedarpy.is_authorized(_request(context), policies, entities))

    def decide(told: Input) -> dict[str, str]:
        context = _context(told)
        tier = outcome(tiers, context)
        return {"tier": tier, "scope": outcome(scopes, {**context, "tier": tier})}

    return decide


def prepare_many() -> Callable[[list[Input]], list[dict[str, str]]]:
    """The same of many prepared requests at once, by Cedar's call for a batch."""
    tiers, scopes, entities = _parsed()

    def outcomes(policies: cedarpy.PolicySet, contexts: list[Input]) -> list[str]:
        requests = [_request(context) for context in contexts]
        return [_told(one) for one in cedarpy.is_authorized_batch(requests, policies, entities)]

    def decide(told: list[Input]) -> list[dict[str, str]]:
        contexts = [_context(one) for one in told]
        found = outcomes(tiers, contexts)
        pairs = zip(contexts, found, strict=True)
        again = outcomes(scopes, [{**context, "tier": tier} for context, tier in pairs])
        return [{"tier": t, "scope": s} for t, s in zip(found, again, strict=True)]

    return decide


def _parsed() -> tuple[cedarpy.PolicySet, cedarpy.PolicySet, cedarpy.Entities]:
    several = (cedarpy.PolicySet.from_str(_policies(one)) for one in (TIERS, SCOPES))
    tiers, scopes = several
    return tiers, scopes, cedarpy.Entities.from_json_str("[]")


def _context(told: Input) -> Input:
    return {fact: value for fact, value in told.items() if value is not None}


def _request(context: Input) -> Input:
    return {
        "principal": 'User::"requester"',
        "action": 'Action::"ask"',
        "resource": 'Service::"support"',
        "context": context,
    }


def _told(answer: cedarpy.AuthzResult) -> str:
    (found,) = answer.diagnostics.id_annotations_by_reason.values()
    return str(found)


def _policies(conditions: dict[str, str]) -> str:
    return "\n".join(
        f'@id("{outcome}")\npermit(principal, action, resource) when {{ {condition} }};'
        for outcome, condition in conditions.items()
    )
