"""From the leaves of a decision that remain to its answer: one outcome, or those still possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reglament.diagram.trees import Known, Remains, Unlisted
from reglament.model.outcomes import Status
from reglament.model.policy import Decision, DecisionKind
from reglament.model.terms import Constant
from reglament.model.values import Listed, Value, listed

MANY_OUTCOMES = 64
# Names of their own, since an enumeration looks its members up.
DETERMINED, UNDETERMINED = Status.DETERMINED, Status.UNDETERMINED


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome before it is explained."""

    status: Status
    outcome: Value = None
    possible: tuple[Value, ...] | None = None


def determined(value: Value) -> Answer:
    """The answer that is one outcome."""
    outcome = listed(value)
    return Answer(DETERMINED, outcome, Listed((outcome,)))


def answer_from(decision: Decision, remains: list[Remains]) -> Answer:
    """The answer of a decision of which this remains; not all gaps and conflicts."""
    first = remains[0]
    if len(remains) == 1 and isinstance(first, Known):
        return determined(first.value)
    return Answer(UNDETERMINED, None, listed(possible(decision, remains)))


def possible(decision: Decision, remains: list[Remains]) -> tuple[Value, ...] | None:
    """The outcomes that remain, in the policy's order; None where they cannot be listed.

    Values that stand in order come in that order, null last.
    """
    if any(isinstance(leaf, Unlisted) for leaf in remains) or len(remains) > MANY_OUTCOMES:
        return None
    values: list[Any] = [leaf.value for leaf in remains if isinstance(leaf, Known)]
    if decision.type.is_ordered:
        told = sorted(value for value in values if value is not None)
        return (*told, None) if len(told) < len(values) else tuple(told)
    if decision.kind is DecisionKind.COLLECTION:
        return tuple(sorted(values, key=lambda items: (len(items), items)))
    said = (rule.then.value for rule in decision.every_rule() if isinstance(rule.then, Constant))
    order = {
        value: place for place, value in reversed([*enumerate((*decision.type.options, *said))])
    }
    return tuple(sorted(values, key=lambda value: (order.get(value, len(order)), str(value))))
