"""From the section `reactions` to what is done over time, and on which occasions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import cast

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_literal
from reglament.language.loading.expressions.operands import LITERAL
from reglament.language.loading.expressions.scope import Scope
from reglament.language.loading.sections.subjects_section import NO_FACT
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.matching.compiling import kind_of, rules_of, type_of_field
from reglament.matching.linter import breaches
from reglament.matching.matching_rules import FieldKind as Matched
from reglament.messages import Message, Words
from reglament.model.reactions import (
    ClockPoint,
    Concluded,
    EventKind,
    FieldOperator,
    Happened,
    Occasion,
    Reaction,
    SameAs,
    Stopped,
    SubjectKind,
    Verb,
    Where,
)
from reglament.model.regulation import Version
from reglament.model.values import DURATION, Type, Value


class _Occasions:
    """The list under `when`, in which an event may be called by its alias further down."""

    def __init__(self, names: Scope, version: Version, subject: SubjectKind) -> None:
        self.names = names
        self.report = names.report
        self.version = version
        self.subject = subject
        self.aliases: dict[str, str] = {}

    def read(self, section: Node | None) -> Iterator[Occasion]:
        for node in node_access.mappings(self.report, section):
            if (found := self._occasion(node)) is not None:
                yield found

    def _occasion(self, node: MappingNode, *, absent: bool = False) -> Occasion | None:
        below = node.get("none")
        if below is not None and not absent:
            inner = node_access.mapping(self.report, below)
            return None if inner is None else self._occasion(inner, absent=True)
        if node.get("event") is not None:
            return self._happened(node, absent=absent)
        if node.get("decided") is not None:
            return self._concluded(node, absent=absent)
        if absent:
            self.report.add("none-of-what", node, Message("none-takes-event-decision"))
            return None
        return self._clock(node)

    def _happened(self, node: MappingNode, *, absent: bool) -> Happened | None:
        word = self._known("unknown-event", node.get("event"), self.subject.events)
        if word is None:
            return None
        event = self.subject.events[word]
        called = node_access.word(self.report, node.get("as"))
        alias = f"e{node.place.line}x{node.place.column}" if called is None else str(called.value)
        where = tuple(self._where(event, node.get("where")))
        if alias in self.aliases:
            self.report.add("alias-twice", called or node, Message("alias-taken", alias=alias))
        if not absent:
            self.aliases[alias] = event.name
        return Happened(event.name, alias, where, absent)

    def _where(self, event: EventKind, section: Node | None) -> Iterator[Where]:
        for key, node in node_access.entries(self.report, section):
            name = str(key.value)
            type = type_of_field(self.version, event, name)
            if type is None:
                known = [*event.fields, *self.version.facts]
                node_access.unknown(self.report, "unknown-fact", key, known, NO_FACT)
            elif kind_of(type) is None:
                self.report.add("wrong-type", key, Message("lists-not-compared"))
            else:
                yield from self._tests(name, type, node)

    def _tests(self, name: str, type: Type, node: Node) -> Iterator[Where]:
        if not isinstance(node, MappingNode):
            same = self._same(type, node) if self._is_name(type, node) else None
            if same is not None:
                yield Where(name, FieldOperator.IS, same)
                return
            value = read_literal(self.names, node, type)
            if value is not None:
                yield Where(name, FieldOperator.IS, value[0])
            return
        for key, below in node.entries:
            if key.value == "same_as":
                same = self._same(type, below)
                if same is not None:
                    yield Where(name, FieldOperator.IS, same)
            elif key.value in {LITERAL, *FieldOperator}:
                operator = "is" if key.value == LITERAL else str(key.value)
                value = read_literal(self.names, below, type)
                if value is not None:
                    yield Where(name, FieldOperator(operator), value[0])

    def _is_name(self, type: Type, node: Node) -> bool:
        """Whether a field of an event that has a name is meant, and no word is."""
        text = node_access.text_of(node) or ""
        alias, _, name = text.partition(".")
        event = self.subject.events.get(self.aliases.get(alias, ""))
        known = None if event is None else type_of_field(self.version, event, name)
        return known is not None and text not in type.options and _is_alike(known, type)

    def _same(self, wanted: Type, node: Node) -> SameAs | None:
        word = node_access.word(self.report, node)
        if word is None:
            return None
        alias, _, name = str(word.value).partition(".")
        event = self.subject.events.get(self.aliases.get(alias, ""))
        if event is None:
            node_access.unknown(self.report, "unknown-alias", word, self.aliases)
            return None
        type = type_of_field(self.version, event, name)
        if type is None or not _is_alike(type, wanted):
            self.report.add("wrong-type", word, Message("cannot-compared-with", name=name))
            return None
        return SameAs(alias, name)

    def _concluded(self, node: MappingNode, *, absent: bool) -> Concluded | None:
        looked_at = {name for event in self.subject.events.values() for name in event.decides}
        what = Message("no-event-leads")
        name = self._known("unknown-decision", node.get("decided"), looked_at, what)
        if name is None:
            return None
        decision = self.version.decisions[name]
        of = self._known("unknown-alias", node.get("of"), self.aliases)
        below = node.get("unmet")
        if below is not None:
            rules = [rule.id for rule in decision.rules]
            self._known("unknown-rule", below, rules, Message("not-requirement"))
            return Concluded(decision.name, None, node_access.text_of(below), of, absent)
        said = node.get("is")
        value: tuple[Value] | None = (None,)
        if said is not None and not node_access.is_null(said):
            value = read_literal(self.names, said, decision.type)
        return None if value is None else Concluded(decision.name, value[0], None, of, absent)

    def _known(
        self, code: str, node: Node | None, known: Collection[str], what: Words | None = None
    ) -> str | None:
        return node_access.known_word(self.report, code, node, known, what)

    def _clock(self, node: MappingNode) -> Occasion | None:
        name = self._known("unknown-clock", node.get("clock"), self.subject.clocks)
        if name is None:
            return None
        stopped = node_access.text_of(node.get("stopped"))
        if stopped is not None:
            return Stopped(name, stopped == "in_time")
        used, before = node.get("used"), node.get("before")
        if before is not None:
            length = read_literal(self.names, before, DURATION)
            return None if length is None else ClockPoint(name, before=cast(timedelta, length[0]))
        return ClockPoint(name, _percent(used))


def _is_alike(one: Type, other: Type) -> bool:
    """Whether equal values of the two types are matched by equal numbers or texts."""
    kind = kind_of(one)
    if kind is None or kind is Matched.FLAG or kind is not kind_of(other):
        return False
    return kind is Matched.TEXT or (one.kind, one.places) == (other.kind, other.places)


def _percent(node: Node | None) -> int | None:
    value = node.value if isinstance(node, Scalar) else None
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else None


def read_reactions(names: Scope, version: Version, section: Node | None) -> tuple[Reaction, ...]:
    """The reactions of a version whose subjects are known; what is wrong joins the report."""
    reactions: dict[str, Reaction] = {}
    for node in node_access.mappings(names.report, section):
        reaction = _read(names, version, node)
        if reaction is None:
            continue
        if reaction.id in reactions:
            names.report.add("reaction-twice", reaction.place, Message("such-reaction-already"))
        reactions[reaction.id] = reaction
    return tuple(reactions.values())


def keep_to_the_fence(report: Diagnostics, version: Version) -> None:
    """Note each reaction that not every matcher could follow."""
    places = {reaction.id: reaction.place for reaction in version.reactions}
    for subject in version.subjects.values():
        for breach in breaches(rules_of(version, subject.name)):
            place = places.get(breach.rule or "", subject.place)
            report.add(breach.code, place, breach.message)


def _read(names: Scope, version: Version, node: MappingNode) -> Reaction | None:
    report = names.report
    word = node_access.word(report, node.get("subject"))
    name = node_access.word(report, node.get("id"))
    if name is None or word is None:
        return None
    if not node_access.is_known(report, "unknown-subject", word, version.subjects):
        return None
    subject = version.subjects[str(word.value)]
    verb, said = _done(report, node.get("do"))
    named = {**version.facts, **version.decisions}
    return Reaction(
        id=str(name.value),
        subject=subject.name,
        when=tuple(_Occasions(names, version, subject).read(node.get("when"))),
        verb=verb,
        what=said,
        because=node_access.words(report, node.get("because")) or node_access.NOTHING,
        clauses=names.cited(node.get("clauses")),
        attaches=node_access.known_words(report, "unknown-name", node.get("attaches"), named),
        once_per=node_access.known_words(
            report, "unknown-name", node.get("once_per"), version.facts
        ),
        place=name.place,
    )


def _done(report: Diagnostics, node: Node | None) -> tuple[Verb, str]:
    for key, below in node_access.entries(report, node):
        if key.value in set(Verb):
            return Verb(str(key.value)), node_access.text_of(below) or ""
    return Verb.WARN, ""
