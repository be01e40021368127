"""From text that is JSON to the same placed tree as YAML gives; JSON Lines, a tree for each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from reglament.language.syntax.source import (
    UNSEEN,
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Source,
    Value,
    unseen_character,
)
from reglament.language.syntax.yaml_problems import (
    CONTROL,
    DEEPEST,
    Unreadable,
    add_entry,
    long_number,
    odd_number,
    stop_if_too_many,
    text_problems,
    too_deep,
)
from reglament.language.syntax.yaml_words import CORE, MOST_DIGITS
from reglament.messages import Message
from reglament.model.problems import Problem, Refused

_JSON_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_JSON_WORD = re.compile(r"-?[A-Za-z]+")
_BLANKS = " \t\n\r"
_STRING = re.compile(rb'"[^"]*"')
_NO_MARKS = bytes(set(range(256)) - set(b'[]{}"'))
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_SPACE = re.compile(f"[{_BLANKS}]*")
_JSON = json.JSONDecoder()
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_json_lines(source: Source) -> Iterator[Node | Refused]:
    """For each line that is not blank its tree, or why there is none.

    Lines end at `\\n` alone: any other mark that breaks lines may stand in a JSON text.
    """
    start = 0
    for line in source.text.split("\n"):
        if line.strip(_BLANKS):
            problems: list[Problem] = []
            node = _parsed(source, problems, start, line)
            yield Refused(problems) if problems or node is None else node
        start += len(line) + 1


def read_json(source: Source, problems: list[Problem], start: int = 0) -> Node:
    """The tree of the value at `start`, known to be JSON. Raises Unreadable past the bounds."""
    return _JsonReader(source, problems).read(start)


def is_json(text: str) -> bool:
    """Whether the text is one JSON value that is an object, a list or a string."""
    return text.lstrip(_BLANKS)[:1] in ("{", "[", '"') and json_fault(text) is None


def json_fault(text: str) -> json.JSONDecodeError | None:
    """Why the text is no JSON; text nested too deep for that question counts as JSON."""
    try:
        json.loads(text, parse_int=len, parse_float=len)
    except RecursionError:
        return None
    except json.JSONDecodeError as error:
        return error
    return None


def json_value(text: str) -> Any:
    """The plain value of JSON text that a program wrote, numbers exact and no key told twice.

    Raises ValueError where it is not so; RecursionError where it is nested too deep.
    """
    if text.count("[") + text.count("{") > DEEPEST and _is_deep(text):
        raise RecursionError
    return _EXACTLY.decode(text)


def _is_deep(text: str) -> bool:
    """Whether JSON is nested deeper than `DEEPEST`; how deep the library goes hangs on Python."""
    data = text.encode("utf-8", "replace").replace(rb"\\", b"").replace(rb"\"", b"")
    marks = data.translate(_ONE_KIND, _NO_MARKS).replace(b'""', b"")
    left = _STRING.sub(b"", marks)  # whatever stands in quotes opens nothing
    for _ in range(DEEPEST):
        left = left.replace(b"[]", b"")
        if not left:
            return False
    return True


def exact_number(raw: str) -> Decimal:
    """The number that JSON writes. Raises ValueError for an exponent that no decimal has."""
    try:
        return Decimal(raw)
    except InvalidOperation as error:
        raise ValueError(raw) from error


def json_of(value: object) -> str:
    """The plain value as JSON in one form: keys in order, numbers exact and as short as can be."""
    try:
        return _ENCODER.encode(value)  # all that has no decimal number
    except TypeError:
        pass
    if isinstance(value, dict):
        pairs = (f"{json_of(key)}:{json_of(value[key])}" for key in sorted(value))
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_of, value)) + "]"
    assert isinstance(value, Decimal)
    is_whole = value == value.to_integral_value()
    return str(int(value)) if is_whole else f"{value.normalize():f}"


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is told twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


# Made once: `json.loads` makes one for each text.
_EXACTLY = json.JSONDecoder(
    parse_float=exact_number, parse_constant=_no_constant, object_pairs_hook=_once_each
)


def _parsed(source: Source, problems: list[Problem], start: int, text: str) -> Node | None:
    """The tree of the text, which stands at `start` of the source."""
    wrong = json_fault(text)
    if wrong is not None:
        problems.append(_not_json(source, start, text, wrong))
        return None
    try:
        return read_json(source, problems, start)
    except Unreadable:
        return None


class _JsonReader:
    """From text that is JSON already to nodes: only places, repeated keys and bounds are left."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.text = source.text
        self.problems = problems

    def read(self, start: int) -> Node:
        return self._node(self._skip(start), 0)[0]

    def _skip(self, start: int) -> int:
        match = _SPACE.match(self.text, start)
        return start if match is None else match.end()

    def _node(self, start: int, depth: int) -> tuple[Node, int]:
        letter = self.text[start]
        if letter == '"':
            return self._string(start)
        if letter not in "{[":
            return self._bare(start)
        if depth >= DEEPEST:
            self.problems.append(too_deep(self.source, self.source.span(start, start + 1)))
            raise Unreadable
        return self._mapping(start, depth) if letter == "{" else self._sequence(start, depth)

    def _string(self, start: int) -> tuple[Scalar, int]:
        text, end = _JSON.raw_decode(self.text, start)
        place = self.source.span(start, end)
        self.problems += text_problems(self.source, text, place)
        return Scalar(CONTROL.sub("\ufffd", text), self.text[start:end], True, place), end

    def _bare(self, start: int) -> tuple[Scalar, int]:
        number = _JSON_NUMBER.match(self.text, start)
        match = number or _JSON_WORD.match(self.text, start)
        assert match is not None, "the text was checked to be JSON"
        raw, place = match[0], self.source.span(start, match.end())
        value = CORE.get(raw, raw) if number is None else _json_number(raw)
        if isinstance(value, str):
            tell = odd_number if number is None else long_number
            self.problems.append(tell(self.source, raw, place))
        return Scalar(value, raw, False, place), match.end()

    def _sequence(self, start: int, depth: int) -> tuple[SequenceNode, int]:
        items: list[Node] = []
        here = self._skip(start + 1)
        while self.text[here] != "]":
            item, here = self._node(here, depth + 1)
            items.append(item)
            stop_if_too_many(self.source, self.problems, item.place)
            here = self._past_comma(here)
        return SequenceNode(tuple(items), self.source.span(start, here + 1)), here + 1

    def _mapping(self, start: int, depth: int) -> tuple[MappingNode, int]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        here = self._skip(start + 1)
        while self.text[here] != "}":
            key, here = self._string(here)
            node, here = self._node(self._skip(self._skip(here) + 1), depth + 1)
            add_entry(self.source, self.problems, entries, key, node)
            stop_if_too_many(self.source, self.problems, node.place)
            here = self._past_comma(here)
        return MappingNode(tuple(entries.values()), self.source.span(start, here + 1)), here + 1

    def _past_comma(self, here: int) -> int:
        here = self._skip(here)
        return self._skip(here + 1) if self.text[here] == "," else here


def _json_number(raw: str) -> Value:
    """The number, exactly; the text itself where it has too many digits."""
    if len(raw) > MOST_DIGITS + 10:
        return raw
    try:
        number = exact_number(raw)
    except ValueError:
        return raw
    if len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        return raw
    return Decimal(f"{number:f}") if set(raw) & set(".eE") else int(raw)


def _not_json(source: Source, start: int, text: str, error: json.JSONDecodeError) -> Problem:
    # An unseen character is welcome in a JSON text, and nowhere else.
    if UNSEEN.match(text, error.pos):
        return unseen_character(source, start + error.pos)
    message = Message("line-not-json")
    hint = Message("each-line-holds-one")
    place = source.span(start + error.pos, start + error.pos + 1)
    return source.problem("json-syntax", message, place, hint)
