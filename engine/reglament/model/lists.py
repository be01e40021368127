"""Lists of things: what one item of a list tells, and what is decided of each.

An item is a small request of its own: `order.lines` has items called `line`, whose fields are the
facts `line.price`, `line.kind`; the decisions that are made for each of them, and the conditions
that rules put to them, are the decisions of a small version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from reglament.frozen import frozen
from reglament.model.conditions import ALWAYS
from reglament.model.regulation import Fact, Version
from reglament.model.regulation import ItemList as ItemList
from reglament.model.terms import DecisionRef, Term, Total
from reglament.model.values import Record

MORE = "more"
_OF_ITEM = re.compile(r"(.+?)\[([1-9][0-9]{0,4})\](?:\.(.+))?")


class OpenItems(tuple[Any, ...]):
    """The items of a list that may have more of them than are told."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OpenItems) and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((OpenItems, *self))


NOTHING_TOLD = OpenItems()


def total_behind(version: Version, term: Term) -> Total | None:
    """The total that the term is, or that a decision of the engine keeps apart; None for others."""
    if isinstance(term, Total):
        return term
    decision = version.decisions.get(term.name) if isinstance(term, DecisionRef) else None
    return None if decision is None else decision.stands_for


def condition_of(total: Total) -> str | None:
    """The name of the decision, for one item, whether it counts; None where each item does."""
    return None if total.where == ALWAYS else f"{total.over} where {mark_of(total.where)}"


def term_of(total: Total) -> str | None:
    """The name of the decision, for one item, what it adds to the total; None where nothing."""
    if total.term is None or isinstance(total.term, DecisionRef):
        return None if total.term is None else total.term.name
    return f"{total.over} of {mark_of(total.term)}"


def asked_by(total: Total) -> tuple[str, ...]:
    """The names of the decisions, for one item, on which the total rests."""
    return tuple(name for name in (condition_of(total), term_of(total)) if name is not None)


def mark_of(node: object) -> str:
    """A short mark that equal conditions or terms share, in every run."""
    return sha256(repr(node).encode()).hexdigest()[:8]


def is_open(items: tuple[Any, ...]) -> bool:
    """Whether there may be more items than these."""
    return isinstance(items, OpenItems)


def field_path(fact: str, number: int, field: str) -> str:
    """How people and programs name a field of an item; the first item is number 1."""
    return f"{fact}[{number}].{field}"


def item_path(fact: str, number: int) -> str:
    """How an item is named; the first one is number 1."""
    return f"{fact}[{number}]"


def list_and_number(path: str) -> tuple[str, int]:
    """The list and the number with which the path of an item ends: what `item_path` was given."""
    fact, _, number = path.removesuffix("]").rpartition("[")
    return fact, int(number)


def number_within(fact: str, path: str) -> int:
    """The number of the item of this list that a path leads to or into; 0 where it does not."""
    begins = f"{fact}["
    return int(path.removeprefix(begins).partition("]")[0]) if path.startswith(begins) else 0


def more_path(fact: str) -> str:
    """How whether a list has more items is named."""
    return f"{fact}.{MORE}"


def field_of(version: Version, path: str) -> Fact | None:
    """The field of an item that a path names; None where it names none."""
    found = read_path(path)
    items = None if found is None else version.lists.get(found[0])
    if found is None or items is None:
        return None
    name = f"{items.called}.{found[2]}"
    return items.fields.get(name) or field_of(items.item, name)


def list_at(version: Version, path: str) -> ItemList | None:
    """The list that a path names: of the version, or of an item of such a list; None where none."""
    found = read_path(path)
    if found is None:
        return version.lists.get(path)
    items = version.lists.get(found[0])
    return items and list_at(items.item, f"{items.called}.{found[2]}")


def is_list_of_things(version: Version, path: str) -> bool:
    """Whether the path names a list: one of the version, or one that an item of such a list has."""
    return list_at(version, path) is not None


def lists_in(version: Version) -> dict[str, ItemList]:
    """Every list of the version, those inside items of others among them."""
    item_lists = dict(version.lists)
    for items in version.lists.values():
        item_lists |= lists_in(items.item)
    return item_lists


def read_path(path: str) -> tuple[str, int, str] | None:
    """The list, the number and the field that a path names; None where it names none.

    The field is empty where the path names the item itself, and a path where it is in a list
    inside the item: `order.lines[2].discounts[1].kind`.
    """
    match = _OF_ITEM.fullmatch(path)
    return None if match is None else (match[1], int(match[2]), match[3] or "")


def with_value(held: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A request, or an item, with the value of the fact, field or item that the path names.

    An item that becomes None is left out.
    """
    found = read_path(path)
    if found is None:
        return {**held, path: value}
    name, number, below = found
    items = held.get(name, ())
    item = Record(with_value(items[number - 1], below, value)) if below else value
    changed = (*items[: number - 1], *(() if item is None else (item,)), *items[number:])
    return {**held, name: OpenItems(changed) if is_open(items) else changed}


@frozen
class AskedTotal:
    """A total of one list, with the decisions, for one item, that say what it adds."""

    total: Total
    where: str | None
    term: str | None

    @classmethod
    def of(cls, total: Total) -> AskedTotal:
        """What the total asks of an item."""
        return cls(total, condition_of(total), term_of(total))
