"""From a log to JSON Lines that hold it whole, and back, entry for entry and hash for hash.

The first line tells the log's name and when it was begun. Then come policies,
each before the first entry that needs it, and entries in order, each followed
by what it keeps apart, unless that is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from reglament.audit.canonical import canonical
from reglament.audit.entry import LOG_FORMAT, Entry
from reglament.audit.faults import edited, stored_otherwise
from reglament.audit.log import DecisionLog
from reglament.audit.privacy import Secret, commitments
from reglament.audit.rows import insert_entries, insert_secrets
from reglament.audit.storage import ENTRIES, LOG, POLICIES
from reglament.language.syntax.json_text import json_value
from reglament.language.syntax.source import decode_source
from reglament.messages import Message
from reglament.model.problems import Refused, refusal


def export(log: DecisionLog, *, with_secrets: bool = True) -> Iterator[str]:
    """The lines of the whole log, each a JSON object in canonical form."""
    with log.storage.read() as connection:
        named = connection.execute(select(LOG)).mappings().first()
    told: set[str] = set()
    yield _line({"log": dict(named or {})})
    for entry in log.entries():
        if entry.policy is not None and entry.policy not in told:
            told.add(entry.policy)
            yield _line({"policy": {"digest": entry.policy, "content": log.policy(entry.policy)}})
        yield _line({"entry": {"body": _text_of(entry), "hash": entry.hash}})
        if with_secrets and _keeps_apart(entry):
            for secret in log.secrets(entry.sequence):
                yield _line({"secret": [entry.sequence, secret.name, secret.salt, secret.value]})


def import_lines(
    log: DecisionLog,
    lines: Iterable[str | bytes],
    progress: Callable[[int], None] = lambda _: None,
    name: str = "-",
) -> int:
    """Fill a new log with exported lines, in one transaction; how many entries there were.

    The lines are taken one by one; bytes are the UTF-8 of the file `name`. What was exported is
    taken as it is, sound or not: `verify` says which. Raises Refused where the log is not new,
    and where a line is not of this form.
    """
    count = 0
    with log.storage.write() as connection:
        _refuse_begun(connection)
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            text = _text(line, name, number)
            try:
                count += _take(connection, json_value(text), is_first=number == 1)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise _wrong_line(number) from None
            progress(1)
        if connection.execute(select(LOG.c.identity)).first() is None:
            raise _wrong_line(1)
    return count


def _text(line: str | bytes, name: str, number: int) -> str:
    if isinstance(line, str):
        return line
    return decode_source(line, name, most_bytes=len(line), first=number).text


def _text_of(entry: Entry) -> str:
    try:
        if entry.flaw is None:
            return entry.data.decode()
    except UnicodeDecodeError:
        pass
    message = (
        edited(entry.sequence)
        if entry.flaw is None
        else stored_otherwise(entry.sequence, entry.flaw)
    )
    raise refusal("edited-entry", message.message)


def _take(connection: Connection, told: Mapping[str, Any], *, is_first: bool) -> int:
    ((kind, content),) = told.items()
    if is_first != (kind == "log"):
        raise ValueError(kind)
    if kind == "log":
        if content["format"] != LOG_FORMAT:
            raise ValueError("another format")
        row = {key: content[key] for key in ("identity", "format", "created")}
        connection.execute(insert(LOG).values(row))
    elif kind == "policy":
        row = {key: content[key] for key in ("digest", "content")}
        connection.execute(insert(POLICIES).values(row))
    elif kind == "entry":
        insert_entries(connection, [_entry(content)])
        return 1
    elif kind == "secret":
        sequence, name, salt, value = content
        insert_secrets(connection, sequence, [Secret(name, salt, value)])
    else:
        raise ValueError(kind)
    return 0


def _entry(content: Mapping[str, Any]) -> Entry:
    body = json.loads(content["body"])
    data = content["body"].encode()
    return Entry(body["sequence"], body["time"], body.get("policy"), data, content["hash"])


def _keeps_apart(entry: Entry) -> bool:
    try:
        return entry.kind == "decision" and any(commitments(entry.body))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False


def _refuse_begun(connection: Connection) -> None:
    if any(connection.execute(select(table).limit(1)).first() for table in (LOG, ENTRIES)):
        raise refusal("log-begun", Message("log-begun-already"), Message("only-new-log-can"))


def _wrong_line(number: int) -> Refused:
    return refusal("wrong-line", Message("line-not-line-exported", number=number))


def _line(value: Mapping[str, Any]) -> str:
    return canonical(value).decode()
