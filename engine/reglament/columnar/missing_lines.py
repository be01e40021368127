"""Rows that lack one fact of those that tests tie together: what bounds it, as an order of places.

Each comparison of the missing fact with what is told cuts its line at two places: the first value
that is not below what is told, and the first that is above it. Rows whose places stand in one
order leave the same answers possible, however far apart the places are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from reglament.columnar.vector_reader import FIRST_DAY_TOLD, LAST_DAY_TOLD
from reglament.columnar.vector_terms import VectorTerms
from reglament.columnar.vectors import NULL, TOLD, Array, Part, Vector
from reglament.columnar.version_keys import DecisionKeys
from reglament.columnar.zone_clock import DAY, clock_of
from reglament.model.conditions import Comparison, OneOf, Test
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Kind
from reglament.model.visitor import facts_of

MOST_ALTERNATIVES = 16
MOST_PLACES = 14


@dataclass(frozen=True, slots=True)
class Line:
    """What cuts the line of a missing `fact`: `cuts`, each a told term and whether by days.

    `others` are the tests of the group that do not read the fact, decisions worked back to terms.
    """

    fact: str
    kind: Kind
    cuts: tuple[tuple[Term, bool], ...]
    others: tuple[Test, ...]

    def parts(self, terms: VectorTerms, rows: Array) -> tuple[list[Part], Array]:
        """The order of the places, and how other tests come out, in these rows; where unknown."""
        unknown = np.zeros(terms.count, bool)
        found: list[Part] = []
        places: list[Array] = []
        for term, by_day in self.cuts:
            vector = terms.term(term)
            least, above, odd = self._places(terms, vector, by_day)
            unknown |= odd & (vector.state != NULL)
            is_null = vector.state == NULL
            places += [np.where(is_null, -(1 << 62), one) for one in (least, above)]
            found.append(((is_null & rows).astype(np.int64), 2))
        for test in self.others:
            holds, known = terms.test(test)
            unknown |= ~known
            found.append(((holds & rows).astype(np.int64), 2))
        for place in places:
            below = sum((other < place).astype(np.int64) for other in places)
            found.append((np.where(rows, below, 0), len(places)))
        return found, unknown & rows

    def _places(self, terms: VectorTerms, told: Vector, by_day: bool) -> tuple[Array, Array, Array]:
        """The first value not below what is told, the first above it, and where these are odd."""
        odd = told.state != TOLD
        data = np.where(odd, 0, told.data)
        kind = told.coding.kind
        if kind is Kind.DATETIME and by_day:
            data, kind = clock_of(terms.zone).days(data), Kind.DATE
        if kind is Kind.DATE:
            odd = odd | (data < FIRST_DAY_TOLD) | (data > LAST_DAY_TOLD)
            data = np.where(odd, 0, data)
        if self.kind is Kind.DATETIME and by_day and kind is Kind.DATE:
            (least, one), (above, other) = (
                clock_of(terms.zone).from_local((data + more) * DAY) for more in (0, 1)
            )
            return least, above, odd | one | other
        if kind is not self.kind:
            return data, data, np.ones(len(data), bool)
        return data, data + 1, odd


def lines_of(
    version: Version,
    keys: Mapping[str, DecisionKeys],
    group: frozenset[str],
    several: Iterable[Test],
    alone: Iterable[tuple[Test, str]],
) -> tuple[Line, ...]:
    """The lines of the facts of a group that are cut by comparisons alone.

    `several` are the tests that tie facts of the group together, `alone` those of one fact each.
    """
    atoms: list[Test] = []
    for test in several:
        found = _alternatives(keys, test)
        if found is None:
            return ()
        atoms += found
    own = {fact: [test for test, of in alone if of == fact] for fact in group}
    lines = (_line(version, fact, [*atoms, *own[fact]]) for fact in sorted(group))
    return tuple(line for line in lines if line is not None)


def _line(version: Version, fact: str, atoms: list[Test]) -> Line | None:
    type_ = version.facts[fact].type
    if type_.kind not in (Kind.DATE, Kind.DATETIME, Kind.INTEGER, Kind.DURATION):
        return None
    cuts: dict[tuple[Term, bool], None] = {}
    others: dict[Test, None] = {}
    for atom in atoms:
        if fact not in facts_of(atom):
            others[atom] = None
            continue
        cut = _cut(atom, fact)
        if cut is None:
            return None
        cuts.update(dict.fromkeys(cut))
    bounds = [bound for bound in (type_.at_least, type_.at_most) if bound is not None]
    cuts.update(dict.fromkeys((Constant(bound), False) for bound in bounds))
    if 2 * len(cuts) > MOST_PLACES:
        return None
    return Line(fact, type_.kind, tuple(cuts), tuple(others))


def _cut(atom: Test, fact: str) -> list[tuple[Term, bool]] | None:
    """What a test holds the fact itself, or its day, against; None where it asks something else."""
    if isinstance(atom, OneOf):
        values = [Constant(value) for value in atom.values if value is not None]
        return [(one, False) for one in values] if atom.subject == FactRef(fact) else None
    if not isinstance(atom, Comparison):
        return None
    sides = atom.subject, atom.operand
    bare, day = FactRef(fact), Formula("day_of", (FactRef(fact),))
    for own, other in (sides, sides[::-1]):
        is_day = isinstance(own, Formula) and replace(own, zone="") == day
        if (own == bare or is_day) and fact not in facts_of(other):
            return [(other, atom.by_day or is_day)]
    return None


def _alternatives(keys: Mapping[str, DecisionKeys], test: Test) -> list[Test] | None:
    """The test with each decision replaced by whatever term may give it; None for too many."""
    several = [_terms(keys, term) for term in test.terms]
    if any(one is None for one in several):
        return None
    made = list(product(*(one for one in several if one is not None)))
    return None if len(made) > MOST_ALTERNATIVES else [test.of(*terms) for terms in made]


def _terms(keys: Mapping[str, DecisionKeys], term: Term) -> list[Term] | None:
    match term:
        case Constant() | FactRef():
            return [term]
        case DecisionRef(name):
            found: dict[Term, None] = {}
            for one in keys[name].terms.values():
                more = _terms(keys, one)
                if more is None:
                    return None
                found.update(dict.fromkeys(more))
            return list(found)
        case Formula(_, arguments):
            several = [_terms(keys, one) for one in arguments]
            if any(one is None for one in several):
                return None
            made = list(product(*(one for one in several if one is not None)))
            if len(made) > MOST_ALTERNATIVES:
                return None
            return [term.applied_to(one) for one in made]
    return None
