"""From one version and the facts told to outcomes, each worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from reglament.diagram.build import Conflict, Diagrams, Gap
from reglament.diagram.feasible import Solver
from reglament.diagram.forest import Node, TooLarge
from reglament.diagram.remaining import Known, Leaf, Remaining, Remains, Tree, Unlisted, leaves
from reglament.evaluation.because import Because
from reglament.evaluation.usefulness import needs
from reglament.model.outcomes import Item, Outcome, RuleStatus, Status
from reglament.model.policy import Decision, DecisionKind, Version
from reglament.model.values import Kind, Type, Value
from reglament.reference import Undecided

MANY_OUTCOMES = 64


class Evaluator:
    """Decides requests by one version of a policy; safe to share between threads."""

    def __init__(self, version: Version) -> None:
        self.version = version

    @cached_property
    def diagrams(self) -> Diagrams:
        """The diagrams over facts alone."""
        return Diagrams(self.version)

    @cached_property
    def solver(self) -> Solver:
        """Knows which values of missing facts go together."""
        types = {name: fact.type for name, fact in self.version.facts.items()}
        return Solver(types, self.version.hours, self.version.zone)

    def evaluate(self, told: Mapping[str, Value]) -> Evaluated:
        """The decisions for the facts told, which must be checked values of their types."""
        return Evaluated(self, told)


class Evaluated(Mapping[str, Outcome]):
    """The decisions for one request, each worked out when it is first asked for.

    Asking raises Undecided where the policy has a gap or a conflict for this
    request, and OutsideCalendar for a date that no calendar covers.
    """

    def __init__(self, evaluator: Evaluator, told: Mapping[str, Value]) -> None:
        self.evaluator = evaluator
        self.version = evaluator.version
        self.told = told
        self._outcomes: dict[str, Outcome] = {}
        self._trees: dict[Node, Tree] = {}

    def __getitem__(self, name: str) -> Outcome:
        if name not in self._outcomes:
            self._outcomes[name] = self._outcome(self.version.decisions[name])
        return self._outcomes[name]

    def __iter__(self) -> Iterator[str]:
        return (d.name for d in self.version.decisions.values() if not d.is_internal)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    # What remains

    @cached_property
    def remaining(self) -> Remaining:
        """What the missing facts still open."""
        return Remaining(self.evaluator.diagrams, self.evaluator.solver, self.told)

    def tree(self, node: Node) -> Tree:
        """What remains of one diagram."""
        if node not in self._trees:
            self._trees[node] = self.remaining.tree(node)
        return self._trees[node]

    def truth(self, node: Node) -> bool | None:
        """Whether a condition holds; None where that is still open."""
        tree = self.tree(node)
        return bool(tree.remains) if isinstance(tree, Leaf) else None

    def needs(self, node: Node) -> tuple[str, ...]:
        """The missing facts on which one diagram hangs, the most useful first."""
        return needs(self.tree(node), self.told.keys())

    # Outcomes

    def _outcome(self, decision: Decision) -> Outcome:
        for earlier in self.version.built_on(decision):
            self[earlier.name]  # a gap or a conflict there is one here
        try:
            node = self.evaluator.diagrams.decision(decision.name)
            tree = self.tree(node)
        except TooLarge:
            return self._not_analysed(decision)
        remains = leaves(tree)
        known = [leaf.value for leaf in remains if isinstance(leaf, Known)]
        if len(known) == len(remains) == 1:
            return self._explained(decision, Status.DETERMINED, known[0], (known[0],), ())
        if all(isinstance(leaf, Gap | Conflict) for leaf in remains):
            raise self._undecided(decision, remains)
        return self._explained(
            decision,
            Status.UNDETERMINED,
            None,
            possible(decision.type, remains),
            needs(tree, self.told.keys()),
        )

    def _explained(
        self,
        decision: Decision,
        status: Status,
        outcome: Value,
        possible_: tuple[Value, ...] | None,
        needed: tuple[str, ...],
    ) -> Outcome:
        because = Because(self, decision)
        rules = because.rules(status)
        return Outcome(
            decision=decision.name,
            status=status,
            outcome=outcome,
            possible=possible_,
            needs=needed,
            rules=tuple(rule.id for rule in rules),
            clauses=tuple(dict.fromkeys(clause for rule in rules for clause in rule.clauses)),
            readings=because.readings(rules),
            met=because.with_status(RuleStatus.APPLIED),
            unmet=because.with_status(RuleStatus.NOT_APPLIED),
            open=because.with_status(RuleStatus.OPEN),
            items=self._items(decision, because),
            ask=self._ask(decision),
            ledger=because.ledger(),
            trace=because.trace,
        )

    def _items(self, decision: Decision, because: Because) -> tuple[Item, ...]:
        if decision.kind is not DecisionKind.COLLECTION:
            return ()
        return tuple(
            Item(str(because.value(rule.then)), rule.id, self._attached(rule.attaches))
            for rule in because.certain
        )

    def _attached(self, names: tuple[str, ...]) -> Mapping[str, Value]:
        """The values that go along with an item; what is missing or undetermined is left out."""
        found: dict[str, Value] = {}
        for name in names:
            if name in self.told:
                found[name] = self.told[name]
            elif name in self.version.decisions and self[name].is_determined:
                found[name] = self[name].outcome
        return found

    def _ask(self, decision: Decision) -> tuple[str, ...]:
        asked = (fact for name in decision.ask_for for fact in self[name].needs)
        return tuple(dict.fromkeys(asked))

    def _not_analysed(self, decision: Decision) -> Outcome:
        """The honest answer where the diagram is too large: every fact not told may matter."""
        return Outcome(
            decision=decision.name,
            status=Status.UNDETERMINED,
            needs=tuple(name for name in self.version.facts if name not in self.told),
        )

    def _undecided(self, decision: Decision, remains: list[Remains]) -> Undecided:
        values: list[Any] = [
            getattr(term, "value", term)
            for leaf in remains
            if isinstance(leaf, Conflict)
            for term in leaf.outcomes
        ]
        rules = Because(self, decision).certain if values else ()
        return Undecided(decision.name, tuple(rule.id for rule in rules), tuple(values))


def possible(type_: Type, remains: list[Remains]) -> tuple[Value, ...] | None:
    """The outcomes that remain, in the policy's order; None where they cannot be listed."""
    if any(isinstance(leaf, Unlisted) for leaf in remains) or len(remains) > MANY_OUTCOMES:
        return None
    values: list[Any] = [leaf.value for leaf in remains if isinstance(leaf, Known)]
    if type_.kind is Kind.CHOICE and not any(isinstance(value, tuple) for value in values):
        order = {option: index for index, option in enumerate(type_.options)}
        return tuple(sorted(values, key=lambda value: order.get(value, len(order))))
    if type_.is_ordered:
        told = sorted(value for value in values if value is not None)
        return (*told, None) if len(told) < len(values) else tuple(told)
    return tuple(sorted(values, key=lambda value: (value is None, str(value))))
