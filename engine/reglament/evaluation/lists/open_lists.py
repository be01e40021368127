"""From one list that a request tells in part to what its items can add to some totals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import product
from math import prod
from typing import Any, Protocol, TypeAlias

from reglament.evaluation.lists.decider import Decider
from reglament.evaluation.lists.item_profiles import Profile, ProfileDiagram, Profiles
from reglament.evaluation.lists.nested_profiles import NestedProfiles
from reglament.evaluation.lists.reachable_totals import UNKNOWN, Reach, State, TooMany
from reglament.evaluation.lists.tried_profiles import TriedProfiles
from reglament.functions.totals import LIST
from reglament.memo import Memo
from reglament.model.lists import NOTHING_TOLD, is_open
from reglament.model.regulation import Version
from reglament.model.values import Value

MOST_JOINT, MOST_FOLLOWED = 400, 6

AnyProfiles: TypeAlias = Profiles | NestedProfiles | TriedProfiles
# A state of the items before an item, and the profiles of those after it.
Beside: TypeAlias = tuple[State, tuple[Profile, ...]]


class RequestLists(Protocol):
    """All lists of a request, and how what they lack is named."""

    evaluator: Decider
    version: Version
    told: Mapping[str, Value]

    def nested(
        self, evaluator: Decider, facts: Mapping[str, Value], diagram: ProfileDiagram
    ) -> AnyProfiles | None: ...
    def of_item(self, fact: str, place: int, needs: Iterable[str]) -> Iterator[str]: ...
    def longer(self, fact: str) -> str: ...
    def expanded(self, names: Iterable[str]) -> Iterator[str]: ...
    def inside(self, fact: str, item: Any, read: Collection[str]) -> Iterator[str]: ...


class OpenList:
    """One list of a request, and what its items can add to some totals.

    If it `is_tried`, values of fields that items lack are tried where less would not be exact.
    """

    def __init__(
        self, lists: RequestLists, fact: str, names: tuple[str, ...], *, is_tried: bool = False
    ) -> None:
        self.is_tried = is_tried
        self.lists = lists
        self.items = lists.version.lists[fact]
        self.told: Any = lists.told.get(fact, NOTHING_TOLD)
        self.names = names
        compiled = lists.evaluator.item_totals
        self.diagram: ProfileDiagram | None = compiled.profile_diagrams[fact, names]
        self.reach: Reach = compiled.reaches[fact, names]
        self._profiles = Memo(self._profiles_of)
        self.is_exact = True

    @property
    def is_open(self) -> bool:
        """Whether there may be more items than are told."""
        return is_open(self.told)

    @property
    def shared(self) -> frozenset[str]:
        """The facts of the request that the profiles hang on and that are not told."""
        if self.diagram is None:
            return frozenset()
        read, evaluator = self.diagram.facts, self._evaluator
        if evaluator.has_lists:
            read = evaluator.item_totals.with_lists(read)
        return read - self.items.fields.keys() - self.lists.told.keys()

    @property
    def _evaluator(self) -> Decider:
        """What decides one item."""
        decider: Decider = self.lists.evaluator.of_items[self.items.fact]
        return decider

    @property
    def rest(self) -> tuple[int, int]:
        """How many items more there are, at least and at most."""
        if not self.is_open:
            return 0, 0
        count = len(self.told)
        return max(0, self.items.at_least - count), self.items.at_most - count

    def profiles(self, place: int | None, cell: Mapping[str, Value]) -> AnyProfiles | None:
        """The profiles of the item at that place, or of one that is not told."""
        item = () if place is None else tuple(self.items.told_of(self.told[place]).items())
        found: AnyProfiles | None = self._profiles[item, tuple(cell.items())]
        if found is not None and not found.is_exact:
            self.is_exact = False
        return found

    def _profiles_of(self, key: tuple[Any, Any]) -> AnyProfiles | None:
        item, cell = key
        facts = {**self.items.request_part(self.lists.told), **dict(cell), **dict(item)}
        if self.diagram is None:
            return None
        if self._evaluator.has_lists:
            return self.lists.nested(self._evaluator, facts, self.diagram)
        usual = self.diagram.of(facts)
        # Of long lists that may be longer, there would be too many sums to follow.
        if not self.is_tried or not (item or self.items.at_most <= MOST_FOLLOWED):
            return usual
        return TriedProfiles.of(self.diagram, usual, self.items.fields, facts) or usual

    def states(self, cell: Mapping[str, Value], without: int | None = None) -> frozenset[State]:
        """The states that the list can reach, or those of all items but one.

        Raises TooMany, too where profiles cannot be found.
        """
        places = [place for place in range(len(self.told)) if place != without]
        some = [self.profiles(place, cell) for place in places]
        more = self.profiles(None, cell) if self.is_open else None
        if None in some or (self.is_open and more is None):
            raise TooMany
        states = self.reach.told([one.each for one in some if one is not None])
        if more is not None:
            states = self.reach.longer(states, more.each, *self.rest)
        return states

    def beside(self, cell: Mapping[str, Value], place: int | None) -> list[Beside]:
        """What an item at that place may stand between. Raises TooMany.

        Where no total has an order, all other items may as well be told before it.
        """
        if place is None or all(total.function != LIST for total in self.reach.totals):
            return [(state, ()) for state in sorted(self.states(cell, without=place), key=repr)]
        several = [self.profiles(number, cell) for number in range(len(self.told))]
        if None in several or self.rest[0]:
            raise TooMany
        each = [one.each for one in several if one is not None]
        before = sorted(self.reach.told(each[:place]), key=repr)
        if len(before) * prod(map(len, each[place + 1 :])) > MOST_JOINT:
            raise TooMany
        return list(product(before, product(*each[place + 1 :])))

    def apart(self, cell: Mapping[str, Value]) -> State:
        """A state of which is known what each total comes to whatever the others do, if it is."""
        fact, is_tried = self.items.fact, self.is_tried
        several = (OpenList(self.lists, fact, (n,), is_tried=is_tried) for n in self.names)
        return tuple(open_list.alone(cell) for open_list in several)

    def alone(self, cell: Mapping[str, Value]) -> Any:
        """What the only total comes to, in every state that the list can reach."""
        with suppress(TooMany):
            found = self.states(cell)
            if len(found) == 1:
                return next(iter(found))[0]
        return UNKNOWN
