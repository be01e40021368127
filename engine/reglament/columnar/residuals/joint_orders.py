"""Tests that lack facts and hang together: what of the told facts says which answers go together.

Each comparison that lacks one fact cuts its line at a place (`diagram.solver.thresholds`), and
it is the order of these places that counts, however far apart they are. Tests that lack two facts
each hang on the order of places of one of them where the other is bounded by that one alone.
Where neither is so, the told values themselves count.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np

from reglament.columnar.vectors.cut_places import Cut, lacking
from reglament.columnar.vectors.key_numbers import Met
from reglament.columnar.vectors.vector_terms import VectorTerms
from reglament.columnar.vectors.vector_values import MISSING, Array, Part, grouped, part_of
from reglament.columnar.vectors.zone_clock import DAY
from reglament.diagram.kernel.branches import facts_of_variable
from reglament.diagram.kernel.forest import IntervalVar, PredicateVar
from reglament.diagram.solver.ordinals import ordinal
from reglament.diagram.solver.thresholds import NoThreshold
from reglament.frozen import frozen
from reglament.memo import Memo
from reglament.model.conditions import Comparison
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import Kind
from reglament.partial.assignments import AssignmentSpace, OpenTest

MOST_PLACES = 12  # on a line, each compared with each in every row; shipped policies have 4
MOST_YEARS = 40  # by which one of two facts that are tied may be moved
MOST_MOVED = {
    "days_after": MOST_YEARS * 365,
    "months_after": MOST_YEARS * 12,
    "years_after": MOST_YEARS,
}
NOWHERE = np.iinfo(np.int64).max  # of a cut at a place that is missing, too
NOT_MISSING, UNSURE = 0, 1  # instead of the order of places on a line
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


class _Line(NamedTuple):
    """The line of the missing `hub`, from `first` to `last`, and the `cuts`, some at fixed places.

    Within the `margin` of an end a fact that is tied to it may meet that; 0 where none is tied.
    """

    hub: str
    cuts: tuple[Cut | int, ...]
    first: int
    last: int
    margin: int


def _ranks(line: _Line | None, places: list[Array], count: int) -> tuple[Array, int]:
    """The order of places, and whether each is at an end of the line, as one number below.

    Those that are `NOWHERE` come after all others.
    """
    if line is None or not places:
        return np.zeros(count, np.uint8), 1
    base, key = len(places) + 3, np.zeros(count, np.int64)
    for at in places:
        rank = (at > line.first).view(np.uint8) + (at > line.last).view(np.uint8)
        for other in places:
            if other is not at:
                rank += (other < at).view(np.uint8)
        rank[at == NOWHERE] = base - 1
        key *= base
        key += rank
    return key, base ** len(places)


class JointOrders:
    """Orders the places at which tests cut lines; what it learns of one batch serves the next."""

    def __init__(self, space: AssignmentSpace) -> None:
        self.space, self.types = space, space.solver.types
        self._cuts: Memo[OpenTest, Cut | None] = Memo(self._cut)
        self._lines: Memo[Tied, _Line | None] = Memo(self._line)
        self._met: Memo[Tied, Met] = Memo(lambda _: Met())
        self._joint: Memo[tuple[Tied, ...], dict[tuple[int, ...], int]] = Memo(lambda _: {})
        self._told: Memo[Tied, list[str]] = Memo(
            lambda tests: sorted(_read(tests) - _missing(tests))
        )
        self._hubs: dict[str, _Line] = {}
        self.learned = 0
        """How many times more cuts became known: then `on_lines` has other numbers."""
        self._of_lines: Memo[_Line, Met] = Memo(lambda _: Met())

    def know(self, tied: tuple[Tied, ...]) -> bool:
        """Take the cuts of tests; gives whether `on_lines` then says all that `order` does."""
        lines = [self._lines[tests] for tests in tied]
        with_cuts = [line for line in lines if line is not None and line.cuts]
        for line in with_cuts:
            known = self._hubs.get(line.hub, line._replace(cuts=()))
            every = tuple(dict.fromkeys((*known.cuts, *line.cuts)))
            more = line._replace(cuts=every, margin=max(known.margin, line.margin))
            if more != known:
                self._hubs[line.hub] = more
                self.learned += 1
        return None not in lines and all(
            len(self._hubs[line.hub].cuts) <= MOST_PLACES for line in with_cuts
        )

    def on_lines(self, terms: VectorTerms) -> list[Part]:
        """For each fact that has a line the order of all cuts of that in each row, as a number.

        `NOT_MISSING` where the fact is told, `UNSURE` where places do not say all. Numbers are the
        same in every batch until more was `learned`.
        """
        found: list[Part] = []
        for line in self._hubs.values():
            key = self, line
            if key not in terms.placed:
                terms.placed[key] = self._on_line(line, terms)
            found.append((terms.placed[key], self._of_lines[line].count + UNSURE + 1))
        return found

    def _on_line(self, line: _Line, terms: VectorTerms) -> Array:
        found = np.full(terms.count, NOT_MISSING, np.int32)
        rows = lacking(terms, line.hub)
        if len(line.cuts) > MOST_PLACES:
            found[rows] = UNSURE
            return found
        places, unsure = self._places(line, terms, slice(None), len(rows), is_all=True)
        numbers = self._of_lines[line].numbers(*_ranks(line, places, len(rows)))
        found[rows] = numbers + UNSURE + 1
        if unsure is not None:
            found[rows[unsure]] = UNSURE
        return found

    def order(self, tied: tuple[Tied, ...], terms: VectorTerms, rows: Array) -> Order:
        """What tells rows apart that lack just the missing facts of tests which are tied."""
        if len(tied) == 1:
            return self._order(tied[0], terms, rows)
        return self._joined(tied, [self._order(tests, terms, rows) for tests in tied])

    def _order(self, tests: Tied, terms: VectorTerms, rows: Array) -> Order:
        met, line = self._met[tests], self._lines[tests]
        at = np.searchsorted(lacking(terms, line.hub), rows) if line and line.hub else rows
        places, doubtful = self._places(line, terms, at, len(rows))
        numbers = met.numbers(*_ranks(line, places, len(rows)))
        size = met.count
        if doubtful is not None and doubtful.any():
            here, numbers = np.flatnonzero(doubtful), numbers.astype(np.int64)
            size = self._number_values(numbers, here, tests, terms, rows)
        return Order(numbers, size, met.count)

    def _joined(self, tied: tuple[Tied, ...], orders: list[Order]) -> Order:
        """One number for the orders of several that are tied each by itself."""
        parts = [(one.numbers + 1, one.size + 1) for one in orders]
        groups = grouped(parts, len(orders[0].numbers))
        columns = [one.numbers.take(groups.first) for one in orders]
        alone = np.min(columns, axis=0) < 0
        stable = np.logical_and.reduce(
            [found < one.kept for found, one in zip(columns, orders, strict=True)]
        )
        met, of_group = self._joint[tied], np.where(alone, -1, 0)
        for group in np.flatnonzero(stable & ~alone).tolist():
            key = tuple([int(column[group]) for column in columns])
            of_group[group] = met.setdefault(key, len(met))
        others = np.flatnonzero(~stable & ~alone)
        of_group[others] = np.arange(len(others)) + len(met)
        return Order(of_group.take(groups.of), len(met) + len(others), len(met))

    def _number_values(
        self, numbers: Array, here: Array, tests: Tied, terms: VectorTerms, rows: Array
    ) -> int:
        """Number rows by the values that they tell, past all orders; the number after the last."""
        told, first = (terms.known[fact] for fact in self._told[tests]), self._met[tests].count
        parts = ((codes[rows[here]], size) for codes, size in map(part_of, told))
        groups = grouped(parts, len(here))
        is_alone = np.bincount(groups.of) == 1
        numbers[here] = np.where(is_alone[groups.of], -1, first + groups.of)
        return first + len(is_alone)

    def _places(
        self,
        line: _Line | None,
        terms: VectorTerms,
        rows: Array | slice,
        count: int,
        *,
        is_all: bool = False,
    ) -> tuple[list[Array], Array | None]:
        """Where the tests cut the line; and in which rows that does not tell all, None for none.

        `rows` are the places of some among those that lack the fact.

        Of all tests of a fact some may lack another one, too: they cut its line `NOWHERE`.
        """
        if line is None:
            return [], np.ones(count, bool)
        places: list[Array] = []
        unsure: list[Array] = []
        for cut in line.cuts:
            if isinstance(cut, int):
                places.append(np.full(count, cut, np.int64))
                continue
            placed = cut.placed(terms)
            at, unknown = placed.at[rows], placed.unknown
            if unknown is not None:
                unknown = unknown[rows]
                if is_all:
                    state = terms.term(cut.known).state
                    lacks = state.take(lacking(terms, line.hub)) == MISSING
                    at, unknown = np.where(lacks, NOWHERE, at), unknown & ~lacks
                unsure.append(unknown)
            places.append(at)
        if line.margin:
            least, most = line.first + line.margin, line.last - line.margin
            for at in places:
                inner = (at > least) & (at < most)
                is_end = (at == line.first) | (at == line.last + 1) | (at == NOWHERE)
                unsure.append(~inner & ~is_end)
        return places, np.logical_or.reduce(unsure) if unsure else None

    def _line(self, tests: Tied) -> _Line | None:
        """The line on which the tests cut, and where; None where no told place says it all."""
        ties = [open_test for open_test in tests if not _is_cut(open_test)]
        cuts = sorted((one for one in tests if _is_cut(one)), key=lambda open_test: open_test.level)
        if not cuts and all(facts_of_variable(one.variable) == one.missing for one in ties):
            return _Line("", (), 0, 0, 0)  # no told fact takes part
        hub = self._hub(tests)
        if hub is None:
            return None
        places: list[Cut | int] = []
        for test in cuts:
            if isinstance(test.variable, IntervalVar):
                places += self._fixed(test)
            elif (cut := self._cuts[test]) is not None:
                places.append(cut)
            else:
                return None
        margin = MARGIN * (1 if self.types[hub].kind is Kind.DATE else DAY) if ties else 0
        line = _Line(hub, tuple(places), *self.space.lines[hub], margin)
        return line if len(places) <= MOST_PLACES else None

    def _fixed(self, test: OpenTest) -> list[int]:
        """The cuts between the answers to a test of one fact alone."""
        bounds = {bound for span in test.answers for bound in span if bound is not None}
        type_ = self.types[test.fact]
        return [ordinal(type_, bound) for bound in sorted(bounds)]

    def _cut(self, test: OpenTest) -> Cut | None:
        if self.types[test.fact].kind not in KINDS:
            return None
        try:
            return Cut(test, self.space)
        except NoThreshold:
            return None

    def _hub(self, tests: Tied) -> str | None:
        """The fact whose line all cuts are on, where it alone bounds each other missing fact."""
        cut = {test.fact for test in tests if _is_cut(test)}
        ties = [test for test in tests if not _is_cut(test)]
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
    return frozenset[str]().union(*(test.missing for test in tests))


def _read(tests: Tied) -> frozenset[str]:
    return frozenset[str]().union(*(facts_of_variable(test.variable) for test in tests))


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
