"""From facts told to the rules behind an outcome, by a walk as short as the one to the outcome."""

from __future__ import annotations

from reglament.backend.python import Decide, generate
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import TooLarge
from reglament.diagram.kernel.rule_diagrams import rules_diagram
from reglament.evaluation.rule_functions import Behind
from reglament.model.regulation import Decision, Fact
from reglament.model.terms import Constant
from reglament.plan.lowering import lowered
from reglament.plan.nodes import Let, Node, Plan, PlanInput, Return, Unplanned, below, names_read


def rule_finder(diagrams: Compiler, decision: Decision) -> Decide | None:
    """A function from facts and the outcomes of earlier decisions to what is behind an outcome.

    It gives one `Behind`; or a marker where what is known does not lead there by itself.
    None where the diagram of the rules is too large.
    """
    body = _body(diagrams, decision)
    return None if isinstance(body, Unplanned) else _generated(diagrams, [body], is_whole=False)


def every_rule_finder(diagrams: Compiler) -> Decide:
    """The same for all decisions at once, of requests where every one has an outcome.

    A marker stands for those whose diagram is too large.
    """
    decisions = diagrams.version.decisions.values()
    return _generated(diagrams, [_body(diagrams, one) for one in decisions], is_whole=True)


def _body(diagrams: Compiler, decision: Decision) -> Node:
    try:
        root = rules_diagram(diagrams, decision)
    except TooLarge:
        return Unplanned()
    return lowered(diagrams.forest, root, _Leaves(decision))


def _generated(diagrams: Compiler, bodies: list[Node], *, is_whole: bool) -> Decide:
    read = frozenset[str]().union(*(names_read(one) for body in bodies for one in below(body)))
    # To the rules of a decision, earlier decisions are what facts are to the whole.
    version = diagrams.version
    told: dict[str, Fact | Decision] = {**version.facts, **version.decisions}
    inputs = {name: PlanInput(told[name].type, told[name].is_nullable) for name in sorted(read)}
    lets = {f"rules {place}": Let(body) for place, body in enumerate(bodies)}
    plan = Plan(version.policy, version.version, inputs, lets)
    return generate(plan, version.hours, is_whole=is_whole)


class _Leaves:
    """From the rules that count to what they are to the outcome."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.rules = {rule.id: rule for rule in decision.every_rule()}
        self.ids = tuple(rule.id for rule in decision.rules)
        self.place = {id_: place for place, id_ in enumerate(self.ids)}

    def __call__(self, counting: frozenset[str]) -> Return:
        is_denied = self.decision.kind.has_requirements and len(counting) < len(self.ids)
        named = self._unmet(counting) if is_denied else self._named(counting)
        messages = ((id_, self.rules[id_]) for id_ in named)
        says = [id_ for id_, rule in messages if (rule.unless if is_denied else rule.because)]
        return Return(Constant(Behind(named, says)))  # type: ignore[arg-type]

    def _unmet(self, counting: frozenset[str]) -> list[str]:
        return [id_ for id_ in self.ids if id_ not in counting]

    def _named(self, counting: frozenset[str]) -> list[str]:
        if not counting and self.decision.otherwise is not None:
            return [self.decision.otherwise.id]
        return sorted(counting, key=self.place.__getitem__)
