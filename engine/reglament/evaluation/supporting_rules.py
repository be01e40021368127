"""From facts told to the rules behind an outcome, by a walk as short as the one to the outcome."""

from __future__ import annotations

from reglament.backend.python import Decide, generate
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import TooLarge
from reglament.diagram.kernel.rule_diagrams import rules_diagram
from reglament.model.regulation import Decision, Fact
from reglament.model.terms import Constant
from reglament.model.values import Listed
from reglament.plan.lowering import lowered
from reglament.plan.nodes import Let, Plan, PlanInput, Return, below, names_read


def rule_finder(diagrams: Compiler, decision: Decision) -> Decide | None:
    """A function from facts and the outcomes of earlier decisions to the rules behind an outcome.

    It gives one `Listed` of their ids, in the order of the policy; or a marker where what is
    known does not lead there by itself. None where the diagram of the rules is too large.
    """
    try:
        root = rules_diagram(diagrams, decision)
    except TooLarge:
        return None
    body = lowered(diagrams.forest, root, _Behind(decision))
    read = frozenset[str]().union(*map(names_read, below(body)))
    # To the rules of one decision, earlier decisions are what facts are to the whole.
    version = diagrams.version
    told: dict[str, Fact | Decision] = {**version.facts, **version.decisions}
    inputs = {name: PlanInput(told[name].type, told[name].is_nullable) for name in sorted(read)}
    plan = Plan(version.policy, version.version, inputs, {decision.name: Let(body)})
    return generate(plan, version.hours)


class _Behind:
    """From the rules that count to those that are named, in the order of the policy."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.ids = tuple(rule.id for rule in decision.rules)
        self.place = {id_: place for place, id_ in enumerate(self.ids)}

    def __call__(self, counting: frozenset[str]) -> Return:
        return Return(Constant(Listed(self._named(counting))))

    def _named(self, counting: frozenset[str]) -> tuple[str, ...]:
        if self.decision.kind.has_requirements and len(counting) < len(self.ids):
            return tuple(id_ for id_ in self.ids if id_ not in counting)
        if not counting and self.decision.otherwise is not None:
            return (self.decision.otherwise.id,)
        return tuple(sorted(counting, key=self.place.__getitem__))
