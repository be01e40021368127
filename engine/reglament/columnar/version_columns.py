"""Rows that one version judges: decided as columns where all that a decision rests on is told.

Rows that answer every test of a decision alike, and are of one class in the decisions that it
reads, are of one class in it. So the engine is asked for two rows of each such key, and what
it says of the first is what it says of all; where it says something else of the second, that is
a fault of these columns, and raised. What is computed is computed row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from reglament.columnar.answer_deciding import AnswerDeciding
from reglament.columnar.keys.class_records import Details, Numbered
from reglament.columnar.keys.decided_classes import DecidedClasses
from reglament.columnar.keys.decision_axes import SharedAxes
from reglament.columnar.keys.version_keys import (
    BY_ENGINE,
    AnswerKey,
    Ask,
    DecisionKeys,
    MetKeys,
    decision_keys,
)
from reglament.columnar.residuals.open_columns import ConditionDiagrams, OpenColumns
from reglament.columnar.residuals.open_deciding import OpenDeciding
from reglament.columnar.residuals.what_is_left import RowsAsked
from reglament.columnar.vectors.key_numbers import UNMET
from reglament.columnar.vectors.vector_terms import ComputedDays, VectorTerms
from reglament.columnar.vectors.vector_values import (
    MISSING,
    NULL,
    TOLD,
    Array,
    Coding,
    Possible,
    Vector,
    coded,
    some_of,
    taken,
)
from reglament.evaluation.evaluator import Evaluator
from reglament.memo import Memo
from reglament.model.outcomes import Status
from reglament.model.regulation import Version
from reglament.model.terms import Term


class Columns:
    """What one decision comes to: the class of each row, `BY_ENGINE` where the engine has to say.

    It is `settled` where an outcome is determined. `possible` has of some rows what is possible,
    of a computed one. `keys` are the places among `met` of those of rows that lack facts, 0 for no
    key; None where no row has one. If it `is_by_keys`, all rows have them.
    """

    def __init__(
        self,
        classes: Array,
        settled: Array,
        outcome: Callable[[], Vector],
        possible: Callable[[], list[tuple[Array, Possible]]] = list,
        keys: Array | None = None,
        met: MetKeys | None = None,
        *,
        is_by_keys: bool = False,
    ) -> None:
        self.classes, self.settled = classes, settled
        self.keys, self.met, self.is_by_keys = keys, met, is_by_keys
        self.possible: list[tuple[Array, Possible]] = []
        self._list: Callable[[], list[tuple[Array, Possible]]] | None = possible
        self._make: Callable[[], Vector] | None = outcome
        self._outcome: Vector | None = None

    @cached_property
    def unsettled(self) -> Array | None:
        """Where it is not settled; None where it is everywhere."""
        return None if self.settled.all() else ~self.settled

    @cached_property
    def by_engine(self) -> Array | None:
        """Where the engine has to say; None where that is nowhere."""
        left = self.classes.min(initial=0) == BY_ENGINE
        return np.asarray(self.classes == BY_ENGINE) if left else None

    @property
    def outcome(self) -> Vector:
        """What later decisions read: of a computed one the values."""
        if self._outcome is None:
            assert self._make is not None
            self._outcome = self._make()
        return self._outcome

    def close(self, *, is_wanted: bool, is_listed: bool) -> None:
        """Make the outcomes, and lists of them, now or never: what they are made of is let go."""
        if is_wanted:
            _ = self.outcome
        if is_listed and self._list is not None:
            self.possible = self._list()
        self._make = self._list = None

    @cached_property
    def sound(self) -> Array | None:
        """Where it is of some class and not refused; None where it is everywhere."""
        if self.unsettled is None or self.met is None or self.keys is None:
            return None if self.unsettled is None else self.settled
        return self.settled | ((self.classes >= 0) & self.met.columns.sound.take(self.keys))

    @property
    def left(self) -> Sequence[tuple[int, int]]:
        """By the place of a key the number of its class, and of what is left open."""
        return self.met.left if self.met else ()

    def residuals(self, rows: Array) -> Array:
        """The number of what missing facts leave open of it in the rows; `BY_ENGINE` for none."""
        if self.met is None or self.keys is None:
            return np.full(len(rows), BY_ENGINE)
        return self.met.columns.residuals.take(self.keys.take(rows))

    def ties(self, rows: Array) -> Array:
        """In how many ways told values bound that."""
        if self.met is None or self.keys is None:
            return np.zeros(len(rows), np.int64)
        return self.met.columns.ties.take(self.keys.take(rows))


class _Known(dict[str, Vector]):
    """Facts, and outcomes of decisions when one is read."""

    def __init__(self, facts: Mapping[str, Vector], decided: Mapping[str, Columns]) -> None:
        super().__init__(facts)
        self.decided = decided

    def __missing__(self, name: str) -> Vector:
        vector = self[name] = self.decided[name].outcome
        return vector


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
        details: Details,
    ) -> None:
        """`names` are the decisions wanted: whether they are computed, and where classes go.

        Classes tell those `details`.
        """
        self.version: Version = evaluator.version
        self.zone = ZoneInfo(self.version.zone)
        shared = SharedAxes(self.version.version, names)
        keys = {name: decision_keys(evaluator, name, names, shared, details) for name in names}
        self.decisions = {name: keys[name] for name in _in_order(keys)}
        conditions = ConditionDiagrams(evaluator, keys)
        self.open = {
            name: OpenColumns(evaluator, keys, name, conditions) for name in self.decisions
        }
        self._days = Memo(ComputedDays)
        self._numbered = {name: one.numbered for name, one in keys.items()}

    def decide(
        self, facts: Mapping[str, Vector], odd: Array, ask: Ask, wanted: Mapping[str, bool]
    ) -> dict[str, Columns]:
        """The decisions about the rows that are not odd; `ask` is the engine, by row.

        Of those `wanted` the outcomes are made, and for some what is possible is listed.
        """
        found: dict[str, Columns] = {}
        known = _Known(facts, found)
        terms = VectorTerms(known, len(odd), self.version.hours, self.zone, self._days)
        some_odd = odd if odd.any() else None
        rows = RowsAsked(facts, terms, DecidedClasses(found, self._numbered), ask)
        for name, keys in self.decisions.items():
            open_ = self.open[name]
            deciding = _Deciding(keys, rows, found, some_odd)
            if keys.are_all_alike and open_.residuals is not None:
                found[name] = deciding.by_answers(open_)
            else:
                found[name] = deciding.with_open(deciding.columns(), open_)
        for name, columns in found.items():
            columns.close(is_wanted=name in wanted, is_listed=wanted.get(name, False))
        return found


class _Deciding:
    """One decision about one batch, of which some rows may be odd."""

    def __init__(
        self,
        keys: DecisionKeys,
        rows: RowsAsked,
        earlier: Mapping[str, Columns],
        odd: Array | None,
    ) -> None:
        self.keys, self.rows, self.earlier, self.odd = keys, rows, earlier, odd
        self.terms, self.count = rows.terms, rows.terms.count

    def columns(self) -> Columns:
        """The class of each row, and the outcome."""
        unknown = None if self.keys.is_by_rows else self._unknown()
        if self.keys.is_by_rows or (unknown is not None and unknown.all()):
            classes = np.full(self.count, BY_ENGINE, np.int32)
            return Columns(classes, np.zeros(self.count, bool), lambda: joined([], self.count))
        parts = self.keys.keys.parts(self.rows.axes)
        places = None
        if unknown is not None:
            places = np.flatnonzero(~unknown)
            parts = [(codes.take(places), size) for codes, size in parts]
        of = self.keys.keys.numbers(parts, self.count if places is None else len(places))
        self._learn(of, places)
        return self._columns(of, places)

    def by_answers(self, open_: OpenColumns) -> Columns:
        """All at once, whether rows lack facts or not."""
        deciding = AnswerDeciding(self.keys, open_, self.rows)
        keys, classes, settled = deciding.decide_all(self.odd)
        outcome = partial(self._of_classes, classes, settled)
        return Columns(classes, settled, outcome, keys=keys, met=open_.met, is_by_keys=True)

    def with_open(self, columns: Columns, open_: OpenColumns) -> Columns:
        """The same, with the rows that lack facts."""
        if self.keys.is_by_rows or columns.by_engine is None:
            return columns
        rows = columns.by_engine & open_.rows(self.rows, self.odd)
        if not rows.any():
            return columns
        deciding = OpenDeciding(self.keys, open_, self.rows)
        open_rows = deciding.decide(rows)
        classes = np.where(rows, open_rows.classes, columns.classes)
        settled = columns.settled | open_rows.settled

        def outcome() -> Vector:
            if not self.keys.is_computed:
                return self._of_classes(classes, settled)
            own = columns.outcome, columns.settled
            return joined([own, *deciding.values(open_rows)], self.count)

        possible = partial(deciding.possible, open_rows)
        return Columns(classes, settled, outcome, possible, open_rows.keys, open_.met)

    def _of_classes(self, classes: Array, settled: Array) -> Vector:
        """The outcomes of the rows that are settled, by their classes."""
        at, records = self.keys.numbered.met(classes)
        states, data, coding = coded([record.outcome for record in records], self.terms.zone)
        state = taken(np.append(states, np.uint8(MISSING)), at)
        state = np.where(settled, state, np.uint8(MISSING))
        return Vector(state, taken(np.append(data, 0), at), coding)

    def _unknown(self) -> Array | None:
        """Where something is unknown that the decision rests on; None where that is nowhere."""
        lacking = [
            self.earlier[name].unsettled if name in self.earlier else self.terms.known[name].lacks
            for name in self.keys.rests_on
        ]
        lacking += [self.earlier[name].by_engine for name in self.keys.reads]
        found = [one for one in (*lacking, self.odd) if one is not None]
        if any(one.all() for one in found):  # nothing is computed for it
            return np.ones(self.count, bool)
        for axis in self.keys.keys.axes:
            known = axis.known(self.terms, self.earlier)
            if known is not None and not known.all():
                found.append(~known)
        formulas = (self.terms.term(term).undefined for term in self.keys.formulas)
        return some_of([*found, *formulas])

    def _learn(self, of: Array, places: Array | None) -> None:
        """Ask the engine of answers that are new, and a second time of what was asked of once."""
        keys = self.keys.keys
        if (keys.place_of == UNMET).any():  # far fewer than the rows
            rows = np.flatnonzero(keys.place_of.take(of) == UNMET)
            met, first = np.unique(of[rows], return_index=True)
            first = rows[first] if places is None else places[rows[first]]
            kinds = self.keys.hangs_on.kinds(first, self.terms, self.earlier)
            for number, row, kind in zip(met.tolist(), first.tolist(), kinds, strict=True):
                keys.learn(number, kind, partial(self._asked, row))
        unsure = {at for at, key in enumerate(keys.made) if key.is_unsure}
        if unsure:
            self.keys.ask_again(keys.made, unsure, keys.place_of.take(of), places, self.rows)

    def _asked(self, row: int) -> AnswerKey:
        return self.keys.key(self.rows.ask(row))

    def _columns(self, of: Array, places: Array | None) -> Columns:
        """The classes of rows by the numbers of their answers."""
        keys, place_of = self.keys.keys.made, self.keys.keys.place_of
        numbers = np.array([key.number for key in keys], np.int32)[place_of]
        is_settled = [key.status is Status.DETERMINED for key in keys]
        classes = self._spread(taken(numbers, of), places, BY_ENGINE)
        is_every = places is None and numbers.min(initial=0) != BY_ENGINE
        settled = self.terms.everywhere if is_every else classes != BY_ENGINE
        if not all(is_settled):
            settled = settled & self._spread(np.array(is_settled)[place_of].take(of), places, False)
        if not self.keys.is_computed:
            return Columns(classes, settled, lambda: self._of_classes(classes, settled))
        return Columns(classes, settled, lambda: self._computed(keys, of, places, settled))

    def _spread(self, values: Array, places: Array | None, empty: int) -> Array:
        if places is None:
            return values
        found = np.full(self.count, empty, values.dtype)
        found[places] = values
        return found

    def _computed(
        self, keys: Sequence[AnswerKey], of: Array, places: Array | None, settled: Array
    ) -> Vector:
        """The values that the terms of the keys come to, in one coding."""
        terms: dict[Term, int] = {}
        which = [-1 if key.term is None else terms.setdefault(key.term, len(terms)) for key in keys]
        of_number = np.array(which, np.int16)[self.keys.keys.place_of]
        by_row = self._spread(taken(of_number, of), places, -1)
        vectors = [self.terms.term(term) for term in terms]
        parts = [(vector, settled & (by_row == n)) for n, vector in enumerate(vectors)]
        return joined(parts, self.count)


def joined(parts: list[tuple[Vector, Array]], count: int) -> Vector:
    """One vector of several, each in the rows that are its own alone."""
    codings = [
        vector.coding for vector, rows in parts if ((vector.state == TOLD) & rows).any()
    ]  # those that tell nothing fit any coding
    state, data = np.full(count, MISSING, np.uint8), np.zeros(count, np.int64)
    if all(coding == codings[0] for coding in codings):
        for vector, rows in parts:
            state += vector.state * rows  # no row is of two
            data += vector.data * rows
        return Vector(state, data, codings[0] if codings else Coding(words=()))
    words: dict[Any, int] = {}
    for vector, rows in parts:
        for row in np.flatnonzero(rows).tolist():
            value = vector.value(row)
            state[row] = NULL if value is None and vector.state[row] == NULL else vector.state[row]
            data[row] = words.setdefault(value, len(words))
    return Vector(state, data, Coding(words=tuple(words)))
