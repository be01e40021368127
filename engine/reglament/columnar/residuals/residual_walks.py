"""Many rows through several diagrams at once, from the tests they answer to what is left open.

A row walks as a request does (`partial.remaining`), but rows walk together: a state is what is
left of each diagram, and a table leads from a state and the answers to the next few tests, packed
into one number, to the next state. The engine's own automaton is asked only for steps that no row
took before.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import cast

import numpy as np

from reglament.columnar.residuals.answer_codes import AnswerCodes
from reglament.columnar.vectors.vector_values import Array
from reglament.diagram.kernel.forest import TERMINAL_LEVEL, TooLarge
from reglament.partial.automaton import NOTHING, FinalState, State

UNMET = -1
TOO_LARGE = 0  # the number of what is left where that is too much
START = 1
MOST_STATES = 8_000  # of one decision, for memory; shipped policies meet some hundreds
MOST_ANSWERS = 1 << 7  # to the tests of one step: a place for each, for each state
ROOM = 8  # answers more than were met for which there is room

Tests = tuple[AnswerCodes, ...]
Packed = Callable[[Tests, tuple[int, ...]], Array]  # the answers of rows, and room for each


class _Step:
    """Some tests that are answered together, and where the answers lead from each state."""

    def __init__(self, tests: dict[int, AnswerCodes]) -> None:
        self.levels, self.tests = tuple(tests), tuple(tests.values())
        self.rooms = tuple(map(_room, self.tests))
        self.table = np.full((64, prod(self.rooms)), UNMET, np.int32)

    @property
    def has_room(self) -> bool:
        """Whether there is a place for every answer met so far."""
        return all(one.size <= room for one, room in zip(self.tests, self.rooms, strict=True))

    def codes(self, packed: int) -> list[int]:
        """The answer to each test."""
        found = []
        for room in reversed(self.rooms):
            packed, code = divmod(packed, room)
            found.append(code)
        return found[::-1]


def _room(test: AnswerCodes) -> int:
    return test.size + (ROOM if test.grows else 0)


class ResidualWalks:
    """Walks from some states of the diagrams of one forest; `tests` are those below, by level."""

    def __init__(self, starts: tuple[State, ...], tests: dict[int, AnswerCodes]) -> None:
        self.starts = starts
        self.tests = dict(sorted(tests.items()))
        self.begin()

    def begin(self) -> None:
        """Begin with no step taken."""
        self.left: list[tuple[State, ...]] = [()]
        self._levels = [TERMINAL_LEVEL]
        self._asked: set[int] = set()  # the levels at which anything is asked
        self._numbers: dict[tuple[State, ...], int] = {}
        self._steps: list[_Step] = []
        self._number(self.starts)

    @property
    def is_full(self) -> bool:
        """Whether more is known than is worth the memory: then it is time to begin again."""
        return len(self.left) > MOST_STATES

    def ends(self, packed: Packed, count: int) -> Array:
        """The number of what is left of each row; `finals` have it by number."""
        if not self._steps or not all(step.has_room for step in self._steps):
            self._plan()
        at = np.full(count, START, np.int32)
        for step in self._steps:
            if not self._asked.isdisjoint(step.levels):
                at = self._taken(step, at, packed(step.tests, step.rooms))
        return at

    def finals(self, end: int) -> tuple[FinalState, ...]:
        """What is left of each diagram at the end of walks."""
        return cast(tuple[FinalState, ...], self.left[end])

    def _plan(self) -> None:
        """Put tests together into steps, with room for their answers."""
        self._steps, waiting = [], dict[int, AnswerCodes]()
        for level, test in self.tests.items():
            if waiting and prod(map(_room, (*waiting.values(), test))) > MOST_ANSWERS:
                self._steps.append(_Step(waiting))
                waiting = {}
            waiting[level] = test
        if waiting:
            self._steps.append(_Step(waiting))
        for number in range(len(self.left)):
            self._pass(number)

    def _taken(self, step: _Step, at: Array, answers: Array) -> Array:
        size = step.table.shape[1]
        places = at * size + answers
        found = step.table.ravel().take(places)
        if not len(found) or found.min() != UNMET:
            return found
        for one in np.unique(places[found == UNMET]).tolist():
            number, packed = divmod(one, size)
            following = self._following(step, number, packed)
            step.table[number, packed] = following
        return step.table.ravel().take(places)

    def _following(self, step: _Step, number: int, packed: int) -> int:
        states = self.left[number]
        try:
            for level, test, code in zip(step.levels, step.tests, step.codes(packed), strict=True):
                states = tuple(
                    [
                        state.step(test.answer(code, state)) if state.level == level else state
                        for state in states
                    ]
                )
            return self._number(states)
        except TooLarge:
            return TOO_LARGE

    def _number(self, states: tuple[State, ...]) -> int:
        found = self._numbers.get(states)
        if found is None:
            found = self._numbers[states] = len(self.left)
            levels = [state.level for state in states if state.asks is not NOTHING]
            lowest = min(levels, default=TERMINAL_LEVEL)
            self.left.append(states)
            self._levels.append(lowest)
            self._asked.update(levels)
            self._pass(found)
        return found

    def _pass(self, number: int) -> None:
        """Make room for a state, which passes the steps at which nothing is asked of it."""
        for step in self._steps:
            if number >= len(step.table):
                step.table = np.concatenate([step.table, np.full_like(step.table, UNMET)])
            if number == TOO_LARGE or step.levels[-1] < self._levels[number]:
                step.table[number] = number
