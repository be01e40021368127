"""From the section `examples` to worked examples whose facts and expectations are typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.literal_nodes import read_literal
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
    found: list[Example] = []
    for node in node_access.mappings(report, section):
        if (example := reader.example(node)) is not None:
            found.append(example)
    return replace(version, examples=tuple(found))


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
        said = {str(one.value) for one in node_access.words_in(self.unknown, node)}
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
