"""The auditor's desk: a log to read, search, verify, count and export; nothing of it changes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reglament.interfaces.http.access import Caller
from reglament.interfaces.http.bodies import SAFE, Json
from reglament.interfaces.http.gate import busy, without_log
from reglament.interfaces.http.problem_details import HttpRefused, refused_with
from reglament.interfaces.http.served_pages import (
    DESK_WAYS,
    as_page,
    framed,
    headers_of,
    reader_language,
)
from reglament.interfaces.http.shelf import Shelf
from reglament.interfaces.http.threads import LongWork, too_long
from reglament.messages import Message
from reglament.model.problems import Refused
from reglament.rendering.pages.filled_templates import render

_HERE = "\x00"
Answer = Callable[[Request, Caller], Awaitable[Response]]


@dataclass(slots=True)
class AuditDesk:
    """The pages and routes of one log; None where the service keeps none."""

    url: str | None
    shelf: Shelf
    seconds: float
    apart: LongWork
    is_verifying: bool = field(default=False)

    def page(self, name: str) -> Answer:
        """The route of the page that this function of `desk_questions` makes."""

        async def answer(request: Request, caller: Caller) -> Response:
            asked = self._asked(request, caller)
            made = await self._ask(name, asked, *request.path_params.values())
            return as_page(made, asked.language)

        return answer

    def plain(self, name: str) -> Answer:
        """The same for programs: plain values."""

        async def answer(request: Request, caller: Caller) -> Response:
            asked = self._asked(request, caller)
            return Json(await self._ask(name, asked, *request.path_params.values()))

        return answer

    async def compared(self, request: Request, caller: Caller) -> Response:
        """An entry beside what the policy that is served decides of the same facts."""
        asked, sequence = self._asked(request, caller), request.path_params["sequence"]
        name = await self._ask("policy_of_entry", asked, sequence)
        if name not in self.shelf:
            message = Message("desk-policy-not-served", name=name)
            raise refused_with(404, "policy-not-served", message)
        made = await self._ask("compared_page", asked, sequence, self.shelf[name].policy)
        return as_page(made, asked.language)

    async def report_csv(self, request: Request, caller: Caller) -> Response:
        """The counts as a table for a spreadsheet."""
        made = await self._ask("report_csv", self._asked(request, caller))
        named = {**SAFE, "Content-Disposition": 'attachment; filename="report.csv"'}
        return Response(made.encode(), headers=named, media_type="text/csv; charset=utf-8")

    async def verify(self, request: Request, caller: Caller) -> Response:
        """What verifying does, and, once it is asked for, how far it is and what it finds."""
        url = self._whole(caller)
        language = reader_language(request)
        frame = framed(request, language, ways=DESK_WAYS)
        is_run = "run" in request.query_params
        text = render("verify.html", language, frame=frame, here=Markup(_HERE) if is_run else None)
        if not is_run:
            return as_page(text, language)
        head, _, foot = text.partition(_HERE)
        job = {"job": "verify", "url": url, "language": language}

        async def told() -> AsyncIterator[str]:
            yield head
            async for line in self._verified(job):
                if "of" in line:
                    said = Message("desk-checked", done=line["checked"], total=line["of"])
                    yield render("progress.html", language, said=said.to(language))
                else:
                    yield render("verified.html", language, frame=frame, **line)
            yield foot

        self._refuse_second()
        return StreamingResponse(told(), media_type="text/html", headers=headers_of(language))

    async def verify_plain(self, request: Request, caller: Caller) -> Response:
        """What an audit of the whole log finds."""
        job = {"job": "verify", "url": self._whole(caller), "language": "en"}
        self._refuse_second()
        found: dict[str, Any] = {}
        async for line in self._verified(job):
            found = line
        return Json(found["result"])

    async def export(self, request: Request, caller: Caller) -> Response:
        """The log whole (`whole=1`), or the entries that fit, as JSON Lines."""
        from reglament.interfaces.http.desk_lines import lines_of_job

        is_whole = "whole" in request.query_params
        asked = self._asked(request, caller)
        if is_whole:
            self._whole(caller)
        else:
            await self._ask("checked_question", asked)
        job = {
            "job": "export",
            "url": asked.url,
            "query": asked.query,
            "policies": None if asked.policies is None else sorted(asked.policies),
            "is_whole": is_whole,
        }
        named = {**SAFE, "Content-Disposition": 'attachment; filename="decisions.jsonl"'}
        return StreamingResponse(
            lines_of_job(job), media_type="application/x-ndjson", headers=named
        )

    # -- shared -----------------------------------------------------------------------------

    def _asked(self, request: Request, caller: Caller) -> Any:
        """The question that the address asks. Raises HttpRefused (404) where there is no log."""
        from reglament.interfaces.http.desk_questions import LogQuestion, query_kept

        language = reader_language(request)
        query = query_kept(request.query_params.multi_items())
        query = tuple(one for one in query if one[0] != "whole")
        return LogQuestion(
            self._log(), query, caller.policies, framed(request, language, ways=DESK_WAYS)
        )

    def _log(self) -> str:
        if self.url is None:
            raise refused_with(404, "no-log", Message("desk-no-log"), Message("desk-no-log-hint"))
        return self.url

    def _whole(self, caller: Caller) -> str:
        """The log, for who may see all of it. Raises HttpRefused (403)."""
        if caller.policies is not None:
            raise refused_with(403, "whole-log-hidden", Message("desk-whole-log"))
        return self._log()

    async def _ask(self, name: str, *arguments: Any) -> Any:
        """What a function of `desk_questions` gives in another process. Raises Refused, and
        HttpRefused."""
        from reglament.interfaces.http import desk_questions

        try:
            return await self.apart(self.seconds, getattr(desk_questions, name), *arguments)
        except TimeoutError:
            raise HttpRefused(503, [too_long(self.seconds)]) from None
        except Refused as refused:
            codes = {problem.code for problem in refused.problems}
            if "entry-missing" in codes:
                raise HttpRefused(404, refused.problems) from None
            if codes & {"log-refused", "log-missing"}:  # it was there when the service began
                raise without_log(refused) from None
            raise

    def _refuse_second(self) -> None:
        """One audit at a time: each takes a processor. Raises HttpRefused (503)."""
        if self.is_verifying:
            raise busy()

    async def _verified(self, job: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        from reglament.interfaces.http.desk_lines import lines_of_job

        self.is_verifying = True
        try:
            async for line in lines_of_job(job):
                yield json.loads(line)
        finally:
            self.is_verifying = False
