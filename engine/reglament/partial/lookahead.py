"""From the tree of what remains to the facts whose answers are expected to end it soonest.

A fact is asked first where, once it is given, the fewest facts are expected to be asked for
after it. After `kind`, which ends half of the requests, 1 + 1/2 questions are expected; after
`returned.on`, which ends a quarter, 1 + 3/4. How many those are is computed on what is left of
the tree, its tests asked in their order: one step of policy improvement over that order
(Howard 1960). Where a few facts come close, what each of them leaves is improved by one step
more. Facts that a test lacks together share what it settles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from reglament.diagram.kernel.forest import EnumVar, Variable
from reglament.partial.information_gain import Modules, answers_of, classes_of, tests_of, way_of
from reglament.partial.residual_graph import SharedTree
from reglament.partial.trees import (
    Branch,
    Leaf,
    OutcomeClass,
    Tree,
    UnknownOutcome,
    from_the_top,
    quotient,
)

MOST_NODES = 400
MOST_WORK = 10_000  # parts looked at
CLOSE = 3  # so many facts are looked at twice,
MARGIN = 0.15  # if they save this much less than the best, or not even that
ALIKE = 9  # decimal places in which numbers that differ by rounding alone are equal

NodeId: TypeAlias = int
NOWHERE: NodeId = -1  # where an answer leads that cannot be given there


class TooMuch(Exception):
    """Looking ahead would take too long."""


class NumberedTest:
    """A test: the places of the facts that it lacks, and how likely each answer is."""

    __slots__ = ("likely", "missing")

    def __init__(self, missing: frozenset[int], likely: tuple[float, ...]) -> None:
        self.missing = missing
        self.likely = likely


class NumberedTree:
    """What remains of a decision, in numbers.

    A part is a test with where each of its answers leads, or a leaf (None) with the facts
    that its formula lacks. Each part stands after those that it leads to; the last one is
    where asking begins. `known` are facts that are told, though tests of them are left.
    """

    def __init__(self, size: int, known: frozenset[int] = frozenset()) -> None:
        self.size = size
        self.known = known
        self.nodes: list[tuple[NumberedTest | None, tuple[NodeId, ...]]] = []
        self._tests: list[NumberedTest] | None = None
        self._same: dict[tuple[int, tuple[NodeId, ...]], NodeId] = {}

    def leaf(self, lacking: tuple[int, ...]) -> NodeId:
        """A leaf of its own."""
        self.nodes.append((None, lacking))
        return len(self.nodes) - 1

    def find_or_add(self, test: NumberedTest, children: tuple[NodeId, ...]) -> NodeId:
        """The part, or where all its answers lead. Raises TooMuch."""
        leading = set(children)
        leading.discard(NOWHERE)
        if len(leading) == 1:
            return leading.pop()
        key = id(test), children
        found = self._same.get(key)
        if found is None:
            if len(self.nodes) >= MOST_NODES:
                raise TooMuch
            self.nodes.append((test, children))
            found = self._same[key] = len(self.nodes) - 1
        return found

    def tests(self) -> list[NumberedTest]:
        """The tests that are left, in their order."""
        if self._tests is None:
            found = dict.fromkeys([test for test, _ in reversed(self.nodes)])
            self._tests = [test for test in found if test is not None]
        return self._tests

    def restricted(self, test: NumberedTest, place: int) -> NumberedTree:
        """What remains once the test has its answer at that place."""
        rest = NumberedTree(self.size, self.known | test.missing)
        made: dict[NodeId, NodeId] = {}
        for at in self._reached(test, place):
            own, children = self.nodes[at]
            if own is None:
                made[at] = rest.leaf(children)
            elif own is test:
                made[at] = made[_led(children, place)]
            else:
                kids = tuple([NOWHERE if child == NOWHERE else made[child] for child in children])
                made[at] = rest.find_or_add(own, kids)
        rest.nodes = rest.nodes[: made[len(self.nodes) - 1] + 1]
        return rest

    def _reached(self, test: NumberedTest, place: int) -> Iterator[NodeId]:
        """The parts that are met where the test has that answer, from below."""
        met = {len(self.nodes) - 1}
        for at in range(len(self.nodes) - 1, -1, -1):
            if at in met:
                own, children = self.nodes[at]
                if own is test:
                    met.add(_led(children, place))
                elif own is not None:
                    met.update(children)
        return (at for at in range(len(self.nodes)) if at in met)

    def questions(self) -> float:
        """How many facts are expected to be asked for, the tests being asked in their order."""
        met: list[list[float]] = []  # how likely each fact is to be asked for, below each part
        for test, children in self.nodes:
            if test is None:
                asked = [float(fact in children) for fact in range(self.size)]
            else:
                below = [met[child] if child != NOWHERE else None for child in children]
                asked = _mixed(test.likely, below)
                for fact in test.missing:
                    asked[fact] = 1.0
            met.append(asked)
        return sum(one for fact, one in enumerate(met[-1]) if fact not in self.known)


def _led(children: tuple[NodeId, ...], place: int) -> NodeId:
    found = children[place]
    return found if found != NOWHERE else next(child for child in children if child != NOWHERE)


def _mixed(likely: Sequence[float], below: Sequence[list[float] | None]) -> list[float]:
    """The ways together, by how likely each of those that can be taken is."""
    taken = [(one, asked) for one, asked in zip(likely, below, strict=True) if asked is not None]
    if len(taken) == 2:  # most tests have two answers
        (one, left), (other, right) = taken
        share = one / (one + other)
        return [share * x + (1 - share) * y for x, y in zip(left, right, strict=True)]
    total = sum(one for one, _ in taken)
    columns = zip(*(asked for _, asked in taken), strict=True)
    return [
        sum(one * x for (one, _), x in zip(taken, column, strict=True)) / total
        for column in columns
    ]


class Lookahead:
    """Ranks the facts that the tests of a tree lack. Raises TooMuch."""

    def __init__(self, shared: SharedTree, modules: Modules) -> None:
        self.work = MOST_WORK
        grown = _Numbering(shared, modules)
        self.ahead, self.facts = grown.ahead, grown.facts

    def ranked(self) -> list[str]:
        """The facts, that one first whose answer is expected to end it soonest."""
        saved = self._saved(self.ahead)
        if not saved:
            return []
        order = sorted(saved, key=lambda fact: _rounded(saved[fact]), reverse=True)
        enough = (1 - MARGIN) * max(best for best, _ in saved.values())
        close = [
            fact
            for fact in order[:CLOSE]
            if saved[fact][0] >= enough and self._alone(self.ahead, fact)
        ]
        if len(close) > 1:
            try:
                left = {fact: self._left_after(fact) for fact in close}
            except TooMuch:
                return [self.facts[fact] for fact in order]
            close.sort(key=lambda fact: round(left[fact], ALIKE))
            order = [*close, *(fact for fact in order if fact not in close)]
        return [self.facts[fact] for fact in order]

    def _saved(self, ahead: NumberedTree) -> dict[int, tuple[float, float]]:
        """How many questions the answer of each fact is expected to save, itself included.

        By its best test, and by all of them together.
        """
        before = ahead.questions()
        tests = ahead.tests()
        saved: dict[int, tuple[float, float]] = {}
        for fact in dict.fromkeys(fact for test in tests for fact in sorted(test.missing)):
            if self._alone(ahead, fact):
                left = sum(one * rest.questions() for one, rest in self._told(ahead, fact))
                saved[fact] = (before - left, before - left)
        for test in tests:
            if len(test.missing - ahead.known) > 1:
                rests = ((one, self._rest(ahead, test, at)) for at, one in enumerate(test.likely))
                left = sum(one * rest.questions() for one, rest in rests)
                share = (before - left) / len(test.missing)
                for fact in sorted(test.missing):
                    best, every = saved.get(fact, (0.0, 0.0))
                    saved[fact] = max(best, share), every + share
        return {fact: one for fact, one in saved.items() if fact not in ahead.known}

    def _left_after(self, fact: int) -> float:
        """How many questions are expected after its answer, the best one asked next."""
        return sum(one * self._soonest(rest) for one, rest in self._told(self.ahead, fact))

    def _soonest(self, ahead: NumberedTree) -> float:
        left = ahead.questions()
        best = max((best for best, _ in self._saved(ahead).values()), default=0.0)
        return left - max(0.0, best - 1)

    def _alone(self, ahead: NumberedTree, fact: int) -> NumberedTest | None:
        """A test that lacks this fact alone."""
        return next((test for test in ahead.tests() if test.missing == {fact}), None)

    def _told(self, ahead: NumberedTree, fact: int) -> Iterator[tuple[float, NumberedTree]]:
        """What each answer of the fact leaves, and how likely it is."""
        test = self._alone(ahead, fact)
        if test is None:
            yield 1.0, ahead
            return
        for place, likely in enumerate(test.likely):
            for one, rest in self._told(self._rest(ahead, test, place), fact):
                yield likely * one, rest

    def _rest(self, ahead: NumberedTree, test: NumberedTest, place: int) -> NumberedTree:
        self.work -= len(ahead.nodes)
        if self.work < 0:
            raise TooMuch
        return ahead.restricted(test, place)


def _rounded(saved: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(one, ALIKE) for one in saved)


class _Numbering:
    """A tree in numbers, its modules put in where they are tested."""

    def __init__(self, shared: SharedTree, modules: Modules) -> None:
        self.modules = modules
        self.places: dict[str, int] = {}
        trees = (shared.tree, *(modules[name].tree for name in modules))
        for tree in trees:
            self._place(tree)
        self.facts = list(self.places)
        self.ahead = NumberedTree(len(self.facts))
        self._tests: dict[Variable, NumberedTest] = {}
        self._merged: dict[Variable, Tree] = {}
        root = self._grown(shared.tree, shared.hangs_on, self._leaf)
        self.ahead.nodes = self.ahead.nodes[: root + 1]

    def _place(self, tree: Tree) -> None:
        for branch in from_the_top(tree):
            for fact in sorted(branch.missing):
                self.places.setdefault(fact, len(self.places))
        for leaf in _leaves(tree):
            for fact in sorted(_lacks(leaf)):
                self.places.setdefault(fact, len(self.places))

    def _leaf(self, leaf: Leaf) -> NodeId:
        return self.ahead.leaf(tuple(self.places[fact] for fact in sorted(_lacks(leaf))))

    def _grown(
        self, tree: Tree, hangs_on: tuple[str, ...], leaf: Callable[[Leaf], NodeId]
    ) -> NodeId:
        branches = from_the_top(tree)
        tests = tests_of(branches)
        made: dict[Tree, NodeId] = {}

        def of(part: Tree) -> NodeId:
            if part not in made and isinstance(part, Leaf):
                made[part] = leaf(part)
            return made[part]

        for branch in reversed(branches):
            variable, own = branch.variable, tests[branch.variable]
            below = [of(child) for _, child in branch.edges]
            if isinstance(variable, EnumVar) and variable.fact in hangs_on:
                made[branch] = self._through(branch, own, below)
                continue
            likely = answers_of(variable, own)
            test = self._test(variable, branch.missing, likely)
            places = [way_of(branch, answer) for answer in likely]
            children = tuple(NOWHERE if place is None else below[place] for place in places)
            made[branch] = self.ahead.find_or_add(test, children)
        return of(tree)

    def _through(self, branch: Branch, own: Sequence[Branch], below: Sequence[NodeId]) -> NodeId:
        """The tree of a module in the place of a branch that tests its outcome."""
        assert isinstance(branch.variable, EnumVar)
        module = self.modules[branch.variable.fact]
        classes = classes_of(own)
        if branch.variable not in self._merged:
            tree = quotient(module.tree, lambda known: classes[known.value])
            self._merged[branch.variable] = tree
        leads: dict[int, NodeId] = {}
        for answer, number in classes.items():
            place = way_of(branch, answer)
            leads[number] = NOWHERE if place is None else below[place]
        return self._grown(
            self._merged[branch.variable], module.hangs_on, lambda leaf: leads[_number(leaf)]
        )

    def _test(
        self, variable: Variable, missing: frozenset[str], likely: Mapping[object, float]
    ) -> NumberedTest:
        if variable not in self._tests:
            places = frozenset(self.places[fact] for fact in missing)
            self._tests[variable] = NumberedTest(places, tuple(likely.values()))
        return self._tests[variable]


def _number(leaf: Leaf) -> int:
    assert isinstance(leaf.outcome, OutcomeClass)
    return leaf.outcome.number


def _leaves(tree: Tree) -> Iterator[Leaf]:
    for part in (tree, *(child for one in from_the_top(tree) for _, child in one.edges)):
        if isinstance(part, Leaf):
            yield part


def _lacks(leaf: Leaf) -> frozenset[str]:
    return leaf.outcome.missing if isinstance(leaf.outcome, UnknownOutcome) else frozenset()
