"""From the decisions of a version to formulas: `reference.py`, for every request at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from reglament.analysis.proving.logic import Formula, Logic, Unsupported
from reglament.analysis.proving.smt_conditions import ConditionEncoder
from reglament.analysis.proving.smt_functions import Result
from reglament.analysis.proving.smt_names import SmtNames
from reglament.analysis.proving.symbols import NULL, Algebra, BagSymbol, SmtSymbol
from reglament.analysis.proving.worktimes import WorkTimes
from reglament.frozen import frozen
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.model.terms import Formula as FormulaTerm
from reglament.model.visitor import decisions_of


@frozen(slots=False)
class DecisionFormula:
    """What a decision comes to for every request.

    `counts` says of each rule by its id whether it counts. `is_refused`: its outcome cannot be
    computed. `is_doubtful`: it reads what is refused, or has a test that cannot be computed, so
    that it is decided only if all ways lead to one outcome; the rest then says nothing.
    """

    value: SmtSymbol
    counts: dict[str, Formula]
    is_gap: Formula
    is_conflict: Formula
    is_refused: Formula
    is_doubtful: Formula


class Encoder(ConditionEncoder):
    """The decisions of one version as formulas over the variables of a vocabulary."""

    def __init__(
        self, version: Version, vocabulary: SmtNames, algebra: Algebra, times: WorkTimes
    ) -> None:
        super().__init__(version, vocabulary, algebra, times)
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
            constant: SmtSymbol = BagSymbol(False, dict.fromkeys(items, True))
        else:
            constant = self.constant(outcome)
        same = self.algebra.equal(decided.value, constant)
        return logic.all_of(logic.negate(has_no_outcome(logic, decided)), same)

    def outcome(self, name: str) -> Result:
        """What a decision comes to, and whether it has no outcome."""
        earlier = self.decided(name)
        return earlier.value, has_no_outcome(self.logic, earlier)

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
        met, unmet = self.constant(decision.met), self.constant(decision.unmet)
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

    def _value(self, counts: list[Formula], thens: list[SmtSymbol]) -> tuple[SmtSymbol, Formula]:
        """The first value that counts, and whether another that counts is not the same."""
        logic, algebra = self.logic, self.algebra
        value: SmtSymbol = NULL
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
            value: SmtSymbol = self._extreme(decision, counts, symbols)
        else:
            zero = self.constant(decision.nothing)
            parts = [self.algebra.choose(*one, zero) for one in zip(counts, symbols, strict=True)]
            told = [replace(symbol, is_null=False) for symbol in (zero, *parts)]
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

    def _extreme(
        self, decision: Decision, counts: list[Formula], symbols: list[SmtSymbol]
    ) -> SmtSymbol:
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
