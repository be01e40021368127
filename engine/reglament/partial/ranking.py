"""From what remains of a decision to the facts it still needs, the most useful first.

First comes the fact whose answer is expected to end the questions soonest. Where looking so
far ahead would take too long, a fact is the more useful, the more its answer is expected to
settle; of equals the one comes first that diagrams test first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from reglament.model.values import Listed
from reglament.partial.information_gain import Modules, information_gain
from reglament.partial.lookahead import ALIKE, Lookahead, TooMuch
from reglament.partial.residual_graph import SharedTree

Weight: TypeAlias = tuple[float, int, str]


class Ranking:
    """Missing facts, those in `first` first, then those that settle most.

    A weight is what the fact is expected to settle, in bits and negative, its place in the
    order in which diagrams test facts, and its name.
    """

    __slots__ = ("facts", "weights")

    def __init__(self, weights: Iterable[Weight], first: Iterable[str] = ()) -> None:
        self.weights = sorted(weights)
        self.facts = Listed(dict.fromkeys([*first, *(fact for _, _, fact in self.weights)]))

    def with_others(self, others: tuple[Ranking, ...]) -> tuple[str, ...]:
        """The facts of several rankings together."""
        return Ranking(weight for one in (self, *others) for weight in one.weights).facts


def ranking_of(
    tree: SharedTree, modules: Modules, order: Mapping[str, int], *, is_decision: bool = True
) -> Ranking:
    """The missing facts on which what remains of a decision hangs, or of a condition.

    `modules` has the trees of all modules on which it hangs, directly or through others;
    `order` is that in which diagrams test facts. Of a condition, nobody asks for its sake
    alone, so nothing is looked ahead.
    """
    gains = information_gain(tree, modules).bits()
    last = len(order)
    weights = [(-round(gain, ALIKE), order.get(fact, last), fact) for fact, gain in gains.items()]
    if len(weights) < 2 or not is_decision:
        return Ranking(weights)
    try:
        return Ranking(weights, Lookahead(tree, modules).ranked())
    except TooMuch:
        return Ranking(weights)
