"""Files that are no UTF-8 text, too large, or not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reglament.language.syntax.source import decode_source, lines_of, read_source
from reglament.model.problems import Place, Refused

FILES = {
    "utf-16": (
        "ключ: 1".encode("utf-16"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-16",
        "save it as UTF-8",
    ),
    "utf-16 without a mark": (
        "key: 1".encode("utf-16-le"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-16",
        "save it as UTF-8",
    ),
    "utf-16 of Cyrillic without a mark": (
        "ключ: да\n".encode("utf-16-be"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-16",
        "save it as UTF-8",
    ),
    "utf-32": (
        "ключ: 1".encode("utf-32"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-32",
        "save it as UTF-8",
    ),
    "utf-32 without a mark": (
        "ключ: 1".encode("utf-32-be"),
        "file-not-utf8",
        "the file `f` is not UTF-8; by its start it is UTF-32",
        "save it as UTF-8",
    ),
    "zeros": (b"\0" * 20 + b"a", "file-binary", "the file `f` is binary: byte 0 is zero", None),
    "windows-1251": (
        "a: 1\nключ: 1".encode("cp1251"),
        "file-not-utf8",
        "the file `f` is not UTF-8: byte 0xEA at offset 5 is wrong",
        "it looks like Windows-1251; save it as UTF-8",
    ),
    "koi8-r": (
        "ключ: 1".encode("koi8-r"),
        "file-not-utf8",
        "the file `f` is not UTF-8: byte 0xCB at offset 0 is wrong",
        "save it as UTF-8",
    ),
    "binary": (b"\x7fELF\x00abc", "file-binary", "the file `f` is binary: byte 4 is zero", None),
    "empty": (b"", "file-empty", "the file `f` is empty", None),
    "blank": (b" \n\n", "file-empty", "the file `f` is empty", None),
}


@pytest.mark.parametrize(("data", "code", "message", "hint"), FILES.values(), ids=FILES)
def test_bytes_that_are_no_utf8_text_are_refused(data, code, message, hint):
    with pytest.raises(Refused) as refused:
        decode_source(data, "f")

    [problem] = refused.value.problems
    assert (problem.code, problem.message.to("en")) == (code, message)
    assert (problem.hint and problem.hint.to("en")) == hint


def test_a_wrong_byte_is_placed_by_line_and_character():
    data = b"\xef\xbb\xbfa: 1\n" + "имя: ".encode() + b"\xff\n"

    with pytest.raises(Refused) as refused:
        decode_source(data, "f")

    [problem] = refused.value.problems
    assert problem.place == Place("f", 2, 6)
    assert problem.message.to("ru") == "файл `f` записан не в UTF-8: неверный байт 0xFF на месте 16"
    assert problem.source_line == "имя: \ufffd"


def test_a_byte_order_mark_is_dropped(tmp_path):
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")

    assert read_source(tmp_path / "f.yaml", "f").text == "a: 1\n"


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    (tmp_path / "f").write_bytes(b"a" * 11)

    with pytest.raises(Refused, match="larger than the 10 bytes allowed"):
        read_source(tmp_path / "f", "f", most_bytes=10)


try:
    os.stat("a\0b")
except ValueError as error:
    NULL_IN_A_PATH = str(error)  # as this version of Python says it


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.yaml", "file not found: `f`"),
        ("there.yaml/below", "file not found: `f`"),
        (".", "`f` is a folder; expected a file"),
        ("a\0b", f"the file `f` cannot be read: {NULL_IN_A_PATH}"),
        ("n" * 300, "the file `f` cannot be read: File name too long"),
    ],
)
def test_a_path_that_gives_no_file_is_refused(tmp_path: Path, name, message):
    (tmp_path / "there.yaml").write_text("a: 1")

    with pytest.raises(Refused) as refused:
        read_source(tmp_path / name, "f")

    assert str(refused.value) == message


def test_lines_end_where_editors_end_them():
    assert lines_of("a\r\nb\rc\nd\u2028e\x0cf\x85g") == ["a", "b", "c", "d\u2028e\x0cf\x85g"]
