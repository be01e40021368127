"""From what is left of a decision and facts that nobody knows to the facts still worth asking.

A fact is worth asking if its answer can be the last word: if some answers to the facts that may
still be asked settle the decision whatever those are that nobody knows, and it makes a difference
among them. So ways on which facts that nobody knows keep the outcome open are cut from the tree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import reduce

from reglament.partial.trees import (
    Branch,
    BranchTable,
    Leaf,
    OutcomeClass,
    Tree,
    UnknownOutcome,
    branches,
    from_the_top,
    key,
    restricted,
)

MOST_PAIRS = 1_000
_OPEN = Leaf(OutcomeClass(-1))


class TooManyPairs(Exception):
    """The tree is too large to be laid upon itself."""


def worth_asking(tree: Tree, not_known: Collection[str]) -> frozenset[str]:
    """The facts whose answers can settle what the tree leaves open. Raises TooManyPairs."""
    settled = _Settled(frozenset(not_known)).of(tree)
    found = [branch.missing for branch in branches(settled)]
    found += [one.missing for one in _leaves(settled) if isinstance(one, UnknownOutcome)]
    return frozenset[str]().union(*found)


def _leaves(tree: Tree) -> Iterable[object]:
    below = (child for branch in branches(tree) for _, child in branch.edges)
    return (one.outcome for one in (tree, *below) if isinstance(one, Leaf))


@dataclass(slots=True)
class _Settled:
    """What a tree settles whatever the facts are that are not known."""

    not_known: frozenset[str]
    same: BranchTable = field(default_factory=BranchTable)
    leaves: dict[object, Leaf] = field(default_factory=dict)
    pairs: dict[tuple[Tree, Tree], Tree] = field(default_factory=dict)

    def of(self, tree: Tree) -> Tree:
        """The tree without the facts that are not known: open where it hangs on them."""
        made: dict[Tree, Tree] = {}
        for branch in reversed(from_the_top(tree)):
            children = [made.get(child) or self._leaf(child) for _, child in branch.edges]
            if branch.missing & self.not_known:
                made[branch] = reduce(self._both, children)
            else:
                answers = (answer for answer, _ in branch.edges)
                edges = tuple(zip(answers, children, strict=True))
                made[branch] = self.same.find_or_add(branch.variable, branch.missing, edges)
        return made.get(tree) or self._leaf(tree)

    def _leaf(self, tree: Tree) -> Tree:
        outcome = tree.outcome if isinstance(tree, Leaf) else None
        if isinstance(outcome, UnknownOutcome) and outcome.missing & self.not_known:
            return _OPEN
        return tree if outcome is None else self.leaves.setdefault(key(outcome), Leaf(outcome))  # type: ignore[arg-type]

    def _both(self, one: Tree, other: Tree) -> Tree:
        """What the two trees agree on."""
        if one is other:
            return one
        if one is _OPEN or other is _OPEN:
            return _OPEN
        if isinstance(one, Leaf):
            one, other = other, one
        if not isinstance(one, Branch):
            return _OPEN
        found = self.pairs.get((one, other))
        return self._laid(one, other) if found is None else found

    def _laid(self, one: Branch, other: Tree) -> Tree:
        if len(self.pairs) >= MOST_PAIRS:
            raise TooManyPairs
        variable = one.variable
        edges = tuple(
            (answer, self._both(child, restricted(other, variable, answer)))
            for answer, child in one.edges
        )
        made = self.pairs[one, other] = self.same.find_or_add(variable, one.missing, edges)
        return made
