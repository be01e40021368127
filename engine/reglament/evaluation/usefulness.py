"""From what remains of a decision to the facts it still needs, the most useful first.

A fact settles the more, the fewer outcomes its answers leave on average; of equals the one
comes first that diagrams test first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import TypeAlias

from reglament.diagram.shapes import SharedTree
from reglament.evaluation.weighing import Classes, ModuleStake, Stake, weigh
from reglament.model.values import Listed

MOST_KEPT = 1_000

Trees: TypeAlias = tuple[SharedTree, ...]
Modules: TypeAlias = Mapping[str, SharedTree]


def needs_of(trees: Trees, modules: Modules, order: Mapping[str, int]) -> tuple[str, ...]:
    """The missing facts on which a decision hangs, those that settle most first.

    Its `trees` share no fact. `modules` has the trees of all modules on which they hang,
    directly or through others; `order` is that in which diagrams test facts.
    """
    kept, key = trees[0].found, (trees, *modules.values())
    found: tuple[str, ...] | None = kept.get(key)
    if found is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        ranked = sorted((left, order[fact], fact) for left, fact in _weights(trees, modules))
        # A fact that a module needs may be needed by a formula at a leaf as well.
        found = kept[key] = Listed(dict.fromkeys(fact for _, _, fact in ranked))
    return found


def _weights(trees: Trees, modules: Modules) -> Iterator[tuple[float, str]]:
    """How many outcomes each missing fact leaves, of all trees together."""
    counts = [weigh(shared, None).most for shared in trees]
    for shared, most in zip(trees, counts, strict=True):
        scale = prod(counts) / most
        for stake in weigh(shared, None).stakes:
            if isinstance(stake, Stake):
                yield stake.left(most) * scale, stake.fact
                continue
            for inner in _stakes(modules[stake.name], modules, stake.classes):
                yield stake.left(inner, most) * scale, inner.fact


def _stakes(shared: SharedTree, modules: Modules, classes: Classes) -> Iterator[Stake]:
    """What a module hangs on, whose outcomes of one class are not told apart."""
    for stake in weigh(shared, classes).stakes:
        if isinstance(stake, ModuleStake):
            inner = _stakes(modules[stake.name], modules, stake.classes)
            yield from map(stake.of, inner)
        else:
            yield stake
