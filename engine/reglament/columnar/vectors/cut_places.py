"""Where a comparison that lacks one fact cuts the line of that fact, in many rows at once."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from reglament.columnar.vectors.vector_terms import VectorTerms
from reglament.columnar.vectors.vector_values import (
    FIRST_DAY,
    MISSING,
    NULL,
    TOLD,
    Array,
    Coding,
    Vector,
)
from reglament.columnar.vectors.zone_clock import DAY, clock_of
from reglament.diagram.solver.monotonicity import NotMonotone, direction
from reglament.diagram.solver.thresholds import NoThreshold, ThresholdFinder
from reglament.memo import Memo
from reglament.model.conditions import Comparison
from reglament.model.operators import Operator
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import Kind
from reglament.model.visitor import facts_of
from reglament.partial.assignments import AssignmentSpace, OpenTest


class Placed(NamedTuple):
    """The place of a cut in each row that lacks its fact; where it is not known, if anywhere."""

    at: Array
    unknown: Array | None


def lacking(terms: VectorTerms, fact: str) -> Array:
    """The rows of a batch that lack a fact, found once."""
    found: Array | None = terms.placed.get(fact)
    if found is None:
        found = terms.placed[fact] = np.flatnonzero(terms.known[fact].state == MISSING)
    return found


class Cut:
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
        self._numbered: dict[Any, Memo[int, int | None]] = {}

    def placed(self, terms: VectorTerms) -> Placed:
        """The places in a batch, found once."""
        found: Placed | None = terms.placed.get(self)
        if found is None:
            places, unknown = self._places(terms, lacking(terms, self.fact))
            found = terms.placed[self] = Placed(places, unknown if unknown.any() else None)
        return found

    def _places(self, terms: VectorTerms, rows: Array) -> tuple[Array, Array]:
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

    def _of_numbers(self, coding: Coding) -> Memo[int, int | None]:
        """The places of values by their numbers, which mean the same in every batch."""
        key = None if coding.words is not None else (coding.kind, coding.places, str(coding.zone))
        if key not in self._numbered or key is None:
            self._numbered[key] = Memo(lambda number: self._place_of(coding.value(number)))
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
