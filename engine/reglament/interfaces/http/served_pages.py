"""From a template of `rendering/` to a page for a browser, in the language of whoever reads it.

A page runs no script and loads nothing: its style stands in it, by whose hash the browser knows
that it is ours (CSP, level 3).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reglament.frozen import frozen
from reglament.interfaces.http.bodies import SAFE
from reglament.interfaces.http.problem_details import MOST, TITLES, language_of, preferred
from reglament.messages import Language, Message, Words, languages
from reglament.model.problems import Problem
from reglament.rendering.pages.filled_templates import render, style

Query = Sequence[tuple[str, str]]
HTML = "text/html"
LANGUAGE = "-lang"
"""The parameter by which a reader takes another language than that of the browser."""
PAGES = ("/ask", "/log")
DESK_WAYS: tuple[tuple[str, Words], ...] = (
    ("/log", Message("desk-log")),
    ("/log/report", Message("desk-report")),
    ("/log/verify", Message("desk-verify")),
)


@frozen
class Frame:
    """What stands around every page: the ways to others, and the same in another language."""

    language: Language
    languages: tuple[tuple[Language, str, str], ...]
    ways: tuple[tuple[str, Words], ...] = ()
    chosen: Language | None = None
    """The language that the reader chose, which links keep."""

    def link(self, path: str, query: Query = ()) -> str:
        """The address of another page."""
        return here(path, query, self.chosen)


def reader_language(request: Request, known: Collection[Language] | None = None) -> Language:
    """The language that the reader chose on a page, else the first that the browser has."""
    chosen = request.query_params.get(LANGUAGE)
    among = tuple(known or languages())
    return chosen if chosen in among else language_of(request, among)


def framed(
    request: Request,
    language: Language,
    known: Iterable[Language] | None = None,
    ways: Iterable[tuple[str, Words]] = (),
) -> Frame:
    """The frame of the page that is asked for; links keep the language that was chosen."""
    query = [item for item in request.query_params.multi_items() if item[0] != LANGUAGE]
    same = tuple(
        (one, Message("language-own-name").to(one), here(request.url.path, query, one))
        for one in known or languages()
    )
    kept = tuple((linked(request, path), words) for path, words in ways)
    return Frame(language, same, kept, _chosen(request))


def here(path: str, query: Query, language: Language | None = None) -> str:
    """The address of a page, in a language that was chosen if it is told."""
    told = [*query, *([(LANGUAGE, language)] if language is not None else [])]
    return f"{path}?{urlencode(told)}" if told else path


def linked(request: Request, path: str, query: Query = ()) -> str:
    """The address of another page, in the language that the reader chose here, if any."""
    return here(path, query, _chosen(request))


def _chosen(request: Request) -> Language | None:
    chosen = request.query_params.get(LANGUAGE)
    return chosen if chosen in languages() else None


def page(template: str, frame: Frame, status: int = 200, **shown: Any) -> Response:
    """The page as an answer."""
    return as_page(render(template, frame.language, frame=frame, **shown), frame.language, status)


def as_page(text: str, language: Language, status: int = 200) -> Response:
    """Markup as an answer, its style allowed and nothing else."""
    return HTMLResponse(text, status, headers_of(language))


def headers_of(language: Language) -> dict[str, str]:
    """The headers of a page: it may send its form back here, and is framed and kept by nobody."""
    return {
        **SAFE,
        "Content-Language": language,
        "Content-Security-Policy": _closed(),
        "Vary": "Accept-Language",
    }


def moved(address: str) -> Response:
    """The answer that leads the browser on to another page of this service."""
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})


def refused_page(
    request: Request, status: int, problems: Iterable[Problem], headers: dict[str, str]
) -> Response:
    """What was refused, as a page."""
    language = reader_language(request)
    told = [
        (problem.message.to(language), None if problem.hint is None else problem.hint.to(language))
        for problem in problems
    ]
    is_desk = request.url.path.startswith("/log")
    start = "/log" if is_desk else "/ask"
    made = page(
        "refused.html",
        framed(request, language, ways=DESK_WAYS if is_desk else ()),
        status,
        heading=TITLES[status].to(language),
        problems=told[:MOST],
        more=max(len(told) - MOST, 0),
        start=linked(request, start),
    )
    made.headers.update(headers)
    return made


def wants_page(request: Request) -> bool:
    """Whether a person reads the answer: of a page, or of a browser gone astray."""
    if any(request.url.path == one or request.url.path.startswith(f"{one}/") for one in PAGES):
        return True
    wanted = preferred(request.headers.get("accept", ""))
    return next((one == HTML for one in wanted if one == HTML or one.endswith("json")), False)


@cache
def _closed() -> str:
    ours = b64encode(sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{ours}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
