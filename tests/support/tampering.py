"""What someone with full access to the database can do to a log, short of knowing better."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import insert, text, update

from reglament.audit import DecisionLog
from reglament.audit.canonical import canonical, digest
from reglament.audit.entry import Entry
from reglament.audit.rows import insert_entries, packed
from reglament.audit.storage import ENTRIES, KEPT, guards

FAR = 1_000_000


def run(log: DecisionLog, *statements: Any) -> None:
    """Run statements with the guards of the tables taken away, and put the guards back."""
    with log.storage.writing.begin() as connection:
        for dropping in dropped(log):
            connection.execute(text(dropping))
        for statement in statements:
            connection.execute(text(statement) if isinstance(statement, str) else statement)
        for made in guards(log.storage.is_sqlite):
            connection.exec_driver_sql(made)


def dropped(log: DecisionLog) -> Iterator[str]:
    """The statements that take the guards away."""
    for table in KEPT:
        if log.storage.is_sqlite:
            yield from (f"DROP TRIGGER IF EXISTS {table}_{act}" for act in ("update", "delete"))
        else:
            yield f"DROP TRIGGER IF EXISTS {table}_kept ON {table}"
    if not log.storage.is_sqlite:
        yield "DROP FUNCTION reglament_refuse()"


def delete(log: DecisionLog, first: int, last: int | None = None) -> None:
    run(log, f"DELETE FROM reglament_entries WHERE sequence BETWEEN {first} AND {last or first}")


def shift(log: DecisionLog, first: int, by: int) -> None:
    """Move the numbers of the entries from `first` on."""
    run(
        log,
        f"UPDATE reglament_entries SET sequence = sequence + {FAR} WHERE sequence >= {first}",
        f"UPDATE reglament_entries SET sequence = sequence - {FAR} + {by} WHERE sequence >= {FAR}",
    )


def swap(log: DecisionLog, one: int, other: int) -> None:
    set_ = "UPDATE reglament_entries SET sequence ="
    run(
        log,
        f"{set_} {FAR} WHERE sequence = {one}",
        f"{set_} {one} WHERE sequence = {other}",
        f"{set_} {other} WHERE sequence = {FAR}",
    )


def rewrite(log: DecisionLog, sequence: int, /, *, with_hash: bool, **changes: Any) -> None:
    """Change the body of an entry, and its hash too where the forger knows how."""
    entry = log.entry(sequence)
    forged = forge(entry, **changes)
    values: dict[str, Any] = {"body": packed(forged.data)}
    if with_hash:
        values["hash"] = forged.hash
    run(log, update(ENTRIES).where(ENTRIES.c.sequence == sequence).values(**values))


def rewrite_from(log: DecisionLog, sequence: int, /, **changes: Any) -> None:
    """Change an entry and chain all later ones anew: a forgery without a visible seam."""
    entries = list(log.entries(first=sequence))
    forged = [forge(entries[0], **changes)]
    for entry in entries[1:]:
        forged.append(forge(entry, previous=forged[-1].hash))
    delete(log, sequence, entries[-1].sequence)
    with log.storage.writing.begin() as connection:
        insert_entries(connection, forged)


def put(log: DecisionLog, entry: Entry, place: int) -> None:
    """Insert an entry at `place`, the later ones moving on."""
    shift(log, place, 1)
    row = {"sequence": place, "time": entry.time, "policy": entry.policy, "hash": entry.hash}
    run(log, insert(ENTRIES).values(body=packed(entry.data), **row))


def forge(entry: Entry, /, **changes: Any) -> Entry:
    """Another entry in the same place."""
    body: dict[str, Any] = {**json.loads(entry.data), **changes}
    data = canonical(body)
    return Entry(entry.sequence, body["time"], body.get("policy"), data, digest(data))


def with_outcome(body: Mapping[str, Any], decision: str, outcome: str) -> dict[str, Any]:
    """The recorded document with another outcome of one decision."""
    document: dict[str, Any] = json.loads(json.dumps(body["outcome"]))
    document["decisions"][decision] |= {"outcome": outcome, "possible": [outcome]}
    return document


def content_of(log: DecisionLog, digest: str) -> str:
    """The stored text of a policy."""
    found = log.policy(digest)
    assert found is not None
    return found
