"""From what is refused to a problem document (RFC 9457), in the language of the caller."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response

from reglament.interfaces.http.bodies import SAFE, bytes_of
from reglament.messages import SOURCE, Language, Message, Words, languages
from reglament.model.problems import Problem, Refused, told_place

MEDIA_TYPE = "application/problem+json"
MOST = 50
TITLES = {
    400: Message("http-malformed"),
    401: Message("http-no-token"),
    403: Message("http-not-allowed"),
    404: Message("http-not-found"),
    405: Message("http-wrong-method"),
    408: Message("http-too-slow"),
    409: Message("http-conflict"),
    413: Message("http-too-large"),
    415: Message("http-wrong-media-type"),
    422: Message("http-refused"),
    431: Message("http-too-large"),
    500: Message("http-internal"),
    503: Message("http-busy"),
}


class HttpRefused(Exception):
    """A request that gets the status `status`, for the problems told."""

    def __init__(
        self, status: int, problems: Iterable[Problem] = (), headers: dict[str, str] | None = None
    ) -> None:
        self.status = status
        self.problems = tuple(problems)
        self.headers = headers or {}
        super().__init__(status)


def refused_with(status: int, code: str, message: Words, hint: Words | None = None) -> HttpRefused:
    """A refusal for one reason."""
    return HttpRefused(status, [Problem(code, message, hint=hint)])


@contextmanager
def reading_body() -> Iterator[None]:
    """Refuse with 400 a body that is no JSON, or no call."""
    try:
        yield
    except Refused as refused:
        raise HttpRefused(400, refused.problems) from None


def problem_details(status: int, problems: Iterable[Problem], language: Language) -> dict[str, Any]:
    """The document of the standard, in a language.

    Besides the members of the standard `problems` holds each mistake: its `code`, which is
    stable, the `detail` and `hint` in words, the `fact`, and the `pointer` into the body
    (RFC 6901).
    """
    told = tuple(problems)
    title = TITLES[status].to(language)
    first = told[0] if told else None
    document: dict[str, Any] = {
        "type": "about:blank" if first is None else f"urn:reglament:problem:{first.code}",
        "title": title,
        "status": status,
        "detail": title if first is None else first.message.to(language),
    }
    if told:
        document["code"] = told[0].code
        document["problems"] = [problem_member(problem, language) for problem in told[:MOST]]
        if len(told) > MOST:
            document["more"] = len(told) - MOST
    return document


def problem_member(problem: Problem, language: Language) -> dict[str, Any]:
    """One of the `problems` of a document: what is not known of it is left out."""
    found = {
        "code": problem.code,
        "detail": problem.message.to(language),
        "hint": None if problem.hint is None else problem.hint.to(language),
        "fact": problem.fact,
        "pointer": problem.pointer,
        **told_place(problem.place),
    }
    return {key: value for key, value in found.items() if value is not None}


def answered(
    status: int, problems: Iterable[Problem], language: Language, headers: Mapping[str, str]
) -> Response:
    """The problem document as an answer."""
    body = bytes_of(problem_details(status, problems, language))
    return Response(body, status, {"Content-Language": language, **headers, **SAFE}, MEDIA_TYPE)


def language_of(connection: HTTPConnection, among: Collection[Language] | None = None) -> Language:
    """The first language of `Accept-Language` (RFC 9110, 12.5.4) that the engine has.

    With `among`, of these; where none of them is wanted, English or else the first.
    """
    wanted = preferred(connection.headers.get("accept-language", ""))
    names = [one.partition("-")[0] for one in wanted]
    known = tuple(among or languages())
    usual = SOURCE if SOURCE in known else known[0]
    return next((name for name in names if name in known), usual)


def preferred(header: str) -> list[str]:
    """What `Accept`, or a header like it, wants (RFC 9110, 12.4.2), the most wanted first; what has
    no weight, or one that is none, is not wanted."""
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")):
        name, *parameters = (one.strip().lower() for one in part.split(";"))
        weights = (parameter.partition("=")[::2] for parameter in parameters)
        told = next((weight for key, weight in weights if key.rstrip() == "q"), "1")
        try:
            quality = float(told)
        except ValueError:
            continue
        if 0 < quality <= 1:
            found.append((-quality, place, name))
    return [name for _, _, name in sorted(found)]
