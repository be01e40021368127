"""What one request leaves open where it tells lists in part: outcomes possible, what is needed.

What a list can say to the rules is what its totals come to. So a decision has every outcome that
it has by some totals which the list can reach (`reachable_totals`), together with some values of
the request's facts that the items read, too:

    {order.lines: {some: {line.kind: gift_card}}}, told [{kind: book}, {price: 5}]
        the count is 0 or 1, so both outcomes are possible; `order.lines[2].kind` is needed

Where the totals that are reached cannot be told apart so (there are too many, or a number is not
known), a total is left open by itself: no outcome is lost, some that are listed may not be
possible, and the decision is marked as not exact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import reduce
from itertools import product
from math import prod
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import facts_tested
from reglament.diagram.kernel.forest import Node
from reglament.diagram.solver.ordinals import domain, value_at
from reglament.evaluation.decider import Decider
from reglament.evaluation.item_profiles import Between, Profile, ProfileDiagram, Profiles
from reglament.evaluation.nested_profiles import NestedProfiles
from reglament.evaluation.reachable_totals import (
    UNKNOWN,
    Differing,
    Reach,
    State,
    TooMany,
    value_in,
)
from reglament.frozen import frozen
from reglament.functions.totals import LIST
from reglament.memo import Once
from reglament.model.lists import NOTHING_TOLD, is_open, more_path, total_behind
from reglament.model.outcomes import Status
from reglament.model.regulation import Decision, Fact
from reglament.model.values import Kind, Listed, Value, apart
from reglament.partial.answers import (
    MANY_OUTCOMES,
    Answer,
    DeterminedAnswer,
    OpenAnswer,
    RefusedAnswer,
    possible,
)
from reglament.partial.partial_result import PartialResult
from reglament.partial.terminal_outcomes import KnownOutcome
from reglament.reference import Undecided

MOST_WORLDS = 400
MOST_CELLS, MOST_VALUES = 64, 8
MOST_BETWEEN = 16  # numbers between two others that are all tried


# A state of the items before an item, and the profiles of those after it.
Beside: TypeAlias = tuple[State, tuple[Profile, ...]]


@frozen
class World:
    """Some totals that the lists can reach, with values of facts that items read, too.

    Of a total that lies between two numbers, there is a result for each that rules tell apart.
    """

    cell: tuple[tuple[str, Value], ...]
    states: tuple[State, ...]
    results: tuple[PartialResult, ...]

    def sign(self, name: str) -> tuple[Any, ...]:
        """What tells the answers to a decision apart from those of other worlds."""
        return tuple(_sign(result[name]) for result in self.results)


class OpenList:
    """One list of a request, and what its items can add to some totals."""

    def __init__(self, lists: PartialLists, fact: str, names: tuple[str, ...]) -> None:
        self.lists = lists
        self.items = lists.version.lists[fact]
        self.told: Any = lists.told.get(fact, NOTHING_TOLD)
        self.names = names
        compiled = lists.evaluator.item_totals
        self.diagram: ProfileDiagram | None = compiled.profile_diagrams[fact, names]
        self.reach: Reach = compiled.reaches[fact, names]
        self._profiles = Once(self._profiles_of)
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
        found: Decider = self.lists.evaluator.of_items[self.items.fact]
        return found

    @property
    def rest(self) -> tuple[int, int]:
        """How many items more there are, at least and at most."""
        if not self.is_open:
            return 0, 0
        count = len(self.told)
        return max(0, self.items.at_least - count), self.items.at_most - count

    def profiles(
        self, place: int | None, cell: Mapping[str, Value]
    ) -> Profiles | NestedProfiles | None:
        """The profiles of the item at that place, or of one that is not told."""
        item = () if place is None else tuple(self.items.told_of(self.told[place]).items())
        found: Profiles | NestedProfiles | None = self._profiles[item, tuple(cell.items())]
        if found is not None and not found.is_exact:
            self.is_exact = False
        return found

    def _profiles_of(self, key: tuple[Any, Any]) -> Profiles | NestedProfiles | None:
        item, cell = key
        facts = {**self.items.request_part(self.lists.told), **dict(cell), **dict(item)}
        if self.diagram is None:
            return None
        if not self._evaluator.has_lists:
            return self.diagram.of(facts)
        inner = PartialLists.of(self._evaluator, facts)
        wanted = self.diagram.facts & inner.open_totals
        if not wanted:
            return self.diagram.of(inner.told)
        try:
            worlds = Worlds(inner, wanted)
        except TooMany:
            return None
        is_exact = inner.is_exact_in(worlds) and not worlds.is_wide
        return NestedProfiles.of(self.diagram, worlds, is_exact=is_exact)

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
        if len(before) * prod(map(len, each[place + 1 :])) > MOST_WORLDS:
            raise TooMany
        return list(product(before, product(*each[place + 1 :])))

    def apart(self, cell: Mapping[str, Value]) -> State:
        """A state of which is known what each total comes to whatever the others do, if it is."""
        return tuple(OpenList(self.lists, self.items.fact, (n,)).alone(cell) for n in self.names)

    def alone(self, cell: Mapping[str, Value]) -> Any:
        """What the only total comes to, in every state that the list can reach."""
        with suppress(TooMany):
            found = self.states(cell)
            if len(found) == 1:
                return next(iter(found))[0]
        return UNKNOWN


class Worlds:
    """The totals that the lists of a request reach together, for some of their names.

    Raises TooMany. Where they `are_apart`, what a total comes to whatever the others do is known,
    and any other total is open by itself.
    """

    def __init__(
        self,
        lists: PartialLists,
        names: frozenset[str],
        most_cells: int = MOST_CELLS,
        *,
        are_apart: bool = False,
    ) -> None:
        self.lists = lists
        self.are_apart = are_apart
        totals = lists.version.totals
        ordered = [name for name in totals if name in names]
        facts = dict.fromkeys(totals[name].over for name in ordered)
        self.open_lists = [
            OpenList(lists, fact, tuple(n for n in ordered if totals[n].over == fact))
            for fact in facts
        ]
        self.is_exact = True
        self.is_wide = False
        self.shared = self._shared(most_cells)
        self.cells = list(cells_of(lists.version.facts, self.shared))
        self.each = list(self._worlds())
        if not all(one.is_exact for one in self.open_lists):
            self.is_exact = False

    @property
    def results(self) -> list[PartialResult]:
        """What is left open in each of them."""
        return [result for one in self.each for result in one.results]

    def needed(self, signs: Mapping[Any, Any], open_: frozenset[str]) -> Iterator[str]:
        """The missing facts, and what is missing of items, by which the signs are told apart.

        There is a sign for the values of facts and the states of lists of each world; all that is
        missing to the totals `open_` is needed.
        """
        yield from self._needed_shared(signs)
        for number, one in enumerate(self.open_lists):
            yield from _Needed(self, number, signs, open_).paths(one)

    def expanded(self, names: Iterable[str]) -> Iterator[str]:
        """The names, with all that is missing to a total in the place of each."""
        return self.lists.expanded(names)

    def _needed_shared(self, signs: Mapping[Any, Any]) -> Iterator[str]:
        for name in self.shared:
            by_value: dict[Any, set[Any]] = {}
            for (cell, _), sign in signs.items():
                others = tuple(pair for pair in cell if pair[0] != name)
                by_value.setdefault((others, dict(cell)[name]), set()).add(sign)
            if len({frozenset(s) for s in by_value.values()}) > 1 or any(
                len(s) > 1 for s in by_value.values()
            ):
                yield name

    def _shared(self, most_cells: int) -> tuple[str, ...]:
        """The missing facts whose values are tried, as items read them; all that can be."""
        read = frozenset[str]().union(*(one.shared for one in self.open_lists))
        found = facts_tried(self.lists.version.facts, read, most_cells)
        if len(found) < len(read):
            self.is_exact = False
        return found

    def _worlds(self) -> Iterator[World]:
        count = 0
        for cell in self.cells:
            several = [self._states(one, cell) for one in self.open_lists]
            for states in product(*several):
                count += 1
                if count > MOST_WORLDS:
                    raise TooMany
                results = tuple(self._results(cell, states))
                count += len(results) - 1
                yield World(tuple(cell.items()), states, results)

    def _states(self, one: OpenList, cell: Mapping[str, Value]) -> list[State]:
        found = frozenset([one.apart(cell)]) if self.are_apart else self._reached(one, cell)
        if any(self._is_loose(one, state) for state in found):
            self.is_exact = False
        return sorted(found, key=repr)

    def _reached(self, one: OpenList, cell: Mapping[str, Value]) -> frozenset[State]:
        try:
            return one.states(cell)
        except TooMany:
            self.are_apart = True
            return frozenset([one.apart(cell)])

    def _is_loose(self, one: OpenList, state: State) -> bool:
        """Whether some values of the totals in the state may not come about together."""
        between = sum(isinstance(value, Between | Differing) for value in state)
        is_tight = one.diagram is not None and one.diagram.is_tight
        return UNKNOWN in state or between > 1 or (between > 0 and not is_tight)

    def _results(
        self, cell: Mapping[str, Value], states: tuple[State, ...]
    ) -> Iterator[PartialResult]:
        evaluator = self.lists.evaluator
        named = [
            (name, value)
            for one, state in zip(self.open_lists, states, strict=True)
            for name, value in zip(one.names, state, strict=True)
        ]
        tried = [self._values(name, value) for name, value in named]
        if prod(map(len, tried)) > MOST_WORLDS:
            raise TooMany
        for values in product(*tried):
            told = {**self.lists.told, **cell}
            pairs = zip((name for name, _ in named), values, strict=True)
            told.update((name, value_in(v)) for name, v in pairs if v != UNKNOWN)
            yield PartialResult(evaluator.parts, told, evaluator.decide(told))

    def _values(self, name: str, value: Any) -> tuple[Any, ...]:
        """The value of a total in a state; where it lies between two, those rules tell apart."""
        if isinstance(value, Differing):
            return tuple((n,) for n in range(value.least, value.most + 1))
        if not isinstance(value, Between):
            return (value,)
        step = Decimal(1).scaleb(-self.lists.version.facts[name].type.places)
        count = int((value.most - value.least) / step)
        if count <= MOST_BETWEEN:
            return tuple((_number(value.least, n * step),) for n in range(count + 1))
        cuts = self.lists.evaluator.item_totals.thresholds.get(name)
        if cuts is None:
            self.is_wide = True
            return (UNKNOWN,)
        beside = {_number(cut, n * step) for cut in cuts for n in (-1, 0, 1)}
        inside = {one for one in beside if value.least <= one <= value.most}
        return tuple((one,) for one in sorted({value.least, value.most, *inside}))


class PartialLists(PartialResult):
    """What one request leaves open that tells lists in part."""

    def __init__(
        self, evaluator: Decider, given: Mapping[str, Value], values: tuple[Any, ...]
    ) -> None:
        super().__init__(evaluator.parts, given, values)
        self.evaluator = evaluator
        self.version = evaluator.version
        self.open_totals = frozenset(self.version.totals) - given.keys()
        self._worlds = Once(self._worlds_of)
        self._found: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, evaluator: Decider, told: Mapping[str, Value]) -> PartialLists:
        """What an item leaves open of which this is told."""
        given = evaluator.item_totals.told(told)
        return cls(evaluator, given, evaluator.decide(given))

    # Answers

    def __missing__(self, name: str) -> Answer:
        decision = self.version.decisions[name]
        if decision.for_each is not None:
            found = self[name] = self._of_each(decision)
            return found
        worlds = self._worlds_for(name)
        if worlds is None:
            answer = super().__missing__(name)
            if self._open_behind(name) and isinstance(answer, OpenAnswer):
                self.inexact.add(name)
            return answer
        found = self[name] = _together(decision, [one[name] for one in worlds.results])
        if isinstance(found, OpenAnswer):
            is_exact = self.is_exact_in(worlds)
            is_exact = is_exact and (not worlds.is_wide or self._gives_total(decision))
            if not is_exact or any(name in one.inexact for one in worlds.results):
                self.inexact.add(name)
        return found

    def _open_behind(self, name: str) -> frozenset[str]:
        return self.evaluator.behind[name] & self.open_totals

    def _worlds_for(self, name: str) -> Worlds | None:
        """The worlds a decision is read in; None without lists, or where there are too many."""
        wanted = self._open_behind(name)
        found: Worlds | None = self._worlds[wanted] if wanted else None
        return found

    def _worlds_of(self, names: frozenset[str]) -> Worlds | None:
        for most_cells, are_apart in (
            (MOST_CELLS, False),
            (MOST_VALUES, False),
            (MOST_CELLS, True),
            (1, True),
        ):
            with suppress(TooMany):
                return Worlds(self, names, most_cells, are_apart=are_apart)
        return None

    def _gives_total(self, decision: Decision) -> bool:
        """Whether the outcome is a total, which then is as open as it seems."""
        rules = list(decision.every_rule())
        return len(rules) == 1 and total_behind(self.version, rules[0].then) is not None

    def is_exact_in(self, worlds: Worlds) -> bool:
        """Whether the worlds are those that there are, and items read no totals that are open."""
        reads_open = any(self.open_totals & one.shared for one in worlds.open_lists)
        return worlds.is_exact and not reads_open

    def _of_each(self, decision: Decision) -> Answer:
        """The answer of a decision that is made for each item, of those told."""
        outcomes = [one[decision.name] for one in self.of_items(decision)]
        if any(one.status is Status.REFUSED for one in outcomes):
            return RefusedAnswer(Undecided(decision.name))
        if all(one.is_determined for one in outcomes) and not self._may_be_longer(decision):
            return DeterminedAnswer(tuple(one.outcome for one in outcomes))
        if not all(one.is_exact for one in outcomes):
            self.inexact.add(decision.name)
        return OpenAnswer.of(None)

    def of_items(self, decision: Decision) -> list[Any]:
        """What is decided of each item that is told."""
        return self.evaluator.decided_items(decision.for_each or "", self.told)

    def _may_be_longer(self, decision: Decision) -> bool:
        return is_open(self.told.get(decision.for_each or "", NOTHING_TOLD))  # type: ignore[arg-type]

    # What is needed

    def needs(self, name: str) -> tuple[str, ...]:
        """The missing facts, fields of items, and lists on which a decision hangs."""
        if name not in self._found:
            self._found[name] = Listed(dict.fromkeys(self._needed(name)))
        return self._found[name]

    def _needed(self, name: str) -> Iterator[str]:
        decision = self.version.decisions[name]
        if decision.for_each is not None:
            yield from self._needs_of_each(decision)
            return
        worlds = self._worlds_for(name)
        if worlds is None:
            yield from self.expanded(super().needs(name))
            return
        known = dict.fromkeys(n for one in worlds.results for n in one.needs(name))
        if worlds.are_apart:
            yield from self.expanded(known)
            return
        open_ = [n for n in known if n in self.open_totals]
        yield from (n for n in known if n not in self.open_totals)
        signs = {(one.cell, one.states): one.sign(name) for one in worlds.each}
        yield from worlds.needed(signs, frozenset(open_))

    def _needs_of_each(self, decision: Decision) -> Iterator[str]:
        fact = decision.for_each or ""
        for place, item in enumerate(self.of_items(decision)):
            if item[decision.name].status is Status.UNDETERMINED:
                yield from self.of_item(fact, place, item[decision.name].needs)
        if self._may_be_longer(decision):
            yield self.longer(fact)

    def of_item(self, fact: str, place: int, needs: Iterable[str]) -> Iterator[str]:
        """What an item needs, by the names that a request has for it."""
        items = self.version.lists[fact]
        for name in needs:
            path = items.path(name, place + 1)
            yield from self.expanded((name,)) if path == name else (path,)

    def longer(self, fact: str) -> str:
        """The name of whether the list has more items; of all that is not told at all."""
        return more_path(fact) if fact in self.told else fact

    def expanded(self, names: Iterable[str]) -> Iterator[str]:
        """The names, with all that is missing to a total in the place of each."""
        for name in dict.fromkeys(names):
            if name not in self.version.totals:
                yield name
                continue
            fact = self.version.totals[name].over
            read = self.evaluator.item_totals.fields_read[name]
            items, told = self.version.lists[fact], self.told.get(fact, NOTHING_TOLD)
            assert isinstance(told, tuple)
            for place, item in enumerate(told):
                missing = [n for n in items.fields if n in read and n not in items.told_of(item)]
                yield from self.of_item(fact, place, missing)
                yield from self.of_item(fact, place, self.inside(fact, item, read))
            if is_open(told):
                yield self.longer(fact)
            outer = (n for n in sorted(read - items.fields.keys()) if n not in self.told)
            yield from self.expanded(outer)

    def inside(self, fact: str, item: Any, read: Collection[str]) -> Iterator[str]:
        """What is missing of lists inside an item that are told, as the item names it."""
        items = self.version.lists[fact]
        lists = items.item.lists.keys() & read & items.told_of(item).keys()
        if lists:
            facts = {**items.request_part(self.told), **items.told_of(item)}
            inner = PartialLists.of(self.evaluator.of_items[fact], facts)
            totals = items.item.totals
            yield from inner.expanded(n for n in totals if totals[n].over in lists)

    def truth(self, node: Node) -> bool | None:
        """Whether a condition holds; None where that is still open, or cannot be reckoned."""
        found = super().truth(node)
        if found is not None:
            return found
        wanted = facts_tested(self.decomposition.diagrams.forest, node) & self.open_totals
        worlds = self._worlds[wanted] if wanted else None
        if worlds is None:
            return None
        found_in = {one.truth(node) for one in worlds.results}
        return found_in.pop() if len(found_in) == 1 else None

    def needs_at(self, node: Any) -> tuple[str, ...]:
        """The missing facts on which a condition hangs, fields of items among them."""
        return Listed(dict.fromkeys(self.expanded(super().needs_at(node))))


class _Needed:
    """Which fields of the items of one list a decision hangs on.

    A field is needed where two profiles that it tells apart lead, beside some states of all
    else, to different answers.
    """

    def __init__(
        self, worlds: Worlds, number: int, signs: Mapping[Any, Any], open_: frozenset[str]
    ) -> None:
        self.worlds = worlds
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
            names = dict.fromkeys(
                n for cell in self.worlds.cells for n in self._at(one, place, cell)
            )
            yield from self.worlds.lists.of_item(fact, place, names)
        if one.is_open and any(self._hangs_on_more(one, cell) for cell in self.worlds.cells):
            names = dict.fromkeys(
                n for cell in self.worlds.cells for n in self._at(one, None, cell)
            )
            outer = (name for name in names if not one.items.is_of_item(name))
            yield from self.worlds.lists.expanded(outer)
            yield self.worlds.lists.longer(fact)

    def _at(self, one: OpenList, place: int | None, cell: dict[str, Value]) -> Iterator[str]:
        """What the item at that place, or one that is not told, lacks that makes a difference."""
        profiles = one.profiles(place, cell)
        if profiles is None or one.diagram is None:
            yield from self._all_missing(one, place)
            return
        try:
            rest = one.beside(cell, place)
        except TooMany:
            yield from self._all_missing(one, place)
            return
        rows = {p: self._row(one, cell, rest, p) for p in profiles.each}
        is_loose = any(len(set(sign or ())) > 1 for row in rows.values() for sign in row)
        for number, name in enumerate(one.names):
            if is_loose or name in self.open:
                yield from sorted(profiles.unknown_of(number))
        numbers = {row: number for number, row in enumerate(dict.fromkeys(rows.values()))}
        if len(numbers) > 1:
            yield from profiles.needs({p: numbers[row] for p, row in rows.items()})

    def _all_missing(self, one: OpenList, place: int | None) -> Iterator[str]:
        told = {} if place is None else one.items.told_of(one.told[place])
        yield from (name for name in one.items.fields if name not in told)
        if place is not None:
            fields = one.items.fields
            yield from self.worlds.lists.inside(one.items.fact, one.told[place], fields)

    def _row(
        self, one: OpenList, cell: dict[str, Value], rest: Iterable[Beside], profile: Any
    ) -> tuple[Any, ...]:
        """The answers beside every state of all else, where the item has that profile."""
        after = [reduce(one.reach.after, (profile, *later), state) for state, later in rest]
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


def facts_tried(
    facts: Mapping[str, Fact], names: Iterable[str], most_cells: int = MOST_CELLS
) -> tuple[str, ...]:
    """Those of the facts whose values are all tried: they have few, and few together."""
    found: list[str] = []
    count = 1
    for name in sorted(names):
        values = _values_of(facts[name]) if name in facts else ()
        if values and count * len(values) <= most_cells:
            found.append(name)
            count *= len(values)
    return tuple(found)


def cells_of(facts: Mapping[str, Fact], names: Iterable[str]) -> Iterator[dict[str, Value]]:
    """Each combination of values of the facts."""
    several = tuple(names)
    for values in product(*(_values_of(facts[name]) for name in several)):
        yield dict(zip(several, values, strict=True))


def _values_of(fact: Fact) -> tuple[Value, ...]:
    """Every value of a fact that has few; none where it has many."""
    if fact.total is not None:
        return ()
    values: tuple[Value, ...] = ()
    if fact.type.kind is Kind.BOOLEAN:
        values = (True, False)
    elif fact.type.kind is Kind.CHOICE and not fact.type.is_open:
        values = fact.type.options
    elif fact.type.is_ordered:
        first, last = domain(fact.type)
        if last - first < MOST_VALUES:
            values = tuple(value_at(fact.type, place) for place in range(first, last + 1))
    return (*values, None) if values and fact.is_nullable else values


def _number(start: Any, more: Decimal) -> Any:
    """The number so much above; whole where the start is."""
    return start + int(more) if isinstance(start, int) else start + more


def _together(decision: Decision, answers: list[Answer]) -> Answer:
    """The answer of a decision that has one of these."""
    given = [one for one in answers if not isinstance(one, RefusedAnswer)]
    if not given:
        return answers[0]
    values: dict[Any, Value] = {}
    for one in given:
        if one.possible is None:
            return OpenAnswer.of(None)
        values.update((apart(value), value) for value in one.possible)
    if len(values) == 1 and all(isinstance(one, DeterminedAnswer) for one in answers):
        return given[0]
    if len(values) > MANY_OUTCOMES:
        return OpenAnswer.of(None)
    return OpenAnswer.of(possible(decision, [KnownOutcome(value) for value in values.values()]))


def _sign(answer: Answer) -> Any:
    """What tells answers apart."""
    if isinstance(answer, OpenAnswer):
        known = answer.possible
        return "open", None if known is None else tuple(map(apart, known))
    return answer.status, answer.outcome if isinstance(answer, DeterminedAnswer) else None
