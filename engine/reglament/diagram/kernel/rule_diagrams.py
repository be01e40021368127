"""From the rules of a decision to the diagram of those behind its outcome."""

from __future__ import annotations

from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.rules_compiler import RulesCompiler
from reglament.model.decisions import Decision

LEAST_BUDGET = 20_000
NODES_A_RULE = 10


def rules_diagram(diagrams: RulesCompiler, decision: Decision) -> Node:
    """Each terminal holds the ids of the rules that count there, `otherwise` left out.

    Raises TooLarge: rules that are independent of each other can count in
    exponentially many combinations.
    """
    forest, unions = diagrams.forest, diagrams.unions
    budget = LEAST_BUDGET + NODES_A_RULE * len(decision.rules)
    with diagrams.growing_by(budget):
        return unions.of(
            forest.ite(
                diagrams.effective(decision, rule),
                forest.terminal(frozenset({rule.id})),
                unions.none,
            )
            for rule in sorted(decision.rules, key=lambda rule: rule.id)
        )
