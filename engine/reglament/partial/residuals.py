"""What is left of diagrams where nothing that a request tells is asked any more.

Where the tests that are left hang together, what can be reached depends on the joint
assignments of the request; else it is the same for all requests that end there.
"""

from __future__ import annotations

from typing import Any

from reglament.diagram.kernel.branches import common_refinement, constrains
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import Forest, IntervalVar, Node
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.memo import Once
from reglament.partial.assignments import AssignmentSpace, Feasibility, OpenTest
from reglament.partial.deferred_terms import TerminalSource, source_of
from reglament.partial.joint_assignments import UNCONSTRAINED, JointAssignments, JointTests
from reglament.partial.or_nodes import OrNode, Residual, or_nodes
from reglament.partial.pruning import pruned
from reglament.partial.residual_graph import ResidualGraph


class FinalStates:
    """What the final states of one forest share; safe to share between threads."""

    def __init__(self, diagrams: Compiler, solver: BoundsPropagation) -> None:
        self.forest = diagrams.forest
        self.modules = diagrams.read_as_facts
        self.hours = solver.hours
        self.space = AssignmentSpace(solver)
        self.groups = Once(self._groups)
        self.sources = Once(self._source)

    def _groups(self, tests: tuple[OpenTest, ...]) -> JointTests:
        return JointTests(tests, self.space)

    def _source(self, leaf: Node) -> TerminalSource:
        return source_of(self.forest.values[leaf], self.hours)


class FinalState:
    """What is left of a diagram once a request has answered all it can.

    `groups` are its tests whose answers may hang on each other. Where there are none,
    `whole` is its graph for every request.
    """

    def __init__(self, part: Residual, endings: FinalStates) -> None:
        self.residual = part
        self.shared = endings
        tied = _tied(part, endings.forest)
        self.groups = endings.groups[tied] if tied else None
        self.whole = None if tied else self._graph(part, UNCONSTRAINED)
        self._graphs: dict[JointAssignments, ResidualGraph] = {}

    def graph(self, joint: JointAssignments) -> ResidualGraph:
        """What is left of it in these joint assignments."""
        found = self._graphs.get(joint)
        return found or self._graphs.setdefault(joint, self._graph(self.residual, joint))

    def pruned(self, feasibility: Feasibility) -> ResidualGraph:
        """What is left of it for one request, where joint assignments are too many to find.

        Raises TooLarge.
        """
        return self._graph(pruned(self.residual, self.shared.forest, feasibility), UNCONSTRAINED)

    def _graph(self, part: Residual, joint: JointAssignments) -> ResidualGraph:
        endings = self.shared
        return ResidualGraph(
            part, joint, endings.forest, endings.modules, endings.sources.__getitem__
        )


def _tied(part: Residual, forest: Forest) -> tuple[OpenTest, ...]:
    by_rank: dict[int, list[OrNode]] = {}
    for node in or_nodes(part):
        if constrains(forest.variables[node.level]):
            by_rank.setdefault(node.level, []).append(node)
    return tuple(_test(by_rank[level], forest) for level in sorted(by_rank))


def _test(same: list[OrNode], forest: Forest) -> OpenTest:
    level, missing = same[0].level, same[0].missing
    variable = forest.variables[level]
    answers: tuple[Any, ...] = (True, False)
    if isinstance(variable, IntervalVar):
        answers = common_refinement(span for node in same for span, _ in node.edges)
    return OpenTest(level, variable, missing, answers)
