"""From a request that tells lists and a wish to near changes that grant it, found by trying.

One thing is changed at a time, then two: a fact of the request, a field of an item, an item more
or an item fewer. Each change that is found has been decided; that there is none nearer, trying
does not prove.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from reglament.analysis.counterfactual.near_lists import edits
from reglament.analysis.counterfactual.proposals import (
    Move,
    Nearest,
    Proposal,
    Wanted,
    determined,
    grants,
)
from reglament.analysis.search.tried_items import TriedItems
from reglament.analysis.search.tried_values import TriedValues
from reglament.analysis.window import Window
from reglament.diagram.solver.round_values import DOWN, whole_seconds
from reglament.evaluation.evaluator import Evaluator
from reglament.model.lists import ItemList, OpenItems, field_path, is_open, item_path
from reglament.model.values import Record, Type, Value

MOST_TRIED, MOST_FIRST, MOST_VALUES, MOST_ADDED, MOST_PROPOSED = 3_000, 60, 8, 12, 5

Told = dict[str, Value]


def changes_of_lists(evaluator: Evaluator, told: Mapping[str, Value], want: Wanted) -> Nearest:
    """The nearest changes found by trying; it is never proven that there is none nearer."""
    return _Trying(evaluator, want, told).run()


@dataclass(slots=True)
class _Trying:
    evaluator: Evaluator
    want: Wanted
    told: Mapping[str, Value]

    def run(self) -> Nearest:
        """The changes of one thing; of two where no single one does."""
        version = self.evaluator.version
        start = {name: value for name, value in self.told.items() if name in version.told_facts}
        now = determined(self.evaluator, start, self.want)
        if grants(self.want, now, now):
            return Nearest((Proposal((), now),))
        values = TriedValues(version, (version,), Window(version.holds_from, None))
        steps = _Steps(self.evaluator, values)
        single = list(islice(steps.beside(start), MOST_TRIED))
        found = list(self._granted(now, [((move,), made) for move, made in single]))
        if not found:
            double = (
                ((first, second), made)
                for first, between in single[:MOST_FIRST]
                for second, made in steps.beside(between)
                if second.fact != first.fact
            )
            found = list(self._granted(now, islice(double, MOST_TRIED)))
        best = sorted(found, key=lambda one: one.cost)[:MOST_PROPOSED]
        return Nearest(tuple(best), is_proven=False)

    def _granted(self, now: Told, several: Any) -> Iterator[Proposal]:
        for moves, made in several:
            outcomes = determined(self.evaluator, made, self.want)
            if grants(self.want, now, outcomes):
                yield Proposal(tuple(sorted(moves, key=lambda move: move.fact)), outcomes)


class _Steps:
    """The requests that differ from one in one thing."""

    def __init__(self, evaluator: Evaluator, values: TriedValues) -> None:
        self.version = evaluator.version
        self.values = values
        self.lists = TriedItems((self.version,), values.of_field)
        self.zone = ZoneInfo(self.version.zone)

    def beside(self, told: Told) -> Iterator[tuple[Move, Told]]:
        """Each change of one thing, with the request that it makes."""
        for name, fact in self.version.told_facts.items():
            if name in self.version.lists:
                yield from self._of_list(told, self.version.lists[name])
                continue
            several: Iterable[Value] = self.values.of(name)[:MOST_VALUES] if fact.can_change else ()
            if several and isinstance(told.get(name), tuple):
                items = tuple(islice(self.values.items(fact), MOST_VALUES))
                several = (*edits(told[name], items), ())  # type: ignore[arg-type]
            for value in self._by_seconds(fact.type, several):
                if value != told.get(name, ...) and self.values.fits(name, value):
                    yield Move(name, told.get(name), value, name in told), {**told, name: value}

    def _by_seconds(self, type_: Type, several: Iterable[Value]) -> Iterable[Value]:
        """The values, in place of those between two whole seconds these two."""
        every = (list(whole_seconds(type_, one, self.zone)) or [one] for one in several)
        return dict.fromkeys(value for near in every for value in near)

    def _with_seconds(self, items: ItemList, item: Record) -> Record:
        """The item with moments and lengths of whole seconds."""
        types = {short: items.fields[name].type for short, name in items.whole_names.items()}
        near = {name: whole_seconds(types[name], item[name], self.zone, [DOWN]) for name in item}
        return Record({name: next(near[name], item[name]) for name in item})

    def _of_list(self, told: Told, items: ItemList) -> Iterator[tuple[Move, Told]]:
        fact = items.fact
        may_change = self.version.facts[fact].can_change and fact in told
        for move, after in self._of_items(items, fact, told.get(fact, ()), may_change=may_change):
            yield move, {**told, fact: after}

    def _of_items(
        self, items: ItemList, path: str, held: Any, *, may_change: bool
    ) -> Iterator[tuple[Move, tuple[Any, ...]]]:
        """The list at the path with one field of an item changed, or with an item more or fewer."""
        for place, item in enumerate(held):
            for move, after in self._of_item(items, path, place, item):
                yield move, _with(held, place, after)
        if not may_change:
            return
        for place, item in enumerate(held if len(held) > items.at_least else ()):
            yield Move(item_path(path, place + 1), item, None), _with(held, place, None)
        if len(held) < items.at_most and not is_open(held):
            added = self.lists.items(items.fact)[:MOST_ADDED]
            for item in dict.fromkeys(self._with_seconds(items, one) for one in added):
                move = Move(item_path(path, len(held) + 1), None, item, was_told=False)
                yield move, (*held, item)

    def _of_item(
        self, items: ItemList, of_list: str, place: int, item: Any
    ) -> Iterator[tuple[Move, Record]]:
        for short, name in items.whole_names.items():
            fact, inner = items.fields[name], items.item.lists.get(name)
            path = field_path(of_list, place + 1, short)
            if inner is not None and short in item:
                below = self._of_items(inner, path, item[short], may_change=fact.can_change)
                for move, after in below:
                    yield move, Record({**item, short: after})
                continue
            if short in item and not fact.can_change:
                continue
            several = dict.fromkeys(self.values.of_field(items, fact))
            for value in self._by_seconds(fact.type, islice(several, MOST_VALUES)):
                if value != item.get(short, ...):
                    move = Move(path, item.get(short), value, short in item)
                    yield move, Record({**item, short: value})


def _with(held: tuple[Any, ...], place: int, item: Record | None) -> tuple[Any, ...]:
    """The list with another item there, or without it; open where it was."""
    changed = (*held[:place], *(() if item is None else (item,)), *held[place + 1 :])
    return OpenItems(changed) if is_open(held) else changed
