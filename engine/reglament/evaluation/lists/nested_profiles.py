"""What an item can add to totals whose own list is told in part.

What the inner list comes to is a fact of the item. So the item has every profile that it has by
some totals which the inner list can reach, together with some values of what inner items read:

    {line.discounts: {some: {discount.reason: damage}}}, told {discounts: [{amount: 5}]}
        the inner count is 0 or 1, so the line counts or not; `discounts[1].reason` is needed
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from reglament.evaluation.lists.item_profiles import Profile, ProfileDiagram, Profiles


class InnerTotals(Protocol):
    """The totals that the lists of an item reach: `AllJointTotals`."""

    each: list[Any]

    def needed(self, signs: Mapping[Any, Any], open_: frozenset[str]) -> Iterator[str]:
        """The missing facts, and what is missing of inner items, that tell the signs apart."""

    def expanded(self, names: Iterable[str]) -> Iterator[str]:
        """The names, with all that is missing to a total in the place of each."""


class NestedProfiles:
    """The profiles of an item, for all totals that its lists reach together."""

    def __init__(
        self, joint: InnerTotals, found: Mapping[Any, list[Profiles]], *, is_exact: bool
    ) -> None:
        self.joint = joint
        self.is_exact = is_exact
        self._found = found

    @classmethod
    def of(
        cls, diagram: ProfileDiagram, joint: InnerTotals, *, is_exact: bool
    ) -> NestedProfiles | None:
        """The profiles for these totals; None where they cannot be found."""
        found: dict[Any, list[Profiles]] = {}
        for totals in joint.each:
            several = [diagram.of(result.told) for result in totals.results]
            if None in several:
                return None
            found[totals.cell, totals.states] = [one for one in several if one is not None]
        return cls(joint, found, is_exact=is_exact)

    @property
    def _several(self) -> Iterator[Profiles]:
        return (one for several in self._found.values() for one in several)

    @property
    def each(self) -> frozenset[Profile]:
        """The profiles."""
        return frozenset[Profile]().union(*(one.each for one in self._several))

    def unknown_of(self, number: int) -> frozenset[str]:
        """The facts that are missing to what the item adds to the total of that number."""
        names = frozenset[str]().union(*(one.unknown_of(number) for one in self._several))
        return frozenset(self.joint.expanded(names))

    def needs(self, classes: Mapping[Profile, int]) -> tuple[str, ...]:
        """The missing facts by which the class of the profile is told."""
        names = [n for one in self._several for n in one.needs(classes)]
        signs = {
            key: tuple(frozenset(classes[profile] for profile in one.each) for one in several)
            for key, several in self._found.items()
        }
        below = self.joint.needed(signs, frozenset())
        return tuple(dict.fromkeys((*self.joint.expanded(names), *below)))
