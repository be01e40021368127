"""From chunks of a log to what is found in each, in order, by this process or by several."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from reglament.audit.looking import Chunk, Looked, Looker
from reglament.messages import Message
from reglament.model.problems import refusal

_looker: Looker | None = None  # of a worker process


def looked_at(looker: Looker, chunks: Iterable[Chunk], workers: int) -> Iterator[Looked]:
    """What is found in each chunk, in their order; few chunks are held at a time.

    Raises Refused where a worker died.
    """
    if workers <= 1:
        yield from map(looker.look, chunks)
        return
    # Not forked: a child must not share the connection to the database, nor any thread's lock.
    pool = ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(looker.policies, looker.is_whole, looker.is_chain_only),
    )
    waiting: deque[Future[Looked]] = deque()
    try:
        for chunk in chunks:
            waiting.append(pool.submit(_look, chunk))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise refusal("worker-died", _DIED, _FEWER) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(policies: Mapping[str, str], is_whole: bool, is_chain_only: bool) -> None:
    global _looker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is asked to stop is the parent
    _looker = Looker(policies, is_whole=is_whole, is_chain_only=is_chain_only)


def _look(chunk: Chunk) -> Looked:
    assert _looker is not None
    return _looker.look(chunk)


_DIED = Message("worker-audit-died-may")
_FEWER = Message("try-workers")
