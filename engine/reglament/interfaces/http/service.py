"""The routes of the service: each reads a call, has it answered, and says what was refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from reglament.interfaces.http import calls
from reglament.interfaces.http.access import Access, Caller, Scope
from reglament.interfaces.http.asking import interview_page, policies_page
from reglament.interfaces.http.audit_desk import Answer, AuditDesk
from reglament.interfaces.http.bodies import SAFE, CallJson, Json
from reglament.interfaces.http.deciding import (
    changed,
    checked,
    compared,
    explained,
    next_question_of,
)
from reglament.interfaces.http.decision_routes import DecisionRoutes
from reglament.interfaces.http.descriptions import DIGEST, about, cached
from reglament.interfaces.http.gate import Gate, InsideGate, Limits, call_of, refuse_long_head
from reglament.interfaces.http.observing import Observing, Watcher, noted
from reglament.interfaces.http.openapi import openapi
from reglament.interfaces.http.problem_details import HttpRefused, language_of, problem_details
from reglament.interfaces.http.refusing import internal_error, not_found, refused_answer
from reglament.interfaces.http.served_pages import linked, moved
from reglament.interfaces.http.shelf import Served, Shelf, unknown_policy
from reglament.interfaces.http.threads import LongWork, apart, in_thread, too_long
from reglament.model.problems import Refused

if TYPE_CHECKING:
    from reglament.interfaces.http.recorder import LogWriter

_Open = Callable[[Request], Awaitable[Response]]


class _Number(IntegerConvertor):
    """A whole number as long as one of an entry may be."""

    regex = "[0-9]{1,19}"


register_url_convertor("number", _Number())


@dataclass(slots=True)
class Service:
    """What the routes share: the policies, who may ask, what is taken at once, and the log."""

    shelf: Shelf
    access: Access = field(default_factory=Access)
    limits: Limits = field(default_factory=Limits)
    recorder: LogWriter | None = None
    log_url: str | None = None
    """The log that auditors read."""
    apart: LongWork = apart
    watchers: list[Watcher] = field(default_factory=list)
    """Who is told of each request."""
    metrics: Callable[[], bytes] | None = None
    gate: Gate = field(init=False)
    slow_gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        self.gate = Gate(self.limits.at_once)
        self.slow_gate = Gate(self.limits.slow_at_once)

    # -- the policies -----------------------------------------------------------------------

    async def policies(self, request: Request, caller: Caller) -> Response:
        """Each policy that the caller may ask."""
        found = [about(name, one) for name, one in self.shelf.items() if caller.may_see(name)]
        return Json({"policies": found})

    async def policy(self, request: Request, caller: Caller) -> Response:
        """One policy: its versions and their digests."""
        name, served = self._served(request, caller)
        return cached(request, served, lambda: about(name, served))

    async def schema(self, request: Request, caller: Caller) -> Response:
        """The JSON Schema of its requests."""
        _, served = self._served(request, caller)
        at, language = request.query_params.get("at"), language_of(request)
        made = partial(served.policy.schema, at=at, language=language)
        return cached(request, served, made, at, language)

    async def openapi(self, request: Request, caller: Caller) -> Response:
        """The contract of the service, typed by the policies that the caller may ask."""
        if "policy" in request.path_params:
            name, served = self._served(request, caller)
            return cached(request, served, lambda: openapi({name: served.policy}))
        seen = {name: one.policy for name, one in self.shelf.items() if caller.may_see(name)}
        has_log = self.log_url is not None and "audit" in caller.scopes
        return Json(openapi(seen, has_log=has_log))

    # -- what is asked beside it ------------------------------------------------------------

    async def explain(self, request: Request, caller: Caller) -> Response:
        """One request decided and explained in words."""
        return await self._in_words(request, caller, calls.EXPLAIN, explained)

    async def next_question(self, request: Request, caller: Caller) -> Response:
        """The fact that is most worth asking for, or null."""
        return await self._in_words(request, caller, calls.NEXT_QUESTION, next_question_of)

    async def _in_words(
        self, request: Request, caller: Caller, members: tuple[str, ...], ask: Callable[..., Any]
    ) -> Response:
        _, served = self._served(request, caller)
        call = await call_of(request, self.limits, members)
        language = call.lang or language_of(request)
        decided, made = await in_thread(ask, served.policy, call, language)
        headers = {DIGEST: decided.version.digest, "Content-Language": language}
        return CallJson(made, headers=headers)

    async def change(self, request: Request, caller: Caller) -> Response:
        """The nearest changes that give the wanted outcomes, in a process that can be ended."""
        _, served = self._served(request, caller)
        call = await call_of(request, self.limits, calls.CHANGE)
        digest, made = await self._apart(changed, served.policy, call)
        return CallJson(made, headers={DIGEST: digest})

    # -- for authors ------------------------------------------------------------------------

    async def check(self, request: Request, caller: Caller) -> Response:
        """Everything found about a draft, in a process that can be ended."""
        self._served(request, caller)
        call = await call_of(request, self.limits, calls.CHECK)
        return CallJson(await self._apart(checked, dict(call.files)))

    async def diff(self, request: Request, caller: Caller) -> Response:
        """What differs between two versions, of the policy or of drafts."""
        _, served = self._served(request, caller)
        call = await call_of(request, self.limits, calls.DIFF)
        return CallJson(await self._apart(compared, served.policy, dict(call.old), dict(call.new)))

    async def _apart(self, ask: Callable[..., Any], *arguments: Any) -> Any:
        """What `ask` gives in another process. Raises HttpRefused (503) where it takes too long."""
        seconds = self.limits.analysis_seconds
        try:
            return await self.apart(seconds, ask, *arguments)
        except TimeoutError:
            raise HttpRefused(503, [too_long(seconds)]) from None

    # -- how it is --------------------------------------------------------------------------

    async def live(self, request: Request) -> Response:
        """Whether the process answers."""
        return Json({"status": "live"})

    async def ready(self, request: Request) -> Response:
        """Each policy, by which text it decides and since when, and what is wrong with a newer.

        While the log cannot be read no decision can be recorded, and the service is not ready.
        """
        try:
            if self.recorder is not None:
                await asyncio.to_thread(self.recorder.refuse_unreachable)
        except HttpRefused as refused:
            return refused_answer(request, refused.status, refused.problems, refused.headers)
        return Json({"status": "ready", "policies": dict(self._states())})

    async def measured(self, request: Request, caller: Caller) -> Response:
        """The metrics of the service."""
        from reglament.interfaces.http.metrics import MEDIA_TYPE

        if self.metrics is None:
            raise HttpRefused(404)
        return Response(self.metrics(), media_type=MEDIA_TYPE, headers=SAFE)

    def _states(self) -> Iterable[tuple[str, dict[str, Any]]]:
        for name, one in self.shelf.items():
            state: dict[str, Any] = {"digest": one.digest, "since": one.since.isoformat()}
            refused = one.holder.refused
            if isinstance(refused, Refused):
                problems = problem_details(422, refused.problems, "en")["problems"]
                state["refused"] = problems
            elif refused is not None:
                state["refused"] = [{"code": "policy-refused", "detail": str(refused)}]
            yield name, state

    # -- pages ------------------------------------------------------------------------------

    async def start(self, request: Request) -> Response:
        """Whoever comes without an address is asked."""
        return moved(linked(request, "/ask"))

    async def ask(self, request: Request, caller: Caller) -> Response:
        """The policies that one may ask by."""
        seen = {name: one.policy for name, one in self.shelf.items() if caller.may_see(name)}
        return policies_page(request, seen)

    async def ask_by(self, request: Request, caller: Caller) -> Response:
        """The next question of an interview, or the answer."""
        name, served = self._served(request, caller)
        made: Response = await in_thread(interview_page, request, name, served.policy)
        return made

    def _served(self, request: Request, caller: Caller) -> tuple[str, Served]:
        name = request.path_params["policy"]
        served = self.shelf.get(name)
        if served is None or not caller.may_see(name):
            seen = {one: None for one in self.shelf if caller.may_see(one)}
            raise HttpRefused(404, unknown_policy(name, seen).problems)
        noted(request).policy = name
        return name, served

    # -- the application --------------------------------------------------------------------

    def application(self, more: Iterable[Route] = (), **starlette: Any) -> Starlette:
        """The routes, and `more` beside them, as an ASGI application."""
        decisions = DecisionRoutes(self._served, self.limits, self.gate, self.recorder)
        one = "/v1/policies/{policy}"
        guarded: list[tuple[str, Scope, str, Answer]] = [
            (f"{one}/decide", "decide", "POST", decisions.decide),  # the first that is tried
            ("/v1/policies", "decide", "GET", self.policies),
            (one, "decide", "GET", self.policy),
            (f"{one}/schema", "decide", "GET", self.schema),
            (f"{one}/openapi.json", "decide", "GET", self.openapi),
            ("/openapi.json", "decide", "GET", self.openapi),
            (f"{one}/decide/batch", "decide", "POST", decisions.decide_batch),
            (f"{one}/explain", "decide", "POST", self.explain),
            (f"{one}/next-question", "ask", "POST", self.next_question),
            (f"{one}/change", "ask", "POST", self.change),
            (f"{one}/check", "author", "POST", self.check),
            (f"{one}/diff", "author", "POST", self.diff),
        ]
        desk = AuditDesk(self.log_url, self.shelf, self.limits.analysis_seconds, self.apart)
        routes = [
            Route(path, self._guarded(path, scope, answer), methods=[method])
            for path, scope, method, answer in guarded
        ]
        pages: list[tuple[str, Scope, Answer]] = [
            ("/ask", "ask", self.ask),
            ("/ask/{policy}", "ask", self.ask_by),
            ("/v1/log", "audit", desk.plain("listed_entries")),  # a page links to them
            ("/v1/log/report", "audit", desk.plain("counted")),
            ("/v1/log/verify", "audit", desk.verify_plain),
            ("/v1/log/export", "audit", desk.export),
            ("/v1/log/{sequence:number}", "audit", desk.plain("told_entry")),
            ("/log", "audit", desk.page("list_page")),
            ("/log/report", "audit", desk.page("report")),
            ("/log/report.csv", "audit", desk.report_csv),
            ("/log/verify", "audit", desk.verify),
            ("/log/export", "audit", desk.export),
            ("/log/{sequence:number}", "audit", desk.page("entry_page")),
            ("/log/{sequence:number}/now", "audit", desk.compared),
        ]
        routes += [
            Route(path, self._guarded(path, scope, answer, is_page=True))
            for path, scope, answer in pages
        ]
        routes += [
            Route("/metrics", self._guarded("/metrics", None, self.measured)),
            Route("/live", _named("/live", self.live)),
            Route("/ready", _named("/ready", self.ready)),
            Route("/", _named("/", self.start)),
            *more,
        ]
        handlers: Any = {HTTPException: not_found, Exception: internal_error}
        watching = [Middleware(Observing, watchers=self.watchers)] if self.watchers else []
        made = Starlette(
            routes=routes, exception_handlers=handlers, middleware=watching, **starlette
        )
        made.router.redirect_slashes = False  # it would lead wherever the caller's `Host` says
        return made

    def _guarded(
        self, path: str, scope: Scope | None, answer: Answer, *, is_page: bool = False
    ) -> Callable[[Request], Awaitable[Response]]:
        """The route for those who may; without a scope, for every known caller."""

        is_slow = scope in ("author", "audit") or answer == self.change
        gate = self.slow_gate if is_slow else self.gate

        async def guarded(request: Request) -> Response:
            note = noted(request)
            note.route = path
            try:
                refuse_long_head(request, self.limits)
                caller = self.access.caller(request.headers, is_page=is_page)
                note.caller = caller.name
                if scope is not None:
                    caller.demand(scope)
                with gate:
                    made = await answer(request, caller)
                    if isinstance(made, StreamingResponse):
                        made = InsideGate(made, gate, self.limits)
                    return made
            except HttpRefused as refused:
                return refused_answer(request, refused.status, refused.problems, refused.headers)
            except Refused as refused:
                return refused_answer(request, 422, refused.problems)

        return guarded


def _named(path: str, answer: _Open) -> _Open:
    """A route for everybody, noted by its path."""

    async def named(request: Request) -> Response:
        noted(request).route = path
        return await answer(request)

    return named
