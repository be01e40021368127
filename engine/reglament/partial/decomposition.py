"""From the decisions of a version to the diagrams that answer them while facts are missing.

A decision's modules are left out of its diagram: they are answered by themselves.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from reglament.diagram.kernel.compiler import Compiler, rules_diagram
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.frozen import frozen
from reglament.memo import Memo
from reglament.model.decisions import Decision, cone
from reglament.model.terms import Constant
from reglament.model.values import Kind
from reglament.partial.modules import Modules, groups_of
from reglament.partial.question_tree import QuestionSpace
from reglament.partial.ranking import Rankings
from reglament.partial.remaining import ResidualDiagrams

MOST_REFUSED = 16  # sets of refused decisions, each with a decomposition of its own
MOST_KEPT = 100_000  # rankings; then all begin anew


@frozen
class Component:
    """How one decision is answered: by what remains of the diagram at `root`.

    A collection, or a sum, has `others`, too: one for each group of rules that hang together.
    """

    decision: Decision
    residuals: ResidualDiagrams
    root: Node
    others: tuple[Node, ...]


class Decomposition:
    """The parts of the decisions of one version; safe to share between threads.

    `component` has None for a decision whose diagram is too large.
    """

    def __init__(self, diagrams: Compiler, solver: BoundsPropagation) -> None:
        self.version = diagrams.version
        self.diagrams = diagrams
        self.solver = solver
        self.places = {name: place for place, name in enumerate(self.version.decisions)}
        self._order = sorted(diagrams.order, key=diagrams.order.__getitem__)
        self.component = Memo(self._component)
        self.rules = Memo(self._rules)
        self._modules = Modules(self.version, Memo(self._may_stand_alone).__getitem__)
        self._rankings: Rankings | None = None
        self._residuals = Memo(self._residuals_of)
        self._beside = Memo(self._residuals_beside)
        self.behind = Memo(self._behind_of)
        self.without = lru_cache(maxsize=MOST_REFUSED)(self._without)

    @cached_property
    def whole(self) -> ResidualDiagrams:
        """What remains of diagrams over facts alone."""
        return self._residuals[frozenset()]

    def rankings(self) -> Rankings:
        """Which facts are asked for first; begun anew where too much is kept of it."""
        if self._rankings is None or len(self._rankings) > MOST_KEPT:
            names = dict.fromkeys([*self._order, *self.version.decisions])
            self._rankings = Rankings(QuestionSpace(tuple(names)))
        return self._rankings

    def _component(self, name: str) -> Component | None:
        decision = self.version.decisions[name]
        residuals = self._residuals[self._modules.of(decision)]
        try:
            root, *others = _roots(residuals.diagrams, decision)
        except TooLarge:
            return None
        return Component(decision, residuals, root, tuple(others))

    def _rules(self, name: str) -> tuple[Node, ...] | None:
        """The diagrams of the rules behind an outcome, one for each group of a collection or a sum.

        None where they are too large.
        """
        part = self.component[name]
        if part is None:
            return None
        decision, diagrams = part.decision, part.residuals.diagrams
        try:
            if diagrams.may_rest_on_refused(decision):
                return (rules_diagram(diagrams.in_doubt, decision, decision.rules),)
            groups = groups_of(diagrams, decision) if part.others else (decision.rules,)
            return tuple([rules_diagram(diagrams, decision, rules) for rules in groups])
        except TooLarge:
            return None

    def _residuals_of(self, modules: frozenset[str]) -> ResidualDiagrams:
        if not modules:
            return ResidualDiagrams(self.diagrams, self.solver)
        refused, budget = self.diagrams.refused, self.diagrams.budget
        diagrams = Compiler(self.version, modules=modules, refused=refused, budget=budget)
        return ResidualDiagrams(diagrams, self.solver)

    def _may_stand_alone(self, name: str) -> bool:
        """Whether every outcome of the decision is a word that the policy names."""
        decision = self.version.decisions[name]
        if decision.outcome_type.kind is not Kind.CHOICE or decision.type.is_open:
            return False
        payloads = self._payloads(name)
        return payloads is not None and all(isinstance(payload, Constant) for payload in payloads)

    def _payloads(self, name: str) -> list[object] | None:
        """What stands at the leaves of a decision; None where its diagram is too large."""
        forest = self.diagrams.forest
        try:
            leaves = forest.terminals(self.diagrams.decision(name))
        except TooLarge:
            return None
        return [forest.values[leaf] for leaf in leaves]

    def _behind_of(self, name: str) -> tuple[str, ...]:
        """The decisions that it builds on, however indirectly, in the order of the version."""
        return tuple(cone(self.version.decisions, self.version.decisions[name].reads()))

    def beside(self, name: str) -> Component:
        """How a decision is answered from what is known of those that it reads. Raises TooLarge."""
        decision = self.version.decisions[name]
        residuals = self._beside[decision.reads()]
        root, *others = _roots(residuals.diagrams, decision)
        return Component(decision, residuals, root, tuple(others))

    def _residuals_beside(self, earlier: frozenset[str]) -> ResidualDiagrams:
        version = self.version
        outcomes = {name: version.decisions[name].outcome_type for name in earlier}
        types = {**version.types, **outcomes}
        diagrams = Compiler(version, modules=earlier, budget=self.diagrams.budget)
        return ResidualDiagrams(diagrams, BoundsPropagation(types, version.hours, version.zone))

    def _without(self, refused: frozenset[str]) -> Decomposition:
        """The parts where these decisions are refused."""
        budget = self.diagrams.budget
        return Decomposition(Compiler(self.version, refused=refused, budget=budget), self.solver)


def _roots(diagrams: Compiler, decision: Decision) -> tuple[Node, ...]:
    is_list = decision.kind.lists_items and decision.gives_constants and not decision.counts_rules
    if is_list or decision.adds_constants:
        groups = groups_of(diagrams, decision)
        if len(groups) > 1:
            of_rules = diagrams.collected if is_list else diagrams.totalled
            return tuple(of_rules(decision, rules) for rules in groups)
    return (diagrams.decision(decision.name),)
