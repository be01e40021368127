"""One decision about the rows of a batch that lack facts on which it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from reglament.columnar.keys.answered_keys import Axis, RowAnswers
from reglament.columnar.keys.version_keys import BY_ENGINE, AnswerKey, DecisionKeys, OpenOutcome
from reglament.columnar.residuals.open_columns import LEFT_TO_ENGINE, MANY, OpenColumns
from reglament.columnar.residuals.recorded_outcomes import RecordedRequest
from reglament.columnar.residuals.same_left import SameLeft, SharedReasons
from reglament.columnar.residuals.what_is_left import RowsAsked
from reglament.columnar.vectors.key_numbers import UNMET
from reglament.columnar.vectors.vector_values import NULL, TOLD, Array, Possible, Vector, grouped
from reglament.decided import Decided
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.evaluation.evaluator import Evaluated
from reglament.model.outcomes import Status
from reglament.model.terms import Constant, Term
from reglament.model.values import apart
from reglament.partial.terminal_outcomes import DeferredTerm, KnownOutcome, UnknownOutcome

TO_BE_WALKED = -2  # in the place of the key of rows whose answers do not tell it
NOT_ASKED = 2  # beside no and yes
MOST_TERMS = 8  # that may give one outcome: each is compared with each in every row


class OpenRows:
    """What became of rows that lack facts: the class of each.

    `keys` are the places of their keys, 0 for none. Of a computed decision `outcomes` has the place
    of what can come out (`MetKeys.outcomes`) of the rows at these `places`.
    """

    def __init__(self, count: int) -> None:
        self.classes = np.full(count, BY_ENGINE, np.int32)
        self.settled = np.zeros(count, bool)
        self.keys = np.full(count, LEFT_TO_ENGINE, np.int32)
        self.outcomes, self.places = np.zeros(0, np.int32), np.zeros(0, np.int64)


class OpenDeciding:
    """Finds the classes of rows that lack facts."""

    def __init__(self, keys: DecisionKeys, open_: OpenColumns, rows: RowsAsked) -> None:
        self.keys, self.open, self.rows = keys, open_, rows
        self.terms, self.ask = rows.terms, rows.ask

    def decide(self, rows: Array) -> OpenRows:
        """What becomes of the rows."""
        open_rows = OpenRows(len(rows))
        residuals, places = self.open.residuals, np.flatnonzero(rows)
        if residuals is None or not len(places):
            return open_rows
        of = self._by_answers(places) if self.keys.open_keys else self._walked(places)
        # In its usual way the engine must say of a row of each key what diagrams alone said.
        met, may_differ = self.open.met, self._is_computed_otherwise
        self.keys.ask_again(met.keys, met.unsure, of, places, self.rows, may_differ)
        open_rows.keys[places] = of
        self._spread(open_rows, of, places)
        return open_rows

    def _by_answers(self, places: Array) -> Array:
        """The keys of rows by what they answer; where that does not tell them, by what is left."""
        answered = self.keys.open_keys
        assert answered is not None
        parts = [(one.take(places), size) for one, size in answered.parts(self.rows.axes)]
        of = answered.numbers(parts, len(places))
        if (answered.place_of == UNMET).any():
            new = np.flatnonzero(answered.place_of.take(of) == UNMET)
            numbers, first = np.unique(of[new], return_index=True)
            self._meet(answered, numbers, places[new[first]])
        found = answered.place_of.take(of)
        rest = np.flatnonzero(found == TO_BE_WALKED)
        if len(rest):
            found[rest] = self._walked(places[rest])
        return found

    def _meet(self, answered: RowAnswers, numbers: Array, rows: Array) -> None:
        """Find the keys of answers that were not met before, by a row of each."""
        keys = self._walked(rows)
        is_sure = self._is_sure(answered.axes, rows)
        is_sure &= self.open.met.columns.numbers.take(keys) != BY_ENGINE
        answered.place_of[numbers] = np.where(is_sure, keys, TO_BE_WALKED)

    def _is_sure(self, axes: Iterable[Axis], rows: Array) -> Array:
        """Where answers alone tell the key: told values bound nothing, or one earlier decision.

        If each test of its own is known, too, whatever hangs on values is in what is left of that.
        """
        is_known, earlier = self._are_known(axes, rows), self.rows.classes.earlier
        ties = np.zeros(len(rows), np.int64)
        for name in self.open.cone & earlier.keys():
            ties += earlier[name].ties(rows)
        is_tied: Array = self.rows.is_tied[rows]
        return (is_known & (ties <= 1)) | (~is_tied & (ties < MANY))

    def _are_known(self, axes: Iterable[Axis], rows: Array) -> Array:
        """Where every answer is known."""
        found = np.ones(len(rows), bool)
        for axis in axes:
            if (known := axis.known(self.terms, self.rows.classes.earlier)) is not None:
                found &= known[rows]
        return found

    def _walked(self, places: Array) -> Array:
        """The keys of rows by what they leave of diagrams."""
        assert self.open.residuals is not None
        self.rows.is_tied[places] = False
        left = self.open.residuals.numbers(self.rows, places)
        left[self.open.are_ranged(left, self.rows, places)] = BY_ENGINE
        is_left = left != BY_ENGINE
        if is_left.all():
            return self._by_left(left, places)
        keys = np.full(len(places), LEFT_TO_ENGINE, np.int32)
        if is_left.any():
            keys[is_left] = self._by_left(left[is_left], places[is_left])
        return keys

    def _by_left(self, left: Array, places: Array) -> Array:
        of = self._same(left, places)
        found = self._of_each(of, lambda same: same.only)
        hanging = np.flatnonzero(found == UNMET)
        if len(hanging):
            found[hanging] = self._by_conditions(of[hanging], places[hanging])
        return found

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
        new: dict[SharedReasons, int] = {}
        for number, row, key in zip(numbers.tolist(), places[first].tolist(), keys, strict=True):
            same.learn(number, key, partial(self.open.new_rows, key, len(parts)))
            reasons = same.made[same.place_of[number]].reasons
            if not reasons.keys:
                new.setdefault(reasons, row)
        self.ask.prepare([*new.values()])
        for reasons, row in new.items():
            reasons.learn(*self._learned(row))
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
        walked, numbers = [one.reasons.conditions for one in those], truths.take(first).tolist()
        found = [matched(one, at) for one, at in zip(those, numbers, strict=True)]
        new = [pair for pair, at in enumerate(found) if at == UNMET]
        rows = places[first[new]].tolist()
        self.ask.prepare(rows)
        for pair, row in zip(new, rows, strict=True):
            reasons = those[pair].reasons
            # Another row may have told that reasons hang on more, for which nobody walked yet.
            is_walked = reasons.conditions is walked[pair]
            if is_walked and matched(those[pair], numbers[pair]) == UNMET:
                reasons.learn(*self._learned(row))
        return np.array(found, np.int32).take(pairs.of)

    def _truths(self, of: Array, places: Array) -> Array:
        """The number of what the conditions come to in each row; `BY_ENGINE` where none knows."""
        sets: dict[tuple[Node, ...], int] = {}
        of_set = self._of_each(of, lambda same: sets.setdefault(same.reasons.conditions, len(sets)))
        found = np.empty(len(of), np.int64)
        for conditions, number in sets.items():
            here = np.flatnonzero(of_set == number)
            if len(here):
                left = self.open.truths[conditions]
                found[here] = left.numbers(self.rows, places[here])
        return found

    def _of_each(self, of: Array, say: Callable[[SameLeft], int]) -> Array:
        """What is said of those that leave the same, by the place of which is told for each row."""
        met = np.flatnonzero(np.bincount(of))
        same, found = self.open.same.made, np.zeros(met[-1] + 1 if len(met) else 0, np.int32)
        found[met] = [say(same[place]) for place in met.tolist()]
        return found.take(of)

    def _learned(self, row: int) -> tuple[AnswerKey, Mapping[Node, bool | None]]:
        """What a row comes to by diagrams alone, and on which conditions that hangs."""
        decided = self.ask(row)
        told: Any = decided.when[2]
        request = RecordedRequest(self.open.evaluator, decided.told, decided.when)
        if self.open.rules_are_left:
            request.rules_of = self.keys.decision.name
        _ = request.partial_result
        record, is_computed = self.keys.record(request), self.keys.is_computed
        hangs_on_more = not self.open.tells(request.watched)
        open_ = self._outcome(request) if is_computed else None
        is_exact = record.status is not Status.UNDETERMINED or request.partial_result.is_exact(
            self.keys.decision.name
        )
        is_of_all = record.status is not Status.REFUSED and is_exact
        if hangs_on_more or not is_of_all or (is_computed and open_ is None):
            return AnswerKey(BY_ENGINE, record.status, None, 1, told), {}
        number = self.keys.numbered.number(record, told)
        return AnswerKey(number, record.status, None, 0, told, open_), request.watched.truths

    def _is_computed_otherwise(self, decided: Decided, key: AnswerKey) -> bool:
        """Whether other terms come to the same there, which is seen row by row."""
        if not self.keys.is_computed:
            return False
        open_outcome = self._outcome(decided)
        return open_outcome is None or key.open is None or open_outcome.alike != key.open.alike

    def _outcome(self, decided: Evaluated) -> OpenOutcome | None:
        """What can still come out; None where no term alone gives it."""
        name = self.keys.decision.name
        found = decided.partial_result.reachable(name)
        if found is None or len(found[0]) > MOST_TERMS or not self.keys.decision.type.is_ordered:
            return None
        sources, terminals = found
        if any(
            isinstance(value, UnknownOutcome) and not value.missing for value in terminals.values
        ):
            return None  # what cannot be computed for this row may be for others
        if not all(
            isinstance(source, DeferredTerm | KnownOutcome | NoOutcome) for source in sources
        ):
            return None
        is_listed = decided[name].possible is not None
        return OpenOutcome(sources, tuple(terminals.alike), is_listed)

    # Row by row

    def _spread(self, open_rows: OpenRows, of: Array, places: Array) -> None:
        met = self.open.met.columns
        open_rows.classes[places], open_rows.settled[places] = (
            met.numbers.take(of),
            met.settled.take(of),
        )
        if self.keys.is_computed:
            self._compute(open_rows, met.outcomes.take(of), places)

    def _compute(self, open_rows: OpenRows, of_outcome: Array, places: Array) -> None:
        """Leave to the engine the rows whose terms come to something else than those of the key."""
        shapes = [*self.open.met.outcomes]
        fine = self._are_defined(shapes, of_outcome, places)
        are_several = np.array([*(len(shape.sources) > 1 for shape in shapes), False])
        several = np.flatnonzero(are_several.take(of_outcome))  # the last is of no outcome
        fine[several] &= self._fit(shapes, of_outcome.take(several), places.take(several))
        odd = places[~fine]
        open_rows.classes[odd], open_rows.settled[odd] = BY_ENGINE, False
        open_rows.outcomes, open_rows.places = of_outcome[fine], places[fine]

    def _are_defined(
        self, shapes: Sequence[OpenOutcome], of_outcome: Array, places: Array
    ) -> Array:
        """Where all that may come out can be computed."""
        fine = np.ones(len(places), bool)
        terms = [{term for term, _ in _terms(shape)} for shape in shapes]
        for term in set[Term]().union(*terms):
            if (undefined := self.terms.term(term).undefined) is not None:
                reads = np.array([*(term in those for those in terms), False])
                fine &= ~(undefined.take(places) & reads.take(of_outcome))
        return fine

    def _fit(self, shapes: Sequence[OpenOutcome], of_outcome: Array, rows: Array) -> Array:
        """Where those terms come to the same that do by the key, and no others."""
        asked: dict[tuple[Term, Term], list[int]] = {}  # of each outcome, whether two are the same
        for number, shape in enumerate(shapes):
            for (term, alike), (other, other_alike) in combinations(_terms(shape), 2):
                said = asked.setdefault((term, other), [NOT_ASKED] * (len(shapes) + 1))
                said[number] = alike == other_alike
        fine, terms = np.ones(len(rows), bool), self.terms.at(rows)
        for (term, other), said in asked.items():
            differs = np.array(said, np.uint8).take(of_outcome)
            differs ^= _same(terms.term(term), terms.term(other)).view(np.uint8)
            fine &= differs != 1
        return fine

    def _by_outcome(self, open_rows: OpenRows) -> Iterator[tuple[OpenOutcome, Array, Array]]:
        """What can come out; the rows of which that is so and where it is settled, and others."""
        for number, shape in enumerate(self.open.met.outcomes):
            here = open_rows.places[open_rows.outcomes == number]
            if len(here):
                settled = open_rows.settled[here]
                yield shape, here[settled], here[~settled]

    def values(self, open_rows: OpenRows) -> Iterator[tuple[Vector, Array]]:
        """What was computed, and where."""
        several: dict[Term, list[Array]] = {}
        for shape, settled, _ in self._by_outcome(open_rows):
            if len(settled) and (terms := _distinct(shape)):
                several.setdefault(terms[0], []).append(settled)
        for term, parts in several.items():
            places = np.concatenate(parts)
            vector = self.terms.at(places).term(term).spread(places, self.terms.count)
            is_there = np.zeros(self.terms.count, bool)
            is_there[places] = True
            yield vector, is_there

    def possible(self, open_rows: OpenRows) -> list[tuple[Array, Possible]]:
        """What may come out of rows in which that is open."""
        several = [
            (places, self.terms.at(places), _distinct(shape))
            for shape, _, places in self._by_outcome(open_rows)
            if len(places) and shape.is_listed
        ]
        return [
            (places, _possible([terms.term(term) for term in those], len(places)))
            for places, terms, those in several
        ]


def _terms(shape: OpenOutcome) -> list[tuple[Term, int]]:
    """The terms that may give the outcome, each with the place of the first that is the same."""
    sources: Iterable[tuple[Any, int]] = zip(shape.sources, shape.alike, strict=True)
    return [
        (source.term if isinstance(source, DeferredTerm) else Constant(source.value), alike)
        for source, alike in sources
        if not isinstance(source, NoOutcome)
    ]


def _distinct(shape: OpenOutcome) -> list[Term]:
    """The first of each of them that come to the same."""
    found: dict[int, Term] = {}
    for term, alike in _terms(shape):
        found.setdefault(alike, term)
    return [*found.values()]


def _same(vector: Vector, other: Vector) -> Array:
    """Where two vectors come to the same."""
    both = (vector.state == other.state) & (vector.state >= NULL)
    if vector.coding == other.coding:
        equal = vector.data == other.data
    else:
        told = np.flatnonzero(both & (vector.state == TOLD))
        values = ((vector.value(row), other.value(row)) for row in told.tolist())
        equal = np.zeros(len(vector), bool)
        equal[told] = [apart(a) == apart(b) for a, b in values]
    same: Array = both & ((vector.state == NULL) | equal)
    return same


def _possible(known: list[Vector], count: int) -> Possible:
    """The values that may come out in each of so many rows, in their order, null last."""
    codings = [vector.coding for vector in known if (vector.state == TOLD).any()]
    states = np.array([vector.state for vector in known]).reshape(-1, count)
    if not codings or any(coding != codings[0] for coding in codings):
        return Possible(tuple(known), count)
    last = np.iinfo(np.int64).max
    data = np.where(states == TOLD, np.array([vector.data for vector in known]), last)
    data.sort(axis=0)
    told, null = (states == TOLD).sum(axis=0), (states == NULL).any(axis=0)
    width = np.arange(len(known) + 1)[:, None]
    state = np.where(width < told, np.uint8(TOLD), np.uint8(NULL))
    data = np.concatenate([data, np.zeros((1, count), np.int64)])
    is_there = (width < told + null).T
    flat = Vector(state.T[is_there], np.where(state == TOLD, data, 0).T[is_there], codings[0])
    return Possible((flat,), count, np.concatenate([[0], np.cumsum(told + null)]))
