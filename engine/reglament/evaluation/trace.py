"""From one decision for one request to why: what became of every rule, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reglament.evaluation.citations import cited
from reglament.model.conditions import Condition, Test
from reglament.model.outcomes import RuleStatus, RuleTrace, Span, Status, TestSeen
from reglament.model.policy import Decision, DecisionKind, Rule
from reglament.model.terms import Formula, Term
from reglament.model.values import Value
from reglament.model.visitor import deciding_tests, decisions_of, hours_of, tests_of
from reglament.partial.remaining import NotComputable
from reglament.partial.trees import KnownOutcome

if TYPE_CHECKING:
    from reglament.evaluation.evaluator import Evaluated


class Because:
    """Why one decision came out as it did."""

    def __init__(self, evaluated: Evaluated, decision: Decision) -> None:
        self.evaluated = evaluated
        self.decision = decision
        diagrams = evaluated.evaluator.diagrams
        may_rest = diagrams.may_rest_on_refused(decision)
        self.diagrams = diagrams.in_doubt if may_rest else diagrams
        self.open = evaluated.unsettled

    # Rules

    def counts(self, rule: Rule) -> bool | None:
        """Whether the rule applies and is not overridden; None where that is open."""
        return self.open.truth(self.diagrams.effective(self.decision, rule))

    @cached_property
    def certain(self) -> tuple[Rule, ...]:
        """The rules that count whatever the missing facts are."""
        return tuple(rule for rule in self.decision.every_rule() if self.counts(rule))

    def rules(self, status: Status) -> tuple[Rule, ...]:
        """The rules behind the outcome.

        Where the outcome is settled though no single rule is, every rule that may
        stand behind it. Of a checklist that fails, the requirements that are unmet.
        """
        if self.decision.kind is DecisionKind.CHECKLIST:
            return self._requirements(status)
        if self.certain and (status is Status.DETERMINED or self._is_collection):
            return self.certain
        if status is Status.UNDETERMINED or self._is_collection:
            return ()
        return tuple(rule for rule in self.decision.every_rule() if self.counts(rule) is None)

    @property
    def _is_collection(self) -> bool:
        return self.decision.kind is DecisionKind.COLLECTION

    def _requirements(self, status: Status) -> tuple[Rule, ...]:
        if status is Status.UNDETERMINED:
            return ()
        if len(self.certain) == len(self.decision.rules):
            return self.certain
        unmet = tuple(rule for rule in self.decision.rules if self.counts(rule) is False)
        return unmet or tuple(rule for rule in self.decision.rules if self.counts(rule) is None)

    def with_status(self, status: RuleStatus) -> tuple[str, ...]:
        """The requirements of a checklist, or the items of a collection, with that status."""
        if self.decision.kind is DecisionKind.OUTCOME:
            return ()
        if self._is_collection and status is not RuleStatus.OPEN:
            return ()
        return tuple(trace.rule for trace in self.trace if trace.status is status)

    # Trace

    @cached_property
    def trace(self) -> tuple[RuleTrace, ...]:
        """What became of every rule, in the order of the policy, with the clauses that it cites."""
        if not self.evaluated.version.clauses:
            return self.seen
        return tuple(map(self._citing, self.decision.every_rule(), self.seen))

    @cached_property
    def seen(self) -> tuple[RuleTrace, ...]:
        """What became of every rule, whatever it cites."""
        return tuple(map(self._traced, self.decision.every_rule()))

    def _citing(self, rule: Rule, trace: RuleTrace) -> RuleTrace:
        is_unmet = self._is_checklist and trace.status is RuleStatus.NOT_APPLIED
        if not (trace.holds or is_unmet):
            return trace
        found = cited(self, rule, self.diagrams.forest.true)
        open_ = tuple(clause for clause, is_sure in found.items() if not is_sure)
        return replace(trace, clauses=tuple(found), open_clauses=open_)

    def clauses(self, rules: Iterable[Rule]) -> dict[str, bool]:
        """The clauses that the rules cite, each with whether it is known to be one to cite."""
        behind = {rule.id: rule for rule in rules}
        found: dict[str, bool] = {}
        for trace in self.trace if self.evaluated.version.clauses else ():
            if trace.rule not in behind:
                continue
            open_ = trace.open_clauses
            if trace.status is RuleStatus.OPEN:
                rule = behind[trace.rule]
                counts = self.diagrams.effective(self.decision, rule)
                given = self.diagrams.forest.true if self._is_checklist else counts
                open_ = tuple(cited(self, rule, given))
            for clause in trace.clauses or open_:
                found[clause] = found.get(clause, False) or clause not in open_
        return found

    @property
    def _is_checklist(self) -> bool:
        return self.decision.kind is DecisionKind.CHECKLIST

    def _traced(self, rule: Rule) -> RuleTrace:
        counts = self.counts(rule)
        if counts:
            return RuleTrace(rule.id, RuleStatus.APPLIED, tests=self._tests(rule.when, True))
        if counts is None:
            by = self._overriding(rule, None)
            return RuleTrace(rule.id, RuleStatus.OPEN, by, self._open_tests(rule))
        applies = self.open.truth(self.diagrams.applies(rule))
        if applies is False or rule is self.decision.otherwise:
            return RuleTrace(rule.id, RuleStatus.NOT_APPLIED, tests=self._tests(rule.when, False))
        by = self._overriding(rule, True) or self._overriding(rule, None)
        tests = () if applies else self._open_tests(rule)
        return RuleTrace(rule.id, RuleStatus.OVERRIDDEN, by, tests)

    def _overriding(self, rule: Rule, applies: bool | None) -> tuple[str, ...]:
        """The rules that override this one and apply (or, for None, may apply)."""
        return tuple(
            other.id
            for other in self.decision.rules
            if any(over.rule == rule.id for over in other.overrides)
            and self.open.truth(self.diagrams.applies(other)) is applies
        )

    def _tests(self, condition: Condition, outcome: bool) -> tuple[TestSeen, ...]:
        """The tests that decided the condition; all of them where no single one did."""
        seen = {id(test): self._look(test) for test in tests_of(condition)}
        deciding = tuple(
            seen[id(test)]
            for test, wanted in deciding_tests(condition, outcome)
            if seen[id(test)].holds is wanted
        )
        return deciding or tuple(seen.values())

    def _open_tests(self, rule: Rule) -> tuple[TestSeen, ...]:
        return tuple(seen for seen in map(self._look, tests_of(rule.when)) if seen.holds is None)

    def _look(self, test: Test) -> TestSeen:
        node = self.diagrams.condition_diagram(test)
        holds = self.open.truth(node)
        value = self.find(test.subject)
        return TestSeen(
            test=test,
            holds=holds,
            seen=value.value if value else None,
            is_told=value is not None,
            needs=self.open.needs_at(node) if holds is None else (),
        )

    # Values

    def find(self, term: Term) -> KnownOutcome | None:
        """What the term comes to, where that is known."""
        try:
            left = self.open.leaves(self.diagrams.term_diagram(term))
        except NotComputable:
            return None
        return left[0] if len(left) == 1 and isinstance(left[0], KnownOutcome) else None

    def value(self, term: Term) -> Value:
        """What the term comes to; null where that is not known."""
        found = self.find(term)
        return found.value if found else None

    def ledger(self) -> tuple[Span, ...]:
        """The working time counted, where the outcome is a deadline in working time."""
        for rule in self.certain:
            term = rule.then
            if isinstance(term, Formula) and term.function == "working_hours_after":
                return self._counted(term)
        return ()

    def _counted(self, term: Formula) -> tuple[Span, ...]:
        moment: Any = self.value(term.arguments[0])
        due: Any = self.value(term)
        if moment is None or due is None:
            return ()
        hours = self.evaluated.version.hours[str(term.hours)]
        return tuple(
            Span(row.day, row.start, row.end, _minutes(row.worked))
            for row in hours.ledger(moment, due)
        )

    # Readings

    def readings(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        """The readings that the decision hangs on: those of its rules and of what they read."""
        found: dict[str, None] = {}
        for rule in rules:
            found.update(dict.fromkeys(self._readings_of(rule)))
            for name in sorted(self._decisions_behind(rule)):
                found.update(dict.fromkeys(self.evaluated[name].readings))
        return tuple(found)

    def _readings_of(self, rule: Rule) -> Iterator[str]:
        yield from rule.readings
        for name in dict.fromkeys(self._hours_behind(rule)):
            yield from self.evaluated.version.hours[name].readings
        for over in rule.overrides:
            if over.reading and self._may_apply(over.rule):
                yield over.reading

    def _may_apply(self, rule_id: str) -> bool:
        found = [rule for rule in self.decision.rules if rule.id == rule_id]
        return any(self.open.truth(self.diagrams.applies(r)) is not False for r in found)

    def _hours_behind(self, rule: Rule) -> Iterator[str]:
        return hours_of(*self._tests_behind(rule), rule.then)

    def _decisions_behind(self, rule: Rule) -> frozenset[str]:
        return decisions_of(*self._tests_behind(rule), rule.then)

    def _tests_behind(self, rule: Rule) -> Iterator[Test]:
        """The tests that led to the rule; to `otherwise`, those by which the others failed."""
        if rule is not self.decision.otherwise:
            yield from tests_of(rule.when)
            return
        for trace in self.seen:
            if trace.status is not RuleStatus.APPLIED:
                yield from (seen.test for seen in trace.tests)


def _minutes(worked: timedelta) -> int | Decimal:
    """The minutes, whole where they are; else to a millionth, the span itself being exact."""
    minutes, rest = divmod(worked, timedelta(minutes=1))
    if not rest:
        return minutes
    part = Decimal(rest // timedelta(microseconds=1)) / 60_000_000
    return minutes + part.quantize(Decimal("0.000001"))
