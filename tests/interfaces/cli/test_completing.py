"""What a shell proposes: the words of the policy that the line names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from reglament.interfaces.cli.group import group
from support.cli_runner import run


def offered(line: str) -> list[str]:
    """What is proposed for the last word of the line; it may be empty."""
    *words, begun = line.split(" ")
    complete = ShellComplete(group, {}, "reglament", "_REGLAMENT_COMPLETE")
    return [item.value for item in complete.get_completions(words, begun)]


TS = "--policy technical-support "


@pytest.mark.parametrize(
    ("line", "proposed"),
    [
        (f"decide {TS}--only resp", ["response_hours", "response_due"]),
        (f"decide {TS}--only tier,resp", ["tier,response_hours", "tier,response_due"]),
        (f"change {TS}--want ans", ["answer="]),
        (f"change {TS}--want answer=ref", ["answer=refuse", "answer=refer"]),
        (f"show {TS}--diagram ti", ["tier"]),
        (f"ask {TS}--decision ti", ["tier"]),
        (f"readings {TS}--switch infeasible", ["infeasible-fix=not-regulated"]),
        ("diff --policy annual-leave 2024", ["2024-01-01"]),
        ("diff --policy annual-leave 2024-01-01 ", ["2024-01-01", "2026-01-01"]),
        ("decide --policy annual-leave --at 2026", ["2026-01-01"]),
        ("show --policy no-such-policy --diagram ti", []),
    ],
)
def test_words_of_the_policy_are_proposed(line: str, proposed: list[str]) -> None:
    assert sorted(offered(line)) == sorted(proposed)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    written = {
        "a.yaml": "requester.kind: certified_partner\n",
        "b.yaml": "requester.kind: nobody\n---\nrequest.service: training\n",
        "c.json": '{"request.service": "training"}',
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text, "utf-8")
    return [tmp_path / name for name in written]


def test_several_files_are_decided_in_turn_each_under_its_name(files: list[Path]) -> None:
    found = run("decide", *files, "--policy", "technical-support", "--only", "tier")

    heads = [line for line in found.stdout.splitlines() if line.startswith(str(files[0].parent))]
    assert heads == [f"{files[0]}:", f"{files[1]}: Request 2:", f"{files[2]}:"]
    assert found.exit_code == 2
    assert f"{files[1]}:1:17: `nobody` is not an allowed value" in found.stderr


def test_of_several_files_programs_get_a_line_for_each_request(files: list[Path]) -> None:
    found = run("decide", files[0], files[2], "--policy", "technical-support", "--json")

    assert found.exit_code == 0
    assert [json.loads(line)["format"] for line in found.stdout.splitlines()] == [1, 1]


def test_a_file_that_cannot_be_read_leaves_the_others_decided(files: list[Path]) -> None:
    gone = files[0].parent / "gone.yaml"
    found = run("decide", files[0], gone, files[2], "--policy", "technical-support", "--json")

    assert (found.exit_code, len(found.stdout.splitlines())) == (2, 2)
    assert "gone.yaml" in found.stderr


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_explanation_for_programs_holds_the_document_and_the_words(
    files: list[Path], language: str
) -> None:
    arguments = ("explain", files[0], "--policy", "technical-support", "--lang", language)
    made = json.loads(run(*arguments, "--json").stdout)

    assert made["decisions"]["tier"]["outcome"] == "partner"
    assert made["explanation"]["language"] == language
    assert made["explanation"]["text"] == run(*arguments).stdout.rstrip("\n")
