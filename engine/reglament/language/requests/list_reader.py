"""From what a request tells of a list of things to its items, each with the fields told of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from reglament.language.requests.generated_reader import Check, reader_of
from reglament.language.requests.literals import Parser
from reglament.language.requests.unwrapped import entries_of, items_of, unwrapped
from reglament.language.syntax.mismatch import (
    TypeMismatch,
    enough,
    first_of,
    out_of_range,
    shown,
    wrong_type,
)
from reglament.language.syntax.suggest import UnknownWord, suggestion
from reglament.messages import Message, ticked
from reglament.model.lists import MORE, ItemList, OpenItems, field_path, read_path
from reglament.model.values import Kind, Record, Type, Value

ITEMS = "items"
_NOT_SO_QUICK = (KeyError, TypeError, ValueError, TypeMismatch)
_A_LIST = Type(Kind.LIST)


def list_reader(items: ItemList, check: Callable[[str, object], Value], zone: ZoneInfo) -> Parser:
    """What reads a list: `[{price: 5}, …]`, or `{items: […], more: true}` where it may be longer.

    A field that an item leaves out is not told. `check` is the check of a field by its whole
    name. What is read raises TypeMismatch.
    """
    reader = _ListReader(items, check, zone)
    return lambda value: reader.read(unwrapped(value))


def list_of_path(name: str, lists: Collection[str]) -> str | None:
    """The list of which the name tells an item, a field of one, or whether there are more."""
    path = read_path(name)
    fact = name.removesuffix(f".{MORE}") if path is None else path[0]
    return fact if fact in lists and fact != name else None


def with_path(base: object, name: str, fact: str, value: object) -> object:
    """What is told of a list, and what a path of it tells besides; a field is told but once."""
    told = items_of(base)
    is_open = base is None or isinstance(base, OpenItems)
    wrapped = {} if told is not None else dict(entries_of(base) or ())
    items = list(told if told is not None else items_of(wrapped.get(ITEMS, ())) or ())
    more = wrapped.get(MORE, is_open)
    path = read_path(name)
    if path is None:
        return {ITEMS: items, MORE: value}
    _, number, field = path
    items += [{} for _ in range(number - len(items))]
    item = dict(entries_of(items[number - 1]) or ())
    inner = _list_inside(field)
    if inner is not None:
        more_told = {inner: with_path(item.pop(inner, None), field, inner, value)}
    else:
        more_told = {field: value} if field else dict(entries_of(value) or ())
    if item.keys() & more_told.keys():
        raise TypeMismatch("told-twice", Message("told-twice-told", name=name))
    items[number - 1] = {**item, **more_told}
    return {ITEMS: items, MORE: more}


def _list_inside(field: str) -> str | None:
    """The list inside an item that the path of its field leads into; None where into none."""
    path = read_path(field)
    if path is not None:
        return path[0]
    return field.removesuffix(f".{MORE}") if field.endswith(f".{MORE}") else None


class _ListReader:
    def __init__(
        self, items: ItemList, check: Callable[[str, object], Value], zone: ZoneInfo
    ) -> None:
        self.items = items
        self.check = check
        self.names = items.whole_names
        short = [replace(items.fields[whole], name=name) for name, whole in self.names.items()]
        quick: dict[Any, Check] = {n: partial(check, full) for n, full in self.names.items()}
        self.whole = reader_of(short, quick, zone, is_whole=True, made=Record)
        self.partly = reader_of(short, quick, zone, is_whole=False, made=Record)

    def read(self, value: object) -> Value:
        told = items_of(value)
        if told is not None:
            return self._items(told, is_open=isinstance(value, OpenItems))  # read before
        entries = None if isinstance(value, str) else entries_of(value)
        if entries is None:
            raise wrong_type(value, _A_LIST, Message("list-of-things-hint"))
        return self._wrapped(dict(entries))

    def _wrapped(self, told: Mapping[Any, Any]) -> Value:
        """The items of `{items: […], more: true}`."""
        for key in told:
            if key not in (ITEMS, MORE):
                message = Message("list-no-key", key=shown(key))
                raise TypeMismatch("unknown-key", message, Message("list-of-things-hint")).within(
                    str(key)
                )
        more = unwrapped(told.get(MORE, False))
        if more is not True and more is not False:
            raise wrong_type(more, Type(Kind.BOOLEAN)).within(MORE)
        inner = items_of(unwrapped(told.get(ITEMS, ())))
        if inner is None:
            raise wrong_type(told[ITEMS], _A_LIST).within(ITEMS)
        try:
            return self._items(inner, is_open=more)
        except TypeMismatch as unfit:
            raise unfit.within(ITEMS) from None

    def _items(self, told: Iterable[object], *, is_open: bool) -> Value:
        given = list(told)
        least, most = self.items.at_least, self.items.at_most
        if len(given) > most or (len(given) < least and not is_open):
            raise out_of_range(len(given), str(least), str(most))
        found: list[Any] = []
        if set(map(type, given)) == {dict}:
            try:
                found = [self._quickly(one) for one in given]
                return OpenItems(found) if is_open else tuple(found)
            except _NOT_SO_QUICK:
                found = []  # the careful way tells what is wrong
        wrong: list[TypeMismatch] = []
        for place, one in enumerate(given):
            try:
                found.append(self._item(one, place))
            except TypeMismatch as unfit:
                wrong.append(unfit)
                if enough(wrong):
                    break
        if wrong:
            raise first_of(wrong)
        return OpenItems(found) if is_open else tuple(found)

    def _quickly(self, told: Any) -> dict[str, Value]:
        """An item that is told in the usual way. Raises _NOT_SO_QUICK."""
        return self.whole(told) if len(told) == len(self.names) else self.partly(told)

    def _item(self, value: object, place: int) -> Record:
        entries = entries_of(unwrapped(value))
        if entries is None:
            unfit = wrong_type(value, Type(Kind.RECORD), self._fields_hint())
            raise unfit.within(place)
        found: dict[str, Value] = {}
        wrong: list[TypeMismatch] = []
        for key, told in entries:
            try:
                found[str(key)] = self._field(key, told)
            except TypeMismatch as unfit:
                self._name(unfit, str(key), place)
                wrong.append(unfit.within(str(key)))
                if enough(wrong):
                    break
        if wrong:
            order = {name: at for at, name in enumerate(self.names)}
            wrong.sort(key=lambda mismatch: order.get(str(mismatch.path[0]), len(order)))
            raise first_of(wrong).within(place)
        return Record(found)

    def _name(self, unfit: TypeMismatch, key: str, place: int) -> None:
        """Name the field first; what is wrong inside a list of the item names it already."""
        inner = f"{self.names.get(key)}["
        for mismatch in (unfit, *unfit.others):
            name, message = field_path(self.items.fact, place + 1, key), mismatch.message
            said = dict(message.values) if isinstance(message, Message) else {}
            if str(said.get("name", "")).startswith(inner):
                name += str(said["name"])[len(inner) - 1 :]
                message = said["message"]
            mismatch.message = Message("name-message", name=name, message=message)

    def _field(self, key: object, told: object) -> Value:
        name = self.names.get(key) if isinstance(key, str) else None
        if name is None:
            word = str(key)
            message = Message("item-no-field", called=self.items.called, field=shown(word))
            known = tuple(self.names)
            hint = suggestion(word, known) or self._fields_hint()
            raise TypeMismatch("unknown-field", message, hint, UnknownWord(word, known))
        return self.check(name, told)

    def _fields_hint(self) -> Message:
        return Message("fields-listed", listed=ticked(self.names))
