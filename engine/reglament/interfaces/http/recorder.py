"""From decisions that wait to entries of the log: what waits is written in one transaction.

No timer collects them. While one batch is on its way to the disk the next one gathers, so that
batches are as large as the disk is slow.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from queue import Full, Queue
from threading import Thread
from typing import NamedTuple, Self

from reglament.audit.entry import Entry
from reglament.audit.log import DecisionLog, Recordable
from reglament.audit.repeats import Call
from reglament.interfaces.http.gate import busy
from reglament.interfaces.http.problem_details import HttpRefused
from reglament.model.problems import Refused
from reglament.policy import Decided

MOST_WAITING = 1_000
MOST_TOGETHER = 64


class _Waiting(NamedTuple):
    """A decision and whoever waits for it to be written."""

    decision: Recordable
    loop: asyncio.AbstractEventLoop
    written: asyncio.Future[Entry]

    def tell(self, made: Entry | Exception) -> None:
        """Let the one who waits go on, from another thread than its own."""
        self.loop.call_soon_threadsafe(self._settle, made)

    def _settle(self, made: Entry | Exception) -> None:
        if self.written.done():  # it has gone away meanwhile
            return
        if isinstance(made, Exception):
            self.written.set_exception(made)
        else:
            self.written.set_result(made)


class LogWriter:
    """The one thread of a process that writes to its log; coroutines wait for it."""

    def __init__(self, log: DecisionLog, most_waiting: int = MOST_WAITING) -> None:
        self._log = log
        self._queue: Queue[_Waiting | None] = Queue(most_waiting)
        self._thread = Thread(target=self._write, name="reglament-log", daemon=True)

    @property
    def waiting(self) -> int:
        """How many decisions wait to be written."""
        return self._queue.qsize()

    async def record(
        self,
        decided: Decided,
        known_at: datetime | None,
        subject: str | None = None,
        call: Call | None = None,
    ) -> Entry:
        """The entry of the decision, once it is on the disk; of a call sent again, that of then.

        Raises HttpRefused (503) where too many wait or the database fails, and (409) for an id
        under which something else was sent; Refused for a decision that no log can keep.
        """
        loop = asyncio.get_running_loop()
        one = Recordable(decided.version, decided.document, known_at, subject, call)
        waiting = _Waiting(one, loop, loop.create_future())
        try:
            self._queue.put_nowait(waiting)
        except Full:
            raise busy() from None
        return await waiting.written

    def policy(self, digest: str) -> str | None:
        """The text of a policy that the log holds."""
        return self._log.policy(digest)

    def __enter__(self) -> Self:
        self._log.remember_calls()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Write what still waits, and end."""
        self._queue.put(None)
        self._thread.join()
        self._log.close()

    def _write(self) -> None:
        while (first := self._queue.get()) is not None:
            together = [first]
            is_over = False
            while len(together) < MOST_TOGETHER and not self._queue.empty():
                following = self._queue.get()
                is_over = following is None
                if following is None:
                    break
                together.append(following)
            self._write_together(together)
            if is_over:
                return

    def _write_together(self, together: list[_Waiting]) -> None:
        try:
            made: Sequence[Entry | Exception] = self._log.append_each(
                [one.decision for one in together]
            )
        except Refused as refused:  # the log itself, and so none is written
            failed = HttpRefused(503, refused.problems, {"Retry-After": "1"})
            made = [failed for _ in together]
        except Exception as error:  # whoever waits must be told, whatever it is
            made = [error for _ in together]
        for one, found in zip(together, made, strict=True):
            one.tell(_taken(found) if isinstance(found, Refused) else found)


def _taken(refused: Refused) -> Exception:
    """A refusal as it is answered: an id that was taken is a conflict."""
    first = refused.problems[0]
    if first.code == "id-taken":
        return HttpRefused(409, [replace(first, pointer="/id")])
    if first.code == "wrong-subject":
        return Refused([replace(first, pointer="/subject")])
    return refused
