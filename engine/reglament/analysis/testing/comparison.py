"""From a version and a changed copy to a request that tells them apart, or proof of none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any

from reglament.analysis.diff.changed_witnesses import Search
from reglament.analysis.proving.port import Differs, Proven
from reglament.analysis.proving.settling import settle
from reglament.analysis.search.judge import Judge
from reglament.analysis.search.tried_values import TriedValues
from reglament.analysis.window import window_of
from reglament.diagram.kernel.compiler import Compiler, unchanged
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.diagram.kernel.witness import Path, Witnesses
from reglament.evaluation import Evaluated, Evaluator
from reglament.frozen import frozen
from reglament.messages import SOURCE
from reglament.model.decisions import Decision
from reglament.model.outcomes import Outcome
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.plan.lowering import local_diagrams, lower

MOST_PATHS = 30


@frozen
class Disagreement:
    """What two diagrams give where they differ."""

    ours: Any
    theirs: Any


@frozen
class RequestDifference:
    """A request that two versions decide differently, and what each says of `decision`."""

    decision: str
    facts: Mapping[str, Value]
    ours: object
    theirs: object


class Copy:
    """A changed copy of a version, whose diagrams stand in the forest of the original."""

    def __init__(self, version: Version, original: Evaluator) -> None:
        self.version = version
        self.original = original
        self.diagrams = beside(original.diagrams, version)

    @cached_property
    def evaluator(self) -> Evaluator:
        """What decides as the copy does; its plan is made where it is another one."""
        same = unchanged(self.version, self.original.version)
        given = {name: let for name, let in self.original.plan.lets.items() if name in same}
        plan = lower(local_diagrams(self.version), given)
        return Evaluator(self.version, diagrams=self.diagrams, plan=plan)

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
        self.diagrams = Compiler(version)
        self.forest = self.diagrams.forest
        self.evaluator = Evaluator(version, diagrams=self.diagrams)
        self._values = TriedValues(version, (version,), window_of(version))

    @cached_property
    def witnesses(self) -> Witnesses:
        """Finds requests in the diagrams."""
        return Witnesses(self.diagrams)

    def evaluate(self, facts: Mapping[str, Value]) -> Evaluated:
        """What the original decides."""
        return self.evaluator.evaluate(facts)

    def copy(self, version: Version) -> Copy:
        """A changed copy; it may not bring facts or hours of its own."""
        return Copy(version, self.evaluator)

    def changed(self, copy: Copy) -> tuple[str, ...]:
        """The decisions, internal ones left out, whose diagrams differ."""
        return tuple(
            decision.name
            for decision in self.version.shown_decisions.values()
            if observed(self.diagrams, decision)
            != observed(copy.diagrams, copy.version.decisions[decision.name])
        )

    def apart(self, copy: Copy, name: str) -> Node:
        """Where the decision differs: its leaves hold Apart, or None where both agree."""
        pairs = zip(
            observed(self.diagrams, self.version.decisions[name]).values(),
            observed(copy.diagrams, copy.version.decisions[name], self.version).values(),
            strict=True,
        )
        alike = result = self.forest.terminal(None)
        for pair in pairs:
            found = self.forest.joint(pair, Disagreement, same=alike)
            result = self.forest.apply(self._first, (result, found), {})
        return result

    def paths(self, root: Node) -> Iterator[Path]:
        """Some feasible paths to where two diagrams differ."""
        return islice(self.witnesses.paths(root, lambda payload: payload is not None), MOST_PATHS)

    def difference(self, copy: Copy, names: Iterable[str]) -> RequestDifference | bool:
        """A request told apart, confirmed by deciding it twice; else whether none is left open.

        True says that no request can be decided differently: proven. False says
        that none was found: neither along the paths of the diagrams, nor among worked
        examples and requests beside them, nor by a prover.
        """
        names = tuple(names)
        doubted = tuple(name for name in names if not self._is_never(copy, name))
        found = self._searched(copy, doubted) or self._on_paths(copy, doubted)
        return found or all(self._is_proven(copy, name) for name in doubted)

    def _is_never(self, copy: Copy, name: str) -> bool:
        """Whether no path leads to where the decision differs."""
        try:
            return not any(self.paths(self.apart(copy, name)))
        except TooLarge:
            return False

    def _on_paths(self, copy: Copy, names: Iterable[str]) -> RequestDifference | None:
        for name in names:
            try:
                for path in self.paths(self.apart(copy, name)):
                    found = self.confirmed(copy, name, path.facts)
                    if found is not None:
                        return found
            except TooLarge:
                continue
        return None

    def _searched(self, copy: Copy, names: tuple[str, ...]) -> RequestDifference | None:
        if not names:
            return None
        values = TriedValues(self.version, (self.version, copy.version), window_of(self.version))
        search = Search(Judge(self.version), Judge(copy.version), values, names)
        search.run()
        shown = ((name, request.facts) for name in names for request in search.shown(name))
        differences = (self.confirmed(copy, name, facts) for name, facts in shown)
        first = next((one for one in differences if one is not None), None)
        return None if first is None else self._shortened(copy, first)

    def _shortened(self, copy: Copy, found: RequestDifference) -> RequestDifference:
        """The same difference by no more facts than it takes."""
        for fact in found.facts:
            fewer = {name: value for name, value in found.facts.items() if name != fact}
            short = self.confirmed(copy, found.decision, fewer)
            if short == replace(found, facts=fewer):
                found = short
        return found

    def _is_proven(self, copy: Copy, name: str) -> bool:
        """Whether a prover shows that both decide alike, all that the decision tells."""
        if self.version.decisions[name].kind.has_requirements:
            return False
        question = Differs(self.version, copy.version, name, window_of(self.version))
        return isinstance(settle(question), Proven)

    def confirmed(
        self, copy: Copy, name: str, facts: Mapping[str, Value]
    ) -> RequestDifference | None:
        """The difference that the request makes, where it makes one."""
        if self.version.lists:
            real = self._values.found(facts)
            if real is None:
                return None
            facts = real
        ours = decided(self.evaluate(facts), name)
        theirs = decided(copy.evaluate(facts), name)
        return RequestDifference(name, facts, ours, theirs) if ours != theirs else None

    def _first(self, nodes: tuple[Node, ...]) -> Node | None:
        first, last = nodes
        if not self.forest.is_terminal(first):
            return None
        return last if self.forest.values[first] is None else first


def beside(original: Compiler, version: Version) -> Compiler:
    """The diagrams of `version` in the forest, and the order, of `original`."""
    made = Compiler(version, forest=original.forest, order=list(original.atoms.order))
    made.take_from(original)
    return made


def observed(
    diagrams: Compiler, decision: Decision, original: Version | None = None
) -> dict[str, Node]:
    """The diagrams of all that a decision tells: its outcome; of a checklist, each requirement.

    A requirement that only the `original` lists is never met.
    """
    found = {"": diagrams.decision(decision.name)}
    if decision.kind.has_requirements:
        rules = {rule.id: diagrams.effective(decision, rule) for rule in decision.rules}
        listed = decision if original is None else original.decisions[decision.name]
        never = diagrams.forest.terminal("not listed")
        found |= {rule.id: rules.get(rule.id, never) for rule in listed.rules}
    return found


def decided(outcomes: Evaluated, name: str) -> object:
    """What a reader of the outcome sees, comparable; a refusal is an answer of its own."""
    outcome = outcomes[name]
    if outcome.refused is not None:
        return outcome.refused.problem.message.to(SOURCE)
    if not outcome.is_determined:
        return (outcome.status, outcome.possible, *_listed(outcome))
    return (outcome.outcome, type(outcome.outcome), *_listed(outcome))


def _listed(outcome: Outcome) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(outcome.met), frozenset(outcome.unmet)
