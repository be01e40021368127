"""From conditions and terms to formulas: whether they hold, and whether that can be told.

fee at most 12, the fee being amount / days
    holds:    not null and amount <= 12 * days
    refused:  the quotient is a number beyond all bounds
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.smt_functions import Functions, Result
from reglament.analysis.proving.smt_names import SmtNames, constant_symbol
from reglament.analysis.proving.symbols import (
    NULL,
    Algebra,
    BagSymbol,
    MomentSymbol,
    SmtSymbol,
    WordSymbol,
)
from reglament.analysis.proving.worktimes import WorkTimes
from reglament.model.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    Includes,
    Not,
    OneOf,
    Within,
)
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Term
from reglament.model.terms import Formula as FormulaTerm


class ConditionEncoder(ABC):
    """The conditions and terms of one version as formulas over the variables of a vocabulary."""

    def __init__(
        self, version: Version, vocabulary: SmtNames, algebra: Algebra, times: WorkTimes
    ) -> None:
        self.version = version
        self.vocabulary = vocabulary
        self.algebra = algebra
        self.logic: Logic = algebra.logic
        self.times = times
        self.functions = Functions(algebra, times)

    @abstractmethod
    def outcome(self, name: str) -> Result:
        """What a decision comes to, and whether it has no outcome."""

    def term(self, term: Term) -> Result:
        """What a term comes to, and whether it is refused."""
        if isinstance(term, Constant):
            return self.constant(term.value), False
        if isinstance(term, FactRef):
            return self.vocabulary.symbol(term.name, self.version), False
        if isinstance(term, DecisionRef):
            return self.outcome(term.name)
        if isinstance(term, Conditional):
            return self._conditional(term)
        return self._formula(term)

    def _conditional(self, term: Conditional) -> Result:
        logic = self.logic
        holds, refused = self.condition(term.when)
        (then, then_refused), (other, other_refused) = map(self.term, (term.then, term.otherwise))
        picked = logic.any_of(
            logic.all_of(holds, then_refused),
            logic.all_of(logic.negate(holds), other_refused),
        )
        return self.algebra.choose(holds, then, other), logic.any_of(refused, picked)

    def constant(self, value: Any) -> SmtSymbol:
        """The symbol of a value."""
        return constant_symbol(self.logic, self.vocabulary.codes, value, self.version.zone)

    def _formula(self, term: FormulaTerm) -> Result:
        found = [self.term(argument) for argument in term.arguments]
        symbols = [symbol for symbol, _ in found]
        refused = self.logic.any_of(*(is_refused for _, is_refused in found))
        is_null = self.logic.any_of(*(symbol.is_null for symbol in symbols))
        if is_null is True or any(type(symbol) is SmtSymbol for symbol in symbols):
            return NULL, refused
        told = [replace(symbol, is_null=False) for symbol in symbols]
        value, is_out = self._applied(term, told)
        is_out = self.logic.all_of(self.logic.negate(is_null), is_out)
        value = replace(value, is_null=self.logic.any_of(is_null, value.is_null))
        return value, self.logic.any_of(refused, is_out)

    def _applied(self, term: FormulaTerm, told: list[SmtSymbol]) -> Result:
        if not term.by:
            return self.functions.apply(term, told, self.version.hours)
        found: Result | None = None
        for word, hours in sorted(term.by, key=lambda pair: pair[0] is not None):
            own = replace(term, hours=hours, by=(), arguments=term.arguments[:-1])
            value, is_out = self.functions.apply(own, told[:-1], self.version.hours)
            if found is None:
                found = value, is_out
                continue
            is_word = self.algebra.equal(told[-1], self.constant(word))
            others = found
            found = (
                self.algebra.choose(is_word, value, others[0]),
                self.logic.any_of(
                    self.logic.all_of(is_word, is_out),
                    self.logic.all_of(self.logic.negate(is_word), others[1]),
                ),
            )
        assert found is not None
        return found

    def condition(self, condition: Condition) -> tuple[Formula, Formula]:
        """Whether the condition holds, and whether finding that out is refused."""
        match condition:
            case AllOf(parts):
                return self._joined(parts, until=False)
            case AnyOf(parts):
                return self._joined(parts, until=True)
            case Not(part):
                holds, refused = self.condition(part)
                return self.logic.negate(holds), refused
            case Counted():
                return self._counted(condition)
            case OneOf(subject, values):
                symbol, refused = self.term(subject)
                same = (self.algebra.equal(symbol, self.constant(value)) for value in values)
                return self.logic.any_of(*same), refused
            case Within(subject, hours):
                return self._within(subject, hours)
            case Includes(subject, value):
                symbol, refused = self.term(subject)
                return self._includes(symbol, value), refused
            case Comparison():
                return self._compared(condition)
        raise Unsupported("a condition of an unknown kind")

    def _joined(self, parts: tuple[Condition, ...], *, until: bool) -> tuple[Formula, Formula]:
        """Parts are tried in order, until one holds (`until`), or one does not."""
        logic = self.logic
        found = [self.condition(part) for part in parts]
        together = logic.any_of if until else logic.all_of
        holds = together(*(holding for holding, _ in found))
        if all(is_refused is False for _, is_refused in found):
            return holds, False
        reached: Formula = True
        refused: list[Formula] = []
        for holding, is_refused in found:
            refused.append(logic.all_of(reached, is_refused))
            reached = logic.all_of(reached, logic.negate(holding) if until else holding)
        return holds, logic.any_of(*refused)

    def _counted(self, condition: Counted) -> tuple[Formula, Formula]:
        """How many parts hold, part by part; every part is tried."""
        found = [self.condition(part) for part in condition.parts]
        ahead: list[Formula] = [condition.allows(held) for held in range(len(found) + 1)]
        for place, (holds, _) in enumerate(reversed(found)):
            left = len(found) - place
            ahead = [
                self.logic.any_of(
                    self.logic.all_of(holds, ahead[held + 1]),
                    self.logic.all_of(self.logic.negate(holds), ahead[held]),
                )
                for held in range(left)
            ]
        return ahead[0], self.logic.any_of(*(refused for _, refused in found))

    def _within(self, subject: Term, name: str) -> tuple[Formula, Formula]:
        symbol, refused = self.term(subject)
        if type(symbol) is SmtSymbol:
            return False, refused
        if not isinstance(symbol, MomentSymbol):
            raise Unsupported("working hours of what is no moment")
        holds, is_out = self.times.is_open(self.version.hours[name], symbol.micros, symbol.known)
        told = self.logic.negate(symbol.is_null)
        return (
            self.logic.all_of(told, holds),
            self.logic.any_of(refused, self.logic.all_of(told, is_out)),
        )

    def _includes(self, symbol: SmtSymbol, value: Any) -> Formula:
        logic = self.logic
        match symbol:
            case BagSymbol(source=str() as name):
                return self.vocabulary.item(name, value)
            case BagSymbol():
                holds = symbol.holds.get((type(value).__name__, value), False)
                return logic.all_of(logic.negate(symbol.is_null), holds)
            case WordSymbol():
                values: list[Any] = self.vocabulary.codes.values
                holds = logic.mapped(symbol.code, lambda code: value in values[code])
                if holds is not None:
                    return logic.all_of(logic.negate(symbol.is_null), holds)
        if type(symbol) is SmtSymbol:
            return False
        raise Unsupported("an item of what is no list")

    def _compared(self, test: Comparison) -> tuple[Formula, Formula]:
        logic, algebra = self.logic, self.algebra
        (one, one_refused), (other, other_refused) = map(self.term, (test.subject, test.operand))
        refused = logic.any_of(one_refused, other_refused)
        if type(one) is SmtSymbol or type(other) is SmtSymbol:
            return False, refused
        if test.by_day:
            one, other = algebra.on_day(one), algebra.on_day(other)
        match test.operator:
            case Operator.IS:
                told = [replace(symbol, is_null=False) for symbol in (one, other)]
                holds = algebra.equal(*told)
            case Operator.LESS_THAN:
                holds = algebra.is_before(one, other)
            case Operator.MORE_THAN:
                holds = algebra.is_before(other, one)
            case Operator.AT_LEAST:
                holds = logic.negate(algebra.is_before(one, other))
            case Operator.AT_MOST:
                holds = logic.negate(algebra.is_before(other, one))
        told_both = (logic.negate(one.is_null), logic.negate(other.is_null))
        return logic.all_of(*told_both, holds), refused
