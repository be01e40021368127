"""Files that would hang, fill the memory or lead elsewhere are refused before they are read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reglament.audit import open_log
from reglament.events.journal import Journal
from reglament.events.sources import FileSource
from reglament.interfaces.cli.matrix_command import matrix
from reglament.language.loading.regulation_text import read_document
from reglament.language.syntax.source import opened_lines, read_source
from reglament.model.problems import Refused
from reglament.policy import load_policy
from reglament.rendering.visible import POLICY, visible
from reglament.storage.store import Store
from support.laws import sample
from support.places import ROOT

POLICY_FILE = """
policy: p
version: v1
title: {ru: Порядок, en: Order}
holds_from: 2024-01-01
known_from: 2024-01-01
chosen_by: at
time_zone: Europe/Moscow
facts:
  at: {type: datetime, label: {ru: когда, en: when}}
  kind: {type: choice, options: {a: {ru: а, en: a}, b: {ru: б, en: b}}, label: {ru: вид, en: kind}}
clauses:
  c1: {where: "1", summary: {ru: всё, en: all}, fingerprint: "sha256:9f86d081884c7d65"}
decisions:
  answer:
    outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}
    label: {ru: ответ, en: answer}
    table: table.csv
"""
TABLE = "id,kind,then,clauses\nr1,a,yes,c1\nr2,b,no,c1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "policy"
    found.mkdir()
    (found / "policy.yaml").write_text(POLICY_FILE, "utf-8")
    (found / "table.csv").write_text(TABLE, "utf-8")
    return found


def refused(work: Callable[[], object]) -> str:
    """The code of what is refused, within a second or so."""
    codes: list[str] = []

    def run() -> None:
        with pytest.raises(Refused) as told:
            work()
        codes.append(told.value.problems[0].code)
        assert told.value.to_text("ru") != told.value.to_text("en")

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive(), "it hangs"
    return codes[0]


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def plug(path: Path) -> None:
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def to_device(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def test_the_policy_itself_is_read(folder: Path) -> None:
    assert load_policy(folder).decide({"kind": "a"})["answer"].outcome == "yes"


@pytest.mark.parametrize("name", ["policy.yaml", "table.csv", "more.yaml"])
@pytest.mark.parametrize("make", [pipe, plug, to_device])
def test_a_part_of_a_policy_that_is_no_file_is_refused(
    folder: Path, name: str, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)  # a socket's path must be short
    make(Path(name))

    assert refused(lambda: load_policy(folder)) == "file-irregular"


@pytest.mark.parametrize("name", ["policy.yaml", "table.csv"])
def test_a_link_out_of_the_policys_folder_is_refused(folder: Path, name: str) -> None:
    elsewhere = folder.parent / name
    (folder / name).rename(elsewhere)
    (folder / name).symlink_to(elsewhere)

    assert refused(lambda: load_policy(folder)) == "file-outside"


def test_a_version_that_is_a_link_to_a_folder_elsewhere_is_refused(folder: Path) -> None:
    versions = folder.parent / "versions"
    versions.mkdir()
    (versions / "v1").symlink_to(folder)

    assert refused(lambda: load_policy(versions)) == "file-outside"


def test_a_table_beside_a_single_file_may_not_lead_elsewhere_either(folder: Path) -> None:
    (folder / "table.csv").rename(folder.parent / "table.csv")
    (folder / "table.csv").symlink_to(folder.parent / "table.csv")

    assert refused(lambda: load_policy(folder / "policy.yaml")) == "file-outside"


def test_links_within_the_folder_are_followed(folder: Path) -> None:
    data = folder / "..data"
    data.mkdir()
    for name in ("policy.yaml", "table.csv"):
        (folder / name).rename(data / name)
        (folder / name).symlink_to(Path("..data") / name)
    # As a cluster mounts a volume; dotted folders are no parts of a policy.
    assert load_policy(folder / "policy.yaml").decide({"kind": "b"})["answer"].outcome == "no"


@pytest.mark.parametrize("make", [pipe, to_device])
@pytest.mark.parametrize("name", ["source.txt", "source.docx"])
def test_a_source_that_is_no_file_is_refused(
    tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    make(tmp_path / name)

    assert refused(lambda: read_document(tmp_path / name)) == "file-irregular"


def test_events_and_keys_are_files(tmp_path: Path) -> None:
    pipe(tmp_path / "pipe")
    to_device(tmp_path / "zero")

    assert refused(lambda: FileSource(tmp_path / "pipe").lines(0, 1)) == "file-irregular"
    assert refused(lambda: FileSource(tmp_path / "zero").lines(0, 1)) == "file-irregular"
    assert refused(lambda: read_source(tmp_path / "pipe")) == "file-irregular"


@pytest.mark.parametrize("make", [pipe, to_device])
def test_logs_and_journals_are_files(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "log.db"
    make(path)

    assert refused(lambda: open_log(str(path))) == "file-irregular"
    assert refused(lambda: open_log(str(path), create=True)) == "file-irregular"
    assert refused(lambda: Journal(Store(str(path)))) == "file-irregular"


def test_a_pipe_that_nobody_writes_to_is_an_empty_request(tmp_path: Path) -> None:
    pipe(tmp_path / "pipe")

    assert refused(lambda: read_source(tmp_path / "pipe", or_pipe=True)) == "file-empty"
    assert refused(lambda: read_source(Path("/dev/zero"), or_pipe=True)) == "file-irregular"


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="there is no bash")
def test_what_a_program_writes_is_a_request(folder: Path) -> None:
    command = f'"{sys.executable}" -m reglament decide --policy "{folder}" <(echo "kind: a") --json'
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "engine")}

    done = subprocess.run(
        ["/bin/bash", "-c", command], capture_output=True, env=environment, timeout=300, check=False
    )

    assert done.returncode == 0, done.stderr
    assert b'"yes"' in done.stdout


# -- bombs ------------------------------------------------------------------------------------


def document(path: Path, **parts: bytes) -> Path:
    """A document with more parts, or with others."""
    docx = pytest.importorskip("docx", reason="the extra `docx`")
    made: Any = docx.Document()
    made.add_paragraph("One clause.")
    made.save(path)
    with zipfile.ZipFile(path) as package:
        kept = {part.filename: package.read(part) for part in package.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (kept | parts).items():
            package.writestr(name, data)
    return path


def test_a_document_is_read(tmp_path: Path) -> None:
    assert "One clause." in read_document(document(tmp_path / "a.docx"))


MAIN = "word/document.xml"
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>"""

STYLELESS = b"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body><w:p><w:pPr><w:pStyle/></w:pPr></w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    ("parts", "code"),
    sample([
        ({"word/media/a.bin": lambda: bytes(9_000_000)}, "document-too-large"),
        ({MAIN: lambda: b"<w>" + b" " * 30_000_000 + b"</w>"}, "document-too-large"),
        ({MAIN: lambda: os.urandom(1000) * 60_000}, "document-too-large"),
        ({f"a/{number}": b"" for number in range(3000)}, "document-too-large"),
        ({MAIN: ENTITIES}, "document-unreadable"),
        ({MAIN: b"<w>" * 100_000}, "document-unreadable"),
        ({MAIN: b""}, "document-unreadable"),
        ({MAIN: b"<w/>"}, "document-unreadable"),
        ({MAIN: STYLELESS}, "document-unreadable"),
        ({"[Content_Types].xml": b"<a/>"}, "document-unreadable"),
        ({"_rels/.rels": b"no"}, "document-unreadable"),
    ], 6),
)  # fmt: skip
def test_a_document_that_is_a_bomb_or_none_is_refused(
    tmp_path: Path, parts: dict[str, bytes | Callable[[], bytes]], code: str
) -> None:
    made = {name: part() if callable(part) else part for name, part in parts.items()}
    path = document(tmp_path / "a.docx", **made)

    assert refused(lambda: read_document(path)) == code


def test_a_size_that_a_package_does_not_tell_is_not_read(tmp_path: Path) -> None:
    path = document(tmp_path / "a.docx", **{"a.xml": b"<a>" + b"b" * 5_000 + b"</a>"})
    data = bytearray(path.read_bytes())
    told, claimed = (5_007).to_bytes(4, "little"), (7).to_bytes(4, "little")
    assert told in data
    path.write_bytes(bytes(data).replace(told, claimed))

    assert refused(lambda: read_document(path)) == "document-unreadable"


def test_lines_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reglament.language.syntax.source.MOST_LINE", 100)
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"a" * 90 + b"\n" + b"b" * 101 + b"\n")

    def read() -> None:
        with opened_lines(path) as lines:
            for _ in lines:
                pass

    with pytest.raises(Refused, match=r"line 2 .* longer than the 100 bytes"):
        read()


# -- pages ------------------------------------------------------------------------------------


def test_marks_that_turn_text_round_are_shown_in_pages() -> None:
    assert visible("pay \u202eeno\u202c") == "pay [U+202E]eno[U+202C]"
    assert visible("\u2066\u200f\u061c") == "[U+2066][U+200F][U+061C]"
    assert visible("обычный текст, naïve") == "обычный текст, naïve"


def test_a_page_allows_itself_nothing_from_elsewhere(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        matrix, ["--policy", "library-fees", "--html", str(tmp_path / "page.html")]
    )
    page = (tmp_path / "page.html").read_text("utf-8")

    assert result.exit_code == 0
    assert POLICY in page
    assert "<script" not in page
