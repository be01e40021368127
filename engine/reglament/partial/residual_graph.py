"""From what a request leaves open of a diagram to the terminals and the tree that requests share.

Where tests that lack facts hang together, what can be reached depends on the joint assignments
of the request; what is left in the same joint assignments is the same for every request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from reglament.diagram.kernel.forest import EnumVar, Forest, Node, TooLarge
from reglament.model.values import Value
from reglament.partial.deferred_terms import ConflictingTerms, DeferredTerm, TerminalSource
from reglament.partial.joint_assignments import UNCONSTRAINED, JointAssignments
from reglament.partial.or_nodes import OrNode, Residual, or_nodes, terminals_of
from reglament.partial.trees import (
    Branch,
    BranchTable,
    Leaf,
    TerminalOutcome,
    Tree,
    UnknownOutcome,
    from_the_top,
    key,
)

MOST_BRANCHES = 20_000


class Terminals:
    """What the terminals of a graph come to: its `values`, one by one, and each once.

    `alike` has for each value the place of the first that is the same. `tree` is kept
    with it, and in `found` what readers found out about it, for all requests that share it.
    """

    __slots__ = ("alike", "distinct", "found", "tree", "values")

    def __init__(self, values: list[TerminalOutcome]) -> None:
        self.tree: SharedTree | None = None
        self.found: dict[Any, Any] = {}
        self.values = self.distinct = values
        self.alike = [0]
        if len(values) > 1:
            first: dict[Any, int] = {}
            self.alike = [first.setdefault(key(value), at) for at, value in enumerate(values)]
            if len(first) < len(values):
                self.distinct = [values[at] for at in first.values()]

    @property
    def pattern(self) -> tuple[Any, ...]:
        """All that a tree, and what it lacks, can depend on in the values at its leaves."""
        lacks = [
            value.missing if isinstance(value, UnknownOutcome) else None for value in self.values
        ]
        return (*self.alike, *lacks)


class ResidualGraph:
    """What is left in some joint assignments: its `terminals`, in order, and its trees.

    `fixed` is what the terminals come to where it is the same for every request, else None.
    """

    def __init__(
        self,
        part: Residual,
        joint: JointAssignments,
        forest: Forest,
        modules: frozenset[str],
        source: Callable[[Node], TerminalSource],
    ) -> None:
        self.residual, self.joint, self.forest, self.modules = part, joint, forest, modules
        self.terminals = terminals_of(part) if joint is UNCONSTRAINED else self._reachable()
        self._sources = [source(leaf) for leaf in self.terminals]
        hangs = any(isinstance(one, DeferredTerm | ConflictingTerms) for one in self._sources)
        self.fixed = None if hangs else Terminals(self._values({}))
        self._trees: dict[Any, SharedTree] = {}

    def terminals_for(self, given: Mapping[str, Value]) -> Terminals:
        """What the terminals come to for a request."""
        if self.fixed is not None:
            return self.fixed
        return Terminals(self._values(given))

    def _values(self, given: Mapping[str, Value]) -> list[TerminalOutcome]:
        return [
            source.evaluate(given)
            if isinstance(source, DeferredTerm | ConflictingTerms)
            else source
            for source in self._sources
        ]

    def _reachable(self) -> tuple[Node, ...]:
        """The terminals that are reached in some joint assignment."""
        where: dict[Residual, int] = {self.residual: self.joint.every}
        # Levels rise along every edge, so an or-node is left after all that leads to it.
        for node in sorted(or_nodes(self.residual), key=lambda node: node.level):
            here = where.get(node, 0)
            for answer, child in node.edges:
                where[child] = where.get(child, 0) | here & self.joint.where(node.level, answer)
        return tuple(leaf for leaf in terminals_of(self.residual) if where[leaf])

    def tree(self, reached: Terminals) -> SharedTree:
        """The tree, for requests whose leaves come to such values. Raises TooLarge."""
        if reached.tree is None:
            pattern = reached.pattern
            tree = self._trees.get(pattern)
            if tree is None:
                tree = self._trees[pattern] = _TreeBuilder(self, reached).shared_tree()
            reached.tree = tree
        return reached.tree


class SharedTree:
    """A tree of many requests. Its leaves hold the values of the first of them.

    `places` tells which of a request's own values stands at a leaf; `hangs_on` are the
    modules that are tested in it.
    """

    def __init__(self, tree: Tree, places: Mapping[Leaf, int], hangs_on: tuple[str, ...]) -> None:
        self.tree = tree
        self.places = places
        self.hangs_on = hangs_on
        # What readers found out about it.
        self.gains: dict[Any, Any] = {}
        self.rankings: dict[Any, Any] = {}

    def with_values(self, values: Sequence[TerminalOutcome]) -> Tree:
        """The tree with the values of one request at its leaves."""
        if all(values[place] is leaf.outcome for leaf, place in self.places.items()):
            return self.tree
        made: dict[Tree, Tree] = {leaf: Leaf(values[at]) for leaf, at in self.places.items()}
        for branch in reversed(from_the_top(self.tree)):
            edges = tuple((answer, made[child]) for answer, child in branch.edges)
            made[branch] = Branch(branch.variable, branch.missing, edges)
        return made[self.tree]


class _TreeBuilder:
    def __init__(self, graph: ResidualGraph, reached: Terminals) -> None:
        self.graph = graph
        self.variables = graph.forest.variables
        self.values = reached.values
        self.places = dict(zip(graph.terminals, reached.alike, strict=True))
        self._leaves: dict[int, Leaf] = {}
        self._branches = BranchTable()

    def shared_tree(self) -> SharedTree:
        """The tree in all joint assignments. Raises TooLarge."""
        tree = self._tree()
        places = {leaf: place for place, leaf in self._leaves.items()}
        tested = {branch.variable: None for branch in from_the_top(tree)}
        named = (variable.fact for variable in tested if isinstance(variable, EnumVar))
        modules = self.graph.modules
        return SharedTree(tree, places, tuple(name for name in named if name in modules))

    def _tree(self) -> Tree:
        """The tree, grown from below, however deep it is."""
        top = (self.graph.residual, self.graph.joint.every)
        edges = self._edges(top)
        grown: dict[_Spot, Tree] = {}
        # Levels rise along every edge, so all below an or-node are grown before it.
        for spot in sorted(edges, key=lambda spot: -spot[0].level):
            below = tuple(
                [(answer, grown.get(one) or self._leaf(one)) for answer, one in edges[spot]]
            )
            node, _ = spot
            variable = self.variables[node.level]
            grown[spot] = self._branches.find_or_add(variable, node.missing, below)
        return grown.get(top) or self._leaf(top)

    def _edges(self, top: _Spot) -> dict[tuple[OrNode, int], list[tuple[Any, _Spot]]]:
        """Where each or-node leads in the joint assignments in which one gets there."""
        where = self.graph.joint.where
        found: dict[tuple[OrNode, int], list[tuple[Any, _Spot]]] = {}
        waiting = [top]
        while waiting:
            node, here = waiting.pop()
            if not isinstance(node, OrNode) or (node, here) in found:
                continue
            if len(found) >= MOST_BRANCHES:
                raise TooLarge(MOST_BRANCHES)
            edges = found[node, here] = [
                (answer, (child, there))
                for answer, child in node.edges
                if (there := here & where(node.level, answer))
            ]
            waiting.extend([one for _, one in edges])
        return found

    def _leaf(self, spot: _Spot) -> Leaf:
        assert not isinstance(spot[0], OrNode)
        place = self.places[spot[0]]
        if place not in self._leaves:
            self._leaves[place] = Leaf(self.values[place])
        return self._leaves[place]


# What is left, and the joint assignments in which one gets there, as bits.
_Spot: TypeAlias = tuple[Residual, int]
