"""From the bytes of a body to plain values, and from plain values to the bytes of an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from reglament.language.syntax.json_text import json_fault, json_value, read_json
from reglament.language.syntax.source import BODY, Source, decode_source, plain
from reglament.language.syntax.yaml_problems import Unreadable
from reglament.messages import Message
from reglament.model.problems import Problem, Refused

try:
    import orjson
except ImportError:  # there is none in a browser
    orjson = None  # type: ignore[assignment]

_HALVES = re.compile("[\ud800-\udfff]")
_NO_JSON = (ValueError, RecursionError)


def value_in(data: bytes) -> Any:
    """The JSON value of a body, its numbers exact. Raises Refused, with the place of a fault.

    As every other reader it takes UTF-8 alone, refuses a key told twice and what is nested
    too deep; no library reads JSON so strictly.
    """
    try:
        return json_value(data.decode())
    except _NO_JSON:
        return _with_care(decode_source(data, BODY))


def lines_of(data: bytes) -> list[Any]:
    """The value of each line that is not blank, or the refusal of that line."""
    return list(_each_line(data))


def _each_line(data: bytes) -> Iterator[Any]:
    source = decode_source(data, BODY)
    for number, line in enumerate(source.text.split("\n"), 1):
        if line.strip():
            try:
                yield json_value(line)
            except _NO_JSON:
                try:
                    yield _with_care(Source(BODY, line, number))
                except Refused as refused:
                    yield refused


def bytes_of(value: object) -> bytes:
    """The plain value as JSON; halves of surrogate pairs, which a caller may have told as the name
    of something, are the replacement character of Unicode."""
    if orjson is not None:
        with suppress(TypeError):  # such a half, or a whole number of more than 64 bits
            return orjson.dumps(value)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _HALVES.sub("\ufffd", text).encode()


def _with_care(source: Source) -> Any:
    fault = json_fault(source.text)
    if fault is not None:
        place = source.span(fault.pos, fault.pos + 1)
        raise Refused([source.problem("json-syntax", Message("http-not-json"), place)])
    problems: list[Problem] = []
    try:
        node = read_json(source, problems, len(source.text) - len(source.text.lstrip()))
    except Unreadable:
        raise Refused(problems) from None
    if problems:
        raise Refused(problems)
    return plain(node)
