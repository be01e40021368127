"""A decision that asks hundreds of facts one after another is answered like any other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import pytest

from reglament.evaluation import Evaluator
from reglament.model.conditions import ALWAYS, OneOf
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.outcomes import Status
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, FactRef
from reglament.model.values import BOOLEAN, DATE, choice
from reglament.rendering.pictures.drawing import draw
from support.texts import same

NAME, DAY = same("x"), date(2024, 1, 1)
CALLS = 500  # that nest here, half of what Python allows: what is asked grows with the square
FLAGS = [f"flag{number}" for number in range(300)]


@pytest.fixture(autouse=True)
def _fewer_calls_nest() -> Iterator[None]:
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(CALLS)
    yield
    sys.setrecursionlimit(usual)


@pytest.fixture(scope="module")
def deep() -> Version:
    """Any flag that is set spoils the outcome."""
    facts = {name: Fact(name, BOOLEAN, NAME) for name in FLAGS}
    rules = tuple(
        Rule(name, OneOf(FactRef(name), (True,)), Constant("bad"), because=NAME) for name in FLAGS
    )
    decision = Decision(
        "state",
        DecisionKind.OUTCOME,
        type=choice("good", "bad"),
        label=NAME,
        rules=rules,
        otherwise=Rule("otherwise", ALWAYS, Constant("good"), because=NAME),
    )
    facts["day"] = Fact("day", DATE, NAME)
    return Version("p", "1", NAME, DAY, DAY, "day", "UTC", facts, {"state": decision})


def test_as_many_tests_as_there_are_flags_are_answered(deep: Version) -> None:
    assert len(FLAGS) * 2 > sys.getrecursionlimit() == CALLS
    evaluator = Evaluator(deep)
    none_set = dict.fromkeys(FLAGS, False)
    last = FLAGS[-1]

    nothing_told = evaluator.evaluate({})["state"]
    assert nothing_told.status is Status.UNDETERMINED
    assert nothing_told.possible == ["good", "bad"]
    assert set(nothing_told.needs) == set(FLAGS)

    assert evaluator.evaluate(none_set)["state"].outcome == "good"
    assert evaluator.evaluate({last: True})["state"].outcome == "bad"
    assert evaluator.evaluate({last: True})["state"].rules == (last,)
    without_one = {name: False for name in FLAGS if name != last}
    assert evaluator.evaluate(without_one)["state"].needs == (last,)


@pytest.mark.slow
def test_its_diagram_is_drawn(deep: Version) -> None:
    assert len(draw(deep, "state", "en").splitlines()) == 2 * len(FLAGS) + 1
