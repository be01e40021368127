"""From what a request leaves open of a diagram to the leaves and the tree that requests share.

Where tests that lack facts hang together, what can be reached depends on the worlds of
the request; what is left of a part in the same worlds is the same for every request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from reglament.diagram.kernel.forest import Choice, Forest, Node, TooLarge
from reglament.model.values import Value
from reglament.partial.deferred_terms import Disputed, Reckoned, Source
from reglament.partial.joint_assignments import ONE, Worlds
from reglament.partial.or_nodes import Fork, Part, ends, forks
from reglament.partial.trees import (
    Branch,
    Branches,
    Leaf,
    Remains,
    Tree,
    Unlisted,
    from_the_top,
    key,
)

MOST_BRANCHES = 20_000


class Reached:
    """What the leaves of a shape come to: its `values`, one by one, and each once.

    `alike` has for each value the place of the first that is the same. `tree` is kept
    with it, and in `found` what readers found out about it, for all requests that share it.
    """

    __slots__ = ("alike", "distinct", "found", "tree", "values")

    def __init__(self, values: list[Remains]) -> None:
        self.tree: SharedTree | None = None
        self.found: dict[Any, Any] = {}
        self.values = self.distinct = values
        self.alike = [0]
        if len(values) > 1:
            first: dict[Any, int] = {}
            self.alike = [first.setdefault(key(value), at) for at, value in enumerate(values)]
            if len(first) < len(values):
                self.distinct = [values[at] for at in first.values()]

    @property
    def pattern(self) -> tuple[Any, ...]:
        """All that a tree, and what it lacks, can depend on in the values at its leaves."""
        lacks = [value.missing if isinstance(value, Unlisted) else None for value in self.values]
        return (*self.alike, *lacks)


class Shape:
    """What is left of a part in some worlds: its `leaves`, in order, and its trees.

    `fixed` is what the leaves come to where it is the same for every request, else None.
    """

    def __init__(
        self,
        part: Part,
        worlds: Worlds,
        forest: Forest,
        modules: frozenset[str],
        source: Callable[[Node], Source],
    ) -> None:
        self.part, self.worlds, self.forest, self.modules = part, worlds, forest, modules
        self.leaves = ends(part) if worlds is ONE else self._reached()
        self._sources = [source(leaf) for leaf in self.leaves]
        hanging = [one for one in self._sources if isinstance(one, Reckoned | Disputed)]
        self.fixed = None if hanging else Reached(self._values({}))
        self._reads = tuple(sorted({fact for one in hanging for fact in one.facts}))
        self._terms = tuple(term for one in hanging for term in one.terms)
        self._lacking: dict[tuple[bool, ...], Reached] = {}
        self._trees: dict[Any, SharedTree] = {}

    def reached_by(self, told: Mapping[str, Value]) -> Reached:
        """What the leaves come to for a request."""
        if self.fixed is not None:
            return self.fixed
        is_told = tuple(map(told.__contains__, self._reads))
        found = self._lacking.get(is_told)
        if found is None:
            found = Reached(self._values(told))
            # Where every term lacks some fact, they come to the same for all who lack these.
            if all(not term.facts <= told.keys() for term in self._terms):
                self._lacking[is_told] = found
        return found

    def _values(self, told: Mapping[str, Value]) -> list[Remains]:
        return [
            source.of(told) if isinstance(source, Reckoned | Disputed) else source
            for source in self._sources
        ]

    def _reached(self) -> tuple[Node, ...]:
        """The leaves that are reached in some world."""
        where: dict[Part, int] = {self.part: self.worlds.every}
        # Ranks rise on every way, so a fork is left after all that leads to it.
        for fork in sorted(forks(self.part), key=lambda fork: fork.rank):
            here = where.get(fork, 0)
            for answer, child in fork.ways:
                where[child] = where.get(child, 0) | here & self.worlds.where(fork.rank, answer)
        return tuple(leaf for leaf in ends(self.part) if where[leaf])

    def tree(self, reached: Reached) -> SharedTree:
        """The tree, for requests whose leaves come to such values. Raises TooLarge."""
        if reached.tree is None:
            pattern = reached.pattern
            tree = self._trees.get(pattern)
            if tree is None:
                tree = self._trees[pattern] = _Growing(self, reached).whole()
            reached.tree = tree
        return reached.tree


class SharedTree:
    """A tree of many requests. Its leaves hold the values of the first of them.

    `places` tells which of a request's own values stands at a leaf; `hangs_on` are the
    modules that are tested in it.
    """

    def __init__(self, tree: Tree, places: Mapping[Leaf, int], hangs_on: tuple[str, ...]) -> None:
        self.tree = tree
        self.places = places
        self.hangs_on = hangs_on
        # What readers found out about it.
        self.weighed: dict[Any, Any] = {}
        self.rankings: dict[Any, Any] = {}

    def with_values(self, values: Sequence[Remains]) -> Tree:
        """The tree with the values of one request at its leaves."""
        if all(values[place] is leaf.remains for leaf, place in self.places.items()):
            return self.tree
        made: dict[Tree, Tree] = {leaf: Leaf(values[at]) for leaf, at in self.places.items()}
        for branch in reversed(from_the_top(self.tree)):
            ways = tuple((answer, made[child]) for answer, child in branch.ways)
            made[branch] = Branch(branch.variable, branch.missing, ways)
        return made[self.tree]


class _Growing:
    def __init__(self, shape: Shape, reached: Reached) -> None:
        self.shape = shape
        self.variables = shape.forest.variables
        self.values = reached.values
        self.places = dict(zip(shape.leaves, reached.alike, strict=True))
        self._leaves: dict[int, Leaf] = {}
        self._branches = Branches()

    def whole(self) -> SharedTree:
        """The tree in every world. Raises TooLarge."""
        tree = self._grown()
        places = {leaf: place for place, leaf in self._leaves.items()}
        tested = {branch.variable: None for branch in from_the_top(tree)}
        named = (variable.fact for variable in tested if isinstance(variable, Choice))
        modules = self.shape.modules
        return SharedTree(tree, places, tuple(name for name in named if name in modules))

    def _grown(self) -> Tree:
        """The tree, grown from below, however deep it is."""
        top = (self.shape.part, self.shape.worlds.every)
        ways = self._ways(top)
        grown: dict[_Spot, Tree] = {}
        # Ranks rise on every way, so all below a fork are grown before it.
        for spot in sorted(ways, key=lambda spot: -spot[0].rank):
            below = tuple(
                [(answer, grown.get(one) or self._leaf(one)) for answer, one in ways[spot]]
            )
            fork, _ = spot
            variable = self.variables[fork.rank]
            grown[spot] = self._branches.branch(variable, fork.missing, below)
        return grown.get(top) or self._leaf(top)

    def _ways(self, top: _Spot) -> dict[tuple[Fork, int], list[tuple[Any, _Spot]]]:
        """Where each fork leads in the worlds in which one gets there."""
        where = self.shape.worlds.where
        found: dict[tuple[Fork, int], list[tuple[Any, _Spot]]] = {}
        waiting = [top]
        while waiting:
            fork, here = waiting.pop()
            if not isinstance(fork, Fork) or (fork, here) in found:
                continue
            if len(found) >= MOST_BRANCHES:
                raise TooLarge(MOST_BRANCHES)
            ways = found[fork, here] = [
                (answer, (child, there))
                for answer, child in fork.ways
                if (there := here & where(fork.rank, answer))
            ]
            waiting.extend([one for _, one in ways])
        return found

    def _leaf(self, spot: _Spot) -> Leaf:
        assert not isinstance(spot[0], Fork)
        place = self.places[spot[0]]
        if place not in self._leaves:
            self._leaves[place] = Leaf(self.values[place])
        return self._leaves[place]


# What is left of a part, and the worlds in which one gets there.
_Spot: TypeAlias = tuple[Part, int]
