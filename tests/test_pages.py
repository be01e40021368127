"""What the pages for people tell to type runs as it stands, and prints what they show.

A page is tried from top to bottom in a copy of what a checkout has. After a `sh` or `python` block,
a block without a language is what it prints; `…` stands for any text, and alone on a line for any
lines. A comment before a block says what else is meant:

    <!-- not run: WHY -->     neither run nor compared
    <!-- tested: FILE -->     another test has it
    <!-- first: COMMAND -->   what its reader has done before
    <!-- given: STATEMENTS --> what stands before it in a Python program
    <!-- prints: COMMAND -->  the block is what that prints
    <!-- stands in FILE -->   the block is a part of the file
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from reglament import load_policy
from reglament.analysis.findings import check
from reglament.analysis.worked_examples import try_examples
from reglament.interfaces.cli.group import group
from reglament.language.syntax.source import Source
from reglament.language.syntax.yaml_text import parse_yaml
from support.cli_runner import environment
from support.places import DOCS, POLICIES, ROOT

QUICK = ["README.md"]
PROCESSES = ["README.md", "README.ru.md"]
SHELL = re.compile(r"[|<>;&$*`\\]")
PAGES = sorted(
    ["README.md", "README.ru.md", *(str(page.relative_to(ROOT)) for page in DOCS.glob("*.md"))]
)
# What installs is tried by `scripts/try-readme`, in a fresh clone.
INSTALLS = re.compile(r"python3 -m venv \.venv && \.venv/bin/pip install .*? && |pip install .*")
TESTS = "pytest -q"
ELSEWHERE = {"docs/recipes.md": "tests/test_recipes.py"}
REQUEST = "docs/requests/renewal.yaml"


class Block(NamedTuple):
    """A fenced block: its line, its language, its text, and what comments before it say."""

    line: int
    language: str
    text: str
    comments: dict[str, str]


def blocks_of(page: str) -> Iterator[Block]:
    """The blocks of a page, in order."""
    comments: dict[str, str] = {}
    lines = iter(enumerate((ROOT / page).read_text("utf-8").splitlines(), start=1))
    for number, line in lines:
        if found := re.fullmatch(
            r"<!-- (not run|tested|first|given|prints|stands in):? (.*) -->", line
        ):
            comments[found[1]] = found[2]
        elif fence := re.fullmatch(r"( *)```(\w*)", line):
            text = []
            for _, inside in lines:
                if inside.strip() == "```":
                    break
                text.append(inside.removeprefix(fence[1]))
            yield Block(number, fence[2], "\n".join(text), comments)
            comments = {}


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader has: the policies, requests, settings, committed once."""
    made = tmp_path_factory.mktemp("checkout") / "made"
    shutil.copytree(POLICIES, made / "policies")
    shutil.copytree(DOCS / "requests", made / "docs" / "requests")
    shutil.copytree(ROOT / "schemas", made / "schemas")
    shutil.copy(ROOT / "pyproject.toml", made)
    programs = made / ".programs"
    programs.mkdir()
    for name, words in (("reglament", "-m reglament"), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {sys.executable} {words} "$@"\n')
        program.chmod(0o755)
    run("git init -q; git add policies; git commit -qm Begin", made)
    run("git add pyproject.toml; git commit -qm Settings", made)
    return made


@pytest.fixture
def folder(checkout: Path, tmp_path: Path) -> Path:
    """A copy of it for each page, with the times of its files, by which git knows them."""
    return Path(shutil.copytree(checkout, tmp_path, dirs_exist_ok=True))


def run(command: str, folder: Path, *, may_refuse: bool = False, is_process: bool = False) -> str:
    """What the commands print, or else what they say on standard error; status 2 is refused.

    Of standard error the line on which policy is read is left out. What needs no shell is run in
    this process, but for `PROCESSES`: to start one is much of what most commands take.
    """
    told = {
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "REGLAMENT_CACHE": str(folder.with_name("cache")),
    }
    if command.startswith("reglament ") and not is_process and not SHELL.search(command):
        with chdir(folder):
            words = shlex.split(command, comments=True)[1:]
            result = CliRunner(env={**told, "REGLAMENT_LANG": None}).invoke(group, words)
        return _said(command, result.exit_code, result.stdout, result.stderr, may_refuse)
    settled = environment(
        **told, PYTHONPATH=f"{ROOT / 'engine'}",
        GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.org",
        GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.org",
    )  # fmt: skip
    settled["PATH"] = f"{folder / '.programs'}:{settled['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=settled,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return _said(command, done.returncode, done.stdout, done.stderr, may_refuse)


def _said(command: str, status: int, stdout: str, stderr: str, may_refuse: bool) -> str:
    assert status in ((0, 1, 2) if may_refuse else (0, 1)), f"{command}\n{stdout}{stderr}"
    assert "Traceback" not in stderr, stderr
    return stdout or re.sub(r"^(Policy|Регламент): .*\n", "", stderr, flags=re.MULTILINE)


def is_shown(shown: str, printed: str) -> bool:
    """Whether the block shows what was printed, but for what it leaves out by `…`."""
    lines = [line.rstrip() for line in shown.splitlines()]
    parts = [r"(.*\n)*" if line.strip() == "…" else _line(line) for line in lines]
    said = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
    return re.fullmatch("".join(parts), said) is not None


def _line(line: str) -> str:
    return ".*".join(map(re.escape, line.split("…"))) + r"\n"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=() if page in QUICK else pytest.mark.slow)
        for page in PAGES
        if page not in ELSEWHERE
    ],
)
def test_the_page_runs_and_shows_what_is_printed(page: str, folder: Path) -> None:
    printed: str | None = None
    for block in blocks_of(page):
        where = f"{page}:{block.line}"
        if "first" in block.comments:
            run(block.comments["first"], folder)
        if {"not run", "tested"} & block.comments.keys():
            printed = None
        elif block.language == "sh":
            printed = _typed(block, folder, is_process=page in PROCESSES)
        elif block.language == "python":
            given = block.comments.get("given", "")
            (folder / "block.py").write_text(f"{given}\n{block.text}", "utf-8")
            printed = run("python block.py", folder)
        elif block.language == "yaml":
            _is_yaml(block, where)
        elif block.language == "json":
            json.loads(block.text)
        else:
            if "prints" in block.comments:
                printed = run(block.comments["prints"], folder, may_refuse=True)
            assert printed is not None, f"{where}: nothing says what prints this"
            assert is_shown(block.text, printed), f"{where}: printed\n{printed}"
            printed = None


def _typed(block: Block, folder: Path, *, is_process: bool) -> str | None:
    """What the lines of the block print; each is run for itself, as it is typed."""
    printed = ""
    for line in block.text.replace("\\\n", "").splitlines():
        command = INSTALLS.sub("", line).replace(".venv/bin/", "")
        if command.strip() and TESTS not in command:
            printed += run(command, folder, is_process=is_process)
    return printed


def _is_yaml(block: Block, where: str) -> None:
    source = Source(where, block.text)
    problems: list[object] = []
    parse_yaml(source, problems)  # type: ignore[arg-type]
    assert not problems, f"{where}: {problems}"
    if file := block.comments.get("stands in"):
        text = (ROOT / file).read_text("utf-8")
        deep = {textwrap.indent(block.text, " " * depth) for depth in range(0, 12, 2)}
        assert any(one in text for one in deep), f"{where}: not so in {file}"


def imported(program: str) -> Iterator[tuple[str, str]]:
    """What a program takes from this package: the module, and the name in it."""
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reglament"):
            yield from ((str(node.module), one.name) for one in node.names)


def test_what_a_program_imports_is_there_whether_it_is_run_or_not() -> None:
    programs = [
        (page, one) for page in PAGES for one in blocks_of(page) if one.language == "python"
    ]
    names = {
        (page, block.line, module, name)
        for page, block in programs
        for module, name in imported(block.text)
    }

    assert len(names) > 20
    assert not [one for one in sorted(names) if not hasattr(import_module(one[2]), one[3])]


def test_what_is_not_run_says_why() -> None:
    comments = [block.comments for page in PAGES for block in blocks_of(page)]

    assert all(len(one["not run"]) > 10 for one in comments if "not run" in one)
    assert all((ROOT / one["tested"]).exists() for one in comments if "tested" in one)


@pytest.mark.slow
def test_a_key_that_stands_is_not_written_over(folder: Path) -> None:
    """Whoever follows `auditor.md` and then `log.md` in one folder keeps both halves of the key."""
    (command,) = {
        line.partition(" #")[0].strip()
        for page in ("docs/auditor.md", "docs/log.md")
        for block in blocks_of(page)
        for line in block.text.splitlines()
        if "--new-key" in line
    }
    run(f"reglament decide {REQUEST} --log decisions.db", folder)
    run(command, folder)
    kept = [(folder / name).read_bytes() for name in ("key.pem", "public.pem", "head.json")]
    again = run(command, folder, may_refuse=True)

    assert "File exists" in again
    assert [(folder / name).read_bytes() for name in ("key.pem", "public.pem", "head.json")] == kept


@pytest.mark.slow
def test_the_pictures_show_what_is_printed() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "terminal-pictures"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


WHOLE_HEAD = """policy: example
version: "1"
title: {en: Example}
holds_from: 2000-01-01
known_from: 2000-01-01
time_zone: UTC
chosen_by: asked_on
"""


@pytest.mark.parametrize(
    "text",
    [
        block.text
        for block in blocks_of("docs/language.md")
        if block.language == "yaml" and "\ndecisions:" in block.text and "facts:" in block.text
    ],
    ids=lambda text: text.splitlines()[1].split(":")[0].strip(),
)
def test_an_example_of_the_language_that_declares_its_facts_is_a_policy(
    tmp_path: Path, text: str
) -> None:
    asked = "facts:\n  asked_on: {type: date, label: {en: day}}"
    path = tmp_path / "example.yaml"
    path.write_text(WHOLE_HEAD + text.replace("facts:", asked, 1), encoding="utf-8")

    assert load_policy(path).versions[0].decisions


def _parts(page: str) -> tuple[list[str], list[str], set[str]]:
    """The levels of headings, the languages of blocks, the links: what no translation changes."""
    text = (ROOT / page).read_text(encoding="utf-8")
    levels = re.findall(r"^#+(?= )", text, re.MULTILINE)
    links = {link.replace(".ru.", ".") for link in re.findall(r"\]\(([^)]+)\)", text)}
    return levels, [one.language for one in blocks_of(page)], links


def test_the_readme_says_the_same_in_russian() -> None:
    assert _parts("README.md") == _parts("README.ru.md")


def _policies(page: str) -> list[str]:
    """The blocks of the page that are policies, but for their heads."""
    yaml = [one.text for one in blocks_of(page) if one.language == "yaml"]
    return [text for text in yaml if "\ndecisions:" in text and "\nexamples:" in text]


@pytest.mark.parametrize("text", _policies("docs/from-dmn.md"))
def test_a_policy_for_a_model_of_dmn_decides_its_examples(tmp_path: Path, text: str) -> None:
    path = tmp_path / "example.yaml"
    head = WHOLE_HEAD.replace("chosen_by: asked_on\n", "languages: [en]\n")
    path.write_text(head + text, encoding="utf-8")
    policy = load_policy(path)
    (version,) = policy.versions

    assert not [one.code for one in check(version)]
    report = try_examples(version, lambda example: policy.decide(example.facts))
    assert report.tried
    assert not report.failed, report.failed
    # While a fact is missing, the outcome with it stays possible.
    for example in version.examples:
        whole = policy.decide(example.facts)
        for missing in example.facts:
            told = {name: value for name, value in example.facts.items() if name != missing}
            decided = policy.decide(told)
            for name in version.decisions:
                found, outcome = decided[name], whole[name].outcome
                if found.is_determined:
                    assert found.outcome == outcome, (example.name, missing, name)
                elif found.possible is not None:
                    assert outcome in found.possible, (example.name, missing, name)
