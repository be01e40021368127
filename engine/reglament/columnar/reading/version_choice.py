"""Which version judges each row: by the policy's fact, by the caller, or by one clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from reglament.columnar.vectors.vector_values import TOLD, Array, Coding, Vector
from reglament.language.loading.in_force import InForce
from reglament.model.moments import micros
from reglament.model.regulation import Version
from reglament.model.values import Kind

NONE = -1  # no version judges it, or the engine has to say which


class VersionChoice:
    """The versions of a policy, and when each is in force."""

    def __init__(self, versions: tuple[Version, ...], at: datetime | None, clock: datetime) -> None:
        self.versions, self.at, self.clock = versions, at, clock
        self._in_force = InForce(versions)

    def parts(
        self, chosen: Vector | None, odd: Array | None, count: int
    ) -> Iterator[tuple[Version | None, Array]]:
        """Each version with the rows that it judges; None with those that the engine must judge."""
        usual = self._place(self.at or self.clock)
        if self.at is not None or chosen is None:
            places = np.full(count, usual)
        else:
            told = chosen.state == TOLD
            told = told if odd is None else told & ~odd  # what is odd has no number
            places = np.full(count, usual)
            places[told] = self._places(chosen.data[told], chosen.coding)
            places = places if odd is None else np.where(odd, NONE, places)
        if count and (places == places[0]).all():
            place = int(places[0])
            yield (None if place == NONE else self.versions[place]), np.arange(count)
            return
        for place in range(NONE, len(self.versions)):
            rows = np.flatnonzero(places == place)
            if len(rows):
                yield (None if place == NONE else self.versions[place]), rows

    def _place(self, moment: datetime) -> int:
        place = self._in_force.place(moment)
        return NONE if place is None else place

    def _places(self, chosen: Array, coding: Coding) -> Array:
        """The place of the version in force at each moment, or on each day."""
        if coding.kind is Kind.DATETIME:
            starts = np.array([*map(micros, self._in_force.starts)], np.int64)
            found = _last_not_after(starts, chosen)
            ends = np.array([*map(micros, self._in_force.ends), 0], np.int64)  # the last is of none
            first = found[:1]
            if len(found) and (found == first).all() and chosen.max() < ends[first[0]]:
                return found
            return np.where(chosen >= ends[found], NONE, found)
        days, of = np.unique(chosen, return_inverse=True)
        return np.array([self._place_of(int(day), coding) for day in days], np.int64)[of]

    def _place_of(self, day: int, coding: Coding) -> int:
        value = coding.value(day)
        if not isinstance(value, date):
            return NONE
        return self._place(self._in_force.start(value))


def _last_not_after(starts: Array, moments: Array) -> Array:
    """The place of the last start that is not after each moment: mostly one of all of them."""
    edges = [moments.min(), moments.max()] if len(moments) else []
    places = np.unique(np.searchsorted(starts, edges, "right") - 1)
    if len(places) == 1:
        return np.full(len(moments), places[0])
    return np.searchsorted(starts, moments, "right") - 1
