"""From answers of tests that lack facts to whether any values of those facts give them all.

A comparison that lacks one fact is a cut of that fact's line: below it the test has
one answer, from it on the other. Answers that are all cuts go together where no line
is cut to nothing. Only answers that tie several missing facts to each other, or to
working hours, take the solver; and of those the solutions found for earlier requests
are tried first, as one serves every request whose cuts leave it in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import constraints_of, facts_of_variable
from reglament.diagram.kernel.forest import Span, Truth, Variable
from reglament.diagram.solver.bounds_propagation import Between, Constraint, Solver
from reglament.diagram.solver.extreme_points import Corners, corners_of
from reglament.diagram.solver.ordinals import domain, ordinal
from reglament.diagram.solver.thresholds import Cut, Cutter, NoCut
from reglament.model.conditions import Comparison
from reglament.model.values import Value

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Test:
    """A test that lacks the facts `missing`; `answers` are those that are told apart, in order."""

    rank: int
    variable: Variable = field(compare=False)
    missing: frozenset[str]
    answers: tuple[Any, ...]

    @property
    def fact(self) -> str:
        """The missing fact, where it is one."""
        return next(iter(self.missing))


# Of missing facts, the first and the last place that cuts leave on their lines.
Box: TypeAlias = Mapping[str, tuple[int, int]]


class Way:
    """Answers given one after another; the last one is `answer`, to the test `variable`.

    `is_fixed` where no told fact takes part: what is possible then is so for every
    request. `ties` are the answers that are no cuts.
    """

    def __init__(
        self,
        parent: Way | None = None,
        rank: int = -1,
        variable: Variable | None = None,
        missing: frozenset[str] = frozenset(),
        answer: Any = None,
    ) -> None:
        self.parent = parent
        self.rank = rank
        self.variable = variable
        self.missing = missing
        self.fact = next(iter(missing), "")  # of a cut the one whose line it cuts
        self.answer = answer
        self.constraints: tuple[Constraint, ...] = ()
        self.ties: tuple[Way, ...] = ()
        self.is_fixed = True
        self.is_cut = False
        self.is_possible: bool | None = None  # known here only where it is fixed
        self.after: dict[Any, Way] = {}
        if parent is not None and variable is not None:
            self.constraints = (*parent.constraints, *constraints_of(variable, answer))
            self.is_fixed = parent.is_fixed and facts_of_variable(variable) == missing
            self.is_cut = _is_cut(variable, missing)
            self.ties = parent.ties if self.is_cut else (*parent.ties, self)


def _is_cut(variable: Variable, missing: frozenset[str]) -> bool:
    if isinstance(variable, Span):
        return True
    is_comparison = isinstance(variable, Truth) and isinstance(variable.atom, Comparison)
    return is_comparison and len(missing) == 1


class Tied:
    """What is known of answers that tie missing facts together, whatever a request tells.

    `points` are solutions; `voids` are boxes that hold none.
    """

    def __init__(self, facts: frozenset[str], corners: Corners | None) -> None:
        self.facts = facts
        self.corners = corners
        self.points: list[Mapping[str, int]] = []
        self.voids: list[Box] = []

    def known(self, box: Box) -> bool | None:
        """Whether the box holds a solution; None where that is not known yet."""
        for point in self.points:
            if all(low <= point[fact] <= high for fact, (low, high) in box.items()):
                return True
        if any(_is_inside(box, void) for void in self.voids):
            return False
        return None if self.corners is None else self.corners.hold_in(box)

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


class Possibilities:
    """What requests have in common; safe to share between threads."""

    def __init__(self, solver: Solver) -> None:
        self.solver = solver
        self.start = Way()
        self.size = 1  # ways made
        self._cutters: dict[tuple[int, str], Cutter] = {}
        self._tied: dict[Any, Tied | None] = {}
        types = solver.types.items()
        self.lines = {name: domain(type_) for name, type_ in types if type_.is_ordered}
        for bound in solver.bounds:
            self.lines[bound.fact] = self.part_of_line(bound)

    def after(self, way: Way, test: Test, answer: Any) -> Way:
        """The way with one more answer; equal ways are one object."""
        key = (test.rank, test.missing, answer)
        if key not in way.after:
            made = Way(way, test.rank, test.variable, test.missing, answer)
            self.size += way.after.setdefault(key, made) is made
        return way.after[key]

    def part_of_line(self, between: Between) -> tuple[int, int]:
        """The first and the last place on a fact's line that the bounds leave."""
        low, high = self.lines[between.fact]
        type_ = self.solver.types[between.fact]
        if between.first is not None:
            low = max(low, ordinal(type_, between.first))
        if between.past is not None:
            high = min(high, ordinal(type_, between.past) - 1)
        return low, high

    def cutter(self, way: Way) -> Cutter:
        """What cuts the line of the last answer's missing fact. Raises NoCut."""
        key = (way.rank, way.fact)
        if key not in self._cutters:
            assert isinstance(way.variable, Truth)
            line = self.lines[way.fact]
            self._cutters[key] = Cutter(way.variable.atom, way.fact, self.solver, line)
        return self._cutters[key]

    def tied(self, ties: tuple[Way, ...]) -> Tied | None:
        """What is known of the ties of a way; None where they hang on what is told."""
        if ties not in self._tied:
            key = tuple((tie.rank, tie.missing, tie.answer) for tie in ties)
            if key not in self._tied:
                self._tied[key] = self._met(ties)
            self._tied[ties] = self._tied[key]
        return self._tied[ties]

    def _met(self, ties: tuple[Way, ...]) -> Tied | None:
        tests = [(tie.variable, tie.answer) for tie in ties if isinstance(tie.variable, Truth)]
        facts = frozenset[str]().union(*(facts_of_variable(variable) for variable, _ in tests))
        if facts != frozenset[str]().union(*(tie.missing for tie in ties)):
            return None
        atoms = ((variable.atom, answer) for variable, answer in tests)
        found = Tied(facts, corners_of(atoms, self.solver))
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


class Possibility:
    """Whether answers go together, given what one request tells."""

    def __init__(self, common: Possibilities, told: Mapping[str, Value]) -> None:
        self.common = common
        self.told = told
        self.solves = 0  # how often the solver was asked
        self._answers: dict[Way, bool] = {}
        self._boxes: dict[Way, Box | None] = {common.start: {}}
        self._cuts: dict[int, Cut | None] = {}

    def of(self, way: Way) -> bool:
        """Whether values of the missing facts give these answers; a way to them is possible."""
        if way.is_possible is not None:
            return way.is_possible
        found = self._answers.get(way)
        if found is None:
            found = self._answers[way] = self._decided(way)
            if way.is_fixed:
                way.is_possible = found
        return found

    def _decided(self, way: Way) -> bool:
        box = self._box(way)
        if box is None:
            return self._solved(way) is not None
        if way.is_cut:
            low, high = box[way.fact]
            if low > high:
                return False
        return self._meets(way, box) if way.ties else True

    def _meets(self, way: Way, box: Box) -> bool:
        """Whether the ties leave anything of the box."""
        tied = self.common.tied(way.ties)
        if tied is None:
            return self._solved(way) is not None
        lines = self.common.lines
        within = {fact: box.get(fact, lines[fact]) for fact in tied.facts}
        known = tied.known(within)
        if known is None:
            values = self._solved(way)
            known = values is not None
            if values is None:
                tied.keep_void(within)
            elif tied.facts <= values.keys():
                tied.keep(self.common.point(values, tied.facts))
        return known

    def _solved(self, way: Way) -> Mapping[str, Value] | None:
        """Values that give the answers, none of them where they are not proven to; or None."""
        self.solves += 1
        solution = self.common.solver.solve(self.told, way.constraints)
        if not solution.is_possible:
            return None
        return solution.values if solution.is_proven else {}

    def _box(self, way: Way) -> Box | None:
        """What the cuts among the answers leave; None where one has no place that is known."""
        if way not in self._boxes:
            self._boxes[way] = self._cut_down(way)
        return self._boxes[way]

    def _cut_down(self, way: Way) -> Box | None:
        assert way.parent is not None
        box = self._box(way.parent)
        if box is None or not way.is_cut:
            return box
        part = self._part(way)
        if part is None:
            return None
        low, high = box.get(way.fact, self.common.lines[way.fact])
        return {**box, way.fact: (max(low, part[0]), min(high, part[1]))}

    def _part(self, way: Way) -> tuple[int, int] | None:
        """The places on the line of the fact that the last answer leaves."""
        if isinstance(way.variable, Span):
            return self.common.part_of_line(Between(way.fact, *way.answer))
        cut = self.cut(way)
        if cut is None:
            return None
        first, last = self.common.lines[way.fact]
        return (cut.place, last) if cut.rises is way.answer else (first, cut.place - 1)

    def cut(self, way: Way) -> Cut | None:
        """Where the last answer's comparison cuts the line of its missing fact."""
        if way.rank not in self._cuts:
            try:
                self._cuts[way.rank] = self.common.cutter(way).cut(self.told)
            except NoCut:
                self._cuts[way.rank] = None
        return self._cuts[way.rank]
