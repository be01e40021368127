"""From a question whose answer is yes to where it is: conditions in the policy's own tests.

Where outcomes are words, the tests of the policy say exactly which requests change: the answers
to all tests of one request, of which those are dropped that the change does not hang on. Behind
rounding and deadlines no test says it; there the tests that every such request passes are told,
and between which values each ordered fact lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from reglament.analysis.proving.confirming import standing
from reglament.analysis.proving.found import IN_TIME
from reglament.analysis.proving.logic import Formula, Unsupported
from reglament.analysis.proving.port import (
    Allowance,
    Budget,
    Differs,
    Extent,
    ProvenRegion,
    Question,
    Standing,
)
from reglament.analysis.proving.settling import is_solver_installed
from reglament.analysis.proving.smt_clocks import local_moment
from reglament.analysis.proving.smt_dates import DAY, EPOCH_ORDINAL, DayForm
from reglament.analysis.proving.smt_literals import Literal, literals_of
from reglament.analysis.proving.smt_names import FactVariable
from reglament.analysis.proving.solver_questions import GaveUp, SolverModel, SolverQuestion
from reglament.frozen import frozen
from reglament.model.conditions import ALWAYS, AllOf, Condition
from reglament.model.values import DAY_LONG, MOST_MONTHS, Kind, Value

BUDGET = Budget()
MOST_REGIONS = 12
FAR_YEARS = (date(1900, 1, 1), date(2100, 1, 1))
FAR_DAYS = 36_525
FAR_NUMBER = 1_000_000
WORDLIKE = frozenset({Kind.CHOICE, Kind.BOOLEAN, Kind.TEXT})


def regions(
    question: Question, budget: Budget = BUDGET, allowance: Allowance | None = None
) -> tuple[ProvenRegion, ...]:
    """Where the answer to the question is yes, each region with a request of it.

    None if the answer is no, or if nothing is found within the budget or without the extra
    `prove`. If a budget ends early, the last region holds every request ("at most").
    """
    if not is_solver_installed():
        return ()
    try:
        return _Regions(question, budget, allowance).found()
    except (GaveUp, Unsupported):
        return ()


@frozen(slots=False)
class _Cube:
    """Answers to tests that together make one region, and how the decision changes there."""

    literals: tuple[Literal, ...]
    witness: SolverModel
    is_exact: bool
    change: tuple[Standing, Standing] | None = None


class _Regions:
    def __init__(self, question: Question, budget: Budget, allowance: Allowance | None) -> None:
        self.question = question
        self.asked = SolverQuestion(question, budget, allowance)
        self.logic = self.asked.logic
        # Of what is in doubt a formula says more than is so: it is never exact.
        is_differs = isinstance(question, Differs)
        self.sure = self.logic.any_of(*(self.asked.ways[:2] if is_differs else self.asked.ways[:1]))
        self.yes = self.logic.any_of(*self.asked.ways)
        self.literals = literals_of(self.asked)

    def found(self) -> tuple[ProvenRegion, ...]:
        """Every region."""
        cubes: list[_Cube] = []
        blocked: list[Formula] = []
        while True:
            try:
                witness = self._witness(blocked)
                if witness is None:
                    break
                cube = None if len(cubes) >= MOST_REGIONS else self._cube(witness)
                if cube is None:
                    cubes.append(self._hull(witness, blocked))
                    break
            except GaveUp:
                if not cubes:
                    raise
                cubes.append(_Cube((), cubes[-1].witness, False))
                break
            cubes.append(cube)
            blocked.append(self.logic.negate(self._holds(cube.literals)))
        return tuple(map(self._region, self._needed(cubes)))

    def _witness(self, blocked: list[Formula]) -> SolverModel | None:
        for way in self.asked.ways:
            found = self.asked.find(way, *blocked) if way is not False else None
            if found is not None:
                return found
        return None

    # Exact regions

    def _cube(self, witness: SolverModel) -> _Cube | None:
        """The tests of the witness that alone make the answer yes; None if they do not."""
        change = self._change(witness)
        target = self.sure if change is None else self._changing(*change)
        told = [literal.as_in(witness.reading, self.logic) for literal in self.literals]
        core = self.asked.core(self.logic.negate(target), of=[one.formula for one in told])
        if core is None:
            return None
        kept = [told[place] for place in core]
        for literal in sorted(kept, key=lambda one: one.place):
            rest = [one for one in kept if one is not literal]
            if self._implies(rest, target):
                kept = rest
        return _Cube(tuple(kept), witness, True, change or self._uniform(kept, witness))

    def _change(self, witness: SolverModel) -> tuple[Standing, Standing] | None:
        """How the decision changes for the witness, if it is one of few ways to change."""
        if not isinstance(self.question, Differs):
            return None
        old, new = self._standings(witness)
        decision = self.question.new.decisions[self.question.decision]
        is_word = all(
            kind != "decided" or isinstance(said, str | bool | tuple) for kind, said in (old, new)
        )
        return (old, new) if is_word and decision.type.kind in WORDLIKE else None

    def _standings(self, witness: SolverModel) -> tuple[Standing, Standing]:
        assert isinstance(self.question, Differs)
        old, new, name = self.question.old, self.question.new, self.question.decision
        return standing(old, witness.facts, name), standing(new, witness.facts, name)

    def _uniform(
        self, kept: list[Literal], witness: SolverModel
    ) -> tuple[Standing, Standing] | None:
        """How the decision changes throughout, if it does so in one way."""
        if not isinstance(self.question, Differs):
            return None
        change = self._standings(witness)
        try:
            return change if self._implies(kept, self._changing(*change)) else None
        except Unsupported:
            return None

    def _changing(self, old: Standing, new: Standing) -> Formula:
        assert isinstance(self.question, Differs)
        name = self.question.decision
        sides = zip(self.asked.encoders, (old, new), strict=True)
        return self.logic.all_of(
            *(encoder.stands(name, kind, said) for encoder, (kind, said) in sides)
        )

    def _implies(self, literals: list[Literal], target: Formula) -> bool:
        """Whether all requests of the literals are in the target; no if that is not settled."""
        try:
            return not self.asked.check(
                *(one.formula for one in literals), self.logic.negate(target)
            )
        except GaveUp:
            return False

    def _needed(self, cubes: list[_Cube]) -> list[_Cube]:
        """The cubes without those whose requests all lie in the others."""
        kept = list(cubes)
        for cube in cubes if len(cubes) > 2 else ():
            others = [self.logic.negate(self._holds(o.literals)) for o in kept if o is not cube]
            try:
                if not self.asked.check(self._holds(cube.literals), self.yes, *others):
                    kept.remove(cube)
            except GaveUp:
                continue
        return kept

    # At most

    def _hull(self, witness: SolverModel, blocked: list[Formula]) -> _Cube:
        """The tests that every request passes for which the answer is yes, and no region has."""
        told = [literal.as_in(witness.reading, self.logic) for literal in self.literals]
        kept = [one for one in told if self._always(one, blocked)]
        for literal in list(kept):  # what follows from the others is not said
            rest = [one for one in kept if one is not literal]
            if self._implies(rest, literal.formula):
                kept = rest
        is_exact = not blocked and self._implies(kept, self.sure)
        return _Cube(tuple(kept), witness, is_exact, self._uniform(kept, witness))

    def _always(self, literal: Literal, blocked: list[Formula]) -> bool:
        try:
            return self.asked.nowhere(self.yes, *blocked, self.logic.negate(literal.formula))
        except GaveUp:
            return False

    def _holds(self, literals: tuple[Literal, ...]) -> Formula:
        return self.logic.all_of(*(literal.formula for literal in literals))

    def _region(self, cube: _Cube) -> ProvenRegion:
        parts = tuple(literal.condition for literal in cube.literals)
        where: Condition = AllOf(parts) if parts else ALWAYS
        if self.question.where != ALWAYS and isinstance(self.question, Differs):
            where = AllOf((self.question.where, *parts))
        extents = () if cube.is_exact else tuple(self._extents(cube))
        return ProvenRegion(where, cube.is_exact, cube.witness.facts, extents, cube.change)

    # First and last values

    def _extents(self, cube: _Cube) -> Iterator[Extent]:
        inside = (self._holds(cube.literals), self.yes)
        for name, variable in list(self.asked.vocabulary.variables.items()):
            if cube.witness.facts.get(name) is None:
                continue
            axis = _axis(variable)
            if axis is None:
                continue
            try:
                far = _far(variable)
                first = self._end(cube.witness, axis, far, -1, inside)
                last = self._end(cube.witness, axis, far, 1, inside)
            except GaveUp:
                continue
            if first is not None or last is not None:
                read = self._reader(variable)
                yield Extent(name, *(None if end is None else read(end) for end in (first, last)))

    def _end(
        self, witness: SolverModel, axis: Formula, far: tuple[int, int], way: int,
        inside: tuple[Formula, ...],
    ) -> int | None:  # fmt: skip
        """The farthest value of the axis that way; None if it goes as far as values are sought."""
        best, step = witness.reading.number(axis), 1
        beyond = far[way > 0]
        if (beyond - best) * way <= 0 or self._at(axis, beyond, way, inside) is not None:
            return None
        while abs(beyond - best) > 1:
            goal = best + way * min(step, max(1, abs(beyond - best) // 2))
            found = self._at(axis, goal, way, inside)
            if found is None:
                beyond, step = goal, max(1, step // 4)
            else:
                best, step = found, step * 8
        return best

    def _at(self, axis: Formula, goal: int, way: int, inside: tuple[Formula, ...]) -> int | None:
        """A value of the axis at least as far as the goal, for which the answer is yes."""
        limit = axis >= goal if way > 0 else axis <= goal
        found = self.asked.find(limit, *inside, is_pleasant=False)
        return None if found is None else found.reading.number(axis)

    def _reader(self, variable: FactVariable) -> Callable[[int], Value]:
        kind, zone = variable.type.kind, self.asked.versions[-1].zone
        readers: dict[Kind, Callable[[int], Any]] = {
            Kind.DATE: date.fromordinal,
            Kind.DATETIME: lambda number: local_moment(number, zone),
            **IN_TIME,
        }
        return readers.get(kind, lambda number: variable.number(number))


def _axis(variable: FactVariable) -> Formula | None:
    """The fact as a number; None if it has no order."""
    if not variable.type.is_ordered:
        return None
    return variable.value.number if isinstance(variable.value, DayForm) else variable.value


def _far(variable: FactVariable) -> tuple[int, int]:
    """Beyond these nobody looks for the end of a region."""
    first, last = FAR_YEARS
    match variable.type.kind:
        case Kind.DATE:
            return first.toordinal(), last.toordinal()
        case Kind.DATETIME:
            return (first.toordinal() - EPOCH_ORDINAL) * DAY, (
                last.toordinal() - EPOCH_ORDINAL
            ) * DAY
        case Kind.TIME:
            return 0, DAY_LONG - 1
        case Kind.DURATION:
            return 0, FAR_DAYS * DAY
        case Kind.PERIOD:
            return 0, MOST_MONTHS
    far = FAR_NUMBER * 10**variable.type.places
    return -far, far
