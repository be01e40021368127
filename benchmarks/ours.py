"""From the bundled policy to the ways of asking the engine that the benchmarks time and check."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ENGINE = Path(__file__).resolve().parents[1] / "engine"
DECISIONS = (
    "tier",
    "free_until",
    "channel",
    "desk",
    "scope",
    "response_hours",
    "response_due",
    "payment_contact",
    "renewal",
    "renewal_effective_from",
    "answer",
    "advice",
)

TWO = ("tier", "scope")
ALL_DECIDED, ONLY_TWO = "all decided, tier and scope read", "only tier and scope decided"

Request = Mapping[str, Any]
Ask = Callable[[Request], object]


def load() -> Any:
    """The bundled technical-support policy; ImportError where the engine is not importable."""
    try:
        from reglament import load_policy
    except ImportError:
        sys.path.append(str(ENGINE))
        from reglament import load_policy
    return load_policy("technical-support")


def ways_to_ask(policy: Any) -> dict[str, Ask]:
    """What is timed. An engine that works late is made to work: each outcome is read."""

    def read_all(request: Request) -> object:
        decision = policy.decide(request)
        return [decision[name].outcome for name in DECISIONS]

    def read_two(request: Request) -> object:
        decision = policy.decide(request)
        return decision["tier"].outcome, decision["scope"].outcome

    def ask_two(request: Request) -> object:
        decision = policy.decide(request, only=TWO)
        return decision["tier"].outcome, decision["scope"].outcome

    return {
        "decide alone": policy.decide,
        "every outcome read": read_all,
        ALL_DECIDED: read_two,
        ONLY_TWO: ask_two,
        "document as JSON": lambda request: policy.decide(request).to_json(),
        "explained in Russian": lambda request: policy.decide(request).explain("ru"),
    }


def plain(policy: Any, request: Request) -> dict[str, Any]:
    """The engine's decisions in the shape of the hand-written function's, to compare them."""
    decision = policy.decide(request)
    found = {name: decision[name].outcome for name in DECISIONS if name != "advice"}
    contact = found["payment_contact"]
    return {
        **found,
        "payment_contact": None if contact is None else dict(contact),
        "unmet": list(decision["renewal"].unmet),
        "advice": [item.id for item in decision["advice"].items],
    }
