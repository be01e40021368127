"""From what was refused to an answer: a page where a person reads it, else a problem document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reglament.interfaces.http.observing import noted
from reglament.interfaces.http.problem_details import answered, language_of
from reglament.interfaces.http.served_pages import refused_page, wants_page
from reglament.language.syntax.suggest import short
from reglament.messages import Message, ticked
from reglament.model.problems import Problem


def refused_answer(
    request: Request,
    status: int,
    problems: Iterable[Problem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page where a person reads it, else a problem document."""
    told, problems = dict(headers or {}), tuple(problems)
    noted(request).code = problems[0].code if problems else None
    if wants_page(request):
        return refused_page(request, status, problems, told)
    return answered(status, problems, language_of(request), told)


async def not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problems, headers = [], dict(error.headers or {})
    if error.status_code == 404:
        message = Message("http-no-route", path=short(request.scope["path"]))
        problems = [Problem("no-route", message, hint=Message("http-routes"))]
    elif error.status_code == 405:
        allowed = sorted(headers["Allow"].split(", "))
        headers["Allow"] = ", ".join(allowed)
        message = Message("http-method", told=short(request.method))
        hint = Message("http-methods", listed=ticked(allowed))
        problems = [Problem("wrong-method", message, hint=hint)]
    return refused_answer(request, error.status_code, problems, headers)


async def internal_error(request: Request, error: Exception) -> Response:
    return refused_answer(request, 500, [Problem("internal", Message("http-internal-detail"))])
