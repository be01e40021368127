"""From the id that a caller gave a request to the entry that its first sending made.

The table stands beside the log and is no part of what is proved: it only keeps a request that is
sent again from being recorded twice. Its digests are salted, and go when facts of their entry are
erased, since else they could be guessed back.
"""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    Table,
    Text,
    delete,
    insert,
    inspect,
    select,
)

from reglament.frozen import frozen

_OWN = MetaData()
CALLS = Table(
    "reglament_calls",
    _OWN,
    Column("caller", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False, index=True),
)


@frozen
class SentCall:
    """What a caller sent under an id: `content` is all of it that the answer hangs on."""

    caller: str
    id: str
    content: bytes

    def digest(self, salt: str) -> str:
        """What is kept of the content."""
        return hmac.digest(salt.encode(), self.content, "sha256").hex()


def prepare(connection: Connection) -> None:
    """Make the table where there is none."""
    _OWN.create_all(connection)


def is_there(connection: Connection) -> bool:
    """Whether the log has the table."""
    return inspect(connection).has_table(CALLS.name)


def earlier(connection: Connection, call: SentCall) -> tuple[int, bool] | None:
    """The entry that the id has made already, and whether the content was the same."""
    query = select(CALLS.c.salt, CALLS.c.digest, CALLS.c.sequence)
    query = query.where(CALLS.c.caller == call.caller, CALLS.c.id == call.id)
    row = connection.execute(query).first()
    if row is None:
        return None
    return int(row.sequence), hmac.compare_digest(call.digest(row.salt), row.digest)


def remember(connection: Connection, call: SentCall, sequence: int) -> None:
    """Keep which entry the id made."""
    salt = secrets.token_hex(16)
    row = {
        "caller": call.caller,
        "id": call.id,
        "salt": salt,
        "digest": call.digest(salt),
        "sequence": sequence,
    }
    connection.execute(insert(CALLS).values(row))


def forget(connection: Connection, sequence: int) -> None:
    """Keep nothing about what made the entry."""
    if is_there(connection):
        connection.execute(delete(CALLS).where(CALLS.c.sequence == sequence))
