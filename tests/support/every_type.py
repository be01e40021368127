"""Facts of every type of the language, what is said of them, and the head of a policy over them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from reglament.model.values import Period, TimeOfDay

Yaml: TypeAlias = dict[str, Any]

ZONE = "Europe/Moscow"
LABEL = {"ru": "слово", "en": "word"}
HEAD: Yaml = {
    "policy": "whole",
    "version": "1",
    "title": LABEL,
    "holds_from": date(2024, 1, 1),
    "known_from": date(2024, 1, 1),
    "time_zone": ZONE,
    "chosen_by": "asked.on",
    "calendars": {
        "week": {
            "covers": {"from": date(2024, 1, 1), "until": date(2024, 12, 31)},
            "working_weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "day_names": {"feast": LABEL},
            "years": {2024: {"days_off": {date(2024, 1, 1): "feast"}}},
        }
    },
    "hours": {
        "desk": {"calendar": "week", "from": "10:00", "until": "19:00"},
        "shifts": {
            "calendar": "week",
            "windows": ["09:00-12:30", "22:00-06:00"],
            "weekdays": {"friday": "09:00-24:00"},
            "dates": {date(2024, 3, 2): "10:00-12:00", date(2024, 3, 1): []},
            "time_zone": "America/New_York",
        },
        "always": {"always": True},
        "anyone": {"first_open_of": ["desk", "shifts"]},
    },
}


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(ZONE))


DAYS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 12, 27)]
# Of each type, the values that policies and requests say; the last day is past the calendar.
SAID: Mapping[str, list[Any]] = {
    "choice": ["a", "b", "c"],
    "open": ["a", "b", "other"],
    "boolean": [True, False],
    "integer": [-1, 0, 1, 2, 98],
    "decimal": [Decimal("-0.50"), Decimal("0.00"), Decimal("2.50"), Decimal("150.00")],
    "date": [*DAYS, date(2024, 3, 1), date(2025, 1, 9)],
    "datetime": [_at(day, hour) for day in (*DAYS, date(2025, 1, 9)) for hour in (9, 12, 20)],
    "time": [TimeOfDay(0), TimeOfDay(9, 30), TimeOfDay(23, 59, 30, 500_000)],
    "duration": [timedelta(0), timedelta(hours=8), timedelta(days=2)],
    "period": [Period(0), Period(3), Period(14)],
    "text": ["a", "A b", ""],
    "list": [(), ("p",), ("q", "p")],
    "numbers": [(), (1,), (2, 1)],
    "record": [
        {"word": "a", "number": 1},
        {"word": "b", "number": 2},
        {"word": "b", "number": None},
    ],
}
WRITTEN: Mapping[str, Yaml] = {
    "choice": {"type": "choice", "options": dict.fromkeys("abc", LABEL)},
    "open": {"type": "choice", "open": True, "options": dict.fromkeys("ab", LABEL)},
    "decimal": {"type": "decimal", "places": 2},
    "list": {"type": "list", "item": {"type": "choice", "options": dict.fromkeys("pq", LABEL)}},
    "numbers": {"type": "list", "item": {"type": "integer"}},
    "record": {
        "type": "record",
        "fields": {"word": "text", "number": {"type": "integer", "nullable": True}},
    },
}
NULLABLE = [
    "choice", "integer", "decimal", "date", "datetime", "time", "boolean", "text", "duration",
    "period",
]  # fmt: skip
ORDERED = ["integer", "decimal", "date", "datetime", "time", "duration", "period"]
TOLD = [kind for kind in SAID if kind != "record"]
DECIDED = [kind for kind in SAID if kind not in ("choice", "open")]
# The facts, each with its kind: `integer.1` and `integer.none`, which may be null.
FACTS: Mapping[str, str] = {
    "asked.on": "date",
    **{f"{kind}.one": kind for kind in TOLD},
    **{f"{kind}.none": kind for kind in NULLABLE},
    "integer.other": "integer",
    "date.other": "date",
}


def written(kind: str) -> Yaml:
    """How a type is written."""
    return dict(WRITTEN.get(kind, {"type": kind}))


def facts() -> Yaml:
    """The section of facts."""
    found = {}
    for name, kind in FACTS.items():
        found[name] = {**written(kind), "label": LABEL}
        if name.endswith(".none"):
            found[name]["null_means"] = LABEL
    return found


def literal(value: Any) -> Any:
    """A value as a policy writes it."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat()
    if isinstance(value, timedelta):
        return f"PT{int(value.total_seconds()) // 3600}H"
    if isinstance(value, TimeOfDay | Period):
        return str(value)
    if isinstance(value, tuple):
        return [literal(one) for one in value]
    return value
