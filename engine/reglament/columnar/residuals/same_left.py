"""What was learnt of rows that leave the same of a decision open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reglament.columnar.keys.version_keys import AnswerKey, MetKeys
from reglament.columnar.residuals.what_is_left import WhatIsLeft
from reglament.columnar.vectors.key_numbers import UNMET
from reglament.diagram.kernel.forest import Node
from reglament.partial.residual_graph import ResidualGraph

_CODES = {False: 0, True: 1, None: 2}


class SharedReasons:
    """What was learnt of rows whose classes hang on nothing but `conditions`.

    Keys are told by their places in `keys`.
    """

    def __init__(self) -> None:
        self.conditions: tuple[Node, ...] = ()
        self.keys: list[AnswerKey] = []
        self._places: dict[tuple[Node, ...], dict[tuple[int, ...], int]] = {}
        self._by_number: dict[int, int] = {}

    def learn(self, key: AnswerKey, truths: Mapping[Node, bool | None]) -> None:
        """Take the key of rows for which these conditions hold, fail or (None) are open."""
        codes = tuple([_CODES[truth] for truth in truths.values()])
        self._places.setdefault(tuple(truths), {})[codes] = len(self.keys)
        self.keys.append(key)
        conditions = tuple(sorted({*self.conditions, *truths}))
        if conditions != self.conditions:
            self.conditions, self._by_number = conditions, {}

    def match(self, number: int, conditions: WhatIsLeft) -> int:
        """The key of rows in which the conditions come to what has that number, or `UNMET`."""
        found = self._by_number.get(number, UNMET)
        if found == UNMET:
            codes = truth_codes(conditions.graphs[number])
            told = dict(zip(self.conditions, codes, strict=True))
            for nodes, places in self._places.items():
                found = places.get(tuple([told[node] for node in nodes]), UNMET)
                if found != UNMET:
                    self._by_number[number] = found
                    break
        return found


class SameLeft:
    """Rows that leave the same of a decision, and their keys, by their places in `met`.

    `residual` is the number of what they leave, for those who read the decision, and `ties` counts
    in how many ways told values bound it. They may share their `reasons` with others.
    """

    def __init__(self, residual: int, ties: int, reasons: SharedReasons, met: MetKeys) -> None:
        self.residual, self.ties, self.reasons = residual, ties, reasons
        self._met, self._places = met, dict[int, int]()

    def place(self, key: int) -> int:
        """The place of a key of the reasons."""
        found = self._places.get(key)
        if found is None:
            added = self._met.add(self.reasons.keys[key], self.residual, self.ties)
            found = self._places[key] = added
        return found

    @property
    def only(self) -> int:
        """The one key of all these rows; `UNMET` where that hangs on conditions."""
        return UNMET if self.reasons.conditions else self.place(0)

    def match(self, number: int, conditions: WhatIsLeft) -> int:
        """The key of rows in which the conditions come to what has that number, or `UNMET`."""
        found = self.reasons.match(number, conditions)
        return UNMET if found == UNMET else self.place(found)


def truth_codes(graphs: Iterable[ResidualGraph]) -> tuple[int, ...]:
    """Whether conditions hold, fail or are open of which these are left."""
    return tuple([_CODES[_truth(graph)] for graph in graphs])


def _truth(graph: ResidualGraph) -> bool | None:
    """Whether a condition holds of which this is left; None where that is open."""
    assert graph.fixed is not None
    left = graph.fixed.distinct
    return bool(left[0]) if len(left) == 1 else None
