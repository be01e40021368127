"""From diagrams and the facts told to what remains: what the missing facts still leave open.

Where the request tells a fact, a walk takes one child of a node; where it does not, all
of them (`openings`). Tests that lack facts and hang together are answered world by world
(`worlds`), so that no leaf is reached that no values of the missing facts lead to. What
requests that answer alike share is made once (`endings`, `shapes`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from reglament.diagram.kernel.compiler import Diagrams
from reglament.diagram.kernel.forest import Node
from reglament.diagram.solver.bounds_propagation import Solver
from reglament.model.values import Value
from reglament.partial.assignments import Possibilities, Possibility
from reglament.partial.automaton import (
    MODULE,
    NOTHING,
    TRUTH,
    UNTOLD,
    VALUE,
    Asked,
    Opening,
    Openings,
)
from reglament.partial.joint_assignments import Questions, Worlds
from reglament.partial.residual_graph import Reached, Shape, SharedTree
from reglament.partial.residuals import Ending, Endings
from reglament.partial.trees import Remains, Tree
from reglament.worktime import OutsideCalendar

MOST_KEPT = 20_000  # some kilobytes each

# What is known of the outcome of a module: the outcome itself, or `Some`.
ModuleOutcome: TypeAlias = Callable[[str], Any]


def no_module(name: str) -> Any:
    """There are no modules in diagrams over facts alone."""
    raise LookupError(name)


class Remainders:
    """Where walks over the diagrams of one version start; safe to share between threads.

    `starts` has the openings of their roots. What earlier requests left behind is kept, and
    dropped where it grows too large.
    """

    def __init__(self, diagrams: Diagrams, solver: Solver) -> None:
        self.diagrams = diagrams
        self.solver = solver
        self._begin()

    def _begin(self) -> None:
        """Begin with nothing kept."""
        openings = Openings(Endings(self.diagrams, self.solver), MOST_KEPT, self._begin)
        self.starts = openings.starts

    def leaves(self, root: Node, told: Mapping[str, Value]) -> list[Remains]:
        """What remains at the leaves of the diagram for a request, each once.

        Raises TooLarge and CannotTell.
        """
        return Remaining(told).leaves(self.starts[root])


class CannotTell(Exception):
    """The `test` reads what is told, and what it comes to cannot be reckoned."""

    def __init__(self, test: Asked, why: OutsideCalendar | OverflowError) -> None:
        self.test = test
        self.why = why
        super().__init__(why)


class Remaining:
    """What remains for one request.

    Where modules are asked, `outcome` tells of theirs. Each method raises TooLarge where
    too much is left, or tests hang together in too many ways, and CannotTell for a test
    that is not `assumed` to hold or not.
    """

    def __init__(
        self, told: Mapping[str, Value], assumed: Mapping[Asked, bool] | None = None
    ) -> None:
        self.told = told
        self.assumed = assumed or {}
        self._shapes: dict[Opening, Shape] = {}
        self._reached: dict[Shape, Reached] = {}
        self._truths: dict[Asked, bool | frozenset[str]] = {}
        self._worlds: dict[Questions, Worlds | None] = {}
        self._possibilities: dict[Possibilities, Possibility] = {}

    def leaves(self, start: Opening) -> list[Remains]:
        """What remains at the leaves, each once."""
        return self.reached(self.shape(start)).distinct

    def tree(self, start: Opening) -> Tree:
        """The tree: which missing fact leads to which of what remains."""
        return self.tree_of(self.shape(start))

    def tree_of(self, shape: Shape) -> Tree:
        """The tree of a shape."""
        reached = self.reached(shape)
        return shape.tree(reached).with_values(reached.values)

    def shared_tree(self, shape: Shape) -> SharedTree:
        """The same tree as other requests share it."""
        reached = shape.fixed or self.reached(shape)
        return reached.tree or shape.tree(reached)

    def reached(self, shape: Shape) -> Reached:
        """What the leaves of a shape come to for this request."""
        found = self._reached.get(shape)
        if found is None:
            found = self._reached[shape] = shape.reached_by(self.told)
        return found

    def shape(self, start: Opening, outcome: ModuleOutcome = no_module) -> Shape:
        """The leaves that are reached, as other requests share them."""
        found = self._shapes.get(start)
        if found is not None:
            return found
        told, opening = self.told, start
        while (asks := opening.asks) is not NOTHING:
            answer: Any
            if asks is VALUE:
                answer = told.get(opening.fact, UNTOLD)
            elif asks is MODULE:
                answer = outcome(opening.fact)
            elif asks is TRUTH:
                answer = self._truth(opening.test)
            else:
                answer = told.get(opening.fact, UNTOLD)
                if answer is not UNTOLD:
                    answer = opening.look(opening.keys, answer)
            opening = opening.ways.get(answer) or opening.after(answer)
        # Now everything is answered that is told.
        ending = opening.ending
        found = self._shapes[start] = ending.whole or self._in_worlds(ending)
        return found

    def _truth(self, test: Asked) -> bool | frozenset[str]:
        """Whether the test holds; the facts that it lacks, where it does."""
        found = self._truths.get(test)
        if found is None:
            try:
                found = test.answer(self.told)
            except (OutsideCalendar, OverflowError) as why:
                if test not in self.assumed:
                    raise CannotTell(test, why) from None
                found = self.assumed[test]
            self._truths[test] = found
        return found

    def _in_worlds(self, ending: Ending) -> Shape:
        questions = ending.questions
        assert questions is not None
        possibility = self._possibility(ending.endings.possibilities)
        if questions not in self._worlds:
            self._worlds[questions] = questions.worlds(possibility)
        worlds = self._worlds[questions]
        return ending.pruned(possibility) if worlds is None else ending.shape(worlds)

    def _possibility(self, common: Possibilities) -> Possibility:
        found = self._possibilities.get(common)
        if found is None:
            found = self._possibilities[common] = Possibility(common, self.told)
        return found
