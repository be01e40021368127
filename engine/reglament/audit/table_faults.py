"""What an audit finds that is no matter of one entry: the tables, what they hold besides, time."""

from __future__ import annotations

from reglament.audit.faults import AuditFinding, fault
from reglament.messages import ticked


def stray_policy(digest: str) -> AuditFinding:
    """A policy by which nothing was decided."""
    return fault("no-entry-names-policy", "stray-policy", None, digest=digest[:80])


def secrets_of_none(sequences: list[object], count: int) -> AuditFinding:
    """What is kept apart of entries that are not there: their numbers, whatever stands there."""
    listed = ", ".join(map(str, sequences)) + (", …" if count > len(sequences) else "")
    at = next((one for one in sequences if isinstance(one, int)), None)
    return fault("things-kept-apart-whose", "stray-secret", at, count=count, listed=listed)


def missing_table(name: str) -> AuditFinding:
    """A table of the log is gone, or is another."""
    return fault("table-gone-another-rest", "missing-table", None, name=name)


def unreadable_table(name: str, why: str) -> AuditFinding:
    """The database does not give a table, or not to its end."""
    return fault("table-cannot-read-end", "unreadable-table", None, name=name, why=why)


def unnumbered(count: int) -> AuditFinding:
    """Rows that bear no number."""
    return fault("rows-without-number-none", "inserted-entry", None, count=count)


def lost_guards(names: list[str]) -> AuditFinding:
    """Triggers are gone or changed."""
    listed = ticked(names)
    return fault("triggers-keep-log-from", "lost-guard", None, listed=listed)


def unknown_format(told: object) -> AuditFinding:
    """The log says that its format is another."""
    shown = repr(told)[:40]
    return fault("log-format-not-known", "unknown-format", None, shown=shown)


def ahead(first: int, last: int, time: str) -> AuditFinding:
    """Entries are dated later than the present."""
    return fault(
        "dated-later-than-present", "time-ahead", first, first=_range(first, last), time=time
    )


def stood_still(first: int, last: int, time: str) -> AuditFinding:
    """Entries in a row have one time, since a clock ran ahead or stood."""
    return fault(
        "one-same-time-clock", "time-stood-still", first, first=_range(first, last), time=time
    )


def _range(first: int, last: int) -> str:
    return f"#{first}" if first == last else f"#{first}-{last}"
