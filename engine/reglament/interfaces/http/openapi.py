"""From policies to the contract of the service: OpenAPI 3.1, typed by their facts and outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reglament import __version__
from reglament.interfaces.http.answer_schemas import (
    PROBLEM,
    AnswerSchemas,
    Schema,
    components,
    decision_names,
    fact_names,
    many,
    needed,
    nullable,
    ref,
    shared,
    wishes_of,
)
from reglament.interfaces.http.calls import (
    CHANGE,
    CHECK,
    DECIDE,
    DIFF,
    EXPLAIN,
    MEMBERS,
    MOMENT_SCHEMA,
    NEXT_QUESTION,
    REQUIRED,
    TEXT_SCHEMA,
)
from reglament.messages import SOURCE, Language, Message, Words
from reglament.policy import Policy

EXPLAINS, ASKS = Message("tool-explain"), Message("tool-next-question")
CHANGES, CHECKS = Message("tool-what-would-change"), Message("tool-check-draft")
COMPARES = Message("tool-diff-impact")
_TEXT_FILTERS = ("subject", "rule", "clause", "reading", "policy", "zone")


def openapi(
    policies: Mapping[str, Policy], language: Language = SOURCE, *, has_log: bool = False
) -> Schema:
    """The contract for those who may ask these policies: calls by the facts of the newest version
    of each, answers by what any of its versions decides; with the routes of the log if they may
    audit one."""
    known = dict(shared())
    paths = _common_paths(language) | (_log_paths(language) if has_log else {})
    for name, policy in policies.items():
        known |= components(policy.schema(language=language), f"{name}.facts")
        known |= AnswerSchemas(policy, language).schemas(name)
        paths |= _paths(name, policy, language)
    return {
        "openapi": "3.1.0",
        "info": {"title": "reglament", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": needed([paths], known),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _common_paths(language: Language) -> Schema:
    """The routes that are of no policy."""
    routes = (
        ("/v1/policies", Message("route-policies"), "policies-document"),
        ("/live", Message("route-live"), "liveness-document"),
        ("/ready", Message("route-ready"), "readiness-document"),
    )
    return {
        path: {"get": _operation(path.rpartition("/")[2], says.to(language), ref(name), language)}
        for path, says, name in routes
    }


def _paths(name: str, policy: Policy, language: Language) -> Schema:
    decided, decide = ref(f"{name}.decided"), _call(name, DECIDE, policy)
    one = {"anyOf": [_sent_back(decided), ref(PROBLEM)]}
    batch = {"type": "object", "required": ["items"], "properties": {"items": many(one)}}
    change = ref(f"{name}.change")
    routes: tuple[tuple[str, Words, Schema, Schema], ...] = (
        ("decide", Message("route-decide"), decide, decided),
        ("decide/batch", Message("route-batch"), many(decide), batch),
        ("explain", EXPLAINS, _call(name, EXPLAIN, policy), ref("explanation-document")),
        ("next-question", ASKS, _call(name, NEXT_QUESTION, policy), ref(f"{name}.question")),
        ("change", CHANGES, _call(name, CHANGE, policy), change),
        ("check", CHECKS, _call(name, CHECK, policy), ref("check-document")),
        ("diff", COMPARES, _call(name, DIFF, policy), ref("diff-document")),
    )
    at, paths = f"/v1/policies/{name}", Schema()
    for path, says, call, answer in routes:
        operation = f"{name}.{path.rpartition('/')[2]}"
        made = _operation(operation, says.to(language), answer, language, call=call)
        paths[f"{at}/{path}"] = {"post": made}
    lines = Message("route-lines").to(language)  # a schema speaks of one value, not of lines
    paths[f"{at}/decide/batch"]["post"]["description"] = lines
    return paths | _described(name, language)


def _described(name: str, language: Language) -> Schema:
    """The routes that say what a policy is; whoever has it is not sent it again."""
    moment = {"name": "at", "in": "query", "schema": MOMENT_SCHEMA}
    routes: tuple[tuple[str, Words, list[Schema], Schema], ...] = (
        ("", Message("route-policy"), [], ref("policy-document")),
        ("/schema", Message("route-schema"), [moment], {"type": "object"}),
        ("/openapi.json", Message("route-contract"), [], {"type": "object"}),
    )
    paths: Schema = {}
    for path, says, parameters, answer in routes:
        operation = f"{name}{path.replace('/', '.')}.get"
        made = _operation(operation, says.to(language), answer, language, parameters=parameters)
        made["responses"]["304"] = {"description": Message("route-not-sent-again").to(language)}
        paths[f"/v1/policies/{name}{path}"] = {"get": made}
    return paths


def _sent_back(decided: Schema) -> Schema:
    """What an item of a batch is answered, with the id that its caller gave it."""
    return {"allOf": [decided, {"type": "object", "properties": {"id": TEXT_SCHEMA}}]}


def _log_paths(language: Language) -> Schema:
    text: Schema = {"type": "string"}
    filters: Schema = {
        **dict.fromkeys(_TEXT_FILTERS, text),
        **{name: many(text) for name in ("fact", "outcome", "status")},
        "from": {"type": "string", "format": "date"},
        "to": {"type": "string", "format": "date"},
        "days": {"enum": ["recorded", "request"]},
        "sample": {"type": "integer", "minimum": 1, "maximum": 1000},
        "seed": {"type": "integer", "minimum": 0, "maximum": 10**9},
    }
    chosen = [{"name": name, "in": "query", "schema": one} for name, one in filters.items()]
    before = {"name": "before", "in": "query", "schema": {"type": "integer", "minimum": 1}}
    sequence = {"name": "sequence", "in": "path", "required": True, "schema": {"type": "integer"}}
    answers: tuple[tuple[str, str, list[Schema], str], ...] = (
        ("", "log.entries", [*chosen, before], "entries-document"),
        ("/{sequence}", "log.entry", [sequence], "examined-entry-document"),
        ("/report", "log.report", chosen, "counts-document"),
        ("/verify", "log.verify", [], "verification-document"),
    )
    summary = Message("desk-log").to(language)
    paths: Schema = {
        path: _operation(operation, summary, ref(answer), language, parameters=parameters)
        for path, operation, parameters, answer in answers
    }
    whole = {"name": "whole", "in": "query", "schema": {"const": "1"}}
    told = _operation("log.export", summary, text, language, parameters=[*chosen, whole])
    lines = told["responses"]["200"]["content"]
    lines["application/x-ndjson"] = lines.pop("application/json")
    return {f"/v1/log{path}": {"get": one} for path, one in {**paths, "/export": told}.items()}


def _operation(
    name: str,
    summary: str,
    answer: Schema,
    language: Language = SOURCE,
    *,
    parameters: Sequence[Schema] = (),
    call: Schema | None = None,
) -> Schema:
    """What is asked, and what is answered or refused."""
    problem = {"application/problem+json": {"schema": ref(PROBLEM)}}
    told: Schema = {"operationId": name, "summary": summary}
    if parameters:
        told["parameters"] = list(parameters)
    if call is not None:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": call}}}
    told["responses"] = {
        "200": {"description": "OK", "content": {"application/json": {"schema": answer}}},
        "4XX": {"description": Message("http-refused").to(language), "content": problem},
        "5XX": {"description": Message("http-busy").to(language), "content": problem},
    }
    return told


def call_schema(
    members: Iterable[str], facts: Schema | None = None, policy: Policy | None = None
) -> Schema:
    """The schema of a call that takes these members; `facts` is that of its facts.

    With the policy names of decisions, facts and versions are told one by one.
    """
    known = {member: MEMBERS[member].schema for member in members}
    if facts is not None:
        known["facts"] = facts
    if policy is not None:
        known |= _named(policy)
    return {
        "type": "object",
        "required": [member for member in members if member in REQUIRED],
        "additionalProperties": False,
        "properties": {
            member: known[member] if member in REQUIRED else nullable(known[member])
            for member in members
        },
    }


def _named(policy: Policy) -> Schema:
    """The members of a call that name something of the policy."""
    decisions: Schema = {"enum": decision_names(policy)}
    facts = fact_names(policy)
    newest = policy.versions[-1]
    told_by = {who for fact in newest.facts.values() for who in fact.told_by}
    names = {"anyOf": [decisions, many(decisions) | {"minItems": 1}]}
    return {
        "version": {"enum": [version.version for version in policy.versions]},
        "only": names,
        "decision": names,
        "not_known": {"anyOf": [facts, many(facts)]},
        "asked_of": {"enum": sorted(told_by)} if told_by else TEXT_SCHEMA,
        "want": wishes_of(policy),
    }


def _call(name: str, members: tuple[str, ...], policy: Policy) -> Schema:
    return call_schema(members, ref(f"{name}.facts"), policy)
