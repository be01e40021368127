"""How rows answer all that one decision asks, as one number, which is the same in every batch.

What is asked has axes: the words of a fact, the class of an earlier decision, a test by itself.
Each axis gives every row a code (dictionary encoding), as few bits as there are answers. Codes
are put side by side into a packed key, and keys are numbered in the order in which they are met: by
a table with a place for each possible key (direct addressing), or, where that would be too large,
by a hash table that looks up all rows at once.

    channel  tier  in time     packed key      number
    01       10    1       ->  01|10|1 = 13 ->  0
    00       10    1       ->  00|10|1 =  5 ->  1
    01       10    1       ->  01|10|1 = 13 ->  0
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from reglament.columnar.keys.class_records import ClassRecord, Numbered
from reglament.columnar.vectors.key_numbers import MOST_ROOM, UNMET, Met
from reglament.columnar.vectors.vector_terms import MOST_WORDS, VectorTerms, says
from reglament.columnar.vectors.vector_values import MISSING, Array, Part, taken
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import Test
from reglament.model.outcomes import Status

MOST_BITS = 62  # of answers packed before they are numbered anew
NUMBER_BITS = 31  # of such a number
MOST_MET = 1 << 19  # numbers that are kept, for memory; shipped policies meet 130,000
Made = TypeVar("Made")


class Classed(Protocol):
    """An earlier decision about the rows of a batch.

    `keys` are those of rows that lack facts (0 for none), by their places; `left` has by place the
    number of the class, and of what is left open. If it `is_by_keys`, each row has one.
    """

    classes: Array
    settled: Array
    keys: Array | None
    is_by_keys: bool

    @property
    def unsettled(self) -> Array | None: ...

    @property
    def sound(self) -> Array | None: ...

    @property
    def left(self) -> Sequence[tuple[int, int]]: ...

    def residuals(self, rows: Array) -> Array: ...

    def ties(self, rows: Array) -> Array: ...


Earlier = Mapping[str, Classed]


class Axis(ABC):
    """One thing that is asked, and the numbers of its answers: dictionary encoding."""

    @property
    @abstractmethod
    def size(self) -> int:
        """One more than the greatest number so far."""

    @abstractmethod
    def codes(self, terms: VectorTerms, earlier: Earlier) -> Array:
        """The number of what each row answers."""

    def known(self, terms: VectorTerms, earlier: Earlier) -> Array | None:
        """Where the answer is known; None where it is in every row in which the facts are."""
        return None

    def computed(self, terms: VectorTerms) -> Array | None:
        """Where the code says it all; None if everywhere."""
        return None


class TestAxis(Axis):
    """Whether a test holds."""

    size = 2

    def __init__(self, test: Test) -> None:
        self.test = test

    def codes(self, terms: VectorTerms, earlier: Earlier) -> Array:
        return terms.test(self.test)[0].view(np.uint8)

    def known(self, terms: VectorTerms, earlier: Earlier) -> Array | None:
        known = terms.test(self.test)[1]
        return None if known is terms.everywhere else known


class OpenTestAxis(TestAxis):
    """Whether a test holds, or is not known to."""

    size = 3

    def codes(self, terms: VectorTerms, earlier: Earlier) -> Array:
        holds, known = terms.test(self.test)
        return (holds & known).view(np.uint8) + 2 * (~known).view(np.uint8)


class WordsAxis(Axis):
    """Which of some tests of one fact hold, told by its words; or that it is missing."""

    def __init__(self, fact: str, tests: Sequence[Test], hours: Mapping[str, WorkingHours]) -> None:
        self.fact, self.tests = fact, tests
        self._says = [says(test, hours) for test in tests]
        self._numbers: dict[tuple[bool, ...], int] = {}

    @property
    def size(self) -> int:
        return max(len(self._numbers), 1)

    def codes(self, terms: VectorTerms, earlier: Earlier) -> Array:
        vector = terms.known[self.fact]
        words = self._words(terms)
        if words is None:
            return self._by_rows(terms)
        every = [self._answers(word) for word in words]
        if not vector.is_told_everywhere:
            every += [self._answers(None), ()]  # for null, and for missing
        numbers = self._numbered(every)
        is_in_order = (numbers == np.arange(len(numbers))).all()
        return vector.listed if is_in_order else taken(numbers, vector.listed)

    def known(self, terms: VectorTerms, earlier: Earlier) -> Array | None:
        if self._words(terms) is not None:
            return None
        every = [terms.test(test)[1] for test in self.tests]
        found: Array = np.logical_and.reduce(every)
        return found

    def computed(self, terms: VectorTerms) -> Array | None:
        known = self.known(terms, {})
        return None if known is None else known | (terms.known[self.fact].state == MISSING)

    def _words(self, terms: VectorTerms) -> Sequence[Any] | None:
        words = terms.known[self.fact].coding.listed
        return None if words is None or len(words) > MOST_WORDS else words

    def _by_rows(self, terms: VectorTerms) -> Array:
        is_missing = terms.known[self.fact].state == MISSING
        holds = np.array([*(terms.test(test)[0] for test in self.tests), is_missing])
        answers, of = np.unique(holds, axis=1, return_inverse=True)
        every = (() if missing else tuple(said) for *said, missing in answers.T.tolist())
        return self._numbered(every).take(of.ravel())

    def _answers(self, word: Any) -> tuple[bool, ...]:
        return tuple([said(word) for said in self._says])

    def _numbered(self, every: Iterable[tuple[bool, ...]]) -> Array:
        numbers = [self._numbers.setdefault(one, len(self._numbers)) for one in every]
        return np.array(numbers or [0], _smallest(self.size))


class DecisionAxis(Axis):
    """What an earlier decision says: of each of its classes a number, once it is met."""

    def __init__(self, name: str, version: str, numbered: Numbered) -> None:
        self.name, self.version, self.numbered = name, version, numbered
        self._numbers: dict[object, int] = {}
        self._of_class: list[int] = []

    @property
    def size(self) -> int:
        return max(len(self._numbers), 1)

    def _by_class(self, classes: Array) -> Array:
        """The numbers of rows by their classes; 0 for those of none, and of other decisions."""
        records = self.numbered.records
        for number in range(len(self._of_class), len(records)):
            record = records[number]
            is_own = (record.decision, record.version) == (self.name, self.version)
            self._of_class.append(self._number(number, record) if is_own else 0)
        of_class = np.array([0, *self._of_class], _smallest(self.size))
        return taken(of_class, classes + 1)  # the first for those of none

    def _number_of(self, said: object) -> int:
        return self._numbers.setdefault(said, len(self._numbers))

    @abstractmethod
    def _number(self, number: int, record: ClassRecord) -> int:
        """The number of a class of the decision."""


class ClassAxis(DecisionAxis):
    """Of which class an earlier decision is; or, with tests of its outcome, which of them hold."""

    def __init__(
        self,
        name: str,
        version: str,
        numbered: Numbered,
        tests: Sequence[Test] = (),
        hours: Mapping[str, WorkingHours] | None = None,
    ) -> None:
        super().__init__(name, version, numbered)
        self._says = [says(test, hours or {}) for test in tests]

    def codes(self, terms: VectorTerms, earlier: Earlier) -> Array:
        return self._by_class(earlier[self.name].classes)

    def known(self, terms: VectorTerms, earlier: Earlier) -> Array | None:
        return earlier[self.name].settled if self._says else None

    def _number(self, number: int, record: ClassRecord) -> int:
        if not self._says:
            return self._number_of(number)
        if record.status is not Status.DETERMINED:
            return 0
        return self._number_of(tuple([says(record.outcome) for says in self._says]))


class LeftAxis(DecisionAxis):
    """The class of an earlier decision, and what missing facts leave open of it and its rules."""

    def __init__(self, name: str, version: str, numbered: Numbered) -> None:
        super().__init__(name, version, numbered)
        self._number_of((UNMET, UNMET))
        self._of_key: list[int] = []

    def codes(self, terms: VectorTerms, earlier: Earlier) -> Array:
        columns = earlier[self.name]
        self._of_key += map(self._number_of, columns.left[len(self._of_key) :])
        if columns.keys is not None and columns.is_by_keys:
            return taken(np.array(self._of_key, _smallest(self.size)), columns.keys)
        found = self._by_class(columns.classes)
        if columns.keys is None:
            return found
        found, lacking = found.copy(), np.flatnonzero(columns.keys)
        found[lacking] = np.array(self._of_key)[columns.keys.take(lacking)]
        return found

    def _number(self, number: int, record: ClassRecord) -> int:
        return self._number_of((number, UNMET))


class StateAxis(Axis):
    """Whether a fact is told, null or missing."""

    size = 4

    def __init__(self, fact: str) -> None:
        self.fact = fact

    def codes(self, terms: VectorTerms, earlier: Earlier) -> Array:
        return terms.known[self.fact].state


class RowAnswers:
    """The answers of rows, and by their number in `place_of` what was learnt of all that answer so.

    That is the place of something in a list, `UNMET` where nothing was learnt yet. A table of
    numbers has no more than `room` places.
    """

    def __init__(self, axes: Sequence[Axis], room: int = MOST_ROOM) -> None:
        self.axes, self._room = axes, room
        self._bits: list[int] = []
        self._begin()

    def _begin(self) -> None:
        """Forget which combinations were met."""
        self._met: list[Met] = []  # the last of all answers, others of the first that are packed
        self.place_of = np.full(0, UNMET, np.int32)

    def parts(self, codes: Mapping[Axis, Array]) -> list[Part]:
        """What each row answers, axis by axis; `codes` makes those of an axis once a batch."""
        found = [codes[axis] for axis in self.axes]
        return [(one, axis.size) for one, axis in zip(found, self.axes, strict=True)]

    def numbers(self, parts: Sequence[Part], count: int) -> Array:
        """The number of what each row answers."""
        bits = [(size - 1).bit_length() for _, size in parts]
        bits = [*map(max, bits, self._bits)] if self._bits else bits  # a batch may have less
        if bits != self._bits or any(met.count > MOST_MET for met in self._met):
            self._bits = bits
            self._begin()
        key, width, packed = np.zeros(count, np.uint8), 0, 0
        for (codes, _), more in zip(parts, bits, strict=True):
            if width + more > MOST_BITS:
                key, width, packed = self._numbered(packed, key, width), NUMBER_BITS, packed + 1
            width += more
            type_ = _smallest(1 << width)
            key = key.astype(type_, copy=False)
            key <<= more
            key |= codes.astype(type_, copy=False)
        found = self._numbered(packed, key, width)
        unmet = np.full(self._met[packed].count - len(self.place_of), UNMET, np.int32)
        self.place_of = np.concatenate([self.place_of, unmet])
        return found

    def _numbered(self, packed: int, key: Array, width: int) -> Array:
        if packed == len(self._met):
            self._met.append(Met(self._room))
        return self._met[packed].numbers(key, 1 << width)


class AnsweredKeys(RowAnswers, Generic[Made]):
    """What was made of the answers of rows, once for all that answer so.

    `made` has it, of each once; the same may be made of several combinations of answers.
    """

    def __init__(self, axes: Sequence[Axis], room: int = MOST_ROOM) -> None:
        super().__init__(axes, room)
        self.made: list[Made] = []
        self._places: dict[object, int] = {}

    def learn(self, number: int, kind: object, make: Callable[[], Made]) -> None:
        """Make what is made of that number: one for all of one kind."""
        place = self._places.get(kind)
        if place is None:
            place = self._places[kind] = len(self.made)
            self.made.append(make())
        self.place_of[number] = place


def _smallest(size: int) -> Any:
    """The type of the smallest numbers that count so far."""
    return np.uint8 if size <= 1 << 8 else np.uint16 if size <= 1 << 16 else np.int64
