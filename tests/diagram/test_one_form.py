"""A test of a computed value has one form in diagrams, however a policy puts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.diagram.kernel.branches import given_answer
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.term_types import grid_of
from reglament.diagram.solver.ordinals import ordinal, value_at
from reglament.functions.evaluate import value_of
from reglament.model.operators import Operator
from reglament.model.regulation import Fact, Version
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import DATE, DATETIME, INTEGER, Kind, Type, Value, decimal
from support.texts import same

TYPES: Mapping[str, Type] = {
    "day": DATE,
    "end": DATE,
    "moment": DATETIME,
    "number": INTEGER,
    "price": decimal(2),
}
NAME, HOLDS = same("x"), date(2000, 1, 1)
FACTS = {name: Fact(name, type_, NAME) for name, type_ in TYPES.items()}
VERSION = Version("p", "1", NAME, HOLDS, HOLDS, "day", "Europe/Berlin", FACTS, {})
DIAGRAMS = Compiler(VERSION)

DAY, END, MOMENT, NUMBER, PRICE = map(FactRef, TYPES)
YEARS: Term = Formula("years_between", (DAY, END))
SUM: Term = Formula("sum", (YEARS, NUMBER, Constant(3)))
COST: Term = Formula("product", (PRICE, Constant(Decimal("1.5"))))
LATER: Term = Formula("months_after", (DAY, Constant(3)))
LATEST: Term = Formula("maximum", (LATER, Formula("day_of", (MOMENT,))))
STEPS: Term = Formula("round_up", (PRICE, Constant(Decimal("0.5"))))


@pytest.mark.parametrize(
    ("term", "kind", "places"),
    [
        (YEARS, Kind.INTEGER, 0),
        (SUM, Kind.INTEGER, 0),
        (COST, Kind.DECIMAL, 3),
        (STEPS, Kind.DECIMAL, 1),
        (LATER, Kind.DATE, 0),
        (LATEST, Kind.DATE, 0),
        (Formula("minimum", (NUMBER, PRICE)), Kind.DECIMAL, 2),
    ],
)
def test_the_grid_of_a_term(term: Term, kind: Kind, places: int) -> None:
    grid = grid_of(term, TYPES)

    assert grid is not None
    assert (grid.kind, grid.places) == (kind, places)


def test_terms_without_an_order_have_no_grid() -> None:
    assert grid_of(Constant("word"), TYPES) is None
    assert grid_of(Constant(True), TYPES) is None
    assert grid_of(Formula("maximum", (DAY, Constant(None))), TYPES) is None


AT_MOST, LESS_THAN = Operator.AT_MOST, Operator.LESS_THAN
AT_LEAST, MORE_THAN = Operator.AT_LEAST, Operator.MORE_THAN


@pytest.mark.parametrize(
    ("term", "last", "first"),
    [
        (YEARS, 17, 18),
        (SUM, Decimal("17.5"), 18),
        (COST, Decimal("1.499"), Decimal("1.5")),
        (LATER, date(2026, 3, 31), date(2026, 4, 1)),
    ],
)
def test_at_most_the_last_is_less_than_the_first_after_it(
    term: Term, last: Value, first: Value
) -> None:
    at_most = compare(term, AT_MOST, last)

    assert at_most == compare(term, LESS_THAN, first)
    assert at_most == DIAGRAMS.forest.not_(compare(term, AT_LEAST, first))
    assert at_most == DIAGRAMS.forest.not_(compare(term, MORE_THAN, last))


def test_a_value_between_those_that_can_come_out_is_never_reached() -> None:
    assert compare(SUM, Operator.IS, Decimal("17.5")) == DIAGRAMS.forest.false


def compare(term: Term, operator: Operator, value: Value) -> Node:
    return DIAGRAMS.atoms.compare(term, operator, Constant(value), False)


@given(
    st.sampled_from([YEARS, SUM, COST, LATER, LATEST, STEPS]),
    st.sampled_from([AT_MOST, LESS_THAN, AT_LEAST, MORE_THAN, Operator.IS]),
    st.fixed_dictionaries(
        {
            "day": st.dates(date(2020, 1, 1), date(2023, 12, 31)),
            "end": st.dates(date(2024, 1, 1), date(2027, 12, 31)),
            "moment": st.datetimes(
                datetime(2020, 1, 1),
                datetime(2024, 12, 31),
                timezones=st.just(ZoneInfo("Europe/Berlin")),
            ),
            "number": st.integers(-5, 5),
            "price": st.decimals(-3, 3, places=2),
        }
    ),
    st.integers(-2, 2),
)
def test_the_one_form_holds_where_the_comparison_does(
    term: Term, operator: Operator, told: dict[str, Any], off: int
) -> None:
    grid = grid_of(term, TYPES)
    value: Any = value_of(term, told, {})
    assert grid is not None
    assert value_at(grid, ordinal(grid, value)) == value  # it lies on its grid

    # Constants near the value, some of them between two that can come out.
    step: Any = timedelta(days=1) if grid.kind is Kind.DATE else Decimal(10) ** -(grid.places + 1)
    constant = value + off * step
    assert follow(compare(term, operator, constant), told) is operator.meaning(value, constant)


def follow(node: Node, told: Mapping[str, Any]) -> bool:
    forest = DIAGRAMS.forest
    while not forest.is_terminal(node):
        answer = given_answer(forest.variable(node), told, {})
        assert answer is not None
        node = forest.child(node, answer[0])
    found: bool = forest.values[node]
    return found
