"""From diagrams and the facts told to what remains: what the missing facts still leave open.

Where the request tells a fact, a walk takes one child of a node; where it does not, all
of them (`openings`). Tests that lack facts and hang together are answered world by world
(`worlds`), so that no leaf is reached that no values of the missing facts lead to. What
requests that answer alike share is made once (`shapes`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from reglament.diagram.answers import Holding, facts_of_variable, holding
from reglament.diagram.build import Diagrams
from reglament.diagram.feasible import Solver
from reglament.diagram.forest import Node, Truth
from reglament.diagram.once import Once
from reglament.diagram.openings import MODULE, NOTHING, TRUTH, UNTOLD, VALUE, Opening, Openings
from reglament.diagram.payloads import Conflict, Gap, Payload
from reglament.diagram.possibility import Possibilities, Possibility, Test
from reglament.diagram.shapes import Ending, Shape, SharedTree, pruned
from reglament.diagram.trees import Known, Remains, Tree, Unlisted, key
from reglament.diagram.worlds import ONE, Questions, Worlds
from reglament.formulas import Reader, reader
from reglament.model.terms import Constant, facts_of
from reglament.model.values import Value
from reglament.worktime import OutsideCalendar

MOST_KEPT = 20_000  # some kilobytes each

# What is known of the outcome of a module: the outcome itself, or `Some`.
ModuleOutcome: TypeAlias = Callable[[str], Any]


def no_module(name: str) -> Any:
    """There are no modules in diagrams over facts alone."""
    raise LookupError(name)


class Remainders:
    """What remains of the diagrams of one version; safe to share between threads."""

    def __init__(self, diagrams: Diagrams, solver: Solver) -> None:
        self.diagrams = diagrams
        self.solver = solver
        self._common = _Common(diagrams, solver)

    def of(self, told: Mapping[str, Value]) -> Remaining:
        """What remains for one request."""
        if self._common.size > MOST_KEPT:
            self._common = _Common(self.diagrams, self.solver)
        return Remaining(self._common, told)


class _Common:
    """What is remembered of earlier requests."""

    def __init__(self, diagrams: Diagrams, solver: Solver) -> None:
        self.forest = diagrams.forest
        self.modules = diagrams.read_as_told
        self.hours = solver.hours
        self.openings = Openings(diagrams.forest, diagrams.read_as_told)
        self.possibilities = Possibilities(solver)
        self.starts = Once(self.openings.opening)
        self.endings = Once(self._ending)
        self.questions = Once(self._questions)
        self.truths = Once(self._truth)
        self.fixed = Once(self._fixed)
        self.terms = Once(self._term)

    @property
    def size(self) -> int:
        """How much is remembered, in steps that were taken to make it."""
        return self.openings.steps + self.possibilities.size

    def _ending(self, opening: Opening) -> tuple[Ending, Questions | None]:
        ending = Ending(opening.part, self.forest, self.modules, self.fixed.__getitem__)
        return ending, self.questions[ending.tied] if ending.tied else None

    def _questions(self, tests: tuple[Test, ...]) -> Questions:
        return Questions(tests, self.possibilities)

    def _truth(self, rank: int) -> tuple[frozenset[str], Holding]:
        """The facts that the truth at `rank` reads, and whether it holds of them."""
        variable = self.forest.variables[rank]
        assert isinstance(variable, Truth)
        return facts_of_variable(variable), holding(variable.atom, self.hours)

    def _fixed(self, leaf: Node) -> Remains | None:
        payload: Any = self.forest.payloads[leaf]
        if isinstance(payload, Constant):
            return Known(payload.value)
        return payload if isinstance(payload, bool | Gap) else None

    def _term(self, leaf: Node) -> tuple[Payload, frozenset[str], Reader]:
        return self.reading(self.forest.payloads[leaf])

    def reading(self, payload: Payload) -> tuple[Payload, frozenset[str], Reader]:
        """What stands at a leaf, the facts that it reads, and what it comes to for them."""
        if isinstance(payload, Gap | Conflict):
            return payload, frozenset(), lambda _: None
        return payload, facts_of(payload), reader(payload, self.hours)


class Remaining:
    """What remains for one request, in the diagrams of one version."""

    def __init__(self, common: _Common, told: Mapping[str, Value]) -> None:
        self.told = told
        self._common = common
        self._truths: dict[int, bool | frozenset[str]] = {}
        self._shapes: dict[Node, Shape] = {}
        self._trees: dict[Node, SharedTree] = {}
        self._worlds: dict[Questions, Worlds | None] = {}
        self._own: dict[Node, Remains] = {}

    # What remains of a diagram; `outcome` is asked for those of modules. Each raises
    # TooLarge where too much is left, or tests hang together in too many ways, and
    # OutsideCalendar.

    def leaves(self, root: Node, outcome: ModuleOutcome = no_module) -> list[Remains]:
        """What remains at the leaves, each once."""
        return self.values(self.shape(root, outcome))

    def values(self, shape: Shape) -> list[Remains]:
        """What the leaves of a shape come to for this request, each once."""
        values = self._values(shape)
        if len(values) == 1:
            return values
        return list({key(remains): remains for remains in values}.values())

    def tree(self, root: Node) -> Tree:
        """The tree: which missing fact leads to which of what remains."""
        shape = self.shape(root)
        values = self._values(shape)
        return shape.tree(values).with_values(values)

    def shared_tree(self, root: Node, outcome: ModuleOutcome = no_module) -> SharedTree:
        """The same tree as other requests share it."""
        found = self._trees.get(root)
        if found is None:
            shape = self.shape(root, outcome)
            found = self._trees[root] = shape.tree(self._values(shape))
        return found

    def shape(self, root: Node, outcome: ModuleOutcome = no_module) -> Shape:
        """The leaves that are reached, as other requests share them."""
        found = self._shapes.get(root)
        if found is None:
            found = self._shapes[root] = self._shape(root, outcome)
        return found

    def _shape(self, root: Node, outcome: ModuleOutcome) -> Shape:
        ending, questions = self._common.endings[self._left(root, outcome)]
        if questions is None:
            return ending.shape(ONE)
        if questions not in self._worlds:
            self._worlds[questions] = questions.worlds(self._possibility)
        worlds = self._worlds[questions]
        return pruned(ending, self._possibility) if worlds is None else ending.shape(worlds)

    @cached_property
    def _possibility(self) -> Possibility:
        return Possibility(self._common.possibilities, self.told)

    def _left(self, root: Node, outcome: ModuleOutcome) -> Opening:
        """What is left of the diagram once everything is answered that is told."""
        told, openings = self.told, self._common.openings
        opening = self._common.starts[root]
        while (asks := opening.asks) is not NOTHING:
            answer: Any
            if asks is VALUE:
                answer = told.get(opening.fact, UNTOLD)
            elif asks is TRUTH:
                answer = self._truth(opening.rank)
            elif asks is MODULE:
                answer = outcome(opening.fact)
            else:
                answer = told.get(opening.fact, UNTOLD)
                if answer is not UNTOLD:
                    answer = opening.look(opening.keys, answer)
            opening = opening.ways.get(answer) or openings.after(opening, answer)
        return opening

    def _truth(self, rank: int) -> bool | frozenset[str]:
        """Whether the test at `rank` holds; the facts that it lacks, where it does."""
        found = self._truths.get(rank)
        if found is None:
            facts, holds = self._common.truths[rank]
            found = self._truths[rank] = self._lacking(facts) or holds(self.told)
        return found

    def _lacking(self, facts: frozenset[str]) -> frozenset[str]:
        return frozenset([fact for fact in facts if fact not in self.told])

    def _values(self, shape: Shape) -> list[Remains]:
        return shape.values or [self.at(leaf) for leaf in shape.leaves]

    def at(self, leaf: Node) -> Remains:
        """What the leaf of a diagram comes to for this request."""
        fixed = self._common.fixed[leaf]
        if fixed is not None:
            return fixed
        if leaf not in self._own:
            self._own[leaf] = self._come_to(*self._common.terms[leaf])
        return self._own[leaf]

    def _come_to(self, payload: Payload, facts: frozenset[str], read: Reader) -> Remains:
        if isinstance(payload, Conflict):
            # Rules that give different terms still agree where these come to the same value.
            found = {self._come_to(*self._common.reading(term)) for term in payload.outcomes}
            return found.pop() if len(found) == 1 else payload
        if isinstance(payload, Gap):
            return payload
        missing = self._lacking(facts)
        if missing:
            return Unlisted(payload, missing)
        try:
            return Known(read(self.told))
        except (OutsideCalendar, OverflowError):
            return Unlisted(payload, missing)
