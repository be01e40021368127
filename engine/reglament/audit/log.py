"""From decided requests to a log that only grows, and back to its entries."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from reglament.audit import repeats
from reglament.audit.canonical import fit
from reglament.audit.entry import LOG_FORMAT, Entry, Head, Pieces, pieces, sealed, stamp
from reglament.audit.privacy import DOCUMENT, Secret, split
from reglament.audit.recorded import Settled, Written, recorded, recorded_bytes, subject_line
from reglament.audit.repeats import SentCall
from reglament.audit.rows import (
    bounded,
    content_in,
    entry_of,
    insert_entries,
    insert_secrets,
    last_in,
    origin_of,
    policies_of,
    rows_of,
    secrets_of,
)
from reglament.audit.storage import ENTRIES, LOG, POLICIES, SECRETS, Storage
from reglament.frozen import frozen
from reglament.language.loading.files.content import content_of
from reglament.messages import Message, Words, ticked
from reglament.model.outcomes import Document
from reglament.model.problems import Refused, pointer_to, refusal
from reglament.model.regulation import Version

MOST_ENTRIES = 2**63 - 1  # what the column of their numbers holds


@frozen
class Recordable:
    """One decided request; `known_at` is told where the caller asked what was known then.

    `subject` says what it is about, in the caller's own words (`request/REQ-17`), so that the
    entry is found again. It stays in the log for good: no name of a person belongs there.
    A `call` that was recorded already is not recorded again. What is `written` of the document
    already is not written again.
    """

    version: Version
    document: Document
    known_at: datetime | None = None
    subject: str | None = None
    call: SentCall | None = None
    written: Written | None = None


@frozen
class Prepared:
    """An entry to be; `policy` is the text of its version, None where the log has it."""

    digest: str
    policy: str | None
    content: Pieces
    private: list[Secret]
    call: SentCall | None


class DecisionLog:
    """An append-only log of decisions; threads and processes may share the one behind a URL."""

    def __init__(
        self, storage: Storage, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.storage = storage
        self.now = now
        self._known: set[str] = set()
        self._texts: dict[str, str] = {}  # of versions on their way to the log

    def append(
        self,
        version: Version,
        document: Document,
        *,
        known_at: datetime | None = None,
        subject: str | None = None,
    ) -> Entry:
        """Record one decision; it is on the disk when this returns. Raises Refused."""
        return self.append_one(Recordable(version, document, known_at, subject))

    def append_one(self, decided: Recordable) -> Entry:
        """Record one decision; it is on the disk when this returns. Raises Refused."""
        (made,) = self.append_each([decided])
        if isinstance(made, Refused):
            raise made
        return made

    def append_all(self, decided: Sequence[Recordable]) -> list[Entry]:
        """Record several decisions in one transaction.

        Raises Refused for those that no log can keep, whose problems point to them (`/0` for
        the first); the others are recorded all the same. Where the database fails, none is.
        """
        made = self.append_each(decided)
        problems = [
            replace(problem, pointer=pointer_to([place]))
            for place, one in enumerate(made)
            if isinstance(one, Refused)
            for problem in one.problems
        ]
        if problems:
            raise Refused(problems)
        return [one for one in made if isinstance(one, Entry)]

    def append_each(self, decided: Sequence[Recordable]) -> list[Entry | Refused]:
        """Record several decisions in one transaction: the entry of each, or why it has none.

        The entry of a call that was recorded already is the one that was made then; an id under
        which something else was recorded is refused (`id-taken`). Raises Refused where the
        database fails: then none is recorded.
        """
        found: list[Prepared | Refused] = []
        for one in decided:
            try:
                found.append(self.prepared(one))
            except Refused as refused:
                found.append(refused)
        ready = [one for one in found if isinstance(one, Prepared)]
        made = iter(self.append_prepared(ready) if ready else ())
        return [one if isinstance(one, Refused) else next(made) for one in found]

    def remember_calls(self) -> None:
        """Make ready to keep which calls were recorded."""
        with self.storage.write() as connection:
            repeats.prepare(connection)

    def append_prepared(self, prepared: Sequence[Prepared]) -> list[Entry | Refused]:
        """What `append_each` says of decisions of which each was prepared before."""
        with self.storage.write() as connection:
            for digest, policy in {one.digest: one.policy for one in prepared}.items():
                self._keep_policy(connection, digest, policy)
            head = self._head(connection)
            made: list[Entry | Refused] = []
            entries: list[Entry] = []
            for one in prepared:
                before = None if one.call is None else repeats.earlier(connection, one.call)
                if before is not None:
                    made.append(self._made_before(connection, entries, *before))
                    continue
                entry = sealed(head, "decision", one.content, self.now(), one.digest)
                head = Head(entry.sequence, entry.hash, entry.time)
                made.append(entry)
                entries.append(entry)
                insert_secrets(connection, entry.sequence, one.private)
                if one.call is not None:
                    repeats.remember(connection, one.call, entry.sequence)
            insert_entries(connection, entries)
        self._known |= {one.digest for one in prepared}
        for one in prepared:
            self._texts.pop(one.digest, None)
        return made

    def _made_before(
        self, connection: Connection, entries: Sequence[Entry], sequence: int, is_same: bool
    ) -> Entry | Refused:
        if not is_same:
            return refusal("id-taken", Message("id-taken"))
        for entry in entries:  # it came twice at once
            if entry.sequence == sequence:
                return entry
        return entry_of(next(iter(rows_of(connection, ENTRIES.c.sequence == sequence))))

    def prepared(self, decided: Recordable) -> Prepared:
        """Whatever can be made ready before the log is held. Raises Refused."""
        version = decided.version
        policy = None
        if version.digest not in self._known:
            # To write the text takes longer than hundreds of decisions that wait for it.
            policy = self._texts.get(version.digest) or _content(version)
            self._texts[version.digest] = policy
        content, private = _split(decided)
        return Prepared(version.digest, policy, pieces(content), private, decided.call)

    def append_run(self, manifest: Mapping[str, Any], versions: Iterable[Version]) -> Entry:
        """Record a run over a table as one entry, by its manifest. Raises Refused.

        The versions that it was decided by are kept, as those of single decisions are.
        """
        content = pieces({"run": fit(manifest)})
        texts = {one.digest: _content(one) for one in versions if one.digest not in self._known}
        with self.storage.write() as connection:
            for digest, text in texts.items():
                self._keep_policy(connection, digest, text)
            entry = sealed(self._head(connection), "run", content, self.now())
            insert_entries(connection, [entry])
        self._known |= texts.keys()
        return entry

    def erase(self, sequence: int, facts: Iterable[str] = ()) -> Entry:
        """Erase the sensitive facts of an entry (all, or those named) and record that it was done.

        The document kept apart goes with them, for its words may repeat them.
        Raises Refused where there is no such entry, or it keeps nothing of the kind.
        """
        self.entry(sequence)
        with self.storage.write() as connection:
            kept = {secret.name for secret in secrets_of(connection, sequence)}
            wanted = set(facts) or kept - {DOCUMENT}
            if not wanted or not wanted <= kept - {DOCUMENT}:
                raise _nothing_to_erase(sequence, sorted(wanted - kept))
            gone = sorted(wanted | (kept & {DOCUMENT}))
            content = pieces({"erased": {"sequence": sequence, "names": gone}})
            entry = sealed(self._head(connection), "erasure", content, self.now())
            connection.execute(
                delete(SECRETS).where(SECRETS.c.sequence == sequence, SECRETS.c.name.in_(gone))
            )
            repeats.forget(connection, sequence)
            insert_entries(connection, [entry])
        self.storage.forget()
        return entry

    @property
    def identity(self) -> str:
        """The random name that the log was given when it was begun; empty where it is lost."""
        with self.storage.read() as connection:
            names = connection.execute(select(LOG.c.identity).limit(2)).scalars().all()
        return str(names[0]) if len(names) == 1 else ""

    def origin(self) -> Head | None:
        """What the first entry chains to; None where the log has lost its own name."""
        with self.storage.read() as connection:
            return origin_of(connection)

    def head(self) -> Head:
        """The last entry, or the genesis of an empty log."""
        with self.storage.read() as connection:
            return self._head(connection)

    def entry(self, sequence: int) -> Entry:
        """The entry of that number. Raises Refused where there is none."""
        rows = []
        if sequence <= MOST_ENTRIES:
            with self.storage.read() as connection:
                rows = list(rows_of(connection, ENTRIES.c.sequence == sequence))
        if rows:
            return entry_of(rows[0])
        message = Message("log-no-entry", sequence=str(sequence))
        raise refusal("entry-missing", message, self._last_hint())

    def _last_hint(self) -> Words:
        last = self.head().sequence
        return Message("log-goes-to-entry", last=str(last)) if last else Message("log-empty")

    def entries(self, first: int = 1, last: int | None = None) -> Iterator[Entry]:
        """The entries in order, as they stand, without any check; read a few at a time."""
        wanted = [ENTRIES.c.sequence >= first]
        if last is not None:
            wanted.append(ENTRIES.c.sequence <= last)
        with self.storage.read() as connection:
            yield from map(entry_of, rows_of(connection, *wanted))

    def count(self) -> int:
        """How many entries there are."""
        if ENTRIES.name in self.storage.missing:
            return 0
        with self.storage.read() as connection:
            return int(connection.execute(select(func.count()).select_from(ENTRIES)).scalar_one())

    def policies(self) -> dict[str, str]:
        """The content of every policy version that entries were decided by, by digest."""
        with self.storage.read() as connection:
            return policies_of(connection)

    def policy(self, digest: str) -> str | None:
        """The content of one policy version; None where the log does not hold it."""
        query = select(bounded(POLICIES.c.content)).where(POLICIES.c.digest == digest)
        with self.storage.read() as connection:
            row = connection.execute(query).first()
            return None if row is None else content_in(row.content)

    def secrets(self, sequence: int) -> list[Secret]:
        """What the entry keeps apart and was not erased."""
        with self.storage.read() as connection:
            return secrets_of(connection, sequence)

    def close(self) -> None:
        """Let go of the database."""
        self.storage.close()

    def __enter__(self) -> DecisionLog:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, identity: str | None = None, created: str | None = None) -> None:
        """Name the log, once; whoever comes second finds it named.

        Raises Refused for one that holds entries and has lost its name.
        """
        with self.storage.write() as connection:
            if connection.execute(select(LOG)).first() is None:
                if connection.execute(select(ENTRIES.c.sequence).limit(1)).first() is not None:
                    raise refusal("log-unnamed", UNNAMED)
                row = {
                    "identity": identity or str(uuid.uuid4()),
                    "format": LOG_FORMAT,
                    "created": created or stamp(self.now()),
                }
                connection.execute(insert(LOG).values(row))

    def _head(self, connection: Connection) -> Head:
        last = last_in(connection)
        if last is not None:
            return last
        origin = origin_of(connection)
        if origin is None:
            raise refusal("log-unnamed", UNNAMED)
        return origin

    def _keep_policy(self, connection: Connection, digest: str, policy: str | None) -> None:
        if policy is None:
            return
        query = select(POLICIES.c.digest).where(POLICIES.c.digest == digest)
        if connection.execute(query).first() is None:
            row = {"digest": digest, "content": policy}
            connection.execute(insert(POLICIES).values(row))


UNNAMED = Message("log-lost-own-name")


def open_log(
    url: str, *, create: bool = False, is_named: bool = True, is_damaged: bool = False
) -> DecisionLog:
    """The log behind a file's path or a `postgresql://` URL; with `create`, begun if need be.

    A log that is to be imported into is made without a name (`is_named`). One that has lost
    tables is opened only to be verified (`is_damaged`).

    Raises Refused where there is none, and where the database cannot be reached.
    """
    log = DecisionLog(Storage(url, create=create, is_damaged=is_damaged))
    if create and is_named and log.origin() is None:
        log.begin()
    return log


def record(log: DecisionLog | str, decided: Recordable) -> Entry:
    """Record one decision in a log, or in the one behind a URL, begun if need be. Raises Refused.

    Opening a log takes longer than writing to it: whoever decides much opens it once.
    """
    if isinstance(log, DecisionLog):
        return log.append_one(decided)
    with open_log(log, create=True) as opened:
        return opened.append_one(decided)


def _content(version: Version) -> str:
    try:
        return content_of(version)
    except KeyError:
        message = Message("version-not-read-from", version=version.version)
        raise refusal("policy-not-read", message) from None


def _split(decided: Recordable) -> tuple[dict[str, Any], list[Secret]]:
    version, document, written = decided.version, decided.document, decided.written
    request, private = fit(document.facts), list[Secret]()
    if isinstance(written, Settled) and version.sensitive_facts.isdisjoint(request):
        outcome: Any = recorded_bytes(version, written)
    else:
        made = recorded(version, document, written)
        request, outcome, private = split(version, request, made)
    content = {
        "policy": document.digest,
        "as_of": fit(document.as_of),
        "as_of_source": document.as_of_source,
        "known_at": fit(decided.known_at),
        "request": request,
        "outcome": outcome,
    }
    if decided.subject is not None:
        content["subject"] = subject_line(decided.subject)
    return content, private


def _nothing_to_erase(sequence: int, unknown: list[str]) -> Refused:
    names = ticked(unknown)
    code = "entry-does-not-keep" if names else "entry-keeps-nothing"
    message = Message(code, sequence=sequence, **({"names": names} if names else {}))
    return refusal("nothing-to-erase", message, Message("facts-marked-sensitive-true"))
