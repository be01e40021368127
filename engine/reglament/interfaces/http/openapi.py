"""From policies to the contract of the service: OpenAPI 3.1, typed by their facts and outcomes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from reglament import __version__
from reglament.interfaces.http.calls import (
    CHANGE,
    DECIDE,
    EXPLAIN,
    NEXT_QUESTION,
    READERS,
    REQUIRED,
)
from reglament.language.requests.literals import TIME
from reglament.language.requests.request_schema import MOMENT_PATTERN
from reglament.language.syntax.bundled import schema_text
from reglament.messages import SOURCE, Language, Message, languages
from reglament.model.decisions import Decision
from reglament.model.regulation import Version
from reglament.model.values import Kind, Type
from reglament.policy import Policy
from reglament.rendering.documents import LEVELS

Schema = dict[str, Any]
_DOCUMENT = "decision-document"
_PROBLEM = "problem-document"
_TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
_NAMES: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_MOMENT: Schema = {
    "type": "string",
    "description": "A day or a moment in ISO 8601.",
    "pattern": MOMENT_PATTERN,
}
_TEXT_FILTERS = ("subject", "rule", "clause", "reading", "policy", "zone")
_ADDED: Mapping[Kind, Schema] = {
    Kind.CHOICE: {"type": "string"},
    Kind.TEXT: {"type": "string"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.INTEGER: {"type": "integer"},
    Kind.DECIMAL: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
    Kind.TIME: {"type": "string", "pattern": f"^{TIME}$"},
    Kind.DURATION: {"type": "string", "format": "duration"},
    Kind.PERIOD: {"type": "string", "pattern": "^-?P(?:[0-9]+Y)?(?:[0-9]+M)?$"},
}


def openapi(policies: Mapping[str, Policy], language: Language = SOURCE) -> Schema:
    """The contract for those who may ask these policies, each of its newest version."""
    paths: Schema = {}
    schemas: Schema = {
        **_components(json.loads(schema_text("decision")), _DOCUMENT),
        _PROBLEM: _problem_document(),
    }
    for name, policy in policies.items():
        version = policy.versions[-1]
        facts = policy.schema(language=language)
        schemas |= _components(facts, f"{name}.facts")
        schemas[f"{name}.decided"] = _decided(version)
        paths |= _paths(name, policy, language)
    return {
        "openapi": "3.1.0",
        "info": {"title": "reglament", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _paths(name: str, policy: Policy, language: Language) -> Schema:
    at = f"/v1/policies/{name}"
    decided = _ref(f"{name}.decided")
    item = {"anyOf": [decided, _ref(_PROBLEM)]}
    batch = {"type": "object", "required": ["items"], "properties": {"items": _list(item)}}
    text = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
    question: Schema = {"type": "object", "required": ["question"]}
    title = policy.versions[-1].title.to(language)
    calls = {
        "decide": ("decide", DECIDE, decided),
        "explain": ("explain", EXPLAIN, text),
        "next-question": ("next-question", NEXT_QUESTION, question),
        "change": ("change", CHANGE, {"type": "object", "required": ["changes"]}),
    }
    paths = {
        f"{at}/{path}": {
            "post": _post(f"{name}.{path}", title, _call(name, members, policy), answer)
        }
        for path, members, answer in calls.values()
    }
    many = _list(_call(name, DECIDE, policy))
    paths[f"{at}/decide/batch"] = {"post": _post(f"{name}.batch", title, many, batch)}
    for path in ("", "/schema"):
        paths[at + path] = {
            "get": {
                "operationId": f"{name}{path.replace('/', '.')}.get",
                "summary": title,
                "responses": _responses({"type": "object"}),
            }
        }
    return paths


def log_paths() -> Schema:
    """The routes of the log, for those who may audit it."""
    text: Schema = {"type": "string"}
    filters: Schema = {
        **dict.fromkeys(_TEXT_FILTERS, text),
        **{name: _list(text) for name in ("fact", "outcome", "status")},
        "from": {"type": "string", "format": "date"},
        "to": {"type": "string", "format": "date"},
        "days": {"enum": ["recorded", "request"]},
        "sample": {"type": "integer", "minimum": 1, "maximum": 1000},
        "seed": {"type": "integer", "minimum": 0, "maximum": 10**9},
    }
    chosen = [{"name": name, "in": "query", "schema": one} for name, one in filters.items()]
    before = {"name": "before", "in": "query", "schema": {"type": "integer", "minimum": 1}}
    entry: Schema = {"type": "object", "required": ["sequence", "kind", "hash"]}
    numbered = {"anyOf": [{"type": "integer"}, {"type": "null"}]}
    entries = {
        "type": "object",
        "required": ["entries", "before", "among"],
        "properties": {"entries": _list(entry), "before": numbered, "among": numbered},
    }
    sequence = {"name": "sequence", "in": "path", "required": True, "schema": {"type": "integer"}}
    answers: tuple[tuple[str, str, list[Schema], Schema], ...] = (
        ("", "log.entries", [*chosen, before], entries),
        ("/{sequence}", "log.entry", [sequence], entry),
        ("/report", "log.report", chosen, {"type": "object", "required": ["entries", "outcomes"]}),
        ("/verify", "log.verify", [], {"type": "object", "required": ["sound", "findings"]}),
    )
    return {
        f"/v1/log{path}": {
            "get": {
                "operationId": operation,
                "summary": Message("desk-log").to(SOURCE),
                "parameters": parameters,
                "responses": _responses(answer),
            }
        }
        for path, operation, parameters, answer in answers
    }


def _post(operation: str, title: str, call: Schema, answer: Schema) -> Schema:
    return {
        "operationId": operation,
        "summary": title,
        "requestBody": {"required": True, "content": {"application/json": {"schema": call}}},
        "responses": _responses(answer),
    }


def _responses(answer: Schema) -> Schema:
    problem = {"application/problem+json": {"schema": _ref(_PROBLEM)}}
    return {
        "200": {"description": "OK", "content": {"application/json": {"schema": answer}}},
        "4XX": {"description": Message("http-refused").to(SOURCE), "content": problem},
        "5XX": {"description": Message("http-busy").to(SOURCE), "content": problem},
    }


def call_schema(
    members: Iterable[str], facts: Schema | None = None, policy: Policy | None = None
) -> Schema:
    """The schema of a call that takes these members; `facts` is that of its facts.

    With the policy names of decisions, facts and versions are told one by one.
    """
    texts = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}
    side: Schema = {"type": "object", "properties": {"version": _TEXT, "files": texts}}
    known: Schema = {
        "facts": facts or {"type": "object"},
        "at": _MOMENT,
        "known_at": _MOMENT,
        "version": _TEXT,
        "only": _NAMES,
        "decision": _NAMES,
        "lang": {"enum": list(languages())},
        "explain": {"enum": list(LEVELS)},
        "id": _TEXT,
        "subject": _TEXT,
        "for": {"enum": list(READERS)},
        "not_known": {"anyOf": [_TEXT, _list(_TEXT)]},
        "asked_of": _TEXT,
        "want": {"type": "object"},
        "files": texts,
        "old": side,
        "new": side,
    }
    if policy is not None:
        known |= _named(policy)
    return {
        "type": "object",
        "required": [member for member in members if member in REQUIRED],
        "additionalProperties": False,
        "properties": {member: known[member] for member in members},
    }


def _named(policy: Policy) -> Schema:
    """The members of a call that name something of the policy."""
    newest = policy.versions[-1]
    decisions: Schema = {
        "enum": [name for name, one in newest.decisions.items() if not one.is_internal]
    }
    facts: Schema = {"enum": list(newest.facts)}
    told_by = {who for fact in newest.facts.values() for who in fact.told_by}
    names = {"anyOf": [decisions, _list(decisions) | {"minItems": 1}]}
    return {
        "version": {"enum": [version.version for version in policy.versions]},
        "only": names,
        "decision": names,
        "not_known": {"anyOf": [facts, _list(facts)]},
        "asked_of": {"enum": sorted(told_by)} if told_by else _TEXT,
        "want": {"type": "object", "propertyNames": decisions},
    }


def _call(name: str, members: tuple[str, ...], policy: Policy) -> Schema:
    return call_schema(members, _ref(f"{name}.facts"), policy)


def _decided(version: Version) -> Schema:
    """The decision document with the outcomes that this version can give."""
    decisions = {
        name: {"type": "object", "properties": _outcome(decision)}
        for name, decision in version.decisions.items()
        if not decision.is_internal
    }
    typed = {"properties": {"decisions": {"properties": decisions}}}
    return {"allOf": [_ref(_DOCUMENT), typed]}


def _outcome(decision: Decision) -> Schema:
    """An outcome is null where it is not determined, too: only `status` tells the two apart."""
    given = _type(decision.outcome_type)
    nullable = {"anyOf": [given, {"type": "null"}]}
    possible = {"anyOf": [_list(nullable), {"type": "null"}]}
    return {"outcome": nullable, "possible": possible}


def _type(type_: Type) -> Schema:
    if type_.kind is Kind.LIST:
        return _list({"type": "string"} if type_.item is None else _type(type_.item))
    if type_.kind is Kind.RECORD:
        fields = {name: {"anyOf": [_type(one), {"type": "null"}]} for name, one in type_.fields}
        return {"type": "object", "properties": fields}
    if type_.options and not type_.is_open:
        return {"enum": list(type_.options)}
    return _ADDED[type_.kind]


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _components(schema: Schema, name: str) -> Schema:
    """The schema as a component, and each of its definitions as one beside it.

    Definitions inside of it would be taken for members of what it describes by generators.
    """
    parts = schema.get("$defs", {})
    whole = {key: value for key, value in schema.items() if key not in ("$defs", "$id", "$schema")}
    found = {_part(name, key): _moved(value, name) for key, value in parts.items()}
    return {name: _moved(whole, name), **found}


def _part(name: str, key: str) -> str:
    """The name of a definition among the components."""
    return f"{name}.{re.sub('[^A-Za-z0-9._-]', '-', key)}"


def _moved(schema: Any, name: str) -> Any:
    """The schema with its references to where things now stand."""
    if isinstance(schema, list):
        return [_moved(one, name) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _moved(value, name) for key, value in schema.items()}
    told = schema.get("$ref")
    if isinstance(told, str):
        key = told.removeprefix("#/$defs/")
        found["$ref"] = f"#/components/schemas/{name if told == '#' else _part(name, key)}"
    return found


def _problem_document() -> Schema:
    text = {"type": "string"}
    each = {
        "type": "object",
        "required": ["code", "detail"],
        "properties": dict.fromkeys(("code", "detail", "hint", "fact", "pointer"), text),
    }
    members = dict.fromkeys(("type", "title", "detail", "code"), text)
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {**members, "status": {"type": "integer"}, "problems": _list(each)},
    }
