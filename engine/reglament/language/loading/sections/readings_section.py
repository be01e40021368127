"""From the sections `readings` and `clauses` to the open questions and the register."""

from __future__ import annotations

from dataclasses import replace

from reglament.language.loading.expressions import node_access
from reglament.language.loading.expressions.scope import Scope
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.source import MappingNode, Node, Scalar
from reglament.messages import Message
from reglament.model.regulation import Clause, Reading


def read_readings(report: Diagnostics, section: Node | None) -> dict[str, Reading]:
    """The questions that the text leaves open; `cite_clauses` checks what they cite."""
    named = node_access.named_mappings(report, section)
    return {str(name.value): _reading(report, name, node) for name, node in named}


def cite_clauses(names: Scope, section: Node | None) -> dict[str, Reading]:
    """The same readings with the clauses that they cite, now that the register is known."""
    for name, node in node_access.entries(names.report, section):
        reading = names.readings.get(str(name.value))
        if reading is not None and isinstance(node, MappingNode):
            cited = names.cited(node.get("clauses"))
            names.readings[reading.id] = replace(reading, clauses=cited)
    return names.readings


def _reading(report: Diagnostics, name: Scalar, node: MappingNode) -> Reading:
    alternatives = node_access.labels(report, node.get("alternatives"))
    chosen = node_access.word(report, node.get("chosen"))
    if chosen is None:
        if node.get("chosen") is None:
            report.add("missing-key", name, Message("chosen-not-said"))
    elif alternatives:
        node_access.is_known(report, "unknown-alternative", chosen, alternatives)
    return Reading(
        id=str(name.value),
        question=node_access.words(report, node.get("question")) or node_access.NOTHING,
        chosen="" if chosen is None else str(chosen.value),
        alternatives=alternatives,
        because=node_access.words(report, node.get("because")) or node_access.NOTHING,
        place=name.place,
    )


def read_clauses(report: Diagnostics, section: Node | None) -> dict[str, Clause]:
    """The register: where each clause stands, what it says, its fingerprint."""
    named = node_access.named_mappings(report, section)
    return {str(name.value): _clause(report, name, node) for name, node in named}


def _clause(report: Diagnostics, name: Scalar, node: MappingNode) -> Clause:
    where = node_access.word(report, node.get("where"))
    fingerprint = node_access.word(report, node.get("fingerprint"))
    return Clause(
        id=str(name.value),
        locator="" if where is None else str(where.value),
        summary=node_access.words(report, node.get("summary")) or node_access.NOTHING,
        fingerprint="" if fingerprint is None else str(fingerprint.value),
        topic=node_access.words(report, node.get("topic")),
        no_rule_because=node_access.words(report, node.get("no_rule")),
        place=name.place,
    )
