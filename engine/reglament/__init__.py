"""reglament: regulations you can run.

from reglament import load_policy

policy = load_policy("technical-support")
decision = policy.decide({"requester.kind": "certified_partner"})
decision["tier"].value              # "partner"; raises where the facts do not settle it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reglament.holder import PolicyHolder
    from reglament.model.outcomes import Outcome, Status, Undetermined
    from reglament.model.problems import Problem, Refused
    from reglament.policy import Decided, Policy, load_policy

__version__ = "0.1.0"

__all__ = [
    "Decided",
    "Outcome",
    "Policy",
    "PolicyHolder",
    "Problem",
    "Refused",
    "Status",
    "Undetermined",
    "load_policy",
]

# Imported when first asked for, so that `reglament --help` does not wait for them.
_HOMES = {
    "Outcome": "reglament.model.outcomes",
    "Status": "reglament.model.outcomes",
    "Undetermined": "reglament.model.outcomes",
    "Problem": "reglament.model.problems",
    "Refused": "reglament.model.problems",
    "Decided": "reglament.policy",
    "Policy": "reglament.policy",
    "PolicyHolder": "reglament.holder",
    "load_policy": "reglament.policy",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
