"""Where diagrams over facts alone are too large: from each decision that one reads to its answer.

The decisions that it reads are taken one by one, as if they had no fact in common. So an
outcome that is found is the outcome; where several are left, some of them may not be possible,
and they are not listed. The facts needed are those of what is not settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from reglament.diagram.kernel.forest import TooLarge
from reglament.model.decisions import Decision
from reglament.partial import rules_read
from reglament.partial.answers import (
    UNKNOWN,
    Answer,
    DeterminedAnswer,
    OpenAnswer,
    RefusedAnswer,
    collected,
)
from reglament.partial.automaton import UNTOLD
from reglament.partial.decomposition import Component
from reglament.partial.or_nodes import or_nodes, terminals_of
from reglament.partial.remaining import NotComputable, RequestWalk
from reglament.partial.residual_graph import ResidualGraph
from reglament.partial.terminal_outcomes import KnownOutcome
from reglament.reference import Undecided


class EarlierNeeds(rules_read.Earlier, Protocol):
    """What is known of the other decisions of the same request, and what they need."""

    def needs(self, name: str) -> tuple[str, ...]: ...


class Fallback:
    """The answer to one decision of a request, and the facts that it `needs`."""

    def __init__(self, partial_result: EarlierNeeds, decision: Decision) -> None:
        self.partial_result = partial_result
        self.decision = decision
        self.earlier = {name: partial_result[name] for name in sorted(decision.reads())}
        self.needs: tuple[str, ...] = ()
        try:
            self.answer = self._answer(partial_result.decomposition.beside(decision.name))
        except (TooLarge, NotComputable):
            self.answer = self._open(self._read())

    def _answer(self, part: Component) -> Answer:
        settled = {
            n: one.outcome for n, one in self.earlier.items() if isinstance(one, DeterminedAnswer)
        }
        remaining = RequestWalk({**self.partial_result.told, **settled})
        starts = part.residuals.starts
        graphs = [remaining.graph(starts[root], self._known) for root in (part.root, *part.others)]
        answer = collected(self.decision, graphs) if part.others else None
        reached = [remaining.terminals(graph) for graph in graphs]
        if len(graphs) == 1 and len(reached[0].distinct) == 1:
            only = reached[0].distinct[0]
            answer = DeterminedAnswer(only.value) if isinstance(only, KnownOutcome) else None
        if isinstance(answer, DeterminedAnswer):
            return answer
        return self._open(dict.fromkeys(self._lacked(remaining, graphs)))

    def _known(self, name: str) -> Any:
        """What is known of a decision that is a choice."""
        answer = self.earlier[name]
        if isinstance(answer, DeterminedAnswer):
            return answer.outcome
        is_listed = isinstance(answer, OpenAnswer) and answer.possible
        return answer.known if is_listed and isinstance(answer, OpenAnswer) else UNTOLD

    def _lacked(self, remaining: RequestWalk, graphs: Iterable[ResidualGraph]) -> Iterator[str]:
        """The facts and decisions that make a difference."""
        for graph in graphs:
            tree = remaining.tree(graph)
            lacks = dict(tree.lacks)
            for node in or_nodes(tree.root):
                yield from sorted(node.missing)
            for terminal in terminals_of(tree.root):
                yield from sorted(lacks.get(terminal, ()))

    def _read(self) -> Iterable[str]:
        """The facts and decisions that its rules read."""
        return [*sorted(self.decision.facts()), *self.earlier]

    def _open(self, lacked: Iterable[str]) -> Answer:
        """That it is open, for want of facts; or refused, where it lacks what is refused alone."""
        needs: dict[str, None] = {}
        for name in lacked:
            if name not in self.earlier:
                needs.update({} if name in self.partial_result.told else {name: None})
            elif isinstance(self.earlier[name], OpenAnswer):
                needs.update(dict.fromkeys(self.partial_result.needs(name)))
        refused = [name for name in lacked if isinstance(self.earlier.get(name), RefusedAnswer)]
        if refused and not needs:
            return RefusedAnswer(Undecided(self.decision.name, because_of=tuple(refused)))
        self.needs = tuple(
            fact for fact in self.partial_result.decomposition.version.facts if fact in needs
        )
        return UNKNOWN
