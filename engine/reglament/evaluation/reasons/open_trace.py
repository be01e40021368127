"""The trace of a decision while facts are missing, or where there is no outcome: by diagrams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.evaluation.reasons.trace import (
    NOT_APPLIED,
    OPEN,
    OVERRIDDEN,
    Cited,
    CountedRules,
    Trace,
    add_cited,
)
from reglament.evaluation.request_state import RequestState
from reglament.memo import Memo, keep, kept_property
from reglament.model.conditions import Test
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import Status, TestSeen
from reglament.model.terms import Term
from reglament.model.values import Listed, Value
from reglament.partial.remaining import NotComputable
from reglament.partial.residual_graph import ResidualGraph
from reglament.partial.terminal_outcomes import KnownOutcome

_COUNTING = "whether rules count"
MOST_KEPT = 1_000  # pairs, or more, of what is left of groups of rules
NONE = frozenset[str]()


class RulesLeft(CountedRules):
    """The rules behind an outcome, by the sets of them that the missing facts leave.

    A look at the diagram of each rule instead takes up to 1.1 times the work, and 4 times for three
    tables of sixty rows (`benchmarks/ablations.py`).
    `ids` has by the status of the outcome those that stand behind it.
    """

    def __init__(self, decision: Decision, graphs: Iterable[ResidualGraph]) -> None:
        super().__init__(decision)
        # Of groups of rules, which share no fact, any set goes with any set of another.
        groups: list[list[Any]] = [graph.fixed.values if graph.fixed else [] for graph in graphs]
        some = [frozenset[str]().union(*sets) for sets in groups]
        every = [one.intersection(*sets) for one, sets in zip(some, groups, strict=True)]
        self._some, self._every = NONE.union(*some), NONE.union(*every)
        # Of rules the one for what no other says.
        may_be_none = all(NONE in sets for sets in groups)
        self._otherwise = None if may_be_none and self._some else not self._some
        self.ids = Memo[Status, Listed](lambda status: Listed(one.id for one in self.rules(status)))

    def counts(self, rule: Rule) -> bool | None:
        """Whether the rule applies and is not overridden; None where that is open."""
        if rule is self.decision.otherwise:
            return self._otherwise
        return rule.id in self._every or (None if rule.id in self._some else False)


def rules_left(state: RequestState, decision: Decision) -> RulesLeft | None:
    """What is left of the rules behind an outcome, as all such requests have it.

    None where it takes a look at each rule by itself.
    """
    graphs = None if state.evaluator.has_lists else state.partial_result.rules_left(decision.name)
    if graphs is None:
        return None
    kept, key = graphs[0].answers, (RulesLeft, decision.name, *graphs[1:])
    found: RulesLeft | None = kept.get(key)
    return found or keep(kept, key, RulesLeft(decision, graphs), MOST_KEPT)


class OpenTrace(Trace):
    """Why one decision came out as it did, or did not yet. Its methods raise TooLarge."""

    def __init__(self, state: RequestState, decision: Decision) -> None:
        super().__init__(state, decision)
        diagrams = state.evaluator.diagrams
        may_rest = diagrams.may_rest_on_refused(decision)
        self.diagrams = diagrams.in_doubt if may_rest else diagrams
        self.open = state.partial_result
        # Several parts of an explanation ask this; kept apart from the trace: that holds the state.
        self._counting: dict[str, bool | None] = state.kept[decision.name].setdefault(_COUNTING, {})

    def applies(self, rule: Rule) -> bool | None:
        """Whether the condition of the rule holds; None where that is open."""
        return self.open.truth(self.diagrams.applies(rule))

    def counts(self, rule: Rule) -> bool | None:
        """Whether the rule applies and is not overridden; None where that is open."""
        if self._left is not None:
            return self._left.counts(rule)
        counting = self._counting
        if rule.id not in counting:
            counting[rule.id] = self.open.truth(self.diagrams.effective(self.decision, rule))
        return counting[rule.id]

    @kept_property
    def _left(self) -> RulesLeft | None:
        """The sets of rules that are left; None where each rule is looked at by itself."""
        return rules_left(self.state, self.decision)

    def tests(self, rule: Rule, outcome: bool | None) -> tuple[TestSeen, ...]:
        """The tests that decided the condition, all where no single one did; for None the open."""
        return tuple(map(self._look, self._shown(rule, outcome)))

    def _shown(self, rule: Rule, outcome: bool | None) -> list[Test]:
        compiled = self.conditions.rules[rule.id]
        holds = {id(test): self._holds(test) for test, _ in compiled.tests}
        every = [test for test, _ in compiled.tests]
        if outcome is None:
            return [test for test in every if holds[id(test)] is None]
        deciding = compiled.deciding[outcome]
        return [test for test, _, wanted in deciding if holds[id(test)] is wanted] or every

    def _in_the_way(self, rule: Rule) -> list[Test]:
        """As they became, but for what the tests met: that is not asked for here."""
        status = self.status(rule)
        if status is NOT_APPLIED:
            return self._shown(rule, False)
        is_open = status is OPEN or (status is OVERRIDDEN and not self.applies(rule))
        return self._shown(rule, None) if is_open else []

    def _holds(self, test: Test) -> bool | None:
        return self.open.truth(self.diagrams.condition_diagram(test))

    def _look(self, test: Test) -> TestSeen:
        """Whether the test holds and what it met; where that is open, the facts that would tell."""
        holds = self._holds(test)
        value = self._find(test.subject)
        node = self.diagrams.condition_diagram(test)
        needs = self.open.needs_at(node) if holds is None else ()
        return TestSeen(test, holds, value.value if value else None, value is not None, needs)

    def value(self, term: Term) -> Value:
        """What the term comes to; null where that is not known."""
        known_outcome = self._find(term)
        return known_outcome.value if known_outcome else None

    def _find(self, term: Term) -> KnownOutcome | None:
        try:
            left = self.open.leaves(self.diagrams.term_diagram(term))
        except NotComputable:
            return None
        return left[0] if len(left) == 1 and isinstance(left[0], KnownOutcome) else None

    # Clauses. With every fact told they are those of `reference.View.cited`.

    def clauses(self, rules: Iterable[Rule]) -> Cited:
        """The clauses that the rules cite, each with whether it is known to be one to cite."""
        found: Cited = {}
        for rule in rules if self.state.version.clauses else ():
            given, is_open = self.diagrams.forest.true, self.counts(rule) is None
            if is_open and not self.is_checklist:
                given = self.diagrams.effective(self.decision, rule)
            add_cited(found, self._cited(rule, given), None if is_open else True)
        return found

    def cited(self, rule: Rule) -> Cited:
        """What the rule cites where it applies; of a requirement, where it is unmet."""
        return self._cited(rule, self.diagrams.forest.true)

    def _cited(self, rule: Rule, given: Node) -> Cited:
        """What the rule may cite where `given`, a diagram of true and false, holds.

        Where diagrams are too large to tell, all that it may ever cite.
        """
        try:
            return self._own(rule, given) if rule.clauses else self._inherited(rule, given)
        except TooLarge:
            return dict.fromkeys(rule.clauses, False)

    def _own(self, rule: Rule, given: Node) -> Cited:
        if not rule.citations:
            return dict.fromkeys(rule.clauses, True)
        found: Cited = {}
        for citation in rule.citations:
            where = self.diagrams.conjunction(given, self.diagrams.condition_diagram(citation.when))
            add_cited(found, dict.fromkeys(citation.clauses, True), self.open.truth(where))
        return found

    def _inherited(self, rule: Rule, given: Node) -> Cited:
        found: Cited = {}
        for name, where in self._behind(rule, given):
            holds = self.open.truth(where)
            if holds is not False:
                earlier = OpenTrace(self.state, self.state.version.decisions[name])
                add_cited(found, earlier._cited_where(where), holds)
        return found

    def _behind(self, rule: Rule, given: Node) -> Iterator[tuple[str, Node]]:
        """The decisions that the rule rests on, and where it does: a test of theirs decided it."""
        diagrams, decision, compiled = self.diagrams, self.decision, self.conditions.rules
        is_otherwise = rule is decision.otherwise
        for one in decision.rules if is_otherwise else (rule,):
            for test, reads, _, wanted in compiled[one.id].resting[not is_otherwise]:
                holds = diagrams.condition_diagram(test)
                where = diagrams.conjunction(given, holds, is_negated=not wanted)
                yield from ((name, where) for name in reads)
        yield from ((name, given) for name in compiled[rule.id].gives)

    def _cited_where(self, given: Node) -> Cited:
        """What the rules behind the decision may cite where `given` holds."""
        kept, key = self.state.kept[self.decision.name], ("cited where", given)
        if key not in kept:
            found: Cited = {}
            for rule, where in self._speaking(given):
                holds = self.open.truth(where)
                if holds is not False:
                    add_cited(found, self._cited(rule, where), holds)
            kept[key] = found
        cited: Cited = kept[key]
        return cited

    def _speaking(self, given: Node) -> Iterator[tuple[Rule, Node]]:
        """The rules that may stand behind the outcome, and where they do."""
        diagrams, decision = self.diagrams, self.decision
        counting = [(rule, diagrams.effective(decision, rule)) for rule in decision.every_rule()]
        if not self.is_checklist:
            yield from ((rule, diagrams.conjunction(given, counts)) for rule, counts in counting)
            return
        all_met = reduce(diagrams.conjunction, (counts for _, counts in counting), given)
        for rule, counts in counting:
            yield rule, diagrams.conjunction(given, counts, is_negated=True)
            yield rule, all_met
