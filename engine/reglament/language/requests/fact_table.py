"""From what a request tells, nested or dotted, to one value of the right type for each fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import islice
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from reglament.frozen import frozen
from reglament.language.requests.generated_reader import Check, Read, moment_check, reader_of
from reglament.language.requests.list_reader import list_of_path, list_reader, with_path
from reglament.language.requests.literals import parser_of
from reglament.language.requests.near import (
    NearWords,
    near_message,
    near_words,
    tells_words,
    vocabularies,
)
from reglament.language.requests.out_of_bounds import OUT_OF_BOUNDS
from reglament.language.syntax.mismatch import MOST_FAULTS, TypeMismatch, kind_of, shown
from reglament.language.syntax.suggest import UnknownWord, meaning, short, suggestion
from reglament.messages import Message, ticked
from reglament.model.decisions import Decision
from reglament.model.lists import read_path
from reglament.model.outcomes import Note
from reglament.model.problems import pointer_to
from reglament.model.regulation import Fact, Version
from reglament.model.values import BOOLEAN, Kind, Value

V = TypeVar("V")
DEEPEST = 20
MOST_LISTED = 8
_LEAVE_OUT = Message("leave-fact-out-if")


@frozen
class ToldFact(Generic[V]):
    """What was told of the fact `name`, under the key `key`, to which `path` leads."""

    name: str
    key: object
    value: V
    path: tuple[object, ...]


@frozen
class Fault(Generic[V]):
    """What is wrong with what was told: with its key, or (`of_value`) with its value."""

    told: ToldFact[V]
    unfit: TypeMismatch
    of_value: bool = False

    @property
    def pointer(self) -> str:
        """Where it stands in the request (RFC 6901)."""
        return pointer_to((*self.told.path, *self.unfit.path))


@dataclass(slots=True)
class Walked(Generic[V]):
    """What a walk over a request found: facts told once, and what is wrong.

    `nulls` are the groups of facts that were told to be null as a whole, `of_items` by list what
    was told of its items one by one (`order.lines[2].price`).
    """

    told: dict[str, ToldFact[V]] = field(default_factory=dict)
    nulls: list[str] = field(default_factory=list)
    of_items: dict[str, list[ToldFact[V]]] = field(default_factory=dict)
    faults: list[Fault[V]] = field(default_factory=list)


class FactTable:
    """For each fact of a version, what checks and turns a told value into its own type."""

    def __init__(self, version: Version) -> None:
        self.facts: dict[str, Fact] = dict(version.told_facts)
        self.size = len(self.facts)
        self.decisions: dict[str, Decision] = dict(version.decisions)
        has_words = any(map(tells_words, self.facts.values()))
        self._words = (*version.words_in_rules, *version.words_in_reactions) if has_words else ()
        zone = self.zone = ZoneInfo(version.zone)
        self.parsers = {name: parser_of(fact.type, zone) for name, fact in self.facts.items()}
        self._lists = frozenset(version.lists)
        self._of_items = {name: FactTable(one.item) for name, one in version.lists.items()}
        self._called = {name: item_list.called for name, item_list in version.lists.items()}
        for items in version.lists.values():
            self.parsers[items.fact] = list_reader(items, self._of_items[items.fact].check, zone)
        self.checkers: dict[object, Check] = {
            name: self._checker(fact) for name, fact in self.facts.items()
        }
        self.moments = tuple(
            name for name, fact in self.facts.items() if fact.type.kind is Kind.DATETIME
        )
        self.below: dict[str, list[str]] = {}
        for name in self.facts:
            for parent in groups_of(name):
                self.below.setdefault(parent, []).append(name)

    def _checker(self, fact: Fact) -> Check:
        """The check of one fact alone, of which null is no value."""
        if fact.refuses_near:
            return partial(self.check, fact.name)
        parser = self.parsers[fact.name]
        is_moment = fact.type.kind is Kind.DATETIME and not fact.type.is_bounded
        return moment_check(parser, self.zone) if is_moment else parser

    @cached_property
    def vocabularies(self) -> dict[str, NearWords]:
        """The words that the policy names for each fact that tells words."""
        return vocabularies(self.facts.values(), self._words)

    @cached_property
    def words(self) -> tuple[tuple[str, set[Value]], ...]:
        """For each of these facts null, its words, and what else was found to be near none."""
        known = self.vocabularies.items()
        return tuple((name, set[Value]({*one.words, None})) for name, one in known)

    @cached_property
    def zones_assumed(self) -> Mapping[str, Note]:
        """For each moment what is noted where it is told without an offset."""
        code, zone = "told-without-offset-from", str(self.zone)
        return {
            name: Note("no-offset", Message(code, name=name, zone=zone), name)
            for name in self.moments
        }

    @cached_property
    def whole(self) -> Read:
        """The quickest way to read a flat request that tells every fact."""
        return reader_of(self.facts.values(), self.checkers, self.zone, is_whole=True)

    @cached_property
    def partly(self) -> Read:
        """The quickest way to read a flat request that tells some facts."""
        return reader_of(self.facts.values(), self.checkers, self.zone, is_whole=False)

    def read_flat(self, told: Any) -> dict[str, Value]:
        """The facts of a flat request; raises KeyError, TypeError, ValueError or TypeMismatch."""
        return (self.whole if len(told) == self.size else self.partly)(told)

    def check(self, name: str, value: object) -> Value:
        """The value for the fact `name`, or for a field of an item; raises TypeMismatch."""
        path = None if name in self.facts else read_path(name)
        if path is not None:
            field_name = f"{self._called[path[0]]}.{path[2]}"
            return self._of_items[path[0]].check(field_name, value)
        if name not in self.facts and list_of_path(name, self._lists) is not None:
            return parser_of(BOOLEAN, self.zone)(value)  # whether there are more items
        fact = self.facts[name]
        if value is None and not fact.is_nullable:
            raise TypeMismatch(
                "null-not-allowed", Message("may-not-told-null", name=name), _LEAVE_OUT
            )
        try:
            found = None if value is None else self.parsers[name](value)
        except TypeMismatch as unfit:
            raise self._explained(name, unfit) from None
        if fact.refuses_near:
            for word, meant in near_words(self.vocabularies.get(name), found):
                raise TypeMismatch(
                    "near-word", near_message(name, word, meant), meaning(word, meant)
                )
        return found

    def _explained(self, name: str, unfit: TypeMismatch) -> TypeMismatch:
        """The same, with the name of the fact, or with the word that was likely meant."""
        if unfit.code == OUT_OF_BOUNDS:
            unfit.message = Message("name-message", name=name, message=unfit.message)
        elif unfit.stray is not None and name in self.vocabularies:
            word = unfit.stray.word
            meant = self.vocabularies[name].near(word)
            unfit.hint = unfit.hint if meant is None else meaning(word, meant)
        return unfit

    def walk(
        self,
        root: V,
        entries: Callable[[V], Iterable[tuple[object, V]] | None],
        is_null: Callable[[V], bool],
    ) -> Walked[V]:
        """Every fact told at or below `root`; `entries` opens a mapping, and nothing else."""
        walked: Walked[V] = Walked()
        waiting: list[tuple[str, tuple[object, ...], Iterator[tuple[object, V]]]] = []
        waiting.append(("", (), iter(entries(root) or ())))
        while waiting and len(walked.faults) < MOST_FAULTS:
            prefix, path, items = waiting[-1]
            item = next(items, None)
            if item is None:
                waiting.pop()
                continue
            key, value = item
            text = _text(key)
            if text is None:
                told_fact = ToldFact("", key, value, (*path, short(str(key))))
                walked.faults.append(Fault(told_fact, _odd_key(key)))
                continue
            told_fact = ToldFact(prefix + text, key, value, (*path, text))
            inner = entries(value) if told_fact.name in self.below else None
            if inner is None:
                self._take(walked, told_fact, is_null(value))
            elif len(told_fact.path) >= DEEPEST:
                message = Message("nested-deeper-than", deepest=DEEPEST)
                walked.faults.append(Fault(told_fact, TypeMismatch("nested-too-deep", message)))
            else:
                waiting.append((f"{told_fact.name}.", told_fact.path, iter(inner)))
        return walked

    def checked(self, walked: Walked[V], plain: Callable[[V], object]) -> dict[str, Value]:
        """The facts that a walk found, typed; what is wrong with their values joins its faults."""
        facts: dict[str, Value] = {}
        for told_fact in walked.told.values():
            if told_fact.name in walked.of_items:
                continue
            try:
                facts[told_fact.name] = self.check(told_fact.name, plain(told_fact.value))
            except TypeMismatch as unfit:
                faults = (unfit, *unfit.others)
                walked.faults += (Fault(told_fact, fault, of_value=True) for fault in faults)
        for name, several in walked.of_items.items():
            self._check_items(walked, name, several, plain, facts)
        return facts

    def standing(self, fault: Fault[Any]) -> int:
        """Where what is wrong stands among others, by the order of the facts; no fact is first."""
        name = fault.told.name
        return self._order.get(list_of_path(name, self._lists) or name, -1)

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {name: at for at, name in enumerate(self.facts)}

    def _check_items(
        self,
        walked: Walked[V],
        name: str,
        several: list[ToldFact[V]],
        plain: Callable[[V], object],
        facts: dict[str, Value],
    ) -> None:
        """Add a list that is told item by item, with what is told of it as a whole."""
        whole = walked.told.get(name)
        base = None if whole is None else plain(whole.value)
        for told_fact in several:
            try:
                base = with_path(base, told_fact.name, name, plain(told_fact.value))
                facts[name] = self.check(name, base)
            except TypeMismatch as unfit:
                unfit.path = ()
                walked.faults.append(Fault(told_fact, unfit, of_value=True))

    def _take(self, walked: Walked[V], told_fact: ToldFact[V], is_null: bool) -> None:
        if self._lists and (of_list := list_of_path(told_fact.name, self._lists)) is not None:
            walked.of_items.setdefault(of_list, []).append(told_fact)
            return
        names = [told_fact.name] if told_fact.name in self.facts else []
        if not names and is_null and told_fact.name in self.below:
            names = self.below[told_fact.name]
            walked.nulls.append(told_fact.name)
        if not names:
            walked.faults.append(Fault(told_fact, self._unknown(told_fact.name)))
        elif told_fact.name not in names and not all(self.facts[one].is_nullable for one in names):
            walked.faults.append(Fault(told_fact, self._group_not_null(told_fact.name)))
            return
        for name in names:
            if name in walked.told:
                message = Message("told-twice-told", name=name)
                walked.faults.append(Fault(told_fact, TypeMismatch("told-twice", message)))
            else:
                walked.told[name] = (
                    told_fact if told_fact.name == name else replace(told_fact, name=name)
                )

    def _unknown(self, name: str) -> TypeMismatch:
        if name in self.decisions and not self.decisions[name].is_internal:
            return _outcome_told(name)
        if name in self.below:
            return self._group_told(name)
        shown = short(name)
        message = Message("unknown-fact-told", shown=shown)
        known = (*self.facts, *self.below)
        return TypeMismatch(
            "unknown-fact", message, suggestion(name, known), UnknownWord(name, known)
        )

    def _group_told(self, name: str) -> TypeMismatch:
        message = Message("group-facts-not-fact", name=name)
        listed = _listed(self.below[name])
        return TypeMismatch("group-told", message, Message("holds-listed", listed=listed))

    def _group_not_null(self, name: str) -> TypeMismatch:
        below = self.below[name]
        always = _listed(member for member in below if not self.facts[member].is_nullable)
        message = Message("group-may-not-null", name=name, always=always)
        nullable = [member for member in below if self.facts[member].is_nullable]
        if not nullable:
            return TypeMismatch("null-not-allowed", message, _LEAVE_OUT)
        shown = _listed(nullable)
        return TypeMismatch("null-not-allowed", message, Message("those-may-null", shown=shown))


def _listed(names: Iterable[str]) -> str:
    return ticked(islice(names, MOST_LISTED))


def _outcome_told(name: str) -> TypeMismatch:
    message = Message("decided-regulation-request-cannot", name=name)
    return TypeMismatch("outcome-told", message, Message("tell-facts-follows-from"))


def groups_of(name: str) -> Iterator[str]:
    """What the name begins with, up to each of its points."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _text(key: object) -> str | None:
    value = getattr(key, "value", key)
    return value if isinstance(value, str) else None


def _odd_key(key: object) -> TypeMismatch:
    named = kind_of(key)
    return TypeMismatch("wrong-key", Message("fact-name-text", named=named, key=shown(key)))
