"""What the solver says of missing facts holds of every value that they can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament.diagram.solver.bounds_propagation import BoundsPropagation, Constraint, Holds
from reglament.diagram.solver.difference_cycles import has_strict_cycle
from reglament.functions.evaluate import holding
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import Comparison, Within
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import DATETIME
from support.laws import examples, sample
from support.november import windows
from support.shipped import shipped

DAYS = [date(2026, 1, 31) + timedelta(days=n) for n in (0, 1, 2, 28, 29, 60)]
FACTS = [FactRef(name) for name in "abc"]


def _counted(function: str) -> st.SearchStrategy[Term]:
    counts = st.integers(-2, 2).map(Constant)
    return st.tuples(st.sampled_from(FACTS), counts).map(lambda both: Formula(function, both))


TERMS: st.SearchStrategy[Term] = st.one_of(
    st.sampled_from(FACTS),
    _counted("days_after"),
    _counted("months_after"),
    st.tuples(st.sampled_from(FACTS), st.sampled_from(FACTS)).map(lambda p: Formula("minimum", p)),
    st.tuples(st.sampled_from(FACTS), st.sampled_from(FACTS)).map(lambda p: Formula("maximum", p)),
)
COMPARISONS = st.lists(st.tuples(TERMS, TERMS, st.booleans()), min_size=2, max_size=4)


@examples(150)
@given(COMPARISONS)
def test_what_stands_in_a_strict_cycle_no_values_satisfy(
    drawn: list[tuple[Term, Term, bool]],
) -> None:
    tests = [(Comparison(low, Operator.AT_MOST, high), holds) for low, high, holds in drawn]
    if not has_strict_cycle(tests):
        return
    read = [(holding(test, {}), holds) for test, holds in tests]
    for values in product(DAYS, repeat=len(FACTS)):
        facts = dict(zip("abc", values, strict=True))
        assert not all(test(facts) is holds for test, holds in read)


def _days(name: str, count: int) -> Formula:
    return Formula("days_after", (FactRef(name), Constant(count)))


A, B = FactRef("a"), FactRef("b")


@pytest.mark.parametrize(
    "comparisons",
    [
        [(B, _days("a", 14), True), (B, _days("a", 30), False)],
        [(A, B, False), (A, Formula("minimum", (A, B)), True)],
        [(Formula("maximum", (A, B)), B, True), (A, B, False)],
        [(_days("a", 1), B, True), (B, A, True)],
        [(A, B, True), (_days("b", -1), A, False), (B, A, True)],
    ],
)
def test_what_functions_mean_closes_a_cycle(comparisons: list[tuple[Term, Term, bool]]) -> None:
    tests = [(Comparison(low, Operator.AT_MOST, high), holds) for low, high, holds in comparisons]
    assert has_strict_cycle(tests)
    assert not has_strict_cycle([(test, True) for test, _ in tests[:1] * 2])


@pytest.fixture(scope="module")
def solver() -> BoundsPropagation:
    """Hours of the shipped policy, others that meet them for two hours, and such that never do."""
    version = shipped("technical-support").versions[-1]
    (day,) = version.hours.values()
    hours: dict[str, WorkingHours] = {"day": day}
    for name, window in (("evening", "17:00-22:00"), ("night", "20:00-22:00")):
        hours[name] = replace(day, id=name, usual=windows(window))
    return BoundsPropagation({"m": DATETIME}, hours, version.zone)


@pytest.mark.parametrize(
    ("wanted", "is_possible"),
    sample([
        ({"day": True, "evening": True}, True),
        ({"day": True, "evening": False}, True),
        ({"day": True, "night": True}, False),
        ({"day": False, "evening": True, "night": False}, True),
        ({"day": True, "evening": True, "night": True}, False),
    ], 2),
)  # fmt: skip
def test_one_moment_is_put_into_all_hours_or_into_none(
    solver: BoundsPropagation, wanted: dict[str, bool], is_possible: bool
) -> None:
    asked = [Holds(Within(FactRef("m"), name), holds) for name, holds in wanted.items()]
    constraints: tuple[Constraint, ...] = tuple(asked)
    solution = solver.solve({}, constraints)
    assert (solution.is_possible, solution.is_proven) == (is_possible, True)
    if is_possible:
        for one in asked:
            assert holding(one.atom, solver.hours)(solution.values) is one.holds
