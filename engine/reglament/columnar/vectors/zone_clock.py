"""The clock of a zone for many moments at once: offsets from UTC, and times shown twice or never.

The moves of a clock are found from the zone itself, year by year, as years are met.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from reglament.columnar.vectors.vector_values import Array
from reglament.memo import Memo
from reglament.model.moments import MICROSECOND, micros, moment_at

DAY = 86_400_000_000  # microseconds
Moves = list[tuple[int, int]]  # when, in microseconds of UTC, and the offset from then on


class ZoneClock:
    """The clock of one zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._years: Memo[int, Moves] = Memo(self._of_year)

    def offsets(self, moments: Array) -> Array:
        """The offset from UTC, in microseconds, at each moment in microseconds of UTC."""
        if not len(moments):
            return moments
        at, offsets = self.moves(moments)
        if len(at) == 1:
            return np.broadcast_to(offsets[1], moments.shape)
        return offsets[np.searchsorted(at, moments, "right")]

    def days(self, moments: Array) -> Array:
        """The day that the clock shows at each moment."""
        return (moments + self.offsets(moments)) // DAY

    def from_local(self, local: Array) -> tuple[Array, Array]:
        """The moments of what the clock shows; and where it shows that twice, or never."""
        if not len(local):
            return local, np.zeros(0, bool)
        at, offsets = self.moves(local)
        before, after = at + offsets[:-1], at + offsets[1:]
        past = np.searchsorted(np.maximum(before, after), local, "right")
        moved = np.append(np.minimum(before, after), np.iinfo(np.int64).max)
        return local - offsets[past], local >= moved[past]

    def moves(self, moments: Array) -> tuple[Array, Array]:
        """When the clock is moved in the years of the moments, and its offsets around that."""
        first, last = (_year(int(edge)) for edge in (moments.min(), moments.max()))
        moves = [move for year in range(first - 1, last + 2) for move in self._years[year]]
        # The first of a year is no move, and tells the offset that holds.
        kept = [move for at, move in enumerate(moves) if not at or move[1] != moves[at - 1][1]]
        at = np.array([moment for moment, _ in kept], np.int64)
        offsets = np.array([kept[0][1], *(offset for _, offset in kept)], np.int64)
        return at, offsets

    def _of_year(self, year: int) -> Moves:
        start = micros(datetime(year, 1, 1, tzinfo=UTC))
        past = micros(datetime(year + 1, 1, 1, tzinfo=UTC))
        moves: Moves = [(start, self._offset(start))]
        for at in range(start, past, DAY):
            moves += self._moved(at, min(at + DAY, past))
        return moves

    def _moved(self, first: int, past: int) -> Moves:
        """The move between two moments that are a day apart, if there is one."""
        before, after = self._offset(first), self._offset(past)
        if before == after:
            return []
        while past - first > 1:
            middle = (first + past) // 2
            first, past = (middle, past) if self._offset(middle) == before else (first, middle)
        return [(past, after)]

    def _offset(self, moment: int) -> int:
        local = moment_at(moment).astimezone(self.zone)
        return (local.utcoffset() or timedelta(0)) // MICROSECOND


def _year(moment: int) -> int:
    return moment_at(moment).year


@cache
def clock_of(zone: ZoneInfo) -> ZoneClock:
    """The clock of the zone, which keeps what it found."""
    return ZoneClock(zone)
