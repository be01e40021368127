"""From the tree of what remains to how much each test is expected to settle.

Nothing is known of requests in general, so answers that a policy tells apart are taken to be
equally likely. The outcomes then have a likelihood each; the test that makes them most certain
on average settles most (the information gain of decision trees: Quinlan 1986):

    full 5/8, half 1/8, none 1/4        1.30 bits uncertain
    after `kind`: 1/2 of 0, 1/2 of 1.5  0.75 bits, so `kind` gains 0.55

All of it is found in two walks: one up the tree, for what each branch leads to, and one down
it, for how likely each branch is to be met. No branch tests what one above it tested, so what
an answer changes is the sum of what it changes at each branch of its test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import OTHER, common_refinement, is_subinterval
from reglament.diagram.kernel.forest import EnumVar, IntervalVar, Variable
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

LAST = -1.0

# How likely each outcome is, in the order of `Weighed.outcomes`.
Likelihoods: TypeAlias = Sequence[float]
Modules: TypeAlias = Mapping[str, SharedTree]
Classes: TypeAlias = Mapping[Any, int]  # of the outcomes of a module


@dataclass(frozen=True, slots=True)
class AnswerGain:
    """A test that lacks the facts `missing`: how likely each answer is, and what it leads to."""

    missing: frozenset[str]
    answers: tuple[tuple[float, Likelihoods], ...]


@dataclass(frozen=True, slots=True)
class InformationGain:
    """The outcomes of a tree, how likely they are, its tests, those of modules among them.

    `lacking` are the facts that formulas at its leaves lack. A fact that no test lacks comes
    last, as it picks no branch.
    """

    outcomes: tuple[Any, ...]
    likely: Likelihoods
    tests: tuple[AnswerGain, ...]
    lacking: tuple[str, ...] = ()

    def bits(self) -> dict[str, float]:
        """By how many bits the answer of each missing fact is expected to make things certain.

        Facts that a test lacks together share what it settles.
        """
        found: dict[str, float] = {}
        before = uncertainty(self.likely)
        for test in self.tests:
            after = sum(share * uncertainty(likely) for share, likely in test.answers)
            for fact in sorted(test.missing):
                gain = max(0.0, before - after) / len(test.missing)
                found[fact] = found.get(fact, 0.0) + gain
        return {**dict.fromkeys(self.lacking, LAST), **found}


def uncertainty(likely: Likelihoods) -> float:
    """Shannon's entropy, in bits."""
    return -sum(one * log2(one) for one in likely if one > 0)


def information_gain(
    shared: SharedTree, modules: Modules, classes: Classes | None = None
) -> InformationGain:
    """What the tree leads to, how likely, and what its tests would change.

    `modules` has the trees of all modules on which it hangs, directly or through others.
    Outcomes of one class are not told apart.
    """
    key = None if classes is None else tuple(classes.items())
    found: InformationGain | None = shared.gains.get(key)
    if found is None:
        tree = shared.tree
        if classes is not None:
            tree = quotient(tree, lambda known: classes[known.value])
        found = _Gain(tree, shared.hangs_on, modules).weighed()
        if not shared.hangs_on:  # else it is another one below other modules
            shared.gains[key] = found
    return found


class _Gain:
    def __init__(self, tree: Tree, hangs_on: tuple[str, ...], modules: Modules) -> None:
        self.tree = tree
        self.hangs_on = hangs_on
        self.modules = modules
        self.below: dict[Variable, tuple[Classes, InformationGain]] = {}
        self.branches = from_the_top(tree)
        self.tests = tests_of(self.branches)
        self.answers = {variable: self._answers(variable) for variable in self.tests}
        self.leaves = list(dict.fromkeys(self._every_leaf()))

    def _every_leaf(self) -> Iterator[Leaf]:
        for part in (self.tree, *(c for branch in self.branches for _, c in branch.edges)):
            if isinstance(part, Leaf):
                yield part

    def weighed(self) -> InformationGain:
        """What the tree leads to, and what its tests would change."""
        self._likely = dict(self._upward())
        self._met = self._downward()
        lacking = dict.fromkeys(f for leaf in self.leaves for f in sorted(_lacks(leaf)))
        return InformationGain(
            tuple(_outcome(leaf) for leaf in self.leaves),
            self._likely[self.tree],
            tuple(self._weighted()),
            tuple(lacking),
        )

    def _answers(self, variable: Variable) -> dict[Any, float]:
        own = self.tests[variable]
        if isinstance(variable, EnumVar) and variable.fact in self.hangs_on:
            return self._of_module(variable, own)
        return answers_of(variable, own)

    def _of_module(self, variable: EnumVar, own: Sequence[Branch]) -> dict[Any, float]:
        """How likely each outcome of a module is, those alike here as one of them."""
        classes = classes_of(own)
        first = {number: answer for answer, number in reversed(classes.items())}
        module = information_gain(self.modules[variable.fact], self.modules, classes)
        self.below[variable] = classes, module
        shares = zip(module.outcomes, module.likely, strict=True)
        return {first[outcome]: likely for outcome, likely in shares}

    def _shares(self, branch: Branch) -> list[float]:
        """How likely each way of a branch is, of those that can be taken there."""
        shares = [0.0] * len(branch.edges)
        for answer, likely in self.answers[branch.variable].items():
            place = way_of(branch, answer)
            if place is not None:
                shares[place] += likely
        total = sum(shares)
        return [share / total if total else 1 / len(shares) for share in shares]

    def _upward(self) -> Iterator[tuple[Tree, Likelihoods]]:
        """How likely each outcome is below each part."""
        self.shares = {branch: self._shares(branch) for branch in self.branches}
        found: dict[Tree, Likelihoods] = {}
        for place, leaf in enumerate(self.leaves):
            found[leaf] = [float(place == other) for other in range(len(self.leaves))]
        for branch in reversed(self.branches):
            below = [found[child] for _, child in branch.edges]
            found[branch] = _mixed(self.shares[branch], below)
        return iter(found.items())

    def _downward(self) -> dict[Tree, float]:
        """How likely each branch is to be met."""
        met: dict[Tree, float] = dict.fromkeys(self.branches, 0.0)
        met[self.tree] = 1.0
        for branch in self.branches:
            for share, (_, child) in zip(self.shares[branch], branch.edges, strict=True):
                met[child] = met.get(child, 0.0) + met[branch] * share
        return met

    def _weighted(self) -> Iterator[AnswerGain]:
        for variable, own in self.tests.items():
            leads = {answer: self._led_by(own, answer) for answer in self.answers[variable]}
            if variable in self.below:
                yield from self._through(variable, leads)
                continue
            answers = self.answers[variable].items()
            yield AnswerGain(own[0].missing, tuple((one, leads[answer]) for answer, one in answers))

    def _led_by(self, own: Sequence[Branch], answer: Any) -> Likelihoods:
        """How likely each outcome is once the test of these branches has that answer."""
        found = list(self._likely[self.tree])
        for branch in own:
            place = way_of(branch, answer)
            if place is not None:
                met, before = self._met[branch], self._likely[branch]
                after = self._likely[branch.edges[place][1]]
                for at, (one, other) in enumerate(zip(before, after, strict=True)):
                    found[at] += met * (other - one)
        return found

    def _through(
        self, variable: Variable, leads: Mapping[Any, Likelihoods]
    ) -> Iterator[AnswerGain]:
        """The tests of a module, by what they change of the decision that hangs on it."""
        classes, module = self.below[variable]
        by_class = {classes[answer]: leads[answer] for answer in self.answers[variable]}
        led = [by_class[outcome] for outcome in module.outcomes]
        for test in module.tests:
            answers = tuple((share, _mixed(likely, led)) for share, likely in test.answers)
            yield AnswerGain(test.missing, answers)


def _mixed(shares: Likelihoods, several: Sequence[Likelihoods]) -> Likelihoods:
    return [
        sum(share * likely[place] for share, likely in zip(shares, several, strict=True))
        for place in range(len(several[0]))
    ]


def _outcome(leaf: Leaf) -> Any:
    """The number of its class in a merged tree; else what tells it from other leaves."""
    return leaf.outcome.number if isinstance(leaf.outcome, OutcomeClass) else leaf


def _lacks(leaf: Leaf) -> frozenset[str]:
    return leaf.outcome.missing if isinstance(leaf.outcome, UnknownOutcome) else frozenset()


def tests_of(branches: Iterable[Branch]) -> dict[Variable, list[Branch]]:
    """The branches by their tests, in the order of the first of each."""
    found: dict[Variable, list[Branch]] = {}
    for branch in branches:
        found.setdefault(branch.variable, []).append(branch)
    return found


def answers_of(variable: Variable, own: Sequence[Branch]) -> dict[Any, float]:
    """The answers that the branches of a test tell apart, and how likely each is."""
    said = dict.fromkeys(answer for branch in own for answer, _ in branch.edges)
    if isinstance(variable, IntervalVar):
        said = dict.fromkeys(common_refinement(said))
    weights = dict.fromkeys(said, 1.0)
    if OTHER in said and isinstance(variable, EnumVar) and variable.domain is not None:
        weights[OTHER] = float(len(variable.domain) - len(said) + 1)
    total = sum(weights.values())
    return {answer: weight / total for answer, weight in weights.items() if weight > 0}


def classes_of(own: Sequence[Branch]) -> dict[Any, int]:
    """The outcomes of a module on which these branches go, those that lead alike by one number."""
    numbers: dict[tuple[Tree | None, ...], int] = {}
    said = dict.fromkeys(answer for branch in own for answer, _ in branch.edges)
    return {
        answer: numbers.setdefault(
            tuple(None if (at := way_of(one, answer)) is None else one.edges[at][1] for one in own),
            len(numbers),
        )
        for answer in said
    }


def way_of(branch: Branch, answer: Any) -> int | None:
    """The place of the way by which the answer goes on; None where it cannot be given there."""
    other = None
    for place, (given, _) in enumerate(branch.edges):
        if given == answer or (
            isinstance(branch.variable, IntervalVar) and is_subinterval(answer, given)
        ):
            return place
        if given is OTHER:
            other = place
    return other
