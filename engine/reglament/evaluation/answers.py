"""From the leaves of a decision that remain to its answer: one outcome, or those still possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reglament.diagram.build import Diagrams
from reglament.diagram.forest import Node, TooLarge
from reglament.diagram.modules import modules_of
from reglament.diagram.payloads import Conflict, Gap
from reglament.diagram.remaining import Remainders
from reglament.diagram.shapes import Shape
from reglament.diagram.trees import Known, Remains, Unlisted
from reglament.model.outcomes import Status
from reglament.model.policy import Decision, DecisionKind
from reglament.model.terms import Constant
from reglament.model.values import Kind, Value

if TYPE_CHECKING:
    from reglament.evaluation.evaluator import Evaluator

MANY_OUTCOMES = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome before it is explained."""

    status: Status
    outcome: Value = None
    possible: tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The diagram by which a decision is answered while facts are missing, its modules left out."""

    remainders: Remainders
    root: Node


class Answers:
    """How the decisions of a version are answered while facts are missing."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self._fragile: dict[str, tuple[str, ...]] = {}
        self._parts: dict[str, Part] = {}
        none = frozenset[str]()
        self._remainders = {none: (evaluator.diagrams, evaluator.remainders)}

    def part(self, decision: Decision) -> Part:
        """The diagram by which the decision is answered. Raises TooLarge."""
        if decision.name not in self._parts:
            self._parts[decision.name] = self._part(decision)
        return self._parts[decision.name]

    def _part(self, decision: Decision) -> Part:
        evaluator = self.evaluator
        modules = modules_of(evaluator.version, decision, self._may_stand_alone)
        if modules not in self._remainders:
            diagrams = Diagrams(
                evaluator.version, modules=modules, budget=evaluator.diagrams.budget
            )
            self._remainders[modules] = diagrams, Remainders(diagrams, evaluator.solver)
        diagrams, remainders = self._remainders[modules]
        return Part(remainders, diagrams.decision(decision.name))

    def _may_stand_alone(self, name: str) -> bool:
        """Whether every outcome of the decision is a word that the policy names."""
        diagrams, decision = self.evaluator.diagrams, self.evaluator.version.decisions[name]
        if decision.type.kind is not Kind.CHOICE or decision.type.is_open:
            return False
        try:
            leaves = diagrams.forest.leaves(diagrams.decision(name))
        except TooLarge:
            return False
        return all(isinstance(diagrams.forest.payloads[leaf], Constant) for leaf in leaves)

    def fragile(self, decision: Decision) -> tuple[str, ...]:
        """The decisions that this one reads which some requests lead to a gap or a conflict."""
        if decision.name not in self._fragile:
            earlier = self.evaluator.version.built_on(decision)
            self._fragile[decision.name] = tuple(d.name for d in earlier if self._may_break(d))
        return self._fragile[decision.name]

    def _may_break(self, decision: Decision) -> bool:
        diagrams = self.evaluator.diagrams
        try:
            leaves = diagrams.forest.leaves(diagrams.decision(decision.name))
        except TooLarge:
            return True
        payloads = map(diagrams.forest.payloads.__getitem__, leaves)
        if any(isinstance(payload, Gap | Conflict) for payload in payloads):
            return True
        return bool(self.fragile(decision))


def known(decision: Decision, shape: Shape) -> Answer | None:
    """The answer that is the same for every request which leaves that shape; kept with it.

    None where it takes a look at the request, or there is none.
    """
    if decision.name not in shape.found:
        remains = shape.values
        is_broken = remains is None or all(isinstance(one, Gap) for one in remains)
        answer = None if is_broken or remains is None else answer_from(decision, remains)
        shape.found[decision.name] = answer
    found: Answer | None = shape.found[decision.name]
    return found


def answer_from(decision: Decision, remains: list[Remains]) -> Answer:
    """The answer of a decision of which this remains; not all gaps and conflicts."""
    first = remains[0]
    if len(remains) == 1 and isinstance(first, Known):
        return Answer(Status.DETERMINED, first.value, (first.value,))
    return Answer(Status.UNDETERMINED, None, possible(decision, remains))


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
