"""From a difference of two diagrams to a request that both versions confirm to decide otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reglament.analysis.diff.nouns import Changed, Side, SideStatus, Witness
from reglament.analysis.diff.overlay import Overlay
from reglament.analysis.diff.product import SAME, Product
from reglament.diagram.answers import told_answer
from reglament.diagram.forest import Node, TooLarge
from reglament.diagram.witness import NOTHING_TOLD, Path, Witnesses
from reglament.evaluation import Evaluator
from reglament.model.outcomes import RESTS_ON_REFUSED
from reglament.model.policy import Version
from reglament.model.terms import Constant, FactRef, Formula, facts_of
from reglament.model.values import Value
from reglament.worktime import OutsideCalendar

MOST_TRIES = 100
FEW_TRIES = 10
MOST_SEEN = 12


class Unproven(Exception):
    """There may be such a request and there may be none; the search could not tell."""


@dataclass(frozen=True, slots=True)
class Found:
    """A request in a difference, and what the leaf that it reaches says."""

    witness: Witness
    payload: Any


class Search:
    """Looks for requests that `old` and `new`, the versions as they were read, decide otherwise."""

    def __init__(self, product: Product, old: Version, new: Version) -> None:
        self.product = product
        self.old = Evaluator(old)
        self.new = Evaluator(new)
        self._seen: list[Mapping[str, Value]] = []

    @cached_property
    def witnesses(self) -> Witnesses:
        """Finds paths in the diagrams of both versions."""
        return Witnesses(self.product.common, Overlay)

    def find(self, name: str, root: Node) -> Found | None:
        """A request that reaches a leaf other than `SAME`; None where there is none.

        Raises Unproven.
        """
        try:
            found = self._first(name, root, NOTHING_TOLD, MOST_TRIES)
        except Unproven:
            found = self._near_others(name, root)
            if found is None:
                raise
        if found is not None:
            self._seen = [found.witness.facts, *self._seen[: MOST_SEEN - 1]]
        return found

    def _first(
        self, name: str, root: Node, told: Mapping[str, Value], most_tries: int
    ) -> Found | None:
        is_open = False
        try:
            for tries, path in enumerate(self.witnesses.paths(root, _is_change, told)):
                found = self._confirmed(name, path)
                if _differs(found.witness) and (path.is_proven or self._leads(root, found)):
                    return found
                if path.is_proven and _is_refused(found.witness):
                    continue  # the least moments of this path are past every calendar
                is_open = True
                if tries > most_tries:
                    break
        except TooLarge:
            is_open = True
        if is_open:
            raise Unproven
        return None

    def _near_others(self, name: str, root: Node) -> Found | None:
        """A request with the facts of one found before, from which a change may follow."""
        for facts in self._seen:
            try:
                found = self._first(name, root, facts, FEW_TRIES)
            except (Unproven, OutsideCalendar, OverflowError):
                continue
            if found is not None:
                return found
        return None

    def _confirmed(self, name: str, path: Path) -> Found:
        facts = self._told(path)
        before, after = side(self.old, facts, name), side(self.new, facts, name)
        while needed := [fact for fact in (*before.needs, *after.needs) if fact not in facts]:
            # One item of a collection is settled before the others are.
            facts |= {fact: self.witnesses.completed(facts)[fact] for fact in needed[:1]}
            before, after = side(self.old, facts, name), side(self.new, facts, name)
        return Found(Witness(facts, before, after), path.payload)

    def _leads(self, root: Node, found: Found) -> bool:
        """Whether the request reaches a leaf other than `SAME`, as a guess need not."""
        forest, version = self.product.forest, self.product.common.version
        told, node = self.witnesses.completed(found.witness.facts), root
        while not forest.is_leaf(node):
            try:
                answer = told_answer(forest.variable(node), told, version.hours)
            except (OutsideCalendar, OverflowError):
                return False
            if answer is None:
                return False
            node = forest.child(node, answer[0])
        return _is_change(forest.payloads[node])

    def _told(self, path: Path) -> dict[str, Value]:
        """The facts of the path, and some value for those that an outcome is made of."""
        wanted = frozenset[str]().union(*map(facts_of, _terms(path.payload)))
        if wanted <= path.facts.keys():
            return dict(path.facts)
        whole = self.witnesses.completed(path.facts)
        return {n: v for n, v in whole.items() if n in path.facts or n in wanted}


def side(evaluator: Evaluator, facts: Mapping[str, Value], name: str) -> Side:
    """What one version decides of the facts that it knows."""
    told = {fact: value for fact, value in facts.items() if fact in evaluator.version.facts}
    outcome = evaluator.evaluate(told)[name]
    if outcome.refused is not None:
        return Side(_REFUSED.get(outcome.refused.problem.code, SideStatus.REFUSED))
    if not outcome.is_determined:
        return Side(SideStatus.OPEN, needs=outcome.needs)
    return Side(SideStatus.DECIDED, outcome.outcome, outcome.rules, outcome.clauses)


_REFUSED = {
    "gap": SideStatus.GAP,
    "conflict": SideStatus.CONFLICT,
    RESTS_ON_REFUSED: SideStatus.BROKEN,
}


def _differs(witness: Witness) -> bool:
    before, after = witness.before, witness.after
    return (before.status, before.outcome) != (after.status, after.outcome)


def _is_refused(witness: Witness) -> bool:
    return witness.before.status is witness.after.status is SideStatus.REFUSED


def _is_change(payload: Any) -> bool:
    return bool(payload != SAME)


def _terms(payload: Any) -> list[Constant | FactRef | Formula]:
    """The terms that the last change of the payload is between."""
    change = payload[-1] if isinstance(payload, tuple) else payload
    sides = (change.old, change.new) if isinstance(change, Changed) else ()
    return [part for part in sides if isinstance(part, Constant | FactRef | Formula)]
