"""From a decision that seems open to completions of its request that show that it is.

Where too much would have to be tried to know what is possible, some of it is tried: a decision of
which every outcome that may be possible came about, and each fact that seems needed made a
difference by itself, is as open as it seems.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from reglament.diagram.kernel.text_samples import OTHER_WORD
from reglament.diagram.solver.ordinals import domain, every_value, ordinal, value_at
from reglament.diagram.solver.round_values import spacing
from reglament.evaluation.lists.decider import Decider
from reglament.memo import Memo
from reglament.model.lists import MORE, ItemList, field_of, list_at, read_path, with_value
from reglament.model.markers import Marker
from reglament.model.moments import DAY, MICROSECOND
from reglament.model.regulation import Fact, Version
from reglament.model.values import NUMBERS, Kind, Record, Type, Value, apart

MOST_NEEDS, MOST_VALUES, MOST_ROWS, MOST_ITEMS = 6, 16, 48, 8
NUMBERS_TRIED = (0, 1, 2, 5, 10, 20, 50, 100, 1_000, 10_000, 1_000_000)
DAYS_TRIED = (0, 1, 7, 31, 400)
_A_DAY = {Kind.DATE: 1, Kind.DATETIME: DAY // MICROSECOND}
_NOTHING = Marker("NOTHING")
"""In the place of an outcome where there is none."""

Row = tuple[Value, ...]


def is_shown_open(
    evaluator: Decider,
    told: Mapping[str, Value],
    name: str,
    possible: Sequence[Value] | None,
    needs: Sequence[str],
) -> bool:
    """Whether completions show every outcome that may be possible, and that each fact is needed.

    Of outcomes that cannot be listed, two are enough.
    """
    version = evaluator.version
    lists = [need.removesuffix(f".{MORE}") for need in needs]
    tried = [_tried(version, fact, told) for fact in lists]
    if not all(tried) or not 0 < len(tried) <= MOST_NEEDS:
        return False
    place = evaluator.placed[name][0]
    base = {fact: value for fact, value in told.items() if fact in version.told_facts}

    def outcome(row: Row) -> Any:
        request: Mapping[str, Any] = base
        for fact, value in zip(lists, row, strict=True):
            if list_at(version, fact) is not None:  # its items besides those that are told
                value = (*_held(request, fact), *value)  # type: ignore[misc]
            request = with_value(request, fact, value)
        found = evaluator.decide(evaluator.item_totals.told(request))[place]
        return _NOTHING if found.__class__ is Marker else apart(found)

    outcomes = Memo[Row, Any](outcome)
    wanted = None if possible is None else {apart(value) for value in possible}
    met: set[Any] = set()
    rows: list[Row] = []
    for row in _rows(tried):
        rows.append(row)
        met |= {outcomes[row]} - {_NOTHING}
        if len(met) > 1 if wanted is None else met >= wanted:
            return all(_matters(number, tried, rows, outcomes) for number in range(len(tried)))
    return False


def _matters(
    number: int, tried: Sequence[Sequence[Value]], rows: Sequence[Row], outcomes: Mapping[Row, Any]
) -> bool:
    """Whether another value of that need alone gives another outcome beside some others."""
    for row in reversed(rows):
        first = outcomes[row]
        for value in tried[number] if first is not _NOTHING else ():
            if outcomes[(*row[:number], value, *row[number + 1 :])] not in (first, _NOTHING):
                return True
    return False


def _rows(tried: Sequence[Sequence[Value]]) -> Iterator[Row]:
    """Every row of values, or some of them where there are many; unlike ones first."""
    most = max(map(len, tried))
    yield from (tuple(values[k % len(values)] for values in tried) for k in range(most))
    if prod(map(len, tried)) <= MOST_ROWS:
        yield from product(*tried)
        return
    rng = Random("rows")
    yield from (tuple(map(rng.choice, tried)) for _ in range(MOST_ROWS))


def _tried(version: Version, path: str, told: Mapping[str, Value]) -> Sequence[Value]:
    """Some values of a fact or field, or of the further items of a list; none where it has none."""
    items = list_at(version, path)
    if items is not None:
        count = len(_held(told, path))
        several = _further_items(version, items, told)
        return [one for one in several if items.at_least <= count + len(one) <= items.at_most]
    fact = field_of(version, path) or version.facts.get(path)
    return () if fact is None else _values(fact, told, version.zone)


def _held(held: Mapping[str, Any], path: str) -> tuple[Any, ...]:
    """The items of the list at the path that are told."""
    found = read_path(path)
    if found is None:
        items: tuple[Any, ...] = held.get(path, ())
        return items
    return _held(held[found[0]][found[1] - 1], found[2])


def _further_items(
    version: Version, items: ItemList, told: Mapping[str, Value]
) -> Iterator[tuple[Record, ...]]:
    """None of them, and one or two, with nothing in their own lists."""
    fields = {
        short: [()] if name in items.item.lists else _values(items.fields[name], told, version.zone)
        for short, name in items.whole_names.items()
    }
    yield ()
    if all(fields.values()) and not any(one.at_least for one in items.item.lists.values()):
        most, rng = max(map(len, fields.values())), Random("items")
        some = [Record((n, one[k % len(one)]) for n, one in fields.items()) for k in range(most)]
        some += [
            Record((n, rng.choice(one)) for n, one in fields.items()) for _ in range(MOST_ITEMS)
        ]
        yield from ((record,) * count for count in (1, 2) for record in some)


def _values(fact: Fact, told: Mapping[str, Value], zone: str) -> Sequence[Value]:
    """Some values of a fact; none where its values are lists or records."""
    type_, null = fact.type, (None,) if fact.is_nullable else ()
    few = every_value(type_, MOST_VALUES)
    if few:
        return (*few, *null)
    if type_.kind in (Kind.CHOICE, Kind.TEXT):
        return (*type_.options[:MOST_VALUES], OTHER_WORD, *null)
    if not type_.is_ordered:
        return ()
    first, last = domain(type_)
    places = [place for place in _places(type_, told) if first <= place <= last]
    ends = (first, last, first + spacing(type_), last - spacing(type_))
    zone_ = ZoneInfo(zone)
    return (*(value_at(type_, one, zone_) for one in dict.fromkeys((*places, *ends))), *null)


def _places(type_: Type, told: Mapping[str, Value]) -> Iterator[int]:
    """Places of usual numbers, and of days beside those that are told."""
    if type_.kind in NUMBERS:
        yield from (sign * one * 10**type_.places for one in NUMBERS_TRIED for sign in (1, -1))
    for value in told.values():
        if type_.kind in _A_DAY and type(value) is type(value_at(type_, domain(type_)[0])):
            here = ordinal(type_, value)
            yield from (here + s * d * _A_DAY[type_.kind] for d in DAYS_TRIED for s in (1, -1))
