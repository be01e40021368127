"""From a log to everything that is wrong with it, and to what cannot be proved of it."""

from __future__ import annotations

import logging
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context

from reglament.audit import faults
from reglament.audit.chain import Chain, Link, link_of
from reglament.audit.checkpoint import Checkpoint
from reglament.audit.entry import LOG_FORMAT, Entry, Head
from reglament.audit.faults import AuditFinding
from reglament.audit.log import DecisionLog
from reglament.audit.row_checks import AuditCounts, Chunk, ChunkChecker, ChunkCounts
from reglament.audit.rows import EntryRow, entry_of, rows_of
from reglament.audit.storage import ENTRIES
from reglament.audit.stored_tables import Tables
from reglament.audit.times import Times
from reglament.messages import Message, Words
from reglament.model.problems import refusal

_log = logging.getLogger(__name__)
Progress = Callable[[int], None]
ROWS_IN_CHUNK = 250
BYTES_IN_CHUNK = 4 * 2**20
MOST_LISTED = 20


@dataclass(slots=True)
class Verified(AuditCounts):
    """What an audit found, what it did, and what it cannot prove.

    `last` is the number of the last entry, `vouched` that up to which a checkpoint vouches
    that nothing was cut off.
    """

    entries: int = 0
    last: int = 0
    vouched: int = 0
    head: str = ""
    unproven: list[Words] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(
    log: DecisionLog,
    *,
    checkpoint: Checkpoint | None = None,
    is_whole: bool = False,
    is_chain_only: bool = False,
    workers: int = 1,
    now: datetime | None = None,
    progress: Progress = lambda _: None,
) -> Verified:
    """Check the chain and decide every entry again from the policy stored with it.

    With `is_whole` clauses, readings and notes are compared too, which takes longer;
    with `is_chain_only` nothing is decided again. So many `workers` are processes that share
    the work; what is found does not hang on their number. Raises Refused where one of them died.
    """
    with log.storage.read() as connection:
        tables = Tables(log.storage, connection)
        audit = _Audit(tables, now or datetime.now(UTC), checkpoint)
        looker = ChunkChecker(audit.policies, is_whole=is_whole, is_chain_only=is_chain_only)
        for looked in looked_at(looker, audit.chunks(), workers):
            audit.take(looked)
            _log.info("entries: %d, findings: %d", audit.result.entries, len(audit.result.findings))
            progress(len(looked.links))
        audit.end()
    result = audit.result
    result.unproven += _unproven(result, checkpoint, is_whole, is_chain_only)
    result.findings.sort(
        key=lambda audit_finding: (audit_finding.sequence or 0, audit_finding.code)
    )
    return result


def doubts(log: DecisionLog, entry: Entry) -> list[AuditFinding]:
    """What is wrong with one entry by itself; that none is missing takes the whole log."""
    with log.storage.read() as connection:
        audit = _Audit(Tables(log.storage, connection), datetime.now(UTC), None)
        looker = ChunkChecker(audit.policies, is_whole=False, is_chain_only=False)
        rows = list(rows_of(connection, ENTRIES.c.sequence == entry.sequence))
        return looker.look(audit.chunk(rows), even_edited=True).findings


class _Audit:
    """One walk over a log."""

    def __init__(self, tables: Tables, now: datetime, checkpoint: Checkpoint | None) -> None:
        self.tables = tables
        self.result = Verified()
        tables.found = self.result.findings.append
        self.times = Times(now)
        self.checkpoint = checkpoint
        self.is_vouched = False
        self.named: set[str] = set()
        self.policies = tables.policies()
        self.erased = tables.erased()
        self.origin = tables.origin()
        self.head = self.origin or Head(0, "", "")
        self.is_regular = self.origin is not None

    def chunks(self) -> Iterator[Chunk]:
        """The rows of the log, so many at a time."""
        rows, size = list[EntryRow](), 0
        for row in self.tables.rows():
            rows.append(row)
            size += len(row.body) if isinstance(row.body, bytes) else 0
            if len(rows) >= ROWS_IN_CHUNK or size > BYTES_IN_CHUNK:
                yield self.chunk(rows)
                rows, size = [], 0
        if rows:
            yield self.chunk(rows)

    def chunk(self, rows: list[EntryRow]) -> Chunk:
        """The rows with what belongs to them."""
        numbers = {row.sequence for row in rows} & self.erased.keys()
        erased = {number: frozenset(self.erased[number]) for number in numbers}
        return Chunk(rows, self.tables.secrets(rows[0].sequence, rows[-1].sequence), erased)

    def take(self, looked: ChunkCounts) -> None:
        """What was found in the next chunk."""
        self.result.add(looked)
        self.named |= looked.policies
        for link in looked.links:
            self._take_link(link)

    def _take_link(self, link: Link) -> None:
        self.is_regular = self.is_regular and link.follows(self.head)
        self.head = Head(link.own, link.hash, link.time)
        self.result.entries += 1
        if link.is_intact:
            self.times.take(link.place, link.time, link.clock)
        if self.checkpoint is not None:
            at = self.checkpoint.sequence, self.checkpoint.hash
            self.is_vouched |= (link.own, link.hash) == at

    def end(self) -> None:
        """What can be said when every row was read."""
        result = self.result
        if result.entries:
            result.head, result.last = self.head.hash, self.head.sequence
        result.findings += self.times.end()
        if not self.is_regular:
            result.findings += self._broken()
        result.findings += self._of_tables()
        if self.checkpoint is not None:
            result.findings += self._against(self.checkpoint)

    def _broken(self) -> Iterator[AuditFinding]:
        """Where and how the chain is broken; only for that is it held whole in memory."""
        links = [link_of(entry_of(row))[0] for row in self.tables.rows()]
        told = list(Chain(self.origin, links).breaks())
        yield from told
        if not told and all(link.is_intact for link in links):
            yield AuditFinding("broken-chain", None, faults.HASHES_BROKEN)

    def _of_tables(self) -> Iterator[AuditFinding]:
        """What is wrong with the tables themselves, and what in them belongs to no entry."""
        tables = self.tables
        yield from map(faults.missing_table, sorted(tables.missing))
        for told in tables.formats():
            if not isinstance(told, int) or told != LOG_FORMAT:
                yield faults.unknown_format(told)
        if lost := tables.lost_guards():
            yield faults.lost_guards(lost)
        if ENTRIES.name not in tables.missing:
            yield from map(faults.stray_policy, sorted(self.policies.keys() - self.named))
        if of_none := tables.secrets_of_none():
            yield faults.secrets_of_none(of_none[:MOST_LISTED], len(of_none))
        if count := tables.unnumbered():
            yield faults.unnumbered(count)

    def _against(self, checkpoint: Checkpoint) -> Iterator[AuditFinding]:
        last, at = self.result.last, checkpoint.sequence
        if self.tables.names() != [checkpoint.log]:
            yield faults.replaced(faults.OTHER_NAME)
        elif last < at:
            yield faults.truncated(last, at)
        elif at and not self.is_vouched:
            yield faults.replaced(faults.other_hash(at))
        else:
            self.result.vouched = at


def _unproven(
    result: Verified, checkpoint: Checkpoint | None, is_whole: bool, is_chain_only: bool
) -> Iterator[Words]:
    """What this audit cannot prove, said plainly."""
    if checkpoint is None:
        yield Message("without-checkpoint-kept-elsewhere")
    elif checkpoint.signer is None:
        yield Message("checkpoint-signature-not-checked")
    if is_chain_only:
        yield Message("no-decision-re-executed")
    elif not is_whole:
        yield Message("clauses-readings-not-compared")
    if result.erased:
        yield Message("erased-request-these-decisions", count=result.erased)
    if result.decisions_by_evaluator:
        yield Message("decisions-with-missing-facts", count=result.decisions_by_evaluator)
    if result.runs:
        yield Message("runs-checked-apart", count=result.runs)
    yield Message("log-does-not-prove")


_looker: ChunkChecker | None = None  # of a worker process


def looked_at(looker: ChunkChecker, chunks: Iterable[Chunk], workers: int) -> Iterator[ChunkCounts]:
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
    waiting: deque[Future[ChunkCounts]] = deque()
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
    _looker = ChunkChecker(policies, is_whole=is_whole, is_chain_only=is_chain_only)


def _look(chunk: Chunk) -> ChunkCounts:
    assert _looker is not None
    return _looker.look(chunk)


_DIED = Message("worker-audit-died-may")
_FEWER = Message("try-workers")
