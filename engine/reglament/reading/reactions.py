"""From the sections `subjects` and `reactions` to what is followed over time, and what is done."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import cast

from reglament.matching.compiling import kind_of, rules_of, type_of_field
from reglament.matching.linter import breaches
from reglament.matching.rules import Kind as Matched
from reglament.model.policy import Version
from reglament.model.reactions import (
    Clock,
    Compared,
    Concluded,
    EventKind,
    Happened,
    Occasion,
    Reached,
    Reaction,
    Registry,
    SameAs,
    Stopped,
    SubjectKind,
    Verb,
    Where,
)
from reglament.model.terms import Formula
from reglament.model.values import BOOLEAN, DURATION, INTEGER, TEXT, Kind, Type, Value
from reglament.model.words import Words
from reglament.reading import parts
from reglament.reading.names import Names
from reglament.reading.report import Report
from reglament.reading.source import Mapping, Node, Scalar
from reglament.reading.written import read_literal

_FIELD_TYPES = {"text": TEXT, "integer": INTEGER, "boolean": BOOLEAN}
_NO_EVENT = Words(ru="нет события", en="there is no event")
_NO_NAME = Words(ru="нет факта или решения", en="there is no fact or decision")
_NO_FACT = Words(ru="нет факта", en="there is no fact")
_NO_DECISION = Words(ru="нет решения", en="there is no decision")
_NO_CLOCK = Words(ru="нет часов", en="there is no clock")
_NO_ALIAS = Words(ru="выше нет события с именем", en="no event above is called")
_MOMENTS = frozenset({Kind.DATE, Kind.DATETIME})


def read_subjects(names: Names, version: Version, section: Node | None) -> dict[str, SubjectKind]:
    """The kinds of subject that the policy follows."""
    found: dict[str, SubjectKind] = {}
    for name, node in parts.entries(names.report, section):
        below = parts.mapping(names.report, node)
        if below is not None:
            found[str(name.value)] = _Subject(names, version, below).read(name)
    return found


def read_reactions(names: Names, version: Version, section: Node | None) -> tuple[Reaction, ...]:
    """The reactions of a version whose subjects are known; what is wrong joins the report."""
    found: dict[str, Reaction] = {}
    for item in parts.items(names.report, section):
        node = parts.mapping(names.report, item)
        reaction = None if node is None else _read(names, version, node)
        if reaction is None:
            continue
        if reaction.id in found:
            message = Words(ru="такая реакция уже есть", en="there is such a reaction already")
            names.report.add("reaction-twice", reaction.place, message)
        found[reaction.id] = reaction
    return tuple(found.values())


def keep_to_the_fence(report: Report, version: Version) -> None:
    """Note each reaction that not every matcher could follow."""
    places = {reaction.id: reaction.place for reaction in version.reactions}
    for subject in version.subjects.values():
        for breach in breaches(rules_of(version, subject.name)):
            place = places.get(breach.rule or "", subject.place)
            report.add(breach.code, place, breach.message)


class _Subject:
    """One kind of subject, while it is read."""

    def __init__(self, names: Names, version: Version, node: Mapping) -> None:
        self.names = names
        self.report = names.report
        self.version = version
        self.node = node
        self.events: dict[str, EventKind] = {}

    def read(self, name: Scalar) -> SubjectKind:
        for key, below in parts.entries(self.report, self.node.get("events")):
            self.events[str(key.value)] = self._event(key, below)
        clocks = {
            str(key.value): clock
            for key, below in parts.entries(self.report, self.node.get("clocks"))
            if (clock := self._clock(key, below)) is not None
        }
        registries = {
            str(key.value): registry
            for key, below in parts.entries(self.report, self.node.get("registries"))
            if (registry := self._registry(key, below)) is not None
        }
        label = parts.words(self.report, self.node.get("label")) or parts.NOTHING
        return SubjectKind(str(name.value), label, self.events, clocks, registries, name.place)

    def _event(self, name: Scalar, section: Node) -> EventKind:
        node = parts.mapping(self.report, section) or Mapping((), section.place)
        types: dict[str, Type] = {}
        for key, below in parts.entries(self.report, node.get("fields")):
            word = parts.word(self.report, below)
            types[str(key.value)] = _FIELD_TYPES.get(str(word.value) if word else "", TEXT)
        moment = self._one(node.get("moment"), self.version.facts, "unknown-fact", _NO_FACT)
        if moment is not None and self.version.facts[moment].type.kind not in _MOMENTS:
            message = Words(ru=f"`{moment}` - не день и не момент", en=f"`{moment}` is no moment")
            self.report.add("wrong-type", node.get("moment"), message)
        return EventKind(
            name=str(name.value),
            label=parts.words(self.report, node.get("label")) or parts.NOTHING,
            moment=moment,
            fields=types,
            forgets=self._facts_below(node.get("forgets")),
            decides=self._several(
                node.get("decides"), self.version.decisions, "unknown-decision", _NO_DECISION
            ),
            place=name.place,
        )

    def _facts_below(self, node: Node | None) -> tuple[str, ...]:
        known = {name[:at] for name in self.version.facts for at in _ends(name)}
        return self._several(node, known, "unknown-fact", _NO_FACT)

    def _clock(self, name: Scalar, section: Node) -> Clock | None:
        node = parts.mapping(self.report, section)
        if node is None:
            return None
        facts, decisions = self.version.facts, self.version.decisions
        types = {name: one.type for name, one in facts.items()}
        types |= {name: one.type for name, one in decisions.items()}
        due = self._one(node.get("due"), types, "unknown-name", _NO_NAME)
        if due is None:
            return None
        if types[due].kind not in _MOMENTS:
            message = Words(ru=f"`{due}` - не день и не момент", en=f"`{due}` is no moment")
            self.report.add("wrong-type", node.get("due"), message)
        hours, tie = self._working_time(due)
        return Clock(
            name=str(name.value),
            label=parts.words(self.report, node.get("label")) or parts.NOTHING,
            due=due,
            starts=self._events(node.get("starts")),
            stops=self._events(node.get("stops")),
            pauses=self._events(node.get("pauses")),
            resumes=self._events(node.get("resumes")),
            hours=hours,
            tie=tie,
            place=name.place,
        )

    def _working_time(self, due: str) -> tuple[str | None, str]:
        """The hours in which the decision itself counts: no second place may say otherwise."""
        decision = self.version.decisions.get(due)
        for rule in () if decision is None else decision.every_rule():
            if isinstance(rule.then, Formula) and rule.then.hours is not None:
                return rule.then.hours, rule.then.tie
        return None, "closing"

    def _registry(self, name: Scalar, section: Node) -> Registry | None:
        node = parts.mapping(self.report, section)
        if node is None:
            return None
        facts = self.version.facts
        value = self._one(node.get("value"), facts, "unknown-fact", _NO_FACT)
        tells = self._one(node.get("tells"), facts, "unknown-fact", _NO_FACT)
        when = parts.entries(self.report, node.get("when"))
        if value is None or tells is None or len(when) != 1:
            return None
        key, below = when[0]
        decision = self._one(key, self.version.decisions, "unknown-decision", _NO_DECISION)
        if decision is None:
            return None
        outcome = read_literal(self.names, below, self.version.decisions[decision].type)
        if facts[tells].type.kind is not Kind.BOOLEAN:
            self.report.add("wrong-type", node.get("tells"), parts.TRUE_OR_FALSE)
        by = self._several(node.get("by"), facts, "unknown-fact", _NO_FACT)
        said = None if outcome is None else outcome[0]
        return Registry(str(name.value), value, decision, said, tells, by, name.place)

    def _events(self, node: Node | None) -> tuple[str, ...]:
        return self._several(node, self.events, "unknown-event", _NO_EVENT)

    def _one(self, node: Node | None, known: Collection[str], code: str, what: Words) -> str | None:
        word = parts.word(self.report, node)
        if word is None:
            return None
        if word.value in known:
            return str(word.value)
        parts.unknown(self.report, code, word, what, known)
        return None

    def _several(
        self, node: Node | None, known: Collection[str], code: str, what: Words
    ) -> tuple[str, ...]:
        listed = (node,) if isinstance(node, Scalar) else parts.items(self.report, node)
        found = (self._one(one, known, code, what) for one in listed)
        return tuple(name for name in found if name is not None)


def _ends(name: str) -> Iterator[int]:
    yield from (at for at, letter in enumerate(name) if letter == ".")
    yield len(name)


def _read(names: Names, version: Version, node: Mapping) -> Reaction | None:
    report = names.report
    word, name = parts.word(report, node.get("subject")), parts.word(report, node.get("id"))
    if word is None or name is None:
        return None
    subject = version.subjects.get(str(word.value))
    if subject is None:
        what = Words(ru="нет предмета", en="there is no subject")
        parts.unknown(report, "unknown-subject", word, what, version.subjects)
        return None
    verb, said = _done(report, node.get("do"))
    return Reaction(
        id=str(name.value),
        subject=subject.name,
        when=tuple(_Occasions(names, version, subject).read(node.get("when"))),
        verb=verb,
        what=said,
        because=parts.words(report, node.get("because")) or parts.NOTHING,
        clauses=names.cited(node.get("clauses")),
        attaches=_named(report, node.get("attaches"), {**version.facts, **version.decisions}),
        once_per=_named(report, node.get("once_per"), version.facts),
        place=name.place,
    )


def _done(report: Report, node: Node | None) -> tuple[Verb, str]:
    for key, below in parts.entries(report, node):
        if key.value in set(Verb):
            return Verb(str(key.value)), parts.text_of(below) or ""
    return Verb.WARN, ""


def _named(report: Report, node: Node | None, known: Collection[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in parts.words_in(report, node):
        if name.value in known:
            found.append(str(name.value))
        else:
            parts.unknown(report, "unknown-name", name, _NO_NAME, known)
    return tuple(found)


class _Occasions:
    """The list under `when`, in which an event may be called by its alias further down."""

    def __init__(self, names: Names, version: Version, subject: SubjectKind) -> None:
        self.names = names
        self.report = names.report
        self.version = version
        self.subject = subject
        self.aliases: dict[str, str] = {}

    def read(self, section: Node | None) -> Iterator[Occasion]:
        for item in parts.items(self.report, section):
            node = parts.mapping(self.report, item)
            found = None if node is None else self._occasion(node)
            if found is not None:
                yield found

    def _occasion(self, node: Mapping, *, absent: bool = False) -> Occasion | None:
        below = node.get("none")
        if below is not None and not absent:
            inner = parts.mapping(self.report, below)
            return None if inner is None else self._occasion(inner, absent=True)
        if node.get("event") is not None:
            return self._happened(node, absent=absent)
        if node.get("decided") is not None:
            return self._concluded(node, absent=absent)
        if absent:
            message = Words(
                ru="под `none` - событие или решение", en="`none` takes an event or a decision"
            )
            self.report.add("none-of-what", node, message)
            return None
        return self._clock(node)

    def _happened(self, node: Mapping, *, absent: bool) -> Happened | None:
        word = parts.word(self.report, node.get("event"))
        event = None if word is None else self.subject.events.get(str(word.value))
        if word is not None and event is None:
            parts.unknown(self.report, "unknown-event", word, _NO_EVENT, self.subject.events)
        if event is None:
            return None
        called = parts.word(self.report, node.get("as"))
        alias = f"e{node.place.line}x{node.place.column}" if called is None else str(called.value)
        where = tuple(self._where(event, node.get("where")))
        if alias in self.aliases:
            message = Words(ru=f"имя `{alias}` занято", en=f"the alias `{alias}` is taken")
            self.report.add("alias-twice", called or node, message)
        if not absent:
            self.aliases[alias] = event.name
        return Happened(event.name, alias, where, absent)

    def _where(self, event: EventKind, section: Node | None) -> Iterator[Where]:
        for key, node in parts.entries(self.report, section):
            name = str(key.value)
            type = type_of_field(self.version, event, name)
            if type is None:
                known = [*event.fields, *self.version.facts]
                parts.unknown(self.report, "unknown-fact", key, _NO_FACT, known)
            elif kind_of(type) is None:
                message = Words(ru="списки здесь не сравнить", en="lists are not compared here")
                self.report.add("wrong-type", key, message)
            else:
                yield from self._tests(name, type, node)

    def _tests(self, name: str, type: Type, node: Node) -> Iterator[Where]:
        if not isinstance(node, Mapping):
            value = read_literal(self.names, node, type)
            if value is not None:
                yield Where(name, Compared.IS, value[0])
            return
        for key, below in node.entries:
            if key.value == "same_as":
                same = self._same(type, below)
                if same is not None:
                    yield Where(name, Compared.IS, same)
            elif key.value in set(Compared):
                value = read_literal(self.names, below, type)
                if value is not None:
                    yield Where(name, Compared(str(key.value)), value[0])

    def _same(self, wanted: Type, node: Node) -> SameAs | None:
        word = parts.word(self.report, node)
        if word is None:
            return None
        alias, _, name = str(word.value).partition(".")
        event = self.subject.events.get(self.aliases.get(alias, ""))
        if event is None:
            parts.unknown(self.report, "unknown-alias", word, _NO_ALIAS, self.aliases)
            return None
        type = type_of_field(self.version, event, name)
        if type is None or not _is_alike(type, wanted):
            message = Words(
                ru=f"`{name}` не сравнить с этим полем", en=f"`{name}` cannot be compared with this"
            )
            self.report.add("wrong-type", word, message)
            return None
        return SameAs(alias, name)

    def _concluded(self, node: Mapping, *, absent: bool) -> Concluded | None:
        word = parts.word(self.report, node.get("decided"))
        if word is None:
            return None
        looked_at = {name for event in self.subject.events.values() for name in event.decides}
        if word.value not in looked_at:
            what = Words(ru="ни одно событие не ведёт к решению", en="no event leads to")
            parts.unknown(self.report, "unknown-decision", word, what, looked_at)
            return None
        decision = self.version.decisions[str(word.value)]
        of = self._alias(node.get("of"))
        below = node.get("unmet")
        if below is not None:
            unmet = parts.word(self.report, below)
            rules = [rule.id for rule in decision.rules]
            if unmet is not None and unmet.value not in rules:
                what = Words(ru="нет требования", en="there is no requirement")
                parts.unknown(self.report, "unknown-rule", unmet, what, rules)
            return Concluded(decision.name, None, parts.text_of(below), of, absent)
        said = node.get("is")
        value: tuple[Value] | None = (None,)
        if said is not None and not parts.is_null(said):
            value = read_literal(self.names, said, decision.type)
        return None if value is None else Concluded(decision.name, value[0], None, of, absent)

    def _alias(self, node: Node | None) -> str | None:
        word = parts.word(self.report, node)
        if word is None:
            return None
        if word.value not in self.aliases:
            parts.unknown(self.report, "unknown-alias", word, _NO_ALIAS, self.aliases)
            return None
        return str(word.value)

    def _clock(self, node: Mapping) -> Occasion | None:
        word = parts.word(self.report, node.get("clock"))
        if word is None:
            return None
        if word.value not in self.subject.clocks:
            parts.unknown(self.report, "unknown-clock", word, _NO_CLOCK, self.subject.clocks)
            return None
        name = str(word.value)
        stopped = parts.text_of(node.get("stopped"))
        if stopped is not None:
            return Stopped(name, stopped == "in_time")
        used, before = node.get("used"), node.get("before")
        if before is not None:
            length = read_literal(self.names, before, DURATION)
            return None if length is None else Reached(name, before=cast(timedelta, length[0]))
        return Reached(name, _percent(used))


def _is_alike(one: Type, other: Type) -> bool:
    """Whether equal values of the two types are matched by equal numbers or texts."""
    kind = kind_of(one)
    if kind is None or kind is Matched.FLAG or kind is not kind_of(other):
        return False
    return kind is Matched.TEXT or (one.kind, one.places) == (other.kind, other.places)


def _percent(node: Node | None) -> int | None:
    value = node.value if isinstance(node, Scalar) else None
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else None
