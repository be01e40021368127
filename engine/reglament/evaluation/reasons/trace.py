"""From one decision for one request to why: what became of every rule, and what they rest on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeAlias, TypeGuard

from reglament.evaluation.reasons.decided_items import with_items
from reglament.evaluation.request_state import RequestState
from reglament.evaluation.rule_functions import Leaning
from reglament.functions.working_time import COUNTS_ON, COUNTS_WORKING_TIME
from reglament.memo import kept_property
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import Test
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import Outcome, RuleStatus, RuleTrace, Status, TestSeen, WorkedSpan
from reglament.model.terms import Formula, Term
from reglament.model.values import Value

# Names of their own, since an enumeration looks its members up.
APPLIED, OVERRIDDEN, NOT_APPLIED, OPEN = RuleStatus

# Clauses, each with whether it is known to be one to cite.
Cited: TypeAlias = dict[str, bool]


class CountedRules(ABC):
    """Which rules stand behind the outcome of a decision, by whether each of them counts."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.is_checklist = decision.kind.has_requirements
        self._is_collection = decision.kind.lists_items

    @abstractmethod
    def counts(self, rule: Rule) -> bool | None:
        """Whether the rule applies and is not overridden; None where that is open."""

    @kept_property
    def certain(self) -> tuple[Rule, ...]:
        """The rules that count whatever the missing facts are."""
        return tuple(rule for rule in self.decision.every_rule() if self.counts(rule))

    def rules(self, status: Status) -> tuple[Rule, ...]:
        """The rules behind the outcome.

        Where the outcome is settled though no single rule is, every rule that may
        stand behind it. Of a checklist that fails, the requirements that are unmet.
        """
        if self.is_checklist:
            return self._requirements(status)
        if status is Status.UNDETERMINED and not self._is_collection:
            return ()
        if self.certain or self._is_collection:
            return self.certain
        return tuple(rule for rule in self.decision.every_rule() if self.counts(rule) is None)

    def _requirements(self, status: Status) -> tuple[Rule, ...]:
        if status is Status.UNDETERMINED:
            return ()
        if len(self.certain) == len(self.decision.rules):
            return self.certain
        unmet = tuple(rule for rule in self.decision.rules if self.counts(rule) is False)
        return unmet or tuple(rule for rule in self.decision.rules if self.counts(rule) is None)


class Trace(CountedRules):
    """Why one decision came out as it did."""

    def __init__(self, state: RequestState, decision: Decision) -> None:
        super().__init__(decision)
        self.state = state
        self.conditions = state.evaluator.conditions

    # What is known of rules, of tests, of terms

    @abstractmethod
    def applies(self, rule: Rule) -> bool | None:
        """Whether the condition of the rule holds; None where that is open."""

    @abstractmethod
    def tests(self, rule: Rule, outcome: bool | None) -> tuple[TestSeen, ...]:
        """The tests that decided the condition, all where no single one did; for None the open."""

    @abstractmethod
    def value(self, term: Term) -> Value:
        """What the term comes to; null where that is not known."""

    @abstractmethod
    def cited(self, rule: Rule) -> Cited:
        """What the rule cites where it applies; of a requirement, where it is unmet."""

    @abstractmethod
    def clauses(self, rules: Iterable[Rule]) -> Cited:
        """The clauses that the rules cite."""

    # Rules

    def with_status(self, status: RuleStatus) -> tuple[str, ...]:
        """The requirements of a checklist, or the items of a collection, with that status."""
        if self.decision.kind.gives_value:
            return ()
        if self._is_collection and status is not OPEN:
            return ()
        every = self.decision.every_rule()
        return tuple(rule.id for rule in every if self.status(rule) is status)

    def status(self, rule: Rule) -> RuleStatus:
        """What became of the rule, its tests left aside."""
        counts = self.counts(rule)
        if counts is None:
            return OPEN
        if counts:
            return APPLIED
        is_overridden = rule is not self.decision.otherwise and self.applies(rule) is not False
        return OVERRIDDEN if is_overridden else NOT_APPLIED

    # What became of them

    @kept_property
    def every_rule(self) -> tuple[RuleTrace, ...]:
        """What became of every rule, in the order of the policy, with the clauses that it cites."""
        return tuple(map(self._traced, self.decision.every_rule()))

    def _traced(self, rule: Rule) -> RuleTrace:
        status, by, tests = self._became(rule)
        if self.state.evaluator.has_lists:
            tests = tuple(with_items(self.state, test) for test in tests)
        is_unmet = self.is_checklist and status is NOT_APPLIED
        is_told = status is APPLIED or is_unmet or (status is OVERRIDDEN and not tests)
        if not (is_told and self.state.version.clauses):
            return RuleTrace(rule.id, status, by, tests)
        found = self.cited(rule)
        return RuleTrace(rule.id, status, by, tests, tuple(found), open_clauses(found))

    def _became(self, rule: Rule) -> tuple[RuleStatus, tuple[str, ...], tuple[TestSeen, ...]]:
        counts = self.counts(rule)
        if counts:
            return APPLIED, (), self.tests(rule, True)
        if counts is None:
            return OPEN, self._overriding(rule, None), self.tests(rule, None)
        applies = self.applies(rule)
        if applies is False or rule is self.decision.otherwise:
            return NOT_APPLIED, (), self.tests(rule, False)
        by = self._overriding(rule, True) or self._overriding(rule, None)
        return OVERRIDDEN, by, () if applies else self.tests(rule, None)

    def _overriding(self, rule: Rule, applies: bool | None) -> tuple[str, ...]:
        """The rules that override this one and apply (or, for None, may apply)."""
        return tuple(
            other.id
            for other in self.decision.rules
            if any(over.rule == rule.id for over in other.overrides)
            and self.applies(other) is applies
        )

    # The ledger

    def ledger(self) -> tuple[WorkedSpan, ...]:
        """The working time counted, where the outcome is a deadline in it, or is such time."""
        for rule in self.certain:
            term = rule.then
            if counts_working_time(term):
                return self._counted(term)
        return ()

    def _counted(self, term: Formula) -> tuple[WorkedSpan, ...]:
        is_due = term.function in COUNTS_ON
        until: Any = self.value(term if is_due else term.arguments[1])
        moment: Any = self.value(term.arguments[0])
        hours = self._hours(term)
        if moment is None or until is None or hours is None:
            return ()
        return tuple(
            WorkedSpan(row.day, row.start, row.end, _minutes(row.worked))
            for row in hours.ledger(*sorted((moment, until)))
        )

    def _hours(self, term: Formula) -> WorkingHours | None:
        """The hours by which the formula counts; None where no one knows."""
        name = term.hours
        if term.by:
            word, by = self.value(term.arguments[-1]), dict(term.by)
            name = None if word is None else by.get(str(word), by.get(None))
        return None if name is None else self.state.version.hours[name]

    # Readings

    def readings(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        """The readings that the decision hangs on: those of its rules and of what they read."""
        if self.decision.name not in self.state.evaluator.leaning:
            return ()
        return readings_of(self.state, map(self.hanging_on, rules))

    def hanging_on(self, rule: Rule) -> Leaning:
        """The readings and decisions of a rule; of `otherwise`, of the tests of the others."""
        if rule is self.decision.otherwise:
            every = map(self._in_the_way, self.decision.every_rule())
            return self.conditions.hanging_on(rule, (test for tests in every for test in tests))
        readings, reads = self.conditions.rules[rule.id].hanging_on
        over = [o.reading for o in rule.overrides if o.reading and self._may_apply(o.rule)]
        return (*readings, *over), reads

    def _in_the_way(self, rule: Rule) -> Iterable[Test]:
        """The tests for which the rule does not apply, or may not."""
        status, _, seen = self._became(rule)
        return () if status is APPLIED else [test.test for test in seen]

    def _may_apply(self, rule_id: str) -> bool:
        rules = [rule for rule in self.decision.rules if rule.id == rule_id]
        return any(self.applies(rule) is not False for rule in rules)


def counts_working_time(term: Term) -> TypeGuard[Formula]:
    """Whether the term is a deadline in working time, or is such time."""
    return isinstance(term, Formula) and term.function in COUNTS_WORKING_TIME


def readings_of(state: RequestState, rules: Iterable[Leaning]) -> tuple[str, ...]:
    """The readings of the rules behind an outcome, and of the decisions that these read."""
    found: dict[str, None] = {}
    for readings, reads in rules:
        found.update(dict.fromkeys(readings))
        for name in [one for one in reads if one in state.evaluator.leaning]:
            found.update(dict.fromkeys(state[name].readings))
    return tuple(found)


def add_cited(found: Cited, more: Cited, holds: bool | None = True) -> None:
    """Add what is cited where something holds; for None that is open."""
    if holds is not False:
        for clause, is_sure in more.items():
            found[clause] = found.get(clause, False) or (is_sure and holds is True)


def cited_by(outcome: Outcome) -> Cited:
    """What the rules behind an outcome cite."""
    open_ = outcome.open_clauses
    return {clause: clause not in open_ for clause in outcome.clauses}


def open_clauses(cited: Cited) -> tuple[str, ...]:
    """Those that may not be ones to cite."""
    return tuple(clause for clause, is_sure in cited.items() if not is_sure)


def _minutes(worked: timedelta) -> int | Decimal:
    """The minutes, whole where they are; else to a millionth, the span itself being exact."""
    minutes, rest = divmod(worked, timedelta(minutes=1))
    if not rest:
        return minutes
    part = Decimal(rest // timedelta(microseconds=1)) / 60_000_000
    return minutes + part.quantize(Decimal("0.000001"))
