"""From a plain list that was told to one near it that answers tests as wanted.

One item is changed, added or left out, or two; or all items of a kind that the tests tell apart are
changed or left out together. What changes the fewest items is the nearest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import Any, TypeAlias

from reglament.diagram.kernel.branches import answer_reader, gives
from reglament.diagram.kernel.forest import Variable
from reglament.diagram.kernel.list_profiles import PlainLists
from reglament.model.values import Value

MOST_TRIED = 4_000
Items: TypeAlias = tuple[Value, ...]


def nearest_list(
    lists: PlainLists,
    name: str,
    answers: Sequence[tuple[Variable, bool]],
    given: Mapping[str, Value],
    held: Items,
    values: Sequence[Value],
) -> Items | None:
    """The list nearest to the one `held` that gives the answers; None where none is found.

    `values` are tried as items, beside one of each kind that the tests tell apart.
    """
    tests = tuple(test for test, _ in answers)
    known, exact = lists.items(name, tests, given), lists.answers(name, tests, given)
    shortest = None if exact is None else exact.get(tuple(answer for _, answer in answers))
    readers = [(answer_reader(test, lists.version.hours)[1], answer) for test, answer in answers]

    several = tuple(dict.fromkeys((*(known[0] if known else ()), *values)))
    together = _of_a_kind(held, *known) if known else ()
    tried = chain([held], edits(held, several), together, _twice(held, several))
    found = [one for one in islice(tried, MOST_TRIED) if gives({**given, name: one}, readers)]
    if not found and shortest is not None:
        return shortest
    return min(found, key=lambda one: _apart(held, one), default=None)


def edits(held: Items, values: Iterable[Value]) -> Iterator[Items]:
    """The list with one item changed, one left out, or one more at its end."""
    several = tuple(values)
    for place, item in enumerate(held):
        yield from (_with(held, place, (value,)) for value in several if value != item)
    yield from (_with(held, place, ()) for place in range(len(held)))
    yield from ((*held, value) for value in several)


def items_changed(one: Sequence[Any], other: Sequence[Any]) -> int:
    """How many items have to be changed, added or left out, the order of items aside."""
    before, after = Counter(map(_keyed, one)), Counter(map(_keyed, other))
    return max((before - after).total(), (after - before).total())


def _apart(held: Items, other: Items) -> tuple[Any, ...]:
    """How many items change; whether there are more or fewer; how far numbers move."""
    pairs: Any = zip(held, other, strict=False)
    far = sum(abs(one - after) for one, after in pairs if isinstance(one, int | Decimal))
    return items_changed(held, other), len(held) != len(other), far


def _twice(held: Items, values: Sequence[Value]) -> Iterator[Items]:
    return (both for edit in edits(held, values) for both in edits(edit, values))


def _of_a_kind(
    held: Items, values: Sequence[Value], kind: Callable[[Value], tuple[bool, ...]]
) -> Iterator[Items]:
    """The list with all items of one kind, or of all kinds but one, changed or left out."""
    kinds = [kind(item) for item in held]
    for one in dict.fromkeys(kinds):
        for chosen in ([k == one for k in kinds], [k != one for k in kinds]):
            pairs = list(zip(held, chosen, strict=True))
            yield tuple(item for item, is_chosen in pairs if not is_chosen)
            for value in values:
                yield tuple(value if is_chosen else item for item, is_chosen in pairs)


def _with(held: Items, place: int, items: Items) -> Items:
    return (*held[:place], *items, *held[place + 1 :])


def _keyed(value: Any) -> tuple[type, Any]:
    return type(value), value
