"""From decisions that wait to entries of the log: what waits is written in one transaction.

While one batch is on its way to the disk the next one gathers. Where none is, what has gathered
goes as soon as a turn of the loop brings no more: a commit costs as much as several entries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, Self

from reglament.audit.entry import Entry
from reglament.audit.log import DecisionLog, Prepared
from reglament.audit.repeats import SentCall
from reglament.interfaces.http.gate import busy, without_log
from reglament.interfaces.http.problem_details import HttpRefused
from reglament.model.problems import Refused
from reglament.policy import Decided

try:
    from fcntl import LOCK_EX, flock
except ImportError:  # there is none on Windows
    HAS_TURNS = False
else:
    HAS_TURNS = True

MOST_WAITING = 1_000
MOST_TOGETHER = 64
"""Entries of one transaction."""
MOST_SECONDS = 0.002
"""So long a decision may wait for others that come turn by turn."""


class _Waiting(NamedTuple):
    """A decision ready to be written, and whoever waits for it."""

    prepared: Prepared
    loop: asyncio.AbstractEventLoop
    written: asyncio.Future[Entry]


class LogWriter:
    """The one thread of a process that writes to its log; coroutines wait for it."""

    def __init__(
        self,
        log: DecisionLog,
        most_waiting: int = MOST_WAITING,
        turn: AbstractContextManager[object] | None = None,
    ) -> None:
        """With `turn` each transaction is written inside of it: processes take theirs in turn."""
        self._log = log
        self._turn = turn or nullcontext()
        self._most_waiting = most_waiting
        self._gathered: list[_Waiting] = []
        self._written_now = 0
        self._since = 0.0
        self._batches: SimpleQueue[list[_Waiting] | None] = SimpleQueue()
        self._thread = Thread(target=self._write, name="reglament-log", daemon=True)

    @property
    def waiting(self) -> int:
        """How many decisions wait to be written."""
        return len(self._gathered) + self._written_now

    async def record(
        self,
        decided: Decided,
        reasons: Mapping[str, Any] | None = None,
        known_at: datetime | None = None,
        subject: str | None = None,
        call: SentCall | None = None,
    ) -> Entry:
        """The entry of the decision, once it is on the disk; of a call sent again, that of then.

        `reasons` is its document of that level, if it is there.

        Raises HttpRefused (503) where too many wait or the database fails, and (409) for an id
        under which something else was sent; Refused for a decision that no log can keep.
        """
        if self.waiting >= self._most_waiting:
            raise busy()
        loop = asyncio.get_running_loop()
        one = decided.recordable(reasons, known_at=known_at, subject=subject, call=call)
        try:
            prepared = self._log.prepared(one)  # here, where no other thread is held up by it
        except Refused as refused:
            raise _taken(refused) from None
        waiting = _Waiting(prepared, loop, loop.create_future())
        self._gathered.append(waiting)
        if len(self._gathered) == 1 and not self._written_now:
            self._since = loop.time()
            loop.call_soon(self._hand_over, loop, 0)
        return await waiting.written

    def _hand_over(self, loop: asyncio.AbstractEventLoop, before: int) -> None:
        """Have what has gathered written, if that is no more than `before`, and nothing is."""
        gathered = self._gathered
        if self._written_now or not gathered:
            return
        is_growing = before < len(gathered) < MOST_TOGETHER
        if is_growing and loop.time() < self._since + MOST_SECONDS:
            loop.call_soon(self._hand_over, loop, len(gathered))
            return
        together, self._gathered = gathered[:MOST_TOGETHER], gathered[MOST_TOGETHER:]
        self._written_now = len(together)
        self._batches.put(together)

    def _settle(
        self,
        loop: asyncio.AbstractEventLoop,
        told: Sequence[tuple[asyncio.Future[Entry], Entry | Exception]],
    ) -> None:
        """Let those who wait go on, and the next ones be written."""
        self._written_now = 0
        self._hand_over(loop, len(self._gathered))
        for written, made in told:
            if written.done():  # it has gone away meanwhile
                continue
            if isinstance(made, Exception):
                written.set_exception(made)
            else:
                written.set_result(made)

    def policy(self, digest: str) -> str | None:
        """The text of a policy that the log holds."""
        return self._log.policy(digest)

    def refuse_unreachable(self) -> None:
        """Raises HttpRefused (503) where the log cannot be read now."""
        try:
            self._log.head()
        except Refused as refused:
            raise without_log(refused) from None

    def __enter__(self) -> Self:
        self._log.remember_calls()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Write what still waits, and end."""
        last, self._gathered = self._gathered, []  # or the loop would hand it over once more
        self._batches.put(last)
        self._batches.put(None)
        self._thread.join()
        self._log.close()

    def _write(self) -> None:
        while (together := self._batches.get()) is not None:
            if together:
                self._write_together(together)

    def _write_together(self, together: list[_Waiting]) -> None:
        try:
            with self._turn:
                made: Sequence[Entry | Exception] = self._log.append_prepared(
                    [one.prepared for one in together]
                )
        except Refused as refused:  # the log itself, and so none is written
            made = [without_log(refused) for _ in together]
        except Exception as error:  # whoever waits must be told, whatever it is
            made = [error for _ in together]
        told: dict[asyncio.AbstractEventLoop, list[Any]] = {}
        for one, found in zip(together, made, strict=True):
            answer = _taken(found) if isinstance(found, Refused) else found
            told.setdefault(one.loop, []).append((one.written, answer))
        for loop, answers in told.items():  # to wake a loop takes longer than to settle them all
            try:
                loop.call_soon_threadsafe(self._settle, loop, answers)
            except RuntimeError:  # it has ended meanwhile, and nobody waits
                self._written_now = 0


class InTurn:
    """What one of several processes is in at a time, by a lock on a file that they share.

    SQLite has who finds the log taken try again later and later; here the next one is woken.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = self._path.open("ab")
        flock(self._file, LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()  # and so the lock is let go


def _taken(refused: Refused) -> Exception:
    """A refusal as it is answered: an id that was taken is a conflict."""
    first = refused.problems[0]
    if first.code == "id-taken":
        return HttpRefused(409, [replace(first, pointer="/id")])
    if first.code == "wrong-subject":
        return Refused([replace(first, pointer="/subject")])
    return refused
