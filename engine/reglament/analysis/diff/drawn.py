"""From the diagrams of two versions to conditions that part the requests they decide differently.

Diagrams know words and cuts exactly. What they cannot draw within a budget, or leave open, is
said to be so: everything here is a help to find regions and to prove them, and a region that it
proposes counts only with a request that both versions confirm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from reglament.analysis.cube_conditions import condition_of
from reglament.analysis.cubes import cubes
from reglament.analysis.diff.alignment import Alignment
from reglament.analysis.diff.product import SAME, NotCompared, Product
from reglament.analysis.diff.types import ChangedOutcome
from reglament.analysis.proving.joint_items import joint_caps, joint_items
from reglament.analysis.search.reachable_lists import ReachableLists
from reglament.diagram.kernel.branches import facts_tested
from reglament.diagram.kernel.forest import (
    Forest,
    Node,
    TooLarge,
)
from reglament.diagram.kernel.witness import Witnesses
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.evaluation import Evaluator
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import Condition
from reglament.model.values import Value

MOST_REGIONS = 24
MOST_PATHS = 8
MOST_STEPS = 400
T = TypeVar("T")


class Hasty(BoundsPropagation):
    """Leaves open what takes many rounds of pushing: a region is not worth minutes."""

    most_rounds = 8


class Drawn:
    """The diagrams of both versions, each decision's of at most `budget` nodes."""

    def __init__(self, alignment: Alignment, budget: int) -> None:
        self.alignment = alignment
        self.product = Product(alignment, is_local=False, budget=budget)
        self.local = Product(alignment, is_local=True, budget=budget)

    @cached_property
    def witnesses(self) -> Witnesses:
        """Finds paths in the diagrams of both versions."""
        return Witnesses(self.product.common, Hasty)

    def difference(self, name: str) -> Node | None:
        """Where the decision comes out differently; None if the diagrams cannot tell."""
        if self.alignment.reads_another_clock(name):  # diagrams know one time zone
            return None
        return _drawn(self.product, lambda: self._among_lists(self.product.difference(name)))

    def _among_lists(self, difference: Node) -> Node:
        """The difference for requests whose totals some lists come to in both versions."""
        if self._lists is None:
            return difference
        condition = self._lists.among(facts_tested(self.product.forest, difference))
        return self.product.within(self.product.of_facts(condition), difference)

    @cached_property
    def _lists(self) -> ReachableLists | None:
        old, new = self.alignment.old, self.alignment.new
        joint = joint_items(old, new)
        return None if joint is None else ReachableLists(Evaluator(joint), joint_caps(old, new))

    def where(self, condition: Condition) -> Node | None:
        """Where a condition on facts and decisions holds, by the old version."""
        return _drawn(self.product, lambda: self.product.where(condition))

    def is_within(self, condition: Condition, other: Condition) -> bool:
        """Whether the other condition holds wherever this one does, as far as can be told."""
        inner, outer = self.where(condition), self.where(other)
        if inner is None or outer is None:
            return False
        try:
            here = self.product.within(inner, self.product.forest.true)
            return self.is_never(self.product.outside(outer, here))
        except TooLarge:
            return False

    def is_never(self, node: Node | None) -> bool:
        """Whether no request reaches a leaf of `node` but `SAME`, as far as can be told."""
        if node is None:
            return False
        if node == self.product.same:
            return True
        try:
            paths = self.witnesses.paths(node, _is_change, most_steps=MOST_STEPS)
            return next(paths, None) is None
        except (TooLarge, OutsideCalendar, OverflowError):
            return False

    def requests(self, node: Node) -> Iterator[Mapping[str, Value]]:
        """Facts that lead to a leaf of `node` but `SAME`, to be completed and confirmed."""
        try:
            paths = self.witnesses.paths(node, _is_change, most_steps=MOST_STEPS)
            yield from (path.facts for path in islice(paths, MOST_PATHS))
        except (TooLarge, OutsideCalendar, OverflowError):
            return

    def unchanged(self, name: str, guard: Node) -> Node | None:
        """Where the guard holds and the decision comes out the same, as a difference."""
        difference = self.difference(name)
        if difference is None:
            return None
        try:
            self.product.allow()
            if self.product.may_be_told_nonetheless(name):
                return None
            forest = self.product.forest
            same = forest.map_values(difference, lambda leaf: SAME if leaf != SAME else True)
            return self.product.within(guard, same)
        except TooLarge:
            return None

    def own(self, name: str) -> list[tuple[ChangedOutcome, Condition]] | None:
        """Each way in which the decision's own rules change it, and where, in their own words.

        None if that takes too many words or nodes.
        """
        local = self.local
        return _drawn(local, lambda: self._covered(local, local.difference(name)))

    def plainly(self, node: Node) -> list[tuple[ChangedOutcome, Condition]] | None:
        """Each way to change at the leaves of `node`, and where, in the words of facts."""
        return _drawn(self.product, lambda: self._covered(self.product, node))

    def pairs(
        self, name: str, earlier: str
    ) -> tuple[tuple[ChangedOutcome, ChangedOutcome], ...] | None:
        """The changes of an earlier decision and of this one that come together.

        None if they cannot be listed.
        """
        mine, cause = self.difference(name), self.difference(earlier)
        if mine is None or cause is None:
            return None
        together = _drawn(self.product, lambda: self.product.together(cause, mine))
        if together is None:
            return None
        forest = self.product.forest
        found = (forest.values[leaf] for leaf in forest.terminals(together))
        return tuple(one for one in found if one != SAME)

    def _covered(
        self, product: Product, node: Node
    ) -> list[tuple[ChangedOutcome, Condition]] | None:
        forest: Forest = product.forest
        found: list[tuple[ChangedOutcome, Condition]] = []
        for leaf in forest.terminals(node):
            change = forest.values[leaf]
            if change == SAME:
                continue
            for cube in cubes(forest, product.only(node, change), self.alignment.words.decisions):
                found.append((change, condition_of(cube, self.alignment.words)))
                if len(found) > MOST_REGIONS:
                    return None
        return found


def _drawn(product: Product, draw: Callable[[], T | None]) -> T | None:
    """What is drawn within the budget of one decision; None where that does not do."""
    try:
        product.allow()
        return draw()
    except (TooLarge, NotCompared):
        return None


def _is_change(payload: Any) -> bool:
    return bool(payload != SAME)
