"""A policy is found where its owner works, and a bundled one only by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from reglament.language.loading.files.policy_finder import POLICIES, FoundPolicy, policy_in
from reglament.language.syntax.bundled import policies_folder
from reglament.model.problems import Refused

HEAD = """policy: {name}
version: "{version}"
title: A
holds_from: 2026-01-01
time_zone: UTC
"""
REST = "facts:\n  days: {type: integer, label: days}\n"
REQUEST = "title: how to be\nversion: 2\nrequest:\n  service: training\n"


def put(folder: Path, files: dict[str, str]) -> Path:
    """The folder with the files; `:` before a text names the policy whose head it is."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith(":"):
            version = path.parent.name if path.parent.name.startswith("20") else "1"
            text = HEAD.format(name=text[1:], version=version)
        path.write_text(text, "utf-8")
    return folder


WHERE: list[tuple[str, dict[str, str], str | None]] = [
    ("nothing", {}, None),
    ("requests alone", {"a.yaml": REQUEST, "b.yaml": "request.service: training\n"}, None),
    ("a file", {"fees.yaml": ":fees", "a.yaml": REQUEST}, "fees.yaml"),
    ("a version's folder", {"policy.yaml": ":fees", "facts.yaml": REST}, "."),
    ("a version with examples below", {"a.yaml": ":fees", "ex/b.yaml": "examples: []"}, "."),
    ("a folder of versions", {"2025-01-01/a.yaml": ":fees", "2026-01-01/a.yml": ":fees"}, "."),
    ("a folder of one version", {"2025-01-01/a.yaml": ":fees", "old/notes.txt": ""}, "."),
    ("the only one in `policies`", {"policies/fees/2025-01-01/a.yaml": ":fees"}, "policies/fees"),
    ("a file in `policies`", {"policies/fees.yaml": ":fees"}, "policies/fees.yaml"),
    ("one whose version has another name", {"fees/v1/a.yaml": ":fees"}, "fees"),
    ("a folder below", {"fees/a.yaml": ":fees", "requests/a.yaml": REQUEST}, "fees"),
    ("hidden ones", {".old/a.yaml": ":dues", ".b.yaml": ":dues", "fees/a.yaml": ":fees"}, "fees"),
    ("a broken one", {"fees/a.yaml": HEAD.format(name="fees", version="1") + " x: [\n"}, "fees"),
    ("a head cut short", {"fees.yaml": HEAD.format(name="f", version="1")[:60]}, "fees.yaml"),
    ("a mark at its start", {"f.yaml": "\ufeffpolicy: f\nversion: 1\ntitle: f\n"}, "f.yaml"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "found"), [case[1:] for case in WHERE], ids=[case[0] for case in WHERE]
)
def test_the_only_policy_of_a_folder_is_meant(
    files: dict[str, str], found: str | None, tmp_path: Path
) -> None:
    meant = policy_in(put(tmp_path, files))

    assert (meant.path if meant else None) == (tmp_path / found if found else None)


@pytest.mark.parametrize(
    "files",
    [
        {"fees.yaml": ":fees", "dues.yaml": ":dues"},
        {"policies/fees/a.yaml": ":fees", "policies/dues/a.yaml": ":dues"},
        {"policies/fees/a.yaml": ":fees", "dues/a.yaml": ":dues"},
        {"fees/a.yaml": ":fees", "fees-before/a.yaml": ":fees"},
    ],
    ids=["files", "in policies", "in policies and beside", "a copy"],
)
def test_none_of_several_is_meant(files: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        policy_in(put(tmp_path, files))

    said = refused.value.to_text("en")
    assert [one.code for one in refused.value.problems] == ["policy-missing"]
    assert all(
        f"`{Path(name).parts[name.count('/') - 1]}`" in said or name in said for name in files
    )


def test_a_name_is_looked_up_in_policies_then_in_the_folder_then_among_bundled(
    tmp_path: Path,
) -> None:
    name = "library-fees"
    bundled = policy_in(tmp_path, name)
    put(tmp_path, {f"{name}/notes.yaml": "a: 1"})
    hidden_by_nothing = policy_in(tmp_path, name)
    put(tmp_path, {f"{name}/a.yaml": ":library-fees"})
    beside = policy_in(tmp_path, name)
    put(tmp_path, {f"{POLICIES}/{name}/a.yaml": ":library-fees"})
    first = policy_in(tmp_path, name)

    assert (bundled and bundled.path, bundled and bundled.is_bundled) == (
        policies_folder() / name,
        True,
    )
    assert hidden_by_nothing == bundled
    assert (beside and beside.path) == tmp_path / name
    assert (first and first.path) == tmp_path / POLICIES / name


@pytest.mark.parametrize("name", ["library-fees", "dues"])
def test_a_policy_with_a_version_based_on_another_is_found_alike(name: str, tmp_path: Path) -> None:
    based = 'version: "2"\nbased_on: "1"\nholds_from: 2027-01-01\nknown_from: 2026-12-01'
    put(tmp_path, {f"{name}/1/policy.yaml": f":{name}", f"{name}/2/policy.yaml": based})

    for found in (policy_in(tmp_path, name), policy_in(tmp_path)):
        assert found == FoundPolicy(tmp_path / name)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("reglament.toml", 'policy = "dues"'),
        ("pyproject.toml", '[tool.reglament]\npolicy = "dues"'),
        ("pyproject.toml", '[tool]\nreglament = {policy = "policies/dues"}'),
    ],
)
def test_settings_name_one_of_several_for_the_folders_below_too(
    file: str, text: str, tmp_path: Path
) -> None:
    put(tmp_path, {"policies/fees/a.yaml": ":fees", "policies/dues/a.yaml": ":dues", file: text})
    below = tmp_path / "docs" / "requests"
    below.mkdir(parents=True)

    for folder in (tmp_path, below):
        found = policy_in(folder)
        assert found is not None
        assert (found.path, found.settings) == (tmp_path / "policies/dues", tmp_path / file)
        by_name = policy_in(folder, "fees")
        assert by_name is not None
        assert by_name.path == tmp_path / "policies/fees"


def test_settings_of_other_tools_and_settings_without_a_policy_name_none(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "reglament.toml": 'policy = "library-fees"',
            "project/pyproject.toml": "[project]\n# reglament\n[tool.other]\n",
            "project/below/pyproject.toml": "not toml at all",
        },
    )
    found = policy_in(tmp_path / "project" / "below")

    assert found is not None
    assert found.is_bundled
    (tmp_path / "project" / "reglament.toml").write_text("# none yet\n")
    assert policy_in(tmp_path / "project" / "below") is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("policy = fees", 1, "not valid TOML"),
        ("policy = 5", 0, "`policy` is not a name or a path"),
        ('policy = ""', 0, "`policy` is not a name or a path"),
        ('polcy = "fees"', 0, "did you mean `policy`?"),
        ('policy = "fes"', 0, "there is no policy `fes`"),
    ],
)
def test_settings_that_are_wrong_are_told_with_their_file(
    text: str, line: int, said: str, tmp_path: Path
) -> None:
    put(tmp_path, {"reglament.toml": text, "fees/a.yaml": ":fees"})
    with pytest.raises(Refused) as refused:
        policy_in(tmp_path)

    (problem,) = refused.value.problems
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == (str(tmp_path / "reglament.toml"), line)
    assert said in refused.value.to_text("en")


@pytest.mark.parametrize(("name", "near"), [("fes", "`fees`"), ("libary-fees", "`library-fees`")])
def test_a_name_that_leads_nowhere_is_told_with_the_nearest(
    name: str, near: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        policy_in(put(tmp_path, {"fees/a.yaml": ":fees"}), name)

    assert f"did you mean {near}?" in refused.value.to_text("en")
