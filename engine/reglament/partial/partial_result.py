"""From one request and what it lacks to what is still open: outcomes possible, facts needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reglament import reference
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.diagram.kernel.terminals import Broken, Conflict, NoOutcome, gravest
from reglament.functions.evaluate import value_of
from reglament.memo import keep, kept_property
from reglament.model.calendar import OutsideCalendar
from reglament.model.decisions import Decision
from reglament.model.markers import ERROR, Marker
from reglament.model.values import Listed, Value
from reglament.partial.answers import (
    Answer,
    DeterminedAnswer,
    OpenAnswer,
    RefusedAnswer,
    answer_from,
    collected,
)
from reglament.partial.automaton import PossibleOutcomes, PredicateTest
from reglament.partial.decomposition import Component, Decomposition
from reglament.partial.fallback import Fallback
from reglament.partial.or_nodes import OrNode
from reglament.partial.ranking import Ranking, Rankings
from reglament.partial.remaining import NotComputable, RequestWalk
from reglament.partial.residual_graph import OpenTree, ResidualGraph
from reglament.partial.rules_read import RulesRead
from reglament.partial.terminal_outcomes import (
    TerminalOutcome,
    Terminals,
    TerminalSource,
    UnknownOutcome,
)

MOST_KEPT = 1_000  # answers of a list of groups, by what is left of each
MOST_DOUBTS = 8  # refused tests that are assumed both ways, one inside another
NONE = frozenset[str]()


class _Refused(Exception):
    """A module turned out to be refused."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class PartialResult(dict[str, Answer]):
    """What one request leaves open: the answers by decision, each made when it is looked up.

    `values` are what the given facts lead to by themselves, or markers, in the order of
    the version. `assumed` are tests that cannot be computed, and whether they hold.
    `inexact` are decisions found where diagrams are too large: they may be settled
    nevertheless, and need no more than is said.
    """

    def __init__(
        self,
        parts: Decomposition,
        given: Mapping[str, Value],
        values: tuple[Any, ...],
        assumed: Mapping[PredicateTest, bool] | None = None,
    ) -> None:
        self.decomposition = parts
        self.told = given
        self.walk = RequestWalk(given, assumed)
        self._values = values
        self._has_broken = any(value is ERROR for value in values)
        self._used: dict[str, Component] = {}
        self._graphs: dict[str, ResidualGraph] = {}
        self._trees: dict[str, OpenTree] = {}
        self._needs: dict[str, tuple[str, ...]] = {}
        self._rankings: Rankings | None = None
        self.inexact: set[str] = set()
        self._unproven: dict[str, ResidualGraph] = {}

    def is_exact(self, name: str) -> bool:
        """Whether a decision that is open may have all of its outcomes, and needs all it names."""
        _ = self[name]
        graph = self._unproven.pop(name, None)
        if graph is not None and not self.walk.is_shown(graph):
            self.inexact.add(name)
        return name not in self.inexact

    # Answers

    def __missing__(self, name: str) -> Answer:
        answer, refused = None, NONE
        if self._has_broken:
            answer = self.rules_read.answer(name) if self._is_broken(name) else None
            refused = frozenset(filter(self._is_denied, self._behind(name)))
        if answer is None:
            try:
                answer = self._beside(name, refused)
            except NotComputable as doubt:
                answer = self._either(name, doubt)
            except TooLarge:
                answer = self._by_rules(name)
        self[name] = answer
        return answer

    def _behind(self, name: str) -> tuple[str, ...]:
        """The decisions behind it for which the given facts lead to no outcome."""
        return tuple(filter(self._is_broken, self.decomposition.behind[name]))

    def reachable(self, name: str) -> tuple[tuple[TerminalSource, ...], Terminals] | None:
        """What stands at the terminals that a decision can still reach, as all requests have it.

        And what they come to for this one. None where it is answered in another way, and for a
        collection of several groups of items.
        """
        _ = self[name]
        graph = self._graphs.get(name)
        if graph is None or self._component(name).others:
            return None
        return tuple(graph.sources), self.walk.terminals(graph)

    def _is_broken(self, name: str) -> bool:
        return self._values[self.decomposition.places[name]] is ERROR

    def _is_denied(self, name: str) -> bool:
        return isinstance(self[name], RefusedAnswer)

    def _beside(self, name: str, refused: frozenset[str]) -> Answer:
        """The answer beside decisions that are refused. Raises TooLarge and NotComputable."""
        parts = self.decomposition.without(refused) if refused else self.decomposition
        part = parts.component[name]
        if part is None:
            raise TooLarge(parts.diagrams.budget)
        self._used[name] = part
        start = part.residuals.starts[part.root]
        try:
            graph = self._graphs[name] = self.walk.graph(start, self.outcome)
            if part.others:
                graphs = (graph, *self._other_graphs(part))
                self._doubt(name, graphs)
                return self._collected(part, graphs, graph.answers)
            if not graph.is_exact or self.inexact or self._unproven:
                self._doubt(name, (graph,))
            reached = self.walk.terminals(graph)
            kept, decision = reached.answers, part.decision
            if kept is None:
                if any(isinstance(v, UnknownOutcome) and not v.is_exact for v in reached.distinct):
                    self._unproven[name] = graph
                return self._answer_from(decision, reached.distinct)
            answer: Answer | None = kept.get(name)
            return answer or kept.setdefault(name, self._answer_from(decision, reached.distinct))
        except _Refused as module:
            return self._beside(name, refused | {module.name})

    def _doubt(self, name: str, graphs: Iterable[ResidualGraph]) -> None:
        """Keep the name of a decision whose outcomes may not all be possible."""
        doubted = self.inexact or self._unproven
        for graph in graphs:
            if not graph.is_exact or (
                doubted and not all(map(self.is_exact, graph.shared.modules_in(graph.residual)))
            ):
                self.inexact.add(name)

    def _either(self, name: str, doubt: NotComputable) -> Answer:
        """The answer where it is the same whether the test holds or not."""
        assumed = self.walk.assumed
        if len(assumed) >= MOST_DOUBTS:
            return self._denied(name, doubt.why)
        cases = [
            PartialResult(
                self.decomposition, self.told, self._values, {**assumed, doubt.test: holds}
            )
            for holds in (True, False)
        ]
        answer, other = (case[name] for case in cases)
        possible = _both(answer.possible, other.possible)
        if possible == ():
            return self._denied(name, doubt.why)
        if isinstance(answer, DeterminedAnswer) and isinstance(other, DeterminedAnswer):
            return answer
        needs = dict.fromkeys(fact for case in cases for fact in case.needs(name))
        self._needs[name] = Listed(needs)
        return OpenAnswer.of(possible)

    def _denied(self, name: str, why: reference.Refusal) -> RefusedAnswer:
        """That there is no answer: because of decisions that it reads, where those are refused."""
        version = self.decomposition.version
        earlier = (decision.name for decision in version.built_on(version.decisions[name]))
        refused = tuple(one for one in earlier if self._is_denied(one))
        return RefusedAnswer(reference.Undecided(name, because_of=refused) if refused else why)

    def _collected(
        self, part: Component, graphs: tuple[ResidualGraph, ...], kept: dict[Any, Answer]
    ) -> Answer:
        """The answer of a collection with several groups of items."""
        answer = kept.get(graphs)
        if answer is None:
            answer = keep(kept, graphs, collected(part.decision, graphs), MOST_KEPT)
        return answer

    def _other_graphs(self, part: Component) -> list[ResidualGraph]:
        starts, graph = part.residuals.starts, self.walk.graph
        return [graph(starts[root], self.outcome) for root in part.others]

    def _answer_from(self, decision: Decision, outcomes: list[TerminalOutcome]) -> Answer:
        left = [leaf for leaf in outcomes if not _gives_none(leaf)]
        if left:
            return answer_from(decision, left, is_whole=len(left) == len(outcomes))
        broken = [leaf for leaf in outcomes if isinstance(leaf, NoOutcome)]
        if not broken:
            return self._denied(decision.name, self._uncomputed(outcomes))
        terminal = gravest(broken)
        if not isinstance(terminal, Broken):
            return RefusedAnswer(reference.Undecided(decision.name, (), _in_conflict(broken)))
        names = tuple(name for name in self.decomposition.places if name in terminal.because_of)
        return RefusedAnswer(reference.Undecided(decision.name, because_of=names))

    def _uncomputed(self, outcomes: list[TerminalOutcome]) -> reference.Refusal:
        """Why none of the terms that are left can be computed."""
        for leaf in outcomes:
            if isinstance(leaf, UnknownOutcome):
                try:
                    value_of(leaf.term, self.told, self.decomposition.version.hours)
                except (OutsideCalendar, OverflowError) as why:
                    return why
        raise AssertionError(outcomes)

    def outcome(self, name: str) -> Any:
        """What is known of a decision: its outcome, or those possible. Raises TooLarge."""
        value = self._values[self.decomposition.places[name]]
        if value.__class__ is not Marker:
            return value
        answer = self[name]
        if isinstance(answer, RefusedAnswer):
            raise _Refused(name)
        found = answer.known
        if type(found) is PossibleOutcomes and not found:  # they cannot be listed
            raise TooLarge(self.decomposition.diagrams.budget)
        return found

    def rules_left(self, name: str) -> tuple[ResidualGraph, ...] | None:
        """What is left of the diagrams of the rules behind an outcome.

        Their terminals are sets of rules. None where one is too large, or tests a decision that is
        refused or what cannot be computed.
        """
        roots, part = self.decomposition.rules[name], self.decomposition.component[name]
        if roots is None or part is None:
            return None
        starts, graph = part.residuals.starts, self.walk.graph
        try:
            return tuple([graph(starts[root], self.outcome) for root in roots])
        except (TooLarge, NotComputable, _Refused):
            return None

    @kept_property
    def rules_read(self) -> RulesRead:
        """What the rules say read one by one."""
        return RulesRead(self)

    def _by_rules(self, name: str) -> Answer:
        """The answer where the diagrams are too large: exact where its rules tell it."""
        answer = self.rules_read.answer(name)
        if answer is None:
            fallen = Fallback(self, self.decomposition.version.decisions[name])
            answer, self._needs[name] = fallen.answer, Listed(fallen.needs)
            if isinstance(answer, OpenAnswer):
                self.inexact.add(name)
        return answer

    # What is needed

    def needs(self, name: str) -> tuple[str, ...]:
        """The missing facts on which the outcome of a decision hangs, the most useful first.

        Where its diagram is too large to tell, those of what is not settled.
        """
        if name in self._needs:
            return self._needs[name]
        try:
            ranking = self._ranking(self._tree(name))
            part = self._component(name)
            if not part.others:
                return ranking.facts
            others = [self.walk.tree(graph) for graph in self._other_graphs(part)]
            return ranking.with_others(tuple([self._ranking(tree) for tree in others]))
        except TooLarge:
            self._needs[name] = Listed(
                Fallback(self, self.decomposition.version.decisions[name]).needs
            )
            self.inexact.add(name)
            return self._needs[name]

    def _ranking(self, tree: OpenTree, *, is_decision: bool = True) -> Ranking:
        if self._rankings is None:
            self._rankings = self.decomposition.rankings()
        below = self._modules_below(tree) if tree.modules else {}
        return self._rankings.of(tree, below, is_decision=is_decision)

    def _component(self, name: str) -> Component:
        part = self._used.get(name) or self.decomposition.component[name]
        if part is None:
            raise TooLarge(self.decomposition.diagrams.budget)
        return part

    def _tree(self, name: str) -> OpenTree:
        """The tree of what remains of a decision, or of its first group of items."""
        open_tree = self._trees.get(name)
        if open_tree is None:
            part = self._component(name)
            graph = self._graphs.get(name)
            if graph is None:
                graph = self.walk.graph(part.residuals.starts[part.root], self.outcome)
            open_tree = self._trees[name] = self.walk.tree(graph)
        return open_tree

    def _modules_below(self, tree: OpenTree) -> dict[str, OpenTree]:
        """The trees of the modules on which it hangs, directly or through others."""
        below: dict[str, OpenTree] = {}
        waiting = list(tree.modules)
        while waiting:
            name = waiting.pop()
            if name not in below:
                tree = below[name] = self._tree(name)
                waiting.extend(tree.modules)
        return below

    # Conditions

    def leaves(self, node: Node) -> list[TerminalOutcome]:
        """What remains at the leaves of a diagram over facts alone, each once."""
        return self.walk.leaves(self.decomposition.whole.starts[node])

    def tree(self, node: Node) -> OpenTree:
        """The tests of a diagram over facts alone that still matter."""
        return self.walk.tree(self.walk.graph(self.decomposition.whole.starts[node]))

    def outcome_after(self, node: Node, level: int, answer: Any) -> TerminalOutcome | None:
        """The one outcome that remains of it where the test has that answer; None if several."""
        graph = self.walk.graph(self.decomposition.whole.starts[node])
        tree, outcomes = self.walk.tree(graph), self.walk.terminals(graph).values
        left = tree.shared.nodes.answered(tree.root, level, answer)
        return None if isinstance(left, OrNode) else outcomes[graph.terminals.index(left)]

    def truth(self, node: Node) -> bool | None:
        """Whether a condition holds; None where that is still open, or cannot be computed."""
        try:
            left = self.leaves(node)
        except NotComputable:
            return None
        return bool(left[0]) if len(left) == 1 else None

    def needs_at(self, node: Node) -> tuple[str, ...]:
        """The missing facts on which a condition hangs, the most useful first."""
        try:
            ranking = self._ranking(self.tree(node), is_decision=False)
        except NotComputable:
            return Listed()
        # A decision that is refused may be tested there, too.
        return Listed(fact for fact in ranking.facts if fact in self.decomposition.version.facts)


def _gives_none(leaf: TerminalOutcome) -> bool:
    """Whether there is no outcome there: a gap, say, or what cannot be computed."""
    return isinstance(leaf, NoOutcome) or (isinstance(leaf, UnknownOutcome) and not leaf.missing)


def _in_conflict(broken: list[NoOutcome]) -> tuple[Any, ...]:
    """The outcomes that rules disagree about; none where there is a gap."""
    return tuple(
        getattr(term, "value", term)
        for leaf in broken
        if isinstance(leaf, Conflict)
        for term in leaf.outcomes
    )


def _both(
    one: tuple[Value, ...] | None, other: tuple[Value, ...] | None
) -> tuple[Value, ...] | None:
    """The outcomes in both lists; None where one of them cannot be listed."""
    if one is None or other is None:
        return None
    return tuple(value for value in one if value in other)
