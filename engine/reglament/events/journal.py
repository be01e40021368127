"""From events and effects to rows that are only ever added, and back: the truth about subjects.

An event is written before anything is made of it. The row of a subject says when it wants to be
looked at next; an event sets that to *now* in the same transaction, so no crash loses it. An
effect is a row that can be written once: `(kind, subject, reaction, occurrence, word)` is unique.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from reglament.events.facts_so_far import Claim
from reglament.frozen import frozen
from reglament.messages import Message
from reglament.model.moments import micros, moment_at
from reglament.model.problems import refusal
from reglament.model.reactions import Event
from reglament.storage.store import HELD_ALONE, Store, Transaction

AT_ONCE: Final = 0
DONE, WITHDRAWN = "done", "withdrawn"
WAITING, SENDING, SENT, ASIDE = "waiting", "sending", "sent", "aside"
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS events (seq {serial}, id TEXT NOT NULL UNIQUE,"
    " kind TEXT NOT NULL, subject TEXT NOT NULL, at BIGINT NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS events_of_subject ON events (kind, subject, at, seq)",
    "CREATE TABLE IF NOT EXISTS subjects (kind TEXT NOT NULL, subject TEXT NOT NULL,"
    " wake BIGINT, PRIMARY KEY (kind, subject))",
    "CREATE INDEX IF NOT EXISTS subjects_wake ON subjects (wake)",
    "CREATE TABLE IF NOT EXISTS claims (registry TEXT NOT NULL, value TEXT NOT NULL,"
    " holder TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (registry, value))",
    "CREATE TABLE IF NOT EXISTS effects (seq {serial}, kind TEXT NOT NULL, subject TEXT NOT NULL,"
    " reaction TEXT NOT NULL, occurrence TEXT NOT NULL, word TEXT NOT NULL, at BIGINT NOT NULL,"
    " body TEXT NOT NULL, state TEXT NOT NULL,"
    " UNIQUE (kind, subject, reaction, occurrence, word))",
    "CREATE INDEX IF NOT EXISTS effects_by_state ON effects (state, seq)",
    "CREATE TABLE IF NOT EXISTS set_aside (effect BIGINT PRIMARY KEY, why TEXT NOT NULL,"
    " at BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS refused (seq {serial}, line TEXT NOT NULL, why TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS places (name TEXT PRIMARY KEY, place BIGINT NOT NULL)",
)


@frozen
class Effect:
    """One effect on its way out; by `key` its receiver knows it again."""

    seq: int
    body: Mapping[str, Any]
    state: str = WAITING

    @property
    def key(self) -> str:
        """The idempotency key."""
        return str(self.body["key"])


class Journal:
    """The journal in a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        if store.is_read:
            return
        serial = "BIGSERIAL PRIMARY KEY" if store.is_postgresql else _AUTOINCREMENT
        with store.transaction() as tx:
            if store.is_postgresql:
                tx.run(HELD_ALONE)
            for table in _TABLES:
                tx.run(table.format(serial=serial))

    # -- events ------------------------------------------------------------------------------

    def append(
        self, tx: Transaction, event: Event, body: str, claim: Callable[[int], None]
    ) -> bool:
        """Write an event; false where it is known already. `claim` is called with its number.

        Raises Refused where another event has the same id.
        """
        added = tx.run(
            "INSERT INTO events (id, kind, subject, at, body) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            *(event.id, event.subject_kind, event.subject, micros(event.at), body),
        )
        ((seq, known),) = tx.rows("SELECT seq, body FROM events WHERE id = ?", event.id)
        if not added:
            if known != body:
                message = Message("event-already-tells-something", name=event.id)
                raise refusal("event-id-taken", message)
            return False
        claim(seq)
        self.wake(tx, event.subject_kind, event.subject)
        return True

    def wake(self, tx: Transaction, kind: str, subject: str) -> None:
        """Have the subject looked at now."""
        tx.run(
            "INSERT INTO subjects (kind, subject, wake) VALUES (?, ?, ?)"
            " ON CONFLICT (kind, subject) DO UPDATE SET wake = excluded.wake",
            *(kind, subject, AT_ONCE),
        )

    def events(
        self, tx: Transaction, kind: str, subject: str, after: int = 0
    ) -> list[tuple[int, str]]:
        """The events of one subject after a number, in the order of their moments."""
        sql = (
            "SELECT seq, body FROM events WHERE kind = ? AND subject = ? AND seq > ?"
            " ORDER BY at, seq"
        )
        return [(seq, body) for seq, body in tx.rows(sql, kind, subject, after)]

    def refuse(self, tx: Transaction, line: str, why: str) -> None:
        """Keep a line that is no event."""
        tx.run("INSERT INTO refused (line, why) VALUES (?, ?)", line.replace("\0", "\ufffd"), why)

    # -- what is used once -------------------------------------------------------------------

    def claim(self, tx: Transaction, registry: str, value: str, holder: str, seq: int) -> None:
        """Use the value up, unless somebody did before: the database lets one do so."""
        tx.run(
            "INSERT INTO claims (registry, value, holder, seq) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (registry, value) DO NOTHING",
            *(registry, value, holder, seq),
        )

    def claimed(self, tx: Transaction, registry: str, value: str) -> Claim | None:
        """Who used the value up."""
        sql = "SELECT holder, seq FROM claims WHERE registry = ? AND value = ?"
        return next((Claim(*row) for row in tx.rows(sql, registry, value)), None)

    # -- subjects ----------------------------------------------------------------------------

    def due(self, tx: Transaction, now: datetime, most: int) -> list[tuple[str, str]]:
        """Subjects that want to be looked at by now."""
        sql = "SELECT kind, subject FROM subjects WHERE wake <= ? ORDER BY wake, kind, subject"
        return [(a, b) for a, b in tx.rows(f"{sql} LIMIT {int(most)}", micros(now))]

    def next_wake(self, tx: Transaction) -> datetime | None:
        """When the next subject wants to be looked at."""
        ((wake,),) = tx.rows("SELECT MIN(wake) FROM subjects")
        return None if wake is None else moment_at(wake)

    def settle(self, tx: Transaction, kind: str, subject: str, wake: datetime | None) -> None:
        """Note when the subject wants to be looked at next."""
        tx.run(
            "UPDATE subjects SET wake = ? WHERE kind = ? AND subject = ?",
            *(None if wake is None else micros(wake), kind, subject),
        )

    # -- effects -----------------------------------------------------------------------------

    def effects_of(
        self, tx: Transaction, kind: str, subject: str
    ) -> list[tuple[str, str, str, str, str]]:
        """Reaction, occurrence, word, body and state of each effect of a subject."""
        sql = (
            "SELECT reaction, occurrence, word, body, state FROM effects"
            " WHERE kind = ? AND subject = ? ORDER BY seq"
        )
        return [(a, b, c, d, e) for a, b, c, d, e in tx.rows(sql, kind, subject)]

    def add_effect(self, tx: Transaction, body: Mapping[str, Any], at: datetime) -> None:
        """Write an effect, unless it was written before."""
        kind, _, subject = str(body["subject"]).partition("/")
        tx.run(
            "INSERT INTO effects (kind, subject, reaction, occurrence, word, at, body, state)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (kind, subject, reaction, occurrence, word) DO NOTHING",
            *(kind, subject, body["reaction"], body["occurrence"], body["word"], micros(at)),
            *(json.dumps(body, ensure_ascii=False), WAITING),
        )

    def unsent(self, tx: Transaction, most: int, held: Collection[str] = ()) -> list[Effect]:
        """Effects that nobody was told of, or that a crash left in doubt; none of subjects held."""
        marks = ", ".join("?" * len(held))
        others = f" AND kind || '/' || subject NOT IN ({marks})" if held else ""
        sql = (
            f"SELECT seq, body, state FROM effects WHERE state NOT IN (?, ?){others}"
            f" ORDER BY seq LIMIT {int(most)}"
        )
        rows = tx.rows(sql, SENT, ASIDE, *held)
        return [Effect(seq, json.loads(body), state) for seq, body, state in rows]

    def set_aside(self, tx: Transaction, effect: Effect, why: str, at: datetime) -> None:
        """Note that nobody will take the effect, and why; it is not tried again by itself."""
        self.set_state(tx, [effect], ASIDE)
        tx.run(
            "INSERT INTO set_aside (effect, why, at) VALUES (?, ?, ?)"
            " ON CONFLICT (effect) DO UPDATE SET why = excluded.why, at = excluded.at",
            *(effect.seq, why, micros(at)),
        )

    def retry_aside(self, tx: Transaction) -> int:
        """Have effects that were set aside tried once more; how many there are."""
        return tx.run("UPDATE effects SET state = ? WHERE state = ?", WAITING, ASIDE)

    def count_aside(self, tx: Transaction) -> int:
        """How many effects are set aside."""
        ((count,),) = tx.rows("SELECT COUNT(*) FROM effects WHERE state = ?", ASIDE)
        return int(count)

    def set_state(self, tx: Transaction, effects: Iterable[Effect], state: str) -> None:
        """Note how far effects have gone."""
        for effect in effects:
            tx.run("UPDATE effects SET state = ? WHERE seq = ?", state, effect.seq)

    # -- places ------------------------------------------------------------------------------

    def place(self, tx: Transaction, name: str) -> int:
        """A number remembered under a name: how far a file was read, how far time has come."""
        rows = tx.rows("SELECT place FROM places WHERE name = ?", name)
        return int(rows[0][0]) if rows else 0

    def set_place(self, tx: Transaction, name: str, place: int) -> None:
        """Remember a number under a name."""
        tx.run(
            "INSERT INTO places (name, place) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET place = excluded.place",
            *(name, place),
        )


_AUTOINCREMENT: Final = "INTEGER PRIMARY KEY AUTOINCREMENT"


def key_of(*parts: str) -> str:
    """The idempotency key of an effect."""
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]
