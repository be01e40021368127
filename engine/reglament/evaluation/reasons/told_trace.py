"""The trace of a decision of which all that it rests on is told: straight from its conditions.

What its earlier decisions cite and hang on is asked of their outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reglament.evaluation.reasons.trace import (
    APPLIED,
    NOT_APPLIED,
    OVERRIDDEN,
    Cited,
    Trace,
    add_cited,
    cited_by,
)
from reglament.evaluation.request_state import RequestState
from reglament.evaluation.rule_functions import Tested
from reglament.functions.evaluate import reader
from reglament.memo import kept_property
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import RulesSeen, RuleStatus, RuleTrace, TestSeen
from reglament.model.terms import Term
from reglament.model.values import Value
from reglament.reference import REFUSALS


class ToldTrace(Trace):
    """Why one decision came out as it did, for facts that are told.

    Each method raises the reason for a test, of those that it looks at, or a term that
    cannot be computed.
    """

    def __init__(
        self, state: RequestState, decision: Decision, tested: Tested | None = None
    ) -> None:
        super().__init__(state, decision)
        self.tested = state.tested if tested is None else tested
        # Whether only what is cited is asked, of the decisions below, too.
        self._is_alone = tested is not None
        self._found: tuple[set[str], set[str]] | None = None

    @property
    def _rules(self) -> tuple[set[str], set[str]]:
        """The rules that apply, and those that count; what is cited can be told without them."""
        if self._found is None:
            tested, compiled, decision = self.tested, self.conditions.rules, self.decision
            applying = [rule for rule in decision.rules if compiled[rule.id].applies(tested)]
            overridden = {over.rule for rule in applying for over in rule.overrides}
            counting = {rule.id for rule in applying} - overridden
            if not counting and decision.otherwise is not None:
                counting = {decision.otherwise.id}
            self._found = {rule.id for rule in applying}, counting
        return self._found

    def applies(self, rule: Rule) -> bool:
        """Whether the condition of the rule holds."""
        return rule.id in self._rules[0]

    def counts(self, rule: Rule) -> bool:
        """Whether the rule applies and is not overridden."""
        return rule.id in self._rules[1]

    @kept_property
    def certain(self) -> tuple[Rule, ...]:
        """The rules that count."""
        counting = self._rules[1]
        return tuple([rule for rule in self.decision.every_rule() if rule.id in counting])

    @kept_property
    def every_rule(self) -> tuple[RuleTrace, ...]:
        """What became of every rule: those that do not apply, as most do not, at once."""
        if self.is_checklist or self.state.evaluator.has_lists:
            return super().every_rule
        applying = self._rules[0] | self._rules[1]
        return tuple(
            [
                self._traced(rule)
                if rule.id in applying
                else RuleTrace(rule.id, NOT_APPLIED, (), self.tests(rule, False))
                for rule in self.decision.every_rule()
            ]
        )

    def _became(self, rule: Rule) -> tuple[RuleStatus, tuple[str, ...], tuple[TestSeen, ...]]:
        applying, counting = self._rules
        if rule.id in counting:
            return APPLIED, (), self.tests(rule, True)
        if rule.id in applying:
            others = self.conditions.rules[rule.id].overridden_by
            return OVERRIDDEN, tuple([one for one in others if one in applying]), ()
        return NOT_APPLIED, (), self.tests(rule, False)

    def tests(self, rule: Rule, outcome: bool | None) -> tuple[TestSeen, ...]:
        """The tests that decided the condition; all of them where no single one did."""
        tested, compiled = self.tested, self.conditions.rules[rule.id]
        shown = [
            TestSeen(test, *found)
            for test, number, wanted in compiled.deciding[outcome is True]
            if (found := tested[number])[0] is wanted
        ]
        return tuple(shown or [TestSeen(test, *tested[number]) for test, number in compiled.tests])

    def value(self, term: Term) -> Value:
        """What the term comes to."""
        found: Value = reader(term, self.state.version.hours)(self.state.known)
        return found

    def clauses(self, rules: Iterable[Rule]) -> Cited:
        """The clauses that the rules cite."""
        found: Cited = {}
        for rule in rules if self.state.version.clauses else ():
            add_cited(found, self.cited(rule))
        return found

    def cited(self, rule: Rule) -> Cited:
        """Its own clauses, those that are picked; or else what it rests on, as the reference."""
        compiled = self.conditions.rules[rule.id]
        if compiled.citations:
            tested = self.tested
            picked = [clauses for applies, clauses in compiled.citations if applies(tested)]
            return {clause: True for clauses in picked for clause in clauses}
        if rule.clauses:
            return compiled.cites
        found: Cited = {}
        for name in dict.fromkeys(self._rests_on(rule)):
            add_cited(found, self._cited_below(name))
        return found

    def _cited_below(self, name: str) -> Cited:
        below = self.state[name]
        return cited_by(below if self._is_alone else below.whole)

    def _rests_on(self, rule: Rule) -> Iterator[str]:
        """The decisions by whose tests the rule came to apply, and those that it gives."""
        tested, compiled = self.tested, self.conditions.rules
        is_otherwise = rule is self.decision.otherwise
        for one in self.decision.rules if is_otherwise else (rule,):
            for _, reads, number, wanted in compiled[one.id].resting[not is_otherwise]:
                if tested[number][0] is wanted:
                    yield from reads
        yield from compiled[rule.id].gives


def rules_seen(state: RequestState, decision: Decision) -> RulesSeen | None:
    """What became of the rules of a decision that is determined, by their distinct tests.

    None where that is not known beforehand, or not all that it rests on is told.
    """
    asked = state.evaluator.rule_tests.get(decision.name)
    if asked is None or not state.is_told(decision):
        return None
    meet = state.evaluator.conditions.met_by
    try:
        seen = [TestSeen(test, *meet(test)(state.known)) for test in asked.tests]
    except REFUSALS:  # of a test on which the outcome does not hang
        return None
    otherwise = None if decision.otherwise is None else decision.otherwise.id
    return RulesSeen(decision.rule_ids, seen, asked.of_rules, otherwise)
