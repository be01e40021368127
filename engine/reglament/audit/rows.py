"""From entries and what they keep apart to rows of a log's tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from reglament.audit.entry import Entry, Head, genesis
from reglament.audit.privacy import Secret
from reglament.audit.storage import ENTRIES, LOG, SECRETS, packed, unpacked


def origin_of(connection: Connection) -> Head | None:
    """The genesis of the log, from the name it bears."""
    rows = connection.execute(select(LOG)).all()
    return genesis(rows[0].identity, rows[0].created) if len(rows) == 1 else None


def insert_entries(connection: Connection, entries: Sequence[Entry]) -> None:
    """Write entries as they are."""
    rows = [
        {
            "sequence": entry.sequence,
            "time": entry.time,
            "policy": entry.policy,
            "body": packed(entry.data),
            "hash": entry.hash,
        }
        for entry in entries
    ]
    if rows:
        connection.execute(insert(ENTRIES), rows)


def insert_secrets(connection: Connection, sequence: int, private: Iterable[Secret]) -> None:
    """Write what an entry keeps apart."""
    rows = [
        {
            "sequence": sequence,
            "name": secret.name,
            "salt": secret.salt,
            "value": json.dumps(secret.value, ensure_ascii=False),
        }
        for secret in private
    ]
    if rows:
        connection.execute(insert(SECRETS), rows)


def secrets_of(connection: Connection, sequence: int) -> list[Secret]:
    """What an entry keeps apart and was not erased."""
    rows = connection.execute(select(SECRETS).where(SECRETS.c.sequence == sequence))
    found = [Secret(row.name, row.salt, json.loads(row.value)) for row in rows]
    return sorted(found, key=lambda secret: secret.name)  # databases sort text otherwise


def entry_of(row: Any) -> Entry:
    """The entry in a row of the table, as it stands."""
    return Entry(row.sequence, row.time, row.policy, unpacked(row.body), row.hash)
