"""The JSON Schema of one policy's files: that of all policies, with its own words proposed."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reglament.language.loading.files_schema import files_schema
from reglament.language.syntax.bundled import policies_folder, schema_text
from reglament.language.syntax.source import plain, read_source
from reglament.language.syntax.yaml_text import parse_yaml
from support.laws import examples
from support.shipped import NAMES, shipped

OF_ALL = Draft202012Validator(json.loads(schema_text("policy")))
JUNK: list[Any] = [None, True, 1, "", "word", "two words", [], ["word"], {}, {"word": 1}]


@cache
def own(name: str) -> Draft202012Validator:
    schema = files_schema(shipped(name).versions[-1], "en")
    return Draft202012Validator(schema)


@cache
def files(name: str) -> dict[str, Any]:
    """The files of the newest version, as they are written."""
    folder = policies_folder() / name / shipped(name).versions[-1].version
    found = {}
    for path in sorted(folder.rglob("*.yaml")):
        node = parse_yaml(read_source(path), [])
        assert node is not None
        found[path.name] = plain(node)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_file_of_a_shipped_policy_is_accepted(name: str) -> None:
    Draft202012Validator.check_schema(own(name).schema)
    for file, written in files(name).items():
        assert [error.message for error in own(name).iter_errors(written)] == [], file


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            found += spots(value[key], (*path, key))
    return found


def part_of(data: st.DataObject, section: Any) -> Any:
    """One entry or item of a section that holds many: it is quicker judged."""
    if isinstance(section, dict):
        name = data.draw(st.sampled_from(sorted(section)))
        return {name: section[name]}
    return [data.draw(st.sampled_from(section))] if isinstance(section, list) else section


@examples(40)
@given(st.data())
def test_what_is_edited_is_judged_as_by_the_schema_of_all_policies_but_for_what_it_lacks(
    data: st.DataObject,
) -> None:
    name = data.draw(st.sampled_from(sorted(NAMES)))
    file = data.draw(st.sampled_from(sorted(files(name))))
    section = data.draw(st.sampled_from(sorted(files(name)[file])))
    edited = deepcopy({section: part_of(data, files(name)[file][section])})
    *above, last = data.draw(st.sampled_from(spots(edited)))
    inside: Any = edited
    for key in above:
        inside = inside[key]
    inside[last] = data.draw(st.sampled_from(JUNK))

    errors = {error.validator for error in OF_ALL.iter_errors(edited)}
    if own(name).is_valid(edited):
        assert errors <= {"required", "oneOf", "dependentRequired"}
    else:
        assert errors


def test_words_of_the_policy_are_proposed_with_their_labels() -> None:
    parts: dict[str, Any] = own("technical-support").schema["$defs"]  # type: ignore[index]

    tier = parts["own.words.tier"]
    said = dict(zip(tier["enum"], tier["enumDescriptions"], strict=True))
    assert said["partner"] == "certified partner support"
    assert "free.period" in parts["own.clauses"]["enum"]
    assert "three-months" in parts["own.readings"]["enum"]
    assert "tier-partner" in parts["own.rules.tier"]["enum"]
    tests = parts["condition"]["properties"]
    assert tests["tier"]["anyOf"][0] == {"$ref": "#/$defs/own.words.tier"}
    assert tests["request.service"]["title"] == "service asked for"
