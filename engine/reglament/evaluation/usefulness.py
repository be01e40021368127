"""From what remains of a decision to the facts it still needs, the most useful first.

A fact settles the more, the smaller the share of the outcomes that its answers leave on
average; of equals the one comes first that diagrams test first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from reglament.diagram.once import keep
from reglament.diagram.shapes import SharedTree
from reglament.evaluation.weighing import Classes, ModuleStake, Stake, weigh
from reglament.model.values import Listed

MOST_KEPT = 4_000

Modules: TypeAlias = Mapping[str, SharedTree]
Weight: TypeAlias = tuple[float, int, str]


class Ranking:
    """Missing facts, those that settle most first; `weights` are what they are sorted by.

    A weight is the share of the outcomes that the fact leaves, its place in the order in
    which diagrams test facts, and its name.
    """

    __slots__ = ("_joined", "facts", "weights")

    def __init__(self, weights: Iterable[Weight]) -> None:
        self.weights = sorted(weights)
        # A fact that a module needs may be needed by a formula at a leaf as well.
        self.facts = Listed(dict.fromkeys([fact for _, _, fact in self.weights]))
        self._joined: dict[tuple[Ranking, ...], tuple[str, ...]] = {}

    def with_others(self, others: tuple[Ranking, ...]) -> tuple[str, ...]:
        """The facts of several rankings together."""
        found = self._joined.get(others)
        if found is None:
            every = (weight for one in (self, *others) for weight in one.weights)
            found = keep(self._joined, others, Ranking(every).facts, MOST_KEPT)
        return found


def ranking_of(tree: SharedTree, modules: Modules, order: Mapping[str, int]) -> Ranking:
    """The missing facts on which what remains of a decision hangs.

    `modules` has the trees of all modules on which it hangs, directly or through others;
    `order` is that in which diagrams test facts.
    """
    last = len(order)
    shares = _shares(tree, modules)
    return Ranking((share, order.get(fact, last), fact) for share, fact in shares)


def _shares(tree: SharedTree, modules: Modules) -> Iterator[tuple[float, str]]:
    """The share of the outcomes that each missing fact leaves."""
    weighed = weigh(tree, None)
    for stake in weighed.stakes:
        if isinstance(stake, Stake):
            yield stake.share_left(weighed.most), stake.fact
            continue
        for inner in _stakes(modules[stake.name], modules, stake.classes):
            yield stake.share_left(inner, weighed.most), inner.fact


def _stakes(shared: SharedTree, modules: Modules, classes: Classes) -> Iterator[Stake]:
    """What a module hangs on, whose outcomes of one class are not told apart."""
    for stake in weigh(shared, classes).stakes:
        if isinstance(stake, ModuleStake):
            inner = _stakes(modules[stake.name], modules, stake.classes)
            yield from map(stake.of, inner)
        else:
            yield stake
