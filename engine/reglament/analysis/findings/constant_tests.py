"""From the conditions of rules to single tests that always come out the same where they matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.analysis.findings.gap_regions import is_dated, with_each_test_set
from reglament.analysis.findings.space import Space
from reglament.diagram.kernel.forest import Node
from reglament.frozen import frozen
from reglament.language.loading.decisions.narrowing import Narrowing
from reglament.messages import SOURCE, Message
from reglament.model.conditions import Condition, Not, OneOf, Test
from reglament.model.decisions import Decision, Rule
from reglament.model.problems import Place
from reglament.model.regulation import Version
from reglament.rendering.words.tests_in_words import condition_words


@frozen
class _Matter:
    """A test of a rule, and the requests for which it tips the rule's condition."""

    rule: Rule
    test: Test | Not
    region: Node

    @property
    def place(self) -> Place | None:
        """Where the test is written."""
        return _written(self.test).place


def constant_tests(space: Space, decision: Decision) -> Iterator[Finding]:
    """Tests that hold, or fail, for every request on which they could make a difference."""
    valid = space.valid(decision)
    for rule in decision.rules:
        if space.reach(space.forest.and_(valid, space.diagrams.applies(rule))).is_empty:
            yield from _never_alone(space, decision, rule, valid)
            continue
        guards = _guards(space.version, decision, rule)
        for matter in _matters(space, rule, valid):
            if matter.test not in guards:
                yield from _constant(space, decision, matter, valid)


def _guards(version: Version, decision: Decision, rule: Rule) -> list[Test | Not]:
    """Tests of null that nobody wrote, or without which the policy would be refused."""
    tests = [(test, holding) for test, holding, _ in with_each_test_set(rule.when)]
    narrowing = Narrowing(version.decisions)
    nullable = {fact.name for fact in version.facts.values() if fact.is_nullable}
    nullable |= {name for name, one in version.decisions.items() if one.is_nullable}

    def is_demanded(without: Condition) -> bool:
        told = narrowing.not_null(without)
        return not decision.is_nullable and any(narrowing.nulls_in(rule.then, nullable, told))

    return [
        test
        for test, without in tests
        if isinstance(test, Not)
        and isinstance(test.part, OneOf)
        and test.part.values == (None,)
        and (_is_implied(test, [condition for condition, _ in tests]) or is_demanded(without))
    ]


def _is_implied(guard: Not, tests: list[Test | Not]) -> bool:
    """Whether the guard came with another test, at whose place it stands."""
    place = _written(guard).place
    return any(_written(test).place == place and test is not guard for test in tests)


def _written(test: Test | Not) -> Test:
    return cast(Test, test.part) if isinstance(test, Not) else test


def _matters(space: Space, rule: Rule, valid: Node) -> Iterator[_Matter]:
    forest = space.forest
    for test, holding, failing in with_each_test_set(rule.when):
        one, other = space.truth(holding), space.truth(failing)
        region = forest.ite(one, forest.not_(other), other)
        yield _Matter(rule, test, forest.and_(valid, region))


def _constant(space: Space, decision: Decision, matter: _Matter, valid: Node) -> Iterator[Finding]:
    forest, holds = space.forest, space.diagrams.condition_diagram(matter.test)
    fails = forest.not_(holds)
    if space.reach(forest.and_(matter.region, fails)).is_empty:
        if is_dated(matter.test, space.version.chosen_by):
            return  # a rule may well say the day from which the whole version holds
        is_alone = space.reach(forest.and_(valid, fails)).is_empty
        yield _finding(space, decision, matter, True, is_alone)
    elif space.reach(forest.and_(matter.region, holds)).is_empty:
        is_alone = space.reach(forest.and_(valid, holds)).is_empty
        yield _finding(space, decision, matter, False, is_alone)


def _never_alone(space: Space, decision: Decision, rule: Rule, valid: Node) -> Iterator[Finding]:
    """The tests that alone keep a rule from ever applying."""
    for test, _, _ in with_each_test_set(rule.when):
        region = space.forest.and_(valid, space.diagrams.condition_diagram(test))
        if space.reach(region).is_empty:
            yield _finding(space, decision, _Matter(rule, test, region), False, True)


def _finding(
    space: Space, decision: Decision, matter: _Matter, holds: bool, is_alone: bool
) -> Finding:
    test = condition_words(space.version, matter.test)
    answer = Message("holds") if holds else Message("fails")
    when = Message("every-request") if is_alone else Message("wherever-could-matter")
    witness = space.reach(matter.region).witness if not is_alone or holds else None
    return Finding(
        code="test-always-true" if holds else "test-always-false",
        severity=Severity.WARNING if is_alone or not holds else Severity.NOTE,
        message=Message("test-rule", test=test, rule=matter.rule.id, answer=answer, when=when),
        decision=decision.name,
        rules=(matter.rule.id,),
        subject=test.to(SOURCE),
        places=places_of(matter.place or matter.rule.place),
        witness=witness,
    )
