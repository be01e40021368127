"""Rows that one version judges: decided as columns where all that a decision rests on is told.

Rows that answer every test of a decision alike, and are of one class in the decisions that it
reads, are of one class in it. So the engine is asked for two rows of each such key, and what
it says of the first is what it says of all; where it says something else of the second, that is
a fault of these columns, and raised. What is reckoned is reckoned row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from reglament.columnar.class_records import ClassRecord, Numbered
from reglament.columnar.decided_classes import DecidedClasses
from reglament.columnar.open_columns import Conditions, OpenColumns
from reglament.columnar.open_deciding import OpenDeciding
from reglament.columnar.vector_terms import ReckonedDays, VectorTerms
from reglament.columnar.vectors import (
    MISSING,
    NULL,
    TOLD,
    UNDEFINED,
    Array,
    Coding,
    Groups,
    Part,
    Possible,
    Vector,
    coded,
    grouped,
)
from reglament.columnar.version_keys import BY_ENGINE, Ask, DecisionKeys, Key, decision_keys
from reglament.columnar.what_is_left import RowsAsked
from reglament.evaluation.evaluator import Evaluator
from reglament.memo import Once
from reglament.model.outcomes import Status
from reglament.model.regulation import Version
from reglament.model.terms import Term

FOR_EVERY_ROW = frozenset({"gap", "conflict"})  # refusals that no value of a row changes


@dataclass(slots=True)
class Columns:
    """What one decision comes to: the class of each row, `BY_ENGINE` where the engine has to say.

    `outcome` is what later decisions read, and of a reckoned one the values; `possible` has of
    some rows what is possible, of a reckoned one.
    """

    classes: Array
    outcome: Vector
    settled: Array
    possible: list[tuple[Array, Possible]] = field(default_factory=list)
    open_residuals: Array | None = None

    @property
    def residuals(self) -> Array:
        """The number of what missing facts leave open of it in each row; `BY_ENGINE` for none."""
        if self.open_residuals is None:
            self.open_residuals = np.full(len(self.classes), BY_ENGINE, np.int64)
        return self.open_residuals


def _in_order(keys: Mapping[str, DecisionKeys]) -> Iterator[str]:
    """The decisions, each after those that it reads, cites by or asks for.

    Those that wait for each other are left out.
    """
    waiting = {name: (one.rests_on | {*one.reads}) & keys.keys() for name, one in keys.items()}
    while ready := [name for name, after in waiting.items() if not after & waiting.keys()]:
        yield from ready
        for name in ready:
            del waiting[name]


class VersionColumns:
    """Decides rows of one version; what it learns of one batch serves the next."""

    def __init__(
        self,
        evaluator: Evaluator,
        names: Mapping[str, tuple[bool, Numbered]],
    ) -> None:
        """`names` are the decisions wanted: whether they are reckoned, and where classes go."""
        self.version: Version = evaluator.version
        self.zone = ZoneInfo(self.version.zone)
        keys = {name: decision_keys(evaluator, name, *given) for name, given in names.items()}
        self.decisions = {name: keys[name] for name in _in_order(keys)}
        shared = Conditions(evaluator)
        self.open = {name: OpenColumns(evaluator, keys, name, shared) for name in self.decisions}
        self._days = Once(ReckonedDays)
        self._numbered = {name: one.numbered for name, one in keys.items()}

    def decide(self, facts: Mapping[str, Vector], odd: Array, ask: Ask) -> dict[str, Columns]:
        """The decisions about the rows that are not odd; `ask` is the engine, by row."""
        known = dict(facts)
        terms = VectorTerms(known, len(odd), self.version.hours, self.zone, self._days)
        found: dict[str, Columns] = {}
        rows = RowsAsked(terms, DecidedClasses(found, self._numbered), ask)
        for name, keys in self.decisions.items():
            deciding = _Deciding(keys, terms, found, odd, ask)
            columns = found[name] = deciding.with_open(deciding.columns(), self.open[name], rows)
            known[name] = columns.outcome
        return found


class _Deciding:
    """One decision about one batch."""

    def __init__(
        self,
        keys: DecisionKeys,
        terms: VectorTerms,
        earlier: Mapping[str, Columns],
        odd: Array,
        ask: Ask,
    ) -> None:
        self.keys, self.terms, self.earlier, self.odd, self.ask = keys, terms, earlier, odd, ask
        self.count = len(odd)

    def columns(self) -> Columns:
        """The class of each row, and the outcome."""
        classes = np.full(self.count, BY_ENGINE, np.int32)
        rows = None if self.keys.is_by_rows else self._rows()
        if rows is None or not rows.any():
            nothing = joined([], self.count, self.terms.zone)
            return Columns(classes, nothing, np.zeros(self.count, bool))
        parts = [*self._tested(), *self._classes()]
        if rows.all():
            groups = grouped(parts, self.count)
            places = None
        else:
            places = np.flatnonzero(rows)
            groups = grouped([(codes[places], size) for codes, size in parts], len(places))
        found = self._keyed(groups, places, [codes for codes, _ in parts])
        return self._columns(found, groups, places, classes)

    def with_open(self, columns: Columns, open_: OpenColumns, asked: RowsAsked) -> Columns:
        """The same, with the rows that lack facts."""
        rows = columns.classes == BY_ENGINE
        if self.keys.is_by_rows or not rows.any():
            return columns
        rows &= open_.rows(asked, self.odd)
        if not rows.any():
            return columns
        found = OpenDeciding(self.keys, open_, asked).decide(rows)
        classes = np.where(rows, found.classes, columns.classes)
        settled = columns.settled | found.settled
        own = columns.outcome
        if self.keys.is_reckoned:
            parts = [(vector, _at(places, self.count)) for places, vector in found.values]
            outcome = joined([(own, columns.settled), *parts], self.count, self.terms.zone)
        else:
            outcome = self._of_classes(classes, settled)
        return Columns(classes, outcome, settled, found.possible, found.residuals)

    def _of_classes(self, classes: Array, settled: Array) -> Vector:
        """The outcomes of the rows that are settled, by their classes."""
        at, records = self.keys.numbered.met(classes)
        states, data, coding = coded([one.outcome for one in records], self.terms.zone)
        state = np.where(settled, np.append(states, np.uint8(MISSING))[at], np.uint8(MISSING))
        return Vector(state, np.append(data, 0)[at], coding)

    def _rows(self) -> Array:
        """Where all that the decision rests on is known."""
        rows = ~self.odd
        for name in self.keys.rests_on:
            if name in self.earlier:
                rows = rows & self.earlier[name].settled
            else:
                rows = rows & ~self.terms.known[name].is_missing
        for name in self.keys.reads:
            rows = rows & (self.earlier[name].classes != BY_ENGINE)
        if not rows.any():
            return rows
        for test in self.keys.tests:
            known = self.terms.test(test)[1]
            rows = rows if known is self.terms.everywhere else rows & known
        for term in self.keys.formulas:
            rows = rows & (self.terms.term(term).state != UNDEFINED)
        return rows

    def _tested(self) -> Iterator[Part]:
        for test in self.keys.tests:
            yield self.terms.test(test)[0], 2

    def _classes(self) -> Iterator[Part]:
        for name in self.keys.reads:
            classes = self.earlier[name].classes
            yield classes + 1, int(classes.max()) + 2

    def _keyed(self, groups: Groups, places: Array | None, parts: list[Array]) -> list[Key]:
        """What is known of each group, the engine asked for what is new."""
        first = groups.first if places is None else places[groups.first]
        last = groups.last if places is None else places[groups.last]
        columns = [codes[first].tolist() for codes in parts]
        every = list(zip(*columns, strict=True)) if parts else [()]
        known = list(map(self.keys.keys.get, every))
        again = [group for group, key in enumerate(known) if key is None or key.is_unsure]
        new = [group for group in again if known[group] is None]
        self.ask.prepare([*first[new].tolist(), *last[again].tolist()])
        for group in new:
            known[group] = self.keys.keys[every[group]] = self._asked(int(first[group]))
        found = [key for key in known if key is not None]
        for group in again:
            if found[group].is_unsure:
                self.keys.ask_again(found[group], int(last[group]), self.ask)
        return found

    def _asked(self, row: int) -> Key:
        decided = self.ask(row)
        record = self.keys.record(decided)
        term = self._term(record)
        number = BY_ENGINE
        if self._is_of_all(record, term):
            number = self.keys.numbered.number(record, decided.when[2])  # type: ignore[arg-type]
        return Key(number, record.status, term, 1, decided.when[2])  # type: ignore[arg-type]

    def _term(self, record: ClassRecord) -> Term | None:
        """What gives the outcome, where one term does."""
        terms = {self.keys.terms[rule] for rule in record.rules if rule in self.keys.terms}
        return terms.pop() if len(terms) == 1 else None

    def _is_of_all(self, record: ClassRecord, term: Term | None) -> bool:
        """Whether it is the record of every row that answers alike."""
        if record.status is Status.DETERMINED:
            return term is not None or not self.keys.is_reckoned
        if record.refused is None or record.refused.problem.code not in FOR_EVERY_ROW:
            return False
        return not self.keys.is_reckoned or record.refused.problem.code == "gap"

    def _columns(
        self,
        found: list[Key],
        groups: Groups,
        places: Array | None,
        classes: Array,
    ) -> Columns:
        settled = np.array([one.status is Status.DETERMINED for one in found]) & np.array(
            [one.number != BY_ENGINE for one in found]
        )
        of = groups.of
        numbers = np.array([one.number for one in found], np.int32)
        classes = self._spread(numbers[of], places, classes)
        is_settled = self._spread(settled[of], places, np.zeros(self.count, bool))
        if self.keys.is_reckoned:
            outcome = self._reckoned(found, of, places, is_settled)
            outcome.state = np.where(is_settled, outcome.state, np.uint8(MISSING))
        else:
            outcome = self._of_classes(classes, is_settled)
        return Columns(classes, outcome, is_settled)

    def _spread(self, values: Array, places: Array | None, empty: Array) -> Array:
        if places is None:
            return values
        empty[places] = values
        return empty

    def _reckoned(
        self, found: list[Key], of: Array, places: Array | None, settled: Array
    ) -> Vector:
        """The values that the terms of the keys come to, in one coding."""
        terms = dict.fromkeys(key.term for key in found if key.term is not None)
        number_of = {term: number for number, term in enumerate(terms)}
        which = np.array([number_of.get(key.term, -1) for key in found])  # type: ignore[arg-type]
        by_row = self._spread(which[of], places, np.full(self.count, -1))
        vectors = [self.terms.term(term) for term in terms]
        parts = [(vector, by_row == n) for n, vector in enumerate(vectors)]
        return joined(parts, self.count, self.terms.zone)


def _at(places: Array, count: int) -> Array:
    found = np.zeros(count, bool)
    found[places] = True
    return found


def joined(parts: list[tuple[Vector, Array]], count: int, zone: ZoneInfo) -> Vector:
    """One vector of several, each in the rows that are its own."""
    codings = [
        vector.coding for vector, rows in parts if (vector.state[rows] == TOLD).any()
    ]  # those that tell nothing fit any coding
    state, data = np.full(count, MISSING, np.uint8), np.zeros(count, np.int64)
    if all(one == codings[0] for one in codings):
        for vector, rows in parts:
            state[rows], data[rows] = vector.state[rows], vector.data[rows]
        return Vector(state, data, codings[0] if codings else Coding(words=()))
    words: dict[Any, int] = {}
    for vector, rows in parts:
        for row in np.flatnonzero(rows).tolist():
            value = vector.value(row)
            state[row] = NULL if value is None and vector.state[row] == NULL else vector.state[row]
            data[row] = words.setdefault(value, len(words))
    return Vector(state, data, Coding(words=tuple(words)))
