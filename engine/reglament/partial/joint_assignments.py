"""From tests that lack facts to their joint assignments: answers to all that some facts give.

A missing amount that one test compares with 100 and another with 500 has three, not four:

    amount < 100     amount < 500
        true             true          bit 1
        false            true          bit 2
        false            false         bit 4
    (true, false: no amount gives these)

Tests that share no missing fact, directly or through others, are answered apart from each
other. A test that shares none and can be answered anyhow needs no joint assignments at all.
Sets of them are the bits of a whole number, so that a walk over a diagram keeps at each node,
at the price of one `and`, in which of them it gets there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import facts_of_variable, is_subinterval
from reglament.diagram.kernel.forest import IntervalVar, PredicateVar, TooLarge
from reglament.diagram.solver.bounds_propagation import Bounds
from reglament.model.terms import Formula
from reglament.model.visitor import walk
from reglament.partial.assignments import AssignmentSpace, Feasibility, OpenTest, PartialAssignment

MOST_ASSIGNMENTS = 2_000
MOST_SOLVES = 100

# An answer to each test, by the level of the test; and the joint assignments of some tests.
JointAssignment: TypeAlias = Mapping[int, Any]
Several: TypeAlias = tuple[JointAssignment, ...]


class JointAssignments:
    """Sets of joint assignments as bits; `every` is all of them."""

    def __init__(self, joint: Sequence[JointAssignment]) -> None:
        self.every = (1 << len(joint)) - 1
        self._kept: dict[int, dict[Any, int]] = {}
        for place, world in enumerate(joint):
            for level, answer in world.items():
                answers = self._kept.setdefault(level, {})
                answers[answer] = answers.get(answer, 0) | 1 << place

    def __len__(self) -> int:
        return self.every.bit_length()

    def where(self, level: int, answer: Any) -> int:
        """Those in which the test at `level` has that answer, or for an interval one within it."""
        answers = self._kept.get(level)
        if answers is None:
            return self.every
        if answer not in answers:
            answers[answer] = _joined(answers, answer)
        return answers[answer]


def _joined(answers: Mapping[Any, int], wide: Any) -> int:
    """Those of the intervals that lie within a wider one; of other answers none."""
    if not isinstance(wide, tuple):
        return 0
    found = 0
    for answer, joint in list(answers.items()):
        if is_subinterval(answer, wide):
            found |= joint
    return found


UNCONSTRAINED = JointAssignments([{}])


class JointTests:
    """Tests that lack facts and may hang together, put to request after request.

    Where two requests have the same joint assignments, they get one object.
    """

    def __init__(self, tests: tuple[OpenTest, ...], common: AssignmentSpace) -> None:
        self._groups = [_group(tests, common) for tests in _apart(tests)]
        self._kept: dict[tuple[int, ...], JointAssignments] = {}
        self.is_too_much = any(group.is_hard for group in self._groups)

    def assignments(self, feasibility: Feasibility) -> JointAssignments | None:
        """Those of one request; None where it takes too much to find them all."""
        if not self.is_too_much:
            try:
                return self._assignments(feasibility)
            except TooLarge:
                self.is_too_much = True
        return None

    def _assignments(self, feasibility: Feasibility) -> JointAssignments:
        several = [found for group in self._groups if (found := group.assignments(feasibility))]
        if not several:
            return UNCONSTRAINED
        key = tuple(map(id, several))  # the groups keep them alive
        if key not in self._kept:
            if prod(map(len, several)) > MOST_ASSIGNMENTS:
                raise TooLarge(MOST_ASSIGNMENTS)
            self._kept[key] = JointAssignments([_merged(chosen) for chosen in product(*several)])
        return self._kept[key]


def _merged(joint: Iterable[JointAssignment]) -> dict[int, Any]:
    return {level: answer for world in joint for level, answer in world.items()}


def _apart(tests: Iterable[OpenTest]) -> list[list[OpenTest]]:
    """The tests put together where they share missing facts, each group in order of level."""
    groups: list[tuple[set[str], list[OpenTest]]] = []
    for test in sorted(tests, key=lambda test: test.level):
        facts, members = set(test.missing), [test]
        apart = []
        for other, its in groups:
            if other.isdisjoint(test.missing):
                apart.append((other, its))
            else:
                facts |= other
                members = its + members
        groups = [*apart, (facts, members)]
    return [sorted(members, key=lambda test: test.level) for _, members in groups]


def _group(tests: list[OpenTest], common: AssignmentSpace) -> _Group:
    """How the joint assignments of tests that share missing facts are found."""
    facts = {fact for test in tests for fact in test.missing}
    if len(facts) == 1 and all(_first(test, common).is_cut for test in tests):
        return _Thresholds(tests, common)
    return _Group(tests, common)


def _first(test: OpenTest, common: AssignmentSpace) -> PartialAssignment:
    return common.extend(common.start, test, test.answers[0])


def _is_plain(test: OpenTest) -> bool:
    """Whether the test compares facts, their days, and dates a fixed time after them."""
    if not isinstance(test.variable, PredicateVar):
        return True
    parts = (part for term in test.variable.atom.terms for part in walk(term))
    return all(not isinstance(part, Formula) or part.function in _PLAIN for part in parts)


_PLAIN = frozenset({"day_of", "days_after", "months_after", "years_after"})


class _Group:
    """Tests that share missing facts; joint assignments are found by trying answers together."""

    def __init__(self, tests: list[OpenTest], common: AssignmentSpace) -> None:
        self.tests = tests
        self.common = common
        self.is_fixed = all(facts_of_variable(t.variable) == t.missing for t in tests)
        # Together, formulas that reckon may keep the solver busy for long.
        self.has_formulas = len(tests) > 1 and not all(map(_is_plain, tests))
        self.is_hard = self.has_formulas
        self._kept: dict[Any, Several] = {}

    def assignments(self, feasibility: Feasibility) -> Several:
        """The joint assignments; none where a single test can be answered anyhow."""
        if self.is_fixed and self._kept:  # no given fact takes part
            return next(iter(self._kept.values()))
        if self.has_formulas:
            raise TooLarge(MOST_ASSIGNMENTS)
        found = tuple(self._search(feasibility))
        return self._same(tuple(tuple(world.values()) for world in found), found)

    def _same(self, key: Any, found: Several) -> Several:
        """The joint assignments as they were met first, under what tells them from others."""
        if len(self.tests) == 1 and len(found) == len(self.tests[0].answers):
            found = ()
        return self._kept.setdefault(key, found)

    def _search(self, feasibility: Feasibility) -> Iterator[JointAssignment]:
        """The joint assignments, by trying each answer that goes with those before it."""
        waiting: list[tuple[PartialAssignment, tuple[Any, ...]]] = [(self.common.start, ())]
        count, most = 0, feasibility.solves + MOST_SOLVES
        while waiting:
            assignment, given = waiting.pop()
            if len(given) == len(self.tests):
                count += 1
                yield {test.level: one for test, one in zip(self.tests, given, strict=True)}
                continue
            if max(count, len(waiting)) > MOST_ASSIGNMENTS or feasibility.solves > most:
                raise TooLarge(MOST_ASSIGNMENTS)
            test = self.tests[len(given)]
            for answer in reversed(test.answers):
                narrowed = self.common.extend(assignment, test, answer)
                if feasibility.of(narrowed):
                    waiting.append((narrowed, (*given, answer)))


# Rising places on the line of a fact, and what a test answers from each of them on.
_Turns: TypeAlias = tuple[tuple[int, Any], ...]


class _Thresholds(_Group):
    """Tests that each lack one fact alone, the same one, and so cut its line.

    Between two thresholds no answer changes, so the first place after each speaks for all; and
    which joint assignments there are hangs only on the order of the thresholds. Trying answers one
    after another instead takes up to 1.15 times the work (`benchmarks/ablations.py`).
    """

    def __init__(self, tests: list[OpenTest], common: AssignmentSpace) -> None:
        super().__init__(tests, common)
        self.is_hard = False
        first = {test: _first(test, common) for test in tests}
        self._first, self._last = common.lines[tests[0].fact]
        self._comparisons = [
            assignment for t, assignment in first.items() if isinstance(t.variable, PredicateVar)
        ]
        self._spans = {
            t.level: self._turns_of_span(t) for t in tests if isinstance(t.variable, IntervalVar)
        }
        self._marks = {self._first, *(at for turns in self._spans.values() for at, _ in turns)}
        self._single = len(tests) == 1 and len(tests[0].answers)
        self._by_order: dict[Any, Several] = {}

    def assignments(self, feasibility: Feasibility) -> Several:
        """The joint assignments; none where a single test can be answered anyhow."""
        cuts = [feasibility.threshold(assignment) for assignment in self._comparisons]
        places = [min(max(cut.place, self._first), self._last + 1) for cut in cuts if cut]
        if len(places) < len(cuts):
            return super().assignments(feasibility)
        starts = sorted(self._marks.union(places))
        if starts[-1] > self._last:
            starts.pop()
        order = tuple([bisect_left(starts, place) for place in places])
        rises = tuple([cut.rises for cut in cuts if cut])
        key = order, rises, len(starts)  # a cut past the end of the line leaves no start
        found = self._by_order.get(key)
        if found is None:
            found = self._by_order.setdefault(key, self._between(starts, order, rises))
        return found

    def _between(
        self, starts: list[int], order: tuple[int, ...], rises: tuple[bool, ...]
    ) -> Several:
        """Those from each start to the next; `order` places the thresholds among the starts."""
        if self._single == len(starts):
            return ()
        return tuple(
            {
                **{
                    one.level: (at >= turn) is does_rise
                    for one, turn, does_rise in zip(self._comparisons, order, rises, strict=True)
                },
                **{
                    level: [answer for place, answer in turns if place <= start][-1]
                    for level, turns in self._spans.items()
                },
            }
            for at, start in enumerate(starts)
        )

    def _turns_of_span(self, test: OpenTest) -> _Turns:
        """The turns of a span, which are the same for every request."""
        parts = (
            (self.common.part_of_line(Bounds(test.fact, *answer)), answer)
            for answer in test.answers
        )
        return tuple((low, answer) for (low, high), answer in parts if low <= high)
