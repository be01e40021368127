"""A new policy, its next version, files laid out anew: valid, whole, the same in meaning."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from reglament import Policy, load_policy
from reglament.analysis.testing.coverage import coverage
from reglament.analysis.testing.mutation import try_mutants
from reglament.analysis.worked_examples import try_examples
from reglament.editing.atomic import write_whole
from reglament.editing.fmt import format_files
from reglament.editing.new import new_policy, new_version
from reglament.events.timeline_tests import try_timelines
from reglament.interfaces.cli.fmt_command import fmt as fmt_command
from reglament.interfaces.cli.new_command import new as new_command
from reglament.language.loading.version_loader import read_policy, read_version
from reglament.language.syntax.bundled import policies_folder
from reglament.language.syntax.source import Source
from reglament.model.problems import Refused
from support.shipped import shipped

DAY, LATER, KNOWN = date(2026, 1, 1), date(2027, 1, 1), date(2026, 11, 22)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def files(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in paths}


# New


def test_a_new_policy_is_valid_passes_its_examples_and_these_prove_it(tmp_path: Path) -> None:
    made = new_policy(tmp_path / "leave", DAY)
    version = read_version(made)
    report = try_examples(version, lambda one: Policy((version,)).decide(one.facts, at=one.at))
    covered = coverage(version)

    assert (version.policy, version.version, version.holds_from) == ("leave", "2026-01-01", DAY)
    assert (report.failed, report.unreached) == ((), ())
    assert (covered.unproven_conditions, covered.unreached_outcomes) == ((), ())
    assert try_mutants(version).survivors == ()


def test_a_new_policy_explains_itself_in_comments(tmp_path: Path) -> None:
    made = new_policy(tmp_path / "leave", DAY)

    assert all(text.splitlines()[1].startswith("# ") for text in files(made).values())


def test_nothing_is_written_over_what_exists(tmp_path: Path) -> None:
    (tmp_path / "leave").mkdir()
    with pytest.raises(Refused) as refused:
        new_policy(tmp_path / "leave", DAY)

    assert codes(refused) == ["exists-already"]


@pytest.mark.parametrize("name", ["", "two words", "1st", "a--b", "отпуск"])
def test_a_name_that_cannot_name_a_policy_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        new_policy(tmp_path / "x" / name if name else Path(), DAY)

    assert codes(refused) == ["wrong-name"]
    assert not list(tmp_path.rglob("*.yaml"))


def test_a_copied_version_differs_in_identity_dates_and_the_clock_of_examples_alone(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "leave"
    first = new_policy(folder, DAY)
    second = new_version(folder, LATER, KNOWN, is_whole=True)
    old, new = files(first), files(second)
    changed = {
        (before, after)
        for name in old
        for before, after in zip(
            old[name].splitlines(),
            [line for line in new[name].splitlines() if "at: 2027-01-01" not in line],
            strict=True,
        )
        if before != after
    }

    assert old.keys() == new.keys()
    assert {after.split("#")[0].strip() for _, after in changed} == {
        'version: "2027-01-01"', "holds_from: 2027-01-01", "known_from: 2026-11-22",
    }  # fmt: skip
    assert [version.version for version in read_policy(folder)] == ["2026-01-01", "2027-01-01"]


def test_the_next_version_says_what_differs_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "leave"
    new_policy(folder, DAY)
    made = new_version(folder, LATER, KNOWN)

    [(name, text)] = files(made).items()
    assert name == "policy.yaml"
    assert text.startswith("# yaml-language-server: $schema=../files.schema.json\n")
    said = [line for line in text.splitlines() if not line.startswith("#") and line]
    assert said == [
        'version: "2027-01-01"',
        'based_on: "2026-01-01"',
        "holds_from: 2027-01-01",
        "known_from: 2026-11-22",
    ]
    old, new = read_policy(folder)
    assert new.decisions == old.decisions
    assert {one.at for one in new.examples} == {"2027-01-01"}


def test_what_the_comments_of_a_next_version_propose_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "leave"
    new_policy(folder, DAY)
    path = new_version(folder, LATER, KNOWN) / "policy.yaml"
    proposed = path.read_text("utf-8").replace("# without", "without").replace("a-rule]", RULE)
    proposed = proposed.replace("the name of an example", "a question is accepted")
    path.write_text(proposed, "utf-8")

    assert "answer-question-accepted" not in {
        rule.id for _, rule in read_policy(folder)[1].every_rule()
    }
    assert len(read_policy(folder)[1].examples) == 3


RULE = "answer-question-accepted]"


@pytest.mark.slow
@pytest.mark.parametrize("is_whole", [False, True])
def test_the_next_version_of_the_shipped_regulation_passes_its_examples(
    tmp_path: Path, is_whole: bool
) -> None:
    folder = tmp_path / "ts"
    copytree(policies_folder() / "technical-support", folder)
    new_version(folder, LATER, KNOWN, is_whole=is_whole)
    policy = load_policy(folder)
    newest = policy.versions[-1]
    report = try_examples(newest, lambda one: policy.decide(one.facts, at=one.at))

    assert all(one.at or one.facts.get(newest.chosen_by) for one in newest.examples)
    assert report.failed == ()
    assert len(report.tried) > 150
    timelines = try_timelines(policy.versions[-1])
    assert timelines.failed == ()
    assert timelines.unreached == ()
    assert len(timelines.tried) >= 13


def test_an_example_on_one_line_gets_its_clock_on_that_line(tmp_path: Path) -> None:
    folder = tmp_path / "leave"
    examples = new_policy(folder, DAY) / "examples" / "answer.yaml"
    line = "  - {name: short, facts: {request.kind: question}, expect: {answer: accept}}\n"
    examples.write_text(f"examples:\n{line}", "utf-8")
    made = new_version(folder, LATER, KNOWN, is_whole=True)

    assert read_version(made).examples[0].at == "2027-01-01"


@pytest.mark.parametrize("day", [DAY, date(2025, 12, 31)])
def test_a_version_comes_after_the_last(tmp_path: Path, day: date) -> None:
    folder = tmp_path / "leave"
    new_policy(folder, DAY)
    with pytest.raises(Refused) as refused:
        new_version(folder, day, KNOWN)

    assert codes(refused) == ["version-too-early"]
    assert [path.name for path in folder.iterdir() if path.is_dir()] == ["2026-01-01"]


def test_the_next_version_of_a_lone_folder_is_refused(tmp_path: Path) -> None:
    made = new_policy(tmp_path / "leave", DAY)
    with pytest.raises(Refused) as refused:
        new_version(made, LATER, KNOWN)

    assert codes(refused) == ["no-version-folders"]


def test_the_command_begins_a_policy_and_its_next_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policies").mkdir()
    first = CliRunner().invoke(new_command, ["leave", "--lang", "en"])
    second = CliRunner().invoke(new_command, ["leave", "--version", "2099-01-01"])
    wrong = CliRunner().invoke(new_command, ["leave", "--version", "soon", "--lang", "en"])

    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert "try it: reglament test --policy" in first.output
    assert len(read_policy(tmp_path / "policies" / "leave")) == 2
    assert (wrong.exit_code, "`soon` is not a date" in wrong.output) == (2, True)


@pytest.mark.parametrize("day", ["2099-W01-1", "20990101", "2099-1-1", "2099-02-30", "1066-01-01"])
def test_a_version_is_named_by_a_day_that_every_reader_reads(day: str) -> None:
    wrong = CliRunner().invoke(new_command, ["leave", "--version", day, "--lang", "ru"])

    assert (wrong.exit_code, f"`{day}` — не дата" in wrong.output) == (2, True)


# Files written whole


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.yaml"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    write_whole(target, "new")

    assert (target.read_text("utf-8"), target.stat().st_mode & 0o777) == ("new", 0o640)
    assert os.listdir(tmp_path) == ["a.yaml"]


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        write_whole(tmp_path / "none" / "a.yaml", "text")

    assert codes(refused) == ["file-unwritable"]


# fmt

LAYOUTS = [
    pytest.param("a:   1\n", "a: 1\n", id="spaces after a colon"),
    pytest.param("a:\n- 1\n-  2\n", "a:\n  - 1\n  - 2\n", id="items stand two deeper"),
    pytest.param("a:\n    b: 1\n", "a:\n  b: 1\n", id="two spaces a level"),
    pytest.param("a: {b:  1,c: 2}\n", "a: {b: 1, c: 2}\n", id="one line stays one line"),
    pytest.param("a: [{b: 1}]\n", "a: [{b: 1}]\n", id="braces stay"),
    pytest.param("a: {b: [1], \n c: 2}\n", "a:\n  b: [1]\n  c: 2\n", id="lines are unfolded"),
    pytest.param("a: [\n  {b: 1}, {b: 2}\n]\n", "a:\n  - {b: 1}\n  - {b: 2}\n", id="items too"),
    pytest.param("a: {b: [1,\n 2]}\n", "a: {b: [1, 2]}\n", id="no lines inside of braces"),
    pytest.param("a: &x 1\nb: {c: *x}\n", "a: &x 1\nb: {c: *x}\n", id="an alias stays"),
    pytest.param("a: 1\n\n\n\n", "a: 1\n", id="one line break at the end"),
    pytest.param("a: 1   \nb: 2", "a: 1\nb: 2\n", id="no spaces at line ends"),
    pytest.param("# x\na: 1  # y\n", "# x\na: 1  # y\n", id="comments stay"),
    pytest.param("a: no\n", "a: no\n", id="no is a word"),
    pytest.param("a: \"no\"\nb: '1'\n", "a: \"no\"\nb: '1'\n", id="quotes stay"),
    pytest.param("a: 10.50\nb: 007x\n", "a: 10.50\nb: 007x\n", id="numbers stay as written"),
    pytest.param("a: 2026-11-20T12:00:00+03:00\n", "a: 2026-11-20T12:00:00+03:00\n", id="moments"),
    pytest.param("a: null\nb: true\n", "a: null\nb: true\n", id="core words"),
    pytest.param("a: |\n  one\n  two\n", "a: |\n  one\n  two\n", id="block text"),
    pytest.param("а: Съешь\n", "а: Съешь\n", id="Russian"),
    pytest.param("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n", id="line ends of other systems"),
]


@pytest.mark.parametrize(("before", "after"), LAYOUTS)
def test_a_text_is_laid_out_one_way(before: str, after: str) -> None:
    pytest.importorskip("ruamel.yaml")
    from reglament.editing.fmt import format_text

    assert format_text(Source("a.yaml", before)) == after
    assert format_text(Source("a.yaml", after)) == after


@pytest.mark.slow
def test_a_shipped_regulation_keeps_its_digest_and_every_comment(tmp_path: Path) -> None:
    pytest.importorskip("ruamel.yaml")

    folder = tmp_path / "fees"
    copytree(policies_folder() / "library-fees", folder)
    before = {name: text.count("# ") for name, text in files(folder).items()}
    format_files([folder])

    assert read_policy(folder)[-1].digest == shipped("library-fees").versions[-1].digest
    assert {name: text.count("# ") for name, text in files(folder).items()} == before
    assert not any(one.is_changed for one in format_files([folder]))


def test_a_layout_that_would_change_the_meaning_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ruamel.yaml")
    from reglament.editing import fmt

    (tmp_path / "good.yaml").write_text("a:  1\n", "utf-8")
    (tmp_path / "bad.yaml").write_text("a:  2\n", "utf-8")
    monkeypatch.setattr(fmt, "_laid_out", lambda text, name: text.replace("2", "3"))
    with pytest.raises(Refused) as refused:
        fmt.format_files([tmp_path])

    assert codes(refused) == ["format-unsafe"]
    assert files(tmp_path) == {"good.yaml": "a:  1\n", "bad.yaml": "a:  2\n"}


def test_one_wrong_file_leaves_all_files_as_they_are(tmp_path: Path) -> None:
    pytest.importorskip("ruamel.yaml")

    (tmp_path / "a.yaml").write_text("a:  1\n", "utf-8")
    (tmp_path / "b.yaml").write_text("a: 1\na: 2\n", "utf-8")
    with pytest.raises(Refused):
        format_files([tmp_path])

    assert (tmp_path / "a.yaml").read_text("utf-8") == "a:  1\n"


def test_a_check_writes_nothing_and_fails_where_files_differ(tmp_path: Path) -> None:
    pytest.importorskip("ruamel.yaml")
    target = tmp_path / "a.yaml"
    target.write_text("a:   1\n", "utf-8")
    checked = CliRunner().invoke(fmt_command, ["--check", str(target), "--lang", "en"])
    written = CliRunner().invoke(fmt_command, [str(target)])
    again = CliRunner().invoke(fmt_command, ["--check", str(target)])

    assert (checked.exit_code, written.exit_code, again.exit_code) == (1, 0, 0)
    assert "files: 1, to be formatted: 1" in checked.output
    assert target.read_text("utf-8") == "a: 1\n"


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "the package `ruamel.yaml` is not installed\n"
               "   = run `pip install \"reglament[fmt]\"`\n"),
        ("ru", "не установлен пакет `ruamel.yaml`\n"
               "   = установите: `pip install \"reglament[fmt]\"`\n"),
    ],
)  # fmt: skip
def test_a_missing_library_is_told_once_for_all_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, message: str
) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        (tmp_path / name).write_text("a:  1\n", "utf-8")
    refused = CliRunner().invoke(fmt_command, [str(tmp_path), "--lang", language])

    assert (refused.stderr, refused.stdout, refused.exit_code) == (message, "", 2)
