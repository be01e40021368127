"""From what remains of a decision to the facts it still needs, the most useful first.

A fact settles the more, the fewer outcomes its answers leave on average; of equals the one
comes first that diagrams test first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import prod
from typing import TypeAlias

from reglament.diagram.shapes import SharedTree
from reglament.evaluation.weighing import Classes, ModuleStake, Stake, weigh
from reglament.model.values import Listed

MOST_KEPT = 1_000

SharedTrees: TypeAlias = Callable[[str], SharedTree]


def needs(shared: SharedTree, order: Mapping[str, int]) -> tuple[str, ...]:
    """The missing facts on which a tree over facts alone hangs, those that settle most first.

    `order` is that in which diagrams test facts.
    """
    return _needs((shared,), {}, order)


def needs_of(
    trees: tuple[SharedTree, ...], tree_of: SharedTrees, order: Mapping[str, int]
) -> tuple[str, ...]:
    """The same of a decision with these trees, which share no fact.

    `tree_of` gives the trees of modules.
    """
    modules: dict[str, SharedTree] = {}
    for shared in trees:
        _add_modules(weigh(shared, None).modules, tree_of, modules)
    return _needs(trees, modules, order)


def _add_modules(
    names: tuple[str, ...], tree_of: SharedTrees, modules: dict[str, SharedTree]
) -> None:
    """Add the modules of these names, and those on which they hang."""
    for name in names:
        shared = modules[name] = tree_of(name)
        _add_modules(weigh(shared, None).modules, tree_of, modules)


def _needs(
    trees: tuple[SharedTree, ...], modules: Mapping[str, SharedTree], order: Mapping[str, int]
) -> tuple[str, ...]:
    kept, key = trees[0].found, (trees, *modules.values())
    found: tuple[str, ...] | None = kept.get(key)
    if found is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        ranked = sorted((left, order[fact], fact) for left, fact in _weights(trees, modules))
        # A fact that a module needs may be needed by a formula at a leaf as well.
        found = kept[key] = Listed(dict.fromkeys(fact for _, _, fact in ranked))
    return found


def _weights(
    trees: tuple[SharedTree, ...], modules: Mapping[str, SharedTree]
) -> Iterator[tuple[float, str]]:
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


def _stakes(
    shared: SharedTree, modules: Mapping[str, SharedTree], classes: Classes
) -> Iterator[Stake]:
    """What a module hangs on, whose outcomes of one class are not told apart."""
    for stake in weigh(shared, classes).stakes:
        if isinstance(stake, ModuleStake):
            inner = _stakes(modules[stake.name], modules, stake.classes)
            yield from map(stake.of, inner)
        else:
            yield stake
