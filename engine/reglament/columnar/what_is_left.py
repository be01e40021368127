"""What missing facts leave open of some diagrams, numbered: rows of one number leave the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from reglament.columnar.answer_codes import AnswerCodes, answer_codes
from reglament.columnar.decided_classes import DecidedClasses
from reglament.columnar.joint_orders import JointOrders, Tied
from reglament.columnar.residual_walks import ResidualWalks
from reglament.columnar.vector_terms import VectorTerms
from reglament.columnar.vectors import Array, Part, grouped
from reglament.columnar.version_keys import BY_ENGINE, Ask
from reglament.diagram.kernel.forest import Node, TooLarge
from reglament.memo import Once
from reglament.partial.automaton import State
from reglament.partial.joint_assignments import tied_tests
from reglament.partial.remaining import NotComputable, RequestWalk, ResidualDiagrams
from reglament.partial.residual_graph import ResidualGraph


class RowsAsked:
    """Rows of a batch: what is reckoned and decided of them so far, and the engine."""

    def __init__(self, terms: VectorTerms, classes: DecidedClasses, ask: Ask) -> None:
        self.terms, self.classes, self.ask = terms, classes, ask
        self.codes: Once[AnswerCodes, Array] = Once(lambda test: test.codes(terms, classes))
        self.unknown: Once[AnswerCodes, Array | None] = Once(lambda test: test.unknown(terms))


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
        self._numbers: dict[tuple[ResidualGraph, ...], int] = {}
        self._ordered: dict[tuple[object, ...], int] = {}
        self._tied: Once[tuple[State, ...], tuple[Tied, ...]] = Once(_tied)

    def numbers(self, rows: RowsAsked, places: Array) -> Array:
        """The number of what each of the rows leaves; `BY_ENGINE` where the engine has to say."""
        walks = self.walks
        ends = walks.ends(lambda test: rows.codes[test][places], len(places))
        number_of = np.full(len(walks.left), BY_ENGINE, np.int64)
        together: dict[tuple[Tied, ...], list[int]] = {}
        for end in np.flatnonzero(np.bincount(ends)).tolist():
            tied = self._tied[walks.left[end]]
            if tied:
                together.setdefault(tied, []).append(end)
            elif walks.left[end]:
                number_of[end] = self._number(tuple([_whole(one) for one in walks.left[end]]))
        found = number_of[ends]
        for tied, these in together.items():
            is_here = np.zeros(len(walks.left), bool)
            is_here[these] = True
            here = np.flatnonzero(is_here[ends])
            found[here] = self._by_order(rows, tied, ends[here], places[here])
        for test in walks.tests.values():
            unknown = rows.unknown[test]
            if unknown is not None:
                found[unknown[places]] = BY_ENGINE
        return found

    def _by_order(
        self, rows: RowsAsked, tied: tuple[Tied, ...], ends: Array, places: Array
    ) -> Array:
        """The numbers of rows whose missing facts are bounded by what is told."""
        parts: list[Part] = [(ends.astype(np.int64), len(self.walks.left))]
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
