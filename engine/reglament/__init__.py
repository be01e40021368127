"""reglament: regulations you can run.

    from reglament import load_policy

    policy = load_policy("technical-support")
    decision = policy.decide({"requester.kind": "certified_partner"})
    decision["tier"].outcome            # "partner"
"""

from reglament.model.outcomes import Outcome, Status
from reglament.model.problems import Problem, Refused
from reglament.policy import Decided, Policy, load_policy

__version__ = "0.1.0"

__all__ = ["Decided", "Outcome", "Policy", "Problem", "Refused", "Status", "load_policy"]
