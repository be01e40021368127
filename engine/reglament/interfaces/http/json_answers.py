"""From plain values to answers in JSON, with the headers that every answer has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from reglament.interfaces.http.bodies import bytes_of

JSON = "application/json"
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
"""Of every answer: nothing guesses its type, keeps it, frames it or follows it."""
_ALWAYS = [(name.lower().encode(), told.encode()) for name, told in SAFE.items()]
_ALWAYS.append((b"content-type", JSON.encode()))


class Json(Response):
    """A value as JSON, or what is JSON already, with the headers of every answer, written once."""

    def render(self, content: Any) -> bytes:
        """The bytes of it."""
        return content if isinstance(content, bytes) else bytes_of(content)

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Those of every answer, of this body, and these."""
        self.raw_headers = [*_ALWAYS, (b"content-length", b"%d" % len(self.body))]
        for name, told in (headers or {}).items():
            self.raw_headers.append((name.lower().encode(), told.encode("latin-1")))
