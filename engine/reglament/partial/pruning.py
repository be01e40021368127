"""From a residual with too many joint assignments to what is possible, path by path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reglament.diagram.kernel.branches import constrains
from reglament.diagram.kernel.forest import Forest, TooLarge
from reglament.partial.assignments import Feasibility, OpenTest, PartialAssignment
from reglament.partial.or_nodes import OrNode, OrNodes, Residual

MOST_BRANCHES = 20_000


def pruned(part: Residual, forest: Forest, feasibility: Feasibility) -> Residual:
    """What one request leaves of the residual.

    Each path is followed as far as the answers on it go together. Raises TooLarge.
    """
    return _Pruning(forest, feasibility).part(part, feasibility.space.start)


class _Pruning:
    def __init__(self, forest: Forest, feasibility: Feasibility) -> None:
        self.forest = forest
        self.possibility = feasibility
        self._forks = OrNodes(forest)
        self._parts: dict[tuple[OrNode, PartialAssignment], Residual] = {}

    def part(self, part: Residual, assignment: PartialAssignment) -> Residual:
        """What is left of the residual after these answers."""
        if not isinstance(part, OrNode):
            return part
        if (part, assignment) not in self._parts:
            if len(self._parts) >= MOST_BRANCHES:
                raise TooLarge(MOST_BRANCHES)
            edges = tuple(self._possible(part, assignment))
            self._parts[part, assignment] = self._forks.find_or_add(part.level, part.missing, edges)
        return self._parts[part, assignment]

    def _possible(
        self, node: OrNode, assignment: PartialAssignment
    ) -> Iterator[tuple[Any, Residual]]:
        variable = self.forest.variables[node.level]
        test = OpenTest(node.level, variable, node.missing, ())
        for answer, child in node.edges:
            narrowed = assignment
            if constrains(variable):
                narrowed = self.possibility.space.extend(assignment, test, answer)
                if not self.possibility.of(narrowed):
                    continue
            yield answer, self.part(child, narrowed)
