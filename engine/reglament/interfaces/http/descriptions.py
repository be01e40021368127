"""What is said of a policy and stays the same as long as its texts do."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from reglament import __version__
from reglament.interfaces.http.bodies import JSON, SAFE, bytes_of
from reglament.interfaces.http.shelf import Served

DIGEST = "Reglament-Policy-Digest"


def about(name: str, served: Served) -> dict[str, Any]:
    policy = served.policy
    return {
        "id": name,
        "digest": served.digest,
        "title": {one: policy.versions[-1].title.to(one) for one in policy.versions[-1].languages},
        "versions": [
            {
                "version": version.version,
                "digest": version.digest,
                "holds_from": version.holds_from.isoformat(),
                "holds_until": None
                if version.holds_until is None
                else version.holds_until.isoformat(),
            }
            for version in policy.versions
        ],
    }


def cached(
    request: Request, served: Served, made: Callable[[], object], *asked: str | None
) -> Response:
    """What the texts of a policy, this engine and what is `asked` decide.

    It is not sent again to whoever has it (RFC 9110, 13.1.2).
    """
    behind = [request.scope["path"], __version__, *asked]
    behind += [version.digest for version in served.policy.versions]
    tag = f'"{sha256(repr(behind).encode()).hexdigest()}"'
    headers = {"ETag": tag, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    headers[DIGEST] = served.digest
    has = request.headers.get("if-none-match", "").strip()
    if tag in has or has == "*":
        return Response(status_code=304, headers={**SAFE, **headers})
    return Response(bytes_of(made()), media_type=JSON, headers={**SAFE, **headers})
