"""What an audit finds that is no matter of one entry: the tables, what they hold besides, time."""

from __future__ import annotations

from reglament.audit.faults import AuditFinding
from reglament.messages import Message, ticked


def stray_policy(digest: str) -> AuditFinding:
    """A policy by which nothing was decided."""
    return AuditFinding("stray-policy", None, Message("no-entry-names-policy", digest=digest[:80]))


def secrets_of_none(sequences: list[int], count: int) -> AuditFinding:
    """What is kept apart of entries that are not there."""
    listed = ", ".join(map(str, sequences)) + (", …" if count > len(sequences) else "")
    message = Message("things-kept-apart-whose", count=count, listed=listed)
    return AuditFinding("stray-secret", sequences[0], message)


def missing_table(name: str) -> AuditFinding:
    """A table of the log is gone, or is another."""
    return AuditFinding("missing-table", None, Message("table-gone-another-rest", name=name))


def unreadable_table(name: str, why: str) -> AuditFinding:
    """The database does not give a table, or not to its end."""
    message = Message("table-cannot-read-end", name=name, why=why)
    return AuditFinding("unreadable-table", None, message)


def unnumbered(count: int) -> AuditFinding:
    """Rows that bear no number."""
    return AuditFinding("inserted-entry", None, Message("rows-without-number-none", count=count))


def lost_guards(names: list[str]) -> AuditFinding:
    """Triggers are gone or changed."""
    listed = ticked(names)
    return AuditFinding("lost-guard", None, Message("triggers-keep-log-from", listed=listed))


def unknown_format(told: object) -> AuditFinding:
    """The log says that its format is another."""
    shown = repr(told)[:40]
    return AuditFinding("unknown-format", None, Message("log-format-not-known", shown=shown))


def ahead(first: int, last: int, time: str) -> AuditFinding:
    """Entries are dated later than the present."""
    return AuditFinding(
        "time-ahead",
        first,
        Message("dated-later-than-present", first=_range(first, last), time=time),
    )


def stood_still(first: int, last: int, time: str) -> AuditFinding:
    """Entries in a row have one time, since a clock ran ahead or stood."""
    return AuditFinding(
        "time-stood-still",
        first,
        Message("one-same-time-clock", first=_range(first, last), time=time),
    )


def _range(first: int, last: int) -> str:
    return f"#{first}" if first == last else f"#{first}-{last}"
