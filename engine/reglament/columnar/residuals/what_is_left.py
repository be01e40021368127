"""What missing facts leave open of some diagrams, numbered: rows of one number leave the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from reglament.columnar.keys.answered_keys import Axis, RowAnswers
from reglament.columnar.keys.decided_classes import DecidedClasses
from reglament.columnar.keys.version_keys import BY_ENGINE, Ask
from reglament.columnar.residuals.answer_codes import AnswerCodes, answer_codes
from reglament.columnar.residuals.joint_orders import UNSURE, JointOrders, Tied
from reglament.columnar.residuals.residual_walks import ResidualWalks, Tests
from reglament.columnar.vectors.key_numbers import FACTOR, UNMET
from reglament.columnar.vectors.vector_terms import VectorTerms
from reglament.columnar.vectors.vector_values import TOLD, Array, Vector, grouped, some_of
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.memo import Memo
from reglament.partial.automaton import FinalState
from reglament.partial.joint_assignments import tied_tests
from reglament.partial.remaining import NotComputable, RequestWalk, ResidualDiagrams
from reglament.partial.residual_graph import ResidualGraph

# Of an end: nobody was there yet, it hangs on the order of what is told, or even on values.
UNSEEN, TIED, TIED_BY_VALUES = -2, -3, -4
FEW = 1 << 14  # places of a table of orders: there is one for each set of conditions


class RowsAsked:
    """Rows of a batch: what is computed and decided of them so far, and the engine."""

    def __init__(
        self,
        facts: Mapping[str, Vector],
        terms: VectorTerms,
        classes: DecidedClasses,
        ask: Ask,
    ) -> None:
        self.facts, self.terms, self.classes, self.ask = facts, terms, classes, ask
        self.codes: Memo[AnswerCodes, Array] = Memo(lambda test: test.codes(terms, classes))
        self.axes: Memo[Axis, Array] = Memo(lambda axis: axis.codes(terms, classes.earlier))
        self.unknown: Memo[AnswerCodes, Array | None] = Memo(lambda test: test.unknown(terms))
        self.is_tied = np.zeros(terms.count, bool)
        """Rows for which more counted than what they answer: values told, or what is unknown."""

    def marks(self, rows: Array) -> list[int]:
        """Of each of the rows a number: other ones tell something else; equal ones may, too."""
        found = np.zeros(len(rows), np.uint64)
        for vector in self.facts.values():
            found = (found ^ _told(vector, rows)) * FACTOR
        marks: list[int] = found.tolist()
        return marks

    def packed(self, places: Array, tests: Tests, rooms: Iterable[int]) -> Array:
        """The answers of each of the rows to several tests as one number."""
        found = np.zeros(len(places), np.int32)
        for test, room in zip(tests, rooms, strict=True):
            found *= room
            found += self.codes[test].take(places)
        return found


def _told(vector: Vector, rows: Array) -> Array:
    """What is told, as a number that is the same in every batch, if the kinds of columns are."""
    data, state = vector.data[rows], vector.state[rows]
    if (words := vector.coding.words) is not None:
        several = np.unique(np.where(state == TOLD, data, 0))
        hashes = np.zeros(len(words) + 1, np.int64)
        hashes[several] = [hash(words[at]) if at < len(words) else 0 for at in several.tolist()]
        data = hashes.take(np.where(state == TOLD, data, 0))
    found = np.where(state == TOLD, data, 0).astype(np.uint64)
    return found * np.uint64(4) + state


class WhatIsLeft:
    """What rows leave of the diagrams at `roots`; what it learns of one batch serves the next.

    `modules` are the decisions that the diagrams read like facts; `codes` are shared with others.
    """

    def __init__(
        self,
        residuals: ResidualDiagrams,
        roots: Sequence[Node],
        modules: Iterable[str],
        orders: JointOrders,
        codes: dict[Any, AnswerCodes],
    ) -> None:
        starts = tuple(residuals.starts[root] for root in roots)
        tests = answer_codes(starts[0].automaton, roots, modules, codes)
        self.walks = ResidualWalks(starts, tests)
        self.orders = orders
        self.graphs: list[tuple[ResidualGraph, ...]] = []
        self._numbers: dict[tuple[ResidualGraph, ...], int] = {}
        self._ties: dict[tuple[Tied, ...], int] = {}
        self._begin()

    def _begin(self) -> None:
        # By the end of a walk the number of what is left, and which tests that hangs on, if any.
        self._number_of, self._tied_of = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._ordered: dict[tuple[int, int], int] = {}  # by the end, and the order of these
        self._on_lines = RowAnswers((), FEW)  # by the end, and all orders
        self._learned = 0

    def numbers(self, rows: RowsAsked, places: Array) -> Array:
        """The number of what each of the rows leaves; `BY_ENGINE` where the engine has to say."""
        walks = self.walks
        if walks.is_full:
            walks.begin()
            self._begin()
        for test in walks.tests.values():
            if test.grows:
                _ = rows.codes[test]
        ends = walks.ends(partial(rows.packed, places), len(places))
        self._meet(ends)
        found = self._number_of.take(ends)
        tied = np.flatnonzero(found <= TIED)
        if len(tied):
            rows.is_tied[places[tied]] = True
            found[tied] = self._by_order(rows, ends[tied], places[tied])
        unknown = self._unknown(rows)
        if unknown is not None and (here := unknown.take(places)).any():
            found[here] = BY_ENGINE
            rows.is_tied[places[here]] = True
        return found

    def _meet(self, ends: Array) -> None:
        """Find of each of the ends what it leaves."""
        more = np.full(len(self.walks.left) - len(self._number_of), UNSEEN, np.int64)
        self._number_of = np.concatenate([self._number_of, more])
        self._tied_of = np.concatenate([self._tied_of, more])
        for end in np.flatnonzero(np.bincount(ends)).tolist():
            if self._number_of[end] == UNSEEN:
                self._number_of[end] = self._end(end)

    def _end(self, end: int) -> int:
        states = self.walks.finals(end)
        if tied := _tied(states):
            self._tied_of[end] = self._ties.setdefault(tied, len(self._ties))
            return TIED if self.orders.know(tied) else TIED_BY_VALUES
        return self._number(tuple([_whole(state) for state in states])) if states else BY_ENGINE

    def _unknown(self, rows: RowsAsked) -> Array | None:
        """Where an answer cannot be computed; None where that is nowhere."""
        return some_of(rows.unknown[test] for test in self.walks.tests.values())

    def _by_order(self, rows: RowsAsked, ends: Array, places: Array) -> Array:
        """The numbers of rows whose missing facts are bounded by what is told."""
        orders = self.orders
        if self._learned != orders.learned:  # the same orders have other numbers now
            self._learned, self._on_lines = orders.learned, RowAnswers((), FEW)
        on_lines = self._on_lines
        parts = [(of.take(places), size) for of, size in orders.on_lines(rows.terms)]
        unsure = self._number_of.take(ends) == TIED_BY_VALUES
        for of, _ in parts:
            unsure |= of == UNSURE
        of = on_lines.numbers([(ends, len(self.walks.left)), *parts], len(places))
        new = np.flatnonzero((on_lines.place_of.take(of) == UNMET) & ~unsure)
        if len(new):
            numbers, first = np.unique(of[new], return_index=True)
            left, is_kept = self._by_ties(rows, ends[new[first]], places[new[first]])
            is_kept &= left != BY_ENGINE
            on_lines.place_of[numbers] = np.where(is_kept, left, TIED_BY_VALUES)
        found = on_lines.place_of.take(of)
        rest = np.flatnonzero(unsure | (found == TIED_BY_VALUES))
        if len(rest):
            found[rest], _ = self._by_ties(rows, ends[rest], places[rest])
        return found

    def _by_ties(self, rows: RowsAsked, ends: Array, places: Array) -> tuple[Array, Array]:
        """The same, by the orders of just those places that count at each end.

        And whether it is so in all rows whose places are in these orders.
        """
        codes, is_kept = np.empty(len(places), np.int64), np.empty(len(places), bool)
        of_tie = self._tied_of.take(ends)
        by_tie = np.argsort(of_tie.astype(np.uint16), kind="stable")
        past = np.cumsum(np.bincount(of_tie, minlength=len(self._ties))).tolist()
        for tied, first, last in zip(self._ties, [0, *past], past, strict=False):
            if last > first:
                here = by_tie[first:last]
                order = self.orders.order(tied, rows.terms, places.take(here))
                codes[here] = order.numbers
                is_kept[here] = (order.numbers >= 0) & (order.numbers < order.kept)
        parts = [(ends, len(self.walks.left)), (codes + 1, int(codes.max()) + 2)]
        groups = grouped(parts, len(places))
        keeps_all = is_kept.take(groups.first)
        which = ends.take(groups.first).tolist(), codes.take(groups.first).tolist()
        keys = list(zip(*which, strict=True))
        found = [
            self._ordered.get(key, UNSEEN) if keeps else UNSEEN
            for key, keeps in zip(keys, keeps_all.tolist(), strict=True)
        ]
        # A row by itself is decided by the engine no slower.
        new = [group for group, one in enumerate(found) if one == UNSEEN and keys[group][1] >= 0]
        asked = places[groups.first[new]].tolist()
        rows.ask.prepare(asked)
        for group, row in zip(new, asked, strict=True):
            found[group] = self._walked(rows, row, self.walks.finals(keys[group][0]))
            if keeps_all[group]:
                self._ordered[keys[group]] = found[group]
        numbers = np.array(found, np.int64)
        return np.where(numbers == UNSEEN, BY_ENGINE, numbers).take(groups.of), is_kept

    def _walked(self, rows: RowsAsked, row: int, states: tuple[FinalState, ...]) -> int:
        walk = RequestWalk(rows.ask(row).told)
        try:
            return self._number(tuple([walk.left_at(state) for state in states]))
        except (NotComputable, TooLarge):
            return BY_ENGINE

    def _number(self, graphs: tuple[ResidualGraph, ...]) -> int:
        found = self._numbers.get(graphs)
        if found is None:
            found = self._numbers[graphs] = len(self.graphs)
            self.graphs.append(graphs)
        return found


def _whole(state: FinalState) -> ResidualGraph:
    assert state.whole is not None
    return state.whole


def _tied(states: tuple[FinalState, ...]) -> tuple[Tied, ...]:
    """The tests of which the answers may hang on each other, put together where they do."""
    found: set[Tied] = set()
    for state in states:
        if state.joint is not None:
            found.update(map(frozenset, tied_tests(state.joint.tests)))
    widest = [tests for tests in found if not any(tests < other for other in found)]
    return tuple(sorted(widest, key=_levels))


def _levels(tests: Tied) -> list[tuple[int, list[str]]]:
    return sorted((test.level, sorted(test.missing)) for test in tests)
