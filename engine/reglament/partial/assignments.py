"""From answers of tests that lack facts to whether any values of those facts give them all.

A comparison that lacks one fact is a cut of that fact's line: below it the test has
one answer, from it on the other. Answers that are all cuts go together where no line
is cut to nothing. Only answers that tie several missing facts to each other, or to
working hours, take the solver; and of those the solutions found for earlier requests
are tried first, as one serves every request whose cuts leave it in (without them up to 1.13 times
the calls, and in seconds 1.4 times for what is possible: `benchmarks/ablations.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import constraints_of, facts_of_variable, gives
from reglament.diagram.kernel.forest import IntervalVar, PredicateVar, Variable
from reglament.diagram.solver.bounds_propagation import (
    Bounds,
    BoundsPropagation,
    Constraint,
    ConstraintSystem,
    Holds,
)
from reglament.diagram.solver.formula_ranges import Facts, Ranges
from reglament.diagram.solver.ordinals import domain, ordinal
from reglament.diagram.solver.thresholds import NoThreshold, Threshold, ThresholdFinder
from reglament.frozen import frozen
from reglament.functions.evaluate import Holding, holding
from reglament.memo import Memo, MemoByIdentity
from reglament.model.conditions import Comparison, Within
from reglament.model.values import Value
from reglament.model.visitor import facts_of

MOST_KEPT = 64


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
            lambda one: ConstraintSystem(solver, one.constraints)
        )
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


class Feasibility:
    """Whether answers go together, given what one request tells."""

    def __init__(self, common: AssignmentSpace, given: Mapping[str, Value]) -> None:
        self.space = common
        self.told = given
        self.texts: Memo[str, str] = Memo(lambda fact: repr(given[fact]) if fact in given else "")
        self.solves = 0  # how often the solver was asked
        self._answers: dict[PartialAssignment, bool] = {}
        self._guesses: set[PartialAssignment] = set()
        self._proven: dict[PartialAssignment, bool] = {}
        self._ranges: dict[Any, bool | frozenset[str]] = {}
        self._boxes: dict[PartialAssignment, Box | None] = {common.start: {}}
        self._thresholds: dict[int, Threshold | None] = {}

    def of(self, assignment: PartialAssignment) -> bool:
        """Whether missing values give these answers; all but the last one are possible."""
        if assignment.is_possible is not None:
            return assignment.is_possible
        found = self._answers.get(assignment)
        if found is None:
            found = self._answers[assignment] = self._decided(assignment)
            if assignment.is_fixed:
                assignment.is_guess = assignment in self._guesses
                assignment.is_possible = found
        return found

    def is_proven(self, assignment: PartialAssignment) -> bool:
        """Whether it is known that missing values give these answers, which may be possible.

        Values are tried only now: most answers are never asked about, and a formula takes long.
        """
        if not (assignment.is_guess or assignment in self._guesses):
            return True
        found = self._proven.get(assignment)
        if found is None:
            found = self._proven[assignment] = self._is_shown(assignment)
            assignment.is_guess = assignment.is_guess and not found
        return found

    def _is_shown(self, assignment: PartialAssignment) -> bool:
        """Whether some values that are tried give the answers."""
        giving = self.giving(assignment, self._missing(assignment), self.lines(assignment))
        return next(giving, None) is not None

    def _missing(self, assignment: PartialAssignment) -> frozenset[str]:
        """The facts that the answers hang on and that are not told."""
        atoms = [one.atom for one in assignment.constraints if isinstance(one, Holds)]
        return frozenset({*facts_of(*atoms), *self.lines(assignment)} - self.told.keys())

    def _decided(self, assignment: PartialAssignment) -> bool:
        box = self._box(assignment)
        if box is None:
            return self._confirmed(assignment, self._solved(assignment))
        if assignment.is_cut:
            low, high = box[assignment.fact]
            if low > high:
                return False
        return self._meets(assignment, box) if assignment.ties else True

    def _meets(self, assignment: PartialAssignment, box: Box) -> bool:
        """Whether the ties leave anything of the box."""
        tied = self.space.conjunction(assignment.ties)
        if tied is None:
            return self._confirmed(assignment, self._solved(assignment))
        lines = self.space.lines
        within = {fact: box.get(fact, lines[fact]) for fact in tied.facts}
        known = tied.known(within)
        if known is None:
            values = self._solved(assignment)
            known = self._confirmed(assignment, values)
            if not known:
                tied.keep_void(within)
            elif values and tied.facts <= values.keys():
                tied.keep(self.space.point(values, tied.facts))
        return known

    def _confirmed(self, assignment: PartialAssignment, values: Mapping[str, Value] | None) -> bool:
        """Whether the answers can be given for which the solver found `values`.

        Where it did not prove them, all values of the missing facts are tried if these are few;
        else ranges tell what cannot be.
        """
        if values is None or values:
            return values is not None
        within, ranges = self.lines(assignment), self.space.ranges
        if any(low > high for low, high in within.values()):
            return False
        few = ranges.few(self._missing(assignment))
        if few is not None:
            return any(self.gives(assignment, one, within) for one in few)
        for one in assignment.constraints:
            if isinstance(one, Holds) and isinstance(one.atom, Comparison):
                found = self._ranged(one.atom, within)
                if found is not one.holds and isinstance(found, bool):
                    return False
        self._guesses.add(assignment)
        return True

    def _ranged(self, atom: Comparison, within: Box) -> bool | frozenset[str]:
        """What the test answers wherever missing facts are within the lines."""
        key = id(atom), *within.items()
        if key not in self._ranges:
            self._ranges[key] = self.space.ranges.holds(atom, self.told, within)
        return self._ranges[key]

    def giving(
        self, assignment: PartialAssignment, facts: frozenset[str], within: Box
    ) -> Iterator[Facts]:
        """Values of the facts that give the answers, of some that are tried within the lines."""
        if facts <= self.space.lines.keys():
            for values in self.space.ranges.some(facts, within):
                if self.gives(assignment, values, within):
                    yield values

    def gives(self, assignment: PartialAssignment, values: Facts, within: Box) -> bool:
        """Whether these values of missing facts, if they lie within the lines, give the answers."""
        types = self.space.solver.types
        is_inside = all(
            low <= ordinal(types[fact], values[fact]) <= high
            for fact, (low, high) in within.items()
        )
        readers = self.space.readers
        tests = (one for one in assignment.constraints if isinstance(one, Holds))
        answers = ((readers[one.atom], one.holds) for one in tests)
        return is_inside and gives({**self.told, **values}, answers)

    def is_boxed(self, assignment: PartialAssignment) -> bool:
        """Whether whatever lies within the lines that the answers leave gives them."""
        return not assignment.ties and self._box(assignment) is not None

    def lines(self, assignment: PartialAssignment) -> Box:
        """What the cuts among the answers leave, as far as their places are known."""
        found: dict[str, tuple[int, int]] = {}
        while assignment.parent is not None:
            part = self._part(assignment) if assignment.is_cut else None
            if part is not None:
                low, high = found.get(assignment.fact, self.space.lines[assignment.fact])
                found[assignment.fact] = max(low, part[0]), min(high, part[1])
            assignment = assignment.parent
        return found

    def _solved(self, assignment: PartialAssignment) -> Mapping[str, Value] | None:
        """Values that give the answers, none of them where they are not proven to; or None."""
        self.solves += 1
        solution = self.space.systems[assignment].solve(self.told)
        if not solution.is_possible:
            return None
        return solution.values if solution.is_proven else {}

    def _box(self, assignment: PartialAssignment) -> Box | None:
        """What the cuts among the answers leave; None where one has no place that is known."""
        if assignment not in self._boxes:
            self._boxes[assignment] = self._cut_down(assignment)
        return self._boxes[assignment]

    def _cut_down(self, assignment: PartialAssignment) -> Box | None:
        assert assignment.parent is not None
        box = self._box(assignment.parent)
        if box is None or not assignment.is_cut:
            return box
        part = self._part(assignment)
        if part is None:
            return None
        low, high = box.get(assignment.fact, self.space.lines[assignment.fact])
        return {**box, assignment.fact: (max(low, part[0]), min(high, part[1]))}

    def _part(self, assignment: PartialAssignment) -> tuple[int, int] | None:
        """The places on the line of the fact that the last answer leaves."""
        if isinstance(assignment.variable, IntervalVar):
            return self.space.part_of_line(Bounds(assignment.fact, *assignment.answer))
        cut = self.threshold(assignment)
        if cut is None:
            return None
        first, last = self.space.lines[assignment.fact]
        return (cut.place, last) if cut.rises is assignment.answer else (first, cut.place - 1)

    def threshold(self, assignment: PartialAssignment) -> Threshold | None:
        """Where the last answer's comparison cuts the line of its missing fact."""
        if assignment.level not in self._thresholds:
            try:
                self._thresholds[assignment.level] = self.space.threshold_finder(
                    assignment
                ).threshold(self.told)
            except NoThreshold:
                self._thresholds[assignment.level] = None
        return self._thresholds[assignment.level]
