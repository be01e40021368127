"""From the sections `examples` and `timelines` to worked examples, facts and expectations typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_literal, read_moment
from reglament.language.loading.expressions.scope import Scope
from reglament.language.requests.fact_table import FactTable
from reglament.language.requests.request_reader import facts_of_node
from reglament.language.requests.told_moments import read_date, read_datetime
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message
from reglament.model.decisions import Decision
from reglament.model.lists import MORE, field_of
from reglament.model.reactions import Event, ExpectedReaction, SubjectKind, Timeline
from reglament.model.regulation import Example, Version
from reglament.model.values import Kind, Value

STATUSES = ("determined", "undetermined", "refused")
_WANTED = {"unknown-word": Message("not-status"), "unknown-rule": Message("not-rule")}
_KEYS = frozenset(
    {"status", "outcome", "possible", "needs", "rules", "clauses", "readings"}
    | {"met", "unmet", "open", "items"}
)


def read_examples(report: Diagnostics, version: Version, section: Node | None) -> Version:
    """The version with its examples; what cannot be told or decided is a problem."""
    reader = _ExampleReader(report, version)
    read = map(reader.example, node_access.mappings(report, section))
    return replace(version, examples=tuple(example for example in read if example is not None))


def read_clock(names: Scope, node: Node | None) -> str | None:
    """The day or moment by which the version is chosen, as written; None without one."""
    word = node_access.word(names.report, node)
    if word is None:
        return None
    try:
        read_date(word.value)
    except TypeMismatch:
        try:
            read_datetime(word.value, names.zone)
        except TypeMismatch as unfit:
            names.report.add(unfit.code, word, unfit.message, unfit.hint)
    return str(word.value)


class _ExampleReader:
    """What the examples of one version may name."""

    def __init__(self, report: Diagnostics, version: Version) -> None:
        self.report = report
        self.version = version
        self.table = FactTable(version)
        self.names = Scope(report, ZoneInfo(version.zone))
        self.rules = {rule.id for _, rule in version.written_rules()} | set(version.dormant)
        self.unknown = Diagnostics(sources=report.sources)
        self.seen: set[str] = set()

    def example(self, node: MappingNode) -> Example | None:
        name = node_access.word(self.report, node.get("name"))
        facts = node_access.mapping(self.report, node.get("facts"))
        if name is None or facts is None:
            return None
        if str(name.value) in self.seen:
            self.report.add("example-twice", name, Message("such-example-already"))
        self.seen.add(str(name.value))
        self.unknown.problems = []
        return Example(
            name=str(name.value),
            facts=facts_of_node(self.table, facts, self.report),
            expects=dict(self._expectations(node.get("expect"))),
            at=read_clock(self.names, node.get("at")),
            place=name.place,
            unknown=tuple(self.unknown.problems),
        )

    def _expectations(self, section: Node | None) -> Iterable[tuple[str, dict[str, object]]]:
        for key, node in node_access.entries(self.report, section):
            decision = self.version.decisions.get(str(key.value))
            if decision is not None:
                with self.report.naming(decision.name):
                    expected = self._expectation(decision, node)
                yield decision.name, expected
                continue
            node_access.unknown(self.report, "unknown-decision", key, self.version.shown_decisions)

    def _expectation(self, decision: Decision, node: Node) -> dict[str, object]:
        is_record = decision.type.kind is Kind.RECORD
        if not isinstance(node, MappingNode) or (is_record and not set(node.keys) & _KEYS):
            return {"outcome": self._outcome(decision, node)}
        read: dict[str, Callable[[Node], object]] = {
            "status": lambda below: self._words(below, STATUSES, "unknown-word"),
            "outcome": lambda below: self._outcome(decision, below),
            "possible": lambda below: self._possible(decision, below),
            "needs": lambda below: self._words(below, self._needed(below), "unknown-fact"),
            "clauses": lambda below: self._words(below, self.version.clauses, "unknown-clause"),
            "readings": lambda below: self._words(below, self.version.readings, "unknown-reading"),
            "items": lambda below: self._words(below, decision.type.options, "unknown-outcome"),
        }
        found: dict[str, object] = {}
        for key, below in node.entries:
            name = str(key.value)
            if name in read:
                found[name] = read[name](below)
            elif name in _KEYS:
                found[name] = self._words(below, self.rules, "unknown-rule")
            else:
                what = Message("example-no-key")
                node_access.unknown(self.report, "unknown-key", key, _KEYS, what)
        return found

    def _needed(self, node: Node) -> set[str]:
        """The names of facts, and those of items of lists that are said there."""
        said = {str(scalar.value) for scalar in node_access.words_in(self.unknown, node)}
        of_items = {name for name in said if self._is_of_item(name)}
        return of_items | self.version.told_facts.keys()

    def _is_of_item(self, name: str) -> bool:
        is_more = name.removesuffix(f".{MORE}") in self.version.lists
        return is_more or field_of(self.version, name) is not None

    def _outcome(self, decision: Decision, node: Node) -> Value:
        if node_access.is_null(node):
            return None
        value = read_literal(self.names, node, decision.outcome_type)
        return None if value is None else value[0]

    def _possible(self, decision: Decision, node: Node) -> tuple[Value, ...] | None:
        if node_access.is_null(node):
            return None
        return tuple(self._outcome(decision, one) for one in node_access.items(self.report, node))

    def _words(self, node: Node, known: Collection[str], code: str) -> str | tuple[str, ...]:
        listed = [node] if isinstance(node, Scalar) else node_access.items(self.report, node)
        found = [word for one in listed if (word := node_access.word(self.report, one)) is not None]
        for word in found:
            if word.value not in known:
                # A rule that is gone fails its example, and no more: `test` says so.
                report = self.unknown if code == "unknown-rule" else self.report
                node_access.unknown(report, code, word, known, _WANTED.get(code))
        texts = tuple(str(word.value) for word in found)
        return texts[0] if isinstance(node, Scalar) and texts else texts


ONLY = "it"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def read_timelines(names: Scope, version: Version, section: Node | None) -> tuple[Timeline, ...]:
    """The timelines of a version whose reactions are known; what is wrong joins the report."""
    reader = _TimelineReader(names, version)
    read = map(reader.timeline, node_access.mappings(names.report, section))
    return tuple(timeline for timeline in read if timeline is not None)


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
        last = [*(event.at for event in events), *(reaction.at for reaction in expects)]
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
