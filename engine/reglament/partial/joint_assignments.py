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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import (
    answer_reader,
    answer_within,
    facts_of_variable,
    is_subinterval,
)
from reglament.diagram.kernel.forest import PredicateVar, TooLarge
from reglament.diagram.kernel.list_profiles import PlainLists
from reglament.diagram.solver.formula_ranges import tried
from reglament.diagram.solver.term_ranges import Facts
from reglament.memo import keep
from reglament.model.terms import Formula
from reglament.model.values import Value
from reglament.model.visitor import walk
from reglament.partial.assignments import AssignmentSpace, OpenTest, PartialAssignment
from reglament.partial.feasibility import Feasibility

MOST_ASSIGNMENTS = 2_000  # of the tests of one group; beyond it a walk goes path by path
MOST_SOLVES = 100  # of them that the solver is asked about: a search costs more than the paths
MOST_KEPT = 1_000  # values of the given facts for which the assignments are remembered

# An answer to each test, by the level of the test; and the joint assignments of some tests.
JointAssignment: TypeAlias = Mapping[int, Any]
Several: TypeAlias = tuple[JointAssignment, ...]


class JointAssignments:
    """Sets of joint assignments as bits; `every` is all of them."""

    def __init__(self, joint: Sequence[JointAssignment]) -> None:
        self.every = (1 << len(joint)) - 1
        self._kept: dict[int, dict[Any, int]] = {}
        for place, assignment in enumerate(joint):
            for level, answer in assignment.items():
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

    def __init__(
        self, tests: tuple[OpenTest, ...], common: AssignmentSpace, plain_lists: PlainLists
    ) -> None:
        self.tests = tests
        by_list: dict[str, list[OpenTest]] = {}
        for test in tests:
            by_list.setdefault(plain_lists.asked(test.variable) or "", []).append(test)
        groups = [_Group(tied_test, common) for tied_test in tied_tests(by_list.pop("", ()))]
        self._lists = [_PlainList(name, some, plain_lists) for name, some in by_list.items()]
        self._groups: list[_Group | _PlainList] = [*groups, *self._lists]
        self._kept: dict[tuple[int, ...], JointAssignments] = {}
        self.is_too_much = any(group.has_formulas and not group.is_line for group in groups)
        self._read = _given_facts(tests)

    def key(self, feasibility: Feasibility) -> tuple[str, ...]:
        """All that the answers of a request can hang on."""
        return _as_text(self._read, feasibility)

    def assignments(self, feasibility: Feasibility) -> tuple[JointAssignments | None, bool]:
        """Those of one request, and whether some facts give each of them.

        None where it takes too much to find them all, and whether no plain list is asked of.
        """
        if not self.is_too_much:
            try:
                return self._assignments(feasibility)
            except TooLarge:
                self.is_too_much = True
        return None, not self._lists

    def _assignments(self, feasibility: Feasibility) -> tuple[JointAssignments, bool]:
        several, is_exact = list[Several](), True
        for group in self._groups:
            found, is_proven = group.remembered(feasibility)
            is_exact = is_exact and is_proven
            if found:
                several.append(found)
        if not several:
            return UNCONSTRAINED, is_exact
        key = tuple(map(id, several))  # the groups keep them alive
        joint = self._kept.get(key)
        if joint is None:
            if prod(map(len, several)) > MOST_ASSIGNMENTS:
                raise TooLarge(MOST_ASSIGNMENTS)
            joint = JointAssignments([_merged(chosen) for chosen in product(*several)])
            self._kept[key] = joint
        return joint, is_exact


def _merged(joint: Iterable[JointAssignment]) -> dict[int, Any]:
    return {level: answer for assignment in joint for level, answer in assignment.items()}


def tied_tests(tests: Iterable[OpenTest]) -> list[list[OpenTest]]:
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


def _given_facts(tests: Iterable[OpenTest]) -> tuple[str, ...]:
    """The facts that the tests read and do not lack."""
    read = {fact for test in tests for fact in facts_of_variable(test.variable) - test.missing}
    return tuple(sorted(read))


def _as_text(facts: Iterable[str], feasibility: Feasibility) -> tuple[str, ...]:
    """The values as text: moments that differ in `fold` alone are equal, and different moments."""
    return tuple([feasibility.texts[fact] for fact in facts])


def _is_plain(test: OpenTest) -> bool:
    """Whether the test compares facts, their days, and dates a fixed time after them."""
    if not isinstance(test.variable, PredicateVar):
        return True
    parts = (part for term in test.variable.atom.terms for part in walk(term))
    return all(not isinstance(part, Formula) or part.function in _PLAIN for part in parts)


_PLAIN = frozenset({"day_of", "days_after", "months_after", "years_after"})


class _PlainList:
    """Tests that lack one plain list and nothing else."""

    def __init__(self, name: str, tests: list[OpenTest], plain_lists: PlainLists) -> None:
        self.name, self.tests, self.plain_lists = name, tests, plain_lists
        self._read = _given_facts(tests)
        self._kept: dict[Any, Several] = {}
        self._remembered: dict[tuple[str, ...], tuple[Several, bool]] = {}

    def remembered(self, feasibility: Feasibility) -> tuple[Several, bool]:
        """The joint assignments, the same object for a request alike, and whether it knows them."""
        key = _as_text(self._read, feasibility)
        found = self._remembered.get(key)
        if found is None:
            told = {fact: feasibility.told[fact] for fact in self._read}
            several = self._assignments(told)
            known = ((), False) if several is None else (several, True)
            found = keep(self._remembered, key, known, MOST_KEPT)
        return found

    def _assignments(self, told: Mapping[str, Value]) -> Several | None:
        variables = tuple(test.variable for test in self.tests)
        answers = self.plain_lists.answers(self.name, variables, told)
        if answers is None:
            return None
        if len(answers) == 2 ** len(self.tests):  # each test can be answered anyhow
            return ()
        levels = [test.level for test in self.tests]
        found = tuple(dict(zip(levels, truths, strict=True)) for truths in sorted(answers))
        return self._kept.setdefault(tuple(sorted(answers)), found)


class _Group:
    """Tests that share missing facts; joint assignments are found by trying answers together."""

    def __init__(self, tests: list[OpenTest], common: AssignmentSpace) -> None:
        self.tests = tests
        self.common = common
        # Formulas that compute may together keep the solver busy for long, but not on one line:
        # annual-leave takes 7 times the work without this limit (`benchmarks/ablations.py`).
        self.has_formulas = len(tests) > 1 and not all(map(_is_plain, tests))
        first = [common.extend(common.start, test, test.answers[0]) for test in tests]
        is_line = len({fact for test in tests for fact in test.missing}) == 1
        self.is_line = is_line and all(assignment.is_cut for assignment in first)
        self._cuts = [one for one in first if isinstance(one.variable, PredicateVar)]
        self._read = _given_facts(tests)
        self._kept: dict[Any, Several] = {}
        self._remembered: dict[tuple[str, ...], tuple[Several, bool]] = {}
        self._few = common.ranges.few(frozenset[str]().union(*(test.missing for test in tests)))

    def remembered(self, feasibility: Feasibility) -> tuple[Several, bool]:
        """The joint assignments, and whether it is known of each of them that some facts give it.

        Those of a request whose given facts were met before at once: else requests to come take up
        to 1.6 times the work (`benchmarks/ablations.py`).
        """
        key = _as_text(self._read, feasibility)
        found = self._remembered.get(key)
        if found is None:
            found = keep(self._remembered, key, self.assignments(feasibility), MOST_KEPT)
        return found

    def assignments(self, feasibility: Feasibility) -> tuple[Several, bool]:
        """The joint assignments, and whether all are proven.

        There are none where a single test can be answered anyhow.
        """
        doubtful: list[PartialAssignment] = []
        if self._few is not None:
            found = self._tried(self._few, feasibility.told)
        elif self.has_formulas and not (
            self.is_line and all(map(feasibility.threshold, self._cuts))
        ):
            raise TooLarge(MOST_ASSIGNMENTS)
        else:
            found = tuple(self._search(feasibility, doubtful))
        if len(self.tests) == 1 and len(found) == len(self.tests[0].answers):
            found = ()
        # The same object for the same ones, as they were met first.
        kept = self._kept.setdefault(tuple(tuple(one.values()) for one in found), found)
        return kept, not doubtful

    def _tried(self, few: tuple[Facts, ...], told: Mapping[str, Value]) -> Several:
        """The joint assignments, by trying all values of the missing facts."""
        solver, ranges = self.common.solver, self.common.ranges
        told = {**ranges.any_of(fact for fact in self._read if fact not in told), **told}
        readers = [answer_reader(test.variable, solver.hours)[1] for test in self.tests]
        found = tried(few, lambda values: self._answers(readers, {**told, **values}))
        levels = [test.level for test in self.tests]
        return tuple([dict(zip(levels, one, strict=True)) for one in dict.fromkeys(found.values())])

    def _answers(self, readers: Sequence[Any], facts: Facts) -> tuple[Any, ...]:
        return tuple(
            [
                answer_within(test.answers, read(facts))
                for test, read in zip(self.tests, readers, strict=True)
            ]
        )

    def _search(
        self, feasibility: Feasibility, doubtful: list[PartialAssignment]
    ) -> Iterator[JointAssignment]:
        """The joint assignments, by trying each answer that goes with those before it.

        Those that are not proven are added to the `doubtful`.
        """
        waiting: list[tuple[PartialAssignment, tuple[Any, ...]]] = [(self.common.start, ())]
        count, most = 0, feasibility.solves + MOST_SOLVES
        while waiting:
            assignment, given = waiting.pop()
            if len(given) == len(self.tests):
                count += 1
                if not feasibility.is_proven(assignment):
                    doubtful.append(assignment)
                yield {test.level: one for test, one in zip(self.tests, given, strict=True)}
                continue
            if max(count, len(waiting)) > MOST_ASSIGNMENTS or feasibility.solves > most:
                raise TooLarge(MOST_ASSIGNMENTS)
            test = self.tests[len(given)]
            for answer in reversed(test.answers):
                narrowed = self.common.extend(assignment, test, answer)
                if feasibility.of(narrowed):
                    waiting.append((narrowed, (*given, answer)))
