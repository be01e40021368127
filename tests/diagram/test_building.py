"""Which diagrams are built for a decision, and that none hangs on what was asked before."""

from __future__ import annotations

from datetime import date

from reglament.diagram.kernel.compiler import Compiler
from reglament.model.conditions import ALWAYS, Comparison, Condition, OneOf
from reglament.model.decisions import Decision, DecisionKind, Rule
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula
from reglament.model.values import BOOLEAN, DATE, INTEGER, Type, choice
from support.texts import same

NAME, DAY = same("x"), date(2024, 1, 1)
FLAGS = [f"flag{number}" for number in range(10)]
FACTS = {
    **{name: Fact(name, BOOLEAN, NAME) for name in FLAGS},
    **{name: Fact(name, INTEGER, NAME) for name in ("amount", "limit", "price")},
    "day": Fact("day", DATE, NAME),
}


def decision(name: str, type_: Type, when: Condition, then: object, other: object) -> Decision:
    rule = Rule(name, when, then if isinstance(then, Formula) else Constant(then))  # type: ignore[arg-type]
    otherwise = Rule(f"{name}-otherwise", ALWAYS, Constant(other))  # type: ignore[arg-type]
    return Decision(
        name, DecisionKind.OUTCOME, type_, NAME, (rule,), None if other is None else otherwise
    )


def parts() -> list[Decision]:
    """As many parts as there are flags, each of another size."""
    return [
        decision(f"part {flag}", INTEGER, OneOf(FactRef(flag), (True,)), 2**place, 0)
        for place, flag in enumerate(FLAGS)
    ]


def above(name: str, fact: str, other: str) -> Decision:
    """A test of two facts, which stands in the order where it is first met."""
    test = Comparison(FactRef(fact), Operator.AT_MOST, FactRef(other))
    return decision(name, choice("yes", "no"), test, "yes", "no")


SUM = Formula("sum", tuple(DecisionRef(one.name) for one in parts()))
TOTAL = decision("total", INTEGER, ALWAYS, SUM, None)


def version(*decisions: Decision) -> Version:
    named = {one.name: one for one in decisions}
    return Version("p", "1", NAME, DAY, DAY, "day", "UTC", FACTS, named)


def test_a_sum_is_built_for_those_alone_that_read_it() -> None:
    last = above("last", "amount", "limit")
    compiler = Compiler(version(*parts(), TOTAL, last))
    compiler.decision("last")
    before = len(compiler.forest)
    assert before < 2 ** len(FLAGS)

    compiler.decision("total")
    assert len(compiler.forest) >= before + 2 ** len(FLAGS)


def test_tests_of_two_facts_stand_in_one_order_whatever_is_asked_first() -> None:
    some = version(
        *parts(), above("first", "price", "limit"), TOTAL, above("last", "amount", "limit")
    )
    orders = []
    for asked in (["last", "total", "first"], ["total", "first", "last"], ["first", "last"]):
        compiler = Compiler(some)
        for name in asked:
            compiler.decision(name)
        orders.append(sorted((level, str(one)) for level, one in compiler.forest.variables.items()))
    assert orders[0] == orders[1] == orders[2]
