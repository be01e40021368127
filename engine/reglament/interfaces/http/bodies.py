"""From the bytes of a body to plain values, and from those to answers in JSON and their headers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from starlette.responses import Response

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


JSON = "application/json"


def raw_headers(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as servers want them."""
    return [(name.lower().encode(), told.encode("latin-1")) for name, told in headers.items()]


OF_CALL = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
"""Of every answer: nothing guesses its type or keeps it.

An answer to a call needs no more: no link, frame or form can post JSON, so no browser shows it.
"""
SAFE = OF_CALL | {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
"""Of what a browser may show: nothing frames it either, or follows it."""
_CONTENT_TYPE = (b"content-type", JSON.encode())


class Json(Response):
    """A value as JSON, or what is JSON already; its headers are written once for all answers."""

    always = (*raw_headers(SAFE), _CONTENT_TYPE)

    def render(self, content: Any) -> bytes:
        """The bytes of it."""
        return content if isinstance(content, bytes) else bytes_of(content)

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Those of every answer, of this body, and these."""
        length = (b"content-length", b"%d" % len(self.body))
        self.raw_headers = [*self.always, length, *raw_headers(headers or {})]


class CallJson(Json):
    """The answer to a call, which only a program can make."""

    always = (*raw_headers(OF_CALL), _CONTENT_TYPE)
