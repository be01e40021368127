"""From a question that may take half a second to a thread, where it holds up no other answer.

The engine is Python, so that it is not done sooner there; but between its steps the loop has its
turn. Of these questions one is answered at a time: several would take their turns from the loop.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

_one = ThreadPoolExecutor(1, "reglament-questions")


async def in_thread(ask: Callable[..., Any], *arguments: Any) -> Any:
    """What `ask` gives in the thread, once its turn comes; at once in a browser, which has none."""
    if sys.platform == "emscripten":
        return ask(*arguments)
    return await asyncio.get_running_loop().run_in_executor(_one, ask, *arguments)
