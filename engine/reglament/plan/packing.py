"""From the model's frozen objects to plain JSON values and back, whatever their classes are.

Objects stand in one table, each after those that it holds, and equal ones once: so a plan that
is a graph stays one, however deep. In a row, a number is the place of an object, text, null and
truths are themselves, and everything else is a list led by its tag.

A row is a text of its own, and is read when its object is asked for. Of a long table that is all
that a request takes: its rules, and what the nodes of its plan lead to, are `Later`.

Only dataclasses and enumerations of `MODULES` are ever made: nothing that is read runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import partial
from importlib import import_module
from types import UnionType
from typing import Any, TypeAlias, TypeVar, overload
from zoneinfo import ZoneInfo

from reglament.frozen import has_own_init
from reglament.memo import Memo
from reglament.model.decisions import Rule
from reglament.model.lists import OpenItems
from reglament.model.moments import fixed_offset
from reglament.model.values import Listed, Record, TimeOfDay
from reglament.plan.nodes import Node, below

Json: TypeAlias = Any
Row: TypeAlias = list[Json]

MODULES = frozenset({
    "messages.message", "model.conditions", "model.decisions", "model.operators", "model.problems",
    "model.reactions", "model.letters", "model.regulation", "model.terms", "model.text_tests",
    "model.values", "model.words", "model.words_or_names", "plan.nodes",
    "worktime.calendars", "worktime.desks", "worktime.hours", "worktime.windows",
})  # fmt: skip


BLOCK = 64  # rows that are read at once
MANY = 100  # parts, of which few are asked for
LONG = frozenset({("Decision", "rules"), ("Bisect", "targets"), ("Switch", "cases")})
_HOLDING = frozenset({"tuple", "set", "listed", "open", "map", "record"})
Part = TypeVar("Part")


class Later(Sequence[Part]):
    """Parts of an object of a bundle, each of which is read when it is asked for."""

    def __init__(
        self, packed: list[Json], read: Callable[[list[Json]], Iterable[Part]], ids: list[str]
    ) -> None:
        self._packed, self._read = packed, read
        self._parts: dict[int, Part] = {}
        self.ids = tuple(ids) or None
        """The ids of the parts, which may be asked for without reading any; None without any."""

    @overload
    def __getitem__(self, place: int) -> Part: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Part]: ...

    def __getitem__(self, place: int | slice) -> Part | Sequence[Part]:
        places = range(len(self._packed))[place]
        if isinstance(places, range):
            return tuple(self._at(places))
        (part,) = self._at((places,))
        return part

    def __iter__(self) -> Iterator[Part]:
        yield from self._at(range(len(self._packed)))

    def _at(self, places: Iterable[int]) -> list[Part]:
        known = self._parts
        if asked := [place for place in places if place not in known]:
            read = self._read([self._packed[place] for place in asked])
            for place, part in zip(asked, read, strict=True):
                known.setdefault(place, part)  # threads that race have one object
        return [known[place] for place in places]

    def __len__(self) -> int:
        return len(self._packed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type, tuple[tuple[Part, ...]]]:
        return tuple, (tuple(self),)


class Unpackable(ValueError):
    """These rows are not what this release of the engine writes."""


class Packer:
    """Puts objects into one table of rows, equal ones once."""

    def __init__(self) -> None:
        self.classes: list[str] = []
        self.rows: list[str] = []
        self.is_long = False
        """Whether there are objects with so many parts that few are asked for."""
        self._places: dict[str, int] = {}
        self._of: dict[int, int] = {}
        self._held: list[object] = []  # an id is good while its object lives

    def add(self, instance: object) -> int:
        """The place of the object, a dataclass, in the table."""
        if isinstance(instance, Node):  # first those below it: it may be deeper than calls may nest
            return [self._add(node) for node in below(instance)][-1]
        return self._add(instance)

    def _add(self, instance: Any) -> int:
        place = self._of.get(id(instance))
        if place is None:
            row = self._row(instance)
            text = as_text(row)
            place = self._places.setdefault(text, len(self.rows))
            if place == len(self.rows):
                self.rows.append(text)
            self._of[id(instance)] = place
            self._held.append(instance)
        return place

    def _row(self, instance: Any) -> Row:
        """The class and the values of the fields, without the last ones that are the defaults."""
        row = [self._field(instance, field.name) for field in fields(instance)]
        usual = [self._default(field) for field in fields(instance)]
        while row and row[-1] == usual[len(row) - 1]:
            row.pop()
        return [self._class(instance), *row]

    def _field(self, instance: Any, name: str) -> Json:
        value = getattr(instance, name)
        if (type(instance).__name__, name) not in LONG or len(value) < MANY:
            return self.value(value)
        self.is_long = True
        ids = [part.id for part in value if isinstance(part, Rule)]
        return ["later", ids, *map(self.value, value)]

    def _default(self, field: Any) -> Json:
        if callable(field.default_factory):
            return self.value(field.default_factory())
        simple = field.default is None or isinstance(field.default, bool | str | tuple)
        return self.value(field.default) if simple else self  # which nothing packed equals

    def _class(self, instance: object) -> int:
        module, name = (
            type(instance).__module__.removeprefix("reglament."),
            type(instance).__qualname__,
        )
        if module not in MODULES:
            raise TypeError(f"no place in a bundle for {type(instance)}")
        if f"{module}:{name}" not in self.classes:
            self.classes.append(f"{module}:{name}")
        return self.classes.index(f"{module}:{name}")

    def value(self, value: Any) -> Json:
        """What stands for a value in a row."""
        if value is None or value.__class__ in (str, bool):
            return value
        if is_dataclass(value):
            return self.add(value)
        for kind, tag, parts_of in PACKED:
            if isinstance(value, kind):
                return [tag, *parts_of(self, value)]
        raise TypeError(f"no place in a bundle for {value!r}")

    def enumerated(self, word: Enum) -> Iterator[Json]:
        """The class of the word, and the word."""
        yield self._class(word)
        yield word.value

    def sorted(self, some: Iterable[object]) -> list[Json]:
        """The values of a set, in an order that no hash seed changes."""
        return sorted(map(self.value, some), key=repr)

    def pairs(self, some: Mapping[Any, Any]) -> Iterator[Json]:
        """The keys and values, one after another."""
        for key, value in some.items():
            yield self.value(key)
            yield self.value(value)


# Of each kind of value, its tag and what stands behind it; the first kind that fits.
PACKED: tuple[tuple[type | UnionType, str, Callable[[Packer, Any], Iterable[Json]]], ...] = (
    (Enum, "word", Packer.enumerated),
    (int, "int", lambda packer, value: [value]),
    (Decimal, "decimal", lambda packer, value: [str(value)]),
    (datetime, "moment", lambda packer, value: _moment(value)),
    (date, "day", lambda packer, value: [value.isoformat()]),
    (TimeOfDay, "time_of_day", lambda packer, value: [value.micros]),
    (time, "time", lambda packer, value: [value.isoformat()]),
    (timedelta, "span", lambda packer, value: [value.days, value.seconds, value.microseconds]),
    (OpenItems, "open", lambda packer, value: map(packer.value, value)),
    (Listed, "listed", lambda packer, value: map(packer.value, value)),
    (tuple | Later, "tuple", lambda packer, value: map(packer.value, value)),
    (frozenset, "set", Packer.sorted),
    (Record, "record", Packer.pairs),
    (Mapping, "map", Packer.pairs),
)


def _moment(moment: datetime) -> list[Json]:
    zone, clock = moment.tzinfo, moment.replace(tzinfo=None).isoformat()
    if zone is None:
        return [clock]
    if isinstance(zone, ZoneInfo):
        return [clock, zone.key, moment.fold]
    return [clock, (moment.utcoffset() or timedelta(0)) // timedelta(microseconds=1)]


class Unpacker:
    """The objects of a table, each made when it is asked for.

    Raises Unpackable for what no `Packer` of this release makes.
    """

    def __init__(self, classes: list[str], rows: Sequence[str]) -> None:
        self.makers = [_made_by(name) for name in classes]
        self.found: dict[int, Any] = {}
        self._size = len(rows)
        # Some at a time, as that takes a third of the time.
        self._blocks = Memo[int, list[Row]](
            lambda at: json.loads(f"[{','.join(rows[at * BLOCK : (at + 1) * BLOCK])}]")
        )

    def whole(self) -> None:
        """Make every object now: each stands after all that it holds."""
        self._make([place for place in range(self._size) if place not in self.found])

    def object(self, place: int) -> Any:
        """The object at the place."""
        self._make(self._needed([place]))
        return self.found[place]

    def _needed(self, waiting: list[int]) -> Iterable[int]:
        """The places of objects and all that they hold: not by calls, as it may be deep."""
        found, needed = self.found, set[int]()
        while waiting:
            place = waiting.pop()
            if place not in found and place not in needed:
                needed.add(place)
                waiting += _held(self._row(place), 1)
        return sorted(needed)

    def _row(self, place: int) -> Row:
        return self._blocks[place // BLOCK][place % BLOCK]

    def _make(self, places: Iterable[int]) -> None:
        try:
            for place in places:
                row = self._row(place)
                self.found[place] = self.makers[row[0]](*map(self.value, row[1:]))
        except Unpackable:
            raise
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
            raise Unpackable(str(error)) from error

    def later(self, packed: list[Json]) -> Later[Any]:
        """The parts of a long object, each made when it is asked for."""
        ids, *parts = packed
        return Later(parts, self._parts, ids)

    def _parts(self, packed: list[Json]) -> Iterator[Any]:
        if len(packed) > MANY:
            self.whole()  # sooner than to look for what they hold
        else:
            self._make(self._needed(list(_held(packed, 0))))
        return map(self.value, packed)

    def value(self, packed: Json) -> Any:
        if packed.__class__ is str or packed is None or packed.__class__ is bool:
            return packed
        if packed.__class__ is int:
            return self.found[packed]
        return UNPACKED[packed[0]](self, packed[1:])

    def values(self, packed: list[Json]) -> Iterator[Any]:
        return map(self.value, packed)

    def pairs(self, packed: list[Json]) -> dict[Any, Any]:
        values = self.values(packed)
        return dict(zip(values, values, strict=True))

    def word(self, packed: list[Json]) -> Any:
        return self.makers[packed[0]](packed[1])


def _held(packed: list[Json], start: int) -> Iterator[int]:
    """The places of the objects that are named in a row, or in a list of it, from an index on."""
    for part in packed[start:]:
        if part.__class__ is int:
            yield part
        elif part.__class__ is list and part[0] in _HOLDING:
            yield from _held(part, 1)


def as_text(plain: object) -> str:
    """The JSON text of a plain value, on one line."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _made_by(name: str) -> Callable[..., Any]:
    """What makes an object of the class from the values of its fields, in their order."""
    module, _, within = name.partition(":")
    if module not in MODULES:
        raise Unpackable(name)
    made = getattr(import_module(f"reglament.{module}"), within, None)
    if isinstance(made, type) and issubclass(made, Enum):
        return made
    if not isinstance(made, type) or not is_dataclass(made):
        raise Unpackable(name)
    if any(field.kw_only for field in fields(made)):
        names = [field.name for field in fields(made)]
        return lambda *values: made(**dict(zip(names, values, strict=False)))
    return partial(_set, made) if has_own_init(made) else made


def _set(made: type, *values: Any) -> Any:
    """An object whose own way of being made takes something else than its fields."""
    found: Any = object.__new__(made)
    for field, value in zip(fields(made), values, strict=True):
        object.__setattr__(found, field.name, value)
    return found


def _moment_of(packed: list[Json]) -> datetime:
    clock, *zone = packed
    moment = datetime.fromisoformat(clock)
    if not zone:
        return moment
    if len(zone) == 2:
        return moment.replace(tzinfo=ZoneInfo(zone[0]), fold=zone[1])
    return moment.replace(tzinfo=fixed_offset(timedelta(microseconds=zone[0])))


UNPACKED: Mapping[str, Callable[[Unpacker, list[Json]], Any]] = {
    "later": Unpacker.later,
    "word": Unpacker.word,
    "int": lambda reader, packed: int(packed[0]),
    "decimal": lambda reader, packed: Decimal(packed[0]),
    "moment": lambda reader, packed: _moment_of(packed),
    "day": lambda reader, packed: date.fromisoformat(packed[0]),
    "time_of_day": lambda reader, packed: TimeOfDay.at(packed[0]),
    "time": lambda reader, packed: time.fromisoformat(packed[0]),
    "span": lambda reader, packed: timedelta(*packed),
    "open": lambda reader, packed: OpenItems(reader.values(packed)),
    "listed": lambda reader, packed: Listed(reader.values(packed)),
    "tuple": lambda reader, packed: tuple(reader.values(packed)),
    "set": lambda reader, packed: frozenset(reader.values(packed)),
    "record": lambda reader, packed: Record(reader.pairs(packed)),
    "map": Unpacker.pairs,
}
