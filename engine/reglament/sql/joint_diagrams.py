"""One diagram for what a decision comes to and which of its rules count there."""

from __future__ import annotations

from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.terminals import TerminalValue
from reglament.frozen import frozen
from reglament.model.decisions import Decision


@frozen
class Leaf:
    """What comes out at a terminal, and of each rule of the decision whether it counts there."""

    value: TerminalValue
    counts: tuple[bool, ...]


def joint_diagram(diagrams: Compiler, decision: Decision) -> Node:
    """The diagram over facts alone whose terminals hold a `Leaf`. Raises TooLarge."""
    forest = diagrams.forest
    with diagrams.growing_by(diagrams.budget):
        found = forest.map_values(diagrams.decision(decision.name), lambda value: Leaf(value, ()))
        of_rules = diagrams.in_doubt if diagrams.may_rest_on_refused(decision) else diagrams
        for rule in decision.every_rule():
            found = forest.joint((found, of_rules.effective(decision, rule)), _counting)
    return found


def _counting(leaf: Leaf, counts: bool) -> Leaf:
    return Leaf(leaf.value, (*leaf.counts, counts))
