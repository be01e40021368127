"""From a request that tells lists and a goal to near changes that reach it, found by trying.

One thing is changed at a time, then two: a fact of the request, a field of an item, an item more
or an item fewer. What reaches the goal is drawn nearer as long as it still does. Each change that
is found has been decided; that there is none nearer, trying does not prove.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
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
from reglament.analysis.window import DayWindow
from reglament.diagram.solver.ordinals import ordinal, value_at
from reglament.diagram.solver.round_values import DOWN, spacing, whole_seconds
from reglament.evaluation.evaluator import Evaluator
from reglament.model.lists import (
    ItemList,
    field_of,
    field_path,
    is_open,
    item_path,
    list_and_number,
    list_at,
    number_within,
    with_value,
)
from reglament.model.regulation import Version
from reglament.model.values import Record, Type, Value

MOST_TRIED, MOST_FIRST, MOST_VALUES, MOST_ADDED, MOST_PROPOSED = 3_000, 60, 16, 60, 5
MOST_DRAWN, MOST_SIMPLER = 20, 3

Told = dict[str, Value]


def changes_of_lists(evaluator: Evaluator, told: Mapping[str, Value], want: Wanted) -> Nearest:
    """The nearest changes found by trying; it is never proven that there is none nearer."""
    version = evaluator.version
    start = {name: value for name, value in told.items() if name in version.told_facts}
    now = determined(evaluator, start, want)
    if grants(want, now, now):
        return Nearest((Proposal((), now),))
    trying, steps = _Trying(evaluator, want, start, now), _Steps(version)
    single = list(islice(steps.beside(start), MOST_TRIED))
    proposals = trying.granted((move,) for move in single)
    if not proposals:
        double = (
            (first, second)
            for first in single[:MOST_FIRST]
            for second in steps.beside(with_value(start, first.fact, first.after))
            if second.fact != first.fact and _are_apart(first, second)
        )
        proposals = trying.granted(islice(double, MOST_TRIED))
    best = sorted(proposals, key=lambda proposal: proposal.cost)[:MOST_DRAWN]
    nearer = {one.moves: one for one in (trying.drawn_near(proposal, steps) for proposal in best)}
    best = sorted(nearer.values(), key=lambda proposal: proposal.cost)[:MOST_PROPOSED]
    return Nearest(tuple(best), is_proven=False)


def _are_apart(first: Move, second: Move) -> bool:
    """Whether neither is within an item that the other adds or leaves out, and both name items by
    the numbers that these have in the request: to leave one out gives others its number."""
    moves = ((first, second), (second, first))
    if any(move.is_of_item and other.fact.startswith(f"{move.fact}.") for move, other in moves):
        return False
    if not _leaves_out(first):
        return True
    fact, number = list_and_number(first.fact)
    return number_within(fact, second.fact) < number


def _turn(move: Move) -> tuple[bool, int]:
    """Items are added from the first one on, and left out at the end, the last one first."""
    number = list_and_number(move.fact)[1] if move.is_of_item else 0
    is_left_out = _leaves_out(move)
    return is_left_out, -number if is_left_out else number


def _leaves_out(move: Move) -> bool:
    return move.is_of_item and move.after is None


@dataclass(slots=True)
class _Trying:
    """What moves of a request lead to; `now` is what it comes to without any."""

    evaluator: Evaluator
    want: Wanted
    start: Told
    now: Told

    def granted(self, several: Iterable[tuple[Move, ...]]) -> list[Proposal]:
        """Those that reach the goal."""
        found = (self._proposal(tuple(sorted(one, key=lambda move: move.fact))) for one in several)
        return [proposal for proposal in found if proposal is not None]

    def _proposal(self, moves: tuple[Move, ...]) -> Proposal | None:
        made: Mapping[str, Any] = self.start
        for move in sorted(moves, key=_turn):
            made = with_value(made, move.fact, move.after)
        outcomes = determined(self.evaluator, made, self.want)
        return Proposal(moves, outcomes) if grants(self.want, self.now, outcomes) else None

    def drawn_near(self, found: Proposal, steps: _Steps) -> Proposal:
        """The proposal with each of its moves as small as still reaches the goal."""
        for place in range(len(found.moves)):

            def will_do(move: Move, place: int = place) -> bool:
                nonlocal found
                moves = (*found.moves[:place], move, *found.moves[place + 1 :])
                better = self._proposal(moves)
                found = better or found
                return better is not None

            steps.draw_near(found.moves[place], will_do)
        return found


class _Steps:
    """The moves that change one thing of a request."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.values = TriedValues(version, (version,), DayWindow(version.holds_from, None))
        self.lists = TriedItems((version,), self.values.of_field)
        self.zone = ZoneInfo(version.zone)

    def beside(self, told: Mapping[str, Any]) -> Iterator[Move]:
        """Each move of one thing."""
        for name, fact in self.version.told_facts.items():
            if name in self.version.lists:
                may_change = fact.can_change and name in told
                items = self.version.lists[name]
                yield from self._of_items(items, name, told.get(name, ()), may_change=may_change)
                continue
            several: Iterable[Value] = self.values.of(name)[:MOST_VALUES] if fact.can_change else ()
            if several and isinstance(told.get(name), tuple):
                listed = tuple(islice(self.values.items(fact), MOST_VALUES))
                several = (*edits(told[name], listed), ())
            for value in self._by_seconds(fact.type, several):
                if value != told.get(name, ...) and self.values.fits(name, value):
                    yield Move(name, told.get(name), value, name in told)

    def _of_items(
        self, items: ItemList, path: str, held: Any, *, may_change: bool
    ) -> Iterator[Move]:
        """One field of an item of the list at the path changed, or an item more or fewer."""
        for number, item in enumerate(held, 1):
            yield from self._of_item(items, path, number, item)
        if not may_change:
            return
        for number, item in enumerate(held if len(held) > items.at_least else (), 1):
            yield Move(item_path(path, number), item, None)
        if len(held) < items.at_most and not is_open(held):
            added = self.lists.items(items.fact)[:MOST_ADDED]
            for item in dict.fromkeys(self._with_seconds(items, record) for record in added):
                yield Move(item_path(path, len(held) + 1), None, item, was_told=False)

    def _of_item(self, items: ItemList, of_list: str, number: int, item: Any) -> Iterator[Move]:
        for short, name in items.whole_names.items():
            fact, inner = items.fields[name], items.item.lists.get(name)
            path = field_path(of_list, number, short)
            if inner is not None and short in item:
                yield from self._of_items(inner, path, item[short], may_change=fact.can_change)
                continue
            if short in item and not fact.can_change:
                continue
            several = dict.fromkeys(self.values.of_field(items, fact))
            for value in self._by_seconds(fact.type, islice(several, MOST_VALUES)):
                if value != item.get(short, ...):
                    yield Move(path, item.get(short), value, short in item)

    def _by_seconds(self, type_: Type, several: Iterable[Value]) -> Iterable[Value]:
        """The values, in place of those between two whole seconds these two."""
        every = (list(whole_seconds(type_, value, self.zone)) or [value] for value in several)
        return dict.fromkeys(value for near in every for value in near)

    def _with_seconds(self, items: ItemList, item: Record) -> Record:
        """The item with moments and lengths of whole seconds."""
        types = {short: items.fields[name].type for short, name in items.whole_names.items()}
        near = {name: whole_seconds(types[name], item[name], self.zone, [DOWN]) for name in item}
        return Record({name: next(near[name], item[name]) for name in item})

    def draw_near(self, move: Move, will_do: Callable[[Move], bool]) -> None:
        """Try nearer ones in the place of a move, until none of those beside it will do."""
        if isinstance(move.after, Record) and move.is_of_item:
            self._simplify(move, move.after, will_do)
            return
        fact = field_of(self.version, move.fact) or self.version.facts.get(move.fact)
        if fact is None or not fact.type.is_ordered or None in (move.before, move.after):
            return
        self._draw(fact.type, move.before, move.after, lambda v: will_do(replace(move, after=v)))

    def _draw(self, type_: Type, held: Any, value: Any, will_do: Callable[[Value], bool]) -> None:
        """Try values between what was held and one that will do, as if all from some one on did."""
        first, last = ordinal(type_, held), ordinal(type_, value)
        step = spacing(type_) * (1 if last > first else -1)
        near, far = 0, (last - first) // step
        while far - near > 1:
            middle = (near + far) // 2
            is_enough = will_do(value_at(type_, first + middle * step, self.zone))
            near, far = (near, middle) if is_enough else (middle, far)

    def _simplify(self, move: Move, item: Record, will_do: Callable[[Move], bool]) -> None:
        """The same of an item that is added: simpler values, field by field."""
        items = list_at(self.version, list_and_number(move.fact)[0])
        assert items is not None

        def put(short: str, value: Value) -> bool:
            nonlocal item
            simpler = self._with_seconds(items, Record({**item, short: value}))
            is_enough = simpler == item or will_do(replace(move, after=simpler))
            item = simpler if is_enough else item
            return is_enough

        for short, name in items.whole_names.items():
            type_ = items.fields[name].type
            several = dict.fromkeys(self.values.of_field(items, items.fields[name]))
            any(put(short, value) for value in islice(several, MOST_SIMPLER))
            if type_.at_least is not None and item[short] is not None:
                self._draw(type_, type_.at_least, item[short], partial(put, short))
