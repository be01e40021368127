"""One decision about the rows of a batch that lack facts on which it rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from reglament.columnar.answered_keys import UNMET, AnsweredKeys, Axis, ResidualAxis
from reglament.columnar.open_columns import OpenColumns, SameLeft
from reglament.columnar.recorded_outcomes import RecordedRequest
from reglament.columnar.vectors import (
    NULL,
    TOLD,
    UNDEFINED,
    Array,
    Groups,
    Part,
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
    unsure,
)
from reglament.columnar.what_is_left import UNTOLD, RowsAsked, WhatIsLeft
from reglament.decided import Decided
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.evaluation.evaluator import Evaluated
from reglament.model.outcomes import Status
from reglament.model.terms import Constant
from reglament.partial.terminal_outcomes import DeferredTerm, KnownOutcome, UnknownOutcome

OpenKeys: TypeAlias = AnsweredKeys[OpenKey | None]
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
        self.possible: list[tuple[Array, Possible]] = []


class _Walked(NamedTuple):
    """The keys of rows at `places`, which of them each row is of, and what it leaves open."""

    keys: list[Key | None]
    places: Array
    of: Array
    residuals: Array


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
        rest, answered = places, self.keys.open_keys
        if answered is not None:
            # A rule may cite what an open decision may rest on: more than is left of that.
            earlier = self.rows.classes.earlier
            resting = [earlier[name].settled for name in self.keys.hangs_on.classes]
            is_plain = np.logical_and.reduce([rows, *resting]).take(places)
            rest, plain = places[~is_plain], places[is_plain]
            rest = np.concatenate([rest, self._by_answers(answered, found, plain, residuals)])
        if len(rest):
            walked = self._walked(rest, residuals)
            found.residuals[walked.places] = walked.residuals
            self._spread(found, walked.keys, walked.of, walked.places)
        return found

    def _by_answers(
        self, answered: OpenKeys, found: OpenRows, places: Array, residuals: WhatIsLeft
    ) -> Array:
        """Settle rows by what they answer; gives those rows that have to be walked."""
        if not len(places):
            return places
        parts = answered.parts(self.terms, self.rows.classes.earlier)
        of = answered.numbers([(one.take(places), size) for one, size in parts], len(places))
        at = answered.place_of.take(of)
        if at.min() == UNMET:
            new = np.flatnonzero(at == UNMET)
            numbers, first = np.unique(of[new], return_index=True)
            self._meet(answered, numbers, places[new[first]], residuals)
            at = answered.place_of.take(of)
        met = answered.made
        keys = [one and one.key for one in met]
        if any(key is not None and key.is_unsure for key in keys):
            self._ask_again([(key, int(places[row])) for key, row in unsure(keys, at)])
        self._spread(found, keys, at, places)
        of_met = [BY_ENGINE if one is None else one.residual for one in met]
        found.residuals[places] = np.array(of_met).take(at)
        walked: Array = places[np.array([one is None for one in met]).take(at)]
        return walked

    def _meet(self, answered: OpenKeys, numbers: Array, rows: Array, residuals: WhatIsLeft) -> None:
        """Find the keys of answers that were not met before, by a row of each."""
        self.rows.is_tied[rows] = False
        walked = self._walked(rows, residuals)
        is_sure = ~self.rows.is_tied[rows]
        if not is_sure.all():
            is_sure |= self._is_settled(answered.axes, rows)
        sure = set(rows[is_sure].tolist())
        found = {
            row: OpenKey(key, residual)
            for row, of, residual in zip(*map(np.ndarray.tolist, walked[1:]), strict=True)
            if row in sure and (key := walked.keys[of]) is not None and key.number != BY_ENGINE
        }
        for number, row in zip(numbers.tolist(), rows.tolist(), strict=True):
            one = found.get(row)
            kind = one and (id(one.key), one.residual)
            answered.learn(number, kind, partial(found.get, row))

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

    def _walked(self, places: Array, residuals: WhatIsLeft) -> _Walked:
        """The keys of rows by what they leave of diagrams."""
        left = residuals.numbers(self.rows, places)
        is_left = left != BY_ENGINE
        places, left = places[is_left], left[is_left]
        if not len(places):
            return _Walked([], places, places, places)
        parts, rest = self.open.parts(left, self.rows, places)
        groups = grouped([*parts, *rest], len(places))
        columns = [codes[groups.first].tolist() for codes, _ in (*parts, *rest)]
        keys = list(zip(*columns, strict=True))
        numbers = self.open.residual_numbers
        of_left = [numbers.setdefault(one[: len(parts)], len(numbers)) for one in keys]
        same = [self.open.same[key] for key in keys]
        found, of = self._keys(same, groups, places)
        return _Walked(found, places, of, np.array(of_left).take(groups.of))

    def _keys(
        self, same: list[SameLeft], groups: Groups, places: Array
    ) -> tuple[list[Key | None], Array]:
        """The keys of rows that leave the same: one, or by the conditions that reasons hang on."""
        first, last = places[groups.first].tolist(), places[groups.last].tolist()
        new = [group for group, one in enumerate(same) if one.is_new]
        self.ask.prepare([first[group] for group in new])
        for group in new:
            same[group].learn(*self._learned(first[group]))
        keys = [None if one.conditions else one.match(()) for one in same]
        self._ask_again(list(zip(keys, last, strict=True)))
        of = groups.of
        hangs = np.array([bool(one.conditions) for one in same], bool)
        if hangs.any():
            rows = np.flatnonzero(hangs[of])
            more, of_more = self._by_conditions(same, of[rows], places[rows])
            of = of.copy()
            of[rows] = of_more + len(keys)
            keys += more
        return keys, of

    def _by_conditions(
        self, same: list[SameLeft], of: Array, places: Array
    ) -> tuple[list[Key | None], Array]:
        """The keys of rows whose reasons hang on conditions."""
        is_new = True
        while is_new:
            pairs = grouped(self._told(same, of, places), len(places))
            those = [same[group] for group in of[pairs.first].tolist()]
            rows = places[pairs.first]
            nodes = dict.fromkeys(node for one in those for node in one.conditions)
            told = {node: self.rows.truths[node].take(rows).tolist() for node in nodes}
            truths = [
                tuple([told[node][pair] for node in one.conditions])
                for pair, one in enumerate(those)
            ]
            found = [one.match(said) for one, said in zip(those, truths, strict=True)]
            new = [
                pair
                for pair, one in enumerate(found)
                if one is None and BY_ENGINE not in truths[pair]
            ]
            first = rows.tolist()
            self.ask.prepare([first[pair] for pair in new])
            is_new = False
            for pair in new:
                # Another pair may have told of the same, or of more conditions.
                if those[pair].match(truths[pair]) is None:
                    those[pair].learn(*self._learned(first[pair]))
                    is_new = True
        self._ask_again(list(zip(found, places[pairs.last].tolist(), strict=True)))
        return found, pairs.of

    def _told(self, same: list[SameLeft], of: Array, places: Array) -> Iterator[Part]:
        """What tells the rows apart: what they leave, and the conditions on which that hangs."""
        yield of, len(same)
        needed: dict[Node, list[int]] = {}
        for group in np.unique(of).tolist():
            for node in same[group].conditions:
                needed.setdefault(node, []).append(group)
        for node, groups in needed.items():
            is_needed = np.zeros(len(same), bool)
            is_needed[groups] = True
            here, truths = is_needed.take(of), self.rows.truths[node]
            told = truths.take(places)
            rows = places[here & (told == UNTOLD)]
            if len(rows):
                truths[rows] = self.open.conditions.truths(node, self.rows, rows)
                told = truths.take(places)
            yield (told + np.int8(2)) * here, 5

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

    def _ask_again(self, several: Sequence[tuple[Key | None, int]]) -> None:
        """Ask the engine, in its usual way, for a row of each key: it must come out the same."""
        left = [(key, row) for key, row in several if key is not None and key.is_unsure]
        self.ask.prepare([row for _, row in left])
        for key, row in left:
            if key.is_unsure:  # it may have been of two of them
                self.keys.ask_again(key, row, self.ask, self._is_reckoned_otherwise)

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

    def _spread(self, found: OpenRows, keys: list[Key | None], of: Array, places: Array) -> None:
        numbers = np.array([BY_ENGINE if one is None else one.number for one in keys], np.int32)
        is_settled = [one is not None and one.status is Status.DETERMINED for one in keys]
        found.classes[places] = numbers[of]
        found.settled[places] = (np.array(is_settled, bool) & (numbers != BY_ENGINE))[of]
        if not self.keys.is_reckoned:
            return
        shapes: dict[OpenOutcome, list[int]] = {}
        for group, key in enumerate(keys):
            if key is not None and key.open is not None and key.number != BY_ENGINE:
                shapes.setdefault(key.open, []).append(group)
        for shape, groups in shapes.items():
            self._reckon(found, shape, places[np.isin(of, groups)])

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
            found.possible.append((left, _possible([v for v in known if v is not None], left)))

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
            fine &= one.state[places] != UNDEFINED
            for earlier, other in enumerate(vectors[:at]):
                if other is not None:
                    same = _same(one, other, places)
                    fine &= same == (shape.alike[at] == shape.alike[earlier])
        return fine


def _same(one: Vector, other: Vector, places: Array) -> Array:
    """Where two vectors come to the same."""
    states = one.state[places], other.state[places]
    both = (states[0] == states[1]) & (states[0] >= NULL)
    if one.coding == other.coding:
        equal = one.data[places] == other.data[places]
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
