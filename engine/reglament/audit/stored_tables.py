"""From the tables of a log, whole, damaged or missing, to what they hold, as of one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, exists, func, not_, select, type_coerce
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import NullType

from reglament.audit import faults as findings
from reglament.audit.entry import Head
from reglament.audit.faults import AuditFinding
from reglament.audit.privacy import Secret
from reglament.audit.rows import (
    EntryRow,
    entry_of,
    numbered,
    origin_of,
    policies_of,
    rows_of,
    secrets_between,
)
from reglament.audit.storage import ENTRIES, LOG, POLICIES, SECRETS, Storage, lost_guards

T = TypeVar("T")


class Tables:
    """The tables of one log; what is wrong with them is told to `found`, and the rest is read."""

    found: Callable[[AuditFinding], None]

    def __init__(self, storage: Storage, connection: Connection) -> None:
        self.missing = storage.missing
        self.is_sqlite = storage.is_sqlite
        self.connection = connection

    def origin(self) -> Head | None:
        """What the first entry chains to; None where the log has lost its name."""
        return self._asked(LOG, origin_of, None)

    def names(self) -> list[Any]:
        """The names that the log bears: one, if all is well."""
        return self._asked(LOG, lambda connection: _column(connection, LOG.c.identity), list[Any]())

    def formats(self) -> list[Any]:
        """The formats that the log says it has."""
        return self._asked(LOG, lambda connection: _column(connection, LOG.c.format), list[Any]())

    def policies(self) -> dict[str, str]:
        """The content of every policy version, by digest."""
        return self._asked(POLICIES, policies_of, dict[str, str]())

    def rows(self) -> Iterator[EntryRow]:
        """The entries in order, as far as the database gives them."""
        if ENTRIES.name in self.missing:
            return
        try:
            yield from rows_of(self.connection)
        except SQLAlchemyError as error:
            self.found(findings.unreadable_table(ENTRIES.name, _why(error)))

    def secrets(self, first: int, last: int) -> dict[int, list[Secret]]:
        """What the entries from the first to the last keep apart."""
        read = lambda connection: secrets_between(connection, first, last)  # noqa: E731
        return self._asked(SECRETS, read, dict[int, list[Secret]]())

    def erased(self) -> dict[int, set[str]]:
        """The names that erasures record, by the entry that they were erased from."""
        return self._asked(ENTRIES, _erased, dict[int, set[str]]())

    def secrets_of_none(self) -> list[object]:
        """The numbers under which things are kept apart, though no entry bears them."""
        if ENTRIES.name in self.missing:
            return []
        return self._asked(SECRETS, _of_no_entry, list[object]())

    def unnumbered(self) -> int:
        """How many rows of the entries bear no number."""
        return self._asked(ENTRIES, _unnumbered, 0)

    def lost_guards(self) -> list[str]:
        """The triggers that are gone or changed, of the tables that are there."""
        lost = self._asked(None, lambda one: lost_guards(one, self.is_sqlite), list[str]())
        return [name for name in lost if name.rpartition("_")[0] not in self.missing]

    def _asked(self, table: Table | None, read: Callable[[Connection], T], otherwise: T) -> T:
        """What is read of a table; where it is gone or broken, what is taken otherwise."""
        name = "triggers" if table is None else table.name
        if name in self.missing:
            return otherwise
        try:
            return read(self.connection)
        except SQLAlchemyError as error:
            self.found(findings.unreadable_table(name, _why(error)))
            return otherwise


def _why(error: SQLAlchemyError) -> str:
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _column(connection: Connection, column: Any) -> list[Any]:
    return list(connection.execute(select(type_coerce(column, NullType()))).scalars())


def _of_no_entry(connection: Connection) -> list[object]:
    entry = exists().where(ENTRIES.c.sequence == SECRETS.c.sequence)
    query = select(SECRETS.c.sequence).distinct().where(~entry).order_by(SECRETS.c.sequence)
    return list(connection.execute(query).scalars())


def _unnumbered(connection: Connection) -> int:
    """None can where the database keeps to its types."""
    wrong = [not_(condition) for condition in numbered(connection)]
    if not wrong:
        return 0
    query = select(func.count()).select_from(ENTRIES).where(*wrong)
    return int(connection.execute(query).scalar_one())


def _erased(connection: Connection) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in rows_of(connection, ENTRIES.c.policy.is_(None)):
        try:
            body = entry_of(row).body
            if body["kind"] == "erasure":
                erased = body["erased"]
                found.setdefault(erased["sequence"], set()).update(erased["names"])
        except (ValueError, LookupError, TypeError, RecursionError):
            continue  # found when the entry itself is looked at
    return found
