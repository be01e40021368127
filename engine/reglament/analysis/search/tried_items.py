"""From versions to items of lists that are worth trying, and what each adds to totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice, product
from math import prod
from random import Random
from typing import Any

from reglament.diagram.kernel.forest import TooLarge
from reglament.diagram.kernel.witness import Witnesses
from reglament.evaluation import Evaluator
from reglament.evaluation.lists.item_profiles import NOT_COUNTED, Profile
from reglament.evaluation.lists.item_totals import Pass
from reglament.functions.totals import COUNT, DECIDED
from reglament.memo import keep
from reglament.model.lists import AskedTotal, ItemList, lists_in
from reglament.model.markers import ERROR, Marker
from reglament.model.regulation import Version
from reglament.model.terms import Total
from reglament.model.values import Record, Value

MOST_ITEMS, MOST_LISTS = 400, 60
MOST_VALUES, MOST_INSIDE = 8, 24  # of a field of an item
MOST_TELLING, MOST_KEPT = 200, 500


class TriedItems:
    """Items of the lists of `versions`; `values` are those worth trying of a field.

    What items come to in all versions together, `joint` decides.
    """

    def __init__(
        self, versions: Sequence[Version], values: Any, joint: Version | None = None
    ) -> None:
        self.versions = [version for version in versions if version.lists]
        self._values = values
        self._evaluators = [Evaluator(version) for version in self.versions]
        self._joint = [] if joint is None else [Evaluator(joint)]
        self._items: dict[str, tuple[Record, ...]] = {}
        # By totals, and what items read beside them.
        self._added: dict[Any, tuple[Any, ...]] = {}
        self._tried: dict[Any, tuple[tuple[Record, Profile], ...]] = {}

    def lists(self, fact: str) -> Iterator[tuple[Record, ...]]:
        """Some small lists, as short as they may be first."""
        items, some = self.item_list(fact), self.items(fact)
        rng = Random("lists")
        sizes = range(items.at_least, min(items.at_most, items.at_least + 4) + 1)
        if items.at_least == 0:
            yield ()
        if items.at_least <= 1 <= items.at_most:
            yield from ((record,) for record in some[: MOST_LISTS // 2])
        for size in sizes:
            for _ in range(MOST_LISTS // 4 if some and size else 0):
                yield tuple(rng.choice(some) for _ in range(size))

    def items(self, fact: str) -> tuple[Record, ...]:
        """Items that tell every field, of values worth trying."""
        if fact not in self._items:
            items = self.item_list(fact)
            fields = items.whole_names
            several = [tuple(self._of_field(items, name)) for name in fields.values()]
            rows = product(*several) if prod(map(len, several)) <= MOST_ITEMS else _spread(several)
            self._items[fact] = tuple(Record(zip(fields, row, strict=True)) for row in rows)
        return self._items[fact]

    def inside(self, fact: str) -> list[tuple[Record, ...]]:
        """Some small lists for the items of another list; the first is as short as may be."""
        first, *others = self.lists(fact)
        return [first, *Random("inside").sample(others, min(len(others), MOST_INSIDE))]

    def completed(self, fact: str, held: Any) -> tuple[Record, ...]:
        """The list with some value for each field that an item does not tell, long enough."""
        items, usual = self.item_list(fact), dict(next(iter(self.items(fact)), {}))
        lists = items.item.lists
        inner = {name: whole for name, whole in items.whole_names.items() if whole in lists}
        found = [
            Record(
                {
                    **usual,
                    **item,
                    **{n: self.completed(full, item[n]) for n, full in inner.items() if n in item},
                }
            )
            for item in held
        ]
        found += [Record(usual)] * (items.at_least - len(found))
        return tuple(found)

    def _of_field(self, items: ItemList, name: str) -> Iterator[Value]:
        fact = items.fields[name]
        found = dict.fromkeys((type(v), v) for v in self._values(items, fact))
        most = MOST_INSIDE if name in items.item.lists else MOST_VALUES
        yield from (value for _, value in islice(found, most))

    def item_list(self, fact: str) -> ItemList:
        several = map(lists_in, reversed(self.versions))
        return next(lists[fact] for lists in several if fact in lists)

    def profiles(
        self, fact: str, totals: Sequence[Total], facts: Mapping[str, Value]
    ) -> Sequence[tuple[Record, Profile]]:
        """Each item to be tried, with what it adds to the totals."""
        lists = (version.lists for version in self.versions)
        parts = (some[fact].request_part(facts) for some in lists if fact in some)
        read = tuple(sorted((pair for part in parts for pair in part.items()), key=repr))
        key = fact, tuple(total.name for total in totals), read
        found = self._tried.get(key)
        if found is None:
            found = tuple(self._profiles_of(fact, totals, facts))
            keep(self._tried, key, found, MOST_KEPT)
        return found

    def _profiles_of(
        self, fact: str, totals: Sequence[Total], facts: Mapping[str, Value]
    ) -> Iterator[tuple[Record, Profile]]:
        telling = tuple(islice(self._telling(fact, totals, facts), MOST_TELLING))
        several = [self._adding(total, facts, telling) for total in totals]
        for item, *added in zip((*self.items(fact), *telling), *several, strict=True):
            if not any(value == () for value in added):
                yield item, tuple(added)

    def _telling(
        self, fact: str, totals: Sequence[Total], facts: Mapping[str, Value]
    ) -> Iterator[Record]:
        """An item of each kind that the totals tell apart, as the diagram of its profile has it."""
        usual = next(iter(self.items(fact)), None)
        for evaluator in (*self._joint, *self._evaluators):
            names = tuple(total.name for total in totals if total.name in evaluator.version.totals)
            diagram = evaluator.item_totals.profile_diagrams[fact, names] if names else None
            if diagram is None or usual is None:
                continue
            items = evaluator.version.lists[fact]
            witnesses, given = Witnesses(diagram.parts.diagrams), items.request_part(facts)
            short = {whole: name for name, whole in items.whole_names.items()}
            for leaf in diagram.parts.diagrams.forest.terminals(diagram.root):
                code = diagram.parts.diagrams.forest.values[leaf]
                with suppress(TooLarge):
                    for path in islice(witnesses.paths(diagram.root, code.__eq__, given), 1):
                        own = {n: v for n, v in path.facts.items() if n in items.fields}
                        yield Record({**usual, **{short[n]: v for n, v in own.items()}})

    def _adding(
        self, total: Total, facts: Mapping[str, Value], telling: Sequence[Record]
    ) -> tuple[Any, ...]:
        """What each item to be tried adds to a total, by the newest version that has it."""
        evaluator = next(
            one for one in reversed(self._evaluators) if total.name in one.version.totals
        )
        items = evaluator.version.lists[total.over]
        one = Pass(evaluator.of_items[total.over], items, [total])
        part = items.request_part(facts)

        def added(several: Sequence[Record]) -> tuple[Any, ...]:
            told = ({**part, **items.told_of(item)} for item in several)
            return tuple(_added(one.asked[0], one.outcomes(each)) for each in told)

        key = total.name, tuple(sorted(part.items(), key=repr))
        if key not in self._added:
            self._added[key] = added(self.items(total.over))
        return (*self._added[key], *added(telling))


def _spread(several: Sequence[Sequence[Value]]) -> Iterator[tuple[Value, ...]]:
    """Some rows of many: the first values, then each value of a field as often as any other."""
    rng, columns = Random("items"), []
    for values in several:
        column = [values[number % len(values)] for number in range(MOST_ITEMS)]
        rng.shuffle(column)
        columns.append(column)
    yield tuple(values[0] for values in several)
    yield from zip(*columns, strict=True)


def _added(asked: AskedTotal, outcome: Any) -> Any:
    """What an item adds, as a profile has it; empty where that is not known."""
    where = True if asked.where is None else outcome(asked.where)
    if where.__class__ is Marker:
        return ERROR if where is ERROR else ()
    if not where:
        return NOT_COUNTED
    if asked.term is None or asked.total.function == COUNT:
        return (True,)
    value = outcome(asked.term)
    if value.__class__ is Marker:
        return ERROR if value is ERROR else ()
    return (True,) if asked.total.function == DECIDED else (value,)
