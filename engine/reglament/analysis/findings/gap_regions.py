"""From terms and conditions to the regions of requests where they differ or matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.model.conditions import ALWAYS, NEVER, AllOf, Comparison, Condition, Not, Test
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef, Term
from reglament.model.visitor import children, with_children


def differ(diagrams: Compiler, term: Term, other: Term) -> Node:
    """Where the two terms come out differently; never where either has no answer."""
    forest = diagrams.forest
    if term == other:
        return forest.false
    terms = diagrams.term_diagram(term), diagrams.term_diagram(other)
    pairs = forest.joint(terms, lambda *values: values)
    return forest.compose(
        pairs, {leaf: _unequal(diagrams, *forest.values[leaf]) for leaf in forest.terminals(pairs)}
    )


def _unequal(diagrams: Compiler, constant: Any, other: Any) -> Node:
    forest = diagrams.forest
    if constant == other or isinstance(constant, NoOutcome) or isinstance(other, NoOutcome):
        return forest.false
    if isinstance(constant, Constant) and isinstance(other, Constant):
        return forest.terminal(constant.value != other.value)
    return forest.not_(diagrams.atoms.compare(constant, Operator.IS, other, False))


def with_each_test_set(condition: Condition) -> Iterator[tuple[Test | Not, Condition, Condition]]:
    """Each single test, the condition with it taken to hold, and taken not to hold.

    The opposite of a test, as `is_not` writes it, counts as one test.
    """
    if isinstance(condition, Test) or (
        isinstance(condition, Not) and isinstance(condition.part, Test)
    ):
        yield condition, ALWAYS, NEVER
        return
    parts: tuple[Any, ...] = children(condition)
    for index, part in enumerate(parts):
        before, after = parts[:index], parts[index + 1 :]
        for test, *ways in with_each_test_set(part):
            holding, failing = (with_children(condition, (*before, way, *after)) for way in ways)
            yield test, holding, failing


def undated(condition: Condition, chooser: str) -> Condition:
    """The condition without its comparisons of the fact `chooser` with days."""
    if isinstance(condition, AllOf):
        return AllOf(tuple(undated(part, chooser) for part in condition.parts))
    if is_dated(condition, chooser):
        return ALWAYS
    return condition


def is_dated(condition: Condition, chooser: str) -> bool:
    """Whether the condition compares the fact `chooser` with a day that the policy says."""
    return (
        isinstance(condition, Comparison)
        and condition.subject == FactRef(chooser)
        and isinstance(condition.operand, Constant)
    )
