"""While a question is answered that takes long, others are answered: by the order of events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from threading import Event, current_thread
from typing import Any

import httpx
import pytest

from reglament import Policy, load_policy
from reglament.decided import Decided
from reglament.interfaces.http import decision_routes, gate, threads
from reglament.interfaces.http.gate import LARGE_BYTES
from reglament.interfaces.http.service import Service
from reglament.interfaces.http.shelf import Fixed, Shelf
from reglament.interfaces.http.threads import QuickOrInThread

ORDERS = Path(__file__).parents[2] / "cases" / "lists" / "orders.yaml"
ORDER = {"order.on": "2025-03-03", "order.lines": [{"price": 10}], "order.lines.more": True}
AT = "/v1/policies/shop-orders"
MOST_SECONDS = 30
"""After so long a service that stands still goes on, and the test has failed."""


@pytest.fixture(scope="module")
def service() -> Service:
    policy = load_policy(ORDERS)
    return Service(Shelf({policy.id: Fixed(policy)}))


LARGE = json.dumps({"facts": ORDER}) + " " * LARGE_BYTES


@pytest.mark.parametrize(
    ("owner", "method", "path", "body"),
    [
        (Policy, "next_question", f"{AT}/next-question", {"facts": ORDER}),
        (Decided, "explain", f"{AT}/explain", {"facts": ORDER}),
        (Decided, "written", f"{AT}/decide", {"facts": ORDER}),
        (Decided, "written", f"{AT}/decide/batch", [{"facts": ORDER, "explain": "outcomes"}]),
        (Policy, "next_question", "/ask/shop-orders?order.on=2025-03-03", None),
        (gate, "value_in", f"{AT}/decide", LARGE),
        (decision_routes, "value_in", f"{AT}/decide/batch", f"[{LARGE}]"),
    ],
)
def test_others_are_answered_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
    service: Service,
    owner: Any,
    method: str,
    path: str,
    body: Any,
) -> None:
    begun, may_end = Event(), Event()
    monkeypatch.setattr(owner, method, waiting(getattr(owner, method), begun, may_end))

    async def asked() -> tuple[httpx.Response, httpx.Response, bool]:
        transport = httpx.ASGITransport(service.application())
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            verb = "GET" if body is None else "POST"
            told = {"content": body} if isinstance(body, str) else {"json": body}
            slow = asyncio.create_task(client.request(verb, path, **told))
            await asyncio.to_thread(begun.wait, MOST_SECONDS)
            other = await client.get(AT)
            was_waiting = not slow.done()
            may_end.set()
            return await slow, other, was_waiting

    slow, other, was_waiting = asyncio.run(asked())
    assert was_waiting, "the one that takes long was answered last"
    assert (slow.status_code, other.status_code) == (200, 200), slow.text


def waiting(real: Callable[..., Any], begun: Event, may_end: Event) -> Callable[..., Any]:
    """The same, once it may end."""

    def later(*told: Any, **named: Any) -> Any:
        begun.set()
        assert may_end.wait(MOST_SECONDS), "others waited for it"
        return real(*told, **named)

    return later


def test_what_was_quick_lately_is_answered_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one object; of another, or of one of which none took less, in the thread."""
    times = iter([0.0, 0.5, *[1.0, 1.001] * 50])
    monkeypatch.setattr(threads, "thread_time", lambda: next(times))
    first, other = _About(), _About()
    quick = QuickOrInThread()

    async def ask() -> list[bool]:
        here = current_thread()
        asked = [first] * 45 + [other] * 2
        return [await quick.answered(one, current_thread) is here for one in asked]

    at_once = asyncio.run(ask())
    assert at_once == [False] * 39 + [True] * 6 + [False, True]


class _About:
    """What an answer is about."""
