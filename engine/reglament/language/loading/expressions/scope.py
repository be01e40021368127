"""From the names that a version declares to the typed terms that its rules may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from reglament.frozen import frozen
from reglament.functions.table import FIELD
from reglament.language.loading.expressions import node_access
from reglament.language.requests.literals import Parser, parser_of
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message, ticked
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.decisions import Decision
from reglament.model.regulation import Fact, Reading
from reglament.model.terms import Constant, Formula, Term
from reglament.model.values import NUMBERS, Kind, Type
from reglament.model.words import Text
from reglament.model.words_or_names import WordOrName

T = TypeVar("T")

RESERVED = frozenset(
    {"any", "all", "not", "then", "id", "when", "from", "until", "because", "unless"}
    | {"clauses", "readings", "under", "overrides", "attaches"}
)
_LIST_OUTSIDE = Message("list-inside-itself-hint")
_MOMENTS = frozenset({Kind.DATE, Kind.DATETIME})
_TEXTS = frozenset({Kind.CHOICE, Kind.TEXT})


@frozen
class Symbol:
    """A term with what is known of it before any request; no `type` where it was misdeclared."""

    term: Term
    type: Type | None
    is_nullable: bool = False
    readings: tuple[str, ...] = ()


@dataclass(slots=True)
class ListScope:
    """A list of things: what may be named of one item, and what rules ask of all of them.

    `of_records` are the fields of records that are decided of an item, by their names;
    `decisions` are those that are made for each item, by name once they are read; `places` where
    totals are written. Of a list inside the items of another, that one is `inside`; what the engine
    adds to the decisions about its items is `added`.
    """

    fact: str
    called: str
    label: Text | None
    fields: dict[str, Fact]
    at_least: int
    at_most: int
    known: dict[str, Symbol] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)
    of_records: set[str] = field(default_factory=set)
    decisions: dict[str, Decision] = field(default_factory=dict)
    totals: dict[str, Symbol] = field(default_factory=dict)
    places: dict[str, Node] = field(default_factory=dict)
    is_sensitive: bool = False
    inside: str | None = None
    added: dict[str, Decision] = field(default_factory=dict)


def declare_fields(known: dict[str, Symbol], name: str) -> Iterator[str]:
    """Make the fields of a record known by their names, `approval.status`, and those in them."""
    typed = known[name]
    if typed.type is None or typed.type.kind is not Kind.RECORD:
        return
    for part, type in typed.type.fields:
        full = f"{name}.{part}"
        if full not in known:
            term = Formula(FIELD.name, (Constant(part), typed.term))
            is_nullable = typed.is_nullable or part in typed.type.nullable
            known[full] = Symbol(term, type, is_nullable, typed.readings)
            yield full
            yield from declare_fields(known, full)


@dataclass(slots=True)
class Scope:
    """Everything that rules of one version may name.

    `lists` are the lists of things, by their facts; `condition` reads a `when`.
    """

    report: Diagnostics
    zone: ZoneInfo
    chosen_by: str = ""
    known: dict[str, Symbol] = field(default_factory=dict)
    facts: set[str] = field(default_factory=set)
    decisions: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    # The readings that what is being read hangs on.
    used: list[str] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    clauses: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()
    words_or_names: list[WordOrName] = field(default_factory=list)
    # What reads a condition: formulas hold conditions, and conditions hold formulas.
    read_condition: Callable[[Scope, Node], Condition] = lambda *_: ALWAYS
    lists: dict[str, ListScope] = field(default_factory=dict)
    # Lists of things whose items have no name, which is wrong: the fields of each.
    nameless: dict[str, tuple[str, ...]] = field(default_factory=dict)
    outside: tuple[dict[str, Symbol], set[str], set[str]] | None = None
    # The lists of one item of which is spoken, the inner one last.
    within: tuple[str, ...] = ()
    # What items of plain lists are called while they are spoken of.
    items: tuple[str, ...] = ()
    _parsers: dict[Type, Parser] = field(default_factory=dict)

    def parser(self, type: Type) -> Parser:
        """What turns a written value into one of the type, raising TypeMismatch."""
        if type not in self._parsers:
            self._parsers[type] = parser_of(type, self.zone)
        return self._parsers[type]

    def declare(self, name: Scalar, typed: Symbol) -> bool:
        """Make the name known; false, and a problem, where it is taken or reserved."""
        text = str(name.value)
        if text in RESERVED:
            self.report.add("reserved-name", name, Message("name-language-own", text=text))
            self.report.poisoned.add(text)
        elif text in self.known:
            self.report.add("name-taken", name, Message("name-already-another-fact", text=text))
        elif (items := self.items_called(text.partition(".")[0])) is not None:
            message = Message("item-name-taken", called=items.called, other=text)
            hint = Message("item-name-taken-hint", list=items.fact)
            self.report.add("name-taken", name, message, hint)
        else:
            self.known[text] = typed
            return True
        return False

    def declare_fields(self, name: str) -> None:
        """Make the fields of a record decision known by their names, `approval.status`.

        What else is called so keeps its name.
        """
        self.fields.update(declare_fields(self.known, name))

    def items_called(self, name: str) -> ListScope | None:
        """The list one item of which is called so."""
        return next((scope for scope in self.lists.values() if scope.called == name), None)

    @contextmanager
    def having(self, **fields: Any) -> Iterator[None]:
        """While something is read inside, these fields of the names are others."""
        before = {name: getattr(self, name) for name in fields}
        for name, value in fields.items():
            setattr(self, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(self, name, value)

    def one_of(self, items: ListScope) -> AbstractContextManager[None]:
        """What is read inside speaks of one item of the list, and of no other list's.

        Of one inside another, it speaks of an item of that one, too.
        """
        outside = known, facts, decisions = self.outside or (self.known, self.facts, self.decisions)
        chain, fields = self._chain(items), self.fields
        for scope in chain:
            known = {**known, **scope.known}
            facts, decisions = facts | scope.fields.keys(), decisions | scope.decided
            fields = fields | scope.of_records
        within = tuple(one.fact for one in chain)
        known = {name: typed for name, typed in known.items() if name not in within}
        return self.having(
            known=known, facts=facts - {*within}, decisions=decisions, outside=outside,
            within=within, fields=fields,
        )  # fmt: skip

    def field_meant(self, name: str) -> str | None:
        """What of the item of which is spoken is called so, without the name of the item."""
        called = (*reversed(self.items), *(self.lists[one].called for one in reversed(self.within)))
        return next((full for one in called if (full := f"{one}.{name}") in self.known), None)

    def _chain(self, items: ListScope) -> list[ListScope]:
        """The list, after the one inside which it is."""
        above = self.lists.get(items.inside or "")
        return [items] if above is None else [*self._chain(above), items]

    def is_at_hand(self, items: ListScope) -> bool:
        """Whether totals over the list can stand here: of the request, or of the item at hand."""
        return self.within[-1:] == (() if items.inside is None else (items.inside,))

    def misses_item(self, name: Scalar) -> bool:
        """Whether the name speaks of an item where none is spoken of: told as a problem then."""
        text = str(name.value)
        for items in self.lists.values():
            if text == items.fact and text in self.within:
                message = Message("list-inside-itself", name=text)
                self.report.add("list-inside-itself", name, message, _LIST_OUTSIDE)
                return True
            if text in items.known:
                message = Message("speaks-of-one-item", name=text, list=items.fact)
                hint = Message("speaks-of-one-item-hint", list=items.fact)
                self.report.add("item-unnamed", name, message, hint)
                return True
        return False

    def cited(self, node: Node | None) -> tuple[str, ...]:
        """The clauses that a list names; unknown ones are problems."""
        return node_access.known_words(self.report, "unknown-clause", node, self.clauses)

    def hung_on(self, node: Node | None) -> tuple[str, ...]:
        """The readings that a list names; unknown ones are problems."""
        return node_access.known_words(self.report, "unknown-reading", node, self.readings)

    def reading(self, name: Scalar) -> Reading | None:
        """The reading of that name; None, and a problem, where there is none."""
        node_access.is_known(self.report, "unknown-reading", name, self.readings)
        return self.readings.get(str(name.value))

    def alternative(self, reading: Reading, name: Scalar) -> bool:
        """Whether that alternative of the reading is chosen; a problem where there is none."""
        if name.value not in reading.alternatives:
            message = Message("reading-no-alternative", reading=reading.id, name=name.value)
            word, known = str(name.value), reading.alternatives
            self.report.unknown("unknown-alternative", name, message, word, known)
        return name.value == reading.chosen

    def chosen(self, node: Node, read: Callable[[Node], T]) -> T | None:
        """What `read` makes of the node, or of the alternative chosen where it is a switch.

        Every alternative is read, so that each is checked; `used` gains the readings
        that the result hangs on.
        """
        if not (isinstance(node, MappingNode) and node.get("reading") is not None):
            return read(node)
        name = node_access.word(self.report, node.get("reading"))
        reading = None if name is None else self.reading(name)
        picked: T | None = None
        for key, below in node.entries:
            if key.value == "reading":
                continue
            is_chosen = reading is not None and self.alternative(reading, key)
            with self.having(used=self.used if is_chosen else []):
                found = self.chosen(below, read)
            picked = found if is_chosen else picked
        if reading is not None:
            self.used.append(reading.id)
            self._every_alternative(node, reading)
        return picked

    def _every_alternative(self, node: MappingNode, reading: Reading) -> None:
        missing = [name for name in reading.alternatives if name not in node.keys]
        unknown = set(node.keys) - set(reading.alternatives) - {"reading"}
        if len(missing) > len(unknown):  # an unknown one may be the one that is missing
            message = Message("what-reading-would-mean", listed=ticked(missing), reading=reading.id)
            self.report.add("alternative-missing", node, message)


def comparable(one: Type, other: Type) -> bool:
    """Whether values of the two types may stand in one comparison."""
    groups = (NUMBERS, _MOMENTS, _TEXTS)
    return one.kind is other.kind or any({one.kind, other.kind} <= group for group in groups)


def fits(given: Type, wanted: Type) -> bool:
    """Whether every value of the type `given` is also one of the type `wanted`."""
    if wanted.kind is Kind.DECIMAL:
        return given.kind is Kind.INTEGER or (
            given.kind is Kind.DECIMAL and given.places <= wanted.places
        )
    if wanted.kind is Kind.TEXT or (wanted.kind is Kind.CHOICE and wanted.is_open):
        return given.kind in _TEXTS
    if wanted.kind is Kind.CHOICE:
        is_listed = set(given.options) <= set(wanted.options)
        return given.kind is Kind.CHOICE and not given.is_open and is_listed
    if wanted.kind is Kind.RECORD and given.kind is Kind.RECORD:
        mine, theirs = dict(given.fields), dict(wanted.fields)
        are_same = mine.keys() == theirs.keys() and {*given.nullable} <= {*wanted.nullable}
        return are_same and all(fits(mine[name], theirs[name]) for name in mine)
    if wanted.kind is Kind.LIST and given.kind is Kind.LIST and wanted.item and given.item:
        return fits(given.item, wanted.item)
    return given.without_bounds == wanted.without_bounds
