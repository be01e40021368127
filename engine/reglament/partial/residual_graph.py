"""From what a request leaves open of a diagram to the terminals and the tree that requests share.

Where tests that lack facts hang together, what can be reached depends on the joint assignments
of the request; what is left in the same joint assignments is the same for every request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import constrains
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import EnumVar, Node, TooLarge
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.memo import Memo
from reglament.model.values import Value
from reglament.partial.assignments import AssignmentSpace, OpenTest, PartialAssignment
from reglament.partial.feasibility import Feasibility
from reglament.partial.joint_assignments import UNCONSTRAINED, JointAssignments
from reglament.partial.or_nodes import OrNode, OrNodes, Residual, or_nodes, terminals_of
from reglament.partial.ranged_terminals import RangedSource, RangedTerminal
from reglament.partial.terminal_outcomes import (
    ConflictingTerms,
    DeferredTerm,
    Terminals,
    TerminalSource,
    UnknownOutcome,
    facts_in_source,
    lacking,
    source_of,
)
from reglament.partial.tied_tests import TestsInOrder

_HANGING = DeferredTerm, ConflictingTerms  # on what a request tells
# The facts that formulas at terminals lack.
Lacks: TypeAlias = tuple[tuple[Node, frozenset[str]], ...]


class Residuals:
    """What the residuals of the diagrams of one forest share."""

    def __init__(self, diagrams: Compiler, solver: BoundsPropagation) -> None:
        self.forest = diagrams.forest
        self.modules = diagrams.read_as_facts
        self.hours = solver.hours
        self.space = AssignmentSpace(solver)
        self.constrains = Memo[int, bool](lambda level: constrains(self.forest.variables[level]))
        self._tests = Memo[OrNode, OpenTest](
            lambda node: OpenTest(node.level, self.forest.variables[node.level], node.missing, ())
        )
        self.nodes = OrNodes(diagrams.forest)
        self.sources = Memo(self._source)
        self.ranged = Memo[Node, RangedSource | None](
            lambda leaf: RangedSource.of(self.sources[leaf], self.space.ranges)
        )
        self.trees = Memo[tuple[Residual, Lacks], OpenTree](lambda key: OpenTree(self, *key))

    def after(
        self, feasibility: Feasibility, before: PartialAssignment, node: OrNode, answer: Any
    ) -> PartialAssignment | None:
        """The answers before with one more, at an or-node; None where they do not go together."""
        if not self.constrains[node.level]:
            return before
        after = self.space.extend(before, self._tests[node], answer)
        return after if feasibility.of(after) else None

    def _source(self, leaf: Node) -> TerminalSource:
        return source_of(self.forest.values[leaf], self.hours)

    def modules_in(self, part: Residual) -> Iterator[str]:
        """The modules that are tested in a residual."""
        if not self.modules:  # as in most forests
            return
        tested = {self.forest.variables[node.level]: None for node in or_nodes(part)}
        for variable in tested:
            if isinstance(variable, EnumVar) and variable.fact in self.modules:
                yield variable.fact


class OpenTree:
    """The tests that still matter: or-nodes of which every edge can be taken. Equal ones are one.

    `lacks` are the facts that formulas at terminals lack, and `modules` are those that are
    tested.
    """

    __slots__ = ("lacks", "modules", "root", "shared")

    def __init__(self, shared: Residuals, root: Residual, lacks: Lacks) -> None:
        self.shared, self.root, self.lacks = shared, root, lacks
        self.modules = tuple(shared.modules_in(root))


class ResidualGraph:
    """What is left of a diagram in some joint assignments: its `terminals`, in order, and trees.

    `fixed` is what the terminals come to where it is the same for every request, else None; in
    `answers` readers keep what they make of that. Unless it `is_exact`, there may be terminals
    that nothing leads to.
    """

    def __init__(
        self,
        part: Residual,
        shared: Residuals,
        joint: JointAssignments = UNCONSTRAINED,
        *,
        is_exact: bool = True,
    ) -> None:
        self.is_exact = is_exact
        self.residual, self.shared, self.joint = part, shared, joint
        self.terminals = terminals_of(part) if joint is UNCONSTRAINED else self._reachable()
        self.sources = [shared.sources[leaf] for leaf in self.terminals]
        terms = [source for source in self.sources if isinstance(source, DeferredTerm)]
        self._read = frozenset[str]().union(*(term.facts for term in terms))
        self._all_read = frozenset[str]().union(*map(facts_in_source, self.sources))
        self._lacking: dict[frozenset[str], Terminals | list[TerminalSource]] = {}
        hangs = any(isinstance(source, _HANGING) for source in self.sources)
        self.fixed = None if hangs else self.outcomes({})
        self.answers: dict[Any, Any] = {}
        self._ranged = Memo(self._ranged_without)
        self._trees: dict[Any, OpenTree] = {}

    def outcomes(
        self,
        given: Mapping[str, Value],
        feasibility: Callable[[AssignmentSpace], Feasibility] | None = None,
    ) -> Terminals:
        """What the terminals come to for a request, shared where it hangs on what is missing.

        With what is feasible of a request, ranges tell what missing facts make no difference to.
        """
        every = lacking(self._all_read, given)
        if every and feasibility is not None and (ranged := self._ranged[every]):
            known = feasibility(self.shared.space)
            return Terminals(
                [
                    ranged[at].outcome(known)
                    if at in ranged
                    else (one.evaluate(given) if isinstance(one, _HANGING) else one)
                    for at, one in enumerate(self.sources)
                ]
            )
        missing = every & self._read
        found = self._lacking.get(missing)
        if found is None:
            found = self._lacking.setdefault(missing, self._without(missing))
        if isinstance(found, Terminals):
            return found
        return Terminals(
            [one.evaluate(given) if isinstance(one, _HANGING) else one for one in found]
        )

    def is_shown(self, reached: Terminals, feasibility: Feasibility) -> bool:
        """Whether what a request leaves open at the terminals is known to be so."""
        ranged = self._ranged[lacking(self._all_read, feasibility.told)]
        return all(
            value.is_exact or (at in ranged and ranged[at].varies(feasibility))
            for at, value in enumerate(reached.values)
            if isinstance(value, UnknownOutcome) and reached.alike[at] == at
        )

    def _without(self, missing: frozenset[str]) -> Terminals | list[TerminalSource]:
        """What they come to where these facts are missing; in part, where that hangs on others."""
        found = [
            source.unlisted[source.facts & missing]
            if isinstance(source, DeferredTerm) and not source.facts.isdisjoint(missing)
            else source
            for source in self.sources
        ]
        known = [one for one in found if not isinstance(one, _HANGING)]
        return Terminals(known, is_shared=True) if len(known) == len(found) else found

    def is_ranged(self, missing: frozenset[str]) -> bool:
        """Whether told values may settle a terminal though it lacks some of these facts."""
        return bool(self._ranged[missing & self._all_read])

    def _ranged_without(self, missing: frozenset[str]) -> dict[int, RangedTerminal]:
        """By place the terminals that may be settled though these facts are missing."""
        terminals: dict[int, RangedTerminal] = {}
        with suppress(TooLarge):  # all remains open, as far as this knows
            for at, leaf in enumerate(self.terminals):
                source = self.shared.ranged[leaf]
                if source is not None and (own := source.facts & missing):
                    tests = self._tests.tied(own)
                    if tests.levels or source.may_settle:
                        terminals[at] = RangedTerminal(leaf, source, tests)
        return terminals

    @cached_property
    def _tests(self) -> TestsInOrder:
        return TestsInOrder(self._narrowed, self.shared)

    @cached_property
    def _narrowed(self) -> Residual:
        """What is left by edges that can be taken in these joint assignments. Raises TooLarge."""
        if self.joint is UNCONSTRAINED:
            return self.residual
        return self.shared.nodes.narrowed(self.residual, self.joint.every, self._within)

    def _reachable(self) -> tuple[Node, ...]:
        """The terminals that are reached in some joint assignment."""
        where: dict[Residual, int] = {self.residual: self.joint.every}
        # Levels rise along every edge, so an or-node is left after all that leads to it.
        for node in sorted(or_nodes(self.residual), key=lambda node: node.level):
            here = where.get(node, 0)
            for answer, child in node.edges:
                where[child] = where.get(child, 0) | here & self.joint.where(node.level, answer)
        return tuple(leaf for leaf in terminals_of(self.residual) if where[leaf])

    def tree(self, reached: Terminals) -> OpenTree:
        """The tree, for requests whose terminals come to such values. Raises TooLarge."""
        open_tree: OpenTree | None = reached.tree
        if open_tree is not None:
            return open_tree
        lacks = tuple(
            [
                (terminal, value.missing)
                for terminal, value in zip(self.terminals, reached.values, strict=True)
                if isinstance(value, UnknownOutcome)
            ]
        )
        pattern = (*reached.alike, *lacks)
        open_tree = self._trees.get(pattern)
        if open_tree is None:
            open_tree = self._trees[pattern] = self.shared.trees[self._root(reached.alike), lacks]
        if reached.answers is not None:
            reached.tree = open_tree
        return open_tree

    def _root(self, alike: list[int]) -> Residual:
        """The tests in these joint assignments that tell apart terminals which are not alike."""
        firsts = [self.terminals[at] for at in alike]
        ends: dict[Residual, Residual] = dict(zip(self.terminals, firsts, strict=True))
        return self.shared.nodes.mapped(self._narrowed, ends)

    def _within(self, here: int, node: OrNode, answer: Any) -> int:
        return here & self.joint.where(node.level, answer)
