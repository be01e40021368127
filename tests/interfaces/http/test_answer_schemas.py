"""What the served contract says of each answer is true of the answers that the service gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from reglament import Policy, load_policy
from reglament.interfaces.http.answer_schemas import AnswerSchemas, alone, ref, shared
from reglament.interfaces.http.openapi import openapi
from reglament.interfaces.http.service import Service
from reglament.interfaces.http.shelf import Fixed, Shelf
from reglament.language.syntax.bundled import schema_text
from reglament.messages import Message, languages
from reglament.model.problems import Place, Problem, Refused
from reglament.model.regulation import Version
from reglament.rendering.documents.decision_document import LEVELS
from reglament.rendering.plain.plain_values import plain
from support.contract import faults, validator
from support.laws import examples, sample, tries
from support.places import ROOT
from support.service import Caller, at_once
from support.shipped import NAMES, shipped
from support.whole_language import policies, requests

ORDERS = ROOT / "tests" / "cases" / "lists" / "orders.yaml"
PATHS = ("decide", "decide/batch", "explain", "next-question", "change")
BOOK = {"kind": "book", "price": "10.00", "quantity": 2, "sealed": None, "returned": True}
ODD: dict[str, list[dict[str, Any]]] = {
    "technical-support": [
        {"request.created_at": "2121-01-05T12:00", "requester.kind": "certified_partner"},
        {"request.service": "onsite visit"},
        {"requester.kind": "partner"},
        {"subscription": None, "requester.district": "volga"},
    ],
    "orders": [
        {"order.on": "2025-03-03", "order.consumer": True, "order.lines": lines}
        for lines in ([BOOK, {**BOOK, "price": None}], [], {"items": [], "more": True})
    ],
}
"""Facts of which no example tells: what is refused, past a calendar, near a word, a list."""


@cache
def served() -> Caller:
    """Every shipped policy, and one about lists."""
    shelf = {name: Fixed(shipped(name)) for name in sorted(NAMES)}
    return Caller(Service(Shelf(shelf | {"orders": Fixed(load_policy(ORDERS))}), apart=at_once))


@cache
def contract(name: str) -> Any:
    return served().ask("GET", f"/v1/policies/{name}/openapi.json").json()


@cache
def of_route(name: str, path: str, method: str = "post") -> Validator:
    """What finds the faults of an answer with status 200."""
    told = contract(name)
    at = path if path.startswith("/") else f"/v1/policies/{name}/{path}".rstrip("/")
    answer = told["paths"][at][method]["responses"]["200"]["content"]["application/json"]["schema"]
    return validator(answer, told["components"]["schemas"])


@cache
def of_refusals(name: str) -> Validator:
    return validator(ref("problem-document"), contract(name)["components"]["schemas"])


def asked(name: str) -> Iterator[dict[str, Any]]:
    """Calls: the examples of each version whole, then by halves; nothing; what is odd."""
    policy = served().service.shelf[name].policy
    for version in policy.versions:
        for number, one in enumerate(version.examples):
            told = [(fact, plain(value)) for fact, value in one.facts.items()]
            when = {"at": version.holds_from.isoformat()}
            yield {"facts": dict(told), **when}
            yield {"facts": dict(told[number % 2 :: 2]), **when}
    yield from ({"facts": facts} for facts in [{}, *ODD.get(name, [])])


def some(name: str, path: str) -> list[tuple[int, dict[str, Any]]]:
    """Some of the calls by numbers, others for each route; of what takes long, few."""
    every, odd = list(asked(name)), len(ODD.get(name, []))
    usual, last = every[: len(every) - odd], every[len(every) - odd :]
    is_long = path == "change" and served().service.shelf[name].policy.versions[-1].lists
    count = 1 if is_long else max(2, tries(10 if path == "change" else 30))
    chosen = usual[PATHS.index(path) :: max(1, len(usual) // count)][:count]
    return list(enumerate(chosen + last))


def call_of(path: str, call: dict[str, Any], level: str) -> Any:
    """The call as the route takes it."""
    if path == "decide":
        return call | {"explain": level}
    if path == "decide/batch":
        return [call | {"id": "first"}, {"facts": 1}, call | {"explain": level}]
    return call


@pytest.mark.parametrize(("path", "name"), sample([*product(PATHS, [*sorted(NAMES), "orders"])], 4))
def test_an_answer_keeps_to_its_schema(name: str, path: str) -> None:
    statuses = set()
    for number, call in some(name, path):
        told = call_of(path, call, LEVELS[number % len(LEVELS)])
        language = languages()[number // len(LEVELS) % len(languages())]
        at = f"/v1/policies/{name}/{path}"
        answer = served().ask("POST", at, told, accept_language=language)
        found = of_route(name, path) if answer.status_code == 200 else of_refusals(name)
        assert faults(found, answer.json()) == []
        statuses.add(answer.status_code)
    refused = {422} if name in ODD and path != "decide/batch" else set()
    assert statuses == {200} | refused


@pytest.mark.parametrize(
    "path", [("policy",), ("decisions", "tier"), ("decisions", "tier", "trace", 0)]
)
def test_a_key_that_is_not_described_is_a_fault(path: tuple[Any, ...]) -> None:
    told = served().post("/decide", {"facts": {}}).json()
    found = of_route("technical-support", "decide")
    assert faults(found, told) == []
    part = told
    for key in path:
        part = part[key]
    part["undescribed"] = 1
    assert faults(found, told) != []


@pytest.mark.parametrize("name", [*sorted(NAMES), "orders"])
def test_the_decisions_of_every_version_are_named_and_typed(name: str) -> None:
    (_, typed) = contract(name)["components"]["schemas"][f"{name}.decided"]["allOf"]
    named = typed["properties"]["decisions"]["properties"]
    policy = served().service.shelf[name].policy
    for version in policy.versions:
        shown = [one.name for one in version.decisions.values() if not one.is_internal]
        assert set(shown) <= named.keys()
    assert all(one["title"] for one in named.values())
    told = served().ask("POST", f"/v1/policies/{name}/decide", {"facts": {}}).json()
    told["decisions"][next(iter(named))]["outcome"] = {"no": ["outcome"]}
    assert faults(of_route(name, "decide"), told) != []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("check", {"files": {"policy.yaml": "polcy: fees\n"}}),
        ("check", {"files": {"policy.yaml": ORDERS.read_text("utf-8")}}),
        ("diff", {"old": {}, "new": {}}),
        pytest.param("diff", {"old": {"version": "2024-01-01"}, "new": {}}, marks=pytest.mark.slow),
    ],
)
def test_what_an_author_is_told_keeps_to_its_schema(path: str, body: Any) -> None:
    told = served().ask("POST", f"/v1/policies/annual-leave/{path}", body)
    assert told.status_code == 200
    assert faults(of_route("annual-leave", path), told.json()) == []


@pytest.mark.parametrize("path", ["/v1/policies", "/live", "/ready", ""])
def test_what_describes_the_service_keeps_to_its_schema(path: str) -> None:
    told = served().ask("GET", path or "/v1/policies/library-fees").json()
    assert faults(of_route("library-fees", path, "get"), told) == []


def test_a_text_that_was_not_taken_keeps_to_its_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    holder = served().service.shelf["library-fees"].holder
    where = Problem("gap", Message("gap"), Place("fees.yaml", 3, 1))
    for refused in (Refused([where]), OSError("gone")):
        monkeypatch.setattr(holder, "refused", refused)
        told = served().ask("GET", "/ready").json()
        assert told["policies"]["library-fees"]["refused"]
        assert faults(of_route("library-fees", "/ready", "get"), told) == []


@examples(60)
@given(version=policies(), told=requests(), data=st.data())
def test_every_outcome_of_the_language_is_typed(
    version: Version, told: dict[str, Any], data: st.DataObject
) -> None:
    policy = Policy((version,))
    found = validator(
        ref("any.decided"), {**shared(), **AnswerSchemas(policy, "en").schemas("any")}
    )
    decided = policy.decide(told)
    level = data.draw(st.sampled_from(LEVELS))
    assert faults(found, json.loads(decided.to_json(level=level))) == []


def test_a_shape_alone_refers_to_nothing_outside() -> None:
    for name in json.loads(schema_text("answers"))["$defs"]:
        whole = alone(name)
        Draft202012Validator.check_schema(whole)
        named = {told for told in _references(whole) if not told.startswith("#/$defs/")}
        assert named == set()
        assert {told.removeprefix("#/$defs/") for told in _references(whole)} == {*whole["$defs"]}


def _references(schema: Any) -> Iterator[str]:
    for key, one in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if key == "$ref":
            yield one
        elif isinstance(one, dict | list):
            yield from _references(one)


def test_the_contract_is_sound_and_names_what_a_caller_may_name() -> None:
    told = openapi({"dora-incident-reporting": shipped("dora-incident-reporting")})
    for one in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(one)
    next_question = told["paths"]["/v1/policies/dora-incident-reporting/next-question"]["post"]
    call = next_question["requestBody"]["content"]["application/json"]["schema"]
    names, _ = call["properties"]["not_known"]["anyOf"]
    taken: Callable[[str], bool] = Draft202012Validator(names).is_valid
    assert taken("case.incidents.more")
    assert taken("case.incidents[2].began_at")
    assert taken("entity.kind")
    assert not taken("case.incidents count 06b04bb1")
    assert not taken("case.incidents[0]")
