"""Functions of plain lists, of words or of numbers: what they come to, and lists made of them.

They mean what they mean in DMN (FEEL, 10.3.4.4 of DMN 1.4): places count from 1, and from the end
below zero; what stands at no place of the list is null. Lists of things have totals instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from operator import itemgetter
from typing import Any

from reglament.functions.arithmetic import mean_by
from reglament.functions.numbers import ROUNDED, ROUNDINGS, Number, Way, total
from reglament.functions.record import Function, table
from reglament.functions.signatures import (
    Misapplied,
    multiple,
    number_of,
    unlike,
    wanted_count,
    wants,
)
from reglament.messages import Message, Verbatim, ticked
from reglament.model.values import (
    INTEGER,
    LENGTHS,
    NUMBERS,
    ORDERED,
    TEXT,
    WORDS,
    Kind,
    Period,
    Type,
    Value,
)

COUNT, LIST = "count_of_list", "list_of"
SIZE = replace(INTEGER, at_least=0)
Items = tuple[Any, ...]


def sum_of(nothing: Any, items: Items) -> Any:
    """The sum of numbers, durations or periods; of none `nothing`. Raises OverflowError."""
    return total(*items) if items else nothing


def least_of(items: Items) -> Any:
    """The least item; null of none."""
    return min(items, default=None)


def greatest_of(items: Items) -> Any:
    """The greatest item; null of none."""
    return max(items, default=None)


def mean_of(way: Way, items: Items, step: Number) -> Number | None:
    """The mean of the items as a multiple of the step; null of none."""
    return mean_by(way, *items, step) if items else None


def _at(items: Items, place: int) -> int | None:
    """Where the place lies in the list, the first being 0; null where it does not."""
    index = place - 1 if place > 0 else len(items) + place
    return index if place and 0 <= index < len(items) else None


def item_at(items: Items, place: int) -> Any:
    """The item at the place; null where there is none."""
    index = _at(items, place)
    return None if index is None else items[index]


def sublist(items: Items, start: int, length: int | None = None) -> Items | None:
    """So many items from a place on, or all that follow; null where there are fewer."""
    index = _at(items, start)
    if index is None:
        return None
    end = len(items) if length is None else index + length
    return items[index:end] if index < end <= len(items) else None


def inserted(items: Items, place: int, item: Any) -> Items | None:
    """The list with the item before the one at the place; null where there is none."""
    index = _at(items, place)
    return None if index is None else (*items[:index], item, *items[index:])


def removed(items: Items, place: int) -> Items | None:
    """The list without the item at the place; null where there is none."""
    index = _at(items, place)
    return None if index is None else (*items[:index], *items[index + 1 :])


def concatenated(*lists: Items) -> Items:
    """The items of all lists, one list after another."""
    return tuple(item for items in lists for item in items)


def distinct(*lists: Items) -> Items:
    """The items of the lists, each where it stands first."""
    return tuple(dict.fromkeys(concatenated(*lists)))


def places_of(items: Items, item: Any) -> Items:
    """The places at which the item stands."""
    return tuple(place for place, one in enumerate(items, 1) if one == item)


# Types


def _item(type: Type, index: int) -> Type:
    """The type of the items of a list. Raises Misapplied."""
    wants(type, Kind.LIST, index)
    return type.item or TEXT


def _together(types: Sequence[Type], index: int = 1) -> Type:
    """The type of what has one of these types. Raises Misapplied where they do not go together."""
    first, *others = (one.without_bounds for one in types)
    for place, other in enumerate(others, index):
        if {first.kind, other.kind} <= NUMBERS:
            first = number_of((first, other))
        elif {first.kind, other.kind} <= WORDS:
            first = first if first == other else TEXT
        elif first != other:
            raise unlike(other, first.kind, place)
    return first


def _whole(types: Sequence[Type], *places: int) -> None:
    """Those arguments are whole numbers. Raises Misapplied."""
    for index in places:
        if index < len(types):
            wants(types[index], Kind.INTEGER, index)


def _list(item: Type) -> Type:
    return Type(Kind.LIST, item=item)


def _lists(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """Lists, one at least."""
    wanted_count(types, 1, None)
    return _list(_together([_item(one, index) for index, one in enumerate(types)]))


def _of_items(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """Items, one at least, none of which is a list."""
    wanted_count(types, 1, None)
    for index, type in enumerate(types):
        if type.kind is Kind.LIST:
            raise Misapplied(Message("list-of-plain-items"), Message("list-of-plain-hint"), index)
    return _list(_together(types))


def _one_list(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """One list."""
    wanted_count(types, 1, 1)
    return _list(_item(types[0], 0))


def _ordered_list(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """One list, whose items stand in an order; words are sorted by their characters."""
    found = _one_list(types, constants)
    if _item(types[0], 0).kind is Kind.RECORD:
        raise Misapplied(Message("values-type-no-order"), Message("sort-by-field"), index=0)
    if _item(types[0], 0).kind not in WORDS:
        _extreme(types, constants)
    return found


def _by_field(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """A list of records and the name of a field, whose values stand in an order."""
    found = _one_list(types[:1], constants)
    record = found.item or TEXT
    wants(record, Kind.RECORD, 0)
    field = dict(record.fields).get(str(constants[1]))
    if field is None or constants[1] in record.nullable:
        listed = ticked(name for name, _ in record.fields if name not in record.nullable)
        raise Misapplied(Message("sorted-by-field"), Message("fields-listed", listed=listed))
    _ordered_list((_list(field),), ())
    return found


def _and_items(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A list, and items."""
    wanted_count(types, 2, None)
    return _list(_together([_item(types[0], 0), *types[1:]]))


def _part(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A list, a place, and a length that may be left out."""
    wanted_count(types, 2, 3)
    _whole(types, 1, 2)
    return _list(_item(types[0], 0))


def _at_place(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A list and a place."""
    wanted_count(types, 2, 2)
    _whole(types, 1)
    return _item(types[0], 0).without_bounds


def _without(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    return _list(_at_place(types, constants))


def _with(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A list, a place and an item."""
    wanted_count(types, 3, 3)
    _whole(types, 1)
    return _list(_together([_item(types[0], 0), types[2]], index=2))


def _places(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """A list and an item."""
    wanted_count(types, 2, 2)
    _and_items(types, constants)
    return _list(INTEGER)


def _sum(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A list of numbers, durations or periods."""
    wanted_count(types, 1, 1)
    item = _item(types[0], 0).without_bounds
    return item if item.kind in LENGTHS else number_of((item,))


def _extreme(types: Sequence[Type], _: Sequence[Value]) -> Type:
    """A list of values that stand in one order."""
    wanted_count(types, 1, 1)
    item = _item(types[0], 0).without_bounds
    if item.kind not in ORDERED:
        raise Misapplied(Message("values-type-no-order"), index=0)
    return item


def _mean(types: Sequence[Type], constants: Sequence[Value]) -> Type:
    """A list of numbers, and the step."""
    wanted_count(types, 2, 2)
    return multiple((_item(types[0], 0).without_bounds, types[1]), constants)


def _count(types: Sequence[Type], _: Sequence[Value]) -> Type:
    wanted_count(types, 1, 1)
    _item(types[0], 0)
    return INTEGER


def _of_list(
    name: str, gives: Callable[..., Any], signature: Any, words: str, **more: Any
) -> Function:
    return Function(
        name, gives, signature, None, (0,), is_opaque=True, words=words,
        **{"never_refused": True, **more},
    )  # fmt: skip


def _list_made(
    name: str, gives: Callable[..., Any], signature: Any, words: str, **more: Any
) -> Function:
    return _of_list(name, gives, signature, words, has_parts=True, **more)


FUNCTIONS = table(
    _list_made(
        LIST, lambda *items: items, _of_items, "list-of", joined=Verbatim(", "),
        elsewhere="array tuple values",
    ),
    _list_made(
        "concatenate", concatenated, _lists, "lists-joined", joined=Verbatim(", "),
        elsewhere="concat flatten list_concat",
    ),
    _list_made(
        "union", distinct, _lists, "lists-united", joined=Verbatim(", "), elsewhere="list_union",
    ),
    _list_made(
        "distinct_values", distinct, _one_list, "list-each-once", elsewhere="unique distinct"
    ),
    _list_made(
        "reverse", lambda items: items[::-1], _one_list, "list-reversed", elsewhere="reversed"
    ),
    _list_made(
        "sort", lambda items: tuple(sorted(items)), _ordered_list, "list-sorted",
        elsewhere="sorted order_by",
    ),
    _list_made(
        "append", lambda items, *more: (*items, *more), _and_items, "list-appended",
        elsewhere="add_item push",
    ),
    _list_made("sublist", sublist, _part, "part-of-list", may_be_null=True, elsewhere="slice"),
    _list_made(
        "insert_before", inserted, _with, "list-inserted", may_be_null=True, elsewhere="insert"
    ),
    _list_made("remove", removed, _without, "list-removed", may_be_null=True, elsewhere="delete"),
    _list_made("index_of", places_of, _places, "places-in-list", elsewhere="position find_index"),
    _of_list("item", item_at, _at_place, "item-of-list", may_be_null=True, elsewhere="nth element"),
)  # fmt: skip


def _each(name: str, **more: Any) -> Function:
    """A list of what `Formula.each` makes of the items of one; a policy says it by `over`."""
    return Function(
        name, concatenated, _one_list, None, (0,), is_opaque=True, takes_nulls=True,
        has_parts=True, words="each-of-list", **more,
    )  # fmt: skip


EACH, EACH_OR_NULL, JOINED = "list_of_each", "list_of_each_or_null", "lists_of_each_joined"
OF_EACH = table(
    _each(EACH),
    _each(EACH_OR_NULL, may_be_null=True),
    # Of the lists that are made of the items of one list, each of the items of another.
    _list_made(JOINED, lambda lists: concatenated(*lists), _one_list, "lists-joined"),
)

SORTED_BY = "sort_by"
BY_FIELD = table(
    _list_made(
        SORTED_BY, lambda items, name: tuple(sorted(items, key=itemgetter(name))), _by_field,
        "list-sorted-by",
    ),
)  # fmt: skip

# The sum of a list of lengths of time, and what it is of no items.
SUMS_OF_LENGTHS = {
    Kind.DURATION: ("sum_of_durations", timedelta(0)),
    Kind.PERIOD: ("sum_of_periods", Period(0)),
}
# What functions of other names come to where they are given one list.
OF_LISTS = table(
    *(
        _of_list(name, partial(sum_of, zero), _sum, "sum-of-list", never_refused=False)
        for name, zero in (("sum_of_list", 0), *SUMS_OF_LENGTHS.values())
    ),
    _of_list("minimum_of_list", least_of, _extreme, "least-of", may_be_null=True),
    _of_list("maximum_of_list", greatest_of, _extreme, "greatest-of", may_be_null=True),
    replace(_of_list(COUNT, len, _count, "count-of-list"), grid=SIZE),
    *(
        _of_list(
            f"mean_{name.removeprefix('round_')}_of_list", partial(mean_of, way), _mean,
            ROUNDED[name][0], may_be_null=True, never_refused=False, divisors=1,
        )
        for name, way in ROUNDINGS.items()
    ),
)  # fmt: skip


def of_lists(name: str, types: Sequence[Type]) -> str:
    """The function meant where one of that name is given these arguments."""
    item = types[0].item if types and types[0].kind is Kind.LIST else None
    if name == "sum" and item is not None and item.kind in SUMS_OF_LENGTHS:
        return SUMS_OF_LENGTHS[item.kind][0]
    is_list = bool(types) and types[0].kind is Kind.LIST
    return f"{name}_of_list" if is_list and f"{name}_of_list" in OF_LISTS else name
