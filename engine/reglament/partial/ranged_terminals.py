"""From a term that lacks facts, and the tests that lead to it, to what it may come to.

x?  (missing)                     the request does not tell `x`, which is 0 to 9
  below 5: minimum of x and 7     0 to 4
  from 5:  maximum of x and 9     9, whatever `x` is
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations
from typing import Any

from reglament.diagram.kernel.forest import Node
from reglament.diagram.solver.formula_ranges import (
    Ranges,
    hanging_on,
    is_in_order,
    may_settle,
    tried,
)
from reglament.diagram.solver.term_ranges import NONE, UNBOUNDED, Facts, Range
from reglament.memo import keep
from reglament.model.terms import Term
from reglament.model.values import apart
from reglament.partial.assignments import Box
from reglament.partial.feasibility import Feasibility
from reglament.partial.terminal_outcomes import (
    ConflictingTerms,
    DeferredTerm,
    KnownOutcome,
    TerminalOutcome,
    UnknownOutcome,
    facts_in_source,
    lacking,
)
from reglament.partial.tied_tests import Led, TiedPath, TiedTests

MOST_KEPT = 1_000  # values of the given facts for which a range is remembered


class RangedSource:
    """What stands at a terminal and is computed; `may_settle` though no test narrows its facts."""

    def __init__(self, source: DeferredTerm | ConflictingTerms, ranges: Ranges) -> None:
        is_conflict = isinstance(source, ConflictingTerms)
        self.terms = source.terms if isinstance(source, ConflictingTerms) else (source,)
        self.conflict = source.conflict if isinstance(source, ConflictingTerms) else None
        self.facts, self.ranges = facts_in_source(source), ranges
        terms = [term.term for term in self.terms]
        self.is_in_order = all(is_in_order(term, ranges.types) for term in terms)
        self.may_settle = is_conflict or may_settle(terms[0], ranges.types)
        self._in_order = sorted(self.facts)
        # Requests share this that differ in much else: library-fees else takes 1.5 times as long.
        self._found: dict[Any, TerminalOutcome] = {}
        self._varying: dict[Any, bool] = {}

    @classmethod
    def of(cls, source: object, ranges: Ranges) -> RangedSource | None:
        """That of what stands at a terminal; None where ranges tell nothing of it."""
        if not isinstance(source, DeferredTerm | ConflictingTerms):
            return None
        ranged_source = cls(source, ranges)
        return ranged_source if ranged_source.is_in_order else None

    def read(self, given: Facts) -> Any:
        """What it comes to; the conflict where terms come to different values."""
        values = {apart(term.read(given)) for term in self.terms}
        return self.conflict if len(values) > 1 else values.pop()[1]

    def outcome(self, feasibility: Feasibility, ways: Sequence[Box]) -> TerminalOutcome:
        """What it comes to where missing facts are within the lines of one of the ways.

        Where that is open, it is left to others whether values show it.
        """
        key = self._told(feasibility), tuple([tuple(sorted(lines.items())) for lines in ways])
        found = self._found.get(key)
        if found is None:
            found = keep(self._found, key, self._outcome(feasibility.told, ways), MOST_KEPT)
        return found

    def varies(self, feasibility: Feasibility, tests: TiedTests, paths: Sequence[TiedPath]) -> bool:
        """Whether values of missing facts that follow one of the paths show several outcomes."""
        ways = tuple([tests.hanging_on(feasibility, path) for path in paths])
        key = self._told(feasibility), ways
        found = self._varying.get(key)
        if found is None:
            shown = self._shown(feasibility, tests, paths)
            found = keep(self._varying, key, _are_several(shown), MOST_KEPT)
        return found

    def _told(self, feasibility: Feasibility) -> tuple[str, ...]:
        return tuple([feasibility.texts[fact] for fact in self._in_order])

    def _shown(
        self, feasibility: Feasibility, tests: TiedTests, paths: Sequence[TiedPath]
    ) -> Iterator[Any]:
        """What it comes to for some values of the missing facts, one after another."""
        told = feasibility.told
        for path in paths:
            for values in tests.some(feasibility, path, lacking(self.facts, told)):
                found = tried((values,), lambda one: self.read({**told, **one}))
                yield from map(apart, found.values())

    def _outcome(self, told: Facts, ways: Sequence[Box]) -> TerminalOutcome:
        missing = lacking(self.facts, told)
        ranges = [self._range(term.term, told, ways) for term in self.terms]
        if any(one.is_apart_from(other) for one, other in combinations(ranges, 2)):
            assert self.conflict is not None
            return self.conflict
        if all(one.is_point for one in ranges):
            return _known(ranges[0].low)
        hanging = NONE.union(*(one.facts for one in ranges)) & missing or missing
        return self.open(hanging, is_exact=False)

    def _range(self, term: Term, told: Facts, ways: Sequence[Box]) -> Range:
        every = [self.ranges.of(term, told, lines) for lines in ways]
        return reduce(Range.joined, every) if every else Range(UNBOUNDED, UNBOUNDED)

    def open(
        self, missing: frozenset[str], is_exact: bool, values: tuple[Any, ...] | None = None
    ) -> UnknownOutcome:
        """That it hangs on the missing facts."""
        return UnknownOutcome(self.terms[0].term, missing, values, is_exact)


class RangedTerminal:
    """What is computed at the terminal `leaf`, for requests that lack the same facts of it.

    `tests` are those that lead there and lack these facts, or others by which such tests hang
    together.
    """

    def __init__(self, leaf: Node, source: RangedSource, tests: TiedTests) -> None:
        self.leaf, self.source, self.tests = leaf, source, tests
        self.told = sorted(source.facts.union(tests.told))
        self._found: dict[tuple[str, ...], TerminalOutcome] = {}
        self._varying: dict[tuple[str, ...], bool] = {}

    def outcome(self, feasibility: Feasibility) -> TerminalOutcome:
        """What it comes to for a request; not exact where `varies` has to tell."""
        key = self._key(feasibility)
        found = self._found.get(key)
        if found is None:
            found = keep(self._found, key, self._outcome(feasibility), MOST_KEPT)
        return found

    def _key(self, feasibility: Feasibility) -> tuple[str, ...]:
        return tuple([feasibility.texts[fact] for fact in self.told])

    def _outcome(self, feasibility: Feasibility) -> TerminalOutcome:
        few = self.tests.few(feasibility)
        if few is not None:
            return self._of_few(few, feasibility.told)
        paths = self.tests.paths(feasibility, self.leaf)
        if paths is None:
            return self.source.open(lacking(self.source.facts, feasibility.told), is_exact=False)
        return self.source.outcome(feasibility, [path.lines for path in paths])

    def varies(self, feasibility: Feasibility) -> bool:
        """Whether some values of the missing facts show that it comes to several values.

        They are tried only when this is asked: that takes longer than all else that is.
        """
        key = self._key(feasibility)
        found = self._varying.get(key)
        if found is None:
            paths = self.tests.paths(feasibility, self.leaf) or ()
            found = self.source.varies(feasibility, self.tests, paths)
            keep(self._varying, key, found, MOST_KEPT)
        return found

    def _of_few(self, few: Iterable[Led], told: Facts) -> TerminalOutcome:
        """What it comes to, by trying all values of the missing facts."""
        here = (values for values, leaves in few if self.leaf in leaves)
        found = tried(here, lambda values: self.source.read({**told, **values}))
        conflict, results = self.source.conflict, {apart(one): one for one in found.values()}
        values = [result for result in results.values() if result is None or result is not conflict]
        if conflict is not None and results and not values:
            return conflict
        if len(results) == 1:
            return _known(values[0])
        facts = NONE.union(*(values for values, _ in few))
        missing = hanging_on(facts, found) & self.source.facts or lacking(self.source.facts, told)
        return self.source.open(missing, bool(results), tuple(values) if results else None)


def _are_several(values: Iterator[Any]) -> bool:
    """Whether they are not all the same; no more of them are made than tell it."""
    first = next(values, None)
    return any(one != first for one in values)


def _known(value: Any) -> KnownOutcome:
    """The outcome; zero is never written below zero."""
    is_negative_zero = value == 0 and not isinstance(value, bool) and hasattr(value, "copy_abs")
    return KnownOutcome(value.copy_abs() if is_negative_zero else value)
