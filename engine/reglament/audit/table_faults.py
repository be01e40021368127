"""What an audit finds that is no matter of one entry: the tables, what they hold besides, time."""

from __future__ import annotations

from reglament.audit.faults import Finding
from reglament.model.words import Words


def stray_policy(digest: str) -> Finding:
    """A policy by which nothing was decided."""
    message = Words(
        ru=f"политику {digest[:80]} не называет ни одна запись: записи удалены, "
        "или политику подложили",
        en=f"no entry names the policy {digest[:80]}: entries were deleted, or it was put there",
    )
    return Finding("stray-policy", None, message)


def secrets_of_none(sequences: list[int], count: int) -> Finding:
    """What is kept apart of entries that are not there."""
    listed = ", ".join(map(str, sequences)) + (", …" if count > len(sequences) else "")
    message = Words(
        ru=f"отдельно хранится то, чьих записей нет ({count}): {listed}",
        en=f"things are kept apart whose entries are not there ({count}): {listed}",
    )
    return Finding("stray-secret", sequences[0], message)


def missing_table(name: str) -> Finding:
    """A table of the log is gone, or is another."""
    message = Words(
        ru=f"таблицы `{name}` нет, или это другая; остальное проверено",
        en=f"the table `{name}` is gone, or is another; the rest was audited",
    )
    return Finding("missing-table", None, message)


def unreadable_table(name: str, why: str) -> Finding:
    """The database does not give a table, or not to its end."""
    message = Words(
        ru=f"таблица `{name}` не читается до конца: {why}",
        en=f"the table `{name}` cannot be read to its end: {why}",
    )
    return Finding("unreadable-table", None, message)


def unnumbered(count: int) -> Finding:
    """Rows that bear no number."""
    message = Words(
        ru=f"строк без номера: {count}; такие не пишет никто, кроме чужой руки",
        en=f"rows without a number: {count}; none but another's hand writes such",
    )
    return Finding("inserted-entry", None, message)


def lost_guards(names: list[str]) -> Finding:
    """Triggers are gone or changed."""
    listed = ", ".join(f"`{name}`" for name in names)
    message = Words(
        ru=f"триггеры, что не дают менять журнал, сняты или изменены: {listed}",
        en=f"the triggers that keep the log from being changed are gone or changed: {listed}",
    )
    return Finding("lost-guard", None, message)


def unknown_format(told: object) -> Finding:
    """The log says that its format is another."""
    shown = repr(told)[:40]
    message = Words(
        ru=f"формат журнала `{shown}` неизвестен", en=f"the log's format `{shown}` is not known"
    )
    return Finding("unknown-format", None, message)


def ahead(first: int, last: int, time: str) -> Finding:
    """Entries are dated later than the present."""
    return Finding(
        "time-ahead",
        first,
        Words(
            ru=f"{_range(first, last)}: время позже настоящего, с {time}; часы писавшего спешили",
            en=f"{_range(first, last)}: dated later than the present, from {time} on; "
            "its writer's clock ran ahead",
        ),
    )


def stood_still(first: int, last: int, time: str) -> Finding:
    """Entries in a row have one time, since a clock ran ahead or stood."""
    return Finding(
        "time-stood-still",
        first,
        Words(
            ru=f"{_range(first, last)}: одно и то же время {time}; часы спешили, "
            "и их перевели назад, или стояли. Что показывали часы, записано в `clock`",
            en=f"{_range(first, last)}: one and the same time, {time}; a clock ran ahead and was "
            "set back, or stood. What the clock said is in `clock`",
        ),
    )


def _range(first: int, last: int) -> str:
    return f"#{first}" if first == last else f"#{first}-{last}"
