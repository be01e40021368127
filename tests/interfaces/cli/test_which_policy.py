"""An owner's command reads the owner's policy and says so; a request is decided all the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from reglament.policy import bundled_policies
from support.cli_runner import REQUESTS, run
from support.places import POLICIES, ROOT

PARTNER = REQUESTS / "training-by-a-partner.yaml"
OWNERS = [
    ("check",),
    ("test",),
    ("diff", "."),
    ("readings",),
    ("matrix",),
    ("show",),
    ("build",),
    ("calendar", "2026-11"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder that holds nothing."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", OWNERS, ids=lambda command: command[0])
def test_an_owner_s_command_reads_no_policy_that_nobody_named(
    command: tuple[str, ...], here: Path
) -> None:
    refused = run(*command, stdin="")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"no policy was found in {here}" in refused.stderr
    assert ", ".join(f"`{name}`" for name in bundled_policies()) in refused.stderr


FEES = """
policy: fees
version: "1"
title: {en: fees}
languages: [en]
holds_from: 2025-01-01
known_from: 2025-01-01
time_zone: UTC
chosen_by: request.on
facts: {request.on: {type: date, label: {en: day}}}
decisions:
  fee: {type: integer, label: {en: fee}, rules: [{id: fee, then: 10, because: {en: it is so}}]}
"""


def test_a_refused_request_says_which_policy_was_found(here: Path) -> None:
    (here / "fees").mkdir()
    (here / "fees" / "policy.yaml").write_text(FEES, "utf-8")

    for command in ("decide", "explain", "change"):
        refused = run(command, PARTNER)
        assert refused.exit_code == 2
        assert refused.stderr.startswith("Policy: fees\n")
        assert "Policy:" not in run(command, PARTNER, "--policy", "fees").stderr
    assert "Policy:" not in run("decide", PARTNER, "--json").stderr
    request = here / "r.yaml"
    request.write_text("request.on: 2026-03-03\n", "utf-8")
    assert run("decide", request).stderr == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No policy was found here: the bundled `technical-support` is used."),
        ("ru", "Регламент здесь не найден, поэтому взят `technical-support` из поставки."),
        ("de", "Hier ist kein Regelwerk, daher gilt das mitgelieferte `technical-support`."),
    ],
)
def test_a_request_is_decided_by_a_bundled_policy_where_there_is_none_and_that_is_said(
    language: str, said: str, here: Path
) -> None:
    for command in ("decide", "explain", "change"):
        assert said in run(command, PARTNER, "--lang", language).stderr
    assert said in run("watch", "-", "--once", "--lang", language, stdin="").stderr
    values = run("decide", PARTNER, "--json")

    assert json.loads(values.stdout)["policy"]["id"] == "technical-support"
    assert values.stderr == ""


def test_a_checkout_is_checked_itself_and_not_what_is_installed(here: Path) -> None:
    shutil.copytree(POLICIES, here / "policies")
    shutil.copy(ROOT / "pyproject.toml", here)
    tiers = here / "policies/technical-support/2019-01-01/tiers.yaml"
    tiers.write_text(tiers.read_text("utf-8").replace("requester.kind", "requester.knid"), "utf-8")
    checked = run("check")

    assert checked.exit_code == 2
    assert "Policy: policies/technical-support (named in pyproject.toml)" in checked.stderr
    assert "policies/technical-support/2019-01-01/tiers.yaml:" in checked.stderr
    assert "requester.knid" in checked.stderr


@pytest.mark.parametrize("broken", ["policy: fees\nversion: 1\ntitle: [\n", "facts: {\n"])
def test_a_folder_with_a_broken_policy_alone_is_red(broken: str, here: Path) -> None:
    (here / "fees.yaml").write_text(broken)

    assert run("check").exit_code == 2
    assert run("test").exit_code == 2


def test_a_policy_that_was_begun_is_the_one_that_is_read(here: Path) -> None:
    assert run("new", "fees").exit_code == 0
    by_name, alone = run("check", "--policy", "fees"), run("check")

    assert by_name.stderr == alone.stderr == "Policy: fees\n"
    assert by_name.stdout.startswith("`fees` ")
    (here / "policies").mkdir()
    assert run("new", "dues").exit_code == 0
    assert run("check", "--policy", "dues").stderr == "Policy: policies/dues\n"
    assert "several policies here: `dues`, `fees`" in run("check").stderr
    assert run("new", "dues", "--version", "2099-01-01").stdout.startswith("policies/dues/2099")


def test_a_difference_to_a_revision_is_found_in_the_checkout(here: Path) -> None:
    assert run("new", "fees").exit_code == 0
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
        subprocess.run([*git, *words], check=True)

    same = run("diff", "HEAD")
    assert (same.exit_code, same.stdout, same.stderr) == (0, "No changes.\n", "Policy: fees\n")


def test_a_bundled_policy_is_read_by_its_name_and_told_with_its_path(here: Path) -> None:
    told = run("matrix", "--policy", "annual-leave")

    assert told.exit_code == 0
    assert (
        told.stderr
        == f"Policy: annual-leave, bundled with reglament ({POLICIES / 'annual-leave'})\n"
    )


@pytest.mark.parametrize("form", [("--json",), ("--format", "json"), ("--format", "sarif")])
def test_nothing_is_said_beside_values_for_programs(form: tuple[str, ...], here: Path) -> None:
    assert run("new", "fees").exit_code == 0
    checked = run("check", *form)

    assert checked.stderr == ""
    json.loads(checked.stdout)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "extra argument (my fees). Did you mean \"--policy 'my fees'\"?"),
        ("ru", "Лишние аргументы: my fees. Может быть, \"--policy 'my fees'\"?"),
        ("de", "Unerwartete Argumente: my fees. Meinten Sie \"--policy 'my fees'\"?"),
    ],
)
def test_a_policy_named_without_its_option_is_answered_with_the_option(
    language: str, told: str
) -> None:
    for command in ("check", "show", "test", "readings", "matrix"):
        refused = run(command, "my fees", "--lang", language)
        assert (refused.exit_code, told in refused.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [("check", "a", "b"), ("check", "a", "--policy", "b")])
def test_of_other_arguments_too_many_nothing_is_guessed(arguments: tuple[str, ...]) -> None:
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert "unexpected extra argument" in refused.stderr
    assert "Did you mean" not in refused.stderr
