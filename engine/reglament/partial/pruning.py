"""From a part with more worlds than can be found to the ways down it that are possible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reglament.diagram.kernel.branches import constrains
from reglament.diagram.kernel.forest import Forest, TooLarge
from reglament.partial.assignments import Possibility, Test, Way
from reglament.partial.or_nodes import Fork, Forks, Part

MOST_BRANCHES = 20_000


def pruned(part: Part, forest: Forest, possibility: Possibility) -> Part:
    """What one request leaves of the part.

    Each way is followed as far as answers go together that are given on it. Raises TooLarge.
    """
    return _Pruning(forest, possibility).part(part, possibility.common.start)


class _Pruning:
    def __init__(self, forest: Forest, possibility: Possibility) -> None:
        self.forest = forest
        self.possibility = possibility
        self._forks = Forks(forest)
        self._parts: dict[tuple[Fork, Way], Part] = {}

    def part(self, part: Part, way: Way) -> Part:
        """What is left of the part after the answers of the way."""
        if not isinstance(part, Fork):
            return part
        if (part, way) not in self._parts:
            if len(self._parts) >= MOST_BRANCHES:
                raise TooLarge(MOST_BRANCHES)
            ways = tuple(self._possible(part, way))
            self._parts[part, way] = self._forks.fork(part.rank, part.missing, ways)
        return self._parts[part, way]

    def _possible(self, fork: Fork, way: Way) -> Iterator[tuple[Any, Part]]:
        variable = self.forest.variables[fork.rank]
        test = Test(fork.rank, variable, fork.missing, ())
        for answer, child in fork.ways:
            narrowed = way
            if constrains(variable):
                narrowed = self.possibility.common.after(way, test, answer)
                if not self.possibility.of(narrowed):
                    continue
            yield answer, self.part(child, narrowed)
