"""From answers given one after another to what requests have in common about such answers.

A comparison that lacks one fact is a cut of that fact's line: below it the test has
one answer, from it on the other. Only answers that tie several missing facts to each other, or to
working hours, take the solver.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import constraints_of, facts_of_variable
from reglament.diagram.kernel.forest import IntervalVar, PredicateVar, Variable
from reglament.diagram.solver.bounds_propagation import (
    Bounds,
    BoundsPropagation,
    Constraint,
    ConstraintSystem,
    Holds,
)
from reglament.diagram.solver.formula_ranges import Ranges
from reglament.diagram.solver.ordinals import domain, ordinal
from reglament.diagram.solver.thresholds import ThresholdFinder
from reglament.frozen import frozen
from reglament.functions.evaluate import Holding, holding
from reglament.memo import Memo, MemoByIdentity
from reglament.model.conditions import Comparison, Within
from reglament.model.visitor import facts_of

MOST_KEPT = 64  # last solutions, and last boxes without one, that are tried before the solver


@frozen
class OpenTest:
    """A test that lacks the facts `missing`; `answers` are those that are told apart, in order."""

    level: int
    variable: Variable = field(compare=False)
    missing: frozenset[str]
    answers: tuple[Any, ...]

    @property
    def fact(self) -> str:
        """The missing fact, where it is one."""
        return next(iter(self.missing))


# Of missing facts, the first and the last place that cuts leave on their lines.
Box: TypeAlias = Mapping[str, tuple[int, int]]


class PartialAssignment:
    """Answers given one after another; the last one is `answer`, to the test `variable`.

    `is_fixed` where no given fact takes part: what is possible then is so for every
    request. `ties` are the answers that are no cuts.
    """

    def __init__(
        self,
        parent: PartialAssignment | None = None,
        level: int = -1,
        variable: Variable | None = None,
        missing: frozenset[str] = frozenset(),
        answer: Any = None,
    ) -> None:
        self.parent = parent
        self.level = level
        self.variable = variable
        self.missing = missing
        self.fact = next(iter(missing), "")  # of a cut the one whose line it cuts
        self.answer = answer
        self.constraints: tuple[Constraint, ...] = ()
        self.ties: tuple[PartialAssignment, ...] = ()
        self.is_fixed = True
        self.is_cut = False
        self.is_possible: bool | None = None  # known here only where it is fixed
        self.is_guess = False  # so is this: nothing shows that it is not possible
        self.extensions: dict[Any, PartialAssignment] = {}
        if parent is not None and variable is not None:
            self.constraints = (*parent.constraints, *constraints_of(variable, answer))
            self.is_fixed = parent.is_fixed and facts_of_variable(variable) == missing
            self.is_cut = _is_cut(variable, missing)
            self.ties = parent.ties if self.is_cut else (*parent.ties, self)


def _is_cut(variable: Variable, missing: frozenset[str]) -> bool:
    if isinstance(variable, IntervalVar):
        return True
    is_comparison = isinstance(variable, PredicateVar) and isinstance(variable.atom, Comparison)
    return is_comparison and len(missing) == 1


def _facts_read(assignment: PartialAssignment) -> list[str]:
    return sorted(facts_of(*(one.atom for one in assignment.constraints if isinstance(one, Holds))))


class Conjunction:
    """What is known of answers that tie missing facts together, whatever a request tells.

    `points` are solutions; `voids` are boxes that hold none.
    """

    def __init__(self, facts: frozenset[str]) -> None:
        self.facts = facts
        self.points: list[Mapping[str, int]] = []
        self.voids: list[Box] = []

    def known(self, box: Box) -> bool | None:
        """Whether the box holds a solution; None where that is not known yet."""
        for point in self.points:
            if all(low <= point[fact] <= high for fact, (low, high) in box.items()):
                return True
        if any(_is_inside(box, void) for void in self.voids):
            return False
        return None

    def keep(self, point: Mapping[str, int]) -> None:
        """Remember a solution."""
        self.points = [point, *self.points[: MOST_KEPT - 1]]

    def keep_void(self, box: Box) -> None:
        """Remember that the box holds none."""
        self.voids = [box, *self.voids[: MOST_KEPT - 1]]


def _is_inside(box: Box, outer: Box) -> bool:
    return all(
        outer[fact][0] <= low and high <= outer[fact][1] for fact, (low, high) in box.items()
    )


class AssignmentSpace:
    """What requests have in common; safe to share between threads."""

    def __init__(self, solver: BoundsPropagation) -> None:
        self.solver = solver
        self.start = PartialAssignment()
        self.size = 1  # partial assignments made
        self.systems = Memo[PartialAssignment, ConstraintSystem](
            lambda assignment: ConstraintSystem(solver, assignment.constraints)
        )
        self.read = Memo[PartialAssignment, list[str]](_facts_read)
        """The facts that the comparisons among some answers read."""
        self._finders: dict[tuple[int, str], ThresholdFinder] = {}
        self._conjunctions: dict[Any, Conjunction | None] = {}
        types = solver.types.items()
        self.lines = {name: domain(type_) for name, type_ in types if type_.is_ordered}
        for bound in solver.bounds:
            self.lines[bound.fact] = self.part_of_line(bound)
        self.readers = MemoByIdentity[Comparison | Within, Holding](
            lambda atom: holding(atom, solver.hours)
        )
        self.ranges = Ranges(solver.types, solver.hours, solver.zone, self.lines)

    def extend(
        self, assignment: PartialAssignment, test: OpenTest, answer: Any
    ) -> PartialAssignment:
        """The partial assignment with one more answer; equal ones are one object."""
        key = (test.level, test.missing, answer)
        if key not in assignment.extensions:
            made = PartialAssignment(assignment, test.level, test.variable, test.missing, answer)
            self.size += assignment.extensions.setdefault(key, made) is made
        return assignment.extensions[key]

    def part_of_line(self, between: Bounds) -> tuple[int, int]:
        """The first and the last place on a fact's line that the bounds leave."""
        low, high = self.lines[between.fact]
        type_ = self.solver.types[between.fact]
        if between.first is not None:
            low = max(low, ordinal(type_, between.first))
        if between.past is not None:
            high = min(high, ordinal(type_, between.past) - 1)
        return low, high

    def threshold_finder(self, assignment: PartialAssignment) -> ThresholdFinder:
        """What cuts the line of the last answer's missing fact. Raises NoCut."""
        key = (assignment.level, assignment.fact)
        if key not in self._finders:
            assert isinstance(assignment.variable, PredicateVar)
            line = self.lines[assignment.fact]
            self._finders[key] = ThresholdFinder(
                assignment.variable.atom, assignment.fact, self.solver, line
            )
        return self._finders[key]

    def conjunction(self, ties: tuple[PartialAssignment, ...]) -> Conjunction | None:
        """What is known of the ties; None where they hang on given facts."""
        if ties not in self._conjunctions:
            key = tuple((tie.level, tie.missing, tie.answer) for tie in ties)
            if key not in self._conjunctions:
                self._conjunctions[key] = self._conjunction_of(ties)
            self._conjunctions[ties] = self._conjunctions[key]
        return self._conjunctions[ties]

    def _conjunction_of(self, ties: tuple[PartialAssignment, ...]) -> Conjunction | None:
        tests = [
            (tie.variable, tie.answer) for tie in ties if isinstance(tie.variable, PredicateVar)
        ]
        facts = frozenset[str]().union(*(facts_of_variable(variable) for variable, _ in tests))
        if facts != frozenset[str]().union(*(tie.missing for tie in ties)):
            return None
        found = Conjunction(facts)
        said = (constraints_of(variable, answer) for variable, answer in tests)
        solution = self.solver.solve({}, tuple(one for some in said for one in some))
        if not solution.is_possible:
            found.keep_void({fact: self.lines[fact] for fact in facts})
        elif solution.is_proven:
            found.keep(self.point(solution.values, facts))
        return found

    def point(self, values: Mapping[str, Any], facts: frozenset[str]) -> dict[str, int]:
        """The places of the values of the facts on their lines."""
        return {fact: ordinal(self.solver.types[fact], values[fact]) for fact in facts}
