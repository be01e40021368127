"""Forks: the tests of a diagram that a request lacks facts for, each with all its ways.

Like the diagrams themselves they are reduced and interned: a fork whose ways all lead
to one place is that place, and equal forks are one object.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from reglament.diagram.kernel.forest import Forest, Node


class Fork:
    """A test that lacks the facts `missing`, and where each answer leads.

    `low` is the rank of the first test that is still to be asked where its ways end.
    """

    __slots__ = ("low", "missing", "rank", "ways")

    def __init__(
        self, rank: int, missing: frozenset[str], ways: tuple[tuple[Any, Part], ...], low: int
    ) -> None:
        self.rank = rank
        self.missing = missing
        self.ways = ways
        self.low = low


Part: TypeAlias = Node | Fork


class Forks:
    """The forks over the nodes of one forest."""

    def __init__(self, forest: Forest) -> None:
        self.forest = forest
        self._forks: dict[Any, Fork] = {}

    def fork(self, rank: int, missing: frozenset[str], ways: tuple[tuple[Any, Part], ...]) -> Part:
        """The fork, or where all its ways lead."""
        children = {child for _, child in ways}
        if len(children) == 1:
            return children.pop()
        key = (rank, missing, ways)
        found = self._forks.get(key)
        if found is None:
            low = min(map(self.low, children))
            found = self._forks[key] = Fork(rank, missing, ways, low)
        return found

    def low(self, part: Part) -> int:
        """The rank of the first test of the part that is still to be asked."""
        return part.low if isinstance(part, Fork) else self.forest.ranks[part]


def ends(part: Part) -> tuple[Node, ...]:
    """The nodes that the part ends at, each once, in the order of its ways."""
    if not isinstance(part, Fork):
        return (part,)
    found = (child for fork in forks(part) for _, child in fork.ways if isinstance(child, Node))
    return tuple(dict.fromkeys(found))


def forks(part: Part) -> Iterator[Fork]:
    """Every fork of the part, once, from the top."""
    seen, waiting = set[Fork](), [part] if isinstance(part, Fork) else []
    while waiting:
        fork = waiting.pop()
        if fork not in seen:
            seen.add(fork)
            yield fork
            waiting.extend(child for _, child in reversed(fork.ways) if isinstance(child, Fork))
