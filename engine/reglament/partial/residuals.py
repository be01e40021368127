"""What is left of diagrams where nothing that a request tells is asked any more.

Where the tests that are left hang together, what can be reached depends on the worlds
of the request; else it is the same for all requests that end there.
"""

from __future__ import annotations

from typing import Any

from reglament.diagram.kernel.branches import constrains, joined
from reglament.diagram.kernel.compiler import Diagrams
from reglament.diagram.kernel.forest import Forest, Node, Span
from reglament.diagram.solver.bounds_propagation import Solver
from reglament.memo import Once
from reglament.partial.assignments import Possibilities, Possibility, Test
from reglament.partial.deferred_terms import Source, source_of
from reglament.partial.joint_assignments import ONE, Questions, Worlds
from reglament.partial.or_nodes import Fork, Part, forks
from reglament.partial.pruning import pruned
from reglament.partial.residual_graph import Shape


class Endings:
    """What the endings in the diagrams of one forest share; safe to share between threads."""

    def __init__(self, diagrams: Diagrams, solver: Solver) -> None:
        self.forest = diagrams.forest
        self.modules = diagrams.read_as_told
        self.hours = solver.hours
        self.possibilities = Possibilities(solver)
        self.questions = Once(self._questions)
        self.sources = Once(self._source)

    def _questions(self, tests: tuple[Test, ...]) -> Questions:
        return Questions(tests, self.possibilities)

    def _source(self, leaf: Node) -> Source:
        return source_of(self.forest.payloads[leaf], self.hours)


class Ending:
    """What is left of a diagram once a request has answered all it can.

    `questions` are its tests whose answers may hang on each other. Where there are none,
    `whole` is its shape for every request.
    """

    def __init__(self, part: Part, endings: Endings) -> None:
        self.part = part
        self.endings = endings
        tied = _tied(part, endings.forest)
        self.questions = endings.questions[tied] if tied else None
        self.whole = None if tied else self._shape(part, ONE)
        self._shapes: dict[Worlds, Shape] = {}

    def shape(self, worlds: Worlds) -> Shape:
        """What is left of it in these worlds."""
        found = self._shapes.get(worlds)
        return found or self._shapes.setdefault(worlds, self._shape(self.part, worlds))

    def pruned(self, possibility: Possibility) -> Shape:
        """What is left of it for one request, where its worlds are too many to find.

        Raises TooLarge.
        """
        return self._shape(pruned(self.part, self.endings.forest, possibility), ONE)

    def _shape(self, part: Part, worlds: Worlds) -> Shape:
        endings = self.endings
        return Shape(part, worlds, endings.forest, endings.modules, endings.sources.__getitem__)


def _tied(part: Part, forest: Forest) -> tuple[Test, ...]:
    by_rank: dict[int, list[Fork]] = {}
    for fork in forks(part):
        if constrains(forest.variables[fork.rank]):
            by_rank.setdefault(fork.rank, []).append(fork)
    return tuple(_test(by_rank[rank], forest) for rank in sorted(by_rank))


def _test(same: list[Fork], forest: Forest) -> Test:
    rank, missing = same[0].rank, same[0].missing
    variable = forest.variables[rank]
    answers: tuple[Any, ...] = (True, False)
    if isinstance(variable, Span):
        answers = joined(span for fork in same for span, _ in fork.ways)
    return Test(rank, variable, missing, answers)
