"""From a determined decision to its sufficient reasons: the told facts that alone settle it.

A sufficient reason is a set of told facts that keeps the outcome whatever every
other fact is, told or not, and none of which can be left out (Darwiche and Hirth,
"On the reasons behind decisions", ECAI 2020; prime implicants of the decision).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from reglament.diagram.kernel.branches import facts_of_variable
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.diagram.kernel.terminals import Broken, Conflict, Gap, TerminalValue
from reglament.evaluation.compiled import CompiledVersion
from reglament.model.values import Value
from reglament.model.visitor import facts_of
from reglament.partial.remaining import NotComputable
from reglament.partial.trees import KnownOutcome

MOST_TRIES = 2_000


@dataclass(frozen=True, slots=True)
class SmallestReasons:
    """The sufficient reasons of smallest size; all of them where `is_exhaustive`."""

    reasons: tuple[tuple[str, ...], ...]
    is_exhaustive: bool = True


def sufficient_reason(
    evaluator: CompiledVersion, told: Mapping[str, Value], decision: str
) -> tuple[str, ...]:
    """One sufficient reason of the decision, in the order in which the version lists facts.

    Facts that few rules read are left out first, so that what many rules share
    stays. Empty where nothing need be told; also where the outcome is not determined.
    """
    search = _Settling(evaluator, told, decision)
    kept = search.path if search.is_determined else ()
    for fact in sorted(kept, key=evaluator.rarity):
        fewer = tuple(name for name in kept if name != fact)
        if search.settles(fewer):
            kept = fewer
    return kept


def smallest_reasons(
    evaluator: CompiledVersion,
    told: Mapping[str, Value],
    decision: str,
    most_tries: int = MOST_TRIES,
) -> SmallestReasons:
    """Every sufficient reason of the smallest size, by branch and bound over the facts.

    After `most_tries` subsets the search stops and says that it is not exhaustive.
    """
    search = _Settling(evaluator, told, decision, most_tries)
    if not search.is_determined:
        return SmallestReasons(())
    found = _Smallest(search, [sufficient_reason(evaluator, told, decision)])
    try:
        found.look((), tuple(sorted(search.support, key=evaluator.rarity, reverse=True)))
    except TooLarge:
        return SmallestReasons(_in_order(found.best, search.support), is_exhaustive=False)
    return SmallestReasons(_in_order(found.best, search.support))


class _Settling:
    """Whether some of the told facts settle the outcome that all of them give."""

    def __init__(
        self,
        evaluator: CompiledVersion,
        told: Mapping[str, Value],
        decision: str,
        most_tries: int | None = None,
    ) -> None:
        self.evaluator = evaluator
        self.told = told
        self.root = evaluator.diagrams.decision(decision)
        self.most_tries = most_tries
        self._seen: dict[frozenset[str], bool] = {}
        try:
            left = evaluator.parts.whole.leaves(self.root, told)
        except NotComputable:
            left = []
        self.outcome = left[0] if len(left) == 1 else None

    @property
    def is_determined(self) -> bool:
        """Whether the told facts leave one outcome."""
        return isinstance(self.outcome, KnownOutcome)

    @cached_property
    def support(self) -> tuple[str, ...]:
        """The told facts on which the decision can hang, in the order of the version."""
        return self._told_of(support(self.evaluator, self.root))

    @cached_property
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
        """Whether these facts alone give the outcome. Raises TooLarge after too many tries."""
        key = frozenset(facts)
        if key not in self._seen:
            if self.most_tries is not None and len(self._seen) >= self.most_tries:
                raise TooLarge(self.most_tries)
            self._seen[key] = self._is_only_outcome({fact: self.told[fact] for fact in key})
        return self._seen[key]

    def _is_only_outcome(self, told: Mapping[str, Value]) -> bool:
        """Whether these facts leave the outcome alone."""
        try:
            left = self.evaluator.parts.whole.leaves(self.root, told)
        except (TooLarge, NotComputable):
            return False  # not shown to settle, so not claimed
        return left == [self.outcome]

    def _told_of(self, facts: Collection[str]) -> tuple[str, ...]:
        return tuple(f for f in self.evaluator.version.facts if f in facts and f in self.told)


@dataclass(slots=True)
class _Smallest:
    search: _Settling
    best: list[tuple[str, ...]]

    def look(self, kept: tuple[str, ...], rest: tuple[str, ...]) -> None:
        """Try what contains `kept` and some of `rest`, never more than the best so far."""
        size = len(self.best[0])
        if len(kept) > size:
            return
        if self.search.settles(kept):
            self._take(kept)
            return
        if not rest or len(kept) == size:
            return
        first, others = rest[0], rest[1:]
        self.look((*kept, first), others)
        if self.search.settles((*kept, *others)):
            self.look(kept, others)

    def _take(self, reason: tuple[str, ...]) -> None:
        if len(reason) < len(self.best[0]):
            self.best.clear()
        if not any(set(reason) == set(other) for other in self.best):
            self.best.append(reason)


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


def _in_order(
    reasons: list[tuple[str, ...]], support_: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    place = {fact: index for index, fact in enumerate(support_)}
    sorted_ = (tuple(sorted(reason, key=place.__getitem__)) for reason in reasons)
    return tuple(sorted(sorted_, key=lambda reason: [place[fact] for fact in reason]))
