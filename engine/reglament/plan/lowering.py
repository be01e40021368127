"""From the diagrams of a version to its plan.

The diagrams read earlier decisions like facts, so each of them shows just its own rules, and a
decision is a let that later ones read by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reglament.diagram.kernel.compiler import Compiler, rules_diagram
from reglament.diagram.kernel.forest import (
    EnumVar,
    Forest,
    IntervalVar,
    NullVar,
    PredicateVar,
    TooLarge,
)
from reglament.diagram.kernel.forest import Node as DiagramNode
from reglament.diagram.kernel.terminals import Conflict as Disagreed
from reglament.diagram.kernel.terminals import Doubt, NoOutcome
from reglament.model.decisions import Decision, Rule
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.model.values import Listed, Value
from reglament.plan.nodes import (
    Bisect,
    Collect,
    If,
    Let,
    Node,
    Plan,
    PlanConflict,
    PlanGap,
    PlanInput,
    Return,
    Switch,
    Unplanned,
    may_break,
)

BUDGET = 200_000

Leaf = Callable[[Any], Node]


def local_diagrams(version: Version) -> Compiler:
    """The diagrams that are lowered: earlier decisions are read like facts."""
    return Compiler(version, is_local=True, budget=BUDGET)


def lower(diagrams: Compiler, given: Mapping[str, Let] | None = None) -> Plan:
    """The plan of the version of the local diagrams; the same whatever the hash seed.

    `given` are lets of a plan in which these decisions and what they rest on are the same.
    """
    version, known = diagrams.version, given or {}
    lets: dict[str, Let] = {}
    fragile: set[str] = set()
    for name, decision in version.decisions.items():
        let = known.get(name)
        if let is None:
            earlier = version.built_on(decision)
            breaks_with = tuple(one.name for one in earlier if one.name in fragile)
            let = Let.of(_body(diagrams, decision), breaks_with)
        lets[name] = let
        if let.breaks_with or may_break(let.body):
            fragile.add(name)
    inputs = {name: PlanInput(fact.type, fact.is_nullable) for name, fact in version.facts.items()}
    return Plan(version.policy, version.version, inputs, lets)


def lower_rules(diagrams: Compiler, decision: Decision) -> Let:
    """What leads to the rules behind the outcome of the decision, as `Plan.rules` has it."""
    try:
        root = rules_diagram(diagrams, decision, decision.rules)
    except TooLarge:
        return Let.of(Unplanned())
    return Let.of(lowered(diagrams.forest, root, _RuleLeaves(decision)))


class _RuleLeaves:
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
        return Return(Constant(Listed((Listed(named), Listed(says)))))

    def _unmet(self, counting: frozenset[str]) -> list[str]:
        return [id_ for id_ in self.ids if id_ not in counting]

    def _named(self, counting: frozenset[str]) -> list[str]:
        if not counting and self.decision.otherwise is not None:
            return [self.decision.otherwise.id]
        return sorted(counting, key=self.place.__getitem__)


def _body(diagrams: Compiler, decision: Decision) -> Node:
    try:
        if decision.kind.lists_items and decision.gives_constants:
            give = _by_rule if decision.counts_rules else _collected
            return give(diagrams, decision)
        return lowered(diagrams.forest, diagrams.decision(decision.name), outcome)
    except TooLarge:
        return Unplanned()


def _collected(diagrams: Compiler, decision: Decision) -> Node:
    """Each item by a diagram of its own: together they could need exponentially many nodes."""
    items: list[tuple[Value, Node]] = []
    for term in decision.items_listed():
        assert isinstance(term, Constant)
        adding = [rule for rule in decision.rules if rule.then == term]
        root = diagrams.any_effective(decision, adding)
        items.append((term.value, lowered(diagrams.forest, root, outcome)))
    return Collect(tuple(items))


def _by_rule(diagrams: Compiler, decision: Decision) -> Node:
    """Of each rule its item, where it counts; of equal ones only the first, where that is so."""
    items: list[tuple[Value, Node]] = []
    adding: dict[Constant, list[Rule]] = {}
    for rule in decision.in_list_order(decision.rules):
        assert isinstance(rule.then, Constant)
        if rule.then.value is None:
            continue
        root = diagrams.effective(decision, rule)
        before = adding.setdefault(rule.then, [])
        if before and not decision.keeps_duplicates:
            given = diagrams.any_effective(decision, before)
            root = diagrams.conjunction(root, given, is_negated=True)
        before.append(rule)
        items.append((rule.then.value, lowered(diagrams.forest, root, outcome)))
    return Collect(tuple(items))


def outcome(payload: Any) -> Node:
    """What a leaf of a decision comes to."""
    if isinstance(payload, bool):
        return Return(Constant(payload))
    if isinstance(payload, Disagreed):
        terms = () if payload.is_overlap else payload.outcomes
        return PlanConflict(tuple(sorted(terms, key=repr)))
    return PlanGap() if isinstance(payload, NoOutcome) else Return(payload)


def lowered(forest: Forest, root: DiagramNode, leaf: Leaf) -> Node:
    """The node of a plan that asks what the diagram asks; `leaf` makes nodes of payloads."""
    made: dict[DiagramNode, Node] = {}
    # Ranks rise towards the leaves, so children are there before their parents.
    for node in sorted(forest.descendants(root), key=lambda n: -forest.levels[n]):
        if forest.is_terminal(node):
            made[node] = leaf(forest.values[node])
        else:
            targets = tuple(made[child] for child in forest.children[node])
            made[node] = _asking(forest, node, targets)
    return made[root]


def _asking(forest: Forest, node: DiagramNode, targets: tuple[Node, ...]) -> Node:
    keys = forest.keys[node]
    match forest.variable(node):
        case EnumVar(fact):
            return Switch(fact, _grouped(keys, targets), targets[-1])
        case NullVar(fact):
            return Switch(fact, (((None,), targets[0]),), targets[-1])
        case IntervalVar(fact):
            return Bisect(fact, keys, targets)
        case PredicateVar(Doubt()):
            return Unplanned()  # it reads what no request tells
        case PredicateVar(atom):
            return If(atom, targets[0], targets[-1])
    raise TypeError(node)


def _grouped(
    keys: tuple[Value, ...], targets: tuple[Node, ...]
) -> tuple[tuple[tuple[Value, ...], Node], ...]:
    """Each target with all the keys that lead to it, in the order of its first key."""
    groups: dict[Node, list[Value]] = {}
    for key, target in zip(keys, targets, strict=False):
        groups.setdefault(target, []).append(key)
    return tuple((tuple(same), target) for target, same in groups.items())
