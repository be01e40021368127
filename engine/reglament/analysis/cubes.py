"""From a diagram that is true or false to a few conjunctions of tests that cover the true.

Each conjunction is a path of the diagram, freed of the tests that do not matter and
widened as far as it stays true (prime implicants, covered greedily: Quine 1952,
McCluskey 1956, here without any claim to the least number).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import edges
from reglament.diagram.kernel.forest import (
    EnumVar,
    Forest,
    IntervalVar,
    Node,
    PredicateVar,
    Variable,
)
from reglament.diagram.kernel.reduction import sort_key
from reglament.frozen import frozen
from reglament.model.values import Value


@frozen
class Among:
    """The answer to a choice is one of the values, or none of them."""

    values: frozenset[Value]
    is_in: bool = True


@frozen
class Stretch:
    """The answer to a span is at least `first` and less than `past`; None is no bound."""

    first: Any | None
    past: Any | None


Answer: TypeAlias = Among | Stretch | bool
Cube: TypeAlias = Mapping[Variable, Answer]


def cubes(
    forest: Forest, region: Node, decisions: Container[str]
) -> Iterator[dict[Variable, Answer]]:
    """Conjunctions that together cover `region`.

    Tests of several facts are left out first, those of `decisions` last.
    """
    search = _CubeSearch(forest, region, decisions)
    rest = region
    while rest != forest.false:
        cube = search.widened(search.freed(_a_path(forest, rest)))
        yield cube
        rest = forest.ite(search.node(cube), forest.false, rest)


class _CubeSearch:
    def __init__(self, forest: Forest, region: Node, decisions: Container[str]) -> None:
        self.forest = forest
        self.region = region
        self.decisions = decisions
        asked = forest.keys_by_level([region])
        self.keys = {forest.variables[level]: set(keys) for level, keys in asked.items()}

    def node(self, cube: Cube) -> Node:
        """The diagram of a conjunction."""
        literals = (self._literal(variable, answer) for variable, answer in cube.items())
        return reduce(self.forest.and_, literals, self.forest.true)

    def freed(self, cube: dict[Variable, Answer]) -> dict[Variable, Answer]:
        """The conjunction without the tests that do not matter."""
        for variable in sorted(cube, key=lambda v: (self._weight(v), -self.forest.level(v))):
            shorter = {v: answer for v, answer in cube.items() if v != variable}
            if self._is_inside(shorter):
                cube = shorter
        return cube

    def _weight(self, variable: Variable) -> int:
        if isinstance(variable, EnumVar):
            return 3 if variable.fact in self.decisions else 2
        return 0 if isinstance(variable, PredicateVar) else 1

    def widened(self, cube: dict[Variable, Answer]) -> dict[Variable, Answer]:
        """The conjunction with each answer as wide as it can be."""
        for variable in list(cube):
            for answer in self._wider(variable, cube[variable]):
                wider = {**cube, variable: _joined(cube[variable], answer)}
                if self._is_inside(wider):
                    cube = wider
        return cube

    def _wider(self, variable: Variable, answer: Answer) -> Iterator[Answer]:
        if isinstance(variable, EnumVar) and isinstance(answer, Among):
            known = self.keys.get(variable, set())
            if variable.domain is None and answer.is_in:
                yield Among(frozenset(known) - answer.values, is_in=False)
            for value in sorted(variable.domain or known, key=sort_key):
                yield Among(frozenset({value}))
        elif isinstance(variable, IntervalVar):
            yield Stretch(None, None)
            cuts = sorted(self.keys.get(variable, set()))
            yield from (Stretch(first, past) for first, past in pairwise((None, *cuts, None)))
            yield from (Stretch(f, p) for f, p in reversed(list(pairwise((None, *cuts, None)))))

    def _is_inside(self, cube: Cube) -> bool:
        forest = self.forest
        return forest.ite(self.node(cube), self.region, forest.true) == forest.true

    def _literal(self, variable: Variable, answer: Answer) -> Node:
        forest = self.forest
        if isinstance(variable, EnumVar) and isinstance(answer, Among):
            node = forest.among(variable, sorted(answer.values, key=sort_key))
            return node if answer.is_in else forest.not_(node)
        if isinstance(variable, IntervalVar) and isinstance(answer, Stretch):
            low = (
                forest.true if answer.first is None else forest.at_or_above(variable, answer.first)
            )
            high = (
                forest.false if answer.past is None else forest.at_or_above(variable, answer.past)
            )
            return forest.and_(low, forest.not_(high))
        node = forest.test(variable)
        return node if answer else forest.not_(node)


def _joined(one: Answer, other: Answer) -> Answer:
    if isinstance(one, Among) and isinstance(other, Among):
        return _either(one, other)
    if isinstance(one, Stretch) and isinstance(other, Stretch):
        return _reaching(one, other)
    return one


def _either(one: Among, other: Among) -> Among:
    if one.is_in and other.is_in:
        return Among(one.values | other.values)
    if one.is_in:
        return replace(other, values=other.values - one.values)
    if other.is_in:
        return replace(one, values=one.values - other.values)
    return Among(one.values & other.values, is_in=False)


def _reaching(stretch: Stretch, other: Stretch) -> Stretch:
    """One stretch over both where they touch; else the first alone."""
    if other.past is not None and other.past == stretch.first:
        return Stretch(other.first, stretch.past)
    if other.first is not None and other.first == stretch.past:
        return Stretch(stretch.first, other.past)
    return other if other == Stretch(None, None) else stretch


def _a_path(forest: Forest, root: Node) -> dict[Variable, Answer]:
    """The answers on the way to where the diagram is true, all that lead one way together."""
    cube: dict[Variable, Answer] = {}
    node = root
    while node != forest.true:
        ways = [(a, child) for a, child in _ways(forest, node) if child != forest.false]
        answer, child = next((way for way in ways if way[1] == forest.true), ways[0])
        cube[forest.variable(node)] = answer
        node = child
    return cube


def _ways(forest: Forest, node: Node) -> Iterator[tuple[Answer, Node]]:
    variable = forest.variable(node)
    if isinstance(variable, EnumVar):
        yield from _ways_of_choice(variable, forest.keys[node], forest.children[node])
        return
    for answer, child in edges(forest, node):
        yield Stretch(*answer) if isinstance(answer, tuple) else answer, child


def _ways_of_choice(
    variable: EnumVar, keys: tuple[Any, ...], children: tuple[Node, ...]
) -> Iterator[tuple[Answer, Node]]:
    last = children[-1]
    values: dict[Node, set[Value]] = {}
    for key, child in zip(keys, children, strict=False):
        values.setdefault(child, set()).add(key)
    rest = values.pop(last, set())
    if variable.domain is None:
        others = frozenset(key for found in values.values() for key in found)
        yield from ((Among(frozenset(found)), child) for child, found in values.items())
        yield Among(others, is_in=False), last
        return
    rest |= {value for value in variable.domain if value not in keys}
    yield from ((Among(frozenset(found)), child) for child, found in values.items())
    if rest:
        yield Among(frozenset(rest)), last
