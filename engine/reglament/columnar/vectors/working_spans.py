"""Working hours for many moments at once, as arrays of the spans in which they are open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from reglament.columnar.vectors.vector_values import Array, taken
from reglament.memo import once_for_each
from reglament.model.moments import micros

HOUR = 3_600_000_000  # microseconds
MOST_CELLS = 1 << 18


class Sorted:
    """Numbers in their order, found many at a time: a grid says near which, a few steps which.

    Of numbers that lie about evenly, as spans of working time do, that is ten times as quick as
    to search for each among all.
    """

    def __init__(self, numbers: Array) -> None:
        self.numbers = numbers
        self.first = int(numbers[0]) if len(numbers) else 0
        width = int(numbers[-1]) - self.first if len(numbers) else 0
        narrowest = int(np.diff(np.unique(numbers)).min(initial=max(width, 1)))
        self.shift = max((narrowest // 2).bit_length() - 1, (width // MOST_CELLS).bit_length(), 0)
        edges = np.arange((width >> self.shift) + 2) << self.shift
        self._below = np.searchsorted(numbers, edges + self.first, "left").astype(np.int32)
        most = int(np.diff(self._below).max(initial=0))
        self._steps = max(most, 1)
        past = np.full(self._steps, np.iinfo(np.int64).max)
        self._padded = np.concatenate([numbers, past])

    def not_above(self, values: Array) -> Array:
        """How many of the numbers are no greater than each value."""
        return self._found(values, np.less_equal)

    def below(self, values: Array) -> Array:
        """How many of the numbers are less than each value."""
        return self._found(values, np.less)

    def _found(self, values: Array, compare: Callable[[Array, Array], Array]) -> Array:
        cells = values - self.first
        cells >>= self.shift
        np.clip(cells, 0, len(self._below) - 1, out=cells)
        found = self._below.take(cells)
        for _ in range(self._steps):
            found += compare(taken(self._padded, found), values)
        return found


class WorkingSpans:
    """The open spans of working hours: when each opens and closes, and the work before it."""

    def __init__(self, hours: Any) -> None:
        spans = [(micros(opens), micros(closes)) for opens, closes in hours.open_spans()]
        self.opens = np.array([opens for opens, _ in spans], np.int64)
        self.closes = np.array([closes for _, closes in spans], np.int64)
        self.after = np.cumsum(self.closes - self.opens)
        self.before = self.after - (self.closes - self.opens)
        self.first, self.past = map(micros, hours.covered)
        self._opening, self._ending = Sorted(self.opens), Sorted(self.after)

    def covers(self, moments: Array) -> Array:
        """Where the calendar says anything of the moment."""
        return (moments >= self.first) & (moments < self.past)

    def is_open(self, moments: Array) -> Array:
        """Whether each moment is in a span."""
        span = self._opening.not_above(moments)
        return moments < taken(np.append(np.iinfo(np.int64).min, self.closes), span)

    def due(self, moments: Array, work: Array, is_closing: bool) -> tuple[Array, Array]:
        """When so much work has been done since each moment; and where no one knows.

        Work that ends with a span is done at its closing, or else at the next opening.
        """
        done = self._done(moments) + work
        span = self._ending.below(done) if is_closing else self._ending.not_above(done)
        if is_closing and not work.all():  # no work at all is due at once
            none = work == 0
            span[none] = self._ending.not_above(done[none])
        unknown = (span >= len(self.opens)) | ~self.covers(moments) | (work < 0)
        span[unknown] = 0
        done += taken(self.opens - self.before, span)
        return done, unknown

    def _done(self, moments: Array) -> Array:
        """The work done before each moment."""
        span = self._opening.not_above(moments)  # 0 before all of them
        done: Array = np.minimum(moments, taken(np.append(0, self.closes), span))
        done += taken(np.append(0, self.before - self.opens), span)
        done *= span > 0
        return done


@once_for_each
def spans_of(hours: Any) -> WorkingSpans | None:
    """The spans of the hours, made once; None where nothing is ever open."""
    working_spans = WorkingSpans(hours)
    return working_spans if len(working_spans.opens) else None
