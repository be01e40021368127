"""From one request and what it lacks to what is still open: outcomes possible, facts needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament import reference
from reglament.diagram.forest import Node, TooLarge
from reglament.diagram.openings import Some
from reglament.diagram.payloads import Conflict, Gap
from reglament.diagram.remaining import Remainders, Remaining
from reglament.diagram.shapes import SharedTree
from reglament.diagram.trees import Remains, Unlisted
from reglament.evaluation.answers import UNKNOWN, Answer, answer_from, collected, determined
from reglament.evaluation.markers import Marker
from reglament.evaluation.parts import Part, Parts
from reglament.evaluation.usefulness import needs, needs_of
from reglament.formulas import value_of
from reglament.model.outcomes import Status
from reglament.model.policy import Decision
from reglament.model.values import Listed, Value

MOST_KEPT = 1_000


class Broken(Exception):
    """Whatever the missing facts are, the decision has a gap, or rules that disagree."""

    def __init__(self, decision: Decision, outcomes: tuple[Any, ...]) -> None:
        self.decision = decision
        self.outcomes = outcomes
        super().__init__(decision.name)


class Unsettled:
    """What one request leaves open.

    `values` are what the facts told lead to by themselves, or markers, in the order of
    the version. Answers raise Broken, and OutsideCalendar or OverflowError for what
    cannot be reckoned.
    """

    def __init__(self, parts: Parts, told: Mapping[str, Value], values: tuple[Any, ...]) -> None:
        self.parts = parts
        self.told = told
        self._values = values
        self._answers: dict[str, Answer] = {}
        self._outcomes: dict[str, Any] = {}
        self._modules: dict[str, SharedTree] = {}
        self._remaining: dict[Remainders, Remaining] = {}

    @property
    def remaining(self) -> Remaining:
        """What remains of diagrams over facts alone."""
        return self._remaining_in(self.parts.whole)

    def _remaining_in(self, remainders: Remainders) -> Remaining:
        found = self._remaining.get(remainders)
        if found is None:
            found = self._remaining[remainders] = remainders.of(self.told)
        return found

    # Answers

    def answer(self, name: str) -> Answer:
        """The outcome of a decision, or what is still possible."""
        found = self._answers.get(name)
        if found is None:
            found = self._answers[name] = self._answer(name)
        return found

    def _answer(self, name: str) -> Answer:
        part = self.parts.part[name]
        if part is None:
            return self._by_rules(self.parts.version.decisions[name])
        for earlier in part.fragile:  # a gap or a conflict there is one here
            self.outcome(earlier)
        remaining = self._remaining.get(part.remainders) or self._remaining_in(part.remainders)
        try:
            if len(part.roots) > 1:
                return self._collected(part, remaining)
            shape = remaining.shape(part.roots[0], self.outcome)
        except TooLarge:
            return self._by_rules(part.decision)
        if shape.values is None:
            return self._answer_from(part.decision, remaining.values(shape))
        found: Answer | None = shape.found.get(name)
        if found is None:
            found = shape.found[name] = self._answer_from(part.decision, shape.values)
        return found

    def _collected(self, part: Part, remaining: Remaining) -> Answer:
        """The answer of a collection with several groups of items."""
        shapes = tuple([remaining.shape(root, self.outcome) for root in part.roots])
        kept = shapes[0].found
        found: Answer | None = kept.get(shapes)
        if found is None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            found = kept[shapes] = collected(part.decision, shapes)
        return found

    def _answer_from(self, decision: Decision, remains: list[Remains]) -> Answer:
        first = remains[0]
        if isinstance(first, Gap | Conflict) and _is_broken(remains):
            raise Broken(decision, _in_conflict(remains))
        if len(remains) == 1 and isinstance(first, Unlisted) and not first.missing:
            value_of(first.term, self.told, self.parts.version.hours)  # raises what keeps it
        return answer_from(decision, remains)

    def outcome(self, name: str) -> Any:
        """What is known of a decision: its outcome, or `Some` that are possible."""
        if name not in self._outcomes:
            value = self._values[self.parts.places[name]]
            self._outcomes[name] = self._sought(name) if value.__class__ is Marker else value
        return self._outcomes[name]

    def _sought(self, name: str) -> Any:
        answer = self.answer(name)
        is_one = answer.status is Status.DETERMINED
        return answer.outcome if is_one else Some(answer.possible or ())

    # Where the diagrams are too large

    def _by_rules(self, decision: Decision) -> Answer:
        """The answer rule by rule, where every fact read is told.

        Else the honest one: it is not known what is possible, and every fact may matter.
        """
        found = self.read(decision)
        return UNKNOWN if found is None else determined(found.outcome)

    def read(self, decision: Decision) -> reference.Answer | None:
        """What the rules say read one by one; None where one reads a fact that is missing."""
        try:
            return reference.View(self.parts.version, self.told).answer(decision)
        except KeyError:
            return None

    # What is needed

    def needs(self, name: str) -> tuple[str, ...]:
        """The missing facts on which the outcome of a decision hangs, the most useful first.

        Every missing fact where its diagram is too large to tell.
        """
        try:
            return needs_of(self._trees(name), self._tree, self.parts.order)
        except TooLarge:
            facts = self.parts.version.facts
            return Listed(fact for fact in facts if fact not in self.told)

    def _tree(self, name: str) -> SharedTree:
        """What remains of a module."""
        found = self._modules.get(name)
        if found is None:
            found = self._modules[name] = self._trees(name)[0]
        return found

    def _trees(self, name: str) -> tuple[SharedTree, ...]:
        """What remains of the decision, its modules left out, as requests share it."""
        part = self.parts.part[name]
        if part is None:
            raise TooLarge(self.parts.diagrams.budget)
        remaining = self._remaining.get(part.remainders) or self._remaining_in(part.remainders)
        return tuple([remaining.shared_tree(root, self.outcome) for root in part.roots])

    # Conditions

    def truth(self, node: Node) -> bool | None:
        """Whether a condition holds; None where that is still open."""
        left = self.remaining.leaves(node)
        return bool(left[0]) if len(left) == 1 else None

    def needs_at(self, node: Node) -> tuple[str, ...]:
        """The missing facts on which a condition hangs, the most useful first."""
        return needs(self.remaining.shared_tree(node), self.parts.order)


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
