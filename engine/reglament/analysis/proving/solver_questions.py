"""From a question to a solver and back: a request that answers it, none, or no answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reglament.analysis.proving.confirming import confirms
from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.model_reader import ModelReader
from reglament.analysis.proving.port import (
    Allowance,
    AnyConflict,
    AnyGap,
    Applies,
    Budget,
    Differs,
    Question,
)
from reglament.analysis.proving.sameness import has_same_clocks, has_same_rules, is_same
from reglament.analysis.proving.smt_decisions import DecisionFormula, Encoder, has_no_outcome
from reglament.analysis.proving.smt_functions import BY_MONTHS
from reglament.analysis.proving.smt_lists import SmtLists
from reglament.analysis.proving.smt_names import SmtNames
from reglament.analysis.proving.soft_constraints import soft_constraints
from reglament.analysis.proving.symbols import Algebra
from reglament.analysis.proving.worktimes import WorkTimes
from reglament.frozen import frozen
from reglament.model.regulation import Version
from reglament.model.terms import Formula as FormulaTerm
from reglament.model.values import Value
from reglament.model.visitor import decisions_of, hours_of, tests_of, walk

# The solver's ways with linear arithmetic: its present one, and the one before it.
ARITHMETICS = (6, 2)
PART_FOR_SOFT = 30


class GaveUp(Exception):
    """The solver did not settle it within its budget; `reason` in its own words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@frozen(slots=False)
class SolverModel:
    """A request that a solver found, and the values of the variables that make it."""

    facts: Mapping[str, Value]
    reading: ModelReader


class SolverQuestion:
    """One question as formulas, in a context of its own.

    Raises Unsupported if the question says something that has no formula.
    """

    def __init__(
        self, question: Question, budget: Budget, allowance: Allowance | None = None
    ) -> None:
        self.question = question
        self.budget = budget
        self.allowance = allowance
        self._paid = 0
        self.logic = Logic()
        by_months = any(map(_computes_in_months, self.versions))
        self.vocabulary = SmtNames(self.logic, self.versions, question.within, by_months)
        self.algebra = Algebra(self.logic)
        self.times = WorkTimes(self.logic)
        self.encoders = [
            Encoder(version, self.vocabulary, self.algebra, self.times) for version in self.versions
        ]
        self._alikes: dict[str, Formula] = {}
        # Ways for the answer to be yes, the likely ones first.
        self.ways = self._ways()
        self.lists = SmtLists(self.vocabulary, self.encoders)
        self.logic.require(*self.lists.known())
        # What one gives up on, another often settles: each knows what every request satisfies.
        self._solvers = [[self._solver(arithmetic), 0] for arithmetic in ARITHMETICS]
        self._model: Any = None
        self._core: Any = ()

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions that the question is about; its conditions are read by the last."""
        if isinstance(self.question, Differs):
            return (self.question.old, self.question.new)
        return (self.question.version,)

    def _solver(self, arithmetic: int) -> Any:
        solver = self.logic.z3.Solver(ctx=self.logic.context)
        solver.set("random_seed", 0)
        solver.set("arith.solver", arithmetic)
        return solver

    def first(self) -> SolverModel | None:
        """A request for which the answer is yes; None if there is none. Raises GaveUp."""
        for way in self.ways:
            if way is False:
                continue
            found = self.find(way)
            if found is not None:
                return found
        return None

    def find(self, *assumed: Formula) -> SolverModel | None:
        """A request for which all of this holds and the answer is yes, confirmed.

        None if there is none. Raises GaveUp.
        """
        for _ in range(self.budget.rounds):
            if not self.check(*assumed):
                return None
            self._please(assumed)
            reading = ModelReader(self.vocabulary, self._model)
            facts = self.lists.request(reading.facts())
            if facts is not None and confirms(self.question, facts):
                return SolverModel(facts, reading)
            lessons = self.times.lessons(reading.number)
            if not lessons and facts is None:
                lessons = list(self.lists.others(reading.number))
            if not lessons:
                raise GaveUp("not confirmed")
            self.logic.require(*lessons)
        raise GaveUp("rounds")

    def _please(self, assumed: tuple[Formula, ...]) -> None:
        """Find, of the requests for which all of this holds, one that people might send."""
        wanted = list(soft_constraints(self.vocabulary))
        if self._may(*assumed, *wanted):
            return
        kept: list[Formula] = []
        for constraint in wanted:
            if self._may(*assumed, *kept, constraint):
                kept.append(constraint)

    def _may(self, *assumed: Formula) -> bool:
        """Whether this is quickly found to hold together; only then is there a new model."""
        solver = self._told(0)
        result = self._checked(solver, assumed, self.budget.steps // PART_FOR_SOFT)
        if result == self.logic.z3.sat:
            self._model = solver.model()
        return bool(result == self.logic.z3.sat)

    def check(self, *assumed: Formula) -> bool:
        """Whether all of this can hold together, as far as formulas tell. Raises GaveUp."""
        if any(one is False for one in assumed):
            return False
        for place in range(len(self._solvers)):
            solver = self._told(place)
            result = self._checked(solver, assumed, self.budget.steps)
            if result == self.logic.z3.sat:
                self._model = solver.model()
            elif result == self.logic.z3.unsat and self.lists.unreal:
                raise GaveUp("no list found")
            elif result == self.logic.z3.unsat:
                self._core = solver.unsat_core()
            if result != self.logic.z3.unknown:
                return bool(result == self.logic.z3.sat)
        raise GaveUp(solver.reason_unknown())

    def _checked(self, solver: Any, assumed: tuple[Formula, ...], most: int) -> Any:
        """What the solver says, paid for with its steps, which it counts since the beginning.

        It takes `most` steps, and no more than are left of the allowance.
        """
        if self.allowance is not None and self.allowance.steps <= 0:
            raise GaveUp("allowance")
        left = most if self.allowance is None else self.allowance.steps
        solver.set("rlimit", max(1, min(most, left)))
        result = solver.check(*(one for one in assumed if one is not True))
        if self.allowance is not None:
            spent = int(solver.statistics().get_key_value("rlimit count"))
            self.allowance.steps -= spent - self._paid
            self._paid = spent
        return result

    def nowhere(self, *assumed: Formula) -> bool:
        """Whether no request is so, by what is known of working time. Raises GaveUp."""
        for _ in range(self.budget.rounds):
            if not self.check(*assumed):
                return True
            lessons = self.times.lessons(ModelReader(self.vocabulary, self._model).number)
            if not lessons:
                return False
            self.logic.require(*lessons)
        raise GaveUp("rounds")

    def core(self, *assumed: Formula, of: list[Formula]) -> list[int] | None:
        """Places of those `of` which alone cannot hold together with `assumed`; None if all can.

        Raises GaveUp.
        """
        marks = [self.logic.truth("mark") for _ in of]
        self.logic.require(*(self.logic.implies(*pair) for pair in zip(marks, of, strict=True)))
        if self.check(*assumed, *marks):
            return None
        # By their numbers: to print a formula takes longer than to solve it.
        needed = {one.get_id() for one in self._core}
        return [place for place, mark in enumerate(marks) if mark.get_id() in needed]

    def _told(self, place: int) -> Any:
        """The solver, told what holds of every request."""
        solver, told = self._solvers[place]
        for fact in self.logic.facts[told:]:
            solver.add(fact)
        self._solvers[place][1] = len(self.logic.facts)
        return solver

    # What the question asks

    def _ways(self) -> tuple[Formula, ...]:
        logic, question = self.logic, self.question
        where, refused = self.encoders[-1].condition(question.where)
        inside = logic.all_of(where, logic.negate(refused))
        if isinstance(question, Differs):
            differing = self._differing(question.decision)
            return tuple(logic.all_of(inside, way) for way in differing)
        if isinstance(question, Applies | AnyGap | AnyConflict):
            decided = self.encoders[0].decided(question.decision)
            return (logic.all_of(inside, self._of_one(question, decided)),)
        earlier = map(self.encoders[0].decided, sorted(decisions_of(question.where)))
        return inside, logic.any_of(*(decision_formula.is_doubtful for decision_formula in earlier))

    def _of_one(
        self, question: Applies | AnyGap | AnyConflict, decided: DecisionFormula
    ) -> Formula:
        if isinstance(question, AnyGap):
            return decided.is_gap
        if isinstance(question, AnyConflict):
            return decided.is_conflict
        in_doubt = self.logic.any_of(decided.is_doubtful, decided.is_refused)
        return self.logic.all_of(decided.counts[question.rule], self.logic.negate(in_doubt))

    def _differing(self, name: str) -> tuple[Formula, ...]:
        """Both compute it, differently; one cannot; something is in doubt that is not the same."""
        logic = self.logic
        old, new = (encoder.decided(name) for encoder in self.encoders)
        doubt = logic.any_of(old.is_doubtful, new.is_doubtful)
        refused = logic.any_of(old.is_refused, new.is_refused)
        unlike = logic.all_of(logic.negate(doubt), logic.negate(self._same_standing(name)))
        return (
            logic.all_of(unlike, logic.negate(refused)),
            logic.all_of(unlike, refused),
            logic.all_of(doubt, logic.negate(self._alike(name))),
        )

    def _same_standing(self, name: str) -> Formula:
        """Both versions make the same of a decision that neither is in doubt of."""
        logic = self.logic
        old, new = (encoder.decided(name) for encoder in self.encoders)
        kinds = ((old.is_gap, new.is_gap), (old.is_conflict, new.is_conflict))
        same_kind = (logic.equal(*pair) for pair in (*kinds, (old.is_refused, new.is_refused)))
        none = logic.any_of(*(has_no_outcome(logic, side) for side in (old, new)))
        same = logic.any_of(none, self.algebra.equal(old.value, new.value))
        return logic.all_of(*same_kind, same)

    def _alike(self, name: str) -> Formula:
        """Both versions certainly make the same of it, though it may be in doubt what."""
        old, new = self.versions
        if name not in old.decisions or name not in new.decisions:
            return False
        if is_same(old, new, name):
            return True
        if name not in self._alikes:
            logic = self.logic
            sides = [encoder.decided(name) for encoder in self.encoders]
            sure = logic.negate(logic.any_of(*(side.is_doubtful for side in sides)))
            same = logic.all_of(sure, self._same_standing(name))
            self._alikes[name] = logic.any_of(same, self._read_alike(name))
        return self._alikes[name]

    def _read_alike(self, name: str) -> Formula:
        """The same rules read the same: earlier decisions, and what clocks and calendars say."""
        old, new = self.versions
        if not has_same_rules(old, new, name):
            return False
        parts = [self._alike(earlier) for earlier in sorted(new.decisions[name].reads())]
        for rule in new.decisions[name].every_rule():
            for test in tests_of(rule.when):
                if not has_same_clocks(old, new, hours_of(test)):
                    found = [encoder.condition(test) for encoder in self.encoders]
                    parts.append(self._computed_alike(found, self.logic.equal))
                    parts.append(self._in_no_doubt(decisions_of(test)))
            if not has_same_clocks(old, new, hours_of(rule.then)):
                thens = [encoder.term(rule.then) for encoder in self.encoders]
                parts.append(self._computed_alike(thens, self.algebra.equal))
                parts.append(self._in_no_doubt(decisions_of(rule.then)))
        return self.logic.all_of(*parts)

    def _computed_alike(self, found: Any, equal: Callable[[Any, Any], Formula]) -> Formula:
        """Both sides, a value and whether it is refused, are refused, or have the same value."""
        logic = self.logic
        (one, one_refused), (other, other_refused) = found
        same = logic.any_of(one_refused, equal(one, other))
        return logic.all_of(logic.equal(one_refused, other_refused), same)

    def _in_no_doubt(self, names: frozenset[str]) -> Formula:
        logic = self.logic
        sides = (encoder.decided(name) for encoder in self.encoders for name in sorted(names))
        return logic.negate(logic.any_of(*(side.is_doubtful for side in sides)))


def _computes_in_months(version: Version) -> bool:
    return any(
        isinstance(part, FormulaTerm) and part.function in BY_MONTHS
        for _, rule in version.every_rule()
        for part in (*walk(rule.when), *walk(rule.then))
    )


__all__ = ["GaveUp", "SolverModel", "SolverQuestion", "Unsupported"]
