"""From policies to a page that explains the fields of exported decisions to who has no tool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reglament.messages import Language, Message, Words
from reglament.model.outcomes import Status
from reglament.model.regulation import Version
from reglament.model.values import Kind, Type
from reglament.model.words import Text
from reglament.rendering.pages.filled_templates import render
from reglament.rendering.pages.policy_page import KINDS
from reglament.rendering.words.labels import label

_ENTRY: Mapping[str, Words] = {
    "sequence": Message("field-sequence"),
    "time": Message("field-time"),
    "clock": Message("field-clock"),
    "kind": Message("field-kind"),
    "subject": Message("field-subject"),
    "as_of": Message("field-as-of"),
    "as_of_source": Message("field-as-of-source"),
    "known_at": Message("field-known-at"),
    "request": Message("field-request"),
    "outcome.policy": Message("field-outcome-policy"),
    "outcome.notes": Message("field-outcome-notes"),
    "outcome.decisions": Message("field-outcome-decisions"),
    "policy": Message("field-policy"),
    "engine, language, format": Message("field-engine"),
    "previous, hash": Message("field-previous-hash"),
}
_DECISION: Mapping[str, Words] = {
    "status": Message("one-names", names=", ".join(Status)),
    "outcome": Message("field-outcome"),
    "possible": Message("field-possible"),
    "needs": Message("field-needs"),
    "rules": Message("field-rules"),
    "because_rules": Message("field-because-rules"),
    "clauses": Message("field-clauses"),
    "open_clauses": Message("field-open-clauses"),
    "readings": Message("field-readings"),
    "because": Message("field-because"),
    "items": Message("field-items"),
    "ledger": Message("field-ledger"),
}


def fields_html(versions: Sequence[Version], language: Language) -> str:
    """The page: the keys of a line, then facts, decisions, clauses and readings by name."""
    facts = {
        one.name: (one.type, one.option_labels) for v in versions for one in v.told_facts.values()
    }
    decided = {
        shown_decision.name: (shown_decision.outcome_type, shown_decision.outcome_labels)
        for version in versions
        for shown_decision in version.shown_decisions.values()
    }
    tables = [
        (Message("fields-of-facts"), _named(facts, versions, language)),
        (Message("fields-of-decisions"), _named(decided, versions, language)),
        (Message("clauses-heading"), _clauses(versions, language)),
        (Message("readings"), _readings(versions, language)),
    ]
    return render(
        "fields.html",
        language,
        entry=_told(_ENTRY, language),
        decision=_told(_DECISION, language),
        tables=[(title.to(language), rows) for title, rows in tables if rows],
        titles=[f"{version.title.to(language)}, {version.version}" for version in versions],
    )


def _told(rows: Mapping[str, Words], language: Language) -> list[tuple[str, str]]:
    return [(name, words.to(language)) for name, words in rows.items()]


def _named(
    known: Mapping[str, tuple[Type, Mapping[str, Text]]],
    versions: Sequence[Version],
    language: Language,
) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "says": _label(versions, name, language),
            "values": list(_values(type_, options, language)),
        }
        for name, (type_, options) in known.items()
    ]


def _label(versions: Sequence[Version], name: str, language: Language) -> str:
    having = [version for version in versions if name in version.facts or name in version.decisions]
    return label(having[-1], name, language)


def _values(
    type_: Type, options: Mapping[str, Text], language: Language
) -> Iterator[tuple[str, str]]:
    if type_.kind is Kind.LIST and type_.item is not None:
        type_ = type_.item
    for option in type_.options:
        words = options.get(option)
        yield option, "" if words is None else words.to(language)
    if not type_.options:
        yield "", KINDS[type_.kind].to(language)


def _clauses(versions: Sequence[Version], language: Language) -> list[dict[str, Any]]:
    clauses = {clause.id: clause for version in versions for clause in version.clauses.values()}
    return [
        {"name": clause.id, "says": clause.locator, "values": [("", clause.summary.to(language))]}
        for clause in clauses.values()
    ]


def _readings(versions: Sequence[Version], language: Language) -> list[dict[str, Any]]:
    readings = {one.id: one for version in versions for one in version.readings.values()}
    return [
        {
            "name": reading.id,
            "says": reading.question.to(language),
            "values": [("", reading.alternatives[reading.chosen].to(language))],
        }
        for reading in readings.values()
    ]
