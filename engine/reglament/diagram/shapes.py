"""From what a request leaves open of a diagram to the leaves and the tree that requests share.

Where tests that lack facts hang together, what can be reached depends on the worlds of
the request; what is left of a part in the same worlds is the same for every request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from reglament.diagram.answers import constrains, joined
from reglament.diagram.forest import Forest, Node, Span, TooLarge
from reglament.diagram.openings import Fork, Part, ends, forks
from reglament.diagram.possibility import Possibility, Test, Way
from reglament.diagram.trees import Branch, Leaf, Remains, Tree, Unlisted, key
from reglament.diagram.worlds import ONE, Worlds

MOST_BRANCHES = 20_000


Fixed: TypeAlias = Callable[[Node], Remains | None]


class Ending:
    """What is left of a diagram once a request has answered all it can.

    `tied` are its tests whose answers may hang on each other; `fixed` gives what a
    leaf comes to for every request.
    """

    def __init__(self, part: Part, forest: Forest, modules: frozenset[str], fixed: Fixed) -> None:
        self.part = part
        self.fixed = fixed
        self.forest = forest
        self.modules = modules
        self.tied = _tied(part, forest)
        self._shapes: dict[Worlds, Shape] = {}

    def shape(self, worlds: Worlds) -> Shape:
        """What is left of it in these worlds."""
        found = self._shapes.get(worlds)
        return found or self._shapes.setdefault(worlds, Shape(self, worlds))


def _tied(part: Part, forest: Forest) -> tuple[Test, ...]:
    by_rank: dict[int, list[Fork]] = {}
    for fork in forks(part):
        if constrains(forest.variables[fork.rank]):
            by_rank.setdefault(fork.rank, []).append(fork)
    return tuple(_test(by_rank[rank], forest) for rank in sorted(by_rank))


def _test(same: list[Fork], forest: Forest) -> Test:
    rank, missing = same[0].rank, same[0].missing
    variable = forest.variables[rank]
    answers: tuple[Any, ...] = (True, False)
    if isinstance(variable, Span):
        answers = joined(span for fork in same for span, _ in fork.ways)
    return Test(rank, variable, missing, answers)


def pruned(ending: Ending, possibility: Possibility) -> Shape:
    """What is left of it for one request, where its worlds are too many to find.

    Each way is followed as far as answers go together that are given on it. Raises TooLarge.
    """
    part = _Pruning(ending.forest, possibility).part(ending.part, possibility.common.start)
    return Shape(Ending(part, ending.forest, ending.modules, ending.fixed), ONE)


class _Pruning:
    def __init__(self, forest: Forest, possibility: Possibility) -> None:
        self.forest = forest
        self.possibility = possibility
        self._parts: dict[tuple[Fork, Way], Part] = {}
        self._forks: dict[Any, Fork] = {}

    def part(self, part: Part, way: Way) -> Part:
        """What is left of the part after the answers of the way."""
        if not isinstance(part, Fork):
            return part
        if (part, way) not in self._parts:
            if len(self._parts) >= MOST_BRANCHES:
                raise TooLarge(MOST_BRANCHES)
            self._parts[part, way] = self._forked(part, way)
        return self._parts[part, way]

    def _forked(self, fork: Fork, way: Way) -> Part:
        ways = tuple(self._possible(fork, way))
        first = ways[0][1]
        if all(child == first for _, child in ways):
            return first
        found = Fork(fork.rank, fork.missing, ways, fork.low)
        return self._forks.setdefault((fork.rank, fork.missing, ways), found)

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


class Shape:
    """What is left of a part in some worlds: its `leaves`, in order, and its trees.

    `values` are what the leaves come to where that is so for every request, else None.
    """

    def __init__(self, ending: Ending, worlds: Worlds) -> None:
        self.part, self.forest, self.modules = ending.part, ending.forest, ending.modules
        self.worlds = worlds
        self.leaves = ends(ending.part) if worlds is ONE else self._reached()
        values = [value for leaf in self.leaves if (value := ending.fixed(leaf)) is not None]
        self.values = values if len(values) == len(self.leaves) else None
        self.found: dict[Any, Any] = {}  # what readers found out about it
        self._trees: dict[Any, SharedTree] = {}

    def _reached(self) -> tuple[Node, ...]:
        """The leaves that are reached in some world."""
        where: dict[Part, int] = {self.part: self.worlds.every}
        # Ranks rise on every way, so a fork is left after all that leads to it.
        for fork in sorted(forks(self.part), key=lambda fork: fork.rank):
            here = where.get(fork, 0)
            for answer, child in fork.ways:
                where[child] = where.get(child, 0) | here & self.worlds.where(fork.rank, answer)
        return tuple(leaf for leaf in ends(self.part) if where[leaf])

    def tree(self, values: Sequence[Remains]) -> SharedTree:
        """The tree, for requests whose leaves have such values. Raises TooLarge."""
        pattern = None if values is self.values else _pattern(values)
        found = self._trees.get(pattern)
        if found is None:
            found = self._trees[pattern] = _Growing(self, values, _alike(values)).whole()
        return found


def _pattern(values: Sequence[Remains]) -> tuple[Any, ...]:
    """All that the tree, and what it lacks, can depend on in the values at the leaves."""
    lacks = (value.missing if isinstance(value, Unlisted) else None for value in values)
    return tuple(zip(_alike(values), lacks, strict=True))


def _alike(values: Sequence[Remains]) -> list[int]:
    """For each value the place of the first that is the same."""
    first: dict[Any, int] = {}
    return [first.setdefault(key(value), place) for place, value in enumerate(values)]


class SharedTree:
    """A tree of many requests. Its leaves hold the values of the first of them.

    `places` tells which of a request's own values stands at a leaf.
    """

    def __init__(self, tree: Tree, places: Mapping[Leaf, int], modules: frozenset[str]) -> None:
        self.tree = tree
        self.places = places
        self.modules = modules
        self.found: dict[Any, Any] = {}  # what readers found out about it

    def with_values(self, values: Sequence[Remains]) -> Tree:
        """The tree with the values of one request at its leaves."""
        if all(values[place] is leaf.remains for leaf, place in self.places.items()):
            return self.tree
        memo: dict[Tree, Tree] = {leaf: Leaf(values[at]) for leaf, at in self.places.items()}

        def walk(part: Tree) -> Tree:
            if part not in memo and isinstance(part, Branch):
                ways = tuple((answer, walk(child)) for answer, child in part.ways)
                memo[part] = Branch(part.variable, part.missing, ways)
            return memo[part]

        return walk(self.tree)


class _Growing:
    def __init__(self, shape: Shape, values: Sequence[Remains], alike: list[int]) -> None:
        self.shape = shape
        self.variables = shape.forest.variables
        self.values = values
        self.places = dict(zip(shape.leaves, alike, strict=True))
        self._leaves: dict[int, Leaf] = {}
        self._grown: dict[tuple[Fork, int], Tree] = {}
        self._branches: dict[Any, Branch] = {}

    def whole(self) -> SharedTree:
        """The tree in every world."""
        tree = self._grow(self.shape.part, self.shape.worlds.every)
        places = {leaf: place for place, leaf in self._leaves.items()}
        return SharedTree(tree, places, self.shape.modules)

    def _grow(self, part: Part, here: int) -> Tree:
        if not isinstance(part, Fork):
            place = self.places[part]
            if place not in self._leaves:
                self._leaves[place] = Leaf(self.values[place])
            return self._leaves[place]
        if (part, here) not in self._grown:
            if len(self._grown) >= MOST_BRANCHES:
                raise TooLarge(MOST_BRANCHES)
            self._grown[part, here] = self._forked(part, here)
        return self._grown[part, here]

    def _forked(self, fork: Fork, here: int) -> Tree:
        where = self.shape.worlds.where
        ways = tuple(
            (answer, self._grow(child, there))
            for answer, child in fork.ways
            if (there := here & where(fork.rank, answer))
        )
        first = ways[0][1]
        if all(tree is first for _, tree in ways):
            return first
        same = (fork.rank, fork.missing, tuple((answer, id(tree)) for answer, tree in ways))
        branch = Branch(self.variables[fork.rank], fork.missing, ways)
        return self._branches.setdefault(same, branch)
