"""Conditions joined, as regions of a difference are made of them."""

from __future__ import annotations

from reglament.analysis.diff.joining import alone, both, either
from reglament.model.conditions import ALWAYS, AllOf, AnyOf, Condition, Not, OneOf
from reglament.model.terms import FactRef

A: Condition = OneOf(FactRef("a"), (True,))
B: Condition = OneOf(FactRef("b"), (True,))
C: Condition = OneOf(FactRef("c"), (True,))


def test_where_one_holds_alone_what_both_share_is_said_once() -> None:
    assert alone(AllOf((A, B)), AllOf((A, C))) == AllOf((A, B, Not(C)))
    assert alone(A, AllOf((A, B))) == AllOf((A, Not(B)))
    assert alone(ALWAYS, A) == Not(A)


def test_what_says_all_that_another_says_holds_nowhere_alone() -> None:
    assert alone(AllOf((A, B)), A) is None
    assert alone(A, ALWAYS) is None
    assert alone(AllOf((A, B)), AllOf((B, A))) is None


def test_both_and_either_say_nothing_twice() -> None:
    assert both(A, AllOf((A, B))) == AllOf((A, B))
    assert either(A, A) == A
    assert either(AnyOf((A, B)), B) == AnyOf((A, B))
    assert either(A, ALWAYS) == ALWAYS
