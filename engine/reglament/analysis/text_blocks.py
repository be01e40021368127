"""From the text of a regulation to its titles, sentences and list items, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from reglament.frozen import frozen
from reglament.language.syntax.source import lines_of

SEPARATOR = " / "  # between the parts of a locator
START = "…"  # the section of what stands before the first title
DIGITS = 32  # hexadecimal digits of a fingerprint: 128 bits, still readable in a diff

_BULLET = re.compile(r"^\s*(?:(?:[-*+•·▪◦‣–—✓✔]|\d{1,3}[.)])\s+)+(?=\S)")
_HASHES = re.compile(r"^\s*#{1,6}\s+")
_UNDERLINE = re.compile(r"^\s*([-*_=])(?:\s*\1){2,}\s*$")
_CONTENTS_LINE = re.compile(r"(?:\t|\s{2,}|\s*[.…]{3,}\s*)\d+\s*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(?P<words>.+?)(?<=\S)\1")
_MARKS = (
    (re.compile(r"[\u00ad\u200b\ufeff]"), ""),
    (re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)?[^\s<>]+)>"), r"\1"),
    (re.compile(r"\*\*|__|`"), ""),
    (re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\s+"), " "),
)
# Whatever follows, a small letter too: a changed first word must not join two sentences.
_SENTENCE_END = re.compile(r"(?<=\S)[.!?…]+[»”\")\]]*\s+(?=\S)")
_SHORTENED = re.compile(
    r"г|гг|гл|д|др|е|им|к|млн|млрд|п|пп|пр|рис|руб|см|ст|стр|т|табл|тел|тыс|ул|ч|dr|mr|mrs|no",
    re.IGNORECASE,
)
_LONGEST_TITLE = 12  # words


@frozen
class Block:
    """A title, a sentence, or a sentence of a list item, where it stands in the text.

    `path` leads to it inside its `section`: nothing for the title itself, `3` for the third
    sentence outside of lists, `3 / 2` for the second item of the list under that sentence,
    `3 / 2.1` for the first sentence of an item that holds several. A sentence that ends in a
    colon goes by the words it prints in bold, where it does: `included / 2`. `line` counts
    from 1.
    """

    section: str
    path: tuple[str, ...]
    text: str
    line: int

    @property
    def locator(self) -> str:
        """The section and the path, as the register's `where` writes them."""
        return SEPARATOR.join((self.section, *self.path))


# -- the normal form ------------------------------------------------------------------------


def fingerprint(text: str) -> str:
    """`sha256:` and 32 hexadecimal digits (the first 128 bits) of the text's normal form.

    The normal form is what a reader sees: Unicode NFC; bullets and numbers of list items,
    Markdown marks, soft hyphens and the addresses behind links removed; runs of white space
    (line ends and no-break spaces too) made one space, none at the ends. Case, `ё` and all
    punctuation are kept.
    """
    digest = sha256(normal_form(text).encode()).hexdigest()
    return f"sha256:{digest[:DIGITS]}"


def normal_form(text: str) -> str:
    """The words that `fingerprint` is taken of."""
    text, before = unicodedata.normalize("NFC", text), None
    while text != before:
        before = text
        text = _BULLET.sub("", _HASHES.sub("", text))
        for mark, kept in _MARKS:
            text = mark.sub(kept, text)
        text = text.strip()
    return text


# -- the text into blocks -------------------------------------------------------------------


def blocks_of(text: str) -> tuple[Block, ...]:
    """The titles, sentences and list items of a Markdown or plain text, in order.

    A paragraph ends at an empty line, an item also before a line that is not indented more
    than its bullet. A paragraph of one short line with no punctuation at its end is a title,
    as is a Markdown heading; a line that ends in a page number is a line of a table of
    contents and stands by itself.
    """
    walk = _Walk()
    for chunk in _chunks(text):
        if chunk.is_title:
            walk.open_section(chunk)
        elif chunk.indent is not None:
            walk.add_item(chunk, chunk.indent)
        else:
            walk.add_paragraph(chunk)
    return tuple(walk.blocks)


@dataclass(slots=True)
class _Chunk:
    """Lines that belong together: a title, a list item (`indent` is told) or a paragraph."""

    line: int
    lines: list[str]
    indent: int | None = None
    is_heading: bool = False

    @property
    def is_title(self) -> bool:
        if self.is_heading or self.indent is not None or len(self.lines) > 1:
            return self.is_heading
        said = normal_form(self.lines[0])
        is_short = len(said.split()) <= _LONGEST_TITLE and said[-1:] not in ".,:;!?…"
        return is_short and not _CONTENTS_LINE.search(self.lines[0]) and said[:1].isupper()

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Each sentence with the line it begins on."""
        said, starts = "", []
        for number, line in enumerate(map(normal_form, self.lines), self.line):
            starts.append((len(said), number))
            said += f"{line} "
        for begin, sentence in _sentences(said):
            yield max(number for start, number in starts if start <= begin), sentence


@dataclass(slots=True)
class _Walk:
    """Where a reader of the text stands: the section, the sentences and the lists open."""

    blocks: list[Block] = field(default_factory=list)
    section: str = START
    sections: set[str] = field(default_factory=set)
    ordinal: int = 0
    above: tuple[str, ...] = ("0",)  # the path of the sentence that a list would stand under
    lists: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    counts: dict[tuple[str, ...], int] = field(default_factory=dict)

    def open_section(self, chunk: _Chunk) -> None:
        title = normal_form(" ".join(chunk.lines))
        name, repeated = title.replace(SEPARATOR, "/"), 1
        while name in self.sections:
            repeated += 1
            name = f"{title.replace(SEPARATOR, '/')} ({repeated})"
        self.sections.add(name)
        self.section, self.ordinal, self.above = name, 0, ("0",)
        self.lists, self.counts = [], {}
        self.blocks.append(Block(name, (), title, chunk.line))

    def add_paragraph(self, chunk: _Chunk) -> None:
        self.lists = []
        for line, sentence in chunk.sentences():
            self.ordinal += 1
            self.above = (self._name_of(chunk, sentence) or str(self.ordinal),)
            self.counts.setdefault(self.above, 0)
            self.blocks.append(Block(self.section, self.above, sentence, line))

    def add_item(self, chunk: _Chunk, indent: int) -> None:
        while self.lists and self.lists[-1][0] >= indent:
            self.lists.pop()
        parent = self.lists[-1][1] if self.lists else self.above
        self.counts[parent] = self.counts.get(parent, 0) + 1
        path = (*parent, str(self.counts[parent]))
        self.lists.append((indent, path))
        sentences = list(chunk.sentences())
        for number, (line, sentence) in enumerate(sentences, 1):
            last = path[-1] if len(sentences) == 1 else f"{path[-1]}.{number}"
            self.blocks.append(Block(self.section, (*parent, last), sentence, line))

    def _name_of(self, chunk: _Chunk, sentence: str) -> str | None:
        strong = [normal_form(match["words"]) for match in _STRONG.finditer(" ".join(chunk.lines))]
        name = " ".join(words for words in strong if words in sentence).strip(" :").lower()
        if not sentence.endswith(":") or not name or (name,) in self.counts:
            return None
        return name.replace(SEPARATOR, "/")


def _chunks(text: str) -> Iterator[_Chunk]:
    chunk: _Chunk | None = None
    for number, line in enumerate(lines_of(text), 1):
        if chunk is not None and _continues(chunk, line):
            chunk.lines.append(line)
            continue
        if chunk is not None:
            chunk.is_heading |= chunk.indent is None and bool(_UNDERLINE.match(line))
            yield chunk
        chunk = _begun(number, line)
    if chunk is not None:
        yield chunk


def _begun(number: int, line: str) -> _Chunk | None:
    if _UNDERLINE.match(line) or not normal_form(line):
        return None
    bullet = _BULLET.match(line)
    indent = _indent(line) if bullet else None
    return _Chunk(number, [line], indent, is_heading=bool(_HASHES.match(line)))


def _indent(line: str) -> int:
    spaces = line.expandtabs(4)
    return len(spaces) - len(spaces.lstrip())


def _continues(chunk: _Chunk, line: str) -> bool:
    begins_anew = _BULLET.match(line) or _HASHES.match(line) or _UNDERLINE.match(line)
    if begins_anew or chunk.is_heading or not normal_form(line):
        return False
    if chunk.indent is not None and _indent(line) <= chunk.indent:
        return False
    return not _CONTENTS_LINE.search(chunk.lines[-1]) and not _CONTENTS_LINE.search(line)


def _sentences(said: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its offset; a full stop after a shortened word ends none."""
    begin = 0
    for end in _SENTENCE_END.finditer(said):
        words = re.findall(r"\w+", said[begin : end.start()])
        last = words[-1] if words else ""
        if said[end.start()] == "." and _is_shortened(last):
            continue
        yield begin, said[begin : end.end()].strip()
        begin = end.end()
    if said[begin:].strip():
        yield begin, said[begin:].strip()


def _is_shortened(word: str) -> bool:
    is_initial = len(word) == 1 and word.isalpha()
    return is_initial or _SHORTENED.fullmatch(word) is not None
