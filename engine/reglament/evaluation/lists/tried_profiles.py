"""What an item can add to totals where each value of each field that it lacks is tried.

What stands at a leaf may hang on a field that decides which leaf it is, too, and two totals may
read the same field. Of fields with few values every combination is tried, so each adds something
that is known:

    sum of price times amount, told {price: 5}      amount 1 to 3: adds 5, 10 or 15, and no other
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from reglament.evaluation.lists.item_profiles import (
    AnyValue,
    Between,
    Profile,
    ProfileDiagram,
    Profiles,
)
from reglament.evaluation.lists.tried_cells import values_of
from reglament.model.regulation import Fact
from reglament.model.values import Value

MOST_TRIED = 64


class TriedProfiles:
    """The profiles of an item by the values of the fields, of those `names`, that it lacks."""

    is_exact = True

    def __init__(self, names: tuple[str, ...], found: Mapping[tuple[Value, ...], Profiles]) -> None:
        self.names = names
        self._found = found

    @classmethod
    def of(
        cls,
        diagram: ProfileDiagram,
        usual: Profiles | None,
        fields: Mapping[str, Fact],
        told: Mapping[str, Value],
    ) -> TriedProfiles | None:
        """Those of an item of which this is told; None where the `usual` ones do, or too many."""
        if usual is None or not _are_loose(diagram, usual):
            return None
        names = tuple(name for name in fields if name in diagram.facts and name not in told)
        several = [values_of(fields[name]) for name in names]
        if not 1 < prod(map(len, several)) <= MOST_TRIED:
            return None
        found: dict[tuple[Value, ...], Profiles] = {}
        for values in product(*several):
            one = diagram.of({**told, **dict(zip(names, values, strict=True))})
            if one is None:
                return None
            found[values] = one
        return cls(names, found)

    @property
    def each(self) -> frozenset[Profile]:
        """The profiles."""
        return frozenset[Profile]().union(*(one.each for one in self._found.values()))

    def unknown_of(self, number: int) -> frozenset[str]:
        """The facts that are missing to what the item adds to the total of that number."""
        several = (one.unknown_of(number) for one in self._found.values())
        return frozenset[str]().union(*several)

    def needs(self, classes: Mapping[Profile, int]) -> tuple[str, ...]:
        """The missing facts by which the class of the profile is told."""
        below = (name for one in self._found.values() for name in one.needs(classes))
        return tuple(dict.fromkeys((*self._telling(classes), *below)))

    def _telling(self, classes: Mapping[Profile, int]) -> Iterator[str]:
        """The fields of which another value alone makes another class."""
        signs = {
            values: frozenset(classes[profile] for profile in one.each)
            for values, one in self._found.items()
        }
        for place, name in enumerate(self.names):
            beside: dict[tuple[Value, ...], set[frozenset[int]]] = {}
            for values, sign in signs.items():
                beside.setdefault((*values[:place], *values[place + 1 :]), set()).add(sign)
            if any(len(some) > 1 for some in beside.values()):
                yield name


def _are_loose(diagram: ProfileDiagram, usual: Profiles) -> bool:
    """Whether what the item adds is not known to come about together."""
    for profile in usual.each:
        between = sum(isinstance(one, Between | AnyValue) for one in profile)
        if () in profile or between > 1 or (between and not diagram.is_tight):
            return True
    return False
