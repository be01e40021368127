"""Or-nodes: tests of a diagram that a request lacks facts for, each with all its edges.

A residual is a node of the diagram, or or-nodes above such nodes:

    or(amount: missing)          the request does not give `amount`
      below 100  -> node 17      what its diagram says of each answer
      from 100   -> node 42

Like the diagrams themselves, or-nodes are reduced and interned: one whose edges all lead to one
place is that place, and equal ones are one object.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from reglament.diagram.kernel.forest import Forest, Node


class OrNode:
    """A test that lacks the facts `missing`, and where each answer leads.

    `low` is the level of the first test that is still to be asked where its edges end.
    """

    __slots__ = ("edges", "level", "low", "missing")

    def __init__(
        self, level: int, missing: frozenset[str], edges: tuple[tuple[Any, Residual], ...], low: int
    ) -> None:
        self.level = level
        self.missing = missing
        self.edges = edges
        self.low = low


Residual: TypeAlias = Node | OrNode


class OrNodes:
    """The or-nodes over the nodes of one forest."""

    def __init__(self, forest: Forest) -> None:
        self.forest = forest
        self._nodes: dict[Any, OrNode] = {}

    def find_or_add(
        self, level: int, missing: frozenset[str], edges: tuple[tuple[Any, Residual], ...]
    ) -> Residual:
        """The or-node, or where all its edges lead."""
        children = {child for _, child in edges}
        if len(children) == 1:
            return children.pop()
        key = (level, missing, edges)
        found = self._nodes.get(key)
        if found is None:
            low = min(map(self.low, children))
            found = self._nodes[key] = OrNode(level, missing, edges, low)
        return found

    def low(self, part: Residual) -> int:
        """The level of the first test of the residual that is still to be asked."""
        return part.low if isinstance(part, OrNode) else self.forest.levels[part]


def terminals_of(part: Residual) -> tuple[Node, ...]:
    """The nodes that the residual ends at, each once, in the order of its edges."""
    if not isinstance(part, OrNode):
        return (part,)
    found = (child for node in or_nodes(part) for _, child in node.edges if isinstance(child, Node))
    return tuple(dict.fromkeys(found))


def or_nodes(part: Residual) -> Iterator[OrNode]:
    """Every or-node of the residual, once, from the top."""
    seen, waiting = set[OrNode](), [part] if isinstance(part, OrNode) else []
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(child for _, child in reversed(node.edges) if isinstance(child, OrNode))
