"""A walk over a plan comes to what the printed function comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from reglament.backend.interpreter import interpreter
from reglament.backend.python import generate
from reglament.diagram.kernel.forest import EnumVar, Forest, IntervalVar
from reglament.model.markers import ERROR, MISSING
from reglament.model.regulation import Version
from reglament.model.terms import Constant
from reglament.model.values import Value
from reglament.plan.lowering import local_diagrams, lower, lowered
from reglament.plan.nodes import Collect, Plan, Return
from reglament.reference import REFUSALS
from support.laws import examples
from support.random_policies import policies, requests


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"closed": "a"}, 0),
        ({"closed": "b", "number": -1}, 1),
        ({"closed": "b", "number": 0}, 2),
        ({"closed": "c", "number": 9}, 2),
        ({"closed": "c", "number": 10}, 3),
        ({"closed": "c"}, MISSING),
        ({"number": 10}, MISSING),
    ],
)
def test_a_walk_jumps_by_words_and_bisects_by_cuts(
    told: Mapping[str, Value], found: object
) -> None:
    forest = Forest()
    leaves = tuple(map(forest.terminal, range(4)))
    forest.level(EnumVar("closed", ("a", "b", "c")), 0)
    forest.level(IntervalVar("number"), 1)
    span = forest.find_or_add(1, (0, 10), leaves[1:])
    root = forest.find_or_add(0, ("a",), (leaves[0], span))
    plan = lowered(forest, root, lambda payload: Return(Constant(payload)))
    assert interpreter(plan, {})(told) == found


@examples(100)
@given(policies(), requests())
def test_walked_and_printed_a_plan_decides_alike(version: Version, told: dict[str, Value]) -> None:
    plan = lower(local_diagrams(version))

    assert _walked(plan, version, told) == generate(plan, version.hours)(told)


def _walked(plan: Plan, version: Version, told: Mapping[str, Value]) -> tuple[Any, ...]:
    """Every decision by a walk over its node, each told to the later ones."""
    found: dict[str, Any] = {}
    for name, let in plan.lets.items():
        known = {**told, **found}
        if any(found[earlier] is ERROR for earlier in let.breaks_with):
            found[name] = ERROR
        elif isinstance(let.body, Collect):
            items = [(item, interpreter(node, {})(known)) for item, node in let.body.items]
            is_missing = any(is_in is MISSING for _, is_in in items)
            found[name] = MISSING if is_missing else tuple(one for one, is_in in items if is_in)
        else:
            try:
                found[name] = interpreter(let.body, version.hours)(known)
            except REFUSALS:
                found[name] = ERROR
    return tuple(found.values())
