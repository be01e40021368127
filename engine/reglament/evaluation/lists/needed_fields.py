"""From the answers by all joint totals to the fields of a list's items that tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from reglament.evaluation.lists.open_lists import Beside, OpenList, RequestLists
from reglament.evaluation.lists.reachable_totals import State, TooMany
from reglament.model.values import Value


class NeededFields:
    """Which fields of the items of one list a decision hangs on.

    A field is needed where two profiles that it tells apart lead, beside some states of all
    else, to different answers.
    """

    def __init__(
        self,
        lists: RequestLists,
        cells: Sequence[dict[str, Value]],
        number: int,
        signs: Mapping[Any, Any],
        open_: frozenset[str],
    ) -> None:
        self.lists, self.cells = lists, cells
        self.number = number
        self.signs = signs
        self.open = open_
        self._beside = sorted({self._without(states) for _, states in signs}, key=repr)

    def _without(self, states: tuple[State, ...]) -> tuple[State, ...]:
        return (*states[: self.number], *states[self.number + 1 :])

    def paths(self, one: OpenList) -> Iterator[str]:
        """The fields, by the names that a request has for them; and whether there is more."""
        fact = one.items.fact
        for place in range(len(one.told)):
            names = dict.fromkeys(n for cell in self.cells for n in self._at(one, place, cell))
            yield from self.lists.of_item(fact, place, names)
        if one.is_open and any(self._hangs_on_more(one, cell) for cell in self.cells):
            names = dict.fromkeys(n for cell in self.cells for n in self._at(one, None, cell))
            outer = (name for name in names if not one.items.is_of_item(name))
            yield from self.lists.expanded(outer)
            yield self.lists.longer(fact)

    def _at(self, open_list: OpenList, place: int | None, cell: dict[str, Value]) -> Iterator[str]:
        """What the item at that place, or one that is not told, lacks that makes a difference."""
        profiles = open_list.profiles(place, cell)
        if profiles is None or open_list.diagram is None:
            yield from self._all_missing(open_list, place)
            return
        try:
            rest = open_list.beside(cell, place)
        except TooMany:
            yield from self._all_missing(open_list, place)
            return
        rows = {p: self._row(open_list, cell, rest, p) for p in profiles.each}
        is_loose = any(len(set(sign or ())) > 1 for row in rows.values() for sign in row)
        for number, name in enumerate(open_list.names):
            if is_loose or name in self.open:
                yield from sorted(profiles.unknown_of(number))
        numbers = {row: number for number, row in enumerate(dict.fromkeys(rows.values()))}
        if len(numbers) > 1:
            yield from profiles.needs({p: numbers[row] for p, row in rows.items()})

    def _all_missing(self, open_list: OpenList, place: int | None) -> Iterator[str]:
        told = {} if place is None else open_list.items.told_of(open_list.told[place])
        yield from (name for name in open_list.items.fields if name not in told)
        if place is not None:
            fields = open_list.items.fields
            yield from self.lists.inside(open_list.items.fact, open_list.told[place], fields)

    def _row(
        self, open_list: OpenList, cell: dict[str, Value], rest: Iterable[Beside], profile: Any
    ) -> tuple[Any, ...]:
        """The answers beside every state of all else, where the item has that profile."""
        after = [reduce(open_list.reach.after, (profile, *later), state) for state, later in rest]
        return tuple(self._sign(cell, state, beside) for state in after for beside in self._beside)

    def _sign(self, cell: dict[str, Value], state: State, beside: tuple[State, ...]) -> Any:
        states = (*beside[: self.number], state, *beside[self.number :])
        return self.signs.get((tuple(cell.items()), states))

    def _hangs_on_more(self, one: OpenList, cell: dict[str, Value]) -> bool:
        """Whether one item more may make a difference, or there is a total it keeps open."""
        if any(name in self.open for name in one.names):
            return True
        more = one.profiles(None, cell)
        try:
            states = one.states(cell)
        except TooMany:
            return True
        if more is None:
            return True
        found = {self._sign(cell, s, beside) for s in states for beside in self._beside}
        if any(len(set(sign or ())) > 1 for sign in found):
            return True
        if len(found) < 2:
            return False
        return any(
            self._sign(cell, state, beside) != self._sign(cell, one.reach.after(state, p), beside)
            for state in states
            for p in more.each
            if one.reach.after(state, p) in states
            for beside in self._beside
        )
