"""Every function of the language by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reglament.functions import dates, elapsed_time, numbers, rates, reckoning, texts, working_time
from reglament.functions.record import Function
from reglament.model.values import Type, Value


def each_once(items: Iterable[Value]) -> tuple[Value, ...]:
    """The items without null and without what stands there before: 1 and true are two."""
    found = {(type(item), item): item for item in items if item is not None}
    return tuple(found.values())


def _unwritten(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    raise NotImplementedError("no policy can write it")


# What a collection comes to, as a formula of its items; no policy can write it.
ITEMS = Function(
    "items",
    lambda *items: each_once(items),
    _unwritten,
    grid=lambda grids: None,
    moves=(0,),
    never_refused=True,
)

# The same where equal items are listed as often as rules give them.
EVERY_ITEM = replace(
    ITEMS, name="every_item", gives=lambda *items: tuple(i for i in items if i is not None)
)

# A field of a record, which a policy writes as a name: `approval.status`.
FIELD = Function(
    "field",
    lambda name, record: record[name],
    _unwritten,
    grid=lambda grids: None,
    moves=(0,),
    never_refused=True,
    words="field-of",
)

# The functions that a policy can write.
FUNCTIONS: Mapping[str, Function] = {
    **numbers.FUNCTIONS,
    **rates.FUNCTIONS,
    **reckoning.FUNCTIONS,
    **texts.FUNCTIONS,
    **dates.FUNCTIONS,
    **elapsed_time.FUNCTIONS,
    **working_time.FUNCTIONS,
}
EVERY: Mapping[str, Function] = {
    **FUNCTIONS,
    **elapsed_time.OF_MOMENTS,
    **reckoning.OF_DURATIONS,
    **working_time.BY_FIRST_DAY,
    ITEMS.name: ITEMS,
    EVERY_ITEM.name: EVERY_ITEM,
    FIELD.name: FIELD,
}
