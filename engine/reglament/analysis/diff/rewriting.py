"""From the rules of a version to the same rules in canonical terms, with hours renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reglament.model.conditions import (
    All,
    Any,
    Comparison,
    Condition,
    Includes,
    Not,
    OneOf,
    Within,
)
from reglament.model.policy import Decision, Rule
from reglament.model.terms import Formula, Term

COMMUTATIVE = frozenset({"product", "minimum", "maximum", "sum"})


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Renames `hours`, puts the arguments of sums in one order, and forgets places in files."""

    hours: Mapping[str, str]

    def decision(self, decision: Decision) -> Decision:
        """The decision with all of its rules rewritten."""
        rules = tuple(map(self.rule, decision.rules))
        other = decision.otherwise
        return replace(decision, rules=rules, otherwise=None if other is None else self.rule(other))

    def rule(self, rule: Rule) -> Rule:
        """The rule with its condition and outcome rewritten."""
        return replace(rule, when=self.condition(rule.when), then=self.term(rule.then))

    def condition(self, condition: Condition) -> Condition:
        """The condition, rewritten."""
        match condition:
            case All(parts):
                return All(tuple(map(self.condition, parts)))
            case Any(parts):
                return Any(tuple(map(self.condition, parts)))
            case Not(part):
                return Not(self.condition(part))
            case Within(subject, hours):
                return Within(self.term(subject), self._renamed(hours))
            case OneOf() | Includes():
                return replace(condition, subject=self.term(condition.subject), place=None)
            case Comparison(subject, _, operand):
                subject, operand = self.term(subject), self.term(operand)
                return replace(condition, subject=subject, operand=operand, place=None)

    def term(self, term: Term) -> Term:
        """The term, rewritten."""
        if not isinstance(term, Formula):
            return term
        arguments = tuple(map(self.term, term.arguments))
        if term.function in COMMUTATIVE:
            arguments = tuple(sorted(arguments, key=repr))
        hours = None if term.hours is None else self._renamed(term.hours)
        return Formula(term.function, arguments, hours, term.tie)

    def _renamed(self, hours: str) -> str:
        return self.hours.get(hours, hours)
