"""From text that is JSON to the same placed tree as YAML gives; JSON Lines, a tree for each."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from reglament.model.problems import Place, Problem
from reglament.model.words import Words
from reglament.reading.source import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    Value,
    too_many,
    unseen_characters,
)
from reglament.reading.yaml_problems import (
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
from reglament.reading.yaml_words import CORE, MOST_DIGITS

_JSON_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_JSON_WORD = re.compile(r"-?[A-Za-z]+")
_SPACE = re.compile(r"[ \t\n\r]*")
_JSON = json.JSONDecoder()


def parse_json_lines(source: Source, problems: list[Problem]) -> list[Node]:
    """One tree for each line that is not blank; a line that is no JSON joins `problems`."""
    unseen = unseen_characters(source)
    problems += unseen
    nodes: list[Node] = []
    for number, start in enumerate(source.starts if not unseen else (), 1):
        line = source.lines[number - 1]
        if not line.strip():
            continue
        if too_many(source, problems, Place(source.name, number)):
            break
        wrong = json_fault(line)
        if wrong is not None:
            problems.append(_not_json(source, number, wrong))
            continue
        try:
            nodes.append(read_json(source, problems, start))
        except Unreadable:
            continue
    return nodes


def read_json(source: Source, problems: list[Problem], start: int = 0) -> Node:
    """The tree of the value at `start`, known to be JSON. Raises Unreadable past the bounds."""
    return _JsonReader(source, problems).read(start)


def json_fault(text: str) -> json.JSONDecodeError | None:
    """Why the text is no JSON; text nested too deep for that question counts as JSON."""
    try:
        json.loads(text, parse_int=len, parse_float=len)
    except RecursionError:
        return None
    except json.JSONDecodeError as error:
        return error
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
        found = _SPACE.match(self.text, start)
        return start if found is None else found.end()

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
        found = number or _JSON_WORD.match(self.text, start)
        assert found is not None, "the text was checked to be JSON"
        raw, place = found[0], self.source.span(start, found.end())
        value = CORE.get(raw, raw) if number is None else _json_number(raw)
        if isinstance(value, str):
            tell = odd_number if number is None else long_number
            self.problems.append(tell(self.source, raw, place))
        return Scalar(value, raw, False, place), found.end()

    def _sequence(self, start: int, depth: int) -> tuple[Sequence, int]:
        items: list[Node] = []
        here = self._skip(start + 1)
        while self.text[here] != "]":
            item, here = self._node(here, depth + 1)
            items.append(item)
            stop_if_too_many(self.source, self.problems, item.place)
            here = self._past_comma(here)
        return Sequence(tuple(items), self.source.span(start, here + 1)), here + 1

    def _mapping(self, start: int, depth: int) -> tuple[Mapping, int]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        here = self._skip(start + 1)
        while self.text[here] != "}":
            key, here = self._string(here)
            node, here = self._node(self._skip(self._skip(here) + 1), depth + 1)
            add_entry(self.source, self.problems, entries, key, node)
            stop_if_too_many(self.source, self.problems, node.place)
            here = self._past_comma(here)
        return Mapping(tuple(entries.values()), self.source.span(start, here + 1)), here + 1

    def _past_comma(self, here: int) -> int:
        here = self._skip(here)
        return self._skip(here + 1) if self.text[here] == "," else here


def _json_number(raw: str) -> Value:
    """The number, exactly; the text itself where it has too many digits."""
    if len(raw) > MOST_DIGITS + 10:
        return raw
    number = Decimal(raw)
    if len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        return raw
    return Decimal(f"{number:f}") if set(raw) & set(".eE") else int(raw)


def _not_json(source: Source, number: int, error: json.JSONDecodeError) -> Problem:
    message = Words(ru="строка не JSON", en="the line is not JSON")
    hint = Words(
        ru="в каждой строке должно быть одно целое значение JSON",
        en="each line holds one whole JSON value",
    )
    place = Place(source.name, number, error.colno)
    return source.problem("json-syntax", message, place, hint)
