"""From a version and a changed copy to a request that tells them apart, or proof of none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from reglament.diagram.build import Diagrams
from reglament.diagram.forest import Node, TooLarge
from reglament.diagram.witness import Path, Witnesses
from reglament.evaluation import Evaluated, Evaluator
from reglament.model.outcomes import Outcome
from reglament.model.policy import Decision, DecisionKind, Version
from reglament.model.values import Value

MOST_PATHS = 30


@dataclass(frozen=True, slots=True)
class Apart:
    """What two diagrams give where they differ."""

    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A request that two versions decide differently, and what each says of `decision`."""

    decision: str
    facts: Mapping[str, Value]
    ours: object
    theirs: object


class Copy:
    """A changed copy of a version, whose diagrams stand in the forest of the original."""

    def __init__(self, version: Version, original: Diagrams) -> None:
        self.version = version
        self.diagrams = beside(original, version)
        self.evaluator = Evaluator(version, diagrams=self.diagrams)

    def evaluate(self, facts: Mapping[str, Value]) -> Evaluated:
        """What the copy decides."""
        return self.evaluator.evaluate(facts)


class Bench:
    """One version beside changed copies of it; all share facts, hours and one forest.

    Equal functions are equal nodes there, so a copy whose nodes are those of the
    original is proven to decide alike.
    """

    def __init__(self, version: Version) -> None:
        self.version = version
        self.diagrams = Diagrams(version)
        self.forest = self.diagrams.forest
        self.evaluator = Evaluator(version, diagrams=self.diagrams)

    @cached_property
    def witnesses(self) -> Witnesses:
        """Finds requests in the diagrams."""
        return Witnesses(self.diagrams)

    def evaluate(self, facts: Mapping[str, Value]) -> Evaluated:
        """What the original decides."""
        return self.evaluator.evaluate(facts)

    def copy(self, version: Version) -> Copy:
        """A changed copy; it may not bring facts or hours of its own."""
        return Copy(version, self.diagrams)

    def changed(self, copy: Copy) -> tuple[str, ...]:
        """The decisions, internal ones left out, whose diagrams differ."""
        return tuple(
            decision.name
            for decision in self.version.decisions.values()
            if not decision.is_internal
            and observed(self.diagrams, decision)
            != observed(copy.diagrams, copy.version.decisions[decision.name])
        )

    def apart(self, copy: Copy, name: str) -> Node:
        """Where the decision differs: its leaves hold Apart, or None where both agree."""
        pairs = zip(
            observed(self.diagrams, self.version.decisions[name]).values(),
            observed(copy.diagrams, copy.version.decisions[name], self.version).values(),
            strict=True,
        )
        result = self.forest.leaf(None)
        for ours, theirs in pairs:
            found = self.forest.combine(self._parted, (ours, theirs), {})
            result = self.forest.combine(self._first, (result, found), {})
        return result

    def paths(self, root: Node) -> Iterator[Path]:
        """Some feasible paths to where two diagrams differ."""
        return islice(self.witnesses.paths(root, lambda payload: payload is not None), MOST_PATHS)

    def difference(self, copy: Copy, names: Iterable[str]) -> Difference | bool:
        """A request told apart, confirmed by deciding it twice; else whether none is left open.

        True says that no request can be decided differently: proven. False says
        that paths were found and none of the first of them could be confirmed.
        """
        is_proven = True
        for name in names:
            try:
                for path in self.paths(self.apart(copy, name)):
                    is_proven = False
                    found = self.confirmed(copy, name, path.facts)
                    if found is not None:
                        return found
            except TooLarge:
                is_proven = False
        return is_proven

    def confirmed(self, copy: Copy, name: str, facts: Mapping[str, Value]) -> Difference | None:
        """The difference that the request makes, where it makes one."""
        ours = decided(self.evaluate(facts), name)
        theirs = decided(copy.evaluate(facts), name)
        return Difference(name, facts, ours, theirs) if ours != theirs else None

    def _parted(self, nodes: tuple[Node, ...]) -> Node | None:
        ours, theirs = nodes
        if ours == theirs:
            return self.forest.leaf(None)
        if self.forest.is_leaf(ours) and self.forest.is_leaf(theirs):
            return self.forest.leaf(Apart(self.forest.payloads[ours], self.forest.payloads[theirs]))
        return None

    def _first(self, nodes: tuple[Node, ...]) -> Node | None:
        first, last = nodes
        if not self.forest.is_leaf(first):
            return None
        return last if self.forest.payloads[first] is None else first


def beside(original: Diagrams, version: Version) -> Diagrams:
    """The diagrams of `version` in the forest, and the order, of `original`."""
    return Diagrams(version, forest=original.forest, order=list(original.atoms.order))


def observed(
    diagrams: Diagrams, decision: Decision, original: Version | None = None
) -> dict[str, Node]:
    """The diagrams of all that a decision tells: its outcome; of a checklist, each requirement.

    A requirement that only the `original` lists is never met.
    """
    found = {"": diagrams.decision(decision.name)}
    if decision.kind is DecisionKind.CHECKLIST:
        rules = {rule.id: diagrams.counts(decision, rule) for rule in decision.rules}
        listed = decision if original is None else original.decisions[decision.name]
        never = diagrams.forest.leaf("not listed")
        found |= {rule.id: rules.get(rule.id, never) for rule in listed.rules}
    return found


def decided(outcomes: Evaluated, name: str) -> object:
    """What a reader of the outcome sees, comparable; a refusal is an answer of its own."""
    outcome = outcomes[name]
    if outcome.refused is not None:
        return outcome.refused.problem.message.en
    if not outcome.is_determined:
        return (outcome.status, outcome.possible, *_listed(outcome))
    return (outcome.outcome, type(outcome.outcome), *_listed(outcome))


def _listed(outcome: Outcome) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(outcome.met), frozenset(outcome.unmet)
