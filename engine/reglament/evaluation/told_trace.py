"""The trace of a decision of which all that it rests on is told: straight from its conditions.

What its earlier decisions cite and hang on is asked of their outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from reglament.evaluation.trace import Cited, Trace
from reglament.functions.evaluate import reader
from reglament.model.outcomes import TestSeen
from reglament.model.policy import Rule
from reglament.model.terms import (
    Term,
)
from reglament.model.values import Value
from reglament.model.visitor import (
    decisions_of,
)


class ToldTrace(Trace):
    """Why one decision came out as it did, for facts that are told.

    Each method raises the reason for a test, of those that it looks at, or a term that
    cannot be reckoned.
    """

    @cached_property
    def _applying(self) -> frozenset[str]:
        tested, rules = self.state.tested, self.conditions.rules
        return frozenset(r.id for r in self.decision.rules if rules[r.id].applies(tested))

    @cached_property
    def _counting(self) -> frozenset[str]:
        applying = [rule for rule in self.decision.rules if rule.id in self._applying]
        counting = self._applying.difference(
            over.rule for rule in applying for over in rule.overrides
        )
        if not counting and self.decision.otherwise is not None:
            return frozenset({self.decision.otherwise.id})
        return counting

    def applies(self, rule: Rule) -> bool:
        """Whether the condition of the rule holds."""
        return rule.id in self._applying

    def counts(self, rule: Rule) -> bool:
        """Whether the rule applies and is not overridden."""
        return rule.id in self._counting

    def tests(self, rule: Rule, outcome: bool | None) -> tuple[TestSeen, ...]:
        """The tests that decided the condition; all of them where no single one did."""
        tested, compiled = self.state.tested, self.conditions.rules[rule.id]
        deciding = compiled.deciding[outcome is True]
        shown = [(test, n) for test, n, wanted in deciding if tested[n][0] is wanted]
        return tuple([TestSeen(test, *tested[number]) for test, number in shown or compiled.tests])

    def value(self, term: Term) -> Value:
        """What the term comes to."""
        found: Value = reader(term, self.state.version.hours)(self.state.known)
        return found

    def clauses(self, rules: Iterable[Rule]) -> Cited:
        """The clauses that the rules cite."""
        found: Cited = {}
        for rule in rules if self.state.version.clauses else ():
            for clause, is_sure in self.cited(rule).items():
                found[clause] = found.get(clause, False) or is_sure
        return found

    def cited(self, rule: Rule) -> Cited:
        """Its own clauses, those that are picked; or else what it rests on, as the reference."""
        citations, tested = self.conditions.rules[rule.id].citations, self.state.tested
        if citations:
            picked = [clauses for applies, clauses in citations if applies(tested)]
            return {clause: True for clauses in picked for clause in clauses}
        if rule.clauses:
            return dict.fromkeys(rule.clauses, True)
        found: Cited = {}
        for name in dict.fromkeys(self._rests_on(rule)):
            earlier = self.state[name]
            open_ = earlier.open_clauses
            for clause in earlier.clauses:
                found[clause] = found.get(clause, False) or clause not in open_
        return found

    def _rests_on(self, rule: Rule) -> Iterator[str]:
        """The decisions by whose tests the rule came to apply, and those that it gives."""
        tested, conditions = self.state.tested, self.conditions
        is_otherwise = rule is self.decision.otherwise
        for one in self.decision.rules if is_otherwise else (rule,):
            for test, number, wanted in conditions.rules[one.id].deciding[not is_otherwise]:
                if tested[number][0] is wanted:
                    yield from sorted(decisions_of(test))
        yield from sorted(decisions_of(rule.then))
