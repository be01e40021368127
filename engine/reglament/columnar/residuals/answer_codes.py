"""The answers of rows to the tests of a diagram, as numbers; a fact that is missing is one, too.

The numbers of one test are the same in every batch.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from reglament.columnar.keys.decided_classes import DecidedClasses
from reglament.columnar.vectors.vector_terms import VectorTerms
from reglament.columnar.vectors.vector_values import (
    MISSING,
    NULL,
    TOLD,
    Array,
    Vector,
    grouped,
    part_of,
    taken,
)
from reglament.diagram.kernel.branches import OTHER, facts_in
from reglament.diagram.kernel.forest import EnumVar, IntervalVar, Node, NullVar, PredicateVar
from reglament.diagram.kernel.terminals import Doubt
from reglament.partial.automaton import UNTOLD, Automaton, PredicateTest, State


class AnswerCodes(ABC):
    """How rows answer one test; `size` is one more than the greatest number so far.

    It `grows` where more answers may be met.
    """

    size: int
    grows = False

    @abstractmethod
    def codes(self, terms: VectorTerms, classes: DecidedClasses) -> Array:
        """The number of the answer of each row."""

    @abstractmethod
    def answer(self, code: int, state: State) -> Any:
        """The answer of that number, as the state takes it."""

    def unknown(self, terms: VectorTerms) -> Array | None:
        """Where the answer cannot be computed; None where it always can."""
        return None


class _Words(AnswerCodes):
    """Which of the words that the diagrams name is told."""

    def __init__(self, fact: str, words: Iterable[Any]) -> None:
        self.fact, self.words = fact, tuple(words)
        self.size = len(self.words) + 2
        self._places = {(type(word), word): place for place, word in enumerate(self.words)}

    def codes(self, terms: VectorTerms, classes: DecidedClasses) -> Array:
        vector = terms.known[self.fact]
        other = len(self.words)
        null = self._places.get((type(None), None), other)
        if (words := vector.coding.listed) is not None:
            said = [self._places.get((type(w), w), other) for w in words]
            return taken(np.array([*said, null, other + 1], np.int32), vector.listed)
        found = np.full(len(vector), other, np.int32)
        for place, word in enumerate(self.words):
            number = None if word is None else vector.coding.number(word)
            if number is not None:
                found[vector.data == number] = place
        found[vector.state == NULL] = null
        found[vector.state == MISSING] = other + 1
        return found

    def answer(self, code: int, state: State) -> Any:
        if code > len(self.words):
            return UNTOLD
        return self.words[code] if code < len(self.words) else OTHER


class _Places(AnswerCodes):
    """Between which cuts the value of a fact stands."""

    def __init__(self, fact: str, cuts: Iterable[Any]) -> None:
        self.fact, self.cuts = fact, sorted(cuts)
        self.size = len(self.cuts) + 2

    def codes(self, terms: VectorTerms, classes: DecidedClasses) -> Array:
        vector = terms.known[self.fact]
        numbers = [vector.coding.number(cut) for cut in self.cuts]
        if None in numbers:
            found = self._one_by_one(vector)
        else:
            cuts: Any = np.array(numbers, np.int64)
            found = np.searchsorted(cuts, vector.data, "right").astype(np.int32)
        found[vector.state == MISSING] = len(self.cuts) + 1
        return found

    def _one_by_one(self, vector: Vector) -> Array:
        found = np.zeros(len(vector), np.int32)
        told = np.flatnonzero(vector.state == TOLD)
        values, of = np.unique(vector.data[told], return_inverse=True)
        places = [bisect_right(self.cuts, vector.coding.value(int(one))) for one in values]
        found[told] = np.array(places or [0], np.int32)[of]
        return found

    def answer(self, code: int, state: State) -> Any:
        if code > len(self.cuts):
            return UNTOLD
        return bisect_right(state.keys, self.cuts[code - 1]) if code else 0


class _IsNull(AnswerCodes):
    """Whether null is told."""

    size = 3

    def __init__(self, fact: str) -> None:
        self.fact = fact

    def codes(self, terms: VectorTerms, classes: DecidedClasses) -> Array:
        state = terms.known[self.fact].state
        return np.where(state == MISSING, 2, state == NULL).astype(np.int32)

    def answer(self, code: int, state: State) -> Any:
        return UNTOLD if code == 2 else code == 1


class _Truth(AnswerCodes):
    """Whether a test of several facts holds, or which of them it lacks."""

    def __init__(self, atom: Any) -> None:
        self.atom = atom
        self.facts = sorted(facts_in(atom))
        self.size = 1 + (1 << len(self.facts))

    def codes(self, terms: VectorTerms, classes: DecidedClasses) -> Array:
        holds, _ = terms.test(self.atom)
        lacked = self._lacked(terms)
        found: Array = (holds & (lacked == 0)).astype(lacked.dtype)
        found += lacked
        found += lacked > 0
        return found

    def _lacked(self, terms: VectorTerms) -> Array:
        small: Any = np.uint8 if self.size <= 1 << 8 else np.int32
        found: Array = np.zeros(terms.count, small)
        for bit, fact in enumerate(self.facts):
            found += (terms.known[fact].state == MISSING) * small(1 << bit)
        return found

    def answer(self, code: int, state: State) -> Any:
        if code < 2:
            return code == 1
        return frozenset(f for bit, f in enumerate(self.facts) if (code - 1) >> bit & 1)

    def unknown(self, terms: VectorTerms) -> Array | None:
        _, known = terms.test(self.atom)
        if known.all():
            return None
        found = ~known & (self._lacked(terms) == 0)
        return found if found.any() else None


class _RangedTruth(_Truth):
    """The same where told values may answer the test though it lacks other facts."""

    def __init__(self, test: PredicateTest) -> None:
        super().__init__(test.atom)
        self.test = test

    def codes(self, terms: VectorTerms, classes: DecidedClasses) -> Array:
        found = super().codes(terms, classes)
        rows = np.flatnonzero(found > 1)
        if len(rows):
            vectors = {fact: terms.known[fact] for fact in self.facts}
            parts = [(codes[rows], size) for codes, size in map(part_of, vectors.values())]
            groups = grouped(parts, len(rows))
            of_group = [self._code(vectors, row) for row in rows[groups.first].tolist()]
            found[rows] = np.array(of_group, np.int32)[groups.of]
        return found

    def _code(self, vectors: Mapping[str, Vector], row: int) -> int:
        told = {
            fact: vector.value(row)
            for fact, vector in vectors.items()
            if vector.state[row] != MISSING
        }
        answer = self.test.answer(told)
        if isinstance(answer, bool):
            return int(answer)
        return 1 + sum(1 << bit for bit, fact in enumerate(self.facts) if fact in answer)


class _InDoubt(AnswerCodes):
    """What a refused decision might have said, which nobody tells."""

    size = 1

    def __init__(self, doubt: Doubt) -> None:
        self.doubt = doubt

    def codes(self, terms: VectorTerms, classes: DecidedClasses) -> Array:
        return np.zeros(terms.count, np.int32)

    def answer(self, code: int, state: State) -> Any:
        return frozenset(self.doubt.because_of)


class _Module(AnswerCodes):
    """What is known of the outcome of a decision that is read like a fact."""

    grows = True

    def __init__(self, name: str) -> None:
        self.name, self.size = name, 1
        self._answers: list[Any] = [()]
        self._numbers: dict[Any, int] = {}

    def codes(self, terms: VectorTerms, classes: DecidedClasses) -> Array:
        met, known = classes.known(self.name)
        for answer in known:
            key = (type(answer), answer)
            if key not in self._numbers:
                self._numbers[key] = len(self._answers)
                self._answers.append(answer)
        self.size = len(self._answers)
        numbers = [self._numbers[type(answer), answer] for answer in known]
        return np.array(numbers, np.int32)[met]

    def answer(self, code: int, state: State) -> Any:
        return self._answers[code]


def answer_codes(
    automaton: Automaton,
    roots: Iterable[Node],
    modules: Iterable[str],
    kept: dict[Any, AnswerCodes],
) -> dict[int, AnswerCodes]:
    """The codes of every test below the roots, by its level; equal ones are `kept`."""
    found: dict[int, AnswerCodes] = {}
    forest = automaton.forest
    for level, named in forest.keys_by_level(roots).items():
        variable = forest.variables[level]
        key = variable, tuple((type(one), one) for one in sorted(named, key=repr))
        if key not in kept:
            kept[key] = _codes(automaton, level, named, modules)
        found[level] = kept[key]
    return found


def _codes(
    automaton: Automaton, level: int, keys: Iterable[Any], modules: Iterable[str]
) -> AnswerCodes:
    match automaton.forest.variables[level]:
        case EnumVar(fact):
            return _Module(fact) if fact in modules else _Words(fact, keys)
        case IntervalVar(fact):
            return _Places(fact, keys)
        case NullVar(fact):
            return _IsNull(fact)
        case PredicateVar(Doubt() as doubt):
            return _InDoubt(doubt)
        case PredicateVar(atom):
            test = automaton.tests[level]
            return _Truth(atom) if test.ranges is None else _RangedTruth(test)
        case variable:
            raise TypeError(variable)
