"""From the tree of what remains to what it hangs on, and what each answer to each test leaves.

That is found in one walk down the tree, which carries along, as bits, the answers under
which it gets to each branch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, TypeAlias, TypeGuard

from reglament.diagram.answers import OTHER, is_within, joined
from reglament.diagram.forest import Choice, Span, Variable
from reglament.diagram.shapes import SharedTree
from reglament.diagram.trees import Alike, Branch, Leaf, Tree, Unlisted, from_the_top, merged

Outcomes: TypeAlias = int  # a set of them, as bits
Classes: TypeAlias = Mapping[Any, int]  # of the outcomes of a module


@dataclass(frozen=True, slots=True)
class Stake:
    """A missing fact, and what each answer to each test of it alone leaves.

    One that only a formula at a leaf lacks is not tested: it picks no branch.
    """

    fact: str
    tests: tuple[tuple[Outcomes, ...], ...] = ()
    is_tested: bool = True

    def share_left(self, most: int) -> float:
        """The share of `most` outcomes left on average by its best test; all where it has none.

        Infinite where it is not tested, so that it comes last.
        """
        if not self.is_tested:
            return inf
        shares = [sum(map(int.bit_count, test)) / (len(test) * most) for test in self.tests]
        return min(shares, default=1.0)


@dataclass(frozen=True, slots=True)
class ModuleStake:
    """A module on which a decision hangs.

    `classes` are its outcomes, those together that the decision does not tell apart;
    `leaves` what each class leaves of the decision.
    """

    name: str
    classes: Classes
    leaves: Mapping[int, Outcomes]
    _counts: dict[Outcomes, int] = field(default_factory=dict, compare=False)

    def share_left(self, inner: Stake, most: int) -> float:
        """The share of the decision's outcomes that a fact which the module needs leaves."""
        shares = [sum(map(self._count, test)) / (len(test) * most) for test in inner.tests]
        return min(shares, default=1.0)

    def _count(self, classes: Outcomes) -> int:
        found = self._counts.get(classes)
        if found is None:
            found = self._counts[classes] = self._left_by(classes).bit_count()
        return found

    def of(self, inner: Stake) -> Stake:
        """What a fact that the module needs leaves of the decision."""
        tests = (tuple(map(self._left_by, test)) for test in inner.tests)
        return Stake(inner.fact, tuple(tests))

    def _left_by(self, classes: Outcomes) -> Outcomes:
        """What is left of the decision by some classes of the module's outcomes."""
        left = 0
        for number, leaves in self.leaves.items():
            if classes >> number & 1:
                left |= leaves
        return left


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a tree hangs on, in the order of its tests, modules too; how many outcomes it has."""

    stakes: tuple[Stake | ModuleStake, ...]
    most: int


def weigh(shared: SharedTree, classes: Classes | None) -> Weighed:
    """What the tree hangs on, where outcomes of one class are not told apart; kept with it."""
    key = None if classes is None else tuple(classes.items())
    found: Weighed | None = shared.weighed.get(key)
    if found is None:
        tree = shared.tree
        if classes is not None:
            tree = merged(tree, lambda known: classes[known.value])
        found = shared.weighed.setdefault(key, _Weighing(tree, shared.hangs_on).weighed())
    return found


class _Weighing:
    def __init__(self, tree: Tree, modules: tuple[str, ...]) -> None:
        self.tree = tree
        self.modules = modules
        self.branches = from_the_top(tree)
        self.tests: dict[Variable, list[Branch]] = {}
        for branch in self.branches:
            self.tests.setdefault(branch.variable, []).append(branch)
        self.bits = dict(self._numbered())

    def _numbered(self) -> Iterator[tuple[Variable, dict[Any, int]]]:
        """For each test its answers, and the bit that stands for each."""
        count = 0
        for variable, own in self.tests.items():
            answers = _answers(variable, own)
            yield variable, {answer: 1 << count + place for place, answer in enumerate(answers)}
            count += len(answers)

    def weighed(self) -> Weighed:
        """What the tree hangs on."""
        reached = self._reached()
        left = _turned(reached)
        outcomes = {
            variable: {answer: left[bit] for answer, bit in bits.items()}
            for variable, bits in self.bits.items()
        }
        stakes = tuple(self._stakes(outcomes, reached))
        return Weighed(stakes, len(reached))

    def _reached(self) -> dict[Leaf, int]:
        """The leaves, each with the bits of the answers under which it is reached."""
        every = (1 << sum(map(len, self.bits.values()))) - 1
        under: dict[Tree, int] = dict.fromkeys(self.branches, 0)
        under[self.tree] = every
        for branch in self.branches:
            bits = self.bits[branch.variable]
            others = under[branch] & ~sum(bits.values())
            taken = dict.fromkeys(range(len(branch.ways)), others)
            for answer, bit in bits.items():
                place = _way(branch, answer)
                if place is not None:
                    taken[place] |= under[branch] & bit
            for place, (_, child) in enumerate(branch.ways):
                under[child] = under.get(child, 0) | taken[place]
        return {part: bits for part, bits in under.items() if isinstance(part, Leaf)}

    def _stakes(
        self, outcomes: Mapping[Variable, Mapping[Any, Outcomes]], leaves: Iterable[Leaf]
    ) -> Iterator[Stake | ModuleStake]:
        missing: dict[str, list[tuple[Outcomes, ...]]] = {}
        for variable, own in self.tests.items():
            for fact in sorted(own[0].missing):
                tests = missing.setdefault(fact, [])
                if len(own[0].missing) == 1 and fact not in self.modules:
                    tests.append(tuple(filter(None, outcomes[variable].values())))
        by_name = {variable.fact: variable for variable in self.tests if _is_word(variable)}
        for name, tests in missing.items():
            if name in self.modules:
                yield self._module(by_name[name], outcomes[by_name[name]])
            else:
                yield Stake(name, tuple(tests))
        for fact in dict.fromkeys(fact for leaf in leaves for fact in sorted(_lacks(leaf))):
            if fact not in missing:
                yield Stake(fact, is_tested=False)

    def _module(self, variable: Choice, outcomes: Mapping[Any, Outcomes]) -> ModuleStake:
        numbers: dict[Any, int] = {}
        classes = {
            answer: numbers.setdefault(tuple(self._children(variable, answer)), len(numbers))
            for answer in outcomes
        }
        leaves = {classes[answer]: left for answer, left in outcomes.items()}
        return ModuleStake(variable.fact, classes, leaves)

    def _children(self, variable: Variable, answer: Any) -> Iterator[Tree | None]:
        """Where the answer leads from each branch of the test."""
        for branch in self.tests[variable]:
            place = _way(branch, answer)
            yield None if place is None else branch.ways[place][1]


def _is_word(variable: Variable) -> TypeGuard[Choice]:
    return isinstance(variable, Choice)


def _turned(reached: Mapping[Leaf, int]) -> dict[int, Outcomes]:
    """For the bit of each answer the outcomes under it, from the answers of each outcome."""
    left: dict[int, Outcomes] = defaultdict(int)
    for place, (leaf, under) in enumerate(reached.items()):
        outcome = 1 << (leaf.remains.number if isinstance(leaf.remains, Alike) else place)
        while under:
            bit = under & -under
            left[bit] |= outcome
            under ^= bit
    return left


def _lacks(leaf: Leaf) -> frozenset[str]:
    return leaf.remains.missing if isinstance(leaf.remains, Unlisted) else frozenset()


def _answers(variable: Variable, own: Sequence[Branch]) -> tuple[Any, ...]:
    """The answers that the branches of one test tell apart, together."""
    said = dict.fromkeys(answer for branch in own for answer, _ in branch.ways)
    if isinstance(variable, Span):
        return joined(said)
    if OTHER in said and isinstance(variable, Choice) and variable.domain is not None:
        named = said.keys() - {OTHER}
        if len(named) == len(variable.domain):
            del said[OTHER]
    return tuple(said)


def _way(branch: Branch, answer: Any) -> int | None:
    """The place of the way by which the answer goes on; None where it cannot be given there."""
    other = None
    for place, (given, _) in enumerate(branch.ways):
        if given == answer or (isinstance(branch.variable, Span) and is_within(answer, given)):
            return place
        if given is OTHER:
            other = place
    return other
