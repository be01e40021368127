"""One decision about the rows of a batch that lack facts on which it rests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from reglament.columnar.answered_keys import UNMET, AnsweredKeys, Axis, ResidualAxis
from reglament.columnar.open_columns import LEFT_TO_ENGINE, OpenColumns, SameLeft
from reglament.columnar.recorded_outcomes import RecordedRequest
from reglament.columnar.vectors import (
    NULL,
    TOLD,
    UNDEFINED,
    Array,
    Possible,
    Vector,
    grouped,
)
from reglament.columnar.version_keys import (
    BY_ENGINE,
    DecisionKeys,
    Key,
    OpenKey,
    OpenOutcome,
)
from reglament.columnar.what_is_left import RowsAsked, WhatIsLeft
from reglament.decided import Decided
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.evaluation.evaluator import Evaluated
from reglament.model.outcomes import Status
from reglament.model.terms import Constant
from reglament.partial.terminal_outcomes import DeferredTerm, KnownOutcome, UnknownOutcome

OpenKeys: TypeAlias = AnsweredKeys[OpenKey]
MOST_TERMS = 8  # that may give one outcome: each is compared with each in every row


class OpenRows:
    """What became of rows that lack facts: the class of each, values, what is possible.

    `residuals` numbers what they leave open of the decision.
    """

    def __init__(self, count: int) -> None:
        self.classes = np.full(count, BY_ENGINE, np.int32)
        self.settled = np.zeros(count, bool)
        self.residuals = np.full(count, BY_ENGINE, np.int64)
        self.values: list[tuple[Array, Vector]] = []  # places, and a vector of every row
        self.possible: list[tuple[Array, Callable[[], Possible]]] = []


class OpenDeciding:
    """Finds the classes of rows that lack facts."""

    def __init__(self, keys: DecisionKeys, open_: OpenColumns, rows: RowsAsked) -> None:
        self.keys, self.open, self.rows = keys, open_, rows
        self.terms, self.ask = rows.terms, rows.ask

    def decide(self, rows: Array) -> OpenRows:
        """What becomes of the rows."""
        found = OpenRows(len(rows))
        residuals, places = self.open.residuals, np.flatnonzero(rows)
        if residuals is None or not len(places):
            return found
        of, left = np.full(len(places), UNMET, np.int32), np.full(len(places), BY_ENGINE, np.int64)
        if (answered := self.keys.open_keys) is not None:
            # A rule may cite what an open decision may rest on: more than is left of that.
            earlier = self.rows.classes.earlier
            resting = [earlier[name].settled.take(places) for name in self.keys.hangs_on.classes]
            plain = np.flatnonzero(np.logical_and.reduce([of == UNMET, *resting]))
            if len(plain):
                of[plain], left[plain] = self._by_answers(answered, places[plain], residuals)
        rest = np.flatnonzero(of == UNMET)
        if len(rest):
            of[rest], left[rest] = self._walked(places[rest], residuals)
        # In its usual way the engine must say of a row of each key what diagrams alone said.
        self.keys.ask_again(self.open.met.keys, of, places, self.rows, self._is_reckoned_otherwise)
        found.residuals[places] = left
        self._spread(found, of, places)
        return found

    def _by_answers(
        self, answered: OpenKeys, places: Array, residuals: WhatIsLeft
    ) -> tuple[Array, Array]:
        """The keys of rows by what they answer, `UNMET` where they have to be walked.

        And what they leave open.
        """
        parts = answered.parts(self.rows.axes)
        of = answered.numbers([(one.take(places), size) for one, size in parts], len(places))
        at = answered.place_of.take(of)
        if at.min() == UNMET:
            new = np.flatnonzero(at == UNMET)
            numbers, first = np.unique(of[new], return_index=True)
            self._meet(answered, numbers, places[new[first]], residuals)
            at = answered.place_of.take(of)
        keys = np.array([one.key for one in answered.made], np.int32)
        return keys.take(at), np.array([one.residual for one in answered.made]).take(at)

    def _meet(self, answered: OpenKeys, numbers: Array, rows: Array, residuals: WhatIsLeft) -> None:
        """Find the keys of answers that were not met before, by a row of each."""
        self.rows.is_tied[rows] = False
        keys, left = self._walked(rows, residuals)
        is_sure = ~self.rows.is_tied[rows]
        if not is_sure.all():
            is_sure |= self._is_settled(answered.axes, rows)
        is_sure &= keys != LEFT_TO_ENGINE
        is_sure &= self.open.met.columns()[0].take(keys) != BY_ENGINE
        several = zip(*map(np.ndarray.tolist, (numbers, is_sure, keys, left)), strict=True)
        for number, sure, *found in several:
            one = OpenKey(*found) if sure else OpenKey(UNMET, BY_ENGINE)
            answered.learn(number, one, partial(OpenKey, *one))

    def _is_settled(self, axes: Sequence[Axis], rows: Array) -> Array:
        """Where every test of several facts is known, and but one thing that is read is open.

        Then whatever hangs on values beside is in what is left of that one.
        """
        found, open_ = np.ones(len(rows), bool), np.zeros(len(rows), np.int64)
        earlier = self.rows.classes.earlier
        for axis in axes:
            if isinstance(axis, ResidualAxis):
                open_ += ~earlier[axis.name].settled[rows]
            elif (known := axis.known(self.terms, earlier)) is not None:
                found &= known[rows]
        return found & (open_ <= 1)

    def _walked(self, places: Array, residuals: WhatIsLeft) -> tuple[Array, Array]:
        """The keys of rows by what they leave of diagrams, and the number of that."""
        left = residuals.numbers(self.rows, places)
        is_left = left != BY_ENGINE
        if not is_left.all():
            keys = np.full(len(places), LEFT_TO_ENGINE, np.int32)
            if is_left.any():
                keys[is_left], left[is_left] = self._by_left(left[is_left], places[is_left])
            return keys, left
        return self._by_left(left, places)

    def _by_left(self, left: Array, places: Array) -> tuple[Array, Array]:
        same, of = self.open.same.made, self._same(left, places)
        of_residual = np.array([one.residual for one in same])
        found = np.array([one.only for one in same], np.int32).take(of)
        hanging = np.flatnonzero(found == UNMET)
        if len(hanging):
            found[hanging] = self._by_conditions(of[hanging], places[hanging])
        return found, of_residual.take(of)

    def _same(self, left: Array, places: Array) -> Array:
        """Of each row which rows leave the same; new ones are learnt by their first row."""
        parts, rest = self.open.parts(left, self.rows, places)
        same, every = self.open.same, [*parts, *rest]
        of = same.numbers(every, len(places))
        at = same.place_of.take(of)
        if at.min() != UNMET:
            return at
        unmet = np.flatnonzero(at == UNMET)
        numbers, first = np.unique(of[unmet], return_index=True)
        first = unmet[first]
        keys = zip(*(codes[first].tolist() for codes, _ in every), strict=True)
        residuals, rows = self.open.residual_numbers, dict[int, SameLeft]()
        for number, row, key in zip(numbers.tolist(), places[first].tolist(), keys, strict=True):
            residual = residuals.setdefault(key[: len(parts)], len(residuals))
            same.learn(number, key, partial(SameLeft, residual))
            rows[row] = same.made[same.place_of[number]]
        new = {row: one for row, one in rows.items() if one.is_new}
        self.ask.prepare([*new])
        for row, one in new.items():
            self._learn(one, row)
        return same.place_of.take(of)

    def _by_conditions(self, of: Array, places: Array) -> Array:
        """The keys of rows whose reasons hang on conditions."""
        found, left = np.full(len(of), UNMET, np.int32), np.arange(len(of))
        while len(left):
            found[left] = self._matched(of[left], places[left])
            left = left[found[left] == UNMET]
        self.open.forget()
        return found

    def _matched(self, of: Array, places: Array) -> Array:
        """The keys that were known of these rows; from rows without one more is learnt."""
        truths, matched = self._truths(of, places), self.open.matched
        parts = [(of, len(self.open.same.made)), (truths + 1, int(truths.max()) + 2)]
        pairs = grouped(parts, len(places))
        same, first = self.open.same.made, pairs.first
        those = [same[one] for one in of.take(first).tolist()]
        walked, numbers = [one.conditions for one in those], truths.take(first).tolist()
        found = [one.by_number.get(at, UNMET) for one, at in zip(those, numbers, strict=True)]
        new: list[tuple[int, int]] = []
        for pair in (pair for pair, at in enumerate(found) if at == UNMET):
            found[pair] = matched(those[pair], numbers[pair])
            if found[pair] == UNMET:
                new.append((pair, int(places[first[pair]])))
        self.ask.prepare([row for _, row in new])
        for pair, row in new:
            one = those[pair]
            # Another row may have told that reasons hang on more, for which nobody walked yet.
            if one.conditions is walked[pair] and matched(one, numbers[pair]) == UNMET:
                self._learn(one, row)
        return np.array(found, np.int32).take(pairs.of)

    def _truths(self, of: Array, places: Array) -> Array:
        """The number of what the conditions come to in each row; `BY_ENGINE` where none knows."""
        sets: dict[tuple[Node, ...], int] = {}
        which = [sets.setdefault(one.conditions, len(sets)) for one in self.open.same.made]
        of_set = np.array(which, np.int32).take(of)
        found = np.empty(len(of), np.int64)
        for conditions, number in sets.items():
            here = np.flatnonzero(of_set == number)
            if len(here):
                left = self.open.truths[conditions].left
                found[here] = left.numbers(self.rows, places[here])
        return found

    def _learn(self, same: SameLeft, row: int) -> None:
        """Learn what rows come to that leave the same, by one of them."""
        key, truths = self._learned(row)
        same.learn(self.open.met.add(key), truths)

    def _learned(self, row: int) -> tuple[Key, Mapping[Node, bool | None]]:
        """What a row comes to by diagrams alone, and on which conditions that hangs."""
        decided = self.ask(row)
        told: Any = decided.when[2]
        request = RecordedRequest(self.open.evaluator, decided.told, decided.when)
        _ = request.unsettled
        record, is_reckoned = self.keys.record(request), self.keys.is_reckoned
        hangs_on_more = not self.open.tells(request.watched)
        open_ = self._outcome(request) if is_reckoned else None
        is_of_all = record.status is not Status.REFUSED and record.is_exact
        if hangs_on_more or not is_of_all or (is_reckoned and open_ is None):
            return Key(BY_ENGINE, record.status, None, 1, told), {}
        number = self.keys.numbered.number(record, told)
        return Key(number, record.status, None, 0, told, open_), request.watched.truths

    def _is_reckoned_otherwise(self, decided: Decided, key: Key) -> bool:
        """Whether other terms come to the same there, which is seen row by row."""
        if not self.keys.is_reckoned:
            return False
        found = self._outcome(decided)
        return found is None or key.open is None or found.alike != key.open.alike

    def _outcome(self, decided: Evaluated) -> OpenOutcome | None:
        """What can still come out; None where no term alone gives it."""
        name = self.keys.decision.name
        found = decided.unsettled.reachable(name)
        if found is None or len(found[0]) > MOST_TERMS or not self.keys.decision.type.is_ordered:
            return None
        sources, terminals = found
        if any(isinstance(one, UnknownOutcome) and not one.missing for one in terminals.values):
            return None  # what cannot be reckoned for this row may be for others
        if not all(isinstance(one, DeferredTerm | KnownOutcome | NoOutcome) for one in sources):
            return None
        is_listed = decided[name].possible is not None
        return OpenOutcome(sources, tuple(terminals.alike), is_listed)

    # Row by row

    def _spread(self, found: OpenRows, of: Array, places: Array) -> None:
        numbers, settled, outcomes = self.open.met.columns()
        found.classes[places], found.settled[places] = numbers.take(of), settled.take(of)
        if self.keys.is_reckoned:
            of_outcome = outcomes.take(of)
            for number, outcome in enumerate(self.open.met.outcomes):
                here = places[of_outcome == number]
                if len(here):
                    self._reckon(found, outcome, here)

    def _reckon(self, found: OpenRows, shape: OpenOutcome, places: Array) -> None:
        """Values of the rows whose terms come to the same as those of the key."""
        vectors = [self._vector(one) for one in shape.sources]
        fine = self._fits(shape, vectors, places)
        odd = places[~fine]
        found.classes[odd], found.settled[odd] = BY_ENGINE, False
        places = places[fine]
        firsts = sorted(set(shape.alike))
        known = [vectors[one] for one in firsts if vectors[one] is not None]
        settled = places[found.settled[places]]
        if len(settled) and known and known[0] is not None:
            found.values.append((settled, known[0]))
        left = places[~found.settled[places]]
        if len(left) and shape.is_listed:
            several = [vector for vector in known if vector is not None]
            found.possible.append((left, partial(_possible, several, left)))

    def _vector(self, source: Any) -> Vector | None:
        """What a terminal comes to; None where nothing comes out."""
        if isinstance(source, DeferredTerm):
            return self.terms.term(source.term)
        return self.terms.term(Constant(source.value)) if isinstance(source, KnownOutcome) else None

    def _fits(self, shape: OpenOutcome, vectors: list[Vector | None], places: Array) -> Array:
        """Where terms come to the same as the key says, and all can be reckoned."""
        fine = np.ones(len(places), bool)
        for at, one in enumerate(vectors):
            if one is None:
                continue
            fine &= one.state.take(places) != UNDEFINED
            for earlier, other in enumerate(vectors[:at]):
                if other is not None:
                    same = _same(one, other, places)
                    fine &= same == (shape.alike[at] == shape.alike[earlier])
        return fine


def _same(one: Vector, other: Vector, places: Array) -> Array:
    """Where two vectors come to the same."""
    states = one.state.take(places), other.state.take(places)
    both = (states[0] == states[1]) & (states[0] >= NULL)
    if one.coding == other.coding:
        equal = one.data.take(places) == other.data.take(places)
    else:
        told = np.flatnonzero(both & (states[0] == TOLD))
        values = ((one.value(row), other.value(row)) for row in places[told].tolist())
        equal = np.zeros(len(places), bool)
        equal[told] = [type(a) is type(b) and a == b for a, b in values]
    found: Array = both & ((states[0] == NULL) | equal)
    return found


def _possible(known: list[Vector], places: Array) -> Possible:
    """The values that may come out in each of the rows, in their order, null last."""
    codings = [vector.coding for vector in known if (vector.state[places] == TOLD).any()]
    states = np.array([vector.state[places] for vector in known]).reshape(-1, len(places))
    if not codings or any(one != codings[0] for one in codings):
        return Possible(tuple(known), places)
    last = np.iinfo(np.int64).max
    data = np.array([vector.data[places] for vector in known])
    data = np.where(states == TOLD, data, last)
    data.sort(axis=0)
    told, null = (states == TOLD).sum(axis=0), (states == NULL).any(axis=0)
    width = np.arange(len(known) + 1)[:, None]
    state = np.where(width < told, np.uint8(TOLD), np.uint8(NULL))
    data = np.concatenate([data, np.zeros((1, len(places)), np.int64)])
    is_there = (width < told + null).T
    flat = Vector(state.T[is_there], np.where(state == TOLD, data, 0).T[is_there], codings[0])
    return Possible((flat,), None, np.concatenate([[0], np.cumsum(told + null)]))
