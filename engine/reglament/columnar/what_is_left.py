"""What missing facts leave open of some diagrams, numbered: rows of one number leave the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from reglament.columnar.answer_codes import AnswerCodes, answer_codes
from reglament.columnar.answered_keys import UNMET
from reglament.columnar.decided_classes import DecidedClasses
from reglament.columnar.joint_orders import JointOrders, Tied
from reglament.columnar.residual_walks import ResidualWalks
from reglament.columnar.vector_terms import VectorTerms
from reglament.columnar.vectors import TOLD, Array, Part, Vector, grouped
from reglament.columnar.version_keys import BY_ENGINE, Ask
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.memo import Once
from reglament.partial.automaton import State
from reglament.partial.joint_assignments import tied_tests
from reglament.partial.remaining import NotComputable, RequestWalk, ResidualDiagrams
from reglament.partial.residual_graph import ResidualGraph

FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, with bits as good as drawn by lot (Knuth 6.4)


class RowsAsked:
    """Rows of a batch: what is reckoned and decided of them so far, and the engine."""

    def __init__(
        self,
        facts: Mapping[str, Vector],
        terms: VectorTerms,
        classes: DecidedClasses,
        ask: Ask,
    ) -> None:
        self.facts, self.terms, self.classes, self.ask = facts, terms, classes, ask
        self.codes: Once[AnswerCodes, Array] = Once(lambda test: test.codes(terms, classes))
        self.unknown: Once[AnswerCodes, Array | None] = Once(lambda test: test.unknown(terms))
        self.is_tied = np.zeros(terms.count, bool)
        """Rows for which more counted than what they answer: values told, or what is unknown."""

    def marks(self, rows: Array) -> list[int]:
        """Of each of the rows a number: other ones tell something else; equal ones may, too."""
        found = np.zeros(len(rows), np.uint64)
        for vector in self.facts.values():
            found = (found ^ _told(vector, rows)) * FACTOR
        marks: list[int] = found.tolist()
        return marks


def _told(vector: Vector, rows: Array) -> Array:
    """What is told, as a number that is the same in every batch, if the kinds of columns are."""
    data, state = vector.data[rows], vector.state[rows]
    if (words := vector.coding.words) is not None:
        told = zip(data.tolist(), state.tolist(), strict=True)
        data = np.array([hash(words[at]) if one == TOLD else 0 for at, one in told], np.int64)
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
        tests = answer_codes(residuals.diagrams.forest, roots, modules, codes)
        self.walks = ResidualWalks(starts, tests)
        self.orders = orders
        self.graphs: list[tuple[ResidualGraph, ...]] = []
        # By the end of a walk the number of what is left, and the tests on whose order that hangs.
        self._number_of = np.zeros(0, np.int64)
        self._tied_of: dict[int, tuple[Tied, ...]] = {}
        self._numbers: dict[tuple[ResidualGraph, ...], int] = {}
        self._ordered: dict[tuple[object, ...], int] = {}

    def numbers(self, rows: RowsAsked, places: Array) -> Array:
        """The number of what each of the rows leaves; `BY_ENGINE` where the engine has to say."""
        walks = self.walks
        if walks.is_full:
            walks.begin()
            self._number_of, self._tied_of = np.zeros(0, np.int64), {}
        ends = walks.ends(lambda test: rows.codes[test].take(places), len(places))
        met = self._met(ends)
        found = self._number_of.take(ends)
        together: dict[tuple[Tied, ...], list[int]] = {}
        for end in self._tied_of.keys() & set(met):
            together.setdefault(self._tied_of[end], []).append(end)
        for tied, these in together.items():
            is_here = np.zeros(len(walks.left), bool)
            is_here[these] = True
            here = np.flatnonzero(is_here.take(ends))
            rows.is_tied[places[here]] = True
            found[here] = self._by_order(rows, tied, ends[here], places[here])
        unknown = self._unknown(rows)
        if unknown is not None and (here := unknown.take(places)).any():
            found[here] = BY_ENGINE
            rows.is_tied[places[here]] = True
        return found

    def _met(self, ends: Array) -> list[int]:
        """The ends that there are, of each of which is known what it leaves."""
        met: list[int] = np.flatnonzero(np.bincount(ends)).tolist()
        more = len(self.walks.left) - len(self._number_of)
        self._number_of = np.concatenate([self._number_of, np.full(more, UNMET - 1, np.int64)])
        for end in met:
            if self._number_of[end] < UNMET:
                self._number_of[end] = self._end(end)
        return met

    def _end(self, end: int) -> int:
        states = self.walks.left[end]
        tied = _tied(states)
        if tied:
            self._tied_of[end] = tied
        is_number = states and not tied
        return self._number(tuple([_whole(one) for one in states])) if is_number else BY_ENGINE

    def _unknown(self, rows: RowsAsked) -> Array | None:
        """Where an answer cannot be reckoned; None where that is nowhere."""
        every = (rows.unknown[test] for test in self.walks.tests.values())
        several = [one for one in every if one is not None]
        return np.logical_or.reduce(several) if several else None

    def _by_order(
        self, rows: RowsAsked, tied: tuple[Tied, ...], ends: Array, places: Array
    ) -> Array:
        """The numbers of rows whose missing facts are bounded by what is told."""
        parts: list[Part] = [(ends, len(self.walks.left))]
        is_kept = np.ones(len(places), bool)
        is_single = np.zeros(len(places), bool)
        for tests in tied:
            order = self.orders.order(tests, rows.terms)
            codes = order.numbers[places]
            parts.append((codes + 1, order.size + 1))
            is_kept &= codes < order.kept
            is_single |= codes < 0
        groups = grouped(parts, len(places))
        keys = zip(*(codes[groups.first].tolist() for codes, _ in parts), strict=True)
        first = places[groups.first].tolist()
        found = np.full(len(first), BY_ENGINE, np.int64)
        several = zip(keys, is_kept[groups.first], is_single[groups.first], strict=True)
        new: list[tuple[int, tuple[object, ...] | None, tuple[State, ...]]] = []
        for group, (key, keeps, single) in enumerate(several):
            states = self.walks.left[key[0]]
            whole_key = (states, tied, *key[1:]) if keeps else None
            number = self._ordered.get(whole_key) if whole_key else None
            if number is not None:
                found[group] = number
            elif not single:  # a row by itself is decided by the engine no slower
                new.append((group, whole_key, states))
        rows.ask.prepare([first[group] for group, *_ in new])
        for group, whole_key, states in new:
            found[group] = self._walked(rows, first[group], states)
            if whole_key:
                self._ordered[whole_key] = int(found[group])
        return found[groups.of]

    def _walked(self, rows: RowsAsked, row: int, states: tuple[State, ...]) -> int:
        walk = RequestWalk(rows.ask(row).told)
        try:
            return self._number(tuple([walk.left_at(one) for one in states]))
        except (NotComputable, TooLarge):
            return BY_ENGINE

    def _number(self, graphs: tuple[ResidualGraph, ...]) -> int:
        found = self._numbers.get(graphs)
        if found is None:
            found = self._numbers[graphs] = len(self.graphs)
            self.graphs.append(graphs)
        return found


def _whole(state: State) -> ResidualGraph:
    assert state.whole is not None
    return state.whole


def _tied(states: tuple[State, ...]) -> tuple[Tied, ...]:
    """The tests of which the answers may hang on each other, put together where they do."""
    found: set[Tied] = set()
    for state in states:
        if state.joint is not None:
            found.update(map(frozenset, tied_tests(state.joint.tests)))
    widest = [one for one in found if not any(one < other for other in found)]
    return tuple(sorted(widest, key=_levels))


def _levels(tests: Tied) -> list[tuple[int, list[str]]]:
    return sorted((one.level, sorted(one.missing)) for one in tests)
