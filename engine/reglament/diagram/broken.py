"""From the diagrams of decisions to those that are broken where a decision built on is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reglament.diagram.build import Diagrams
from reglament.diagram.forest import Node
from reglament.diagram.once import Once
from reglament.diagram.payloads import Conflict, Gap


@dataclass(frozen=True, slots=True)
class Broken:
    """A decision that this one builds on has a gap or a conflict, so there is no answer.

    `decision` names the first one, where somebody tells them apart.
    """

    decision: str = ""


class Breaking(Once[str, Node]):
    """The diagrams of decisions over facts alone, by name, with Broken leaves.

    `leaf` changes what stands at the other leaves; `broken` is what stands where the
    decision of that name breaks. Looking one up raises TooLarge.
    """

    def __init__(
        self,
        diagrams: Diagrams,
        leaf: Callable[[Any], Any] = lambda payload: payload,
        broken: Callable[[str], Broken] = Broken,
    ) -> None:
        super().__init__(self._whole)
        self.diagrams = diagrams
        self.leaf = leaf
        self.broken = broken

    def _whole(self, name: str) -> Node:
        forest, version = self.diagrams.forest, self.diagrams.version
        node = forest.map(self.diagrams.decision(name), self.leaf)
        earlier = [*version.built_on(version.decisions[name])]
        for one in reversed(earlier):  # the first has the last word
            is_broken = forest.map(self[one.name], _is_broken)
            node = forest.pick(is_broken, forest.leaf(self.broken(one.name)), node)
        return node


def _is_broken(payload: Any) -> bool:
    return isinstance(payload, Gap | Conflict | Broken)
