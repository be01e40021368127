"""From answers of tests that lack facts to whether any values of those facts give them all.

Answers that are all cuts go together where no line is cut to nothing. Those that tie missing facts
together take the solver; and of those the solutions found for earlier requests
are tried first, as one serves every request whose cuts leave it in (without them up to 1.13 times
the calls, and in seconds 1.4 times for what is possible: `benchmarks/ablations.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reglament.diagram.kernel.branches import gives
from reglament.diagram.kernel.forest import IntervalVar
from reglament.diagram.solver.bounds_propagation import Bounds, Holds
from reglament.diagram.solver.ordinals import ordinal
from reglament.diagram.solver.term_ranges import Facts
from reglament.diagram.solver.thresholds import NoThreshold, Threshold
from reglament.memo import Memo
from reglament.model.conditions import Comparison
from reglament.model.values import Value
from reglament.model.visitor import facts_of
from reglament.partial.assignments import AssignmentSpace, Box, PartialAssignment


class Feasibility:
    """Whether answers go together, given what one request tells."""

    def __init__(self, common: AssignmentSpace, given: Mapping[str, Value]) -> None:
        self.space = common
        self.told = given
        self.texts: Memo[str, str] = Memo(lambda fact: repr(given[fact]) if fact in given else "")
        self.solves = 0  # how often the solver was asked
        self.paths: dict[object, Any] = {}  # what `TiedTests` find, which few later requests share
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
        for constraint in assignment.constraints:
            if isinstance(constraint, Holds) and isinstance(constraint.atom, Comparison):
                found = self._ranged(constraint.atom, within)
                if found is not constraint.holds and isinstance(found, bool):
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
        answers = ((readers[test.atom], test.holds) for test in tests)
        return is_inside and gives({**self.told, **values}, answers)

    def is_boxed(self, assignment: PartialAssignment) -> bool:
        """Whether whatever lies within the lines that the answers leave gives them."""
        return not assignment.ties and self._box(assignment) is not None

    def lines(self, assignment: PartialAssignment) -> Box:
        """What the cuts among the answers leave, as far as their places are known."""
        box = self._box(assignment)
        if box is not None:
            return box
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
