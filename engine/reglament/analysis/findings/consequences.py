"""From a flat list of findings to causes, each with what only follows from it beneath it.

A rule that never decides leaves its outcome without a request, its tests constant, and the
rules of later decisions that wait for that outcome dead in turn: one mistake, one finding.
Of a row that several decisions use, only what is true of every use is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reglament.analysis.findings.finding import Finding
from reglament.model.conditions import Test
from reglament.model.decisions import Rule
from reglament.model.problems import Place
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef
from reglament.model.values import Value
from reglament.model.visitor import tests_of

OF_ROWS = frozenset(
    {"rule-never-decides", "rule-changes-nothing", "test-always-true", "test-always-false"}
)


def of_every_use(findings: Sequence[Finding], version: Version) -> Iterator[Finding]:
    """The findings without those that are true of a shared row in some decisions alone.

    A row of a named table that one decision never needs is no mistake while another does.
    """
    uses = defaultdict[Place | None, set[str]](set)
    written: dict[str, Place | None] = {}
    for _, rule in version.written_rules():
        uses[rule.place].add(rule.id)
        written[rule.id] = rule.place
    found = {(one.code, one.places[:1], one.rules[0]) for one in findings if one.rules}
    for finding in findings:
        place = written.get(finding.rules[0]) if finding.rules and finding.code in OF_ROWS else None
        others = uses[place] if place is not None else ()
        if all((finding.code, finding.places[:1], other) in found for other in others):
            yield finding


UNREACHABLE_RULE = "rule-never-decides"
DEAD_OUTCOME = "outcome-never-reached"
NOT_ANALYSED = "not-analysed"
CONSTANT_TESTS = ("test-always-false", "test-always-true")


def with_consequences(findings: Sequence[Finding], version: Version) -> list[Finding]:
    """The findings that follow from no other, each with those that follow from it."""
    causes = _Causes(findings, version)
    first = {index: causes.first(index) for index in range(len(findings))}
    return [
        replace(finding, follows=tuple(_following(findings, first, index)))
        for index, finding in enumerate(findings)
        if first[index] == index
    ]


def _following(findings: Sequence[Finding], first: dict[int, int], cause: int) -> Iterator[Finding]:
    return (findings[index] for index, found in first.items() if found == cause and index != cause)


class _Causes:
    """Which finding follows directly from which, by their places in the list."""

    def __init__(self, findings: Sequence[Finding], version: Version) -> None:
        self.findings = findings
        self.version = version
        self.rules = {rule.id: rule for _, rule in version.written_rules()}
        self.unreachable_rules = {finding.rules[0]: n for n, finding in self._of(UNREACHABLE_RULE)}
        self.dead_outcomes: dict[tuple[str | None, Value], int] = {
            (finding.decision, finding.subject): n for n, finding in self._of(DEAD_OUTCOME)
        }
        self.not_analysed = {finding.decision: n for n, finding in self._of(NOT_ANALYSED)}

    def first(self, index: int) -> int:
        """The finding from which this one follows in the end; itself where there is none."""
        seen = {index}
        while (cause := self._cause(self.findings[index])) is not None and cause not in seen:
            seen.add(cause)
            index = cause
        return index

    def _of(self, code: str) -> Iterator[tuple[int, Finding]]:
        return ((n, finding) for n, finding in enumerate(self.findings) if finding.code == code)

    def _cause(self, finding: Finding) -> int | None:
        if finding.code == DEAD_OUTCOME:
            return self._of_outcome(finding)
        if finding.code == NOT_ANALYSED and finding.decision:
            earlier = self.version.built_on(self.version.decisions[finding.decision])
            return _least(self.not_analysed.get(decision.name) for decision in earlier)
        if finding.code in CONSTANT_TESTS and finding.rules[0] in self.unreachable_rules:
            return self.unreachable_rules[finding.rules[0]]
        if finding.code in (UNREACHABLE_RULE, *CONSTANT_TESTS) and finding.rules:
            rule = self.rules.get(finding.rules[0])
            return None if rule is None else self._of_rule(rule)
        return None

    def _of_outcome(self, finding: Finding) -> int | None:
        """The outcome is not reached because no rule that gives it ever decides."""
        decision = self.version.decisions[finding.decision or ""]
        giving = [rule for rule in decision.every_rule() if _gives(rule, finding.subject)]
        causes = [self.unreachable_rules.get(rule.id) for rule in giving]
        return _least(causes) if None not in causes else None

    def _of_rule(self, rule: Rule) -> int | None:
        """The rule waits for an outcome of an earlier decision that no request reaches."""
        waited = (
            self.dead_outcomes.get((name, value))
            for test in tests_of(rule.when)
            for name, values in [_outcomes(test)]
            for value in values
            if all((name, one) in self.dead_outcomes for one in values)
        )
        return _least(waited)


def _gives(rule: Rule, outcome: Value) -> bool:
    return isinstance(rule.then, Constant) and rule.then.value == outcome


def _outcomes(test: Test) -> tuple[str, tuple[Value, ...]]:
    """The decision that the test asks about, and the outcomes that it names."""
    if isinstance(test.subject, DecisionRef) and test.accepted is not None:
        return test.subject.name, test.accepted
    return "", ()


def _least(found: Iterable[int | None]) -> int | None:
    return min((one for one in found if one is not None), default=None)
