"""The shipped schemas: valid, explaining themselves, and true of every shipped file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reglament.functions.table import FUNCTIONS
from reglament.language.loading.expressions.list_tests import LIST_WORDS, TOTALS
from reglament.language.loading.expressions.written_tests import OPERATOR_WORDS
from reglament.language.loading.files.text_files import language_of_file
from reglament.language.syntax.bundled import SchemaName, policies_folder, schema_text
from reglament.language.syntax.schema_check import check_shape
from reglament.language.syntax.source import read_source
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.messages import languages
from reglament.model.problems import Problem
from support.laws import sample

NAMES: tuple[SchemaName, ...] = ("policy", "texts", "request", "decision", "answers")
SHIPPED = sorted(policies_folder().rglob("*.yaml"))
SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def schema(name: SchemaName) -> Any:
    return json.loads(schema_text(name))


def validator(name: SchemaName) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def described(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every definition and property of a schema, with the path to it."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from described(item, f"{path}/{index}")
    if not isinstance(node, dict):
        return
    for key, below in node.items():
        # A property that is only `true`, or that a condition only looks at, is told elsewhere.
        if key in ("properties", "$defs") and not path.endswith("/if"):
            yield from ((f"{path}/{key}/{name}", one) for name, one in below.items())
        yield from described(below, f"{path}/{key}")


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping inside a schema."""
    if isinstance(node, dict):
        yield node
    for below in node.values() if isinstance(node, dict) else node:
        if isinstance(below, dict | list):
            yield from parts(below)


def schema_of(path: Path) -> SchemaName:
    """By which schema a file of a policy is read."""
    return "policy" if language_of_file(path) is None else "texts"


def shape_problems(path: Path) -> list[Problem]:
    source = read_source(path)
    problems: list[Problem] = []
    node = parse_yaml(source, problems)
    if node is not None:
        check_shape(node, schema_of(path), problems, source)
    return problems


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid_and_named(name: SchemaName) -> None:
    body = schema(name)

    Draft202012Validator.check_schema(body)

    assert body["$id"] == f"urn:reglament:schema:{name}"
    assert body["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert body["title"]
    assert body["description"]


@pytest.mark.parametrize("name", NAMES)
def test_every_definition_and_property_explains_itself(name: SchemaName) -> None:
    found = {
        path: one
        for path, one in described(schema(name))
        if one is not True and "/then/properties/" not in path
    }

    mute = [path for path, one in found.items() if not one.get("title")]
    dumb = [path for path, one in found.items() if not one.get("description", "").endswith(".")]

    assert found
    assert mute == []
    assert dumb == []


@pytest.mark.parametrize("name", NAMES)
def test_every_definition_is_used_and_every_reference_leads_somewhere(name: SchemaName) -> None:
    body = schema(name)

    used = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(body)))

    assert used == set(body["$defs"])


@pytest.mark.parametrize("name", NAMES)
def test_every_example_in_a_schema_holds(name: SchemaName) -> None:
    body = schema(name)
    wrong = [
        (path, example)
        for path, one in described(body)
        if one is not True
        for example in one.get("examples", ())
        if not Draft202012Validator({**one, "$defs": body["$defs"]}).is_valid(example)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_expected_is_said_in_every_language_of_the_engine(name: SchemaName) -> None:
    said = [part["x-expected"] for part in parts(schema(name)) if "x-expected" in part]

    assert [one for one in said if {*one} != {*languages()} or not all(one.values())] == []


def test_the_schema_knows_the_functions_and_operators_that_the_engine_knows() -> None:
    definitions = schema("policy")["$defs"]

    assert set(definitions["formula"]["properties"]) == {
        *FUNCTIONS,
        *("hours", "at_closing", "first_day", "by_zero", "by"),
        *(*TOTALS, "over", "where", "called"),
    }
    assert set(definitions["operators"]["properties"]) == {*OPERATOR_WORDS, *LIST_WORDS}


def test_policies_are_shipped() -> None:
    assert any(path.name == "policy.yaml" for path in SHIPPED)


@pytest.mark.parametrize(
    "path", sample(SHIPPED, 18), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_shipped_policy_file_has_the_right_shape_and_tells_the_editor_its_schema(
    path: Path,
) -> None:
    assert [problem.to_text("en") for problem in shape_problems(path)] == []
    line = SCHEMA_LINE.match(path.read_text(encoding="utf-8"))

    assert line is not None
    told = (path.parent / line[1]).resolve()
    assert told.read_text(encoding="utf-8") == schema_text(schema_of(path))


@pytest.mark.parametrize(
    "facts",
    [
        {"request": {"service": "training", "created_at": "2026-11-20T12:00:00"}},
        {"request.service": "training", "renewal.act.number": None},
        {"documents": ["scan", "photo"], "price": Decimal("1.20"), "months": 3, "paid": True},
        {},
    ],
)
def test_a_request_may_be_nested_or_dotted(facts: dict[str, Any]) -> None:
    assert list(validator("request").iter_errors(facts)) == []


@pytest.mark.parametrize("facts", [[], "x", {"a b": 1}, {"a": {"b c": 1}}, {"a": [[1]]}])
def test_what_is_no_mapping_of_facts_is_no_request(facts: Any) -> None:
    assert not validator("request").is_valid(facts)


DECIDED = {
    "status": "determined",
    "outcome": "free",
    "possible": ["free"],
    "needs": [],
    "rules": ["tier-free"],
    "clauses": ["free.period"],
    "readings": ["three-months"],
    "because": {"ru": "…", "en": "…"},
}
OPEN = {
    "status": "undetermined",
    "outcome": None,
    "possible": ["accepted", "rejected"],
    "needs": ["renewal.act.number"],
    "unmet": [],
    "open": ["act_number_given"],
}
SPAN = {
    "day": "2026-11-20",
    "from": "2026-11-20T12:00:00+03:00",
    "to": "2026-11-20T19:00:00+03:00",
    "minutes": 420,
}


def document(**decisions: Any) -> dict[str, Any]:
    digest = "sha256:" + "0" * 64
    return {
        "policy": {"id": "technical-support", "version": "2019-01-01", "digest": digest},
        "as_of": "2026-11-20T18:30:00+03:00",
        "decisions": decisions,
    }


@pytest.mark.parametrize(
    "decided",
    [
        DECIDED,
        OPEN,
        DECIDED | {"ledger": [SPAN]},
        DECIDED | {"items": [{"id": "buy_support", "payment_contact": {"name": "…"}}]},
        DECIDED | {"trace": [{"rule": "tier-free", "status": "applied", "tests": []}]},
        OPEN | {"possible": None, "because": None, "something_new": 1},
    ],
)
def test_a_decision_document_holds(decided: dict[str, Any]) -> None:
    assert list(validator("decision").iter_errors(document(x=decided) | {"notes": []})) == []


@pytest.mark.parametrize(
    ("decided", "where"),
    [
        (DECIDED | {"status": "perhaps"}, "status"),
        (DECIDED | {"possible": "free"}, "possible"),
        (DECIDED | {"because": {}}, "because"),
        (DECIDED | {"because": {"de": 5}}, "de"),
        (OPEN | {"outcome": "accepted"}, "outcome"),
        (DECIDED | {"ledger": [SPAN | {"minutes": -1}]}, "minutes"),
        (DECIDED | {"trace": [{"rule": "x", "status": "done"}]}, "status"),
    ],
)
def test_a_document_that_contradicts_itself_is_refused(decided: dict[str, Any], where: str) -> None:
    (error,) = validator("decision").iter_errors(document(x=decided))

    assert error.absolute_path[-1] == where
