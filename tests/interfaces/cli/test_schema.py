"""`reglament schema`: what editors, forms and services are told of a policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from support.cli_runner import run
from support.shipped import shipped


def test_the_schema_of_requests_is_printed_in_the_language_of_its_reader() -> None:
    said = json.loads(run("schema", "--policy", "annual-leave", "--lang", "ru").stdout)

    assert said == shipped("annual-leave").schema(language="ru")
    assert said["$schema"].endswith("2020-12/schema")


def test_of_a_version_that_is_named_by_a_moment() -> None:
    asked = run("schema", "--policy", "annual-leave", "--at", "2025-01-01")
    assert json.loads(asked.stdout)["$id"] == "urn:reglament:request:annual-leave:2024-01-01"


@pytest.mark.parametrize("arguments", [("--at", "1999-01-01"), ("--policy", "none")])
def test_what_cannot_be_is_refused(arguments: tuple[str, ...]) -> None:
    found = run("schema", *arguments)
    assert (found.exit_code, found.stdout) == (2, "")


def test_it_is_written_whole_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "files.schema.json"
    found = run("schema", "--policy", "library-fees", "--files", "-o", path)

    assert (found.exit_code, found.stdout) == (0, f"{path}\n")
    assert json.loads(path.read_text("utf-8")) == shipped("library-fees").schema(files=True)
    assert run("schema", "-o", tmp_path / "none" / "x.json").exit_code == 2


@pytest.mark.slow
def test_a_new_policy_names_its_schemas_and_they_fit(tmp_path: Path) -> None:
    assert run("new", tmp_path / "fees").exit_code == 0

    written = sorted((tmp_path / "fees").rglob("*.yaml"))
    assert len(written) == 4
    for path in written:
        line = path.read_text("utf-8").splitlines()[0]
        named = path.parent / line.removeprefix("# yaml-language-server: $schema=")
        assert named.resolve() == tmp_path / "fees" / "files.schema.json"
    for name in ("files", "request"):
        schema = json.loads((tmp_path / "fees" / f"{name}.schema.json").read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
