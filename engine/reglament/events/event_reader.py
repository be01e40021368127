"""From a line of JSON to an event of a policy's subject, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from reglament.language.requests.literals import parser_of
from reglament.language.requests.request_reader import fact_table, facts_by, facts_of_node
from reglament.language.requests.told_moments import read_datetime
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.json_text import json_of, json_value, parse_json_lines
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.language.syntax.source import MappingNode, Node, Source, at, key_at, plain
from reglament.language.syntax.suggest import suggestion
from reglament.messages import Message, Words
from reglament.model.problems import Place, Refused, pointer_to
from reglament.model.reactions import Event, EventKind, SubjectKind
from reglament.model.regulation import Version
from reglament.model.values import Type, Value
from reglament.policy import Policy

LONGEST_LINE: Final = 1_000_000
LONGEST_ID: Final = 200
KEYS: Final = ("id", "subject", "event", "at", "facts", "fields")
_NEEDED: Final = ("id", "subject", "event", "at")


def read_event(policy: Policy, line: Source | str) -> tuple[Event, str]:
    """The event of a line, and the line in its canonical form.

    `{"id": …, "subject": "request/REQ-1", "event": "created", "at": …, "facts": {…}}`

    What `decide` refuses of a request is refused of its facts: Refused, with every place.
    """
    line = Source("-", line) if isinstance(line, str) else line
    report = Diagnostics(sources={line.name: line})
    node = _object(report, line)
    told: Any = plain(node)
    return _EventReader(policy, told, node, report).read(), json_of(told)


def event_of(policy: Policy, body: str) -> Event:
    """The event of a canonical form, which was read once already. Raises Refused."""
    return _EventReader(policy, json_value(body), None, Diagnostics()).read()


class _EventReader:
    """One event while it is read; `node` has its places, where it is read from a line."""

    def __init__(
        self, policy: Policy, told: Mapping[str, Any], node: MappingNode | None, report: Diagnostics
    ) -> None:
        self.policy = policy
        self.told = told
        self.node = node
        self.report = report

    def read(self) -> Event:
        told = self.told
        self._check_keys()
        version = self.policy.versions[-1]
        kind, subject = self._subject(version)
        zone = ZoneInfo(version.zone)
        at = self._at(zone)
        version = self.policy.version_at(at)
        kind = version.subjects.get(kind.name, kind)
        event = self._kind(kind)
        facts = self._facts(version)
        fields = self._fields(event, zone)
        self.report.refuse_if_any()
        return Event(told["id"], kind.name, subject, event.name, at, facts, fields)

    def _check_keys(self) -> None:
        for key in self.told:
            if key not in KEYS:
                message = Message("event-no-events", key=key)
                hint, about = suggestion(key, KEYS), (None, pointer_to([key]))
                self.report.add("unknown-key", self._key(key), message, hint, about=about)
        for key in _NEEDED:
            text = self.told.get(key)
            if not isinstance(text, str) or (key == "id" and not 0 < len(text) <= LONGEST_ID):
                message = Message("event-needs-text", key=key)
                about = (None, pointer_to([key] if key in self.told else []))
                self.report.add("missing-key", self._place(key), message, about=about)
        self.report.refuse_if_any()

    def _subject(self, version: Version) -> tuple[SubjectKind, str]:
        name, slash, subject = self.told["subject"].partition("/")
        if not slash or not 0 < len(subject) <= LONGEST_ID:
            raise self._refused("wrong-subject", "subject", Message("subject-written-kind-number"))
        kind = version.subjects.get(name)
        if kind is None:
            message = Message("not-subject", name=name)
            hint = suggestion(name, version.subjects)
            raise self._refused("unknown-subject", "subject", message, hint)
        return kind, subject

    def _at(self, zone: ZoneInfo) -> datetime:
        try:
            return read_datetime(self.told["at"], zone)
        except TypeMismatch as unfit:
            raise self._refused(unfit.code, "at", _named("at", unfit), unfit.hint) from None

    def _kind(self, kind: SubjectKind) -> EventKind:
        name = self.told["event"]
        event = kind.events.get(name)
        if event is not None:
            return event
        message = Message("no-event", kind=kind.name, name=name)
        raise self._refused("unknown-event", "event", message, suggestion(name, kind.events))

    def _facts(self, version: Version) -> dict[str, Value]:
        table, below = fact_table(version), self._below("facts")
        if self.node is None or not below:
            return facts_by(table, below)
        return facts_of_node(table, at(self.node, ["facts"]), self.report, "/facts")

    def _fields(self, event: EventKind, zone: ZoneInfo) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, value in self._below("fields").items():
            type = event.fields.get(name)
            if type is None:
                self._unknown_field(name, event.fields)
                continue
            try:
                found[name] = parser_of(type, zone)(value)
            except TypeMismatch as unfit:
                where, about = self._place("fields", name), _field(name)
                self.report.add(unfit.code, where, _named(name, unfit), unfit.hint, about=about)
        return found

    def _unknown_field(self, name: str, known: Mapping[str, Type]) -> None:
        message = Message("event-no", name=name)
        hint, where = suggestion(name, known), self._key("fields", name)
        self.report.add("unknown-field", where, message, hint, about=_field(name))

    def _below(self, name: str) -> dict[str, Any]:
        """What is told under the key; nothing where it is absent or null."""
        below = self.told.get(name)
        if isinstance(below, dict):
            return below
        if below is None:
            return {}
        raise self._refused("wrong-shape", name, Message("object-name", name=name))

    def _refused(self, code: str, key: str, message: Words, hint: Words | None = None) -> Refused:
        """A refusal of what nothing else can be read without."""
        about = (None, pointer_to([key]))
        self.report.add(code, self._place(key), message, hint, about=about)
        return Refused(self.report.problems)

    def _place(self, *path: str) -> Place | None:
        return None if self.node is None else at(self.node, path).place

    def _key(self, *path: str) -> Node | None:
        return None if self.node is None else key_at(self.node, path)


def _object(report: Diagnostics, line: Source) -> MappingNode:
    """The object that the line is. Raises Refused."""
    if len(line.text) > LONGEST_LINE:
        report.add("event-too-long", line.span(0, 1), Message("line-too-long"))
        report.refuse_if_any()
    found = next(parse_json_lines(line), None)
    if isinstance(found, Refused):
        raise found
    if not isinstance(found, MappingNode):
        report.add("wrong-shape", found or line.span(0, 1), Message("event-json-object"))
        raise Refused(report.problems)
    return found


def _field(name: str) -> tuple[None, str]:
    return (None, pointer_to(["fields", name]))


def _named(name: str, unfit: TypeMismatch) -> Words:
    return Message("name-message", name=name, message=unfit.message)
