"""From a file to its text with lines that can be shown, and the tree of placed values read from it.

Every reader (YAML, JSON, CSV) gives the same nodes, so that whatever is found
wrong later, by a schema or by meaning, can point at the line it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from decimal import Decimal
from itertools import islice
from pathlib import Path, PurePath
from typing import BinaryIO, TypeAlias

from reglament.frozen import frozen
from reglament.language.syntax.files import opened_file
from reglament.messages import Message, Words
from reglament.model.normal import nfc
from reglament.model.problems import Place, Problem, Refused

MOST_BYTES = 10_000_000
MOST_LINE = 100_000_000  # of a log carried over: an entry and its document
MOST_PROBLEMS = 200
BODY = "body"  # the name of a text that came over HTTP
_NO_FILES = {"-": Message("standard-input"), BODY: Message("body-of-request")}
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
# Besides control characters: line ends that editors do not show, and marks that
# reorder the text a reader sees (CVE-2021-42574).
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)

Value: TypeAlias = str | int | Decimal | bool | None
Plain: TypeAlias = "Value | list[Plain] | dict[str, Plain]"


def lines_of(text: str) -> list[str]:
    """The lines of a text as editors count them; U+2028 and its like end none."""
    return _LINE_ENDS.split(text)


@frozen
class Source:
    """A text and the name by which the user knows it.

    Its lines are counted from `first`, where it is a part of a larger text.
    """

    name: str
    text: str
    first: int = 1
    lines: tuple[str, ...] = field(init=False, repr=False, compare=False)
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _shown: dict[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = (0, *(end.end() for end in _LINE_ENDS.finditer(self.text)))
        object.__setattr__(self, "lines", tuple(lines_of(self.text)))
        object.__setattr__(self, "starts", starts)
        object.__setattr__(self, "_shown", {})

    @property
    def is_csv(self) -> bool:
        """Whether the text is a table, by its name."""
        return PurePath(self.name).suffix.lower() == ".csv"

    def line(self, number: int) -> str:
        """Line `number`, fit to be shown; empty where there is no such line."""
        if not self.first <= number < self.first + len(self.lines):
            return ""
        # Kept, since a line of megabytes may hold a problem in every word.
        if number not in self._shown:
            self._shown[number] = UNSEEN.sub("\ufffd", self.lines[number - self.first])
        return self._shown[number]

    def span(self, start: int, end: int) -> Place:
        """The place of the characters from offset `start` to `end`, cut at its first line's end."""
        line = bisect_right(self.starts, start)
        column = start - self.starts[line - 1]
        width = min(end - start, len(self.lines[line - 1]) - column)
        return Place(self.name, line + self.first - 1, column + 1, max(1, width))

    def problem(
        self, code: str, message: Words, place: Place, hint: Words | None = None
    ) -> Problem:
        """A problem at `place` of this text, with the line it stands on."""
        line = self.line(place.line) if place.file == self.name else None
        return Problem(code, message, place, line, hint)


@frozen
class Scalar:
    """One value, text in the one form; `raw` as written, `trap` what to say of another type."""

    value: Value
    raw: str
    quoted: bool
    place: Place
    trap: Words | None = None

    def __post_init__(self) -> None:
        value = self.value
        if value.__class__ is str and not value.isascii():
            object.__setattr__(self, "value", nfc(value))


@frozen
class SequenceNode:
    """Nodes in their written order."""

    items: tuple[Node, ...]
    place: Place


@frozen
class MappingNode:
    """Keys, always text and each once, with their nodes in the written order."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    _index: dict[str, tuple[Scalar, Node]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {str(entry[0].value): entry for entry in self.entries})

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys as text."""
        return tuple(self._index)

    def get(self, key: str) -> Node | None:
        """The node under `key`, None where there is no such key."""
        entry = self._index.get(key)
        return None if entry is None else entry[1]

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        entry = self._index.get(key)
        return None if entry is None else entry[0]

    def changed(self, change: Callable[[Scalar, Node], Node], *only: str) -> MappingNode:
        """The mapping with each value as `change` makes it; with `only` those under these keys."""
        entries = (
            (key, change(key, node) if not only or key.value in only else node)
            for key, node in self.entries
        )
        return MappingNode(tuple(entries), self.place)


Node: TypeAlias = Scalar | SequenceNode | MappingNode


def node_below(node: Node | None, *steps: str) -> Node | None:
    """What stands there, key by key; None where there is no mapping with such a key."""
    for step in steps:
        node = node.get(step) if isinstance(node, MappingNode) else None
    return node


def entries_in(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    """The keys and nodes of a mapping; none of anything else."""
    return node.entries if isinstance(node, MappingNode) else ()


def items_in(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; none of anything else."""
    return node.items if isinstance(node, SequenceNode) else ()


def plain(node: Node) -> Plain:
    """The node as ordinary dicts, lists and values, as a schema validator wants them."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {str(key.value): plain(below) for key, below in node.entries}


def at(node: Node, path: Iterable[str | int]) -> Node:
    """The node at a path of keys and indices; the last one met where the path leads nowhere."""
    for step in path:
        below = _step(node, step)
        if below is None:
            return node
        node = below
    return node


def key_at(node: Node, path: Iterable[str | int]) -> Scalar | None:
    """The key under which the node at `path` stands; None for the root and in a list."""
    *above, last = list(path) or [0]
    parent = at(node, above)
    return parent.key(str(last)) if isinstance(parent, MappingNode) else None


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return node.get(str(step))
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def unseen_characters(source: Source, most: int = 20) -> list[Problem]:
    """A problem for each character that a person cannot see or that reorders the text."""
    found = islice(UNSEEN.finditer(source.text), most)
    return [unseen_character(source, match.start()) for match in found]


def unseen_character(source: Source, at: int) -> Problem:
    """That the character at an offset cannot be seen, or reorders the text."""
    message = Message("text-holds-unseen-character", code=format(ord(source.text[at]), "04X"))
    return source.problem("unseen-character", message, source.span(at, at + 1), Message("delete"))


def too_many(source: Source, problems: list[Problem], place: Place) -> bool:
    """Whether reading should end at `place`, so many problems there are; says so once."""
    if len(problems) < MOST_PROBLEMS:
        return False
    message = Message("problems-already-file-read", count=len(problems))
    if problems[-1].code != "too-many-problems":
        problems.append(source.problem("too-many-problems", message, place))
    return True


def read_source(
    path: Path,
    name: str | None = None,
    *,
    most_bytes: int = MOST_BYTES,
    within: Path | None = None,
    or_pipe: bool = False,
) -> Source:
    """The text of a UTF-8 file; raises Refused where it is none, or over `most_bytes`.

    A pipe is as good where `or_pipe`; a link may not lead out of the folder `within`.
    """
    shown = str(path) if name is None else name
    try:
        with opened_file(path, shown, within=within, or_pipe=or_pipe) as file:
            data = file.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        raise unreadable(shown, error) from error
    return decode_source(data, shown, most_bytes=most_bytes)


@contextmanager
def opened_lines(path: Path) -> Iterator[Iterable[bytes]]:
    """The lines of a file of any size, read one by one.

    Raises Refused where it does not open, and for a line longer than any may be.
    """
    try:
        with opened_file(path, str(path), or_pipe=True) as file:
            yield _bounded(file, str(path))
    except (OSError, ValueError) as error:
        raise unreadable(str(path), error) from error


def _bounded(file: BinaryIO, name: str) -> Iterator[bytes]:
    number = 1
    while line := file.readline(MOST_LINE + 1):
        if len(line) > MOST_LINE:
            message = Message(
                "line-file-longer-than", number=number, name=name, most_line=MOST_LINE
            )
            raise _refused("line-too-long", name, message)
        yield line
        number += 1


def decode_source(
    data: bytes, name: str, *, most_bytes: int = MOST_BYTES, first: int = 1
) -> Source:
    """The text of UTF-8 bytes; raises Refused where it is none.

    A byte order mark is dropped, but from bytes that begin at a later line than the first.
    """
    if len(data) > most_bytes:
        message = Message("file-larger-than-bytes", what=called(name), most_bytes=most_bytes)
        raise _refused("file-too-large", name, message)
    if not data.strip():
        raise _refused("file-empty", name, Message("file-empty", what=called(name)))
    refuse_other_encodings(data, name)
    try:
        return Source(name, data.decode("utf-8-sig" if first == 1 else "utf-8"), first)
    except UnicodeDecodeError as error:
        raise _not_utf8(data, name, error, first) from error


def unreadable(name: str, error: Exception) -> Refused:
    """Why a file is not read that could not be opened."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _refused("file-missing", name, Message("not-file", path=name))
    if isinstance(error, IsADirectoryError):
        return _refused("file-is-folder", name, Message("folder-file-wanted-source", name=name))
    why = getattr(error, "strerror", None) or str(error)
    return _refused(
        "file-unreadable", name, Message("file-cannot-read", what=called(name), why=why)
    )


def called(name: str) -> Words:
    """What a text is called in a sentence: a file by its path, what is none by what it is."""
    return _NO_FILES.get(name) or Message("file-of-path", path=name)


def _refused(code: str, name: str, message: Words, hint: Words | None = None) -> Refused:
    return Refused([Problem(code, message, Place.whole(name), hint=hint)])


def refuse_other_encodings(data: bytes, name: str) -> None:
    """Raises Refused for what is no text, or by its start one of several bytes a letter."""
    wide = _wide_encoding(data)
    if wide is not None:
        message = Message("file-not-utf-start", what=called(name), wide=wide)
        raise _refused("file-not-utf8", name, message, _SAVE_AS_UTF8)
    if b"\0" in data:
        message = Message("file-binary-byte-zero", what=called(name), at=data.index(0))
        raise _refused("file-binary", name, message)


def _wide_encoding(data: bytes) -> str | None:
    """The encoding of several bytes a letter that the text is in, by its mark or its letters."""
    for name, marks in _MARKS.items():
        if data.startswith(marks):
            return name
    if b"\0" not in data:
        return None
    ways = ((name, f"{name.lower()}-{order}") for name in _MARKS for order in ("le", "be"))
    return next((name for name, way in ways if _is_text(data, way)), None)


def _is_text(data: bytes, encoding: str) -> bool:
    """Whether most is Latin or Cyrillic: any two bytes are some letter of UTF-16."""
    whole = len(data) - len(data) % 4  # a line's end may have cut the last letter in two
    try:
        text = data[:whole].decode(encoding)
    except UnicodeDecodeError:
        return False
    return sum("\0" < letter < "\u0500" for letter in text) * 2 > len(text)


# The mark of UTF-16 begins that of UTF-32, so the longer stands first.
_MARKS = {
    "UTF-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff"),
    "UTF-16": (b"\xff\xfe", b"\xfe\xff"),
}


def _not_utf8(data: bytes, name: str, error: UnicodeDecodeError, first: int) -> Refused:
    # `utf-8-sig` counts from after the mark, which the file on the disk still has.
    start = error.start + (len(data) - len(error.object))
    line_start = data.rfind(b"\n", 0, start) + 1
    line = data[line_start:].split(b"\n", 1)[0].rstrip(b"\r")
    column = len(data[line_start:start].decode("utf-8-sig", "replace")) + 1
    byte = f"0x{data[start]:02X}"
    message = (
        Message("file-not-utf-byte-at", what=called(name), byte=byte, start=start)
        if first == 1
        else Message("file-not-utf-byte", what=called(name), byte=byte)
    )
    hint = Message("looks-like-windows-save") if _looks_cp1251(data) else _SAVE_AS_UTF8
    place = Place(name, data.count(b"\n", 0, start) + first, column)
    shown = UNSEEN.sub("\ufffd", line.decode("utf-8-sig", "replace"))
    return Refused([Problem("file-not-utf8", message, place, shown, hint)])


def _looks_cp1251(data: bytes) -> bool:
    """Mostly lower-case Cyrillic when read as Windows-1251; KOI8-R would read as capitals."""
    beyond = [letter for letter in data.decode("cp1251", "replace") if letter > "\x7f"]
    small = sum("а" <= letter <= "я" or letter == "ё" for letter in beyond)
    return small * 2 > len(beyond)


_SAVE_AS_UTF8 = Message("save-file-utf")
