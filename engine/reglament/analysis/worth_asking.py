"""From what is left of a decision and facts that nobody knows to the facts still worth asking.

A fact is worth asking if its answer can be the last word: if some answers to the facts that may
still be asked settle the decision whatever those are that nobody knows, and it makes a difference
among them. So ways on which facts that nobody knows keep the outcome open are cut from the tree.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce

from reglament.partial.or_nodes import OrNode, OrNodes, Residual, or_nodes, terminals_of
from reglament.partial.residual_graph import OpenTree

MOST_PAIRS = 1_000
_OPEN: Residual = -1  # a terminal that stands in no diagram


class TooManyPairs(Exception):
    """The tree is too large to be laid upon itself."""


def worth_asking(tree: OpenTree, not_known: Collection[str]) -> frozenset[str]:
    """The facts whose answers can settle what the tree leaves open. Raises TooManyPairs."""
    search = _Settled(tree, frozenset(not_known))
    settled = search.of(tree.root)
    found = [node.missing for node in or_nodes(settled)]
    found += [search.lacks.get(terminal, frozenset()) for terminal in terminals_of(settled)]
    return frozenset[str]().union(*found)


class _Settled:
    """What a tree settles whatever the facts are that are not known."""

    def __init__(self, tree: OpenTree, not_known: frozenset[str]) -> None:
        self.not_known = not_known
        self.lacks = dict(tree.lacks)
        self.nodes = OrNodes(tree.shared.forest)
        self.pairs: dict[tuple[OrNode, Residual], Residual] = {}

    def of(self, part: Residual) -> Residual:
        """The tree without the facts that are not known: open where it hangs on them."""
        made: dict[Residual, Residual] = {
            leaf: _OPEN for leaf, lacking in self.lacks.items() if lacking & self.not_known
        }
        # Levels rise along every edge, so all below an or-node are made before it.
        for node in sorted(or_nodes(part), key=lambda node: -node.level):
            edges = tuple([(answer, made.get(child, child)) for answer, child in node.edges])
            if node.missing & self.not_known:
                made[node] = reduce(self._both, [child for _, child in edges])
            else:
                made[node] = self.nodes.find_or_add(node.level, node.missing, edges)
        return made.get(part, part)

    def _both(self, one: Residual, other: Residual) -> Residual:
        """What the two trees agree on."""
        if one == other:
            return one
        if _OPEN in (one, other):
            return _OPEN
        if not isinstance(one, OrNode) or (isinstance(other, OrNode) and other.level < one.level):
            one, other = other, one
        if not isinstance(one, OrNode):
            return _OPEN
        found = self.pairs.get((one, other))
        return self._laid(one, other) if found is None else found

    def _laid(self, node: OrNode, other: Residual) -> Residual:
        if len(self.pairs) >= MOST_PAIRS:
            raise TooManyPairs
        edges = tuple(
            [
                (answer, self._both(child, self.nodes.answered(other, node.level, answer)))
                for answer, child in node.edges
            ]
        )
        made = self.pairs[node, other] = self.nodes.find_or_add(node.level, node.missing, edges)
        return made
