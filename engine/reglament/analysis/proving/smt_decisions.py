"""From the decisions of a version to formulas: `reference.py`, for every request at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.smt_functions import Functions, Result
from reglament.analysis.proving.smt_names import SmtNames, constant_symbol
from reglament.analysis.proving.symbols import (
    NULL,
    Algebra,
    BagSymbol,
    MomentSymbol,
    Symbol,
    WordSymbol,
)
from reglament.analysis.proving.worktimes import WorkTimes
from reglament.frozen import frozen
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
from reglament.model.regulation import Decision, DecisionKind, Rule, Version
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Term
from reglament.model.terms import Formula as FormulaTerm
from reglament.model.visitor import decisions_of


@frozen(slots=False)
class DecisionFormula:
    """What a decision comes to for every request.

    `counts` says of each rule by its id whether it counts. `is_refused`: its outcome cannot be
    reckoned. `is_doubtful`: it reads what is refused, or has a test that cannot be reckoned, so
    that it is decided only if all ways lead to one outcome; the rest then says nothing.
    """

    value: Symbol
    counts: dict[str, Formula]
    is_gap: Formula
    is_conflict: Formula
    is_refused: Formula
    is_doubtful: Formula


class Encoder:
    """The decisions of one version as formulas over the variables of a vocabulary."""

    def __init__(
        self, version: Version, vocabulary: SmtNames, algebra: Algebra, times: WorkTimes
    ) -> None:
        self.version = version
        self.vocabulary = vocabulary
        self.algebra = algebra
        self.logic: Logic = algebra.logic
        self.times = times
        self.functions = Functions(algebra, times)
        self._decided: dict[str, DecisionFormula] = {}

    def decided(self, name: str) -> DecisionFormula:
        """The decision, and before it those that it builds on."""
        waiting = [name]
        while waiting:
            decision = self.version.decisions[waiting[-1]]
            earlier = [
                one.name for one in self.version.built_on(decision) if one.name not in self._decided
            ]
            if earlier and decision.name not in self._decided:
                waiting += earlier
                continue
            waiting.pop()
            if decision.name not in self._decided:
                self._decided[decision.name] = self._made(decision)
        return self._decided[name]

    def stands(self, name: str, kind: str, outcome: Any) -> Formula:
        """The decision is of that kind: decided with the outcome, a gap, a conflict, refused."""
        logic, decided = self.logic, self.decided(name)
        if kind == "gap":
            return decided.is_gap
        if kind == "conflict":
            return decided.is_conflict
        if kind == "refused":
            return decided.is_refused
        if isinstance(decided.value, BagSymbol) and decided.value.source is None:
            items = ((type(item).__name__, item) for item in outcome)
            constant: Symbol = BagSymbol(False, dict.fromkeys(items, True))
        else:
            constant = self._constant(outcome)
        same = self.algebra.equal(decided.value, constant)
        return logic.all_of(logic.negate(has_no_outcome(logic, decided)), same)

    # Terms and conditions: what they come to, and whether working that out is refused

    def term(self, term: Term) -> Result:
        """What a term comes to, and whether it is refused."""
        if isinstance(term, Constant):
            return self._constant(term.value), False
        if isinstance(term, FactRef):
            return self.vocabulary.symbol(term.name, self.version), False
        if isinstance(term, DecisionRef):
            earlier = self.decided(term.name)
            return earlier.value, has_no_outcome(self.logic, earlier)
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

    def _constant(self, value: Any) -> Symbol:
        return constant_symbol(self.logic, self.vocabulary.codes, value, self.version.zone)

    def _formula(self, term: FormulaTerm) -> Result:
        found = [self.term(argument) for argument in term.arguments]
        symbols = [symbol for symbol, _ in found]
        refused = self.logic.any_of(*(is_refused for _, is_refused in found))
        is_null = self.logic.any_of(*(symbol.is_null for symbol in symbols))
        if is_null is True or any(type(symbol) is Symbol for symbol in symbols):
            return NULL, refused
        told = [replace(symbol, is_null=False) for symbol in symbols]
        value, is_out = self._applied(term, told)
        is_out = self.logic.all_of(self.logic.negate(is_null), is_out)
        value = replace(value, is_null=self.logic.any_of(is_null, value.is_null))
        return value, self.logic.any_of(refused, is_out)

    def _applied(self, term: FormulaTerm, told: list[Symbol]) -> Result:
        if not term.by:
            return self.functions.apply(term, told, self.version.hours)
        found: Result | None = None
        for word, hours in sorted(term.by, key=lambda pair: pair[0] is not None):
            own = replace(term, hours=hours, by=(), arguments=term.arguments[:-1])
            value, is_out = self.functions.apply(own, told[:-1], self.version.hours)
            if found is None:
                found = value, is_out
                continue
            is_word = self.algebra.equal(told[-1], self._constant(word))
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
                same = (self.algebra.equal(symbol, self._constant(value)) for value in values)
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
        if type(symbol) is Symbol:
            return False, refused
        if not isinstance(symbol, MomentSymbol):
            raise Unsupported("working hours of what is no moment")
        holds, is_out = self.times.is_open(self.version.hours[name], symbol.micros, symbol.known)
        told = self.logic.negate(symbol.is_null)
        return (
            self.logic.all_of(told, holds),
            self.logic.any_of(refused, self.logic.all_of(told, is_out)),
        )

    def _includes(self, symbol: Symbol, value: Any) -> Formula:
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
        if type(symbol) is Symbol:
            return False
        raise Unsupported("an item of what is no list")

    def _compared(self, test: Comparison) -> tuple[Formula, Formula]:
        logic, algebra = self.logic, self.algebra
        (one, one_refused), (other, other_refused) = map(self.term, (test.subject, test.operand))
        refused = logic.any_of(one_refused, other_refused)
        if type(one) is Symbol or type(other) is Symbol:
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

    # Decisions

    def _made(self, decision: Decision) -> DecisionFormula:
        logic = self.logic
        found = [self.condition(rule.when) for rule in decision.rules]
        doubtful = logic.any_of(*(refused for _, refused in found))
        holds = [holding for holding, _ in found]
        counts = self._counting(decision, holds)
        make = MADE.get(decision.kind)
        if make is None:
            raise Unsupported(f"`{decision.name}`")
        return make(self, decision, counts, doubtful)

    def _checked(
        self, decision: Decision, counts: list[Formula], doubtful: Formula
    ) -> DecisionFormula:
        is_met = self.logic.all_of(*counts)
        met, unmet = self._constant(decision.met), self._constant(decision.unmet)
        value = self.algebra.choose(is_met, met, unmet)
        counting = dict(zip((rule.id for rule in decision.rules), counts, strict=True))
        return DecisionFormula(value, counting, False, False, False, doubtful)

    def _counting(self, decision: Decision, holds: list[Formula]) -> list[Formula]:
        """Of each rule, whether it holds and none that holds overrides it."""
        logic = self.logic
        over: dict[str, list[Formula]] = {}
        for rule, holding in zip(decision.rules, holds, strict=True):
            for override in rule.overrides:
                over.setdefault(override.rule, []).append(holding)
        return [
            logic.all_of(holding, *map(logic.negate, over.get(rule.id, ())))
            for rule, holding in zip(decision.rules, holds, strict=True)
        ]

    def _agreed(
        self, decision: Decision, counts: list[Formula], doubtful: Formula
    ) -> DecisionFormula:
        logic = self.logic
        rules: list[Rule] = list(decision.rules)
        none = logic.all_of(*map(logic.negate, counts))
        gap = none
        if decision.otherwise is not None:
            rules.append(decision.otherwise)
            counts = [*counts, none]
            gap = False
        thens = [self.term(rule.then) for rule in rules]
        refused = logic.any_of(
            *(logic.all_of(one, out) for one, (_, out) in zip(counts, thens, strict=True))
        )
        reads = any(decisions_of(rule.then) for rule in rules)
        if reads:  # what it would give may be refused, and still be one outcome
            doubtful, refused = logic.any_of(doubtful, refused), False
        value, conflict = self._value(counts, [symbol for symbol, _ in thens])
        if decision.hit_policy == "unique":
            conflict = logic.any_of(*(logic.all_of(*pair) for pair in combinations(counts, 2)))
        is_sound = logic.negate(logic.any_of(doubtful, refused))
        return DecisionFormula(
            value if rules else NULL,
            dict(zip((rule.id for rule in rules), counts, strict=True)),
            logic.all_of(is_sound, gap),
            logic.all_of(is_sound, conflict),
            logic.all_of(logic.negate(doubtful), refused),
            doubtful,
        )

    def _value(self, counts: list[Formula], thens: list[Symbol]) -> tuple[Symbol, Formula]:
        """The first value that counts, and whether another that counts is not the same."""
        logic, algebra = self.logic, self.algebra
        value: Symbol = NULL
        disputed: list[Formula] = []
        # From the last to the first, so that the first that counts is chosen.
        counted_after: Formula = False
        for counting, then in zip(reversed(counts), reversed(thens), strict=True):
            unlike = (
                logic.negate(algebra.equal(then, value)) if counted_after is not False else False
            )
            disputed.append(logic.all_of(counting, counted_after, unlike))
            value = then if counted_after is False else algebra.choose(counting, then, value)
            counted_after = logic.any_of(counting, counted_after)
        return value, logic.any_of(*disputed)

    def _collected(
        self, decision: Decision, counts: list[Formula], doubtful: Formula
    ) -> DecisionFormula:
        logic = self.logic
        if decision.counts_rules:  # which of equal items, and in which order, has no formula
            raise Unsupported(f"`{decision.name}`")
        holds: dict[object, Formula] = {}
        for rule, counting in zip(decision.rules, counts, strict=True):
            if not isinstance(rule.then, Constant):
                raise Unsupported(f"`{decision.name}`")
            if rule.then.value not in decision.type.options:  # their order is that of the rules
                raise Unsupported(f"`{decision.name}`")
            item = (type(rule.then.value).__name__, rule.then.value)
            holds[item] = logic.any_of(holds.get(item, False), counting)
        counting_by_id = dict(zip((rule.id for rule in decision.rules), counts, strict=True))
        return DecisionFormula(
            BagSymbol(False, holds), counting_by_id, False, False, False, doubtful
        )

    def _totalled(
        self, decision: Decision, counts: list[Formula], doubtful: Formula
    ) -> DecisionFormula:
        """The sum of what counts, the rest being zero; or the least, the greatest that counts."""
        logic = self.logic
        thens = [self.term(rule.then) for rule in decision.rules]
        refused = logic.any_of(
            *(logic.all_of(one, out) for one, (_, out) in zip(counts, thens, strict=True))
        )
        symbols = [symbol for symbol, _ in thens]
        if decision.total in ("minimum", "maximum"):
            value: Symbol = self._extreme(decision, counts, symbols)
        else:
            zero = self._constant(decision.nothing)
            parts = [self.algebra.choose(*one, zero) for one in zip(counts, symbols, strict=True)]
            told = [replace(one, is_null=False) for one in (zero, *parts)]
            value, is_large = self.functions.apply(FormulaTerm("sum", ()), told, {})
            refused = logic.any_of(refused, is_large)
        counting = dict(zip((rule.id for rule in decision.rules), counts, strict=True))
        if decision.otherwise is not None:
            none = logic.all_of(*map(logic.negate, counts))
            other, is_out = self.term(decision.otherwise.then)
            value = self.algebra.choose(none, other, value)
            refused = logic.choose(none, is_out, refused)
            counting[decision.otherwise.id] = none
        if any(decisions_of(rule.then) for rule in decision.every_rule()):
            doubtful, refused = logic.any_of(doubtful, refused), False
        sound = logic.negate(doubtful)
        return DecisionFormula(
            value, counting, False, False, logic.all_of(sound, refused), doubtful
        )

    def _extreme(self, decision: Decision, counts: list[Formula], symbols: list[Symbol]) -> Symbol:
        logic, algebra = self.logic, self.algebra
        value, counted = NULL, False
        for counting, symbol in zip(counts, symbols, strict=True):
            better: Formula = True
            if counted is not False:
                pair = (symbol, value) if decision.total == "minimum" else (value, symbol)
                better = logic.any_of(logic.negate(counted), algebra.is_before(*pair))
                value = algebra.choose(logic.all_of(counting, better), symbol, value)
            else:
                value = symbol
            counted = logic.any_of(counted, counting)
        return value


# How each kind of decision is made; one that is not here is not settled.
MADE: Mapping[
    DecisionKind, Callable[[Encoder, Decision, list[Formula], Formula], DecisionFormula]
] = {
    DecisionKind.OUTCOME: Encoder._agreed,
    DecisionKind.CHECKLIST: Encoder._checked,
    DecisionKind.COLLECTION: Encoder._collected,
    DecisionKind.TOTAL: Encoder._totalled,
}


def has_no_outcome(logic: Logic, decided: DecisionFormula) -> Formula:
    """The decision has no outcome, or that is in doubt."""
    return logic.any_of(
        decided.is_gap, decided.is_conflict, decided.is_refused, decided.is_doubtful
    )
