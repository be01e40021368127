"""Many rows through several diagrams at once, from the tests they answer to what is left open.

A row walks as a request does (`partial.remaining`), but rows walk together: a state is what is
left of each diagram, and a table leads from a state and the number of an answer to the next one.
The engine's own automaton is asked only for steps that no row took before.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reglament.columnar.answer_codes import AnswerCodes
from reglament.columnar.vectors import Array
from reglament.diagram.kernel.forest import TERMINAL_LEVEL, TooLarge
from reglament.partial.automaton import NOTHING, State

UNMET = -1
TOO_LARGE = 0  # the number of what is left where that is too much
START = 1
MOST_STATES = 50_000  # of one decision, for memory; shipped policies meet some hundreds


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
        self._tables = {
            level: np.full((64, test.size), UNMET, np.int32) for level, test in self.tests.items()
        }
        for table in self._tables.values():
            table[TOO_LARGE] = TOO_LARGE
        self._number(self.starts)

    @property
    def is_full(self) -> bool:
        """Whether more is known than is worth the memory: then it is time to begin again."""
        return len(self.left) > MOST_STATES

    def ends(self, codes: Callable[[AnswerCodes], Array], count: int) -> Array:
        """The number of what is left of each row; `left` has it by number."""
        at = np.full(count, START, np.int32)
        for level, test in self.tests.items():
            if level in self._asked:
                at = self._step(level, at, codes(test))
        return at

    def _step(self, level: int, at: Array, answers: Array) -> Array:
        table, size = self._table(level)
        step = at * size + answers
        found = table.ravel().take(step)
        if not len(found) or found.min() != UNMET:
            return found
        for one in np.unique(step[found == UNMET]).tolist():
            number, code = divmod(one, size)
            following = self._following(level, number, code)
            self._tables[level][number, code] = following
        return self._tables[level].ravel().take(step)

    def _table(self, level: int) -> tuple[Array, int]:
        """The table of a level, as wide as there are answers by now."""
        table, size = self._tables[level], self.tests[level].size
        if table.shape[1] < size:
            wide = np.full((len(table), 2 * size), UNMET, np.int32)
            past = [n for n, at in enumerate(self._levels) if at > level]
            wide[past] = np.array(past, np.int32)[:, None]
            wide[TOO_LARGE] = TOO_LARGE
            wide[:, : table.shape[1]] = table
            table = self._tables[level] = wide
        return table, table.shape[1]

    def _following(self, level: int, number: int, code: int) -> int:
        test = self.tests[level]
        try:
            return self._number(
                tuple(
                    [
                        state.step(test.answer(code, state)) if state.level == level else state
                        for state in self.left[number]
                    ]
                )
            )
        except TooLarge:
            return TOO_LARGE

    def _number(self, states: tuple[State, ...]) -> int:
        found = self._numbers.get(states)
        if found is None:
            found = self._numbers[states] = len(self.left)
            levels = [one.level for one in states if one.asks is not NOTHING]
            lowest = min(levels, default=TERMINAL_LEVEL)
            self.left.append(states)
            self._levels.append(lowest)
            self._asked.add(lowest)
            self._make_room(found)
            for level, table in self._tables.items():
                if level < lowest:  # nothing is asked there
                    table[found] = found
        return found

    def _make_room(self, number: int) -> None:
        for level, table in self._tables.items():
            if number >= len(table):
                more = np.full_like(table, UNMET)
                self._tables[level] = np.concatenate([table, more])
