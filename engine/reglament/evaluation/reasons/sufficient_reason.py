"""From a determined decision to its sufficient reasons: the told facts that alone settle it.

A sufficient reason is a set of told facts that keeps the outcome whatever every
other fact is, told or not, and none of which can be left out (Darwiche and Hirth,
"On the reasons behind decisions", ECAI 2020; prime implicants of the decision).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reglament.diagram.kernel.branches import facts_of_variable
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.diagram.kernel.terminals import Broken, Conflict, Gap, TerminalValue
from reglament.evaluation.compiled import CompiledVersion
from reglament.model.values import Value
from reglament.model.visitor import facts_of
from reglament.partial.remaining import NotComputable
from reglament.partial.terminal_outcomes import KnownOutcome


def sufficient_reason(
    evaluator: CompiledVersion, told: Mapping[str, Value], decision: str
) -> tuple[str, ...]:
    """One sufficient reason of the decision, in the order in which the version lists facts.

    Facts that few rules read are left out first, so that what many rules share
    stays. Empty where nothing need be told; also where the outcome is not determined.
    """
    if evaluator.has_lists:
        return _by_trying(evaluator, told, decision)
    search = _Settling(evaluator, told, decision)
    kept = search.path if search.is_determined else ()
    for fact in sorted(kept, key=evaluator.rarity):
        fewer = tuple(name for name in kept if name != fact)
        if search.settles(fewer):
            kept = fewer
    return kept


def _by_trying(
    evaluator: CompiledVersion, told: Mapping[str, Value], decision: str
) -> tuple[str, ...]:
    """The same where lists are read; each of them is one fact, told as a whole."""
    outcome = evaluator.evaluate(told, is_assuming=False)[decision]
    if not outcome.is_determined:
        return ()
    kept = {n: told[n] for n in evaluator.version.told_facts if n in told}
    for fact in sorted(kept, key=evaluator.rarity):
        fewer = {name: value for name, value in kept.items() if name != fact}
        answer = evaluator.evaluate(fewer, is_assuming=False)[decision]
        if answer.is_determined and answer.outcome == outcome.outcome:
            kept = fewer
    return tuple(kept)


class _Settling:
    """Whether some of the told facts settle the outcome that all of them give."""

    def __init__(
        self, evaluator: CompiledVersion, told: Mapping[str, Value], decision: str
    ) -> None:
        self.evaluator = evaluator
        self.told = told
        self.root = evaluator.diagrams.decision(decision)
        try:
            left = evaluator.parts.whole.leaves(self.root, told)
        except NotComputable:
            left = []
        self.outcome = left[0] if len(left) == 1 else None

    @property
    def is_determined(self) -> bool:
        """Whether the told facts leave one outcome."""
        return isinstance(self.outcome, KnownOutcome)

    @property
    def support(self) -> tuple[str, ...]:
        """The told facts on which the decision can hang, in the order of the version."""
        return self._told_of(support(self.evaluator, self.root))

    @property
    def path(self) -> tuple[str, ...]:
        """The told facts that the diagram asks on its way to the outcome; they settle it.

        All that it can hang on where a fact on the way is missing.
        """
        forest, answering = self.evaluator.diagrams.forest, self.evaluator.answering
        node, met = self.root, set[str]()
        while not forest.is_terminal(node):
            facts, answer = answering[forest.levels[node]]
            if not facts <= self.told.keys():
                return self.support
            met |= facts
            node = forest.child(node, answer(self.told))
        return self._told_of(met | _facts_of_leaf(forest.values[node]))

    def settles(self, facts: Iterable[str]) -> bool:
        """Whether these facts alone leave the outcome."""
        told = {fact: self.told[fact] for fact in facts}
        try:
            left = self.evaluator.parts.whole.leaves(self.root, told)
        except (TooLarge, NotComputable):
            return False  # not shown to settle, so not claimed
        return left == [self.outcome]

    def _told_of(self, facts: Collection[str]) -> tuple[str, ...]:
        return tuple(f for f in self.evaluator.version.facts if f in facts and f in self.told)


def support(evaluator: CompiledVersion, root: Node) -> frozenset[str]:
    """The facts on which a diagram can hang."""
    forest = evaluator.diagrams.forest
    found: set[str] = set()
    for node in forest.descendants(root):
        if forest.is_terminal(node):
            found |= _facts_of_leaf(forest.values[node])
        else:
            found |= facts_of_variable(forest.variable(node))
    return frozenset(found)


def _facts_of_leaf(payload: TerminalValue) -> frozenset[str]:
    if isinstance(payload, Gap):
        return frozenset()
    terms = payload.outcomes if isinstance(payload, Conflict | Broken) else (payload,)
    return frozenset[str]().union(*map(facts_of, terms))
