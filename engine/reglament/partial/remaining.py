"""From diagrams and the facts told to what remains: what the missing facts still leave open.

Where the request tells a fact, a walk takes one child of a node; where it does not, all
of them (`automaton`). Tests that lack facts and hang together are answered together
(`joint_assignments`), so that no leaf is reached that no values of the missing facts lead to. What
requests that answer alike share is made once (`residual_graph`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import Node
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.memo import keep
from reglament.model.calendar import OutsideCalendar
from reglament.model.values import Value
from reglament.partial.assignments import AssignmentSpace
from reglament.partial.automaton import (
    MODULE,
    NOTHING,
    TRUTH,
    UNTOLD,
    VALUE,
    Automaton,
    FinalState,
    PredicateTest,
    State,
)
from reglament.partial.feasibility import Feasibility
from reglament.partial.residual_graph import OpenTree, ResidualGraph
from reglament.partial.terminal_outcomes import TerminalOutcome, Terminals

MOST_KEPT = 50_000  # a kilobyte each, or less
MOST_GRAPHS = 1_000  # joint assignments of one state for which its graph is kept

# What is known of the outcome of a module: the outcome itself, or `PossibleOutcomes`.
ModuleOutcome: TypeAlias = Callable[[str], Any]


def no_module(name: str) -> Any:
    """There are no modules in diagrams over facts alone."""
    raise LookupError(name)


class ResidualDiagrams:
    """Where walks over the diagrams of one version start; safe to share between threads.

    `starts` has the states of their roots. What earlier requests left behind is kept, and
    dropped where it grows too large.
    """

    def __init__(self, diagrams: Compiler, solver: BoundsPropagation) -> None:
        self.diagrams = diagrams
        self.solver = solver
        self._begin()

    def _begin(self) -> None:
        """Begin with nothing kept."""
        self.starts = Automaton(self.diagrams, self.solver, MOST_KEPT, self._begin).starts

    def leaves(self, root: Node, given: Mapping[str, Value]) -> list[TerminalOutcome]:
        """What remains at the leaves of the diagram for a request, each once.

        Raises TooLarge and NotComputable.
        """
        return RequestWalk(given).leaves(self.starts[root])


class NotComputable(Exception):
    """The `test` reads facts that are given, and what it comes to cannot be computed."""

    def __init__(self, test: PredicateTest, why: OutsideCalendar | OverflowError) -> None:
        self.test = test
        self.why = why
        super().__init__(why)


class RequestWalk:
    """What remains for one request.

    Where modules are asked, `outcome` tells of theirs. Each method raises TooLarge where
    too much is left, or tests hang together in too many ways, and NotComputable for a test
    that is not `assumed` to hold or not.
    """

    def __init__(
        self, given: Mapping[str, Value], assumed: Mapping[PredicateTest, bool] | None = None
    ) -> None:
        self.told = given
        self.assumed = assumed or {}
        self._graphs: dict[State, ResidualGraph] = {}
        self._terminals: dict[ResidualGraph, Terminals] = {}
        self._predicates: dict[PredicateTest, bool | frozenset[str]] = {}
        self._feasibilities: dict[AssignmentSpace, Feasibility] = {}

    def leaves(self, start: State) -> list[TerminalOutcome]:
        """What remains at the leaves, each once."""
        return self.terminals(self.graph(start)).distinct

    def tree(self, graph: ResidualGraph) -> OpenTree:
        """The tests of a graph that still matter."""
        return graph.tree(self.terminals(graph))

    def terminals(self, graph: ResidualGraph) -> Terminals:
        """What the terminals of a graph come to for this request."""
        if graph.fixed is not None:
            return graph.fixed
        found = self._terminals.get(graph)
        if found is None:
            found = self._terminals[graph] = graph.outcomes(self.told, self._feasibility)
        return found

    def is_shown(self, graph: ResidualGraph) -> bool:
        """Whether what is open at its terminals is known to be so for this request."""
        return graph.is_shown(self.terminals(graph), self._feasibility(graph.shared.space))

    def graph(self, start: State, outcome: ModuleOutcome = no_module) -> ResidualGraph:
        """The leaves that are reached, as other requests share them."""
        found = self._graphs.get(start)
        if found is not None:
            return found
        given, state = self.told, start
        while (asks := state.asks) is not NOTHING:
            answer: Any
            if asks is VALUE:
                answer = given.get(state.fact, UNTOLD)
            elif asks is MODULE:
                answer = outcome(state.fact)
            elif asks is TRUTH:
                answer = self._truth(state.test)
            else:
                answer = given.get(state.fact, UNTOLD)
                if answer is not UNTOLD:
                    answer = state.look(state.keys, answer)
            state = state.edges.get(answer) or state.step(answer)
        # Now everything is answered that is given.
        found = self._graphs[start] = self.left_at(cast(FinalState, state))
        return found

    def left_at(self, state: FinalState) -> ResidualGraph:
        """The leaves that are reached from the state where nothing more is given."""
        return state.whole or self._jointly(state)

    def _truth(self, test: PredicateTest) -> bool | frozenset[str]:
        """Whether the test holds; the facts that it lacks, where it does."""
        found = self._predicates.get(test)
        if found is None:
            try:
                found = test.answer(self.told)
            except (OutsideCalendar, OverflowError) as why:
                if test not in self.assumed:
                    raise NotComputable(test, why) from None
                found = self.assumed[test]
            self._predicates[test] = found
        return found

    def _jointly(self, state: FinalState) -> ResidualGraph:
        """What is left in the joint assignments of the request.

        Where they are too many to find, each path is followed as far as the answers on it go
        together.
        """
        assert state.joint is not None
        automaton = state.automaton
        feasibility = self._feasibility(automaton.space)
        joint, is_proven = state.joint.assignments(feasibility)
        is_exact = is_proven and not state.is_loose
        key: Any = state.joint.key(feasibility) if joint is None else (joint, is_exact)
        found = state.graphs.get(key)
        if found is None:
            if joint is None:
                part, is_proven = automaton.followed(state.residual, feasibility)
                is_exact = is_exact and is_proven
                found = ResidualGraph(part, automaton.shared, is_exact=is_exact)
            else:
                found = ResidualGraph(state.residual, automaton.shared, joint, is_exact=is_exact)
            keep(state.graphs, key, found, MOST_GRAPHS)
        return found

    def _feasibility(self, common: AssignmentSpace) -> Feasibility:
        feasibility = self._feasibilities.get(common)
        if feasibility is None:
            feasibility = self._feasibilities[common] = Feasibility(common, self.told)
        return feasibility
