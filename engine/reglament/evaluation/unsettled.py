"""From one request and what it lacks to what is still open: outcomes possible, facts needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament import reference
from reglament.diagram.forest import Node, TooLarge
from reglament.diagram.once import keep
from reglament.diagram.payloads import Conflict, Gap
from reglament.diagram.remaining import Remaining
from reglament.diagram.shapes import Reached, Shape, SharedTree
from reglament.diagram.trees import Remains, Tree, Unlisted
from reglament.evaluation.answers import UNKNOWN, Answer, Settled, answer_from, collected
from reglament.evaluation.markers import Marker
from reglament.evaluation.parts import Part, Parts
from reglament.evaluation.usefulness import Ranking, ranking_of
from reglament.formulas import value_of
from reglament.model.policy import Decision
from reglament.model.values import Listed, Value

MOST_KEPT = 1_000


class Broken(Exception):
    """Whatever the missing facts are, the decision has a gap, or rules that disagree."""

    def __init__(self, decision: Decision, outcomes: tuple[Any, ...]) -> None:
        self.decision = decision
        self.outcomes = outcomes
        super().__init__(decision.name)


class Unsettled(dict[str, Answer]):
    """What one request leaves open: the answers by decision, each made when it is looked up.

    `values` are what the facts told lead to by themselves, or markers, in the order of
    the version. Answers raise Broken, and OutsideCalendar or OverflowError for what
    cannot be reckoned.
    """

    def __init__(self, parts: Parts, told: Mapping[str, Value], values: tuple[Any, ...]) -> None:
        self.parts = parts
        self.told = told
        self.remaining = Remaining(told)
        self._values = values
        self._shapes: dict[str, Shape] = {}
        self._trees: dict[str, SharedTree] = {}

    # Answers

    def __missing__(self, name: str) -> Answer:
        found: Answer
        part = self.parts.part[name]
        if part is None:
            found = self._by_rules(self.parts.version.decisions[name])
        else:
            for earlier in part.fragile:  # a gap or a conflict there is one here
                self.outcome(earlier)
            try:
                start = part.remainders.starts[part.root]
                shape = self._shapes[name] = self.remaining.shape(start, self.outcome)
                reached = shape.fixed or self.remaining.reached(shape)
                found = reached.found.get(name) or self._left(part, shape, reached)
            except TooLarge:
                found = self._by_rules(part.decision)
        self[name] = found
        return found

    def _left(self, part: Part, shape: Shape, reached: Reached) -> Answer:
        """The answer of a decision of which this is left, kept with that."""
        if part.others:
            return self._collected(part, (shape, *self._other_shapes(part)), reached.found)
        name = part.decision.name
        found = reached.found[name] = self._answer_from(part.decision, reached.distinct)
        return found

    def _collected(self, part: Part, shapes: tuple[Shape, ...], kept: dict[Any, Answer]) -> Answer:
        """The answer of a collection with several groups of items."""
        found = kept.get(shapes)
        if found is None:
            found = keep(kept, shapes, collected(part.decision, shapes), MOST_KEPT)
        return found

    def _other_shapes(self, part: Part) -> list[Shape]:
        starts, shape = part.remainders.starts, self.remaining.shape
        return [shape(starts[root], self.outcome) for root in part.others]

    def _answer_from(self, decision: Decision, remains: list[Remains]) -> Answer:
        first = remains[0]
        if isinstance(first, Gap | Conflict) and _is_broken(remains):
            raise Broken(decision, _in_conflict(remains))
        if len(remains) == 1 and isinstance(first, Unlisted) and not first.missing:
            value_of(first.term, self.told, self.parts.version.hours)  # raises what keeps it
        return answer_from(decision, remains)

    def outcome(self, name: str) -> Any:
        """What is known of a decision: its outcome, or `Some` that are possible."""
        value = self._values[self.parts.places[name]]
        return self[name].known if value.__class__ is Marker else value

    # Where the diagrams are too large

    def _by_rules(self, decision: Decision) -> Answer:
        """The answer rule by rule, where every fact read is told.

        Else the honest one: it is not known what is possible, and every fact may matter.
        """
        found = self.read(decision)
        return UNKNOWN if found is None else Settled(found.outcome)

    def read(self, decision: Decision) -> reference.Answer | None:
        """What the rules say read one by one; None where one reads a fact that is missing."""
        try:
            return reference.View(self.parts.version, self.told).answer(decision)
        except KeyError:
            return None

    def cited(self, decision: Decision) -> tuple[str, ...]:
        """The clauses cited, by rules read one by one; none where one reads a missing fact."""
        try:
            return reference.View(self.parts.version, self.told).cited(decision)
        except KeyError:
            return ()

    # What is needed

    def needs(self, name: str) -> tuple[str, ...]:
        """The missing facts on which the outcome of a decision hangs, the most useful first.

        Every missing fact where its diagram is too large to tell.
        """
        try:
            ranking = self._ranking(self._tree(name))
            part = self._part(name)
            if not part.others:
                return ranking.facts
            others = [self.remaining.shared_tree(shape) for shape in self._other_shapes(part)]
            return ranking.with_others(tuple([self._ranking(tree) for tree in others]))
        except TooLarge:
            facts = self.parts.version.facts
            return Listed(fact for fact in facts if fact not in self.told)

    def _ranking(self, tree: SharedTree) -> Ranking:
        if not tree.hangs_on:
            return tree.rankings.get(()) or self._ranked(tree, {}, ())
        modules = self._modules_below(tree)
        key = tuple(modules.values())
        return tree.rankings.get(key) or self._ranked(tree, modules, key)

    def _ranked(
        self, tree: SharedTree, modules: Mapping[str, SharedTree], key: tuple[SharedTree, ...]
    ) -> Ranking:
        found = ranking_of(tree, modules, self.parts.order)
        keep(tree.rankings, key, found, MOST_KEPT)
        return found

    def _part(self, name: str) -> Part:
        part = self.parts.part[name]
        if part is None:
            raise TooLarge(self.parts.diagrams.budget)
        return part

    def _tree(self, name: str) -> SharedTree:
        """The tree of what remains of a decision, or of its first group of items."""
        found = self._trees.get(name)
        if found is None:
            part = self._part(name)
            shape = self._shapes.get(name)
            if shape is None:
                shape = self.remaining.shape(part.remainders.starts[part.root], self.outcome)
            found = self._trees[name] = self.remaining.shared_tree(shape)
        return found

    def _modules_below(self, tree: SharedTree) -> dict[str, SharedTree]:
        """The trees of the modules on which it hangs, directly or through others."""
        below: dict[str, SharedTree] = {}
        waiting = list(tree.hangs_on)
        while waiting:
            name = waiting.pop()
            if name not in below:
                tree = below[name] = self._tree(name)
                waiting.extend(tree.hangs_on)
        return below

    # Conditions

    def leaves(self, node: Node) -> list[Remains]:
        """What remains at the leaves of a diagram over facts alone, each once."""
        return self.remaining.leaves(self.parts.whole.starts[node])

    def tree(self, node: Node) -> Tree:
        """The tree of what remains of a diagram over facts alone."""
        return self.remaining.tree(self.parts.whole.starts[node])

    def truth(self, node: Node) -> bool | None:
        """Whether a condition holds; None where that is still open."""
        left = self.leaves(node)
        return bool(left[0]) if len(left) == 1 else None

    def needs_at(self, node: Node) -> tuple[str, ...]:
        """The missing facts on which a condition hangs, the most useful first."""
        shape = self.remaining.shape(self.parts.whole.starts[node])
        return self._ranking(self.remaining.shared_tree(shape)).facts


def _is_broken(remains: list[Remains]) -> bool:
    return all(isinstance(leaf, Gap | Conflict) for leaf in remains)


def _in_conflict(remains: list[Remains]) -> tuple[Any, ...]:
    """The outcomes that rules disagree about; none where there is a gap."""
    return tuple(
        getattr(term, "value", term)
        for leaf in remains
        if isinstance(leaf, Conflict)
        for term in leaf.outcomes
    )
