"""The auditor's desk: a log to read, search, verify, count and export; nothing of it changes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reglament.interfaces.http.access import Caller
from reglament.interfaces.http.authoring import LongWork, too_long
from reglament.interfaces.http.gate import busy, without_log
from reglament.interfaces.http.json_answers import SAFE, Json
from reglament.interfaces.http.problem_details import HttpRefused, refused_with
from reglament.interfaces.http.served_pages import (
    DESK_WAYS,
    as_page,
    framed,
    headers_of,
    reader_language,
)
from reglament.interfaces.http.shelf import Shelf
from reglament.messages import Message
from reglament.model.problems import Refused
from reglament.rendering.pages.filled_templates import render

_HERE = "\x00"


@dataclass(slots=True)
class AuditDesk:
    """The pages and routes of one log; None where the service keeps none."""

    url: str | None
    shelf: Shelf
    seconds: float
    apart: LongWork
    is_verifying: bool = field(default=False)

    async def entries(self, request: Request, caller: Caller) -> Response:
        """The list of entries that fit."""
        from reglament.interfaces.http.desk_questions import list_page

        return await self._page(request, caller, list_page)

    async def entry(self, request: Request, caller: Caller) -> Response:
        """One entry: what was decided, why, and what proves it."""
        from reglament.interfaces.http.desk_questions import entry_page

        return await self._page(request, caller, entry_page, request.path_params["sequence"])

    async def compared(self, request: Request, caller: Caller) -> Response:
        """An entry beside what the policy that is served decides of the same facts."""
        from reglament.interfaces.http.desk_questions import compared_page, policy_of_entry

        sequence = request.path_params["sequence"]
        name = await self._ask(policy_of_entry, self._asked(request, caller), sequence)
        if name not in self.shelf:
            message = Message("desk-policy-not-served", name=name)
            raise refused_with(404, "policy-not-served", message)
        return await self._page(request, caller, compared_page, sequence, self.shelf[name].policy)

    async def report(self, request: Request, caller: Caller) -> Response:
        """The charts of what was decided."""
        from reglament.interfaces.http.desk_questions import report

        return await self._page(request, caller, report)

    async def report_csv(self, request: Request, caller: Caller) -> Response:
        """The counts as a table for a spreadsheet."""
        from reglament.interfaces.http.desk_questions import report_csv

        made = await self._ask(report_csv, self._asked(request, caller))
        return _download(made.encode(), "text/csv; charset=utf-8", "report.csv")

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
                    yield f"<li>{Markup.escape(said.to(language))}</li>\n"
                else:
                    yield "</ol>" + render("verified.html", language, frame=frame, **line)
            yield foot

        self._refuse_second()
        return StreamingResponse(told(), media_type="text/html", headers=headers_of(language))

    # -- for programs -----------------------------------------------------------------------

    async def entries_plain(self, request: Request, caller: Caller) -> Response:
        """The entries that fit, the newest first."""
        from reglament.interfaces.http.desk_questions import listed_entries

        return Json(await self._ask(listed_entries, self._asked(request, caller)))

    async def entry_plain(self, request: Request, caller: Caller) -> Response:
        """One entry, as it was recorded."""
        from reglament.interfaces.http.desk_questions import told_entry

        sequence = request.path_params["sequence"]
        return Json(await self._ask(told_entry, self._asked(request, caller), sequence))

    async def report_plain(self, request: Request, caller: Caller) -> Response:
        """The counts."""
        from reglament.interfaces.http.desk_questions import counted

        return Json(await self._ask(counted, self._asked(request, caller)))

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
        from reglament.interfaces.http.desk_questions import checked_question

        is_whole = "whole" in request.query_params
        asked = self._asked(request, caller)
        if is_whole:
            self._whole(caller)
        else:
            await self._ask(checked_question, asked)
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

    async def _ask(self, ask: Callable[..., Any], *arguments: Any) -> Any:
        """What `ask` gives in another process. Raises Refused, and HttpRefused."""
        try:
            return await self.apart(self.seconds, ask, *arguments)
        except TimeoutError:
            raise HttpRefused(503, [too_long(self.seconds)]) from None
        except Refused as refused:
            codes = {one.code for one in refused.problems}
            if "entry-missing" in codes:
                raise HttpRefused(404, refused.problems) from None
            if codes & {"log-refused", "log-missing"}:  # it was there when the service began
                raise without_log(refused) from None
            raise

    async def _page(
        self, request: Request, caller: Caller, ask: Callable[..., str], *arguments: Any
    ) -> Response:
        asked = self._asked(request, caller)
        return as_page(await self._ask(ask, asked, *arguments), asked.language)

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


def _download(content: bytes, media_type: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers={**SAFE, **disposition}, media_type=media_type)
