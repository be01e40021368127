"""From a call that was sent before to the answer that it got then, by the entry made then."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reglament.interfaces.http import calls
from reglament.interfaces.http.access import Caller
from reglament.interfaces.http.bodies import OF_CALL, CallJson, bytes_of, lines_of, value_in
from reglament.interfaces.http.calls import Call, call_in
from reglament.interfaces.http.deciding import decided_by, documents
from reglament.interfaces.http.descriptions import DIGEST
from reglament.interfaces.http.gate import Gate, Limits, Turns, body_of, call_of, is_lines, told_in
from reglament.interfaces.http.observing import all_determined, came_of, noted
from reglament.interfaces.http.problem_details import (
    HttpRefused,
    language_of,
    problem_details,
    reading_body,
    refused_with,
)
from reglament.interfaces.http.shelf import Served
from reglament.interfaces.http.threads import QuickOrInThread
from reglament.interfaces.http.tracing import deciding, is_received
from reglament.messages import Message
from reglament.model.problems import Refused
from reglament.policy import Decided, Policy
from reglament.rendering.documents.decision_document import document

if TYPE_CHECKING:
    from reglament.audit import repeats
    from reglament.audit.entry import Entry
    from reglament.interfaces.http.recorder import LogWriter


def sent_call(caller: str | None, policy: str, call: Call) -> repeats.SentCall | None:
    """What is remembered of a call that bears an id: all that its answer hangs on."""
    if call.id is None:
        return None
    from reglament.audit import repeats

    when = (call.at, call.known_at, call.version)
    told = (policy, call.facts, when, call.only, call.explain, call.subject)
    content = json.dumps(told, sort_keys=True, default=str).encode()
    return repeats.SentCall(caller or "", call.id, content)


def told_before(
    decided: Decided, call: Call, entry: Entry, content: Callable[[str], str | None]
) -> dict[str, Any] | None:
    """The decision document of then where the entry is not of this decision but of an earlier.

    What a fact chose is the same; what the clock chose is as it was.
    """
    if call.id is None:
        return None
    body, now = entry.body, decided.document
    as_of = datetime.fromisoformat(body["as_of"])
    if entry.policy == decided.version.digest:
        if as_of == now.as_of:
            return None
        then = replace(now, as_of=as_of.astimezone(now.as_of.tzinfo))
        return document(decided.version, then, call.only, level=call.explain)
    from reglament.audit.reexecution import StoredPolicy

    stored = StoredPolicy(str(entry.policy), content(str(entry.policy)) or "")
    made = stored.document(stored.facts(call.facts), body)
    return document(stored.version, made, call.only, level=call.explain)


LINES = "application/x-ndjson"
DECISION_ID = "Reglament-Decision-Id"
MOST_TOGETHER = 64
"""So many items of one batch wait for the log together: the queue is not theirs alone."""

_OWN, _COUNT = str(uuid.uuid4())[:-12], count()
_UNTRACED: nullcontext[None] = nullcontext()


@dataclass(slots=True)
class DecisionRoutes:
    """The routes that decide, one request or many."""

    served: Callable[[Request, Caller], tuple[str, Served]]
    """The policy that is asked."""
    limits: Limits
    gate: Gate
    recorder: LogWriter | None
    is_traced: bool = field(default_factory=is_received)
    """Whether an SDK of OpenTelemetry was set up before."""
    _open: QuickOrInThread = field(default_factory=QuickOrInThread)
    """Where documents are written that say what missing facts leave open."""

    async def decide(self, request: Request, caller: Caller) -> Response:
        """One request decided."""
        _, served = self.served(request, caller)
        call = await call_of(request, self.limits, calls.DECIDE)
        digest, made = await self._answer(request, served.policy, call)
        own = noted(request).id = call.id or _new_id()
        return CallJson(made, headers={DIGEST: digest, DECISION_ID: _as_header(own)})

    async def decide_batch(self, request: Request, caller: Caller) -> Response:
        """Many requests decided, each for itself: one that is refused spoils no other."""
        _, served = self.served(request, caller)
        body = await body_of(request, self.limits)
        policy = served.policy  # of all items, though another takes its place meanwhile
        headers = {DIGEST: policy.versions[-1].digest}
        if is_lines(request):
            with reading_body():
                items = await told_in(body, lines_of)
            self._refuse_too_many(len(items))
            told = (one + b"\n" async for one in self._each(request, policy, items))
            return StreamingResponse(told, media_type=LINES, headers=OF_CALL | headers)
        with reading_body():
            items = await told_in(body, value_in)
        if isinstance(items, dict) and set(items) == {"items"}:
            items = items["items"]
        if not isinstance(items, list):
            raise refused_with(400, "wrong-shape", Message("http-batch-array"))
        self._refuse_too_many(len(items))
        found = [one async for one in self._each(request, policy, items)]
        return CallJson(b'{"items":[%b]}' % b",".join(found), headers=headers)

    async def _each(
        self, request: Request, policy: Policy, items: Iterable[Any]
    ) -> AsyncIterator[bytes]:
        """The answer to each item in turn; others have theirs in between.

        Where decisions are recorded, so many wait together for the disk.
        """
        together = MOST_TOGETHER if self.recorder is not None else 0
        waiting: deque[asyncio.Task[bytes]] = deque()
        turns = Turns(self.gate, self.limits)
        for item in items:
            is_decided = asyncio.Event()
            answer = self._item(request, policy, item, is_decided)
            if together:
                waiting.append(asyncio.create_task(answer))
                await is_decided.wait()  # so that they are recorded in their order
                if len(waiting) >= together:
                    yield await waiting.popleft()
            else:
                yield await answer
            await turns.others()
        while waiting:
            yield await waiting.popleft()

    async def _item(
        self, request: Request, policy: Policy, item: Any, is_decided: asyncio.Event
    ) -> bytes:
        """The document of one item of a batch, or the problem document, as JSON.

        It is written at once: of many items the values would keep the collector busy.
        """
        language = language_of(request)
        try:
            with reading_body():
                if isinstance(item, Refused):
                    raise item
                call = call_in(item, calls.DECIDE)
            language = call.lang or language
            _, made = await self._answer(request, policy, call, is_decided)
        except HttpRefused as refused:
            return bytes_of(problem_details(refused.status, refused.problems, language))
        except Refused as refused:
            return bytes_of(problem_details(422, refused.problems, language))
        finally:
            is_decided.set()
        text = made if isinstance(made, bytes) else bytes_of(made)
        return text if call.id is None else b'{"id":%b,%b' % (bytes_of(call.id), text[1:])

    async def _answer(
        self, request: Request, policy: Policy, call: Call, is_decided: asyncio.Event | None = None
    ) -> tuple[str, Any]:
        """The digest of the version that decided, and the document; its JSON if it is soon made.

        That is where all was told and nothing is traced.
        """
        with deciding(request.headers) if self.is_traced else _UNTRACED as tell:
            decided, known_at = decided_by(policy, call)
            version, recorder = decided.version, self.recorder
            is_text = tell is None and call.only is None
            made: Any = decided.settled_json(call.explain) if is_text else None
            came = None if made is None else all_determined(version)
            reasons = None
            if made is None:
                reasons, made = await self._documents(decided, call)
            if is_decided is not None:
                is_decided.set()
            if recorder is not None:
                sent = sent_call(noted(request).caller, policy.id, call)
                entry = await recorder.record(decided, reasons, known_at, call.subject, sent)
                before = told_before(decided, call, entry, recorder.policy)
                made, came = (made, came) if before is None else (before, None)
            if tell is not None:
                tell(decided, made)
        digest = made["policy"]["digest"] if came is None else version.digest
        noted(request).take(digest, came or came_of(version.policy, made))
        return digest, made

    async def _documents(
        self, decided: Decided, call: Call
    ) -> tuple[Mapping[str, Any] | None, Mapping[str, Any]]:
        """What is recorded, where that is a document, and what is answered."""
        is_recorded = self.recorder is not None and not decided.has_quick_reasons
        write = partial(documents, decided, call, is_recorded=is_recorded)
        if decided.is_all_told:
            return write()
        return await self._open.answered(decided.version, write)

    def _refuse_too_many(self, count: int) -> None:
        if count > self.limits.items:
            message = Message("http-too-many-items", count=count, most=self.limits.items)
            raise refused_with(413, "too-many-items", message)


def _new_id() -> str:
    """The id of a decision whose caller gave none: drawn for the process, then counted."""
    return f"{_OWN}{next(_COUNT):012x}"


def _as_header(text: str) -> str:
    """The text as a header may hold it (RFC 9110, 5.5), what it may not in per cent."""
    is_plain = text.isascii() and text.isprintable() and text == text.strip()
    return text if is_plain else quote(text, safe="")
