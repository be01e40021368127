"""One decision about the rows of a batch that lack facts on which it rests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from reglament.columnar.class_records import class_record
from reglament.columnar.open_columns import OpenKeys
from reglament.columnar.vector_terms import VectorTerms
from reglament.columnar.vectors import NULL, TOLD, UNDEFINED, Array, Vector, grouped
from reglament.columnar.version_keys import BY_ENGINE, Ask, DecisionKeys, Key, OpenOutcome
from reglament.columnar.witnesses import WitnessesDiffer
from reglament.decided import Decided
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.model.outcomes import Status
from reglament.model.terms import Constant
from reglament.model.values import Listed
from reglament.partial.terminal_outcomes import DeferredTerm, KnownOutcome, UnknownOutcome

MOST_TERMS = 8


class OpenRows:
    """What became of rows that lack facts: the class of each, values, what is possible."""

    def __init__(self, count: int) -> None:
        self.classes = np.full(count, BY_ENGINE, np.int32)
        self.settled = np.zeros(count, bool)
        self.values: list[tuple[Array, Vector]] = []  # places, and a vector of every row
        self.possible: list[tuple[Array, list[Any]]] = []


class OpenDeciding:
    """Finds the classes of rows that lack facts."""

    def __init__(
        self,
        keys: DecisionKeys,
        open_: OpenKeys,
        terms: VectorTerms,
        ask: Ask,
    ) -> None:
        self.keys, self.open, self.terms, self.ask = keys, open_, terms, ask

    def decide(self, rows: Array) -> OpenRows:
        """What becomes of the rows."""
        found = OpenRows(len(rows))
        places = np.flatnonzero(rows)
        if not len(places):
            return found
        key = self.open.key(self.terms)
        parts = [(codes[places], size) for codes, size in key.parts]
        values = [(codes[places], size) for codes, size in key.values]
        groups = grouped([*parts, *values], len(places))
        are_values = key.are_values[places][groups.first]
        counts = np.bincount(groups.of)
        stable = zip(*(codes[groups.first].tolist() for codes, _ in parts), strict=True)
        keys: list[Key | None] = []
        every = list(stable)
        new = [
            group
            for group, known in enumerate(every)
            if (counts[group] > 1 if are_values[group] else known not in self.keys.open_keys)
        ]
        self.ask.prepare(places[np.append(groups.first[new], groups.last[new])].tolist())
        for group, known in enumerate(every):
            if are_values[group]:
                # A row by itself is decided by the engine no slower.
                is_one = counts[group] == 1
                keys.append(None if is_one else self._asked(int(places[groups.first[group]])))
                continue
            found_key = self.keys.open_keys.get(known)
            if found_key is None:
                found_key = self._asked(int(places[groups.first[group]]))
                if found_key.number != BY_ENGINE:
                    self.keys.open_keys[known] = found_key
            if found_key.asked == 1 and found_key.number != BY_ENGINE:
                self._ask_again(found_key, int(places[groups.last[group]]))
            keys.append(found_key)
        self._spread(found, keys, groups.of, places)
        return found

    def _asked(self, row: int) -> Key:
        decided = self.ask(row)
        record = class_record(
            decided.version,
            decided[self.keys.decision.name],
            is_reckoned=self.keys.is_reckoned,
        )
        told: Any = decided.when[2]
        open_ = self._outcome(decided) if self.keys.is_reckoned else None
        is_of_all = record.status is not Status.REFUSED and record.is_exact
        if not is_of_all or (self.keys.is_reckoned and open_ is None):
            return Key(BY_ENGINE, record.status, None, 1, told)
        return Key(self.keys.numbered.number(record, told), record.status, None, 1, told, open_)

    def _ask_again(self, key: Key, row: int) -> None:
        decided = self.ask(row)
        if decided.when[2] == key.first:
            return
        outcome = decided[self.keys.decision.name]
        record = class_record(decided.version, outcome, is_reckoned=self.keys.is_reckoned)
        known = self.keys.numbered.records[key.number]
        if record != known and not self._is_reckoned_otherwise(decided, key):
            raise WitnessesDiffer((known, record), (key.first, decided.when[2]))
        key.asked = 2

    def _is_reckoned_otherwise(self, decided: Decided, key: Key) -> bool:
        """Whether other terms come to the same there, which is seen row by row."""
        found = self._outcome(decided) if self.keys.is_reckoned else None
        return self.keys.is_reckoned and (
            found is None or key.open is None or found.alike != key.open.alike
        )

    def _outcome(self, decided: Decided) -> OpenOutcome | None:
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
            found.possible.append((left, list(_possible(known, left))))

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
        values = ((one.value(row), other.value(row)) for row in places.tolist())
        equal = np.array([type(a) is type(b) and a == b for a, b in values], bool)
    found: Array = both & ((states[0] == NULL) | equal)
    return found


def _possible(known: list[Vector | None], places: Array) -> Iterator[Listed]:
    """The values that may come out, in their order, null last."""
    for row in places.tolist():
        given: list[Any] = []
        has_null = False
        for vector in known:
            if vector is None:
                continue
            if vector.state[row] == TOLD:
                given.append(vector.value(row))
            has_null |= bool(vector.state[row] == NULL)
        yield Listed((*sorted(given), *([None] if has_null else [])))
