"""From typed values to plain ones ready for JSON, the same in every language.

Dates and datetimes become ISO 8601 (with the offset), durations too (`PT8H`).
Decimals become strings, because a JSON number would lose their exactness in
most readers: `"120.00"`. Lists and records stay lists and objects.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from operator import methodcaller
from typing import Any

from reglament.memo import Memo, MemoByIdentity
from reglament.model.lists import MORE, OpenItems
from reglament.model.values import UNROUNDED, Kind, Period, TimeOfDay, Type, Value

# What most values are, before it is asked what others are.
WORDS = frozenset({str, type(None), bool})
AS_IT_IS = WORDS | {int}
MOST_KEPT = 256
_STEPS = Memo[int, Decimal](lambda places: Decimal(1).scaleb(-places))


def plain(value: Value) -> Any:
    """One value as JSON can hold it."""
    if value.__class__ in AS_IT_IS:
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, timedelta):
        return iso_duration(value)
    if isinstance(value, date):  # a datetime, too
        return value.isoformat()
    if isinstance(value, time):
        return str(TimeOfDay.of(value))
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, OpenItems):
        return {"items": [plain(part) for part in value], MORE: True}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def plain_text(value: Value) -> str:
    """The value as a policy writes it: a text as it is, else as JSON."""
    told = plain(value)
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)


def of_type(value: Value, type_: Type) -> Any:
    """The value as plain, a number with the digits of its type: 17.5 and 17.50 are one outcome."""
    if value.__class__ in WORDS:
        return value
    if isinstance(value, date):  # a datetime, too
        return value.isoformat()
    if type_.kind is Kind.DECIMAL and isinstance(value, Decimal | int):
        return _number(value, type_.places)
    if isinstance(value, tuple):  # of a collection the type is that of its items
        return [of_type(item, type_.item or type_) for item in value]
    if isinstance(value, Mapping):
        types = dict(type_.fields)
        return {
            key: of_type(part, types[key]) if key in types else plain(part)
            for key, part in value.items()
        }
    return plain(value)


def told_by(type_: Type) -> tuple[frozenset[type], Callable[[Any], Any]]:
    """The classes of values of the type that are plain as they are; what `of_type` says of others.

    Lists and records that a policy gives come out again and again: of each there is one.
    """
    if type_.kind in (Kind.DATE, Kind.DATETIME):
        return WORDS, methodcaller("isoformat")
    if type_.kind is Kind.DECIMAL:
        return WORDS, partial(_number, places=type_.places)
    said = partial(of_type, type_=type_)
    if type_.kind not in (Kind.LIST, Kind.RECORD):
        return AS_IT_IS, said
    kept = MemoByIdentity[Value, Any](said, MOST_KEPT)
    return AS_IT_IS, lambda value: _copied(kept[value])


def _copied(told: Any) -> Any:
    """Of lists and objects new ones."""
    if told.__class__ is list:
        return [one if one.__class__ in AS_IT_IS else _copied(one) for one in told]
    if told.__class__ is dict:
        return {k: one if one.__class__ in AS_IT_IS else _copied(one) for k, one in told.items()}
    return told


def _number(value: Decimal | int, places: int) -> str:
    """The number with so many digits after the point, or more where it has more; no -0."""
    number, step = Decimal(value), _STEPS[places]
    told = number if number.same_quantum(step) else number.quantize(step, context=UNROUNDED)
    if told != number:
        digits = -int(number.normalize(UNROUNDED).as_tuple().exponent)
        told = number.quantize(_STEPS[digits], context=UNROUNDED)
    return format(told if told else abs(told), "f")


def iso_duration(value: timedelta) -> str:
    """ISO 8601: `PT8H`, `P2DT30M`, `PT0.5S`; a minus sign in front where negative."""
    if value < timedelta(0):
        return f"-{iso_duration(-value)}"
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    exact = f"{seconds}.{value.microseconds:06}".rstrip("0").rstrip(".")
    clock = [(hours, f"{hours}H"), (minutes, f"{minutes}M"), (exact != "0", f"{exact}S")]
    days = f"{value.days}D" if value.days else ""
    time = "".join(text for counts, text in clock if counts)
    if not days and not time:
        return "PT0S"
    return f"P{days}T{time}" if time else f"P{days}"
