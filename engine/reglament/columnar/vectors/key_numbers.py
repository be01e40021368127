"""Packed keys of many rows, numbered in the order in which they are met.

By a table with a place for each possible key (direct addressing); or, where that would be too
large, by a hash table in which all keys of a batch are looked up at once.
"""

from __future__ import annotations

import numpy as np

from reglament.columnar.vectors.vector_values import Array, taken

UNMET = -1
MOST_ROOM = 1 << 20  # places of a table; what needs more is hashed
SPARSE = 4  # places of a hash table for each key, or more
FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, with bits as good as drawn by lot (Knuth 6.4)


class Met:
    """Packed keys numbered in the order in which they are met, from 0 without gaps.

    A table has no more than `room` places.
    """

    def __init__(self, room: int = MOST_ROOM) -> None:
        self.count, self._room = 0, room
        self._table: Array | None = np.full(0, UNMET, np.int32)
        self._hashed = _Hashed()  # in the place of too large a table

    def numbers(self, of: Array, size: int) -> Array:
        """The numbers of the keys of rows, which are below `size`."""
        table = self._roomy(size)
        if table is None:
            found = self._hashed.numbers(of.astype(np.int64, copy=False))
            self.count = self._hashed.count
            return found
        found = taken(table, of)
        if len(found) and found.min() == UNMET:
            new = np.unique(of[found == UNMET])
            table[new] = np.arange(self.count, self.count + len(new))
            self.count += len(new)
            found = taken(table, of)
        return found

    def _roomy(self, size: int) -> Array | None:
        """The table, with as many places; None where that is too many."""
        table = self._table
        if table is not None and size > self._room:
            met = np.flatnonzero(table != UNMET)
            self._hashed.add(met[np.argsort(table[met])])
            self._table = None
        elif table is not None and size > len(table):
            more = np.full(max(size, 2 * len(table)) - len(table), UNMET, np.int32)
            self._table = np.concatenate([table, more])
        return self._table


class _Hashed:
    """The same by open addressing: a key stands at its hash, or at the next place that is free."""

    def __init__(self) -> None:
        self.count = 0
        self._begin(1 << 10)

    def _begin(self, places: int) -> None:
        self._keys = np.full(places, UNMET, np.int64)
        self._numbers = np.full(places, UNMET, np.int32)
        self._shift = np.uint64(64 - (places.bit_length() - 1))

    def numbers(self, of: Array) -> Array:
        """The numbers of keys, new ones after all others."""
        found = self._numbers.take(self._places(of))
        if len(found) and found.min() == UNMET:
            self.add(np.unique(of[found == UNMET]))
            found = self._numbers.take(self._places(of))
        return found

    def add(self, new: Array) -> None:
        """Number keys that are not there, each named once."""
        total = self.count + len(new)
        numbers = np.arange(self.count, total, dtype=np.int32)
        if total * SPARSE > len(self._keys):
            there = self._numbers != UNMET
            new = np.concatenate([self._keys[there], new])
            numbers = np.concatenate([self._numbers[there], numbers])
            self._begin(1 << (total * SPARSE).bit_length())
        self.count = total
        while len(new):
            at = self._places(new)
            self._keys[at] = new  # of several at one free place the last has it
            is_there = self._keys[at] == new
            self._numbers[at[is_there]] = numbers[is_there]
            new, numbers = new[~is_there], numbers[~is_there]

    def _places(self, of: Array) -> Array:
        """Where each key stands, or would."""
        at = (of.view(np.uint64) * FACTOR >> self._shift).view(np.int64)
        held = self._keys.take(at)
        rest = np.flatnonzero((held != of) & (held != UNMET))
        while len(rest):
            at[rest] = following = (at[rest] + 1) % len(self._keys)
            held = self._keys.take(following)
            rest = rest[(held != of[rest]) & (held != UNMET)]
        return at
