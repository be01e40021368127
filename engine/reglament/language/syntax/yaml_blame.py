"""From the place where a parser of YAML stopped to the line that a person would mend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml

from reglament.frozen import frozen
from reglament.language.syntax.source import Source

_KEY = re.compile(
    r"(?P<blanks> *)(?:- +)*(?P<key>[^\s#:{}\[\],&*!|>'\"%@`-][^:#]*|\"[^\"]*\"):(?: |$)"
)
_GLUED = re.compile(r" *(?:- +)*[A-Za-z_][\w.-]*(:)[^\s:/]")
_BARE = re.compile(r" *(?:- +)*([A-Za-z_][\w.-]*)(?: \S.*)?")


@frozen
class TextLine:
    """A line of a text that is neither blank nor a comment; `number` counts from 0."""

    number: int
    text: str

    @property
    def indent(self) -> int:
        """How many blanks stand before its first word."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def is_entry(self) -> bool:
        """Whether it begins with a key and its colon."""
        return _KEY.match(self.text) is not None


@frozen
class Blame:
    """A better place than where the parser stopped, and the name of what is wrong there."""

    sort: str
    line: int
    column: int


def blame(source: Source, error: yaml.MarkedYAMLError, loader: Any) -> Blame | None:
    """The line before, or the quote, that made the parser stop; None where its place is right."""
    stop = error.problem_mark or error.context_mark
    if stop is None:
        return None
    quote = _torn_quote(source, stop, loader)
    if quote is not None:
        return quote
    said = f"{error.context}|{error.problem}"
    if "flow node|" in said and not source.text[stop.index :].strip():
        return _left_open(source, loader)
    if "could not find expected ':'" in said and error.context_mark is not None:
        return _glued(source, error.context_mark.line)
    lines = Around.at(source, stop.line)
    if lines.here is None or lines.before is None:
        return None
    first = next(_content(source, range(len(source.lines))), lines.here)
    if 0 == lines.here.indent < first.indent and first.number < lines.here.number:
        return Blame("headless", first.number, first.indent)
    if "mapping values are not allowed" in said:
        return _run_together(source, lines, stop)
    if "block" in said and lines.here.text.lstrip().startswith("- "):
        return Blame("item", lines.here.number, lines.here.indent)
    if "block" in said:
        return _out_of_line(source, lines)
    return None


@frozen
class Around:
    """The line where a parser stopped and its neighbours."""

    here: TextLine | None
    before: TextLine | None
    earlier: TextLine | None
    after: TextLine | None

    @classmethod
    def at(cls, source: Source, number: int) -> Around:
        """The neighbourhood of a line, blank lines and comments left out."""
        above = _content(source, range(number - 1, -1, -1))
        below = _content(source, range(number, len(source.lines)))
        here = next(below, None)
        return cls(here, next(above, None), next(above, None), next(below, None))


def _content(source: Source, numbers: range) -> Iterator[TextLine]:
    for number in numbers:
        text = source.lines[number]
        if text.strip() and not text.lstrip().startswith("#"):
            yield TextLine(number, text)


def _run_together(source: Source, lines: Around, stop: Any) -> Blame | None:
    """A colon where none can stand: the line before is the one whose colon or indent is wrong."""
    here, before = lines.here, lines.before
    assert here is not None
    assert before is not None
    key = _KEY.match(here.text)
    if key is None or key.end("key") != stop.column:
        return None
    glued = None if before.is_entry else _glued(source, before.number)
    if glued is not None:
        return glued
    if not before.is_entry and before.indent == here.indent and _BARE.fullmatch(before.text):
        return Blame("colon", before.number, before.indent)
    if before.is_entry and before.indent < here.indent:
        goes_on = lines.after is not None and lines.after.indent == here.indent
        is_led = lines.earlier is not None and lines.earlier.indent == before.indent
        return _odd(source, before, here, is_first=goes_on and not is_led)
    return None


def _glued(source: Source, number: int) -> Blame | None:
    """A key with its colon and no blank after that, at the beginning of a line."""
    match = _GLUED.match(source.lines[number])
    return None if match is None else Blame("blank", number, match.start(1))


def _out_of_line(source: Source, lines: Around) -> Blame | None:
    """A line at an indent that no mapping above has: the one before may be the odd one."""
    here, before, earlier = lines.here, lines.before, lines.earlier
    assert here is not None
    assert before is not None
    if not (here.is_entry and before.is_entry and before.indent > here.indent):
        return None
    stands_alone = earlier is not None and earlier.indent < here.indent
    return _odd(source, before, here, is_first=stands_alone)


def _odd(source: Source, before: TextLine, here: TextLine, *, is_first: bool) -> Blame:
    """Of two neighbours, the one whose indent is odd where the text's are even, or the reverse.

    Else the one that `is_first` says.
    """
    sides = Counter((len(line) - len(line.lstrip(" "))) % 2 for line in source.lines)
    one, other = sides[before.indent % 2], sides[here.indent % 2]
    odd = before if (is_first if one == other else one < other) else here
    return Blame("indent", odd.number, odd.indent)


def _left_open(source: Source, loader: Any) -> Blame | None:
    """The innermost bracket that is open at the end of the text."""
    opened = []
    for token in yaml.scan(source.text, Loader=loader):
        if isinstance(token, yaml.FlowMappingStartToken | yaml.FlowSequenceStartToken):
            opened.append(token.start_mark)
        elif isinstance(token, yaml.FlowMappingEndToken | yaml.FlowSequenceEndToken):
            opened.pop()
    return Blame("bracket", opened[-1].line, opened[-1].column) if opened else None


def _torn_quote(source: Source, stop: Any, loader: Any) -> Blame | None:
    """The quote that was closed by the next one, lines below, just before the parser stopped."""
    last = None
    try:
        for token in yaml.scan(source.text, Loader=loader):
            if token.start_mark.index >= stop.index and token.end_mark.index > stop.index:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
    except yaml.YAMLError:
        pass
    if last is None or last.start_mark.line == last.end_mark.line:
        return None
    between = source.text[last.end_mark.index : stop.index]
    if between.strip() or last.end_mark.line != stop.line:
        return None
    return Blame("quote", last.start_mark.line, last.start_mark.column)
