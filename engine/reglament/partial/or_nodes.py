"""Forks: the tests of a diagram that a request lacks facts for, each with all its ways.

Like the diagrams themselves they are reduced and interned: a fork whose ways all lead
to one place is that place, and equal forks are one object.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from reglament.diagram.kernel.forest import Forest, Node


class OrNode:
    """A test that lacks the facts `missing`, and where each answer leads.

    `low` is the rank of the first test that is still to be asked where its ways end.
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
    """The forks over the nodes of one forest."""

    def __init__(self, forest: Forest) -> None:
        self.forest = forest
        self._nodes: dict[Any, OrNode] = {}

    def find_or_add(
        self, level: int, missing: frozenset[str], edges: tuple[tuple[Any, Residual], ...]
    ) -> Residual:
        """The fork, or where all its ways lead."""
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
        """The rank of the first test of the part that is still to be asked."""
        return part.low if isinstance(part, OrNode) else self.forest.levels[part]


def terminals_of(part: Residual) -> tuple[Node, ...]:
    """The nodes that the part ends at, each once, in the order of its ways."""
    if not isinstance(part, OrNode):
        return (part,)
    found = (child for node in or_nodes(part) for _, child in node.edges if isinstance(child, Node))
    return tuple(dict.fromkeys(found))


def or_nodes(part: Residual) -> Iterator[OrNode]:
    """Every fork of the part, once, from the top."""
    seen, waiting = set[OrNode](), [part] if isinstance(part, OrNode) else []
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(child for _, child in reversed(node.edges) if isinstance(child, OrNode))
