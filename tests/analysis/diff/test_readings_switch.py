"""Each open question shows what it decides, and what another answer would change."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.reading_notes import reaches
from reglament.interfaces.cli.diff_command import diff as diff_command
from reglament.interfaces.cli.readings_command import readings
from reglament.language.loading.switched import switched
from reglament.model.problems import Refused
from reglament.model.regulation import Version
from support.cli_runner import run
from support.places import POLICIES
from support.shipped import shipped

SHIPPED = POLICIES / "technical-support" / "2019-01-01"


@pytest.fixture(scope="module")
def version() -> Version:
    return shipped("technical-support").versions[-1]


def _run(command: Any, *words: str) -> Result:
    return CliRunner().invoke(command, [*words, "--lang", "en"])


def test_a_switched_version_has_the_alternative_chosen_and_nothing_else_changed(
    version: Version,
) -> None:
    other = switched(version, {"three-months": "rolled"})
    assert other.readings["three-months"].chosen == "rolled"
    assert {k: r.chosen for k, r in other.readings.items() if k != "three-months"} == {
        k: r.chosen for k, r in version.readings.items() if k != "three-months"
    }
    assert switched(other, {"three-months": "strict"}).digest == version.digest


@pytest.mark.slow
@pytest.mark.usefixtures("little_is_proven_exact")
@pytest.mark.parametrize(
    ("reading", "alternative", "decisions"),
    [
        ("short-days", "one-hour-less", {"desk", "response_due"}),
        ("infeasible-fix", "not-regulated", {"scope", "answer", "advice"}),
        ("three-months", "rolled", {"free_until", "tier", "scope", "answer", "advice",
                                    "response_hours", "response_due"}),
        ("other-remote-tool", "out-of-scope", {"scope", "answer", "advice"}),
        ("weekdays", "monday-to-friday", {"desk", "response_due"}),
        ("closing-tie", "at-next-opening", {"response_due"}),
    ],
)  # fmt: skip
def test_an_alternative_changes_these_decisions(
    version: Version, reading: str, alternative: str, decisions: set[str]
) -> None:
    found = diff(version, switched(version, {reading: alternative}))
    assert {region.decision for region in found.regions} == decisions
    assert found.not_settled == ()


def test_a_reading_names_the_rules_behind_which_it_stands(version: Version) -> None:
    found = {reach.reading.id: reach for reach in reaches(version)}
    assert found["closing-tie"].rules == ("response-due-after-working-hours",)
    assert found["weekdays"].decisions == ("desk", "response_due")
    assert "tier-partner" in found["tier-precedence"].rules


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({"three-month": "rolled"}, "unknown-reading"),
        ({"three-months": "roled"}, "unknown-alternative"),
    ],
)
def test_an_unknown_switch_is_refused(version: Version, choices: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        switched(version, choices)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.hint is not None


@pytest.mark.slow
def test_the_command_shows_one_switch() -> None:
    result = _run(readings, "--switch", "infeasible-fix=not-regulated", "--policy", str(SHIPPED))
    assert result.exit_code == 0
    assert "out of scope → not regulated" in result.output


@pytest.fixture(scope="module")
def counted() -> dict[str, Any]:
    """The examples that a switch decides otherwise, as JSON tells them."""
    words = ("readings", "--switch", "closing-tie=at-next-opening", "--json")
    return json.loads(run(*words).stdout)["examples"]  # type: ignore[no-any-return]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Examples with a different outcome: "),
        ("ru", "Примеров с другим исходом: "),
    ],
)
def test_the_command_counts_the_examples_that_a_switch_decides_otherwise(
    counted: dict[str, Any], language: str, said: str
) -> None:
    words = ("readings", "--switch", "closing-tie=at-next-opening", "--lang", language)
    lines = run(*words).stdout.splitlines()
    told = counted
    named = lines[lines.index(next(line for line in lines if line.startswith(said))) + 1 :]

    assert told["tried"] == len(shipped("technical-support").versions[-1].examples)
    assert 0 < len(told["decided_otherwise"]) < told["tried"]
    assert f"{said}{len(told['decided_otherwise'])} " in "\n".join(lines)
    assert [line.strip() for line in named[:10]] == told["decided_otherwise"][:10]
    assert not any("примеры" in line or "examples:" in line for line in lines)


def test_the_command_refuses_half_a_switch() -> None:
    assert _run(readings, "--switch", "infeasible-fix").exit_code == 2


# The command `diff`


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the shipped version, then one edit of it, in the folder `policy`."""
    folder = tmp_path / "policy"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("examples"))
    _git(tmp_path, "init", "-q")
    _commit(tmp_path)
    path = folder / "hours.yaml"
    path.write_text(path.read_text("utf-8").replace("then: 24", "then: 20"), encoding="utf-8")
    _commit(tmp_path)
    return folder


def _git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def _commit(folder: Path) -> None:
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "x")


@pytest.mark.slow
def test_a_revision_is_compared_with_the_files_as_they_stand(repository: Path) -> None:
    before = sorted(repository.rglob("*"))
    result = _run(diff_command, "HEAD~1", "--policy", str(repository))
    assert result.exit_code == 1
    assert "tier is free support: 24 working hours → 20 working hours" in result.output
    assert sorted(repository.rglob("*")) == before


@pytest.mark.slow
def test_two_revisions_are_compared_by_path(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.parent)
    same = _run(diff_command, "HEAD:policy", "HEAD:policy", "--policy", "policy")
    assert (same.exit_code, same.stdout) == (0, "No changes.\n")
    assert _run(diff_command, "HEAD~1:policy", "HEAD:policy", "--policy", "policy").exit_code == 1


@pytest.mark.parametrize("word", ["HEAD~9", "no-such-version", "HEAD:nowhere", "--", ":x"])
def test_what_is_no_version_is_refused(repository: Path, word: str) -> None:
    result = _run(diff_command, "--policy", str(repository), "--", word)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.slow
def test_json_and_markdown_tell_the_same_regions(repository: Path) -> None:
    told = _run(diff_command, "HEAD~1", "--policy", str(repository), "--format", "json")
    (found,) = json.loads(told.stdout)["differences"]
    assert [one["decision"] for one in found["regions"]] == ["response_hours", "response_due"]
    assert found["regions"][0]["before"]["rules"] == ["response-free"]
    assert found["regions"][1]["because_of"]["decision"] == "response_hours"
    markdown = _run(diff_command, "HEAD~1", "--policy", str(repository), "--format", "markdown")
    assert "**working hours to consider the request** (`response_hours`)" in markdown.output
    assert "- tier is free support: 24 working hours → 20 working hours" in markdown.output
