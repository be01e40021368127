"""The tests of a decision of very many rules, such as a long table: each once, by number.

A column of a table has few values, so what became of all its rows is told by few tests:

    tests     zone is 0, weight is 0, weight is 1, ..., zone is 1, ...
    of_rules  [0, 1], [0, 2], ...              the first row asks the first two, the next ...
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reglament.frozen import frozen
from reglament.model.conditions import AllOf, Condition, Test
from reglament.model.decisions import Decision
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef
from reglament.model.visitor import without_places
from reglament.plan.packing import MANY

NEVER = -1  # of a condition that is no such test


@frozen
class RuleTests:
    """The distinct tests of the rules, and of each rule the numbers of those that it asks.

    A rule applies where all of its tests hold, and then it counts.
    """

    tests: tuple[Test, ...]
    of_rules: list[list[int]]


def rule_tests(version: Version) -> Mapping[str, RuleTests]:
    """By the names of decisions, of those with very many rules that ask nothing else."""
    several = version.decisions.items() if not version.lists else ()
    found = {name: _rule_tests(decision) for name, decision in several if _is_long(decision)}
    return {name: tests for name, tests in found.items() if tests is not None}


def _is_long(decision: Decision) -> bool:
    return decision.kind.gives_value and len(decision.rules) >= MANY


def _rule_tests(decision: Decision) -> RuleTests | None:
    # Equal values may be written in two ways, as 1.0 and 1.00 are.
    numbers: dict[tuple[Test, str], int] = {}
    of_rules = list[list[int]]()
    for rule in decision.rules:
        asked = [
            numbers.setdefault((without_places(conjunct), repr(conjunct.said)), len(numbers))
            if isinstance(conjunct, Test) and _is_of_a_name(conjunct)
            else NEVER
            for conjunct in _conjuncts(rule.when)
        ]
        if rule.overrides or NEVER in asked or len(set(asked)) < len(asked):
            return None
        of_rules.append(asked)
    return RuleTests(tuple([test for test, _ in numbers]), of_rules)


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    """The parts that all have to hold."""
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _conjuncts(part)
    else:
        yield condition


def _is_of_a_name(test: Test) -> bool:
    """Whether a fact or a decision is held against constants."""
    subject, *others = test.terms
    is_named = isinstance(subject, FactRef | DecisionRef)
    return is_named and all(isinstance(term, Constant) for term in others)
