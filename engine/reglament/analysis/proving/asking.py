"""From a question to a solver and back: a request that answers it, none, or no answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reglament.analysis.proving.confirming import confirms
from reglament.analysis.proving.decisions import Decided, Encoder
from reglament.analysis.proving.found import Reading
from reglament.analysis.proving.functions import BY_MONTHS
from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.port import (
    Applies,
    Budget,
    Conflict,
    Differs,
    Gap,
    Question,
)
from reglament.analysis.proving.symbols import Algebra
from reglament.analysis.proving.vocabulary import Vocabulary
from reglament.analysis.proving.worktimes import WorkTimes
from reglament.model.conditions import decisions_read, terms_of, tests_of
from reglament.model.policy import Version
from reglament.model.terms import Formula as FormulaTerm
from reglament.model.terms import terms_within
from reglament.model.values import Value

# The solver's ways with linear arithmetic: its present one, and the one before it.
ARITHMETICS = (6, 2)


class GaveUp(Exception):
    """The solver did not settle it within its budget; `reason` in its own words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Found:
    """A request that a solver found, and the values of the variables that make it."""

    facts: Mapping[str, Value]
    reading: Reading


class Asked:
    """One question as formulas, in a context of its own.

    Raises Unsupported if the question says something that has no formula.
    """

    def __init__(self, question: Question, budget: Budget) -> None:
        self.question = question
        self.budget = budget
        self.logic = Logic()
        by_months = any(map(_reckons_in_months, self.versions))
        self.vocabulary = Vocabulary(self.logic, self.versions, question.within, by_months)
        self.algebra = Algebra(self.logic)
        self.times = WorkTimes(self.logic)
        self.encoders = [
            Encoder(version, self.vocabulary, self.algebra, self.times) for version in self.versions
        ]
        # Ways for the answer to be yes, the likely ones first.
        self.ways = self._ways()
        # What one gives up on, another often settles: each knows what every request satisfies.
        self._solvers = [[self._solver(arithmetic), 0] for arithmetic in ARITHMETICS]
        self._model: Any = None

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions that the question is about; its conditions are read by the last."""
        if isinstance(self.question, Differs):
            return (self.question.old, self.question.new)
        return (self.question.version,)

    def _solver(self, arithmetic: int) -> Any:
        solver = self.logic.z3.Solver(ctx=self.logic.context)
        solver.set("rlimit", self.budget.steps)
        solver.set("random_seed", 0)
        solver.set("arith.solver", arithmetic)
        return solver

    def first(self) -> Found | None:
        """A request for which the answer is yes; None if there is none. Raises GaveUp."""
        for way in self.ways:
            if way is False:
                continue
            found = self.find(way)
            if found is not None:
                return found
        return None

    def find(self, *assumed: Formula) -> Found | None:
        """A request for which all of this holds and the answer is yes, confirmed.

        None if there is none. Raises GaveUp.
        """
        return self.sought(lambda facts: confirms(self.question, facts), *assumed)

    def sought(
        self, confirm: Callable[[Mapping[str, Value]], bool], *assumed: Formula
    ) -> Found | None:
        """A request for which all of this holds, and which `confirm` accepts."""
        for _ in range(self.budget.rounds):
            if not self.check(*assumed):
                return None
            reading = Reading(self.vocabulary, self._model)
            facts = reading.facts()
            if confirm(facts):
                return Found(facts, reading)
            lessons = self.times.lessons(self._number(reading))
            if not lessons:
                raise GaveUp("not confirmed")
            self.logic.require(*lessons)
        raise GaveUp("rounds")

    def check(self, *assumed: Formula) -> bool:
        """Whether all of this can hold together, as far as formulas tell. Raises GaveUp."""
        if any(one is False for one in assumed):
            return False
        open_ones = [one for one in assumed if one is not True]
        for place in range(len(self._solvers)):
            solver = self._told(place)
            result = solver.check(*open_ones)
            if result == self.logic.z3.sat:
                self._model = solver.model()
            if result != self.logic.z3.unknown:
                return bool(result == self.logic.z3.sat)
        raise GaveUp(solver.reason_unknown())

    def _told(self, place: int) -> Any:
        """The solver, told what holds of every request."""
        solver, told = self._solvers[place]
        for fact in self.logic.facts[told:]:
            solver.add(fact)
        self._solvers[place][1] = len(self.logic.facts)
        return solver

    def _number(self, reading: Reading) -> Callable[[Formula], int]:
        return reading.number

    # What the question asks

    def _ways(self) -> tuple[Formula, ...]:
        logic, question = self.logic, self.question
        where, refused = self.encoders[-1].condition(question.where)
        for name in sorted(decisions_read(question.where)):
            refused = logic.any_of(refused, is_unsound(logic, self.encoders[-1].decided(name)))
        limits = (where, logic.negate(refused))
        if isinstance(question, Differs):
            sides = [encoder.decided(question.decision) for encoder in self.encoders]
            return tuple(logic.all_of(*limits, way) for way in self._differing(*sides))
        if isinstance(question, Applies | Gap | Conflict):
            decided = self.encoders[0].decided(question.decision)
            return (logic.all_of(*limits, self._of_one(question, decided)),)
        return (logic.all_of(*limits),)

    def _of_one(self, question: Applies | Gap | Conflict, decided: Decided) -> Formula:
        if isinstance(question, Gap):
            return decided.is_gap
        if isinstance(question, Conflict):
            return decided.is_conflict
        logic = self.logic
        refused = logic.any_of(decided.is_broken, decided.is_outside)
        return logic.all_of(decided.counts[question.rule], logic.negate(refused))

    def _differing(self, old: Decided, new: Decided) -> tuple[Formula, Formula]:
        """Both decide it within their calendars, differently; or only one of them decides it."""
        logic = self.logic
        outside = logic.any_of(old.is_outside, new.is_outside)
        settled = [logic.negate(is_unsound(logic, side)) for side in (old, new)]
        kinds = (
            logic.negate(logic.equal(*pair))
            for pair in (
                (old.is_gap, new.is_gap),
                (old.is_conflict, new.is_conflict),
                (old.is_broken, new.is_broken),
            )
        )
        same = self.algebra.equal(old.value, new.value)
        unlike = logic.all_of(*settled, logic.negate(same))
        inside = logic.all_of(logic.negate(outside), logic.any_of(*kinds, unlike))
        refused = [logic.any_of(side.is_broken, side.is_outside) for side in (old, new)]
        past = logic.all_of(outside, logic.negate(logic.equal(*refused)))
        return inside, past


def is_unsound(logic: Logic, decided: Decided) -> Formula:
    """The decision has no outcome, whatever the reason."""
    return logic.any_of(decided.is_gap, decided.is_conflict, decided.is_broken, decided.is_outside)


def _reckons_in_months(version: Version) -> bool:
    for _, rule in version.every_rule():
        terms = [rule.then]
        for test in tests_of(rule.when):
            terms += terms_of(test)
        for term in terms:
            for part in terms_within(term):
                if isinstance(part, FormulaTerm) and part.function in BY_MONTHS:
                    return True
    return False


__all__ = ["Asked", "Found", "GaveUp", "Unsupported", "is_unsound"]
