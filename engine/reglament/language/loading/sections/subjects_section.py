"""From the section `subjects` to the kinds of subject that are followed over time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_literal
from reglament.language.loading.expressions.scope import Scope
from reglament.language.loading.expressions.type_bounds import read_bounds
from reglament.language.requests.fact_table import groups_of
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message
from reglament.model.reactions import Clock, EventKind, Registry, SubjectKind
from reglament.model.regulation import Version
from reglament.model.terms import DecisionRef, FactRef, Formula
from reglament.model.values import BOOLEAN, INTEGER, TEXT, Kind, Type

T = TypeVar("T")
NO_FACT = Message("not-fact")
_FIELD_TYPES = {"text": TEXT, "integer": INTEGER, "boolean": BOOLEAN}
_MOMENTS = frozenset({Kind.DATE, Kind.DATETIME})


def read_subjects(names: Scope, version: Version, section: Node | None) -> dict[str, SubjectKind]:
    """The kinds of subject that the policy follows."""
    named = node_access.named_mappings(names.report, section)
    return {
        str(name.value): _SubjectReader(names, version, node).read(name) for name, node in named
    }


class _SubjectReader:
    """One kind of subject, while it is read."""

    def __init__(self, names: Scope, version: Version, node: MappingNode) -> None:
        self.names = names
        self.report = names.report
        self.version = version
        self.node = node
        self.events: dict[str, EventKind] = {}

    def read(self, name: Scalar) -> SubjectKind:
        for key, below in node_access.entries(self.report, self.node.get("events")):
            self.events[str(key.value)] = self._event(key, below)
        clocks = self._named("clocks", self._clock)
        registries = self._named("registries", self._registry)
        label = node_access.words(self.report, self.node.get("label")) or node_access.NOTHING
        return SubjectKind(str(name.value), label, self.events, clocks, registries, name.place)

    def _named(self, section: str, read: Callable[[Scalar, Node], T | None]) -> dict[str, T]:
        """What stands in a section by name; one that cannot be read is unknown, and told."""
        found: dict[str, T] = {}
        for key, below in node_access.entries(self.report, self.node.get(section)):
            one = read(key, below)
            if one is None:
                self.report.poisoned.add(str(key.value))
            else:
                found[str(key.value)] = one
        return found

    def _event(self, name: Scalar, section: Node) -> EventKind:
        node = node_access.mapping(self.report, section) or MappingNode((), section.place)
        types: dict[str, Type] = {}
        for key, below in node_access.entries(self.report, node.get("fields")):
            types[str(key.value)] = self._field_type(below)
        moment = self._one("unknown-fact", node.get("moment"), self.version.facts)
        if moment is not None and self.version.facts[moment].type.kind not in _MOMENTS:
            self.report.add("wrong-type", node.get("moment"), Message("not-moment", moment=moment))
        return EventKind(
            name=str(name.value),
            label=node_access.words(self.report, node.get("label")) or node_access.NOTHING,
            moment=moment,
            fields=types,
            forgets=self._facts_below(node.get("forgets")),
            decides=self._several("unknown-decision", node.get("decides"), self.version.decisions),
            place=name.place,
        )

    def _field_type(self, node: Node) -> Type:
        """The type of a field by its word, or in a mapping with its bounds."""
        word = node.get("type") if isinstance(node, MappingNode) else node
        named = None if word is None else node_access.word(self.report, word)
        type = _FIELD_TYPES.get(str(named.value) if named else "", TEXT)
        if named is None or not isinstance(node, MappingNode):
            return type
        return read_bounds(self.names, node, type)

    def _facts_below(self, node: Node | None) -> tuple[str, ...]:
        groups = (group for name in self.version.facts for group in groups_of(name))
        return self._several("unknown-fact", node, {*self.version.facts, *groups})

    def _clock(self, name: Scalar, section: Node) -> Clock | None:
        node = node_access.mapping(self.report, section)
        if node is None:
            return None
        facts, decisions = self.version.facts, self.version.decisions
        types = {name: fact.type for name, fact in facts.items()}
        types |= {name: decision.type for name, decision in decisions.items()}
        due = self._one("unknown-name", node.get("due"), types)
        if due is None:
            return None
        if types[due].kind not in _MOMENTS:
            self.report.add("wrong-type", node.get("due"), Message("not-moment", moment=due))
        counted = self._working_time(due)
        return Clock(
            name=str(name.value),
            label=node_access.words(self.report, node.get("label")) or node_access.NOTHING,
            due=due,
            starts=self._events(node.get("starts")),
            stops=self._events(node.get("stops")),
            pauses=self._events(node.get("pauses")),
            resumes=self._events(node.get("resumes")),
            hours=None if counted is None else counted.hours,
            tie="closing" if counted is None else counted.tie,
            place=name.place,
            picked_by=_picked_by(counted),
            by=() if counted is None else counted.by,
        )

    def _working_time(self, due: str) -> Formula | None:
        """The hours in which the decision itself counts: no second place may say otherwise."""
        decision = self.version.decisions.get(due)
        for rule in () if decision is None else decision.every_rule():
            if isinstance(rule.then, Formula) and rule.then.all_hours:
                return rule.then
        return None

    def _registry(self, name: Scalar, section: Node) -> Registry | None:
        node = node_access.mapping(self.report, section)
        if node is None:
            return None
        facts = self.version.facts
        value = self._one("unknown-fact", node.get("value"), facts)
        tells = self._one("unknown-fact", node.get("tells"), facts)
        when = node_access.entries(self.report, node.get("when"))
        if value is None or tells is None or len(when) != 1:
            return None
        key, below = when[0]
        decision = self._one("unknown-decision", key, self.version.decisions)
        if decision is None:
            return None
        outcome = read_literal(self.names, below, self.version.decisions[decision].type)
        if facts[tells].type.kind is not Kind.BOOLEAN:
            self.report.add("wrong-type", node.get("tells"), Message("true-false"))
        by = self._several("unknown-fact", node.get("by"), facts)
        said = None if outcome is None else outcome[0]
        return Registry(str(name.value), value, decision, said, tells, by, name.place)

    def _events(self, node: Node | None) -> tuple[str, ...]:
        return self._several("unknown-event", node, self.events)

    def _one(self, code: str, node: Node | None, known: Collection[str]) -> str | None:
        what = NO_FACT if code == "unknown-fact" else None
        return node_access.known_word(self.report, code, node, known, what)

    def _several(self, code: str, node: Node | None, known: Collection[str]) -> tuple[str, ...]:
        listed = (node,) if isinstance(node, Scalar) else node_access.items(self.report, node)
        found = (self._one(code, one, known) for one in listed)
        return tuple(name for name in found if name is not None)


def _picked_by(counted: Formula | None) -> str:
    """The fact or decision whose word picks the hours."""
    key = counted.arguments[-1] if counted is not None and counted.by else None
    return key.name if isinstance(key, FactRef | DecisionRef) else ""
