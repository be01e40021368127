"""The printed function says what the rules say, and is the same text each time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from reglament.backend.python import generate, source_of
from reglament.evaluation import Evaluator
from reglament.model.conditions import ALWAYS, AllOf, Comparison, OneOf
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.markers import ERROR, MISSING, Marker
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, DecisionRef, FactRef
from reglament.model.values import BOOLEAN, DATE, INTEGER, Type, Value, choice
from reglament.plan.lowering import local_diagrams, lower
from reglament.plan.nodes import Bisect, Let, Plan, PlanInput, Return, Switch
from reglament.reference import Answer, View
from support import random_policies, whole_language
from support.laws import examples
from support.texts import same

NAME, DAY = same("x"), date(2024, 1, 1)


def key(value: Any) -> Any:
    """What tells outcomes apart: 1 and true are two."""
    return (type(value), value) if not isinstance(value, tuple) else tuple(map(key, value))


def says_what_the_rules_say(version: Version, told: Mapping[str, Value]) -> None:
    values = generate(lower(local_diagrams(version)), version.hours, is_whole=True)(told)
    view = View(version, told)
    for decision, value in zip(version.decisions.values(), values, strict=True):
        expected = view.found(decision)
        assert value is not MISSING
        if value is not ERROR:
            assert isinstance(expected, Answer)
            assert key(tuple(value) if isinstance(value, tuple) else value) == key(expected.outcome)


@examples(150)
@given(random_policies.policies(), random_policies.requests(most_missing=0))
def test_of_a_whole_request_it_says_what_the_rules_say(
    version: Version, told: dict[str, Value]
) -> None:
    says_what_the_rules_say(version, told)


@examples(60)
@given(whole_language.policies(), whole_language.requests(most_missing=0))
def test_whatever_the_language_has(version: Version, told: dict[str, Value]) -> None:
    says_what_the_rules_say(version, told)


@examples(100)
@given(random_policies.policies(), random_policies.requests(), random_policies.requests(0))
def test_what_it_says_of_a_part_it_says_of_the_whole(
    version: Version, told: dict[str, Value], rest: dict[str, Value]
) -> None:
    decide = Evaluator(version).decide
    for part, whole in zip(decide(told), decide({**rest, **told}), strict=True):
        assert isinstance(part, Marker) or key(part) == key(whole)


DIGESTS = """
from hashlib import sha256
from reglament.backend.python import source_of
from reglament.policy import bundled_policies, load_policy
for name in bundled_policies():
    for version in load_policy(name).versions:
        from reglament.plan.lowering import local_diagrams, lower
        source, _ = source_of(lower(local_diagrams(version)), version.hours)
        print(name, version.version, sha256(source.encode()).hexdigest())
"""


@pytest.mark.slow
def test_the_source_is_the_same_whatever_the_hash_seed() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", DIGESTS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(said) == 1


def decided(body: Any, **inputs: Type) -> Any:
    """The function that decides one decision by its node."""
    facts = {name: PlanInput(type, is_nullable=True) for name, type in inputs.items()}
    plan = Plan("p", "1", facts, {"found": Let.of(body)})
    source, _ = source_of(plan, {})
    decide = generate(plan, {})
    return lambda told: decide(told)[0], source


def returned(*values: Value) -> tuple[Return, ...]:
    return tuple(Return(Constant(value)) for value in values)


def test_many_words_are_looked_up_not_tried() -> None:
    words = [f"w{i}" for i in range(145)]
    cases = tuple(((word,), node) for word, node in zip(words, returned(*words), strict=True))
    switch = Switch("word", (*cases, ((None,), Return(Constant("null")))), *returned("other"))
    decide, source = decided(switch, word=choice(*words, is_open=True))

    assert source.count("if ") == 1  # whether it is missing
    for word in words:
        assert decide({"word": word}) == word
    assert decide({"word": None}) == "null"
    assert decide({"word": "another"}) == "other"
    assert decide({}) is MISSING


def test_many_cuts_are_looked_up_and_what_stands_below_is_asked() -> None:
    cuts = tuple(range(0, 200, 10))
    below = [
        Switch("flag", (((True,), one),), other)
        for one, other in zip(returned(*range(21)), returned(*range(100, 121)), strict=True)
    ]
    decide, source = decided(Bisect("number", cuts, tuple(below)), number=INTEGER, flag=BOOLEAN)

    assert "bisect_right" in source
    for number in range(-5, 205):
        place = min(max(number // 10 + 1, 0), 20)
        assert decide({"number": number, "flag": True}) == place
        assert decide({"number": number, "flag": False}) == 100 + place
    assert decide({"number": 5}) is MISSING
    assert decide({"flag": True}) is MISSING


def version(facts: Mapping[str, Type], *decisions: Decision) -> Version:
    told = {name: Fact(name, type, NAME) for name, type in {**facts, "day": DATE}.items()}
    named = {decision.name: decision for decision in decisions}
    return Version("p", "1", NAME, DAY, DAY, "day", "UTC", told, named)


WORDS = choice("low", "high")


@pytest.mark.parametrize("count", [40, 130])
def test_many_tests_within_one_another_are_no_source_that_python_refuses(count: int) -> None:
    flags = {f"flag{i}": BOOLEAN for i in range(count)}
    when = AllOf(tuple(OneOf(FactRef(name), (True,)) for name in flags))
    rule, other = Rule("a", when, Constant("low")), Rule("b", ALWAYS, Constant("high"))
    decision = Decision("found", DecisionKind.OUTCOME, WORDS, NAME, (rule,), other)
    evaluator = Evaluator(version(flags, decision))
    told: dict[str, Value] = {"day": DAY, **dict.fromkeys(flags, True)}

    assert evaluator.evaluate(told)["found"].outcome == "low"
    assert evaluator.evaluate({**told, "flag7": False})["found"].outcome == "high"
    del told["flag7"]
    assert evaluator.evaluate(told)["found"].needs == ("flag7",)


def test_a_decision_that_is_a_missing_fact_is_missing_to_those_that_read_it() -> None:
    first = Decision(
        "first", DecisionKind.OUTCOME, INTEGER, NAME, (Rule("a", ALWAYS, FactRef("number")),)
    )
    low = Comparison(DecisionRef("first"), Operator.LESS_THAN, Constant(5))
    rules = (Rule("b", low, Constant("low")),)
    other = Rule("c", ALWAYS, Constant("high"))
    second = Decision("second", DecisionKind.OUTCOME, WORDS, NAME, rules, other)
    evaluator = Evaluator(version({"number": INTEGER}, first, second))

    found = evaluator.evaluate({})
    assert [found[name].needs for name in found] == [("number",), ("number",)]
    assert evaluator.evaluate({"number": 4})["second"].outcome == "low"
