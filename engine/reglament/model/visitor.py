"""One way to walk and to rewrite conditions and the terms in them.

    walk(AllOf((Not(x), y)))            AllOf, Not, x, the terms of x, y, the terms of y
    transform(condition, change)        the same condition, `change` made of every node in it

as `walk` and `transform` of sqlglot do with the tree of a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar, cast, overload

from reglament.model.conditions import AllOf, AnyOf, Condition, Not, Test, Within
from reglament.model.terms import Conditional, DecisionRef, FactRef, Formula, Term

Node: TypeAlias = Condition | Term
N = TypeVar("N", bound=Node)
T = TypeVar("T")


def children(node: Node) -> tuple[Node, ...]:
    """The conditions and terms directly inside, in written order."""
    match node:
        case Formula():
            return node.arguments
        case Conditional(when, then, otherwise):
            return (when, then, otherwise)
        case Test():
            return node.terms
        case AllOf() | AnyOf():
            return node.parts
        case Not():
            return (node.part,)
    return ()


def with_children(node: N, parts: Sequence[Any]) -> N:
    """The same node with other conditions or terms inside."""
    made: Node = node
    match node:
        case AllOf() | AnyOf():
            made = type(node)(tuple(parts))
        case Not():
            made = Not(*parts)
        case Test():
            made = node.of(*parts)
        case Conditional():
            made = Conditional(*parts)
        case Formula():
            made = replace(node, arguments=tuple(parts))
    return cast(N, made)


@overload
def walk(node: Term) -> Iterator[Term]: ...
@overload
def walk(node: Node) -> Iterator[Node]: ...
def walk(node: Node) -> Iterator[Node]:
    """The node and every node inside it, outermost first, in written order."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting.extend(reversed(children(inner)))


def transform(node: N, change: Callable[[Any], Any]) -> N:
    """The node with `change` made of every node in it, innermost first."""
    parts = children(node)
    changed = [transform(part, change) for part in parts]
    if any(new is not old for new, old in zip(changed, parts, strict=True)):
        node = with_children(node, changed)
    return cast(N, change(node))


def put_instead(condition: Condition, test: Test, instead: Condition) -> Condition:
    """The condition with another one in the place of one test, known by identity."""
    return transform(condition, lambda node: instead if node is test else node)


def fold(
    condition: Condition,
    test: Callable[[Test, bool], T],
    every: Callable[[list[T]], T],
    some: Callable[[list[T]], T],
    *,
    holds: bool = True,
) -> T:
    """What `test` says of each test and of whether it has to hold, put together.

    The opposite of "every part holds" is "some part does not" (De Morgan): below a `not`,
    each test has to fail, and `every` and `some` change places.
    """
    while isinstance(condition, Not):
        condition, holds = condition.part, not holds
    if isinstance(condition, Test):
        return test(condition, holds)
    parts = [fold(part, test, every, some, holds=holds) for part in condition.parts]
    return every(parts) if isinstance(condition, AllOf) is holds else some(parts)


# What nodes read


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every single test that the condition is made of, in written order."""
    waiting = [condition]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Test):
            yield part
        else:
            waiting.extend(reversed(cast(tuple[Condition, ...], children(part))))


def tests_within(*nodes: Node) -> Iterator[Test]:
    """The same, and the tests by which terms inside choose between values."""
    return (part for node in nodes for part in walk(node) if isinstance(part, Test))


def deciding_tests(condition: Condition, outcome: bool) -> list[tuple[Test, bool]]:
    """The tests that can decide the condition for `outcome`, and what each must be for that."""
    return fold(condition, lambda test, holds: [(test, holds)], _chained, _chained, holds=outcome)


def _chained(parts: Iterable[list[tuple[Test, bool]]]) -> list[tuple[Test, bool]]:
    return [pair for part in parts for pair in part]


def facts_of(*nodes: Node) -> frozenset[str]:
    """The facts that the conditions or terms read directly."""
    return frozenset(
        part.name for node in nodes for part in walk(node) if isinstance(part, FactRef)
    )


def decisions_of(*nodes: Node) -> frozenset[str]:
    """The decisions that the conditions or terms read directly."""
    parts = (part for node in nodes for part in walk(node))
    return frozenset(part.name for part in parts if isinstance(part, DecisionRef))


def hours_of(*nodes: Node) -> Iterator[str]:
    """The names of the hours that the conditions or terms count by, in written order."""
    for node in nodes:
        for part in walk(node):
            if isinstance(part, Formula):
                yield from part.all_hours
            elif isinstance(part, Within):
                yield part.hours
