"""From totals that a request would need to a list whose items come to them.

Diagrams and solvers know a list by its totals alone, and may want totals that no list has. So
whatever they find is put to the test here: items are tried, one of each kind that the totals tell
apart, and a shortest list is sought that comes to what is wanted, or to as much where a count is
so large that no rule tells it from larger ones. A list found is certain; that none is found proves
nothing (`reachable_lists` does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from typing import Any

from reglament.analysis.search.tried_items import MOST_VALUES, TriedItems
from reglament.diagram.solver.ordinals import value_at
from reglament.evaluation.lists.item_profiles import Profile
from reglament.evaluation.lists.reachable_totals import Reach, State, value_in
from reglament.functions.totals import COUNT, DECIDED, DISTINCT, EACH, MAXIMUM, MINIMUM, SUM
from reglament.memo import Memo
from reglament.model.markers import ERROR
from reglament.model.regulation import Version
from reglament.model.terms import Total
from reglament.model.values import NUMBERS, Record, Value

MOST_LONG, MOST_STATES, MOST_BESIDE, MOST_AIMED = 12, 2_000, 64, 40

Request = dict[str, Value]


class RealLists(TriedItems):
    """Lists for requests of `versions`; `of_facts` are the values worth trying of a fact."""

    def __init__(
        self,
        versions: Sequence[Version],
        values: Any,
        of_facts: Callable[[str], Sequence[Value]] = lambda _: (),
        joint: Version | None = None,
    ) -> None:
        super().__init__(versions, values, joint)
        self._of_facts = of_facts
        self._caps = Memo(self._cap)

    def request(self, facts: Mapping[str, Value]) -> Request | None:
        """The request with lists in the place of totals; None where no such list is found."""
        names = {name for version in self.versions for name in version.totals}
        wanted = {name: value for name, value in facts.items() if name in names}
        told = {name: value for name, value in facts.items() if name not in names}
        for beside in islice(self._beside(wanted, told), MOST_BESIDE):
            found = self._with_lists({**told, **beside}, wanted)
            if found is not None:
                return found
        return None

    def _with_lists(self, told: Request, wanted: Mapping[str, Value]) -> Request | None:
        for fact, some in self._by_list(wanted).items():
            if fact in told:
                continue
            items = self._list(fact, some, told)
            if items is None:
                return None
            told[fact] = items
        return told if self._comes_to(told, wanted) else None

    def _beside(self, wanted: Mapping[str, Value], told: Request) -> Iterator[Request]:
        """Values of the facts that are not told, and that items read for what is wanted."""
        read: dict[str, None] = {}
        for evaluator in self._evaluators:
            version = evaluator.version
            for name in wanted.keys() & version.totals.keys():
                items = version.lists.get(version.totals[name].over)
                behind = (
                    evaluator.item_totals.fields_read[name] if items is not None else frozenset()
                )
                outer = sorted(n for n in behind & version.told_facts.keys() if n not in told)
                read |= dict.fromkeys(outer)
        names = [name for name in read if self._of_facts(name)]
        for values in product(*(self._of_facts(name)[:MOST_VALUES] for name in names)):
            yield dict(zip(names, values, strict=True))

    def _by_list(self, wanted: Mapping[str, Value]) -> dict[str, dict[str, Value]]:
        found: dict[str, dict[str, Value]] = {}
        for name, value in wanted.items():
            version = next(one for one in self.versions if name in one.totals)
            if version.totals[name].function != EACH:
                found.setdefault(version.totals[name].over, {})[name] = value
        return found

    def _comes_to(self, facts: Request, wanted: Mapping[str, Value]) -> bool:
        """Whether the lists of the request come to the totals wanted."""
        for evaluator in self._evaluators:
            told = evaluator.item_totals.told(facts)
            for name in wanted.keys() & evaluator.version.totals.keys():
                total = evaluator.version.totals[name]
                is_refused = told.get(f"{name} {DECIDED}") is False
                if total.function == EACH or is_refused:
                    continue
                if name not in told or not self._is_as_good(total, told[name], wanted[name]):
                    return False
        return True

    def _is_as_good(self, total: Total, value: Any, wanted: Any) -> bool:
        """Whether no rule tells the value from the one wanted."""
        cap = self._caps[total.name]
        return bool(value == wanted or (cap is not None and min(value, wanted) >= cap))

    def _cap(self, name: str) -> int | None:
        """The count of which no version tells any larger one apart."""
        caps = [e.item_totals.caps.get(name) for e in self._evaluators if name in e.version.totals]
        return None if None in caps else max(cap for cap in caps if cap is not None)

    # One list

    def _list(
        self, fact: str, wanted: Mapping[str, Value], facts: Request
    ) -> tuple[Record, ...] | None:
        """A list that comes to what is wanted: its numbers aimed at it, else a shortest one."""
        amounts = {name: value for name, value in wanted.items() if self._is_amount(name, value)}
        if not amounts:
            return self._of_tried_items(fact, wanted, facts)
        rest = {name: value for name, value in wanted.items() if name not in amounts}
        first = self._of_tried_items(fact, rest, facts, is_light=True)
        if first is None:
            return None
        found = self._aimed(fact, first, amounts, facts, wanted)
        return found or self._of_tried_items(fact, wanted, facts)

    def _of_tried_items(
        self, fact: str, wanted: Mapping[str, Value], facts: Request, *, is_light: bool = False
    ) -> tuple[Record, ...] | None:
        """A shortest list of the items to be tried that comes to what is wanted.

        If it `is_light`, of items with small numbers.
        """
        reach = self._reach(wanted)
        kinds: dict[Profile, Record] = {}
        tried = self.profiles(fact, reach.totals, {**facts, **wanted})
        for item, profile in sorted(tried, key=_weight) if is_light else tried:
            kinds.setdefault(profile, item)
        ways = _ways(reach, kinds)
        least, most = self.item_list(fact).at_least, self.item_list(fact).at_most
        states: dict[State, tuple[Record, ...]] = {reach.start: ()}
        seen: set[State] = set()
        for length in range(min(most, least + _longest(reach)) + 1):
            if length >= least:
                states = {state: items for state, items in states.items() if state not in seen}
                seen |= states.keys()
            for state, items in states.items() if length >= least else ():
                if self._is_wanted(reach, state, wanted):
                    return items
            longer = self._longer(reach, states, kinds, wanted, ways)
            states = dict(islice(longer, MOST_STATES))
        return None

    def _is_amount(self, name: str, value: Value) -> bool:
        version = next(one for one in self.versions if name in one.totals)
        is_computed = version.totals[name].function in (SUM, MINIMUM, MAXIMUM)
        return is_computed and value is not None and version.facts[name].type.kind in NUMBERS

    def _aimed(
        self,
        fact: str,
        first: tuple[Record, ...],
        amounts: Mapping[str, Value],
        facts: Request,
        wanted: Mapping[str, Value],
    ) -> tuple[Record, ...] | None:
        """The list with numbers of one item changed so that the amounts come out.

        The last item is one of those to be tried. What an item adds is mostly a straight line in
        each of its numbers, so two tries tell where to aim.
        """
        for item in self.items(fact)[:MOST_AIMED]:
            items: tuple[Record, ...] | None = (*first[:-1], item)
            for name, value in amounts.items():
                items = items and self._with_amount(fact, items, name, value, facts)
            if items and self._comes_to({**facts, fact: items}, wanted):
                return items
        return None

    def _with_amount(
        self, fact: str, items: tuple[Record, ...], name: str, wanted: Any, facts: Request
    ) -> tuple[Record, ...] | None:
        """The list with one number of its last item changed so that the total comes out."""
        evaluator = next(e for e in reversed(self._evaluators) if name in e.version.totals)
        fields = self.item_list(fact).fields
        *others, last = items

        def amount(field: str, number: Any) -> tuple[tuple[Record, ...], Any]:
            made = (*others, Record({**last, field: number}))
            return made, evaluator.item_totals.told({**facts, fact: made}).get(name)

        for field, whole in self.item_list(fact).whole_names.items():
            type_ = fields[whole].type
            if type_.kind not in NUMBERS or last[field] is None:
                continue
            start: Any = last[field]
            tries = [start, next((n for n in (start + 1, start - 1) if type_.admits(n)), start)]
            ends = [amount(field, number)[1] for number in tries]
            if None in ends or ends[0] == ends[1]:
                continue
            steps = (
                Fraction(wanted - ends[0])
                / Fraction(ends[1] - ends[0])
                * Fraction(tries[1] - start)
            )
            place = round((steps + Fraction(start)) * 10**type_.places)
            for number in (value_at(type_, place + near) for near in (0, 1, -1)):
                if type_.admits(number):
                    made, found = amount(field, number)
                    if found == wanted:
                        return made
        return None

    def _longer(
        self,
        reach: Reach,
        states: Mapping[State, tuple[Record, ...]],
        kinds: Mapping[Profile, Record],
        wanted: Mapping[str, Value],
        ways: Sequence[int],
    ) -> Iterator[tuple[State, tuple[Record, ...]]]:
        seen: set[State] = set()
        for state, items in states.items():
            for profile, item in kinds.items():
                after = reach.after(state, profile)
                if after not in seen and not _is_past(reach, after, wanted, ways):
                    seen.add(after)
                    yield after, (*items, item)

    def _is_wanted(self, reach: Reach, state: State, wanted: Mapping[str, Value]) -> bool:
        pairs = zip(reach.totals, state, strict=True)
        return all(
            one is ERROR or self._is_as_good(total, value_in(one), wanted[total.name])
            for total, one in pairs
        )

    def _reach(self, wanted: Mapping[str, Value]) -> Reach:
        totals, types = [], []
        for name in wanted:
            version = next(one for one in self.versions if name in one.totals)
            totals.append(version.totals[name])
            types.append(version.facts[name].type)
        return Reach(tuple(totals), tuple(types), tuple(self._caps[name] for name in wanted))


def _weight(tried: tuple[Record, Profile]) -> Any:
    """How large the numbers of an item are."""
    return sum(abs(one) for one in tried[0].values() if isinstance(one, int | Decimal))


def _longest(reach: Reach) -> int:
    """How many items are tried: as many as all counts need, where nothing else is asked."""
    caps = [cap for total, cap in zip(reach.totals, reach.caps, strict=True) if _counts(total)]
    is_counted = all(_counts(total) or total.function == DECIDED for total in reach.totals)
    needed = sum(cap or 0 for cap in caps)
    return needed if is_counted and None not in caps else max(MOST_LONG, needed)


def _counts(total: Total) -> bool:
    return total.function == COUNT


def _ways(reach: Reach, profiles: Iterable[Profile]) -> tuple[int, ...]:
    """Of each total 1 where no item of these makes it less, -1 where none makes it more, else 0."""
    several = [
        [one[0] for one in added if isinstance(one, tuple)] for added in zip(*profiles, strict=True)
    ]
    return tuple(map(_way, reach.totals, several or [[] for _ in reach.totals]))


def _way(total: Total, added: Sequence[Any]) -> int:
    if total.function in (COUNT, DISTINCT, MAXIMUM):
        return 1
    if total.function == MINIMUM:
        return -1
    if total.function != SUM or None in added:
        return 0
    nought = added[0] * 0 if added else 0
    return 1 if all(one >= nought for one in added) else -int(all(one <= nought for one in added))


def _is_past(reach: Reach, state: State, wanted: Mapping[str, Value], ways: Sequence[int]) -> bool:
    """Whether a total is past already what it should be."""
    for total, one, way in zip(reach.totals, state, ways, strict=True):
        number: Any = wanted[total.name]
        is_known = number is not None and one and one is not ERROR and one[0] is not None
        if way and is_known and ((one[0] > number) if way > 0 else (one[0] < number)):
            return True
    return False
