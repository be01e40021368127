"""From a question that takes long to a thread or a process, where it holds up no other answer.

The engine is Python, so that it is not done sooner there; but between its steps the loop has its
turn. Of these questions one is answered at a time: several would take their turns from the loop.
Nothing can stop it in the middle of an analysis, so these run in a process that can be ended.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from math import inf
from time import thread_time
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from reglament.messages import Message
from reglament.model.problems import Problem

Told = TypeVar("Told")
LongWork = Callable[..., Awaitable[Any]]
"""Where what takes long runs, as `apart` has it; a browser, without processes, has another."""
LONG_SECONDS = 0.01
"""Of processor time: who takes longer is answered in the thread."""
FADING = 0.9
"""What is left of the longest time after each further answer."""

_one = ThreadPoolExecutor(1, "reglament-questions")


async def in_thread(ask: Callable[..., Any], *arguments: Any) -> Any:
    """What `ask` gives in the thread, once its turn comes; at once in a browser, which has none."""
    if sys.platform == "emscripten":
        return ask(*arguments)
    return await asyncio.get_running_loop().run_in_executor(_one, ask, *arguments)


class QuickOrInThread:
    """Answers at once what is quick: to hand it over takes a tenth of a millisecond.

    How long an answer takes is not known before: it hangs on what earlier ones left behind. So it
    is expected of those about one object, a version say, what they lately took; of the first, long.
    """

    def __init__(self) -> None:
        self._expected: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    async def answered(self, about: Any, ask: Callable[[], Told]) -> Told:
        """What `ask` gives."""
        expected = self._expected.get(about, inf)
        found, took = _timed(ask) if expected < LONG_SECONDS else await in_thread(_timed, ask)
        self._expected[about] = max(took, 0.0 if expected == inf else expected * FADING)
        return found


def _timed(ask: Callable[[], Told]) -> tuple[Told, float]:
    begun = thread_time()
    return ask(), thread_time() - begun


async def apart(seconds: float, ask: Callable[..., Any], *arguments: Any) -> Any:
    """What `ask` gives in another process. Raises TimeoutError, and ends it, past the time."""
    from anyio import fail_after, to_process

    with fail_after(seconds):
        return await to_process.run_sync(ask, *arguments, cancellable=True)


def too_long(seconds: float) -> Problem:
    """Why an analysis was ended."""
    return Problem("too-long", Message("http-analysis-too-long", seconds=int(seconds)))
