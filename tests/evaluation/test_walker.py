"""Walks over diagrams: to the outcome, and to the rules that looking at every one finds."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given

from benchmarks import grid
from reglament.backend.python import MOST_INLINE
from reglament.diagram.kernel import compiler as grounds_module
from reglament.diagram.kernel.union import Unions
from reglament.evaluation import Evaluator
from reglament.evaluation.reasons.open_trace import OpenTrace
from reglament.model.conditions import OneOf
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.outcomes import Status
from reglament.model.regulation import Version
from reglament.model.terms import Constant, FactRef
from reglament.model.values import Value, choice
from support.laws import examples, sample
from support.random_policies import FACTS, NAME, policies, requests

SIZES = [10, 1000]


@pytest.mark.parametrize("size", sample(SIZES, 1))
def test_a_grid_of_rules_gives_the_price_and_the_rule_that_a_dictionary_gives(size: int) -> None:
    rows = grid.grid(size)
    evaluator, told = Evaluator(grid.version(rows)), grid.requests(rows, 200)
    outcomes = [evaluator.evaluate(request)["price"] for request in told]
    found = [(outcome.outcome, *outcome.rules) for outcome in outcomes]
    assert found == grid.expected(rows, told)
    assert {rule for _, rule in found} > {grid.OTHERWISE[1]}


@pytest.mark.slow
def test_the_path_to_the_rules_is_no_longer_for_a_hundred_times_as_many() -> None:
    assert _longest(1000) == _longest(10) == 3


def _longest(size: int) -> int:
    """The most tests between the root and a leaf of the diagram of the rules that count."""
    evaluator = Evaluator(grid.version(grid.grid(size)))
    decision = evaluator.version.decisions["price"]
    root = grounds_module.rules_diagram(evaluator.local, decision, decision.rules)
    forest = evaluator.local.forest
    depth = {root: 0}
    for node in sorted(forest.descendants(root), key=lambda node: forest.levels[node]):
        for child in forest.children[node]:
            depth[child] = max(depth.get(child, 0), depth[node] + 1)
    return max(depth.values())


@examples(60)
@given(policies(), requests(most_missing=0))
def test_the_walk_to_the_rules_finds_what_looking_at_every_rule_finds(
    version: Version, facts: Mapping[str, Value]
) -> None:
    evaluated = Evaluator(version).evaluate(facts)
    for decision in version.decisions.values():
        read = {decision.name, *decision.reads()}
        if any(evaluated[name].status == "refused" for name in read):
            continue
        walked = evaluated.rules_found(decision)
        looked = OpenTrace(evaluated, decision).rules(Status.DETERMINED)
        assert walked == tuple(rule.id for rule in looked)


def test_a_missing_fact_on_the_way_stops_the_walk() -> None:
    rows = grid.grid(100)
    evaluated = Evaluator(grid.version(rows)).evaluate({"country": "c1", "amount": 5000})
    decision = evaluated.version.decisions["price"]
    assert evaluated.rules_found(decision) is None
    assert not evaluated["price"].is_determined


def test_where_rules_count_in_too_many_ways_they_are_looked_at_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(grounds_module, "LEAST_BUDGET", 2)
    monkeypatch.setattr(grounds_module, "NODES_A_RULE", 0)
    rows = grid.grid(10)
    told = grid.requests(rows, 20)
    evaluator = Evaluator(grid.version(rows))
    outcomes = [evaluator.evaluate(request)["price"] for request in told]
    assert evaluator.rule_finders["price"] is None
    assert [(o.outcome, *o.rules) for o in outcomes] == grid.expected(rows, told)


def test_of_a_checklist_that_fails_the_unmet_requirements_are_behind_it() -> None:
    tests = {"flag": True, "closed": "a"}
    rules = tuple(
        Rule(name, OneOf(FactRef(name), (value,)), Constant(True)) for name, value in tests.items()
    )
    decision = Decision(
        "ready", DecisionKind.CHECKLIST, choice("yes", "no"), NAME, rules, met="yes", unmet="no"
    )
    evaluator = Evaluator(_version(decision))
    ready = evaluator.evaluate({"flag": True, "closed": "b"})["ready"]
    assert (ready.outcome, tuple(ready.rules)) == ("no", ("closed",))
    assert tuple(evaluator.evaluate({"flag": True, "closed": "a"})["ready"].rules) == tuple(tests)


def _version(*decisions: Decision) -> Version:
    day = grid.DAY
    named = {decision.name: decision for decision in decisions}
    return Version("p", "1", NAME, day, day, "day", "UTC", FACTS, named)


@examples(40)
@given(policies())
def test_sets_put_together_by_words_are_those_put_together_by_halves(version: Version) -> None:
    local = Evaluator(version).local
    forest, unions = local.forest, Unions(local.forest)
    nodes = [
        forest.ite(
            local.effective(decision, rule), forest.terminal(frozenset({rule.id})), unions.none
        )
        for decision, rule in version.every_rule()
    ]
    assert unions.of(nodes) == Unions(forest)._by_halves(nodes)


@pytest.mark.slow
def test_a_large_grid_is_walked_not_written_out() -> None:
    evaluator = Evaluator(grid.version(grid.grid(1000)))
    root = evaluator.local.decision("price")
    assert sum(1 for _ in evaluator.local.forest.descendants(root)) > MOST_INLINE
    assert evaluator.evaluate({"country": "c0", "product": "p0", "amount": 0})["price"].outcome == 1
