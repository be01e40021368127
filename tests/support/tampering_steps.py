"""What a tampering does: statements, bytes and fields of entries, each as a function of the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text, update

from reglament.audit import DecisionLog
from reglament.audit.canonical import canonical, digest
from reglament.audit.rows import packed
from reglament.audit.storage import ENTRIES, POLICIES, SECRETS
from reglament.policy import Policy
from support.shop import BORN, record, request
from support.tampering import (
    content_of,
    dropped,
    forge,
    put,
    rewrite,
    rewrite_from,
    run,
    with_outcome,
)

SENSITIVE, ERASED, ERASURE, LAST = 4, 6, 7, 10
Tamper = Callable[[DecisionLog], object]


def begin(log: DecisionLog, policy: Policy) -> None:
    """The log that is tampered with."""
    for number in range(1, LAST + 1):
        if number == ERASURE:
            log.erase(ERASED)
        else:
            private = BORN if number in (SENSITIVE, ERASED) else {}
            record(log, policy, request(number, **private))


@dataclass(frozen=True)
class Tampering:
    """`code` names what is found; some is found by a checkpoint only, or by whole documents."""

    name: str
    code: str
    do: Tamper
    by_checkpoint: bool = False
    is_whole: bool = False
    only: str | None = None  # the one database where it can be done


def sql(*statements: str) -> Tamper:
    return lambda log: run(log, *statements)


def unguarded(*statements: str) -> Tamper:
    """Statements after which nobody puts the triggers back."""

    def do(log: DecisionLog) -> None:
        with log.storage.writing.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    return do


def bytes_instead(data: bytes | Callable[[bytes], bytes], sequence: int = 3) -> Tamper:
    """Other bytes in place of the packed body."""

    def do(log: DecisionLog) -> None:
        made = data(packed(log.entry(sequence).data)) if callable(data) else data
        run(log, update(ENTRIES).where(ENTRIES.c.sequence == sequence).values(body=made))

    return do


def said_instead(told: str | bytes, sequence: int = 3) -> Tamper:
    """A body of other words, with the hash that they give."""
    data = told.encode() if isinstance(told, str) else told

    def do(log: DecisionLog) -> None:
        where = ENTRIES.c.sequence == sequence
        run(log, update(ENTRIES).where(where).values(body=packed(data), hash=digest(data)))

    return do


def chained(sequence: int = 3, /, **changes: Any) -> Tamper:
    """An entry that says something else, and all later ones chained anew."""
    return lambda log: rewrite_from(log, sequence, **changes)


def outcome(change: Callable[[dict[str, Any]], object], sequence: int = 3) -> Tamper:
    """The same with a change of the document."""

    def do(log: DecisionLog) -> None:
        document = json.loads(json.dumps(log.entry(sequence).body["outcome"]))
        change(document)
        rewrite_from(log, sequence, outcome=document)

    return do


def without(key: str) -> Tamper:
    """A chained entry that lacks a key."""

    def do(log: DecisionLog) -> None:
        entries = list(log.entries(first=3))
        body = {name: value for name, value in entries[0].body.items() if name != key}
        data = canonical(body)
        hashed = digest(data)
        where = ENTRIES.c.sequence == 3
        run(log, update(ENTRIES).where(where).values(body=packed(data), hash=hashed))
        rewrite_from(log, 4, previous=hashed)

    return do


def secret(sequence: int, name: str, salt: str = "00", value: str = '"1"') -> Tamper:
    """Something kept apart that was not."""
    row = {"sequence": sequence, "name": name, "salt": salt, "value": value}
    return lambda log: run(log, SECRETS.insert().values(**row))


def put_back(log: DecisionLog) -> None:
    """What was erased, as it was in the entry that told it again."""
    run(log, "UPDATE reglament_secrets SET sequence = 6 WHERE sequence = 4")


def other_outcome(log: DecisionLog) -> None:
    rewrite_from(log, 3, outcome=with_outcome(log.entry(3).body, "refund", "no"))


def words_added(document: dict[str, Any]) -> None:
    document["decisions"]["refund"]["because"] = {"en": "because I say so", "ru": "так надо"}


def inserted(log: DecisionLog) -> None:
    put(log, forge(log.entry(4), as_of="2024-03-01T12:59:00+03:00"), 4)


def from_one_origin(log: DecisionLog) -> None:
    origin = log.origin()
    assert origin is not None
    for number in range(2, LAST + 1):
        rewrite(log, number, with_hash=True, previous=origin.hash)


def swapped_policy(log: DecisionLog) -> None:
    (found,) = {str(entry.policy) for entry in log.entries() if entry.policy}
    content = content_of(log, found).replace('"then": "yes"', '"then": "no"')
    run(log, text("UPDATE reglament_policies SET content = :new").bindparams(new=content))


def stray_policy(log: DecisionLog) -> None:
    run(log, POLICIES.insert().values(digest="sha256:00", content="{}"))


def emptied(log: DecisionLog) -> None:
    run(log, *(f"DELETE FROM reglament_{name}" for name in ("entries", "secrets", "log")))


def unlogged(log: DecisionLog) -> None:
    with log.storage.writing.begin() as connection:
        for statement in dropped(log):
            connection.execute(text(statement))


def later(log: DecisionLog) -> None:
    time = log.entry(3).time
    for number in range(3, LAST + 1):
        rewrite_from(log, number, time=time, clock="2024-01-01T00:00:00.000000Z")
