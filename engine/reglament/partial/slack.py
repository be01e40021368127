"""Where on the line of a fact other tests, which tie it to facts of their own, are not held back.

Such tests have every answer that they can ever have, together, wherever the fact is in an
unconstrained range; or, where that is not known of all places, in every part of the line that
holds a part known to be slack.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reglament.diagram.kernel.branches import facts_of_variable
from reglament.diagram.kernel.forest import PredicateVar
from reglament.diagram.solver.bounds_propagation import Bounds, Constraint
from reglament.diagram.solver.extreme_points import MARGIN, unconstrained_range
from reglament.diagram.solver.ordinals import ordinal, value_at
from reglament.model.values import Value
from reglament.partial.assignments import AssignmentSpace, Feasibility, OpenTest, PartialAssignment

MOST_SLACK = 1_000
MOST_SHORT = 64


def by_other_fact(fact: str, tests: Iterable[OpenTest]) -> list[list[OpenTest]]:
    """The tests put together where they tie `fact` to the same other facts."""
    groups: dict[frozenset[str], list[OpenTest]] = {}
    for test in tests:
        groups.setdefault(test.missing - {fact}, []).append(test)
    return list(groups.values())


def may_be_slack(tests: Sequence[OpenTest], fact: str) -> bool:
    """Whether the tests tie `fact` to one other fact and read no other."""
    return all(
        isinstance(test.variable, PredicateVar)
        and fact in test.missing
        and len(test.missing) == 2
        and facts_of_variable(test.variable) == test.missing
        for test in tests
    )


def range_of(
    tests: Sequence[OpenTest], fact: str, common: AssignmentSpace
) -> tuple[int, int] | None:
    """The first and the last place of an unconstrained range; None where none is known."""
    if len(tests) > 1:
        return None
    return unconstrained_range(_atom(tests[0]), fact, common.solver, common.lines)


@dataclass(frozen=True, slots=True)
class UnconstrainedRange:
    """Where the value of a given fact leaves a test to be answered anyhow by the one it lacks."""

    fact: str
    first: Any
    last: Any

    def holds(self, given: Mapping[str, Value]) -> bool:
        """Whether the given value is in the range."""
        value: Any = given[self.fact]
        return value is not None and self.first <= value <= self.last


def given_range(test: OpenTest, common: AssignmentSpace) -> UnconstrainedRange | None:
    """The range of a test of one given fact and one that is missing; None where none is known."""
    given = facts_of_variable(test.variable) - test.missing
    if not isinstance(test.variable, PredicateVar) or len(given) != 1 or len(test.missing) != 1:
        return None
    (fact,) = given
    if fact not in common.lines:
        return None
    room = unconstrained_range(test.variable.atom, fact, common.solver, common.lines)
    if room is None:
        return None
    type_ = common.solver.types[fact]
    return UnconstrainedRange(fact, value_at(type_, room[0]), value_at(type_, room[1]))


class SlackInterval:
    """Tests that tie the fact of a line to one other fact, which no other test reads.

    `assignments` are all answers to them together that any values give. A part of the line
    is slack where they all can be given in it; whatever holds a slack part is slack.
    """

    def __init__(self, tests: Sequence[OpenTest], fact: str, common: AssignmentSpace) -> None:
        self.tests = tests
        self.fact = fact
        self.common = common
        self._assignments = list(self._possible())
        self.assignments = tuple(dict(_answers(assignment)) for assignment in self._assignments)
        # First and last places of slack parts, both in order, as no part holds another.
        self._slack: list[tuple[int, int]] = []
        self._short: list[tuple[int, int]] = []
        self._learn(*common.lines[fact])

    def _possible(self) -> Iterable[PartialAssignment]:
        feasibility = Feasibility(self.common, {})
        found = [self.common.start]
        for test in self.tests:
            longer = (
                self.common.extend(assignment, test, one)
                for assignment in found
                for one in test.answers
            )
            found = [assignment for assignment in longer if feasibility.of(assignment)]
        return found

    def is_slack(self, first: int, last: int) -> bool:
        """Whether the part of the line from place to place is known to be slack."""
        full = self._slack
        at = bisect_left(full, (first, first))
        if at < len(full) and full[at][1] <= last:
            return True
        for low, high in self._short:
            if low <= first and last <= high:
                return False
        return self._is_found_slack(first, last)

    def _learn(self, first: int, last: int) -> None:
        """Look at the whole line, and at its end, which any part without an end holds."""
        if self._is_found_slack(first, last):
            self._is_found_slack(last - (last - first) // MARGIN, last)

    def _is_found_slack(self, first: int, last: int) -> bool:
        type_ = self.common.solver.types[self.fact]
        _, end = self.common.lines[self.fact]
        past = value_at(type_, last + 1) if last < end else None
        part = Bounds(self.fact, value_at(type_, first), past)
        places = [self._place(assignment, part) for assignment in self._assignments]
        found = [place for place in places if place is not None]
        if len(found) < len(places):
            self._short = [(first, last), *self._short[: MOST_SHORT - 1]]
            return False
        if len(self._slack) < MOST_SLACK:
            self._keep(min(found), max(found))
        return True

    def _keep(self, low: int, high: int) -> None:
        """Keep a slack part, which holds none of those kept, in place of those that hold it."""
        others = (part for part in self._slack if part[0] > low or part[1] < high)
        self._slack = sorted([(low, high), *others])  # a new list, as others may be reading

    def _place(self, assignment: PartialAssignment, part: Bounds) -> int | None:
        """Where in the part the fact is for these answers; None where nothing is proven to be."""
        constraints: tuple[Constraint, ...] = (*assignment.constraints, part)
        solution = self.common.solver.solve({}, constraints)
        if not solution.is_possible or not solution.is_proven:
            return None
        return ordinal(self.common.solver.types[self.fact], solution.values[self.fact])


def _answers(assignment: PartialAssignment) -> Iterable[tuple[int, Any]]:
    while assignment.parent is not None:
        yield assignment.level, assignment.answer
        assignment = assignment.parent


def _atom(test: OpenTest) -> Any:
    assert isinstance(test.variable, PredicateVar)
    return test.variable.atom
