"""From the divisors that a rule computes with to those that its condition does not show to differ
from zero.

    when: {items: {more_than: 0}}, then: {quotient_half_up: [total, items, 1]}    shown
    items: {type: integer, at_least: 1}                               shown by a bound

As in `narrowing`, read off the form of a condition alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from reglament.frozen import frozen
from reglament.functions.arithmetic import divisor_of, units_of
from reglament.functions.table import read_field
from reglament.language.loading.decisions.narrowing import common_of, union_of
from reglament.model.conditions import Comparison, Condition, OneOf, Test
from reglament.model.decisions import Decision, Rule
from reglament.model.operators import Operator
from reglament.model.terms import Conditional, Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Period, Type
from reglament.model.visitor import children, fold, walk

# Through how many decisions a divisor is followed; beyond them it is not shown.
MOST_DECISIONS = 8

# Of terms, that they are above zero (1), below it (-1), or not zero (0).
Shown = frozenset[tuple[Term, int]]
NOTHING: Shown = frozenset()


@frozen
class Divisors:
    """What is known of zero: from the types of facts, and from the decisions of a version."""

    facts: Mapping[str, Type]
    decisions: Mapping[str, Decision]

    def unshown(self, decision: Decision, rule: Rule) -> Iterator[tuple[Term, bool]]:
        """The divisors that may be zero, and whether what the rule gives divides by them."""
        for divisor in self._in(rule.when, _shown(rule.when)):
            yield divisor, False
        for divisor in self._in(rule.then, self._where_it_counts(decision, rule)):
            yield divisor, True

    def _where_it_counts(self, decision: Decision, rule: Rule) -> Shown:
        """What is known where the rule applies, and what overrides it, or comes first, does not."""
        is_otherwise = rule is decision.otherwise
        above = (
            one.when
            for one in decision.rules
            if is_otherwise or any(over.rule == rule.id for over in one.overrides)
        )
        return _shown(rule.when) | union_of(_shown(condition, holds=False) for condition in above)

    def _in(self, node: Any, shown: Shown) -> Iterator[Term]:
        divisor = self._divisor(node) if isinstance(node, Formula) else None
        if divisor is not None and not self._is_shown(divisor, 0, shown):
            yield divisor
        if isinstance(node, Conditional):
            yield from self._in(node.when, shown)
            yield from self._in(node.then, shown | _shown(node.when))
            yield from self._in(node.otherwise, shown | _shown(node.when, holds=False))
            return
        for below in children(node):
            yield from self._in(below, shown)
        if isinstance(node, Formula) and node.each is not None:
            yield from self._in(node.each.where, shown)
            yield from self._in(node.each.term, shown | _shown(node.each.where))

    def _divisor(self, formula: Formula) -> Term | None:
        place = divisor_of(formula.function)
        if place is None:
            return None
        if place == 0 and self._is_positive_exponent(formula.arguments[1]):
            return None
        return formula.arguments[place]

    def _is_positive_exponent(self, exponent: Term) -> bool:
        if isinstance(exponent, Constant):
            return isinstance(exponent.value, int) and exponent.value >= 0
        if isinstance(exponent, Formula) and exponent.function == "maximum":
            return any(map(self._is_positive_exponent, exponent.arguments))
        type_ = self.facts.get(exponent.name) if isinstance(exponent, FactRef) else None
        return type_ is not None and type_.at_least is not None and type_.at_least >= 0

    def _is_shown(self, term: Term, sign: int, shown: Shown, depth: int = MOST_DECISIONS) -> bool:
        """Whether the term is never zero (sign 0), or always above or below it."""
        if (term, sign) in shown:
            return True
        match term:
            case Constant(value):
                return _sign(value) == sign if sign else _sign(value) not in (None, 0)
            case FactRef(name):
                return sign in _signs_within(self.facts.get(name))
            case DecisionRef(name):
                return depth > 0 and self._is_shown_of(name, sign, depth - 1)
            case Conditional(when, then, otherwise):
                return self._is_shown(then, sign, shown | _shown(when), depth) and self._is_shown(
                    otherwise, sign, shown | _shown(when, holds=False), depth
                )
            case Formula():
                return self._is_shown_of_formula(term, sign, shown, depth)
        return False

    def _is_shown_of(self, name: str, sign: int, depth: int) -> bool:
        decision = self.decisions.get(name)
        if decision is None or not decision.kind.gives_one:
            return False
        return all(
            self._is_shown(rule.then, sign, self._where_it_counts(decision, rule), depth)
            for rule in decision.every_rule()
        )

    def _is_shown_of_formula(self, term: Formula, sign: int, shown: Shown, depth: int) -> bool:
        def signed(wanted: int) -> Iterator[bool]:
            return (self._is_shown(argument, wanted, shown, depth) for argument in term.arguments)

        if sign == 0:
            if term.function == "product":
                return all(signed(0))
            return any(self._is_shown_of_formula(term, one, shown, depth) for one in (1, -1))
        if term.function == ("maximum" if sign > 0 else "minimum"):
            return any(signed(sign))
        if term.function == "sum":
            return any(signed(sign)) and all(
                self._is_shown(argument, sign, shown, depth) or self._reaches_zero(argument, sign)
                for argument in term.arguments
            )
        if term.function in ("minimum", "maximum"):
            return all(signed(sign))
        return term.function in ("product", "percent") and sign > 0 and all(signed(1))

    def _reaches_zero(self, term: Term, sign: int) -> bool:
        """Whether the term is zero or on that side of it, by what is written or by a bound."""
        if isinstance(term, Formula):
            is_kept = sign > 0 and term.function.partition("_")[0] in _NEVER_BELOW
            return is_kept and all(self._reaches_zero(one, sign) for one in term.arguments)
        type_ = self.facts.get(term.name) if isinstance(term, FactRef) else None
        bound = None if type_ is None else type_.at_least if sign > 0 else type_.at_most
        end = _sign(term.value if isinstance(term, Constant) else bound)
        return end in (0, sign)


# Of numbers none of which is below zero, these make none that is; of some, each way to round.
_NEVER_BELOW = frozenset({
    "sum", "product", "percent", "minimum", "maximum", "absolute", "quotient", "power", "mean",
    "round", "floor", "ceiling",
})  # fmt: skip


def _shown(condition: Condition, *, holds: bool = True) -> Shown:
    """What is known of zero wherever the condition holds (or fails)."""
    return fold(condition, _of_test, union_of, common_of, holds=holds)


def _of_test(test: Test, holds: bool) -> Shown:
    if isinstance(test, OneOf):
        names_zero = any(_sign(value) == 0 for value in test.values)
        return frozenset({(test.subject, 0)}) if names_zero is not holds else NOTHING
    if not isinstance(test, Comparison):
        return NOTHING
    found = set(_compared(test.subject, test.operator, test.operand, holds))
    return frozenset(
        found | set(_compared(test.operand, test.operator.turned, test.subject, holds))
    )


def _compared(
    term: Term, operator: Operator, other: Term, holds: bool
) -> Iterator[tuple[Term, int]]:
    value = _sign(other.value) if isinstance(other, Constant) else None
    if value is None:
        return
    if operator is Operator.IS:
        if holds and value:
            yield from ((term, value), (term, 0))
        elif not holds and value == 0:
            yield term, 0
        return
    meant = operator if holds else operator.opposite
    for sign, strict, open_ in (
        (1, Operator.MORE_THAN, Operator.AT_LEAST),
        (-1, Operator.LESS_THAN, Operator.AT_MOST),
    ):
        if (meant is strict and value * sign >= 0) or (meant is open_ and value * sign > 0):
            yield from ((term, sign), (term, 0))


def _sign(value: Any) -> int | None:
    """Whether a number, a duration or a period is above zero (1), below it (-1), or zero."""
    if isinstance(value, timedelta | Period):
        value = units_of(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return int(value > 0) - int(value < 0)


def _signs_within(type_: Type | None) -> set[int]:
    """What the bounds of a type show."""
    low, high = (None, None) if type_ is None else (type_.at_least, type_.at_most)
    if low is not None and _sign(low) == 1:
        return {0, 1}
    return {0, -1} if high is not None and _sign(high) == -1 else set()


def name_of(term: Term) -> str:
    """What the term is called, or the first name in it."""
    for part in walk(term):
        if isinstance(part, FactRef | DecisionRef):
            return part.name
        field, record = read_field(part) or ("", part)
        if field:
            return f"{name_of(record)}.{field}"
    return "…"
