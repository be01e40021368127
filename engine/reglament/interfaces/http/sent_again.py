"""From a call that was sent before to the answer that it got then, by the entry made then."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reglament.interfaces.http.calls import Call
from reglament.policy import Decided
from reglament.rendering.documents.decision_document import document

if TYPE_CHECKING:
    from reglament.audit import repeats
    from reglament.audit.entry import Entry


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
