"""From the leaves of a decision that remain to its answer: one outcome, or those still possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from reglament.diagram.openings import Some
from reglament.diagram.shapes import Shape
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
    """An outcome before it is explained.

    `known` is what it is to decisions that it is a module of: the outcome, or `Some`.
    """

    status: Status
    outcome: Value = None
    possible: tuple[Value, ...] | None = None
    known: Any = field(init=False, compare=False)

    def __post_init__(self) -> None:
        is_one = self.status is DETERMINED
        object.__setattr__(self, "known", self.outcome if is_one else Some(self.possible or ()))


UNKNOWN = Answer(UNDETERMINED)  # what is possible cannot be listed


def determined(value: Value) -> Answer:
    """The answer that is one outcome."""
    outcome = listed(value)
    return Answer(DETERMINED, outcome, Listed((outcome,)))


def answer_from(decision: Decision, remains: list[Remains]) -> Answer:
    """The answer of a decision of which this remains; not all gaps and conflicts."""
    first = remains[0]
    if len(remains) == 1 and isinstance(first, Known):
        return determined(first.value)
    values = possible(decision, remains)
    if values is None:
        return UNKNOWN
    is_flat = decision.type.is_ordered
    return Answer(UNDETERMINED, None, Listed(values) if is_flat else listed(values))


def collected(decision: Decision, shapes: Sequence[Shape]) -> Answer:
    """The answer of a collection whose groups of items are left in these shapes."""
    groups = [shape.fixed.values if shape.fixed else [] for shape in shapes]
    if prod(map(len, groups)) > MANY_OUTCOMES:
        return UNKNOWN
    return answer_from(decision, [Known(_together(decision, some)) for some in product(*groups)])


def _together(decision: Decision, groups: Iterable[Remains]) -> tuple[str, ...]:
    given: list[Any] = [known.value for known in groups if isinstance(known, Known)]
    items = {item for some in given for item in some}
    return tuple(option for option in decision.type.options if option in items)


def possible(decision: Decision, remains: list[Remains]) -> tuple[Value, ...] | None:
    """The outcomes that remain, in the policy's order; None where they cannot be listed.

    Values that stand in order come in that order, null last.
    """
    values: list[Any] = []
    for leaf in remains:
        if isinstance(leaf, Known):
            values.append(leaf.value)
        elif isinstance(leaf, Unlisted):
            return None
    if len(remains) > MANY_OUTCOMES:
        return None
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
