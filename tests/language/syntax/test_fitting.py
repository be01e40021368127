"""Whether a value fits a schema, as `jsonschema` says: of any schema and of the shipped ones."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reglament.language.syntax.bundled import SchemaName, schema_text
from reglament.language.syntax.fitting import Fitting
from reglament.language.syntax.source import plain, read_source
from reglament.language.syntax.yaml_text import parse_yaml
from support.laws import examples, sample
from support.places import CASES, POLICIES

KEYS = st.sampled_from(["a", "b", "ab", "c1"])
PATTERNS = st.sampled_from(["a", "^b", "[0-9]$", "^(a|b)+$"])
SIZES = st.integers(0, 3)
TYPES = st.sampled_from(["object", "array", "string", "boolean", "null", "number", "integer"])
ATOMS = st.one_of(
    st.sampled_from([None, True, False, 0, 1, 2, 1.0, 1.5, Decimal(1), Decimal("0.5")]), KEYS
)
VALUES = st.recursive(
    ATOMS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=8,
)


def _schemas(below: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(below, min_size=1, max_size=3)
    named = st.dictionaries(KEYS, below, max_size=3)
    keys = st.lists(KEYS, max_size=2, unique=True)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
            "enum": st.lists(VALUES, min_size=1, max_size=3),
            "const": VALUES,
            **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), some),
            **dict.fromkeys(
                ("not", "if", "then", "else", "additionalProperties", "propertyNames", "items"),
                below,
            ),
            "properties": named,
            "patternProperties": st.dictionaries(PATTERNS, below, max_size=2),
            "required": keys,
            "dependentRequired": st.dictionaries(KEYS, keys, max_size=2),
            **dict.fromkeys(("minProperties", "maxProperties", "minItems", "maxItems"), SIZES),
            **dict.fromkeys(("minLength", "maxLength", "minimum", "maximum"), SIZES),
            "uniqueItems": st.booleans(),
            "pattern": PATTERNS,
            "$ref": st.just("#/$defs/whole"),
            "title": st.just("asks nothing"),
        },
    )


SCHEMAS = st.recursive(st.booleans() | _schemas(st.booleans()), _schemas, max_leaves=4)


@given(definition=_schemas(st.booleans()), schema=SCHEMAS, value=VALUES)
@examples(300)
def test_of_any_schema_and_value(definition: Any, schema: Any, value: Any) -> None:
    definition.pop("$ref", None)
    if isinstance(schema, bool):
        schema = {"allOf": [schema]}
    schema = {**schema, "$defs": {"whole": definition}}

    fits = Fitting(schema["$defs"]).fits(schema)

    assert fits(value) == Draft202012Validator(schema).is_valid(value)


@cache
def _documents() -> list[Any]:
    paths = [*POLICIES.glob("*/*/policy.yaml"), *(CASES / "reading" / "bad").glob("*.yaml")]
    read = [parse_yaml(read_source(path), []) for path in sorted(paths)]
    return [plain(node) for node in read if node is not None]


# Answers are written, and never read: their schema refers to that of decisions.
READ = [name for name in get_args(SchemaName) if name != "answers"]


@pytest.mark.parametrize("name", sample(READ, 2))
@given(data=st.data())
@examples(30)
def test_of_a_shipped_schema_and_an_edited_policy(name: SchemaName, data: st.DataObject) -> None:
    schema = json.loads(schema_text(name))
    document = deepcopy(data.draw(st.sampled_from(_documents())))
    part, within, key = document, None, None
    while isinstance(part, dict | list) and part and data.draw(st.integers(0, 5)):
        keys = list(part) if isinstance(part, dict) else range(len(part))
        within, key = part, data.draw(st.sampled_from(keys))
        part = part[key]
    if within is not None:
        within[key] = data.draw(VALUES)

    fits = Fitting(schema.get("$defs", {})).fits(schema)

    assert fits(document) == Draft202012Validator(schema).is_valid(document)
