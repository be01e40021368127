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
from typing import Any, TypeAlias

from reglament.memo import Memo
from reglament.model.values import Listed
from reglament.partial.question_tree import Facts, Questions, QuestionSpace, QuestionTest, Trees
from reglament.partial.residual_graph import OpenTree

MOST_LOOKED_AT = 10_000  # answers times tests, at one step
MOST_LOOKED_AT_TWICE = 3_000  # the same, to look at what each of a few facts leaves
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
        return Ranking(weight for ranking in (self, *others) for weight in ranking.weights).facts


class Rankings:
    """Ranks the facts that questions ask for; what equal questions came to is kept.

    `saved` has by questions and by facts that are known how many the others save.
    """

    def __init__(self, space: QuestionSpace) -> None:
        self.space = space
        self._of_trees: dict[tuple[Any, ...], Ranking] = {}
        self._ranking = Memo(self._ranked)
        self.saved = Memo(self._saved)

    def __len__(self) -> int:
        return len(self.space) + len(self._of_trees)

    def of(self, tree: OpenTree, modules: Trees, *, is_decision: bool = True) -> Ranking:
        """The missing facts on which what remains of a decision hangs, or of a condition.

        `modules` has the trees of all modules on which it hangs, directly or through others. Of a
        condition, nobody asks for its sake alone, so nothing is looked ahead. Facts that formulas
        lack alone come last, as they pick no branch. Raises TooLarge.
        """
        key = (tree, is_decision, *modules.values())
        ranking = self._of_trees.get(key)
        if ranking is None:
            root = self.space.of(tree, modules)
            ranking = self._of_trees[key] = self._ranking[root, is_decision]
        return ranking

    def _ranked(self, key: tuple[Questions, bool]) -> Ranking:
        root, is_decision = key
        space, first = self.space, list[Facts]()
        tests, facts = space.tests_of[root.tests], space.facts_of[root.facts]
        tested = {fact for test in tests for fact in space.facts_of[test.missing]}
        work = len(tests) * sum([len(test.answers) for test in tests])
        if is_decision and len(tested) > 1 and work <= MOST_LOOKED_AT:
            saved = self.saved[root, 0]
            first = self._first(root, saved, work)
        else:
            likely = {fact: space.likely(root, fact) for fact in tested}
            saved = {fact: (one, one) for fact, one in likely.items()}
        names = [(fact.bit_length() - 1, fact) for fact in facts]
        weights = [
            (*_rounded(saved.get(fact, LAST)), place, space.names[place]) for place, fact in names
        ]
        return Ranking(weights, [space.names[fact.bit_length() - 1] for fact in first])

    def _first(self, root: Questions, saved: Mapping[Facts, Saved], work: int) -> list[Facts]:
        """The facts in order; those close to the best by what is expected after them."""
        order = sorted(saved, key=lambda fact: (_rounded(saved[fact]), fact))
        enough = (1 - MARGIN) * saved[order[0]][0]
        close = [
            fact for fact in order[:CLOSE] if saved[fact][0] >= enough and self._alone(root, fact)
        ]
        is_crowded = len(self._tests_of(root, order[0])) > MOST_TESTS
        if len(close) > 1 and not is_crowded and work <= MOST_LOOKED_AT_TWICE:
            left = {fact: round(self._after(root, fact), ALIKE) for fact in close}
            close.sort(key=left.__getitem__)
            return [*close, *(fact for fact in order if fact not in close)]
        return order

    def _saved(self, key: tuple[Questions, Facts]) -> dict[Facts, Saved]:
        """How many questions the answer of each fact is expected to save, itself included.

        Of the facts some are known, though tests of them together with others are left.
        """
        root, known = key
        space, tests = self.space, self.space.tests_of[root.tests]
        before = self._expected(root, known)
        saved: dict[Facts, Saved] = {}
        tested = dict.fromkeys(fact for test in tests for fact in space.facts_of[test.missing])
        for fact in tested:
            if not fact & known and self._alone(root, fact):
                left = self._expected_of(self._given(root, fact), known | fact)
                saved[fact] = before - left, before - left
        together = known | sum(saved)
        for test in tests:
            asked = test.missing & ~known
            if asked.bit_count() > 1 or (test.missing.bit_count() == 1 and asked & ~together):
                left = self._expected_of(space.answered(root, test), known | asked)
                share = (before - left) / test.missing.bit_count()
                for fact in space.facts_of[asked]:
                    best, every = saved.get(fact, (0.0, 0.0))
                    saved[fact] = max(best, share), every + share
        return saved

    def _after(self, root: Questions, fact: Facts) -> float:
        """How many are expected after its answer, the best one asked next."""
        return sum([p * self._soonest(one, fact) for p, one in self._given(root, fact)])

    def _soonest(self, root: Questions, known: Facts) -> float:
        saved = self.saved[root, known].values()
        return self._expected(root, known) - max([0.0, *(best - 1 for best, _ in saved)])

    def _expected_of(self, several: Iterable[tuple[float, Questions]], known: Facts) -> float:
        return sum([p * self._expected(one, known) for p, one in several])

    def _expected(self, root: Questions, known: Facts) -> float:
        """How many facts are expected to be asked for, the tests being asked in their order."""
        again = root.facts & known
        if not again:
            return root.expected
        space = self.space
        return root.expected - sum([space.likely(root, fact) for fact in space.facts_of[again]])

    def _alone(self, root: Questions, fact: Facts) -> list[QuestionTest]:
        """The tests that lack this fact alone; none where they are too many."""
        tests = self._tests_of(root, fact)
        return tests if len(tests) <= MOST_TESTS else []

    def _tests_of(self, root: Questions, fact: Facts) -> list[QuestionTest]:
        return self.space.alone[root.tests].get(fact, [])

    def _given(self, root: Questions, fact: Facts) -> list[tuple[float, Questions]]:
        """What each answer of the fact leaves, equal ones as one, and how likely it is."""
        left, answered = {root: 1.0}, self.space.answered
        for test in self._alone(root, fact):
            after: dict[Questions, float] = {}
            for part, likely in left.items():
                for p, rest in answered(part, test):
                    after[rest] = after.get(rest, 0.0) + likely * p
            left = after
        return [(likely, part) for part, likely in left.items()]


def _rounded(saved: Saved) -> Saved:
    best, every = saved
    return -round(best, ALIKE), -round(every, ALIKE)
