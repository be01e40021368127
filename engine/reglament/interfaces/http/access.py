"""From the token of a caller to what it may do, and to which policies."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from reglament.frozen import frozen
from reglament.interfaces.http.listening import is_loopback
from reglament.interfaces.http.problem_details import HttpRefused, refused_with
from reglament.language.syntax.diagnostics import Diagnostics
from reglament.language.syntax.schema_check import check_shape
from reglament.language.syntax.source import plain, read_source
from reglament.language.syntax.suggest import short
from reglament.language.syntax.yaml_text import parse_yaml
from reglament.messages import Message

Scope = Literal["decide", "ask", "author", "audit"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


@frozen
class Caller:
    """Who asks: a name for the log, what it may do; `policies` is None for all of them."""

    name: str
    scopes: frozenset[Scope]
    policies: frozenset[str] | None = None

    def may_see(self, policy: str) -> bool:
        """Whether the policy is one of those it may ask."""
        return self.policies is None or policy in self.policies

    def demand(self, scope: Scope) -> None:
        """Raises HttpRefused (403) where it may not do that."""
        if scope not in self.scopes:
            raise refused_with(403, "scope-missing", Message("http-scope-missing", scope=scope))


ANYBODY = Caller("local", frozenset(SCOPES))


@frozen
class Access:
    """The callers by the SHA-256 of their tokens; none means that everybody may do everything."""

    callers: Mapping[str, Caller] | None = None
    proxy_header: str | None = None
    """A header by which a proxy in front names whom it let pass; only that proxy may reach us."""
    is_of_this_machine: bool = False
    """Whether everybody may ask because only programs of this machine reach us."""

    def caller(self, headers: Mapping[str, str], *, is_page: bool = False) -> Caller:
        """Who sends these headers. Raises HttpRefused (401) where they prove nobody.

        Where no token is asked for, a site that a browser of this machine is at must not ask in
        its place, under a name that leads here (DNS rebinding). Raises HttpRefused (403).

        For a page a browser may send the token as a password (RFC 7617); for nothing else, since
        it sends it along whichever site has made it ask.
        """
        if self.proxy_header is not None:
            name = headers.get(self.proxy_header, "")
            if not name:
                raise _no_token("Bearer")
            return Caller(name, ANYBODY.scopes)
        if self.callers is None:
            if self.is_of_this_machine:
                _refuse_sites(headers)
            return ANYBODY
        scheme, _, told = headers.get("authorization", "").partition(" ")
        token = told.strip() if scheme.lower() == "bearer" else None
        if is_page and scheme.lower() == "basic":
            token = _password(told)
        digest = "" if token is None else hashlib.sha256(token.encode()).hexdigest()
        known = self.callers.get(digest)
        if known is None:
            raise _no_token('Basic realm="reglament", charset="UTF-8"' if is_page else "Bearer")
        return known


def _refuse_sites(headers: Mapping[str, str]) -> None:
    for name in ("Host", "Origin"):
        told = headers.get(name)
        if told is not None and not _is_of_this_machine(told):
            message = Message("http-other-site", header=name, told=short(told))
            raise refused_with(403, "other-site", message, Message("http-other-site-hint"))


@lru_cache(16)
def _is_of_this_machine(site: str) -> bool:
    """Whether `localhost:8080`, or `http://localhost:8080`, is a name that only leads here."""
    with suppress(ValueError):
        return is_loopback(urlsplit(site if "//" in site else f"//{site}").hostname or "")
    return False


def _password(told: str) -> str | None:
    """The password of basic authentication; the name before it may be anything."""
    try:
        return base64.b64decode(told, validate=True).decode().partition(":")[2]
    except ValueError:
        return None


def _no_token(challenge: str) -> HttpRefused:
    code = "http-token-missing" if challenge == "Bearer" else "http-token-as-password"
    refused = refused_with(401, "token-missing", Message(code))
    refused.headers["WWW-Authenticate"] = challenge
    return refused


def read_access(path: Path) -> Access:
    """The callers of a file of tokens, as `tokens.schema.json` has it.

    The file holds no token, only their fingerprints. Raises Refused with every mistake at its
    place.
    """
    source = read_source(path)
    report = Diagnostics(sources={source.name: source})
    node = parse_yaml(source, report.problems)
    report.refuse_if_any()
    assert node is not None
    check_shape(node, "tokens", report.problems, source)
    report.refuse_if_any()
    told: Any = plain(node)
    return Access({one["sha256"]: _caller(name, one) for name, one in told.items()})


def _caller(name: str, told: Mapping[str, Any]) -> Caller:
    policies = told.get("policies")
    seen = None if policies is None else frozenset(policies)
    return Caller(name, frozenset(told["scopes"]), seen)
