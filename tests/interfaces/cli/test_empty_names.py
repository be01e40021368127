"""An empty name of a file, a folder or a log is told as such, whichever command it is given to."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.cli_runner import run

FILE = ("no file was named", "не указан файл")
LOG = ("no decision log was named", "не указан журнал решений")
JOURNAL = ("no event journal was named", "не указан журнал событий")
POLICY = ("no policy was named", "не указано имя регламента")
COMPARED = ("nothing was named to compare", "не указано, что сравнить")
A_FILE = ("name a file", "укажите файл")
OR_STDIN = (
    "name a file; standard input is `-`",
    "укажите файл; стандартный ввод — это `-`",
)
A_DATABASE = (
    "name a SQLite file, or a database: `postgresql://…`",
    "укажите файл SQLite или базу: `postgresql://…`",
)
SIDES = (
    "name a file, a folder, a version or a git revision; `.` is the policy as it stands",
    "укажите файл, папку, редакцию или ревизию git; `.` — регламент в текущем виде",
)
Both = tuple[str, str]

ARGUMENTS: list[tuple[list[str], Both, Both]] = [
    (["decide", ""], FILE, OR_STDIN),
    (["explain", ""], FILE, OR_STDIN),
    (["change", ""], FILE, OR_STDIN),
    (["watch", ""], FILE, OR_STDIN),
    (["log", "verify", ""], LOG, A_DATABASE),
    (["log", "search", ""], LOG, A_DATABASE),
    (["log", "import", "", "log.db"], FILE, A_FILE),
    (["log", "import", "log.jsonl", ""], LOG, A_DATABASE),
    (["diff", ""], COMPARED, SIDES),
    (["diff", ".", ""], COMPARED, SIDES),
    (
        ["new", ""],
        POLICY,
        ("name its folder, for example `fees`", "укажите его папку, например `fees`"),
    ),
    (
        ["fmt", "policy.yaml", ""],
        ("no file or folder was named", "не указан файл или папка"),
        (
            "name a file or a folder; the current folder is `.`",
            "укажите файл или папку; текущая папка — это `.`",
        ),
    ),
]
OPTIONS: list[tuple[list[str], Both, Both]] = [
    (["decide", "-", "--log", ""], LOG, A_DATABASE),
    (["watch", "--journal", ""], JOURNAL, A_DATABASE),
    (["watch", "--to", ""], FILE, A_FILE),
    (["timeline", "request/1", "--journal", ""], JOURNAL, A_DATABASE),
    (["timeline", "request/1", "--svg", ""], FILE, A_FILE),
    (["check", "--source", ""], FILE, A_FILE),
    (["check", "--former", ""], FILE, A_FILE),
    (["matrix", "--html", ""], FILE, A_FILE),
    (["show", "--output", ""], FILE, A_FILE),
    (["test", "--generate", ""], FILE, A_FILE),
    (["test", "--junit", ""], FILE, A_FILE),
    (["log", "verify", "log.db", "--checkpoint", ""], FILE, A_FILE),
]


def _as_typed(cases: list[tuple[list[str], Both, Both]]) -> list[str]:
    return [" ".join(arguments) for arguments, _, _ in cases]


def refused(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What is said of the arguments; nothing comes of them in the folder that one stands in."""
    (folder / "policy.yaml").write_text("a:   1\n", "utf-8")
    monkeypatch.chdir(folder)
    result = run(*arguments)

    assert (result.stdout, result.exit_code) == ("", 2)
    assert [path.name for path in folder.iterdir()] == ["policy.yaml"]
    assert (folder / "policy.yaml").read_text("utf-8") == "a:   1\n"
    return result.stderr


@pytest.fixture
def said(
    arguments: list[str], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    return refused(tmp_path, monkeypatch, *arguments, "--lang", language)


@pytest.fixture
def expected(message: Both, hint: Both, language: str) -> str:
    at = ["en", "ru"].index(language)
    return f"{message[at]}\n   = {hint[at]}\n"


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("arguments", "message", "hint"), ARGUMENTS, ids=_as_typed(ARGUMENTS))
def test_an_empty_name_is_told_as_such(said: str, expected: str) -> None:
    assert said == expected


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("arguments", "message", "hint"), OPTIONS, ids=_as_typed(OPTIONS))
def test_an_option_with_an_empty_name_is_named(
    said: str, expected: str, arguments: list[str]
) -> None:
    assert said == f"`{arguments[-2]}`: {expected}"
