"""From a version and its worked examples to the rules, conditions, outcomes that these prove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reglament.diagram.kernel.forest import TooLarge
from reglament.diagram.kernel.witness import Witnesses
from reglament.evaluation import Evaluated, Evaluator
from reglament.frozen import frozen
from reglament.messages import Words
from reglament.model.conditions import ALWAYS, NEVER, Condition, Test
from reglament.model.decisions import Decision, Rule, cone
from reglament.model.outcomes import Outcome, RuleStatus
from reglament.model.problems import Place
from reglament.model.regulation import Example, Version
from reglament.model.values import Kind, Value
from reglament.model.visitor import fold, put_instead, tests_of
from reglament.rendering.words.tests_in_words import condition_words


@frozen
class ConditionSeen:
    """One test of a rule: in which examples its rule's fate hung on it, by what it came to.

    `impossible` holds the truths for which no request lets the rule hang on it: proven.
    """

    decision: str
    rule: str
    words: Words
    place: Place | None
    when_true: tuple[str, ...]
    when_false: tuple[str, ...]
    impossible: tuple[bool, ...] = ()

    @property
    def missing(self) -> tuple[bool, ...]:
        """The truths that no example shows, though a request could."""
        seen = {True: self.when_true, False: self.when_false}
        return tuple(t for t, names in seen.items() if not names and t not in self.impossible)

    @property
    def is_covered(self) -> bool:
        """Whether it was seen both ways, as far as that is possible."""
        return not self.missing


@frozen
class RuleSeen:
    """One rule, and the examples in which it applied."""

    decision: str
    rule: str
    place: Place | None
    examples: tuple[str, ...]


@frozen
class OutcomeSeen:
    """One outcome of a decision, and the examples that reach it."""

    decision: str
    outcome: Value
    place: Place | None
    examples: tuple[str, ...]


@frozen
class Coverage:
    """What the examples prove. An example counts for the decisions that it expects something
    of, and for those that these build on: what nobody asserts is not proven."""

    rules: tuple[RuleSeen, ...]
    conditions: tuple[ConditionSeen, ...]
    outcomes: tuple[OutcomeSeen, ...]

    @property
    def unreached_rules(self) -> tuple[RuleSeen, ...]:
        """The rules that apply in no example."""
        return tuple(seen for seen in self.rules if not seen.examples)

    @property
    def unproven_conditions(self) -> tuple[ConditionSeen, ...]:
        """The tests not seen both ways."""
        return tuple(seen for seen in self.conditions if not seen.is_covered)

    @property
    def unreached_outcomes(self) -> tuple[OutcomeSeen, ...]:
        """The outcomes that no example reaches."""
        return tuple(seen for seen in self.outcomes if not seen.examples)


def coverage(version: Version) -> Coverage:
    """The coverage by the examples of the version; one that is refused counts for nothing."""
    seen = _Seen(version)
    for example in version.examples:
        seen.look(example)
    return seen.result()


class _Seen:
    """What was seen in the examples so far."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.evaluator = Evaluator(version)
        self.applied: dict[str, list[str]] = {}
        self.tests: dict[tuple[str, int, bool], list[str]] = {}
        self.reached: dict[tuple[str, Any], list[str]] = {}
        self.witnesses = Witnesses(self.evaluator.diagrams)
        self.kept: list[Condition] = []  # diagrams know conditions by identity

    def look(self, example: Example) -> None:
        """Count one example."""
        outcomes = self.evaluator.evaluate(example.facts)
        for decision in asserted(self.version, example):
            if outcomes[decision.name].refused is None:  # else it shows nothing
                self._look(decision, outcomes, example)

    def _look(self, decision: Decision, outcomes: Evaluated, example: Example) -> None:
        outcome = outcomes[decision.name]
        self._rules(outcome, example)
        self._outcome(decision, outcome, example)
        self._conditions(decision, outcomes, example)

    def _rules(self, outcome: Outcome, example: Example) -> None:
        for item in outcome.each:
            self._rules(item.decisions[outcome.decision], example)
        for trace in outcome.trace:
            if trace.status is RuleStatus.APPLIED:
                self.applied.setdefault(trace.rule, []).append(example.name)

    def _outcome(self, decision: Decision, outcome: Outcome, example: Example) -> None:
        found: tuple[Value, ...] = (outcome.outcome,) if outcome.is_determined else ()
        if decision.kind.lists_items:
            found = tuple(item.id for item in outcome.items)
        for value in found:
            self.reached.setdefault((decision.name, value), []).append(example.name)

    def _conditions(self, decision: Decision, outcomes: Evaluated, example: Example) -> None:
        diagrams = self.evaluator.diagrams
        for rule in decision.every_rule() if decision.for_each is None else ():
            tests = list(tests_of(rule.when))
            known = {
                id(test): outcomes.partial_result.truth(diagrams.condition_diagram(test))
                for test in tests
            }
            for index, test in enumerate(tests):
                truth = known[id(test)]
                if truth is not None and hangs_on(rule.when, test, known):
                    self.tests.setdefault((rule.id, index, truth), []).append(example.name)

    def result(self) -> Coverage:
        """What was seen, rule by rule."""
        own = [decision for decision in self.version.own_decisions() if decision.stands_for is None]
        ruled = [(decision, rule) for decision in own for rule in decision.every_rule()]
        names = {decision.name for decision in own}
        every = [pair for pair in self.version.written_rules() if pair[0].name in names]
        return Coverage(
            rules=tuple(
                RuleSeen(decision.name, rule.id, rule.place, tuple(self.applied.get(rule.id, ())))
                for decision, rule in every
            ),
            conditions=tuple(
                seen
                for decision, rule in ruled
                if decision.for_each is None
                for seen in self._tests_of(decision, rule)
            ),
            outcomes=tuple(
                OutcomeSeen(
                    decision.name,
                    value,
                    decision.place,
                    tuple(self.reached.get((decision.name, value), ())),
                )
                for decision in own
                for value in outcomes_of(decision)
            ),
        )

    def _tests_of(self, decision: Decision, rule: Rule) -> Iterator[ConditionSeen]:
        for index, test in enumerate(tests_of(rule.when)):
            seen = {t: tuple(self.tests.get((rule.id, index, t), ())) for t in (True, False)}
            unseen = [truth for truth, names in seen.items() if not names]
            yield ConditionSeen(
                decision=decision.name,
                rule=rule.id,
                words=condition_words(self.version, test),
                place=test.place or rule.place,
                when_true=seen[True],
                when_false=seen[False],
                impossible=tuple(t for t in unseen if not self._is_possible(rule, test, t)),
            )

    def _is_possible(self, rule: Rule, test: Test, truth: bool) -> bool:
        """Whether some request makes the test so while the rule hangs on it."""
        diagrams, forest = self.evaluator.diagrams, self.evaluator.diagrams.forest
        ways = [put_instead(rule.when, test, instead) for instead in (ALWAYS, NEVER)]
        self.kept += ways
        with_it, without_it = map(diagrams.condition_diagram, ways)
        here = (
            diagrams.condition_diagram(test)
            if truth
            else forest.not_(diagrams.condition_diagram(test))
        )
        turns = forest.ite(with_it, forest.not_(without_it), without_it)
        try:
            return self.witnesses.first(forest.and_(turns, here), bool) is not None
        except TooLarge:
            return True


def asserted(version: Version, example: Example) -> Iterator[Decision]:
    """The decisions that the example expects something of, and all that these build on."""
    names = [name for name in example.expects if name in version.decisions]
    return (version.decisions[name] for name in reversed(cone(version.decisions, names)))


def hangs_on(condition: Condition, test: Test, known: Mapping[int, bool | None]) -> bool:
    """Whether the condition turns with the test, the other tests being as `known`, by id.

    This is the masking form of MC/DC (Chilenski, 2001).
    """
    ways = {held(condition, {**known, id(test): truth}) for truth in (True, False)}
    return ways == {True, False}


def held(condition: Condition, known: Mapping[int, bool | None]) -> bool | None:
    """Whether the condition holds, by what is known of its tests; None where that is open."""

    def test(one: Test, holds: bool) -> bool | None:
        truth = known[id(one)]
        return None if truth is None else truth is holds

    return fold(condition, test, _every, _some)


def _every(parts: list[bool | None]) -> bool | None:
    return False if False in parts else None if None in parts else True


def _some(parts: list[bool | None]) -> bool | None:
    return True if True in parts else None if None in parts else False


def outcomes_of(decision: Decision) -> tuple[Value, ...]:
    """The outcomes that can be listed: those of a choice, the ends of a checklist, and null."""
    listed: tuple[Value, ...] = ()
    if decision.kind.has_requirements:
        listed = (decision.met, decision.unmet)
    elif decision.type.kind is Kind.CHOICE:
        listed = decision.type.options
    elif decision.type.kind is Kind.BOOLEAN:
        listed = (True, False)
    is_null_too = decision.is_nullable and decision.kind.gives_one
    return (*listed, None) if is_null_too and None not in listed else listed
