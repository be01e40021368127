"""Rows that lack facts: what a decision is then, for rows that tell and lack alike.

What missing facts leave open hangs on which facts are told, on how each told one answers the
tests that read it alone, and on how tests of several facts come out. Where such a test lacks one
of its facts, the told ones bound the missing one, by their order and distance: there the values
themselves are part of the key. So the engine is asked once for rows of one key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from reglament.columnar.missing_lines import Line, lines_of
from reglament.columnar.vector_terms import VectorTerms
from reglament.columnar.vectors import MISSING, TOLD, Array, Part, part_of
from reglament.columnar.version_keys import DecisionKeys
from reglament.evaluation.evaluator import Evaluator
from reglament.model.conditions import Test
from reglament.model.visitor import decisions_of, facts_of


@dataclass(frozen=True, slots=True)
class RowKey:
    """The key of each row: `parts`, the same numbers in every batch, and `values` told.

    `are_values` is where values count.
    """

    parts: list[Part]
    values: list[Part]
    are_values: Array


@dataclass(slots=True)
class OpenKeys:
    """What tells rows apart that lack facts on which one decision rests.

    `alone` are tests of one fact; `several` are tests of more, each with the group of facts that
    it ties together; `groups` are facts that tests tie, directly or through others, each with the
    `lines` of those that are only compared.
    """

    facts: tuple[str, ...]
    alone: tuple[tuple[Test, str], ...]
    several: tuple[tuple[Test, frozenset[str]], ...]
    groups: tuple[frozenset[str], ...]
    lines: tuple[tuple[Line, ...], ...]

    def rows(self, terms: VectorTerms, odd: Array) -> Array:
        """Where the key tells all: a fact is missing, and whatever is told can be reckoned."""
        missing = [terms.known[name].state == MISSING for name in self.facts]
        rows = ~odd & np.logical_or.reduce(missing) if missing else np.zeros(len(odd), bool)
        if not rows.any():
            return rows
        for test, fact in self.alone:
            rows = rows & (terms.test(test)[1] | (terms.known[fact].state == MISSING))
        for test, facts in self.several:
            rows = rows & (terms.test(test)[1] | self._lacks(terms, facts))
        return rows

    def key(self, terms: VectorTerms) -> RowKey:
        """The key of each row."""
        parts = [*self._parts(terms)]
        values: list[Part] = []
        are_values = np.zeros(terms.count, bool)
        for group, lines in zip(self.groups, self.lines, strict=True):
            counts = self._lacks(terms, group)
            for line in lines:
                rows = counts & self._lacks_alone(terms, group, line.fact)
                more, unknown = line.parts(terms, rows)
                parts += more
                counts = counts & ~(rows & ~unknown)
            told = np.logical_or.reduce([terms.known[name].state == TOLD for name in group])
            are_values |= counts & told
            values += self._values(terms, group, counts)
        return RowKey(parts, values, are_values)

    def _parts(self, terms: VectorTerms) -> Iterator[Part]:
        for name in self.facts:
            yield terms.known[name].state.astype(np.int64), 4
        for test, fact in self.alone:
            holds, _ = terms.test(test)
            yield (holds & (terms.known[fact].state != MISSING)).astype(np.int64), 2
        for test, facts in self.several:
            holds, _ = terms.test(test)
            yield np.where(self._lacks(terms, facts), 2, holds.astype(np.int64)), 3

    def _values(self, terms: VectorTerms, group: frozenset[str], counts: Array) -> Iterator[Part]:
        """The values of the facts of a group in the rows where they count; 0 elsewhere."""
        for name in sorted(group):
            codes, size = part_of(terms.known[name])
            is_told = counts & (terms.known[name].state == TOLD)
            yield np.where(is_told, codes + 1, 0), size + 1

    def _lacks_alone(self, terms: VectorTerms, group: frozenset[str], fact: str) -> Array:
        """Where of the facts of a group this one alone is missing."""
        others = self._lacks(terms, group - {fact}) if len(group) > 1 else False
        found: Array = (terms.known[fact].state == MISSING) & ~np.asarray(others)
        return found

    def _lacks(self, terms: VectorTerms, facts: frozenset[str]) -> Array:
        lacks: Array = np.logical_or.reduce([terms.known[one].state == MISSING for one in facts])
        return lacks


def open_keys(evaluator: Evaluator, keys: Mapping[str, DecisionKeys], name: str) -> OpenKeys:
    """What tells rows apart that lack facts on which the decision rests."""
    behind, version = evaluator.behind, evaluator.version
    cone = _cone(evaluator, keys, name)
    facts = {fact for one in cone for fact in behind[one] if fact in version.facts}
    alone: dict[Test, str] = {}
    several: dict[Test, frozenset[str]] = {}
    for one in cone:
        for test in keys[one].tests:
            read = facts_of(test)
            tied = _tied(evaluator, keys, decisions_of(test), is_alone=not read)
            if len(read | tied) > 1 or tied:
                several[test] = read | tied
            elif read:
                alone[test] = next(iter(read))
    facts = facts.union(*several.values()) & version.facts.keys()
    groups = _groups([read for read in several.values() if read])
    lines = [
        lines_of(version, keys, group, [t for t, f in several.items() if f <= group], alone.items())
        for group in groups
    ]
    return OpenKeys(
        tuple(sorted(facts)),
        tuple(alone.items()),
        tuple((test, read) for test, read in several.items() if read),
        tuple(groups),
        tuple(lines),
    )


def _groups(tied: list[frozenset[str]]) -> list[frozenset[str]]:
    """Facts that are tied together, directly or through others."""
    groups: list[frozenset[str]] = []
    for facts in tied:
        apart = [one for one in groups if one.isdisjoint(facts)]
        near = [one for one in groups if not one.isdisjoint(facts)]
        groups = [*apart, facts.union(*near)]
    return groups


def _cone(evaluator: Evaluator, keys: Mapping[str, DecisionKeys], name: str) -> set[str]:
    """The decision with all those that it reads, cites by or asks for, however indirectly."""
    found, waiting = {name}, [name]
    while waiting:
        one = waiting.pop()
        more = {*(evaluator.behind[one] & keys.keys()), *keys[one].reads} - found
        found |= more
        waiting += more
    return found


def _tied(
    evaluator: Evaluator,
    keys: Mapping[str, DecisionKeys],
    decisions: frozenset[str],
    *,
    is_alone: bool,
) -> frozenset[str]:
    """The facts that a test ties together through the decisions that it reads.

    None through a test of decisions alone that are words: it follows from their own tests.
    """
    if not decisions or (is_alone and not any(keys[one].is_reckoned for one in decisions)):
        return frozenset()
    cone = set[str]().union(*(_cone(evaluator, keys, one) for one in decisions))
    facts = frozenset[str]().union(*(evaluator.behind[one] for one in cone))
    return facts & evaluator.version.facts.keys()
