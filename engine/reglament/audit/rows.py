"""From entries and what they keep apart to rows of a log's tables, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, type_coerce
from sqlalchemy.types import NullType

try:
    from isal.isal_zlib import compress
except ImportError:  # it is of another extra
    from zlib import compress

from reglament.audit.entry import MOST_BYTES, Entry, Head, genesis
from reglament.audit.privacy import Secret
from reglament.audit.storage import ENTRIES, LOG, POLICIES, SECRETS
from reglament.messages import Message, Words

LONGEST = 200  # of a column beside the body: what is longer differs from any that is right
# Deflating adds little to what it cannot make smaller (RFC 1950, RFC 1951).
MOST_PACKED = MOST_BYTES + 2**16
ROWS_AT_ONCE = 20


def origin_of(connection: Connection) -> Head | None:
    """The genesis of the log, from the name it bears."""
    rows = connection.execute(select(LOG)).all()
    return genesis(str(rows[0].identity), str(rows[0].created)) if len(rows) == 1 else None


def packed(data: bytes) -> bytes:
    """Canonical bytes as the table keeps them."""
    return compress(data, 1)


def unpacked(body: object) -> tuple[bytes, Words | None]:
    """The canonical bytes of a stored body, as many as one may have, and what is wrong with it."""
    if body is None:
        return b"", _TOO_LONG
    if not isinstance(body, bytes | bytearray | memoryview):
        return b"", _NOT_BYTES
    inflating = zlib.decompressobj()
    try:
        data = inflating.decompress(bytes(body), MOST_BYTES + 1)
    except zlib.error:
        return b"", _NOT_DEFLATED
    if len(data) > MOST_BYTES:
        return b"", _TOO_LONG
    if not inflating.eof:
        return data, _CUT_OFF
    return data, _MORE_AFTER if inflating.unused_data else None


class EntryRow(NamedTuple):
    """An entry as its table has it, its content packed."""

    sequence: int
    time: Any
    policy: Any
    body: Any
    hash: Any


def rows_of(connection: Connection, *conditions: Any) -> Iterator[EntryRow]:
    """The rows of the entries that fit, in order, whatever somebody may have put in them."""
    body = bounded(ENTRIES.c.body)
    query = select(ENTRIES.c.sequence, _beside("time"), _beside("policy"), body, _beside("hash"))
    query = query.where(*conditions, *numbered(connection)).order_by(ENTRIES.c.sequence)
    options = {"stream_results": True, "yield_per": ROWS_AT_ONCE}
    with connection.execute(query, execution_options=options) as found:
        for row in found:
            yield EntryRow(*row)


def numbered(connection: Connection) -> Iterator[ColumnElement[bool]]:
    """The condition that a row bears a number: SQLite keeps a text where one is wanted, too."""
    if connection.dialect.name == "sqlite":
        yield func.typeof(ENTRIES.c.sequence) == "integer"


def last_in(connection: Connection) -> Head | None:
    """The last entry, if there is one."""
    row = connection.exec_driver_sql(_LAST[connection.dialect.name]).first()
    return None if row is None else Head(*row)


# Every transaction asks this, and writes by that: to have them composed takes longer than both.
_LAST = {
    dialect: f"SELECT sequence, hash, time FROM {ENTRIES.name}{sound} ORDER BY sequence DESC"
    " LIMIT 1"
    for dialect, sound in (("sqlite", " WHERE typeof(sequence) = 'integer'"), ("postgresql", ""))
}
_INSERT = {
    dialect: f"INSERT INTO {ENTRIES.name} (sequence, time, policy, body, hash) VALUES ({marks})"
    for dialect, marks in (("sqlite", "?, ?, ?, ?, ?"), ("postgresql", "%s, %s, %s, %s, %s"))
}


def _beside(name: str) -> Any:
    column = type_coerce(ENTRIES.c[name], NullType())
    return func.substr(column, 1, LONGEST, type_=NullType()).label(name)


def bounded(column: Any, most: int = MOST_PACKED) -> Any:
    """The column as it is; null where it holds more."""
    raw = type_coerce(column, NullType())
    return case((func.length(raw) <= most, raw)).label(column.name)


def insert_entries(connection: Connection, entries: Sequence[Entry]) -> None:
    """Write entries as they are."""
    rows = [(one.sequence, one.time, one.policy, packed(one.data), one.hash) for one in entries]
    if rows:
        connection.exec_driver_sql(_INSERT[connection.dialect.name], rows)


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


def policies_of(connection: Connection) -> dict[str, str]:
    """The content of every policy version that is kept, by digest."""
    rows = connection.execute(select(POLICIES.c.digest, bounded(POLICIES.c.content)))
    return {str(row.digest): content_in(row.content) for row in rows}


def content_in(stored: object) -> str:
    """The text of a policy; empty where no text, or more than any policy has, is stored."""
    return stored if isinstance(stored, str) else ""


def secrets_of(connection: Connection, sequence: int) -> list[Secret]:
    """What an entry keeps apart and was not erased."""
    return secrets_between(connection, sequence, sequence).get(sequence, [])


def secrets_between(connection: Connection, first: int, last: int) -> dict[int, list[Secret]]:
    """The same of each entry from the first to the last that keeps anything apart."""
    columns = SECRETS.c.sequence, SECRETS.c.name, SECRETS.c.salt, bounded(SECRETS.c.value)
    query = select(*columns).where(SECRETS.c.sequence.between(first, last))
    found: dict[int, list[Secret]] = {}
    for row in connection.execute(query):
        secret = Secret(str(row.name), str(row.salt), _value_of(row.value))
        found.setdefault(row.sequence, []).append(secret)
    for secrets in found.values():
        secrets.sort(key=lambda secret: secret.name)  # databases sort text otherwise
    return found


def _value_of(told: object) -> Any:
    """The value of a secret; of what none can be, something that nothing commits to."""
    try:
        return json.loads(str(told), parse_float=_no_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return {"not a value": True}


def _no_number(text: str) -> None:
    raise ValueError(text)


def entry_of(row: EntryRow) -> Entry:
    """The entry in a row of the table, as it stands."""
    data, flaw = unpacked(row.body)
    texts = {name: getattr(row, name) for name in ("time", "hash", "policy")}
    for name, told in texts.items():
        if not isinstance(told, str) and not (name == "policy" and told is None):
            flaw = flaw or Message("column-not-text", name=name)
    return Entry(row.sequence, _text(row.time), row.policy, data, _text(row.hash), flaw)


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""


_NOT_BYTES = Message("content-not-stored-bytes")
_NOT_DEFLATED = Message("content-does-not-inflate")
_CUT_OFF = Message("content-breaks-off")
_MORE_AFTER = Message("other-bytes-stand-after")
_TOO_LONG = Message("content-more-than-mib", most_bytes=MOST_BYTES // 2**20)
