"""From plain values to answers in JSON, with the headers that every answer has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from reglament.interfaces.http.bodies import bytes_of

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
