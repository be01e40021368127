"""Tests that lack facts and hang together: what of the told facts says which answers go together.

Each comparison that lacks one fact cuts its line at a place (`diagram.solver.thresholds`), and
it is the order of these places that counts, however far apart they are. Tests that lack two facts
each hang on the order of places of one of them where the other is bounded by that one alone.
Where neither is so, the told values themselves count.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary, ref

import numpy as np

from reglament.columnar.vector_terms import VectorTerms
from reglament.columnar.vectors import (
    FIRST_DAY,
    MISSING,
    NULL,
    TOLD,
    Array,
    Coding,
    Part,
    Vector,
    grouped,
    part_of,
)
from reglament.columnar.zone_clock import DAY, clock_of
from reglament.diagram.kernel.branches import facts_of_variable
from reglament.diagram.kernel.forest import IntervalVar, PredicateVar
from reglament.diagram.solver.monotonicity import NotMonotone, direction
from reglament.diagram.solver.ordinals import ordinal
from reglament.diagram.solver.thresholds import NoThreshold, ThresholdFinder
from reglament.frozen import frozen
from reglament.memo import Once
from reglament.model.conditions import Comparison
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import Kind
from reglament.model.visitor import facts_of
from reglament.partial.assignments import AssignmentSpace, OpenTest

MOST_PLACES = 14  # on a line, each compared with each in every row; shipped policies have 6
MOST_YEARS = 40  # by which one of two facts that are tied may be moved
MOST_MOVED = {
    "days_after": MOST_YEARS * 365,
    "months_after": MOST_YEARS * 12,
    "years_after": MOST_YEARS,
}
MARGIN = (MOST_YEARS + 10) * 366
"""Days from the ends of a line, more than a fact is moved, within which one may meet them."""
KINDS = (Kind.DATE, Kind.DATETIME, Kind.INTEGER, Kind.DECIMAL, Kind.DURATION)


Tied: TypeAlias = frozenset[OpenTest]  # tests that share missing facts


@frozen
class Order:
    """A number for each row, below `size`: rows of one number leave the same answers possible.

    Numbers below `kept` are the same in every batch. It is negative for a row that is alone.
    """

    numbers: Array
    size: int
    kept: int


class _Cut:
    """A comparison that lacks one fact, and where it cuts the line of that fact."""

    def __init__(self, test: OpenTest, space: AssignmentSpace) -> None:
        atom: Any = test.variable.atom  # type: ignore[union-attr]
        self.fact, self.solver = test.fact, space.solver
        self.type = space.solver.types[test.fact]
        self.line = self.first, self.last = space.lines[test.fact]
        finder = ThresholdFinder(atom, test.fact, space.solver, self.line)
        self.known, self.open, self.is_above = finder.known, finder.open, finder.is_above
        if facts_of(self.open) != {test.fact}:
            raise NoThreshold
        try:
            self.rises = (direction(self.open, test.fact, {}) > 0) is self.is_above
        except NotMonotone:
            raise NoThreshold from None
        self.is_bare = self.open == FactRef(test.fact)
        self.is_day = _plain(self.open) == Formula("day_of", (FactRef(test.fact),))
        self._numbered: dict[Any, Once[int, int | None]] = {}

    def places(self, terms: VectorTerms, rows: Array) -> tuple[Array, Array]:
        """The place of the cut in each of the rows, and where it is not known."""
        every = terms.term(self.known)
        told = Vector(every.state.take(rows), every.data.take(rows), every.coding)
        unknown = ~((told.state == TOLD) | (told.state == NULL))
        found = self._direct(terms, told)
        if found is None:
            found = self._searched(told, ~unknown)
        places, odd = found
        nowhere = self.last + 1 if self.rises else self.first
        places = np.where(told.state == NULL, nowhere, places)
        return np.clip(places, self.first, self.last + 1), unknown | (odd & (told.state == TOLD))

    def _direct(self, terms: VectorTerms, told: Vector) -> tuple[Array, Array] | None:
        kind, data = told.coding.kind, told.data
        past = not self.is_above
        none = np.zeros(len(data), bool)
        if self.is_bare and kind is self.type.kind and told.coding.words is None:
            if kind is Kind.DECIMAL and told.coding.places != self.type.places:
                return None
            return data + (FIRST_DAY if kind is Kind.DATE else 0) + past, none
        if self.is_day and kind is Kind.DATE:
            days = np.where(told.state == TOLD, data + past, 0)
            low, high = self.first // DAY, self.last // DAY
            odd = (days < low) | (days > high)
            starts, twice = clock_of(terms.zone).from_local(np.where(odd, 0, days) * DAY)
            return starts, odd | twice
        return None

    def _searched(self, told: Vector, rows: Array) -> tuple[Array, Array]:
        """Places found by the engine, once for each value."""
        places = np.flatnonzero(rows & (told.state == TOLD))
        data = np.zeros(len(rows), np.int64)
        odd = np.zeros(len(rows), bool)
        values, of = np.unique(told.data.take(places), return_inverse=True)
        of_number = self._of_numbers(told.coding)
        found = [of_number[number] for number in values.tolist()]
        data[places] = np.array([one or 0 for one in found] or [0], np.int64).take(of)
        odd[places] = np.array([one is None for one in found] or [False]).take(of)
        return data, odd

    def _of_numbers(self, coding: Coding) -> Once[int, int | None]:
        """The places of values by their numbers, which mean the same in every batch."""
        key = None if coding.words is not None else (coding.kind, coding.places, str(coding.zone))
        if key not in self._numbered or key is None:
            self._numbered[key] = Once(lambda number: self._place_of(coding.value(number)))
        return self._numbered[key]

    def _place_of(self, value: Any) -> int | None:
        told = Constant(value)
        sides = (told, self.open) if self.is_above else (self.open, told)
        atom = Comparison(sides[0], Operator.AT_MOST, sides[1])
        finder = ThresholdFinder(atom, self.fact, self.solver, self.line)
        try:
            return finder.threshold({}).place
        except NoThreshold:
            return None


def _plain(term: Term) -> Term:
    return Formula(term.function, term.arguments) if isinstance(term, Formula) else term


class _Reckoned:
    """What is reckoned of one batch: orders, places of cuts, and the rows that lack a fact."""

    def __init__(self, terms: VectorTerms) -> None:
        self._terms = ref(terms)
        self.orders: dict[tuple[Tied, ...], Order] = {}
        self.places: dict[OpenTest, tuple[Array, Array]] = {}
        known = terms.known
        self.lacking: Once[str, Array] = Once(
            lambda fact: np.flatnonzero(known[fact].state == MISSING)
        )
        self._rows: dict[tuple[tuple[str, bool], ...], Array] = {}

    @property
    def terms(self) -> VectorTerms:
        """What is known of the batch."""
        terms = self._terms()
        assert terms is not None
        return terms

    def rows(self, tests: Tied) -> Array:
        """The rows that lack what the tests lack, of all that they read."""
        missing = _missing(tests)
        lacked, told = sorted(missing), sorted(_read(tests) - missing)
        return self._rows_of((*((one, True) for one in lacked), *((one, False) for one in told)))

    def _rows_of(self, wanted: tuple[tuple[str, bool], ...]) -> Array:
        """The rows by facts, the first of them lacking, and whether each is."""
        *before, (fact, is_lacking) = wanted
        if not before:
            return self.lacking[fact]
        if wanted not in self._rows:
            rows = self._rows_of(tuple(before))
            state = self.terms.known[fact].state.take(rows)
            self._rows[wanted] = rows[(state == MISSING) == is_lacking]
        return self._rows[wanted]


class JointOrders:
    """Orders the places at which tests cut lines; what it learns of one batch serves the next."""

    def __init__(self, space: AssignmentSpace) -> None:
        self.space, self.types = space, space.solver.types
        self._cuts: Once[OpenTest, _Cut | None] = Once(self._cut)
        self._hubs: Once[Tied, str | None] = Once(self._hub)
        self._keys: Once[Tied, dict[tuple[int, ...], int]] = Once(lambda _: {})
        self._joint: Once[tuple[Tied, ...], dict[tuple[int, ...], int]] = Once(lambda _: {})
        # What is reckoned of one batch, for as long as there is the batch.
        self._reckoned: WeakKeyDictionary[VectorTerms, _Reckoned] = WeakKeyDictionary()

    def order(self, tied: tuple[Tied, ...], terms: VectorTerms) -> Order:
        """What tells rows apart that lack just the missing facts of tests which are tied."""
        kept = self._reckoned.setdefault(terms, _Reckoned(terms))
        if tied not in kept.orders:
            make = self._order if len(tied) == 1 else self._order_of_several
            kept.orders[tied] = make(kept, tied)
        return kept.orders[tied]

    def _order(self, kept: _Reckoned, tied: tuple[Tied, ...]) -> Order:
        (tests,), terms = tied, kept.terms
        rows = kept.rows(tests)
        parts, doubtful = self._parts(tests, kept, rows)
        keys = self._keys[tests]
        numbers = np.full(terms.count, -1, np.int64)
        groups = grouped(parts, len(rows))
        columns = [codes[groups.first].tolist() for codes, _ in parts]
        every = zip(*columns, strict=True) if parts else [()] * len(groups.first)
        of_group = [keys.setdefault(key, len(keys)) for key in every]
        numbers[rows] = np.array(of_group or [0], np.int64)[groups.of]
        told = _read(tests) - _missing(tests)
        size = self._number_values(numbers, told, terms, rows[doubtful], len(keys))
        return Order(numbers, size, len(keys))

    def _order_of_several(self, kept: _Reckoned, tied: tuple[Tied, ...]) -> Order:
        """One number for the orders of several that are tied each by itself."""
        orders = [self.order((one,), kept.terms) for one in tied]
        rows = kept.rows(frozenset().union(*tied))
        codes = [one.numbers.take(rows) for one in orders]
        parts = [(one + 1, order.size + 1) for one, order in zip(codes, orders, strict=True)]
        groups = grouped(parts, len(rows))
        columns = [one[groups.first] for one in codes]
        below = [one < order.kept for one, order in zip(columns, orders, strict=True)]
        alone, stable = np.min(columns, axis=0) < 0, np.logical_and.reduce(below)
        of_group, keys = np.where(alone, -1, 0), self._joint[tied]
        met = zip(*(one[stable & ~alone].tolist() for one in columns), strict=True)
        of_group[stable & ~alone] = [keys.setdefault(key, len(keys)) for key in met]
        others = np.flatnonzero(~stable & ~alone)
        of_group[others] = np.arange(len(others)) + len(keys)
        numbers = np.full(kept.terms.count, -1, np.int64)
        numbers[rows] = of_group[groups.of]
        return Order(numbers, len(keys) + len(others), len(keys))

    def _number_values(
        self, numbers: Array, facts: Iterable[str], terms: VectorTerms, rows: Array, first: int
    ) -> int:
        """Number rows by the values that they tell, from `first` on; the number after the last."""
        if not len(rows):
            return first
        every = (part_of(terms.known[fact]) for fact in sorted(facts))
        groups = grouped([(codes[rows], size) for codes, size in every], len(rows))
        is_alone = np.bincount(groups.of) == 1
        numbers[rows] = np.where(is_alone[groups.of], -1, first + groups.of)
        return first + len(is_alone)

    def _parts(self, tests: Tied, kept: _Reckoned, rows: Array) -> tuple[list[Part], Array]:
        """The order of places in the rows; and where it does not tell all."""
        ties = [one for one in tests if not _is_cut(one)]
        cuts = sorted((one for one in tests if _is_cut(one)), key=lambda one: one.level)
        doubtful = np.zeros(len(rows), bool)
        if not cuts and all(facts_of_variable(one.variable) == one.missing for one in ties):
            return [], doubtful  # no told fact takes part
        hub = self._hubs[tests]
        if hub is None or any(self._is_unplaced(one) for one in cuts):
            return [], ~doubtful
        first, last = self.space.lines[hub]
        places = [np.full(len(rows), first, np.int64), np.full(len(rows), last + 1, np.int64)]
        for test in cuts:
            if isinstance(test.variable, IntervalVar):
                places += self._fixed(test, len(rows))
                continue
            at, unknown = self._placed(test, kept)
            places.append(at.take(rows))
            doubtful |= unknown.take(rows)
        if ties:
            margin = MARGIN * (1 if self.types[hub].kind is Kind.DATE else DAY)
            for at in places[2:]:
                inner = (at > first + margin) & (at < last - margin)
                doubtful |= ~inner & (at != first) & (at != last + 1)
        if len(places) > MOST_PLACES:
            return [], ~np.zeros(len(rows), bool)
        below = (sum((other < at).astype(np.int64) for other in places) for at in places)
        return [(np.where(doubtful, 0, one), len(places)) for one in below], doubtful

    def _placed(self, test: OpenTest, kept: _Reckoned) -> tuple[Array, Array]:
        """The place of a cut, and where it is not known; of rows that tell the fact, anything."""
        if test not in kept.places:
            cut, terms = self._cuts[test], kept.terms
            assert cut is not None
            rows = kept.lacking[test.fact]
            places, unknown = np.empty(terms.count, np.int64), np.empty(terms.count, bool)
            places[rows], unknown[rows] = cut.places(terms, rows)
            kept.places[test] = places, unknown
        return kept.places[test]

    def _fixed(self, test: OpenTest, count: int) -> list[Array]:
        """The cuts between the answers to a test of one fact alone."""
        bounds = {bound for span in test.answers for bound in span if bound is not None}
        type_ = self.types[test.fact]
        return [np.full(count, ordinal(type_, one), np.int64) for one in sorted(bounds)]

    def _is_unplaced(self, test: OpenTest) -> bool:
        return not isinstance(test.variable, IntervalVar) and self._cuts[test] is None

    def _cut(self, test: OpenTest) -> _Cut | None:
        if self.types[test.fact].kind not in KINDS:
            return None
        try:
            return _Cut(test, self.space)
        except NoThreshold:
            return None

    def _hub(self, tests: Tied) -> str | None:
        """The fact whose line all cuts are on, where it alone bounds each other missing fact."""
        cut = {one.fact for one in tests if _is_cut(one)}
        ties = [one for one in tests if not _is_cut(one)]
        if len(cut) != 1:
            return None
        hub = next(iter(cut))
        by_leaf: dict[str, list[Any]] = {}
        for tie in ties:
            leaves = tie.missing - {hub}
            if (
                len(leaves) != 1
                or len(tie.missing) != 2
                or not isinstance(tie.variable, PredicateVar)
            ):
                return None
            if facts_of_variable(tie.variable) != tie.missing:
                return None
            by_leaf.setdefault(next(iter(leaves)), []).append(tie.variable.atom)
        kinds = {self.types[fact].kind for fact in (hub, *by_leaf)}
        if ties and not kinds <= {Kind.DATE, Kind.DATETIME}:
            return None
        if any(self._has_bounds(leaf) for leaf in by_leaf):
            return None
        return hub if all(map(_moves_along, by_leaf.values())) else None

    def _has_bounds(self, fact: str) -> bool:
        type_ = self.types[fact]
        bounded = {bound.fact for bound in self.space.solver.bounds}
        return type_.at_least is not None or type_.at_most is not None or fact in bounded


def _missing(tests: Tied) -> frozenset[str]:
    return frozenset[str]().union(*(one.missing for one in tests))


def _read(tests: Tied) -> frozenset[str]:
    return frozenset[str]().union(*(facts_of_variable(one.variable) for one in tests))


def _is_cut(test: OpenTest) -> bool:
    if isinstance(test.variable, IntervalVar):
        return True
    is_comparison = isinstance(test.variable, PredicateVar) and isinstance(
        test.variable.atom, Comparison
    )
    return is_comparison and len(test.missing) == 1


def _moves_along(atoms: list[Any]) -> bool:
    """Whether the tests that tie two facts come out alike however both are moved along time.

    They are: comparisons of both facts, or of their days, one of them a fixed time after.
    """
    shapes: set[tuple[bool, bool]] = set()
    moved = 0
    for atom in atoms:
        if type(atom) is not Comparison or atom.by_day:
            return False
        sides = [_shape(term) for term in (atom.subject, atom.operand)]
        if None in sides:
            return False
        by_fact = sorted(side for side in sides if side is not None)
        shapes.add((by_fact[0][1], by_fact[1][1]))
        moved += sum(side[2] for side in by_fact)
    return len(shapes) == 1 and moved <= 1


def _shape(term: Term) -> tuple[str, bool, bool] | None:
    """Of a fact, or its day, as it is or moved: its name, whether its day, whether moved."""
    is_moved = isinstance(term, Formula) and term.function in MOST_MOVED
    if is_moved and isinstance(term, Formula):
        base, *others = term.arguments
        most = MOST_MOVED[term.function]
        if len(others) != 1 or not isinstance(others[0], Constant):
            return None
        by = others[0].value
        if not isinstance(by, int) or not 0 < abs(by) <= most:
            return None
        term = base
    if isinstance(term, Formula) and term.function == "day_of" and len(term.arguments) == 1:
        inner = term.arguments[0]
        return (inner.name, True, is_moved) if isinstance(inner, FactRef) else None
    return (term.name, False, is_moved) if isinstance(term, FactRef) else None
