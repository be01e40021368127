"""Tests of a residual that lack facts which hang together: where values of these lead.

A walk over the whole residual for each value, or each path, would take long; so what is asked of
other facts is left out beforehand: of each answer only the next of these tests are kept, and the
terminals that it may lead to without them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeAlias

from reglament.diagram.kernel.branches import answer_reader, facts_of_variable
from reglament.diagram.kernel.forest import Forest, IntervalVar, Node, PredicateVar
from reglament.diagram.solver.term_ranges import Facts
from reglament.functions.evaluate import Reader
from reglament.memo import Memo, keep
from reglament.model.calendar import OutsideCalendar
from reglament.partial.assignments import AssignmentSpace, Box, PartialAssignment
from reglament.partial.feasibility import Feasibility
from reglament.partial.or_nodes import OrNode, Residual, or_nodes
from reglament.partial.terminal_outcomes import lacking

MOST_PATHS = 200  # that are followed; beyond it terminals have their range without one
MOST_KEPT = 200  # values of the given facts for which the paths are remembered
# Values of missing facts, and the terminals to which they may lead.
Led: TypeAlias = tuple[Facts, frozenset[Node]]
Key: TypeAlias = tuple[str, ...]
# Of a span the places at which its answers begin, but the first; and what comes after each answer.
Edges: TypeAlias = tuple[list[Any], list[tuple[Residual, ...]]]


class TiedPath(NamedTuple):
    """The answers on a path to a terminal, and the lines of missing facts that they leave."""

    assignment: PartialAssignment
    lines: Box


class Shared(Protocol):
    """What the residuals of the diagrams of one forest share."""

    forest: Forest
    space: AssignmentSpace
    ranged: Memo[Node, Any]  # of terminals at which something is computed

    def after(
        self, feasibility: Feasibility, before: PartialAssignment, node: OrNode, answer: Any
    ) -> PartialAssignment | None:
        """The answers before with one more, at an or-node; None where they do not go together."""


class TestsInOrder:
    """The tests of a residual of which all that they read stands in order, by their levels."""

    def __init__(self, part: Residual, shared: Shared) -> None:
        self.part, self.shared = part, shared
        lines, variables = shared.space.lines, shared.forest.variables
        self.missing: dict[int, frozenset[str]] = {}
        for node in or_nodes(part):
            if node.level not in self.missing:
                is_ordered = isinstance(variables[node.level], IntervalVar | PredicateVar)
                if is_ordered and facts_of_variable(variables[node.level]) <= lines.keys():
                    self.missing[node.level] = node.missing
        self._kept: dict[Any, TiedTests] = {}

    def tied(self, facts: frozenset[str]) -> TiedTests:
        """Those that lack these facts, or others by which such tests hang together."""
        levels: set[int] = set()
        while True:
            more = {
                level
                for level, missing in self.missing.items()
                if level not in levels and not missing.isdisjoint(facts)
            }
            if not more:
                break
            levels |= more
            facts = facts.union(*(self.missing[level] for level in more))
        key = facts, frozenset(levels)
        if key not in self._kept:
            self._kept[key] = TiedTests(self.part, self.shared, *key)
        return self._kept[key]


class TiedTests:
    """The tests at these `levels`, and the missing `facts` by which they hang together."""

    def __init__(
        self, part: Residual, shared: Shared, facts: frozenset[str], levels: frozenset[int]
    ) -> None:
        self.part, self.shared, self.facts, self.levels = part, shared, facts, levels
        variables, hours = shared.forest.variables, shared.space.solver.hours
        tested = (facts_of_variable(variables[level]) for level in levels)
        self.told = frozenset[str]().union(*tested)
        self._in_order = sorted(self.told)
        self._readers: Memo[int, Reader] = Memo(
            lambda level: answer_reader(variables[level], hours)[1]
        )
        self._edges: Memo[OrNode, Edges] = Memo(self._edges_of)
        self._few: dict[Key, Iterable[Led] | None] = {}

    # Values

    def few(self, feasibility: Feasibility) -> Iterable[Led] | None:
        """All values of the missing facts; None where these are many."""
        key = self._key(feasibility)
        if key not in self._few:
            few = self.shared.space.ranges.few(self._lacked(feasibility))
            found = None if few is None else self._led(few, feasibility.told)
            keep(self._few, key, found, MOST_KEPT)
        return self._few[key]

    def some(
        self, feasibility: Feasibility, path: TiedPath, facts: frozenset[str]
    ) -> Iterator[Facts]:
        """Some values of the facts, and of what else is missing, that follow the path."""
        ranges, (assignment, within) = self.shared.space.ranges, path
        if feasibility.is_boxed(assignment):
            return ranges.some(facts, within)
        return feasibility.giving(assignment, facts | self._lacked(feasibility), within)

    def hanging_on(self, feasibility: Feasibility, path: TiedPath) -> Any:
        """All that the values which `some` gives for a path hang on, but the facts asked for."""
        assignment, within = path
        if feasibility.is_boxed(assignment):
            return tuple(sorted(within.items()))
        read = self.shared.space.read[assignment]
        told = tuple([feasibility.texts[fact] for fact in read])
        return assignment, self._lacked(feasibility), told

    def _key(self, feasibility: Feasibility) -> Key:
        return tuple([feasibility.texts[fact] for fact in self._in_order])

    def _lacked(self, feasibility: Feasibility) -> frozenset[str]:
        return self.facts | lacking(self.told, feasibility.told)

    def _led(self, several: Iterable[Facts], told: Facts) -> Iterable[Led]:
        return [(values, self._reached({**told, **values})) for values in several]

    def _reached(self, given: Facts) -> frozenset[Node]:
        """The terminals to which the facts may lead: other tests come out anyhow."""
        answers: Memo[int, Any] = Memo(lambda level: self._answer(level, given))
        leaves = set[Node]()
        seen, waiting = set[Residual](), [*self._after(self.part)]
        while waiting:
            node = waiting.pop()
            if not isinstance(node, OrNode):
                leaves.add(node)
            elif node not in seen:
                seen.add(node)
                answer = answers[node.level]
                if answer is not REFUSED:
                    cuts, afters = self._edges[node]
                    waiting.extend(afters[bisect_right(cuts, answer) if cuts else not answer])
        return frozenset(leaves)

    def _edges_of(self, node: OrNode) -> Edges:
        """The cuts of a span, if it is one, and what comes after each answer."""
        cuts = [
            edge[0] for edge, _ in node.edges if isinstance(edge, tuple) and edge[0] is not None
        ]
        return cuts, [self._after(child) for _, child in node.edges]

    def _answer(self, level: int, given: Facts) -> Any:
        try:
            return self._readers[level](given)
        except (OutsideCalendar, OverflowError):
            return REFUSED

    def _after(self, part: Residual) -> tuple[Residual, ...]:
        """The tests and terminals that come next, whatever is asked of other facts before."""
        found = self._next.get(part)
        return found if found is not None else self._itself(part)

    @cached_property
    def _next(self) -> Mapping[Residual, tuple[Residual, ...]]:
        found: dict[Residual, tuple[Residual, ...]] = {}
        # From below, as levels rise along every edge.
        for node in sorted(or_nodes(self.part), key=lambda node: -node.level):
            if node.level in self.levels:
                found[node] = (node,)
            else:
                several = (found.get(one) or self._itself(one) for _, one in node.edges)
                found[node] = tuple(dict.fromkeys(one for some in several for one in some))
        return found

    def _itself(self, part: Residual) -> tuple[Residual, ...]:
        """The terminal, if anything is computed there."""
        is_computed = not isinstance(part, OrNode) and self.shared.ranged[part] is not None
        return (part,) if is_computed else ()

    # Paths

    def paths(self, feasibility: Feasibility, leaf: Node) -> list[TiedPath] | None:
        """The paths to the terminal, other facts aside; None where there are many."""
        if self not in feasibility.paths:
            feasibility.paths[self] = self._all_paths(feasibility)
        found: Mapping[Node, list[TiedPath]] | None = feasibility.paths[self]
        return None if found is None else found.get(leaf, [])

    def _all_paths(self, feasibility: Feasibility) -> Mapping[Node, list[TiedPath]] | None:
        paths: dict[Node, list[TiedPath]] = {}
        first = [(one, self.shared.space.start) for one in self._after(self.part)]
        seen, waiting = set[tuple[Residual, PartialAssignment]](), first
        while waiting:
            spot = waiting.pop()
            if spot in seen:
                continue
            seen.add(spot)
            node, before = spot
            if not isinstance(node, OrNode):
                paths.setdefault(node, []).append(TiedPath(before, feasibility.lines(before)))
            elif len(seen) > MOST_PATHS:
                return None
            else:
                for child, after in self._steps(feasibility, node, before):
                    waiting.extend([(one, after) for one in self._after(child)])
        return paths

    def _steps(
        self, feasibility: Feasibility, node: OrNode, before: PartialAssignment
    ) -> list[tuple[Residual, PartialAssignment]]:
        """Where each answer at the or-node leads that goes with those before it."""
        afters = (
            (child, self.shared.after(feasibility, before, node, answer))
            for answer, child in node.edges
        )
        return [(child, after) for child, after in afters if after is not None]


REFUSED = object()
