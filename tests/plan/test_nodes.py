"""A plan is small, shared where it can be, and told in the order of the version."""

from __future__ import annotations

import pytest

from reglament.model.terms import Constant
from reglament.plan.lowering import local_diagrams, lower
from reglament.plan.nodes import If, Let, Plan, PlanConflict, Return, Switch, below, names_read
from support.shipped import shipped


@pytest.fixture(scope="module")
def plan() -> Plan:
    return lower(local_diagrams(shipped("technical-support").versions[-1]))


def test_each_decision_reads_facts_and_earlier_decisions_only(plan: Plan) -> None:
    known = set(plan.inputs)
    for name, let in plan.lets.items():
        assert {one for node in below(let.body) for one in names_read(node)} <= known
        assert set(let.breaks_with) <= known
        known.add(name)


def test_children_come_before_their_parents_and_once(plan: Plan) -> None:
    shared = Return(Constant("a"))
    inner = Switch("one", (((True,), shared),), Return(Constant("b")))
    root = Switch("two", ((("x",), inner), (("y",), shared)), inner)
    nodes = list(below(root))
    assert len(nodes) == len(set(nodes)) == 4
    assert nodes.index(shared) < nodes.index(inner) < nodes.index(root)


def test_what_the_regulation_decides_in_a_page(plan: Plan) -> None:
    nodes = {node for let in plan.lets.values() for node in below(let.body)}
    assert len(nodes) < 150
    assert any(isinstance(node, If) for node in nodes)


def test_a_let_says_with_which_earlier_ones_it_breaks(plan: Plan) -> None:
    def breaks(let: Let) -> bool:
        return any(isinstance(node, PlanConflict) for node in below(let.body))

    assert breaks(plan.lets["answer"])
    assert plan.lets["response_due"].breaks_with
