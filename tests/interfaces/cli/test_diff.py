"""`diff`: which two versions the words of the command line mean, what is said, and the status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.cli_runner import besides, run
from support.laws import sample
from support.refunds import HEAD, SWITCHED, written

NEWER = HEAD.replace('version: "1"', 'version: "2"').replace("2024-01-01", "2025-01-01")


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """Two versions that decide alike, but for one outcome."""
    folder = tmp_path / "refunds"
    folder.mkdir()
    written(folder / "first", HEAD, SWITCHED)
    written(folder / "second", NEWER, SWITCHED.replace("then: no", "then: yes"))
    return folder


def _said(policy: Path, *words: object) -> tuple[list[str], int]:
    result = run("diff", *words, "--policy", policy)
    assert besides(result.stderr) == ""
    return result.stdout.splitlines(), result.exit_code


def test_one_version_is_compared_with_the_newest(policy: Path) -> None:
    lines, status = _said(policy, "1")

    assert lines[:2] == ["1 → 2", "Some outcomes change."]
    assert "  always: no → yes" in lines
    assert status == 1


def test_the_newest_may_be_the_old_side(policy: Path) -> None:
    lines, status = _said(policy, ".", "1")

    assert lines[0] == "2 → 1"
    assert "  always: yes → no" in lines
    assert status == 1


def test_the_newest_version_does_not_differ_from_itself_and_is_named(policy: Path) -> None:
    assert _said(policy, "2") == (["2 → 2", "No changes."], 0)


def test_one_version_is_compared_with_the_same_one_of_another_policy(policy: Path) -> None:
    assert _said(policy, policy, "1") == (["1 → 1", "No changes."], 0)


def test_a_policy_does_not_differ_from_itself(policy: Path) -> None:
    said = ["1 → 1", "No changes.", "2 → 2", "No changes."]

    assert _said(policy, ".") == (said, 0)


ALONE = [
    ("first", ".", "en", "a new version: 2; it is compared with 1"),
    ("first", ".", "ru", "новая редакция: 2; сравнивается с 1"),
    ("second", ".", "en", "a new version: 1; there is no earlier one to compare it with"),
    ("second", ".", "ru", "новая редакция: 1; сравнивать не с чем, более ранней нет"),
    (".", "first", "en", "a version was removed: 2"),
    (".", "first", "ru", "редакция удалена: 2"),
]


@pytest.mark.parametrize(("old", "new", "language", "said"), sample(ALONE, 3))
def test_a_version_that_stands_alone_is_a_difference(
    policy: Path, old: str, new: str, language: str, said: str
) -> None:
    sides = [one if one == "." else policy / one for one in (old, new)]
    result = run("diff", *sides, "--policy", policy, "--lang", language)
    told = run("diff", *sides, "--policy", policy, "--format", "json")

    assert result.stdout.splitlines()[0] == said
    assert json.loads(told.stdout)["versions"][0][language] == said
    assert result.exit_code == told.exit_code == 1


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "`3` is not a file, a version of `refunds` or a git revision\n"
               "   = the versions of `refunds`: `1`, `2`\n"),
        ("ru", "`3` — не файл, не редакция `refunds` и не ревизия git\n"
               "   = версии `refunds`: `1`, `2`\n"),
    ],
)  # fmt: skip
def test_a_word_that_means_nothing_is_refused_with_what_there_is(
    policy: Path, language: str, message: str
) -> None:
    refused = run("diff", "3", "--policy", policy, "--lang", language)

    assert (besides(refused.stderr), refused.stdout, refused.exit_code) == (message, "", 2)


TRIED = """
examples:
  - {name: a book, facts: {kind: book}, expect: {d: no}}
  - {name: a toy, facts: {kind: toy}, expect: {d: no}}
  - {name: nothing, facts: {}, expect: {d: no}}
"""
TRIED_OTHERWISE = """
examples:
  - {name: nothing, facts: {}, expect: {d: no}}
  - {name: a book, facts: {kind: book, pieces: 1}, expect: {d: no}}
  - {name: a pair, facts: {pieces: 2}, expect: {d: no}}
  - {name: a dozen, facts: {pieces: 12}, expect: {d: no}}
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "  worked examples: 2 added, 1 removed, 1 changed"),
        ("ru", "  разобранные примеры: добавлено 2, удалено 1, изменено 1"),
    ],
)
def test_examples_that_came_went_or_changed_are_counted(
    tmp_path: Path, language: str, said: str
) -> None:
    old = written(tmp_path / "old", HEAD, SWITCHED, TRIED)
    new = written(tmp_path / "new", HEAD, SWITCHED, TRIED_OTHERWISE)

    result = run("diff", old, new, "--lang", language)

    assert result.stdout.splitlines()[-1] == said
    assert result.exit_code == 0


def test_examples_in_another_order_are_no_difference(tmp_path: Path) -> None:
    old = written(tmp_path / "old", HEAD, SWITCHED, TRIED)
    written(tmp_path / "new", HEAD, SWITCHED, TRIED)
    new = tmp_path / "new" / "part2.yaml"
    head, *examples = TRIED.strip().splitlines()
    new.write_text("\n".join([head, *reversed(examples)]), "utf-8")

    assert run("diff", old, new.parent).stdout == "No changes.\n"
