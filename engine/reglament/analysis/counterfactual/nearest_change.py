"""From a request and a goal to the nearest change of its facts that gives the wished outcome.

The goal is one diagram: true where every wanted decision comes out as wanted. A
uniform-cost search (Dijkstra 1959) walks it; keeping a told fact is free, changing
one costs 1. What is found is tried by the evaluator before it is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count
from typing import Any

from reglament.analysis.counterfactual.list_changes import changes_of_lists
from reglament.analysis.counterfactual.near_lists import items_changed
from reglament.analysis.counterfactual.near_values import Answers, NearValues, in_force
from reglament.analysis.counterfactual.proposals import (
    ANOTHER,
    Another,
    Move,
    Nearest,
    Proposal,
    Wanted,
    determined,
    grants,
    is_wanted,
    merged,
)
from reglament.diagram.kernel.branches import constraints_of, edges, facts_of_variable, given_answer
from reglament.diagram.kernel.forest import EnumVar, Node, NullVar, TooLarge
from reglament.diagram.kernel.list_profiles import PlainLists
from reglament.diagram.kernel.terminals import Broken, Conflict, Gap
from reglament.diagram.kernel.text_samples import OTHER_WORD
from reglament.diagram.kernel.witness import Witnesses
from reglament.diagram.solver.bounds_propagation import BoundsPropagation
from reglament.evaluation.evaluator import Evaluator
from reglament.frozen import frozen
from reglament.model.calendar import OutsideCalendar
from reglament.model.letters import REQUESTER
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef, Formula
from reglament.model.values import ORDERED, Value
from reglament.model.visitor import facts_of
from reglament.partial.remaining import NotComputable, ResidualDiagrams

MOST_STEPS = 30_000
MOST_FOUND = 200
MOST_PROPOSED = 5


def nearest_change(evaluator: Evaluator, told: Mapping[str, Value], want: Wanted) -> Nearest:
    """The nearest changes that give every wanted outcome; `ANOTHER` wants any other one.

    Facts that cannot change are kept; they may be told where they are missing. No
    moves at all are proposed where the outcomes are as wanted already.
    """
    if evaluator.has_lists:
        return changes_of_lists(evaluator, told, want)
    nearest = _ChangeSearch(evaluator, told, want).run()
    if nearest.changes or not nearest.is_proven:
        return nearest
    free = _ChangeSearch(evaluator, told, want, is_free=True).run()
    facts = evaluator.version.facts
    fixed = (m.fact for change in free.changes[:1] for m in change.moves)
    return Nearest((), True, tuple(fact for fact in fixed if not facts[fact].can_change))


@frozen
class _Step:
    """Where a walk stands: which facts it keeps and frees, and the answers of the free ones."""

    node: Node
    kept: frozenset[str] = frozenset()
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    answers: Answers = ()


@dataclass(slots=True)
class _ChangeSearch:
    evaluator: Evaluator
    told: Mapping[str, Value]
    want: Wanted
    is_free: bool = False
    solver: BoundsPropagation = field(init=False)
    lists: PlainLists = field(init=False)
    now: dict[str, Value] = field(init=False)
    is_proven: bool = True

    def __post_init__(self) -> None:
        version = self.evaluator.version
        self.solver = BoundsPropagation(
            version.types, version.hours, version.zone, tuple(in_force(version))
        )
        self.lists = PlainLists(version, Witnesses)
        self.now = determined(self.evaluator, self.told, self.want)

    def run(self) -> Nearest:
        """The nearest changes, or why there are none."""
        try:
            root = self._root()
            if not self._is_within_reach(root):
                return Nearest(())
            return Nearest(self._best(root), self.is_proven)
        except TooLarge:
            return Nearest((), is_proven=False)

    def _is_within_reach(self, root: Node) -> bool:
        """Whether a wanted leaf is left once every fact that may change is taken as missing."""
        forest = self.evaluator.diagrams.forest
        fixed = {name: value for name, value in self.told.items() if not self._may_change(name)}
        reached = forest.map_values(root, lambda payload: payload is not False)
        try:
            return True in ResidualDiagrams(self.evaluator.diagrams, self.solver).leaves(
                reached, fixed
            )
        except NotComputable:
            return True  # it is not excluded

    # The goal

    def _root(self) -> Node:
        """False where a wanted decision cannot come out as wanted, else what they come to."""
        forest, diagrams = self.evaluator.diagrams.forest, self.evaluator.diagrams

        def goal(name: str) -> Node:
            node = diagrams.decision(name)
            leaves = {leaf: self._where_it_suits(name, leaf) for leaf in forest.terminals(node)}
            return forest.compose(node, leaves)

        goals = tuple(map(goal, self.want))
        return forest.joint(goals, lambda *terms: terms, absorbing=forest.false)

    def _where_it_suits(self, name: str, leaf: Node) -> Node:
        """The leaf where it holds the wanted outcome, else false; of one computed, by a test."""
        forest, atoms = self.evaluator.diagrams.forest, self.evaluator.diagrams.atoms
        payload = forest.values[leaf]
        if not self._suits(name, payload):
            return forest.false
        wanted = self.want[name]
        is_other = isinstance(wanted, Another)
        value = self.now.get(name) if isinstance(wanted, Another) else wanted
        type_ = self.evaluator.version.decisions[name].type
        if value is None or type_.kind not in ORDERED or not isinstance(payload, Formula | FactRef):
            return leaf
        same = atoms.compare(payload, Operator.IS, Constant(value), by_day=False)
        return forest.ite(forest.not_(same) if is_other else same, leaf, forest.false)

    def _suits(self, name: str, payload: Any) -> bool:
        """Whether a leaf may hold the wanted outcome; one computed from facts may."""
        if isinstance(payload, Gap | Broken):
            return False
        terms = payload.outcomes if isinstance(payload, Conflict) else (payload,)
        if all(isinstance(term, Constant) for term in terms):
            return len(terms) == 1 and is_wanted(self.want, self.now, name, next(iter(terms)).value)
        return True

    def _may_change(self, fact: str) -> bool:
        return self.is_free or self.evaluator.version.facts[fact].can_change

    # The search

    def _best(self, root: Node) -> tuple[Proposal, ...]:
        proposals: dict[tuple[Move, ...], Proposal] = {}
        for changed, step in self._goals(root):
            best = min((change.cost[0] for change in proposals.values()), default=changed)
            if changed > best or len(proposals) >= MOST_FOUND:
                break
            change = self._proposed(step)
            if change is not None:
                proposals[change.moves] = change
                if any(map(_changes_many_items, change.moves)):
                    self.is_proven = False  # fewer may do
            elif not self._is_hopeless(step):
                self.is_proven = False  # other values of the free facts were not tried
        ranked = sorted(proposals.values(), key=lambda change: change.cost)
        # What needs as few facts as the best stands beside it; what needs more does not.
        least = [c for c in ranked if c.cost[:2] == ranked[0].cost[:2]]
        # And what the requester can act on stands first.
        others = self.evaluator.version.facts_of_others(REQUESTER)
        return tuple(sorted(merged(least), key=lambda one: one.count_of(others))[:MOST_PROPOSED])

    def _goals(self, root: Node) -> Iterator[tuple[int, _Step]]:
        """Ways to a wanted leaf, those first that change the fewest told facts."""
        forest, serial = self.evaluator.diagrams.forest, count()
        waiting: list[tuple[int, int, int, _Step]] = [(0, 0, next(serial), _Step(root))]
        for _ in range(MOST_STEPS):
            if not waiting:
                return
            changed, _, _, step = heappop(waiting)
            if step.node == forest.false:
                continue
            if forest.is_terminal(step.node):
                yield changed, step
            else:
                for after in self._following(step):
                    cost = len(after.changed), len(after.added)
                    heappush(waiting, (*cost, next(serial), after))
        raise TooLarge(MOST_STEPS)

    def _following(self, step: _Step) -> Iterator[_Step]:
        forest = self.evaluator.diagrams.forest
        variable = forest.variable(step.node)
        facts = sorted(facts_of_variable(variable))
        settled = step.kept | {*step.changed, *step.added}
        for fact in facts:
            if fact not in settled:
                yield from self._fates(step, fact)
                return
        kept = self._kept(step)
        try:
            known = given_answer(variable, kept, self.solver.hours)
        except (OutsideCalendar, OverflowError):
            return  # whether the test holds cannot be computed
        if known is not None:
            yield replace(step, node=forest.child(step.node, known[0]))
            return
        for answer, child in self._answers(step.node):
            given = (*step.answers, (variable, answer))
            constraints = tuple(c for pair in given for c in constraints_of(*pair))
            may_be = self.lists.asked(variable) is None or self.lists.may_be(given, kept)
            if may_be and self.solver.solve(kept, constraints).is_possible:
                yield replace(step, node=child, answers=given)

    def _fates(self, step: _Step, fact: str) -> Iterator[_Step]:
        """A fact met for the first time: told, it is kept or changed; missing, it is told."""
        if fact not in self.told:
            yield replace(step, added=(*step.added, fact))
            return
        yield replace(step, kept=step.kept | {fact})
        if self._may_change(fact):
            yield replace(step, changed=(*step.changed, fact))

    def _answers(self, node: Node) -> Iterator[tuple[Any, Node]]:
        """What a free fact may answer, other than the word it tells now."""
        forest = self.evaluator.diagrams.forest
        variable = forest.variable(node)
        if isinstance(variable, EnumVar):
            keys = forest.keys[node]
            values = (*keys, *(v for v in self._words(variable) if v not in keys))
            told = {self.told[variable.fact]} if variable.fact in self.told else set()
            yield from ((v, forest.child(node, v)) for v in values if v not in told)
            return
        for answer, child in edges(forest, node):
            was_null = isinstance(variable, NullVar) and self.told.get(variable.fact, 0) is None
            if not (was_null and answer):
                yield answer, child

    def _words(self, variable: EnumVar) -> tuple[Value, ...]:
        if variable.domain is not None:
            return variable.domain
        return (*self.evaluator.version.facts[variable.fact].type.options, OTHER_WORD)

    def _kept(self, step: _Step) -> dict[str, Value]:
        return {fact: self.told[fact] for fact in step.kept}

    # Proposals

    def _proposed(self, step: _Step) -> Proposal | None:
        """The change along a way, once the evaluator confirms it; without what is not needed."""
        kept = self._kept(step)
        values = NearValues(self.evaluator.version, self.solver, self.told, kept, self.lists)
        found = values.that_give(step.answers, (*step.changed, *step.added))
        outcomes = None if found is None else self._confirmed(found)
        if found is None or outcomes is None:
            return None
        for fact in (*step.added, *step.changed):
            fewer = {name: value for name, value in found.items() if name != fact}
            still = self._confirmed(fewer)
            if still is not None:
                found, outcomes = fewer, still
        return Proposal(tuple(self._move(fact, found[fact]) for fact in sorted(found)), outcomes)

    def _is_hopeless(self, step: _Step) -> bool:
        """Whether what the way leads to is computed from facts that stay as they are told."""
        terms = self.evaluator.diagrams.forest.values[step.node]
        computed = [t for t in terms if not isinstance(t, Conflict | Constant)]
        unchanged = step.kept | {fact for fact in self.told if not self._may_change(fact)}
        return bool(computed) and all(facts_of(term) <= unchanged for term in computed)

    def _confirmed(self, values: Mapping[str, Value]) -> dict[str, Value] | None:
        found = determined(self.evaluator, {**self.told, **values}, self.want)
        return found if grants(self.want, self.now, found) else None

    def _move(self, fact: str, after: Value) -> Move:
        is_any = after == OTHER_WORD
        return Move(fact, self.told.get(fact), after, fact in self.told, is_any)


def _changes_many_items(move: Move) -> bool:
    """Whether more items of a list change than are tried in every way."""
    before, after = move.before or (), move.after
    is_list = isinstance(before, tuple) and isinstance(after, tuple)
    return is_list and items_changed(before, after) > 1  # type: ignore[arg-type]


__all__ = ["ANOTHER", "Another", "Move", "Nearest", "Proposal", "Wanted", "nearest_change"]
