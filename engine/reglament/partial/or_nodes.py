"""Or-nodes: tests of a diagram that a request lacks facts for, each with all its edges.

A residual is a node of the diagram, or or-nodes above such nodes:

    or(amount: missing)          the request does not give `amount`
      below 100  -> node 17      what its diagram says of each answer
      from 100   -> node 42

Like the diagrams themselves, or-nodes are reduced and interned: one whose edges all lead to one
place is that place, and equal ones are one object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from reglament.diagram.kernel.forest import Forest, Node, TooLarge

MOST_BRANCHES = 20_000  # of one residual that are followed; more is TooLarge


class OrNode:
    """A test that lacks the facts `missing`, and where each answer leads.

    An answer is a value of a choice (`OTHER` for every value not named), a pair of bounds of
    a span, or a truth.
    """

    __slots__ = ("edges", "level", "missing")

    def __init__(
        self, level: int, missing: frozenset[str], edges: tuple[tuple[Any, Residual], ...]
    ) -> None:
        self.level = level
        self.missing = missing
        self.edges = edges

    def child(self, answer: Any) -> Residual:
        """Where the answer leads; the last edge is for values that are not named."""
        return next((child for one, child in self.edges if one == answer), self.edges[-1][1])


Residual: TypeAlias = Node | OrNode
# What is known where a walk gets to an or-node, and what is known after an answer; false where
# that answer cannot be given there.
Narrow: TypeAlias = Callable[[Any, OrNode, Any], Any]


class OrNodes:
    """The or-nodes over the nodes of one forest."""

    def __init__(self, forest: Forest) -> None:
        self.forest = forest
        self._nodes: dict[Any, OrNode] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def find_or_add(
        self, level: int, missing: frozenset[str], edges: tuple[tuple[Any, Residual], ...]
    ) -> Residual:
        """The or-node, or where all its edges lead."""
        children = {child for _, child in edges}
        if len(children) == 1:
            return children.pop()
        key = (level, missing, edges)
        or_node = self._nodes.get(key)
        if or_node is None:
            or_node = self._nodes.setdefault(key, OrNode(level, missing, edges))
        return or_node

    def narrowed(self, part: Residual, known: Any, narrow: Narrow) -> Residual:
        """What is left of the residual by edges that can be taken after those above.

        Raises TooLarge.
        """
        edges: dict[tuple[OrNode, Any], list[tuple[Any, tuple[Residual, Any]]]] = {}
        waiting = [(part, known)]
        while waiting:
            node, here = waiting.pop()
            if not isinstance(node, OrNode) or (node, here) in edges:
                continue
            if len(edges) >= MOST_BRANCHES:
                raise TooLarge(MOST_BRANCHES)
            taken = [
                (answer, (child, there))
                for answer, child in node.edges
                if (there := narrow(here, node, answer))
            ]
            # Nothing gets there, which was not seen above: so what is below says nothing more.
            edges[node, here] = taken or [(answer, (child, here)) for answer, child in node.edges]
            waiting.extend([spot for _, spot in edges[node, here]])
        made: dict[tuple[Residual, Any], Residual] = {}
        # Levels rise along every edge, so all below an or-node are made before it.
        for node, here in sorted(edges, key=lambda spot: -spot[0].level):
            below = tuple([(answer, made.get(spot, spot[0])) for answer, spot in edges[node, here]])
            made[node, here] = self.find_or_add(node.level, node.missing, below)
        return made.get((part, known), part)

    def answered(self, part: Residual, level: int, answer: Any) -> Residual:
        """The residual once the test at that level has the answer."""
        tests = (node for node in or_nodes(part) if node.level == level)
        return self.mapped(part, {node: node.child(answer) for node in tests})

    def mapped(self, part: Residual, ends: Mapping[Residual, Residual]) -> Residual:
        """The residual with other parts in the place of some."""
        made = dict(ends)
        for node in sorted(or_nodes(part), key=lambda node: -node.level):
            if node not in made:
                below = tuple([(answer, made.get(child, child)) for answer, child in node.edges])
                made[node] = self.find_or_add(node.level, node.missing, below)
        return made.get(part, part)


def terminals_of(part: Residual) -> tuple[Node, ...]:
    """The nodes that the residual ends at, each once, in the order of its edges."""
    if not isinstance(part, OrNode):
        return (part,)
    found = [child for node in or_nodes(part) for _, child in node.edges if isinstance(child, Node)]
    return tuple(dict.fromkeys(found))


def or_nodes(part: Residual) -> Iterator[OrNode]:
    """Every or-node of the residual, once, from the top."""
    seen, waiting = set[OrNode](), [part] if isinstance(part, OrNode) else []
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting += [child for _, child in reversed(node.edges) if isinstance(child, OrNode)]
