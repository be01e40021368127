"""Functions that read a day, a moment, a time or a length of time from a text, as DMN does.

The text is written as ISO 8601 has it: `2026-11-20`, `18:30:15`, `2026-11-20T18:30`, with an offset
or without, `P2DT3H`, `P1Y6M`. Of any other text null comes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from reglament.functions.elapsed_time import moment_at
from reglament.functions.record import Function, table
from reglament.functions.texts import texts
from reglament.model.moments import in_zone
from reglament.model.values import (
    DATE,
    DATETIME,
    DURATION,
    PERIOD,
    TIME,
    WORDS,
    Period,
    TimeOfDay,
    Type,
)

T = TypeVar("T")

LONGEST = 60  # characters of a text that is any of these
# Compiled when they are asked for: few policies read what is told in a text.
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
_DATETIME = f"{_DATE}T{_TIME}(Z|[+-][0-9]{{2}}:[0-9]{{2}})?"
_DURATION = (
    "(-)?P(?=.)(?:([0-9]+)D)?"
    "(?:T(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:[.][0-9]{1,6})?)S)?)?"
)


def date_in(text: str) -> date | None:
    """The day of the years 1 to 9999 that the text names."""
    return _read(_DATE, date.fromisoformat, text)


def time_in(text: str) -> TimeOfDay | None:
    """The time of day that the text names, to the microsecond."""
    return _read(_TIME, TimeOfDay.fromisoformat, text)


def datetime_in(zone: ZoneInfo, text: str) -> datetime | None:
    """The moment that the text names; without an offset by the clock of the zone."""
    moment = _read(_DATETIME, datetime.fromisoformat, text)
    if moment is None:
        return None
    try:
        if moment.tzinfo is not None:
            return in_zone(moment, zone)
        return moment_at(zone, moment.date(), moment.time())
    except OverflowError:
        return None


def duration_in(text: str) -> timedelta | None:
    """The length of days, hours, minutes and seconds that the text names."""
    match = re.fullmatch(_DURATION, text) if len(text) < LONGEST else None
    if match is None:
        return None
    sign, days, hours, minutes, seconds = match.groups()
    micros = int(Decimal(seconds or 0) * 1_000_000)
    try:
        length = timedelta(int(days or 0), 0, micros, 0, int(minutes or 0), int(hours or 0))
    except OverflowError:
        return None
    return -length if sign else length


def period_in(text: str) -> Period | None:
    """The years and months that the text names."""
    try:
        return Period.fromisoformat(text) if len(text) < LONGEST else None
    except (ValueError, OverflowError):
        return None


def _read(form: str, read: Callable[[str], T], text: str) -> T | None:
    """What `read` makes of a text of that form; null where there is no such day or hour."""
    if len(text) >= LONGEST or not re.fullmatch(form, text):
        return None
    try:
        return read(text)
    except ValueError:
        return None


def _reading(
    name: str, gives: Callable[..., Any], result: Type, words: str, **more: Any
) -> Function:
    return Function(
        name, gives, texts(result), None, (0,), never_refused=True, may_be_null=True,
        is_opaque=True, words=words, **more,
    )  # fmt: skip


FUNCTIONS = table(
    _reading(
        "duration",
        duration_in,
        DURATION,
        "duration-in-text",
        elsewhere="to_duration parse_duration",
    ),
    _reading("period", period_in, PERIOD, "period-in-text", elsewhere="to_period parse_period"),
)

# What functions of other names come to where they are given one text.
OF_TEXTS = table(
    _reading("date_of_text", date_in, DATE, "date-in-text"),
    _reading("time_of_text", time_in, TIME, "time-in-text"),
    _reading("datetime_of_text", datetime_in, DATETIME, "datetime-in-text", needs_zone=True),
)


def of_texts(name: str, types: Sequence[Type]) -> str:
    """The function meant where one of that name is given these arguments."""
    is_text = len(types) == 1 and types[0].kind in WORDS
    return f"{name}_of_text" if is_text and f"{name}_of_text" in OF_TEXTS else name
