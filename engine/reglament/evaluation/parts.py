"""From the decisions of a version to the diagrams that answer them while facts are missing.

A decision's modules are left out of its diagram: they are answered by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reglament.diagram.build import Diagrams
from reglament.diagram.feasible import Solver
from reglament.diagram.forest import Node, TooLarge
from reglament.diagram.modules import Modules, groups_of
from reglament.diagram.once import Once
from reglament.diagram.payloads import Conflict, Gap
from reglament.diagram.remaining import Remainders
from reglament.model.policy import Decision, DecisionKind
from reglament.model.terms import Constant
from reglament.model.values import Kind


@dataclass(frozen=True, slots=True)
class Part:
    """How one decision is answered: by what remains of the diagram at `root`.

    A collection has `others`, too: one for each group of items that hang together.
    `fragile` are the decisions it reads that some requests lead to a gap or a conflict.
    """

    decision: Decision
    fragile: tuple[str, ...]
    remainders: Remainders
    root: Node
    others: tuple[Node, ...]


class Parts:
    """The parts of the decisions of one version; safe to share between threads.

    `part` has None for a decision whose diagram is too large.
    """

    def __init__(self, diagrams: Diagrams, solver: Solver) -> None:
        self.version = diagrams.version
        self.diagrams = diagrams
        self.solver = solver
        self.places = {name: place for place, name in enumerate(self.version.decisions)}
        self.order = diagrams.order
        self.part = Once(self._part)
        self._modules = Modules(self.version, Once(self._may_stand_alone).__getitem__)
        self._remainders = Once(self._remainders_of)
        self._fragile = Once(self._fragile_of)

    @cached_property
    def whole(self) -> Remainders:
        """What remains of diagrams over facts alone."""
        return self._remainders[frozenset()]

    def _part(self, name: str) -> Part | None:
        decision = self.version.decisions[name]
        remainders = self._remainders[self._modules.of(decision)]
        try:
            root, *others = _roots(remainders.diagrams, decision)
        except TooLarge:
            return None
        return Part(decision, self._fragile[name], remainders, root, tuple(others))

    def _remainders_of(self, modules: frozenset[str]) -> Remainders:
        if not modules:
            return Remainders(self.diagrams, self.solver)
        diagrams = Diagrams(self.version, modules=modules, budget=self.diagrams.budget)
        return Remainders(diagrams, self.solver)

    def _may_stand_alone(self, name: str) -> bool:
        """Whether every outcome of the decision is a word that the policy names."""
        decision = self.version.decisions[name]
        if decision.type.kind is not Kind.CHOICE or decision.type.is_open:
            return False
        payloads = self._payloads(name)
        return payloads is not None and all(isinstance(one, Constant) for one in payloads)

    def _payloads(self, name: str) -> list[object] | None:
        """What stands at the leaves of a decision; None where its diagram is too large."""
        forest = self.diagrams.forest
        try:
            leaves = forest.leaves(self.diagrams.decision(name))
        except TooLarge:
            return None
        return [forest.payloads[leaf] for leaf in leaves]

    def _fragile_of(self, name: str) -> tuple[str, ...]:
        earlier = self.version.built_on(self.version.decisions[name])
        return tuple(one.name for one in earlier if self._may_break(one.name))

    def _may_break(self, name: str) -> bool:
        payloads = self._payloads(name)
        if payloads is None or any(isinstance(one, Gap | Conflict) for one in payloads):
            return True
        return bool(self._fragile[name])


def _roots(diagrams: Diagrams, decision: Decision) -> tuple[Node, ...]:
    if decision.kind is DecisionKind.COLLECTION:
        groups = groups_of(diagrams, decision)
        if len(groups) > 1:
            return tuple(diagrams.collected(decision, rules) for rules in groups)
    return (diagrams.decision(decision.name),)
