"""From the section `timelines` to worked examples over time: events told, reactions expected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_literal, read_moment
from reglament.language.loading.expressions.scope import Scope
from reglament.language.loading.sections.examples import read_clock
from reglament.language.requests.fact_table import FactTable
from reglament.language.requests.request_reader import facts_of_node
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node
from reglament.model.reactions import Event, ExpectedReaction, SubjectKind, Timeline
from reglament.model.regulation import Version
from reglament.model.values import Value

ONLY = "it"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def read_timelines(names: Scope, version: Version, section: Node | None) -> tuple[Timeline, ...]:
    """The timelines of a version whose reactions are known; what is wrong joins the report."""
    reader = _TimelineReader(names, version)
    read = map(reader.timeline, node_access.mappings(names.report, section))
    return tuple(one for one in read if one is not None)


class _TimelineReader:
    """What the timelines of one version may name."""

    def __init__(self, names: Scope, version: Version) -> None:
        self.names = names
        self.report: Diagnostics = names.report
        self.version = version
        self.table = FactTable(version)

    def timeline(self, node: MappingNode) -> Timeline | None:
        name = node_access.word(self.report, node.get("name"))
        subject = node_access.word(self.report, node.get("subject"))
        if name is None or subject is None:
            return None
        kind = self.version.subjects.get(str(subject.value))
        if kind is None:
            node_access.unknown(self.report, "unknown-subject", subject, self.version.subjects)
            return None
        events = tuple(self._events(kind, node.get("events")))
        expects = tuple(self._expected(kind, node.get("expect")))
        last = [*(one.at for one in events), *(one.at for one in expects)]
        until = self._moment(node, "until") or max(last, default=_NEVER)
        at = read_clock(self.names, node.get("at"))
        return Timeline(str(name.value), events, expects, until, at, name.place)

    def _events(self, kind: SubjectKind, section: Node | None) -> Iterator[Event]:
        for number, node in enumerate(node_access.mappings(self.report, section), 1):
            if (event := self._event(kind, node, number)) is not None:
                yield event

    def _event(self, kind: SubjectKind, node: MappingNode, number: int) -> Event | None:
        at, word = self._moment(node, "at"), node_access.word(self.report, node.get("event"))
        if at is None or word is None:
            return None
        event = kind.events.get(str(word.value))
        if event is None:
            node_access.unknown(self.report, "unknown-event", word, kind.events)
            return None
        facts = node_access.mapping(self.report, node.get("facts"))
        told = {} if facts is None else facts_of_node(self.table, facts, self.report)
        fields: dict[str, Value] = {}
        for key, below in node_access.entries(self.report, node.get("fields")):
            type = event.fields.get(str(key.value))
            if type is None:
                node_access.unknown(self.report, "unknown-field", key, event.fields)
            elif (value := read_literal(self.names, below, type)) is not None:
                fields[str(key.value)] = value[0]
        return Event(f"e{number}", kind.name, self._of(node), event.name, at, told, fields)

    def _expected(self, kind: SubjectKind, section: Node | None) -> Iterator[ExpectedReaction]:
        known = [one.id for one in self.version.reactions if one.subject == kind.name]
        for node in node_access.mappings(self.report, section):
            at = self._moment(node, "at")
            word = node_access.word(self.report, node.get("reaction"))
            if word is not None and word.value not in known:
                node_access.unknown(self.report, "unknown-reaction", word, known)
            elif word is not None and at is not None:
                yield ExpectedReaction(at, self._of(node), str(word.value))

    def _of(self, node: MappingNode) -> str:
        return node_access.text_of(node.get("of")) or ONLY

    def _moment(self, node: MappingNode, key: str) -> datetime | None:
        return read_moment(self.report, node.get(key), self.names.zone)
