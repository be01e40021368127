"""From what remains of a decision to the facts it still needs, the most useful first.

A fact is asked first where, once it is given, the fewest facts are expected to be asked for
after it. After `kind`, which ends half of the requests, 1 + 1/2 questions are expected; after
`returned.on`, which ends a quarter, 1 + 3/4. How many those are is computed on what is left of
the tree, its tests asked in their order: one step of policy improvement over that order (Howard
1960). Where a few facts come close, what each of them leaves is improved by one step more, which
saves 3 % of the questions about technical support (`benchmarks/orders.py`). Where all of it would
take too long, that fact comes first which is the most likely to be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TypeAlias

from reglament.diagram.kernel.forest import TooLarge
from reglament.model.values import Listed
from reglament.partial.question_tree import Part, QuestionTree, Trees
from reglament.partial.residual_graph import OpenTree

MOST_PARTS = 3_000  # of a tree, and of what answers leave of it
MOST_TESTS = 4  # so many of one fact alone are answered together, more each by itself
CLOSE = 3  # so many facts are looked at twice,
MARGIN = 0.15  # if they save this much less than the best, or not even that
ALIKE = 9  # decimal places in which numbers that differ by rounding alone are equal
LAST = (-1.0, -1.0)

# How many questions a fact saves, by its best test and by all of them together.
Saved: TypeAlias = tuple[float, float]


class Ranking:
    """Missing facts, the most useful first; those in `first` before the others.

    A weight is what is saved, negative, the place of the fact in the order in which diagrams
    test facts, and its name.
    """

    __slots__ = ("facts", "weights")

    def __init__(
        self, weights: Iterable[tuple[float, float, int, str]], first: Iterable[str] = ()
    ) -> None:
        self.weights = sorted(weights)
        self.facts = Listed(dict.fromkeys([*first, *(weight[-1] for weight in self.weights)]))

    def with_others(self, others: tuple[Ranking, ...]) -> tuple[str, ...]:
        """The facts of several rankings together."""
        return Ranking(weight for one in (self, *others) for weight in one.weights).facts


def ranking_of(
    tree: OpenTree, modules: Trees, order: Mapping[str, int], *, is_decision: bool = True
) -> Ranking:
    """The missing facts on which what remains of a decision hangs, or of a condition.

    `modules` has the trees of all modules on which it hangs, directly or through others;
    `order` is that in which diagrams test facts. Of a condition, nobody asks for its sake
    alone, so nothing is looked ahead. Facts that formulas lack alone come last, as they pick no
    branch. Raises TooLarge.
    """
    asked = QuestionTree(tree, modules)
    names, likely, last = list(asked.places), asked.likely[asked.root], len(order)
    tested = {fact for n in asked.tests_below(asked.root) for fact in asked.tests[n].missing}
    saved = {fact: (likely[fact], likely[fact]) for fact in tested}
    first = list[int]()
    asked.most = MOST_PARTS
    if is_decision and len(tested) > 1:
        with suppress(TooLarge):
            saved = Lookahead(asked).saved(asked.root, frozenset())
            first = Lookahead(asked).first(saved)
    weights = (
        (*_rounded(saved.get(fact, LAST)), order.get(name, last), name)
        for fact, name in enumerate(names)
        if likely[fact]
    )
    return Ranking(weights, [names[fact] for fact in first])


def _rounded(saved: Saved) -> Saved:
    best, every = saved
    return -round(best, ALIKE), -round(every, ALIKE)


class Lookahead:
    """How many questions the answers to facts are expected to save.

    `known` are facts that are told, though tests of them together with others are left.
    """

    def __init__(self, asked: QuestionTree) -> None:
        self.asked = asked

    def first(self, saved: Mapping[int, Saved]) -> list[int]:
        """The facts in order; those close to the best by what is expected after them."""
        order = sorted(saved, key=lambda fact: _rounded(saved[fact]))
        enough = (1 - MARGIN) * saved[order[0]][0]
        root = self.asked.root
        close = [
            fact for fact in order[:CLOSE] if saved[fact][0] >= enough and self._alone(root, fact)
        ]
        is_crowded = self._tests_of(root, order[0]) and not self._alone(root, order[0])
        if len(close) > 1 and not is_crowded:
            with suppress(TooLarge):
                left = {fact: round(self._after(fact), ALIKE) for fact in close}
                close.sort(key=left.__getitem__)
                return [*close, *(fact for fact in order if fact not in close)]
        return order

    def saved(self, root: Part, known: frozenset[int]) -> dict[int, Saved]:
        """How many the answer of each fact is expected to save, itself included."""
        numbers, tests = self.asked.tests_below(root), self.asked.tests
        before = self._questions(root, known)
        saved: dict[int, Saved] = {}
        for fact in dict.fromkeys(fact for n in numbers for fact in sorted(tests[n].missing)):
            if fact not in known and self._alone(root, fact):
                left = self._expected(self._told(root, fact), known | {fact})
                saved[fact] = before - left, before - left
        together = saved.keys() | known
        for number in numbers:
            missing = tests[number].missing
            if len(missing - known) > 1 or (len(missing) == 1 and not missing <= together):
                left = self._expected(self._answered(root, number), known | missing)
                share = (before - left) / len(missing)
                for fact in missing - known:
                    best, every = saved.get(fact, (0.0, 0.0))
                    saved[fact] = max(best, share), every + share
        return saved

    def _after(self, fact: int) -> float:
        """How many are expected after its answer, the best one asked next."""
        parts, known = self._told(self.asked.root, fact), frozenset({fact})
        return sum([likely * self._soonest(part, known) for likely, part in parts])

    def _soonest(self, part: Part, known: frozenset[int]) -> float:
        saved = self.saved(part, known).values()
        return self._questions(part, known) - max([0.0, *(best - 1 for best, _ in saved)])

    def _expected(self, parts: Iterable[tuple[float, Part]], known: frozenset[int]) -> float:
        return sum([likely * self._questions(part, known) for likely, part in parts])

    def _questions(self, part: Part, known: frozenset[int]) -> float:
        """How many facts are expected to be asked for, the tests being asked in their order."""
        likely = self.asked.likely[part]
        return sum(likely) - sum([likely[fact] for fact in known])

    def _alone(self, root: Part, fact: int) -> list[int]:
        """The tests that lack this fact alone; none where they are too many."""
        found = self._tests_of(root, fact)
        return found if len(found) <= MOST_TESTS else []

    def _tests_of(self, root: Part, fact: int) -> list[int]:
        tests = self.asked.tests
        return [n for n in self.asked.tests_below(root) if tests[n].missing == {fact}]

    def _told(self, root: Part, fact: int) -> list[tuple[float, Part]]:
        """What each answer of the fact leaves, equal parts as one, and how likely it is."""
        left = {root: 1.0}
        for number in self._alone(root, fact):
            after: dict[Part, float] = {}
            for part, likely in left.items():
                for one, rest in self._answered(part, number):
                    after[rest] = after.get(rest, 0.0) + likely * one
            left = after
        return [(likely, part) for part, likely in left.items()]

    def _answered(self, root: Part, number: int) -> list[tuple[float, Part]]:
        """What each answer of the test leaves, and how likely it is."""
        likely = self.asked.tests[number].likely
        return [(one, self.asked.restricted(root, number, at)) for at, one in enumerate(likely)]
