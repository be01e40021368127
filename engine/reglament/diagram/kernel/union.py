"""From diagrams whose terminals hold sets to the one diagram of all those sets together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from reglament.diagram.kernel.forest import EnumVar, Forest, Node
from reglament.diagram.kernel.reduction import sort_key

FEW = 3  # diagrams are united pair by pair


class Unions:
    """Puts diagrams of sets together; what was put together once is remembered."""

    def __init__(self, forest: Forest) -> None:
        self.forest = forest
        self.none = forest.terminal(frozenset())
        self._memo: dict[Any, Node] = {}

    def of(self, nodes: Iterable[Node]) -> Node:
        """The union of the sets that the nodes lead to."""
        several = [node for node in dict.fromkeys(nodes) if node != self.none]
        parted, rest = self._parted(several) if len(several) >= FEW else ([], several)
        if not parted:
            return self._by_halves(rest)
        sharing: dict[Any, list[Node]] = defaultdict(list)
        for node in parted:
            for key, child in zip(self.forest.keys[node], self.forest.children[node], strict=False):
                sharing[key].append(child)
        keys = tuple(sorted(sharing, key=sort_key))
        children = (*(self.of(sharing[key]) for key in keys), self.none)
        together = self.forest.find_or_add(self.forest.levels[parted[0]], keys, children)
        return self._by_halves([together, self.of(rest)])

    def _parted(self, nodes: list[Node]) -> tuple[list[Node], list[Node]]:
        """The nodes that give something for named words of the first choice alone, and the rest.

        Of such nodes only those that share a word need be put together: thousands
        of rules about a word each then cost no more than there are rules.
        """
        forest = self.forest
        level = min(forest.levels[node] for node in nodes)
        if not isinstance(forest.variables.get(level), EnumVar):
            return [], nodes
        parted, rest = list[Node](), list[Node]()
        for node in nodes:
            is_sparse = forest.levels[node] == level and forest.children[node][-1] == self.none
            (parted if is_sparse else rest).append(node)
        return parted, rest

    def _by_halves(self, nodes: list[Node]) -> Node:
        """By halves: rules that part ways on a fact then merge in one go."""
        while len(nodes) > 1:
            nodes = [
                self.forest.apply(self._united, tuple(nodes[i : i + 2]), self._memo)
                for i in range(0, len(nodes), 2)
            ]
        return nodes[0] if nodes else self.none

    def _united(self, nodes: tuple[Node, ...]) -> Node | None:
        first, last = nodes[0], nodes[-1]
        if first == last or last == self.none:
            return first
        if first == self.none:
            return last
        if self.forest.is_terminal(first) and self.forest.is_terminal(last):
            return self.forest.terminal(self.forest.values[first] | self.forest.values[last])
        return None
