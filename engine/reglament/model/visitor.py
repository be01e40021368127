"""One way to walk and to rewrite conditions and the terms in them.

    walk(AllOf((Not(x), y)))            AllOf, Not, x, the terms of x, y, the terms of y
    transform(condition, change)        the same condition, `change` made of every node in it

as `walk` and `transform` of sqlglot do with the tree of a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar, cast, overload

from reglament.model.conditions import AllOf, AnyOf, Condition, Counted, Not, Test, Within
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
        case AllOf() | AnyOf() | Counted():
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
        case Counted():
            made = replace(node, parts=tuple(parts))
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


def without_places(node: N) -> N:
    """The node itself without the place where it is written: equal ones are then equal."""
    return replace(node, place=None) if isinstance(node, Test) else node


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
    if isinstance(condition, Counted):
        ways = {
            wanted: [fold(part, test, every, some, holds=wanted) for part in condition.parts]
            for wanted in (True, False)
        }
        return _folded_count(condition, ways, every, some, holds)
    parts = [fold(part, test, every, some, holds=holds) for part in condition.parts]
    return every(parts) if isinstance(condition, AllOf) is holds else some(parts)


def _folded_count(
    counted: Counted,
    ways: dict[bool, list[T]],
    every: Callable[[list[T]], T],
    some: Callable[[list[T]], T],
    holds: bool,
) -> T:
    """That so many parts hold: at least some do, and at least the others do not; or its opposite.

    `ways` has the parts as they hold, and as they fail.
    """
    count, least, most = len(counted.parts), counted.at_least, counted.at_most
    if holds:
        wanted = [(True, least), (False, count - most)]
        sides = [_at_least(number, ways[way], every, some) for way, number in wanted if number > 0]
        return sides[0] if len(sides) == 1 else every(sides)
    wanted = [(False, count - least + 1), (True, most + 1)]
    sides = [_at_least(number, ways[way], every, some) for way, number in wanted if number <= count]
    return sides[0] if len(sides) == 1 else some(sides)


def _at_least(
    number: int, parts: list[T], every: Callable[[list[T]], T], some: Callable[[list[T]], T]
) -> T:
    """At least so many of the parts: with the first one less of the others, or as many of them."""
    made: dict[tuple[int, int], T] = {}

    def of(wanted: int, start: int) -> T:
        left = len(parts) - start
        if (wanted, start) not in made:
            if wanted > left:
                found = some([])
            elif wanted in (0, left):
                found = every(parts[start:] if wanted else [])
            elif wanted == 1:
                found = some(parts[start:])
            else:
                with_it = every([parts[start], of(wanted - 1, start + 1)])
                found = some([with_it, of(wanted, start + 1)])
            made[wanted, start] = found
        return made[wanted, start]

    return of(max(number, 0), 0)


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
    """Each test once, though it stands in many of the ways to count."""
    found = {(id(test), holds): (test, holds) for part in parts for test, holds in part}
    return list(found.values())


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
