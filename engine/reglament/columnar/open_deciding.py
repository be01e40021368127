"""One decision about the rows of a batch that lack facts on which it rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

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
from reglament.columnar.version_keys import BY_ENGINE, DecisionKeys, Key, OpenOutcome
from reglament.columnar.what_is_left import RowsAsked
from reglament.decided import Decided
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.evaluation.evaluator import Evaluated
from reglament.model.outcomes import Status
from reglament.model.terms import Constant
from reglament.partial.terminal_outcomes import DeferredTerm, KnownOutcome, UnknownOutcome

MOST_TERMS = 8  # that may give one outcome: each is compared with each in every row
UNTOLD = -2


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
        left = residuals.numbers(self.rows, places)
        is_left = left != BY_ENGINE
        places, left = places[is_left], left[is_left]
        if not len(places):
            return found
        parts, rest = self.open.parts(left, self.rows, places)
        groups = grouped([*parts, *rest], len(places))
        columns = [codes[groups.first].tolist() for codes, _ in (*parts, *rest)]
        keys = list(zip(*columns, strict=True))
        numbers = self.open.residual_numbers
        of_left = [numbers.setdefault(one[: len(parts)], len(numbers)) for one in keys]
        found.residuals[places] = np.array(of_left)[groups.of]
        same = [self.open.same[key] for key in keys]
        self._spread(found, *self._keys(same, groups, places), places)
        return found

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
        told: dict[Node, Array] = {}
        is_new = True
        while is_new:
            pairs = grouped(self._told(same, of, places, told), len(places))
            rows = pairs.first.tolist()
            those = [same[group] for group in of[pairs.first].tolist()]
            truths = [
                tuple([int(told[node][row]) for node in one.conditions])
                for one, row in zip(those, rows, strict=True)
            ]
            found = [one.match(said) for one, said in zip(those, truths, strict=True)]
            new = [
                pair
                for pair, one in enumerate(found)
                if one is None and BY_ENGINE not in truths[pair]
            ]
            first = places[pairs.first].tolist()
            self.ask.prepare([first[pair] for pair in new])
            is_new = False
            for pair in new:
                # Another pair may have told of the same, or of more conditions.
                if those[pair].match(truths[pair]) is None:
                    those[pair].learn(*self._learned(first[pair]))
                    is_new = True
        self._ask_again(list(zip(found, places[pairs.last].tolist(), strict=True)))
        return found, pairs.of

    def _told(
        self, same: list[SameLeft], of: Array, places: Array, told: dict[Node, Array]
    ) -> Iterator[Part]:
        """What tells the rows apart; `told` gets of each condition whether it holds in them."""
        yield of, len(same)
        needed: dict[Node, list[int]] = {}
        for group in np.unique(of).tolist():
            for node in same[group].conditions:
                needed.setdefault(node, []).append(group)
        for node, groups in needed.items():
            is_needed = np.zeros(len(same), bool)
            is_needed[groups] = True
            here = is_needed[of]
            if node not in told:
                told[node] = np.full(len(of), UNTOLD, np.int8)
            rows = np.flatnonzero(here & (told[node] == UNTOLD))
            if len(rows):
                told[node][rows] = self.open.conditions.truths(node, self.rows, places[rows])
            yield np.where(here, told[node] + 2, 0), 5

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

    def _ask_again(self, several: list[tuple[Key | None, int]]) -> None:
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
        settled = [one is not None and one.status is Status.DETERMINED for one in keys]
        found.classes[places] = numbers[of]
        found.settled[places] = (np.array(settled) & (numbers != BY_ENGINE))[of]
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
