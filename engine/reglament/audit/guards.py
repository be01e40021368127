"""The triggers of a log: what makes the database refuse a slip of the hand, and what is left of it.

They stop slips, not attackers. Whoever takes them away leaves a sign, though: a log without
them was opened by other means than this program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

KEPT = ("reglament_log", "reglament_policies", "reglament_entries")

_ACTS = ("UPDATE", "DELETE")
_BODY = " BEGIN RAISE EXCEPTION 'the log is append-only'; END "
_FUNCTION = f"CREATE FUNCTION reglament_refuse() RETURNS trigger LANGUAGE plpgsql AS\n$${_BODY}$$"
_SQLITE = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
_POSTGRESQL = text(
    "SELECT tgname, tgenabled::text || ' ' || pg_get_triggerdef(pg_trigger.oid) || ' ' || prosrc"
    " FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
    " AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace("
    "current_schema()))"
)


def guards(is_sqlite: bool) -> Iterator[str]:
    """The statements that make the triggers."""
    if is_sqlite:
        yield from _sqlite().values()
        return
    yield _FUNCTION
    for table in KEPT:
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE "
            f"ON {table} EXECUTE FUNCTION reglament_refuse()"
        )


def lost_guards(connection: Connection, is_sqlite: bool) -> list[str]:
    """The names of triggers that are gone, switched off or do something else."""
    if is_sqlite:
        found = {name: _one_line(sql or "") for name, sql in connection.execute(_SQLITE)}
        return [name for name, sql in _sqlite().items() if found.get(name) != _one_line(sql)]
    told = {name: _one_line(what) for name, what in connection.execute(_POSTGRESQL)}
    return [
        f"{table}_kept"
        for table in KEPT
        if not re.fullmatch(_as_postgresql_tells(table), told.get(f"{table}_kept", ""))
    ]


def _sqlite() -> dict[str, str]:
    return {
        f"{table}_{act.lower()}": (
            f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )
        for table in KEPT
        for act in _ACTS
    }


def _as_postgresql_tells(table: str) -> str:
    """A pattern: on for whoever writes, the trigger, and what its function does."""
    return (
        rf"[OA] CREATE TRIGGER {table}_kept BEFORE (DELETE|UPDATE|TRUNCATE)( OR (DELETE|UPDATE|"
        rf"TRUNCATE)){{2}} ON \S*{table} FOR EACH STATEMENT EXECUTE FUNCTION "
        rf"\S*reglament_refuse\(\) {re.escape(_one_line(_BODY))}"
    )


def _one_line(sql: str) -> str:
    return " ".join(sql.split())
