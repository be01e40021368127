"""Working hours for many moments at once, as arrays of the spans in which they are open."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from reglament.columnar.vectors import EPOCH, MICROSECOND, Array

HOUR = 3_600_000_000  # microseconds


class WorkingSpans:
    """The open spans of working hours: when each opens and closes, and the work before it."""

    def __init__(self, hours: Any) -> None:
        spans = [(_micros(opens), _micros(closes)) for opens, closes in hours.open_spans()]
        self.opens = np.array([opens for opens, _ in spans], np.int64)
        self.closes = np.array([closes for _, closes in spans], np.int64)
        self.after = np.cumsum(self.closes - self.opens)
        self.before = self.after - (self.closes - self.opens)
        self.first, self.past = map(_micros, hours.covered)

    def covers(self, moments: Array) -> Array:
        """Where the calendar says anything of the moment."""
        return (moments >= self.first) & (moments < self.past)

    def is_open(self, moments: Array) -> Array:
        """Whether each moment is in a span."""
        span = np.searchsorted(self.opens, moments, "right") - 1
        return (span >= 0) & (moments < self.closes[span])

    def due(self, moments: Array, work: Array, is_closing: bool) -> tuple[Array, Array]:
        """When so much work has been done since each moment; and where no one knows.

        Work that ends with a span is done at its closing, or else at the next opening.
        """
        done = self._done(moments) + work
        side = "left" if is_closing else "right"
        span = np.searchsorted(self.after, done, side)  # type: ignore[call-overload]
        if is_closing and not work.all():  # no work at all is due at once
            none = work == 0
            span[none] = np.searchsorted(self.after, done[none], "right")
        unknown = (span >= len(self.opens)) | ~self.covers(moments) | (work < 0)
        span[unknown] = 0
        return self.opens[span] + (done - self.before[span]), unknown

    def _done(self, moments: Array) -> Array:
        """The work done before each moment."""
        span = np.searchsorted(self.opens, moments, "right") - 1
        worked = np.minimum(moments, self.closes[span]) - self.opens[span]
        return np.where(span < 0, 0, self.before[span] + worked)


def _micros(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


_KEPT: WeakKeyDictionary[Any, WorkingSpans] = WeakKeyDictionary()


def spans_of(hours: Any) -> WorkingSpans | None:
    """The spans of the hours, made once; None where nothing is ever open."""
    found = _KEPT.get(hours)
    if found is None:
        found = _KEPT[hours] = WorkingSpans(hours)
    return found if len(found.opens) else None
