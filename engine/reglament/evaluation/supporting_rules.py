"""From facts told to the rules behind an outcome, by a walk as short as the one to the outcome."""

from __future__ import annotations

from reglament.backend.interpreter import Told, Walk, walker
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import TooLarge
from reglament.diagram.kernel.rule_diagrams import rules_diagram
from reglament.model.calendar import OutsideCalendar
from reglament.model.markers import MISSING
from reglament.model.regulation import Decision
from reglament.model.terms import Constant
from reglament.plan.lowering import lowered
from reglament.plan.nodes import Return


class SupportingRules:
    """The rules behind outcomes, from diagrams that read earlier decisions as told."""

    def __init__(self, diagrams: Compiler) -> None:
        self.diagrams = diagrams
        self._walks: dict[str, Walk | None] = {}

    def rules(self, decision: Decision, told: Told) -> tuple[str, ...] | None:
        """The ids of the rules behind the outcome, in the order of the policy.

        `told` are facts and the outcomes of earlier decisions. None where they do
        not lead there by themselves, or the diagram of the rules is too large.
        """
        walk = self._walk(decision)
        if walk is None:
            return None
        try:
            found = walk(told)
        except (OutsideCalendar, OverflowError):
            return None
        return None if found is MISSING else found

    def _walk(self, decision: Decision) -> Walk | None:
        if decision.name not in self._walks:
            self._walks[decision.name] = self._built(decision)
        return self._walks[decision.name]

    def _built(self, decision: Decision) -> Walk | None:
        diagrams = self.diagrams
        try:
            root = rules_diagram(diagrams, decision)
        except TooLarge:
            return None
        behind = _Behind(decision)
        return walker(lowered(diagrams.forest, root, behind), diagrams.version.hours)


class _Behind:
    """From the rules that count to those that are named, in the order of the policy."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.ids = tuple(rule.id for rule in decision.rules)
        self.place = {id_: place for place, id_ in enumerate(self.ids)}

    def __call__(self, counting: frozenset[str]) -> Return:
        return Return(Constant(self._named(counting)))

    def _named(self, counting: frozenset[str]) -> tuple[str, ...]:
        if self.decision.kind.has_requirements and len(counting) < len(self.ids):
            return tuple(id_ for id_ in self.ids if id_ not in counting)
        if not counting and self.decision.otherwise is not None:
            return (self.decision.otherwise.id,)
        return tuple(sorted(counting, key=self.place.__getitem__))
