"""The meaning of a policy, read naively: every rule, one by one, for facts that are all told.

This module is the specification. It knows no diagram and takes no short cut;
every fast reader is tested against it, and an auditor can read it in one sitting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from reglament.formulas import apply
from reglament.model.conditions import (
    All,
    Comparison,
    Condition,
    Includes,
    Not,
    OneOf,
    Operator,
    Within,
    deciding_tests,
    decisions_read,
)
from reglament.model.conditions import (
    Any as AnyOf,
)
from reglament.model.policy import Decision, DecisionKind, Rule, Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Term, decisions_of
from reglament.model.values import Value

MEANING: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.IS: lambda told, said: told == said,
    Operator.AT_LEAST: lambda told, said: told >= said,
    Operator.AT_MOST: lambda told, said: told <= said,
    Operator.MORE_THAN: lambda told, said: told > said,
    Operator.LESS_THAN: lambda told, said: told < said,
}


class Undecided(Exception):
    """The policy gives no single outcome: a gap (no rule applies) or a conflict (`outcomes`)."""

    def __init__(self, decision: str, rules: tuple[str, ...], outcomes: tuple[Value, ...]) -> None:
        self.decision = decision
        self.rules = rules
        self.outcomes = outcomes
        super().__init__(decision, rules, outcomes)


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one decision, the rules behind it, and those that were overridden."""

    outcome: Value
    rules: tuple[str, ...]
    overridden: tuple[str, ...] = ()


def decide(version: Version, facts: Mapping[str, Value]) -> dict[str, Answer]:
    """Every decision of `version` for `facts`, none of which may be missing.

    Raises Undecided for a gap or a conflict, OutsideCalendar for a date that no
    calendar covers, KeyError for a missing fact that a rule reads.
    """
    view = View(version, facts)
    return {name: view.answer(decision) for name, decision in version.decisions.items()}


class View:
    """What a policy means for one request whose facts are told."""

    def __init__(self, version: Version, facts: Mapping[str, Value]) -> None:
        self.version = version
        self.facts = facts
        self.answers: dict[str, Answer] = {}

    def answer(self, decision: Decision) -> Answer:
        """The answer to `decision`; the decisions it builds on are answered first."""
        if decision.name not in self.answers:
            self.answers[decision.name] = self._answer(decision)
        return self.answers[decision.name]

    def cited(self, decision: Decision) -> tuple[str, ...]:
        """The clauses that the rules behind the answer cite."""
        behind = self.answer(decision).rules
        rules = [rule for rule in decision.every_rule() if rule.id in behind]
        return tuple(dict.fromkeys(one for rule in rules for one in self._cited(decision, rule)))

    def _cited(self, decision: Decision, rule: Rule) -> Iterator[str]:
        """Its own clauses, those alone that an earlier decision picks; or else what it rests on."""
        for one in rule.citations:
            if self.holds(one.when):
                yield from one.clauses
        if not rule.citations:
            yield from rule.clauses
        if not rule.clauses:
            for name in self._rests_on(decision, rule):
                yield from self.cited(self.version.decisions[name])

    def _rests_on(self, decision: Decision, rule: Rule) -> Iterator[str]:
        """The decisions by whose tests the rule came to apply, and those that it gives.

        `otherwise` applies by the tests for want of which no other rule does.
        """
        is_otherwise = rule is decision.otherwise
        for one in decision.rules if is_otherwise else (rule,):
            for test, wanted in deciding_tests(one.when, not is_otherwise):
                if self.holds(test) is wanted:
                    yield from sorted(decisions_read(test))
        yield from sorted(decisions_of(rule.then))

    def value(self, term: Term) -> Value:
        """What the term comes to."""
        if isinstance(term, Constant):
            return term.value
        if isinstance(term, FactRef):
            return self.facts[term.name]
        if isinstance(term, DecisionRef):
            return self.answer(self.version.decisions[term.name]).outcome
        arguments = tuple(self.value(argument) for argument in term.arguments)
        return apply(term, arguments, self.version.hours)

    def holds(self, condition: Condition) -> bool:
        """Whether the condition holds."""
        match condition:
            case All(parts):
                return all(self.holds(part) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part) for part in parts)
            case Not(part):
                return not self.holds(part)
            case OneOf(subject, values):
                return self.value(subject) in values
            case Within(subject, hours):
                moment = self.value(subject)
                return moment is not None and self.version.hours[hours].is_open(
                    cast(datetime, moment)
                )
            case Includes(subject, value):
                return value in cast(tuple[Value, ...], self.value(subject) or ())
            case Comparison(subject, operator, operand, by_day):
                return compare(self.value(subject), operator, self.value(operand), by_day)

    def _answer(self, decision: Decision) -> Answer:
        for earlier in self.version.built_on(decision):
            self.answer(earlier)
        applying = [rule for rule in decision.rules if self.holds(rule.when)]
        overridden = {over.rule for rule in applying for over in rule.overrides}
        counting = [rule for rule in applying if rule.id not in overridden]
        aside = tuple(rule.id for rule in applying if rule.id in overridden)
        outcome, rules = OUTCOME[decision.kind](self, decision, counting)
        return Answer(outcome, tuple(rule.id for rule in rules), aside)

    def agreed(self, decision: Decision, counting: list[Rule]) -> tuple[Value, list[Rule]]:
        """The one outcome on which the rules that count agree, or what `otherwise` says."""
        if not counting and decision.otherwise is not None:
            counting = [decision.otherwise]
        outcomes = [self.value(rule.then) for rule in counting]
        if not outcomes or any(outcome != outcomes[0] for outcome in outcomes):
            raise Undecided(decision.name, tuple(rule.id for rule in counting), tuple(outcomes))
        return outcomes[0], counting

    def checked(self, decision: Decision, counting: list[Rule]) -> tuple[Value, list[Rule]]:
        """`met` where every requirement holds, else `unmet`; the rules are the ones that say so."""
        unmet = [rule for rule in decision.rules if rule not in counting]
        return (decision.unmet, unmet) if unmet else (decision.met, counting)

    def collected(self, decision: Decision, counting: list[Rule]) -> tuple[Value, list[Rule]]:
        """The items of the rules that count, in the order in which the policy lists them."""
        items = {self.value(rule.then) for rule in counting}
        return tuple(option for option in decision.type.options if option in items), counting


OUTCOME: Mapping[DecisionKind, Callable[..., tuple[Value, list[Rule]]]] = {
    DecisionKind.OUTCOME: View.agreed,
    DecisionKind.CHECKLIST: View.checked,
    DecisionKind.COLLECTION: View.collected,
}


def compare(told: Value, operator: Operator, said: Value, by_day: bool) -> bool:
    """Whether `told operator said`; false where either is null. Days are compared `by_day`."""
    if told is None or said is None:
        return False
    if by_day:
        told, said = _day(told), _day(said)
    return MEANING[operator](told, said)


def _day(moment: Value) -> date:
    return moment.date() if isinstance(moment, datetime) else cast(date, moment)
