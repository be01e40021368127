"""From two versions that decide differently to where they do: conditions in the policy's own tests.

Where outcomes are words, the tests of the policy say exactly which requests change: the answers
to all tests of one request, of which those are dropped that the change does not hang on. Behind
rounding and deadlines no test says it. Of any condition it is told whether it holds only of
requests that the versions decide differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from reglament.analysis.proving.confirming import standing
from reglament.analysis.proving.logic import Formula
from reglament.analysis.proving.port import (
    BUDGET,
    Allowance,
    Budget,
    Differs,
    ProvenRegion,
    Standing,
)
from reglament.analysis.proving.settling import is_solver_installed
from reglament.analysis.proving.smt_literals import Literal, literals_of
from reglament.analysis.proving.solver_questions import (
    GaveUp,
    SolverModel,
    SolverQuestion,
    Unsupported,
)
from reglament.frozen import frozen
from reglament.model.conditions import ALWAYS, AllOf, Condition
from reglament.model.values import Kind

Change: TypeAlias = tuple[Standing, Standing]
# A condition, and the change that it is asked about; None for any change at all.
Place: TypeAlias = tuple[Condition, Change | None]


def certain(
    question: Differs,
    places: Sequence[Place],
    budget: Budget = BUDGET,
    allowance: Allowance | None = None,
) -> tuple[bool, ...]:
    """Of each condition, as the old version reads it, whether it certainly makes a difference.

    It is proven then that the versions decide every request for which it holds differently, and
    in the way that is asked for, but for those that both refuse to compute.
    """
    if not (places and is_solver_installed()):
        return (False,) * len(places)
    try:
        asked = SolverQuestion(question, budget, allowance)
        return tuple(_is_certain(asked, *place) for place in places)
    except (GaveUp, Unsupported):
        return (False,) * len(places)


def _is_certain(asked: SolverQuestion, where: Condition, change: Change | None) -> bool:
    assert isinstance(asked.question, Differs)
    logic, name = asked.logic, asked.question.decision
    differs = logic.any_of(*asked.ways[:2])
    try:
        if change is not None:
            told = zip(asked.encoders, change, strict=True)
            differs = logic.all_of(*(one.stands(name, kind, said) for one, (kind, said) in told))
        none = logic.all_of(*(encoder.decided(name).is_refused for encoder in asked.encoders))
        sure = logic.any_of(differs, none)
        holds, is_refused = asked.encoders[0].condition(where)
        return asked.nowhere(holds, logic.negate(is_refused), logic.negate(sure))
    except (GaveUp, Unsupported, KeyError):
        return False


MOST_REGIONS = 12
WORDLIKE = frozenset({Kind.CHOICE, Kind.BOOLEAN, Kind.TEXT})


def regions(
    question: Differs, budget: Budget = BUDGET, allowance: Allowance | None = None
) -> tuple[ProvenRegion, ...]:
    """Exact regions that together hold every request decided differently, each with one of them.

    None if there is no such request; if the tests do not say which ones they are, or take too many
    regions for it; or if that is not settled within the budget or without the extra `prove`.
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
    change: tuple[Standing, Standing] | None


class _Regions:
    def __init__(self, question: Differs, budget: Budget, allowance: Allowance | None) -> None:
        self.question = question
        self.asked = SolverQuestion(question, budget, allowance)
        self.logic = self.asked.logic
        # Of what is in doubt a formula says more than is so: it is never exact.
        self.sure = self.logic.any_of(*self.asked.ways[:2])
        self.yes = self.logic.any_of(*self.asked.ways)
        self.literals = literals_of(self.asked)

    def found(self) -> tuple[ProvenRegion, ...]:
        """Every region; none if one of them is not exact, or there are too many."""
        cubes: list[_Cube] = []
        blocked: list[Formula] = []
        while (witness := self._witness(blocked)) is not None:
            cube = None if len(cubes) >= MOST_REGIONS else self._cube(witness)
            if cube is None:
                return ()
            cubes.append(cube)
            blocked.append(self.logic.negate(self._holds(cube.literals)))
        return tuple(map(self._region, self._needed(cubes)))

    def _witness(self, blocked: list[Formula]) -> SolverModel | None:
        for way in self.asked.ways:
            found = self.asked.find(way, *blocked) if way is not False else None
            if found is not None:
                return found
        return None

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
        return _Cube(tuple(kept), witness, change or self._uniform(kept, witness))

    def _change(self, witness: SolverModel) -> tuple[Standing, Standing] | None:
        """How the decision changes for the witness, if it is one of few ways to change."""
        old, new = self._standings(witness)
        decision = self.question.new.decisions[self.question.decision]
        is_word = all(
            kind != "decided" or isinstance(said, str | bool | tuple) for kind, said in (old, new)
        )
        return (old, new) if is_word and decision.type.kind in WORDLIKE else None

    def _standings(self, witness: SolverModel) -> tuple[Standing, Standing]:
        old, new, name = self.question.old, self.question.new, self.question.decision
        return standing(old, witness.facts, name), standing(new, witness.facts, name)

    def _uniform(
        self, kept: list[Literal], witness: SolverModel
    ) -> tuple[Standing, Standing] | None:
        """How the decision changes throughout, if it does so in one way."""
        change = self._standings(witness)
        try:
            return change if self._implies(kept, self._changing(*change)) else None
        except Unsupported:
            return None

    def _changing(self, old: Standing, new: Standing) -> Formula:
        name = self.question.decision
        sides = zip(self.asked.encoders, (old, new), strict=True)
        return self.logic.all_of(
            *(encoder.stands(name, kind, said) for encoder, (kind, said) in sides)
        )

    def _implies(self, literals: list[Literal], target: Formula) -> bool:
        """Whether all requests of the literals are in the target; no if that is not settled."""
        try:
            return not self.asked.check(
                *(literal.formula for literal in literals), self.logic.negate(target)
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

    def _holds(self, literals: tuple[Literal, ...]) -> Formula:
        return self.logic.all_of(*(literal.formula for literal in literals))

    def _region(self, cube: _Cube) -> ProvenRegion:
        parts = tuple(literal.condition for literal in cube.literals)
        where: Condition = AllOf(parts) if parts else ALWAYS
        if self.question.where != ALWAYS:
            where = AllOf((self.question.where, *parts))
        return ProvenRegion(where, cube.witness.facts, cube.change)
