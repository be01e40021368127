"""From a diagram to tables that lead a row from step to step to what is left of it.

A step takes the state reached so far and the numbers of a few columns to the next state, so a
table of it is small, and complete. A state holds the nodes that the row may be at: one while all
is told; where a fact is missing, every child of the nodes that ask for it.

Answers of missing facts may hang on each other, where several tests compare them. So each node
carries how many such answers lead to it at least: what one answer alone leads to can really come
about. What can be told from these nodes and from all nodes alike is exact; the rest is left.

The automaton of `partial` does not serve here: it keeps which answers hang on each other, and
settles them by the values that one request tells. A table is written before there is any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import prod
from typing import TypeAlias

from reglament.columnar.vectors.vector_values import MISSING, NULL
from reglament.diagram.kernel.branches import OTHER, edges
from reglament.diagram.kernel.forest import DOUBT_LEVEL, Forest, IntervalVar, Node, NullVar
from reglament.diagram.kernel.too_large import TooLarge
from reglament.frozen import frozen
from reglament.memo import Memo
from reglament.sql.columns_asked import FAILS, HOLDS, UNKNOWN, Asked, AskedFact, AskedTest

MOST_ROWS = 2_000  # of one step, where that can be
MOST_IN_ALL = 400_000
MOST_NODES = 24  # where a row may be; with more it is left
Row: TypeAlias = tuple[int | None, ...]
Known: TypeAlias = frozenset[tuple[str, str]]
SEVERAL = 2  # answers, which may hang on each other


@frozen
class WalkState:
    """The nodes where a row may be, each with how many bound answers lead there, two for more.

    `is_open` says that a fact was missing where it was asked, `is_doubted` that a test could not
    be computed. `known` has of facts that are still asked whether they are told, null or missing.
    """

    nodes: frozenset[tuple[Node, int]]
    is_open: bool = False
    is_doubted: bool = False
    known: Known = frozenset()


TOO_OPEN = WalkState(frozenset(), is_open=True)


@frozen
class Step:
    """The columns that are read, and for each state and their numbers the next state.

    A row's key is its state, then the numbers of the columns, each by the size of its column.
    """

    columns: tuple[Asked, ...]
    nexts: list[int | None]


@dataclass(slots=True)
class Walk:
    """The steps of one decision, and the states in which they end."""

    steps: list[Step] = field(default_factory=list)
    ends: list[WalkState] = field(default_factory=list)


class Walker:
    """Walks one diagram by the numbers of its columns.

    `settle` gives of a state at whose nodes nothing is asked the one that stands for all alike.
    """

    def __init__(
        self,
        forest: Forest,
        root: Node,
        columns: Sequence[Asked],
        settle: Callable[[WalkState], WalkState],
    ) -> None:
        self.forest, self.root, self.settle = forest, root, settle
        levels = {forest.levels[node] for node in forest.descendants(root)}
        self.columns = [one for one in columns if levels & {*one.levels}]
        tests = [one for one in self.columns if isinstance(one, AskedTest) and one.constrains]
        self.linked = frozenset[str]().union(*(test.facts for test in tests))
        later: frozenset[str] = frozenset()
        self._later: list[frozenset[str]] = []  # of each column, the facts that those after it read
        for column in reversed(self.columns):
            self._later.insert(0, later)
            later |= column.facts
        self._known: Memo[tuple[Known, int, int], Known | None] = Memo(
            lambda key: self._known_of(*key)
        )

    def walk(self) -> Walk:
        """Every step. Raises TooLarge where there are too many rows."""
        found, states = Walk(), [self._canonical(WalkState(frozenset({(self.root, 0)})))]
        taken: list[int] = []
        rows = 0
        for place, column in enumerate(self.columns):
            size = len(states) * prod(self.columns[index].size for index in taken)
            if taken and size * column.size > MOST_ROWS:
                states = self._step(found, states, taken)
                rows += size
                taken = []
            taken.append(place)
            if rows + len(states) * column.size > MOST_IN_ALL:
                raise TooLarge(MOST_IN_ALL)
        if taken:
            states = self._step(found, states, taken)
        found.ends = states
        _merge_alike(found.steps)
        return found

    def _step(self, walk: Walk, states: list[WalkState], taken: list[int]) -> list[WalkState]:
        numbers: dict[WalkState, int] = {}
        nexts: list[int | None] = []
        for state in states:
            afters: list[WalkState | None] = [state]
            for place in taken:
                none = [None] * self.columns[place].size
                afters = [
                    after
                    for one in afters
                    for after in (none if one is None else self._answers(one, place))
                ]
            for after in afters:
                nexts.append(None if after is None else numbers.setdefault(after, len(numbers)))
        walk.steps.append(Step(tuple(self.columns[index] for index in taken), nexts))
        return list(numbers)

    def _answers(self, state: WalkState, place: int) -> list[WalkState | None]:
        """The state after each answer; None where no row is in that state and answers so."""
        column, levels = self.columns[place], self.forest.levels
        asked = {levels[node] for node, _ in state.nodes}
        if min(asked, default=DOUBT_LEVEL) >= DOUBT_LEVEL:
            return [self._canonical(state)] * column.size
        answered = self._told if asked.isdisjoint(column.levels) else self._moved
        return [answered(state, place, code) for code in range(column.size)]

    def _told(self, state: WalkState, place: int, code: int) -> WalkState | None:
        """The state after an answer that none of its nodes asks for."""
        known = self._known[state.known, place, code]
        if known is None or known == state.known:
            return None if known is None else state
        return WalkState(state.nodes, state.is_open, state.is_doubted, known)

    def _moved(self, state: WalkState, place: int, code: int) -> WalkState | None:
        """The state after an answer that some of its nodes ask for."""
        known = self._known[state.known, place, code]
        if known is None:
            return None
        column, found = self.columns[place], state
        for level in column.levels:
            found = self._at_level(found, level, column, code)
        return self._canonical(WalkState(found.nodes, found.is_open, found.is_doubted, known))

    def _known_of(self, known: Known, place: int, code: int) -> Known | None:
        """What is known after the answer of the facts that are still asked."""
        found = _known_after(dict(known), self.columns[place], code)
        if found is None:
            return None
        later = self._later[place]
        return frozenset((fact, how) for fact, how in found.items() if fact in later)

    def _canonical(self, state: WalkState) -> WalkState:
        """The state that stands for it where nothing more is asked."""
        forest = self.forest
        if len(state.nodes) > MOST_NODES:
            return self.settle(TOO_OPEN)
        if any(forest.levels[node] < DOUBT_LEVEL for node, _ in state.nodes):
            return state
        return self.settle(self._undoubted(state))

    def _at_level(self, state: WalkState, level: int, column: Asked, code: int) -> WalkState:
        forest = self.forest
        here = [one for one in state.nodes if forest.levels[one[0]] == level]
        if not here:
            return state
        best = {node: bound for node, bound in state.nodes if forest.levels[node] != level}
        is_unknown = isinstance(column, AskedTest) and code == UNKNOWN
        is_all = code == MISSING or is_unknown
        more = self._bound(column, level, code)
        for node, bound in here:
            if is_all:
                bound = min(SEVERAL, bound + more)
                for _, child in edges(forest, node):
                    best[child] = min(bound, best.get(child, SEVERAL))
            else:
                child = self._child(node, level, column, code)
                best[child] = min(bound, best.get(child, SEVERAL))
        is_open = state.is_open or code == MISSING
        return WalkState(
            frozenset(best.items()), is_open, state.is_doubted or is_unknown, state.known
        )

    def _bound(self, column: Asked, level: int, code: int) -> int:
        """How many answers that may hang on others stand for one that is missing."""
        if isinstance(column, AskedFact):
            is_place = isinstance(self.forest.variables[level], IntervalVar)
            return int(is_place and column.name in self.linked)
        if code == UNKNOWN:
            return SEVERAL
        return (1 if column.free else SEVERAL) if column.constrains else 0

    def _child(self, node: Node, level: int, column: Asked, code: int) -> Node:
        forest = self.forest
        if isinstance(column, AskedTest):
            return forest.children[node][0 if code == HOLDS else -1]
        if isinstance(forest.variables[level], NullVar):
            return forest.children[node][0 if code == NULL else -1]
        answer = column.answer(code)
        if isinstance(forest.variables[level], IntervalVar):
            is_least = answer is OTHER or answer is None
            return forest.children[node][0] if is_least else forest.child(node, answer)
        return forest.children[node][-1] if answer is OTHER else forest.child(node, answer)

    def _undoubted(self, state: WalkState) -> WalkState:
        """The state whose nodes are terminals: what refused decisions might have said is open."""
        best = dict(state.nodes)
        while waiting := [one for one in best if not self.forest.is_terminal(one)]:
            for node in waiting:
                assert self.forest.levels[node] >= DOUBT_LEVEL
                bound = best.pop(node)
                for child in self.forest.children[node]:
                    best[child] = min(bound, best.get(child, SEVERAL))
        return WalkState(frozenset(best.items()), state.is_open, state.is_doubted)


def _merge_alike(steps: list[Step]) -> None:
    """Make one state of those from which the same keys lead to the same, from the last step up."""
    for before, step in reversed([*pairwise(steps)]):
        width = prod(column.size for column in step.columns)
        rows = [tuple(step.nexts[at : at + width]) for at in range(0, len(step.nexts), width)]
        numbers: dict[Row, int] = {}
        of = [numbers.setdefault(row, len(numbers)) for row in rows]
        step.nexts[:] = [one for row in numbers for one in row]
        before.nexts[:] = [None if one is None else of[one] for one in before.nexts]


TOLD_, NULL_, MISSING_ = "told", "null", "missing"


def _known_after(known: dict[str, str], column: Asked, code: int) -> dict[str, str] | None:
    """What is known of facts after an answer; None where that contradicts what was known."""
    if isinstance(column, AskedFact):
        how = {MISSING: MISSING_, NULL: NULL_}.get(code, TOLD_)
        known[column.name] = how
        return known
    unknown = [fact for fact in column.facts if fact not in known]
    states = {known[fact] for fact in column.facts if fact in known}
    if code == MISSING:
        if MISSING_ not in states and not unknown:
            return None
        if MISSING_ not in states and len(unknown) == 1:
            known[unknown[0]] = MISSING_
        return known
    if MISSING_ in states or (NULL_ in states and code != FAILS):
        return None
    for fact in unknown:
        known[fact] = TOLD_
    return known
