"""Lines of an exported log are taken whole, or none of them and told why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from reglament.audit import open_log
from reglament.audit.exchange import export, import_lines
from reglament.interfaces.cli.log_command import log as command


def _imported(path: Path, url: Path, language: str = "en") -> tuple[int, str]:
    result = CliRunner().invoke(command, ["import", str(path), str(url), "--lang", language])
    return result.exit_code, result.output


WRONG_LINES = {
    "no JSON": b"{",
    "another object": b'{"entry": 1}',
    "the log begun twice": b'{"log": {}}',
}


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "line 4 is not a line of an exported log\n"),
        ("ru", "строка 4 — не строка вывезенного журнала\n"),
    ],
)
@pytest.mark.parametrize("wrong", WRONG_LINES.values(), ids=WRONG_LINES)
def test_a_wrong_line_imports_nothing(
    shipped_log: str, tmp_path: Path, wrong: bytes, language: str, message: str
) -> None:
    path, url = tmp_path / "log.jsonl", tmp_path / "copy.db"
    with open_log(shipped_log) as log:
        path.write_text("".join(f"{line}\n" for line in export(log)), "utf-8")
    whole = path.read_bytes()
    path.write_bytes(whole + wrong + b"\n")

    assert _imported(path, url, language) == (2, message)
    path.write_bytes(whole)
    assert _imported(path, url) == (0, "entries imported: 1\n")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_line_that_is_not_utf8_is_told_by_its_place(
    shipped_log: str, tmp_path: Path, language: str
) -> None:
    path, url = tmp_path / "log.jsonl", tmp_path / "copy.db"
    with open_log(shipped_log) as log:
        path.write_text("".join(f"{line}\n" for line in export(log)), "utf-8")
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"entry": "\xff"}\n')

    status, said = _imported(path, url, language)
    assert status == 2
    assert "log.jsonl:4:12: " in said
    assert "0xFF" in said
    path.write_bytes(whole)
    assert _imported(path, url) == (0, "entries imported: 1\n")


def test_a_file_that_is_not_there_begins_no_log(tmp_path: Path) -> None:
    status, said = _imported(tmp_path / "nowhere.jsonl", tmp_path / "copy.db")

    assert (status, said) == (2, f"file not found: `{tmp_path / 'nowhere.jsonl'}`\n")
    assert not (tmp_path / "copy.db").exists()


def test_lines_are_taken_one_by_one(shipped_log: str, tmp_path: Path) -> None:
    """No line is asked for before the one before it was taken."""
    with open_log(shipped_log) as log:
        lines = list(export(log))
    taken: list[int] = []

    def asked() -> Iterator[bytes]:
        for number, line in enumerate(lines):
            assert len(taken) == number
            yield line.encode()

    with open_log(str(tmp_path / "copy.db"), create=True, is_named=False) as copy:
        assert import_lines(copy, asked(), taken.append) == 1
    assert len(taken) == len(lines)
