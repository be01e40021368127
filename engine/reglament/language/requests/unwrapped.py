"""From values of other libraries to those of Python itself that they stand for.

They are known by what their classes offer, so that nothing is imported for their sake: numbers,
moments and arrays of numpy, rows of pandas, models of pydantic, classes of attrs. What is not
exactly such a value stays as it is, and is refused by who reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, Inexact
from enum import Enum
from fractions import Fraction
from typing import Any

from reglament.language.syntax.mismatch import NOT_A_VALUE, TypeMismatch
from reglament.messages import Message
from reglament.model.values import Period

_USUAL = frozenset(
    {
        str,
        int,
        bool,
        float,
        Decimal,
        date,
        datetime,
        time,
        timedelta,
        Period,
        list,
        tuple,
        dict,
        type(None),
    }
)
_EXACT = Context(prec=60, traps=[Inexact])
_MISSING = frozenset({"NAType", "NaTType"})  # the classes of pandas.NA and pandas.NaT


def unwrapped(value: Any) -> Any:
    """The value of Python itself that is meant; raises TypeMismatch for a missing one."""
    if value.__class__ in _USUAL:
        return value
    if isinstance(value, Enum):
        return value.value
    if type(value).__name__ in _MISSING:
        raise _missing()
    if hasattr(type(value), "dtype"):
        return _of_numpy(value)
    for kind, plain in _PLAIN:
        if isinstance(value, kind):
            return plain(value)
    return value


def entries_of(value: Any) -> Iterable[tuple[Any, Any]] | None:
    """What a mapping, a row or an object with declared fields tells; None for anything else."""
    if value.__class__ is dict or isinstance(value, Mapping):  # the check of a class is quicker
        return value.items()
    if value.__class__ in _USUAL or isinstance(value, type):
        return None
    if is_dataclass(value):
        return [(field.name, getattr(value, field.name)) for field in fields(value)]
    kind: Any = type(value)
    if hasattr(kind, "__attrs_attrs__"):
        return [(one.name, getattr(value, one.name)) for one in kind.__attrs_attrs__]
    if hasattr(kind, "model_fields") or hasattr(kind, "__fields__"):  # pydantic 2, pydantic 1
        return list(value)
    if hasattr(kind, "_asdict"):  # a named tuple
        return list(value._asdict().items())
    return _of_row(value, kind)


def _of_row(value: Any, kind: Any) -> Iterable[tuple[Any, Any]] | None:
    if not hasattr(kind, "keys"):
        return None
    if hasattr(kind, "items"):
        return list(value.items())
    if hasattr(kind, "__getitem__"):
        return [(key, value[key]) for key in value.keys()]  # noqa: SIM118 - it iterates values
    return None


def items_of(value: Any) -> Sequence[Any] | None:
    """The items of a list, an array or a set; None for anything else. A set has no order."""
    if isinstance(value, list | tuple | Set):
        return value if isinstance(value, list | tuple) else list(value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray | memoryview):
        return value
    if hasattr(type(value), "dtype") and getattr(value, "ndim", 0) == 1:
        return list(value)
    return None


def nanoseconds() -> TypeMismatch:
    """Why a moment that is told finer than a microsecond is refused."""
    message = Message("nanoseconds-moment-given-finer")
    return TypeMismatch("nanoseconds", message, Message("round-microseconds-t18"))


def _missing() -> TypeMismatch:
    return TypeMismatch("missing-value", Message("missing-value-nan-nat"), NOT_A_VALUE)


def _datetime(value: Any) -> datetime:
    if getattr(value, "nanosecond", 0):
        raise nanoseconds()
    clock = (value.hour, value.minute, value.second, value.microsecond)
    return datetime(
        value.year, value.month, value.day, *clock, tzinfo=value.tzinfo, fold=value.fold
    )


def _timedelta(value: Any) -> timedelta:
    if getattr(value, "nanoseconds", 0):
        raise nanoseconds()
    return timedelta(value.days, value.seconds, value.microseconds)


def _ratio(value: Fraction) -> Decimal:
    """A fraction as a decimal number. Raises TypeMismatch where it has no end as one."""
    try:
        return _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    except Inexact:
        raise TypeMismatch("too-many-places", Message("fraction-no-exact-decimal")) from None


_PLAIN: tuple[tuple[type, Any], ...] = (
    (str, str.__str__),
    (datetime, _datetime),
    (date, lambda value: date(value.year, value.month, value.day)),
    (timedelta, _timedelta),
    (int, int),
    (float, float),
    (Decimal, lambda value: value),
    (Fraction, _ratio),
)


def _of_numpy(value: Any) -> Any:
    """The value of a scalar; of moments and spans by their text, where they are too fine."""
    if getattr(value, "ndim", 1) != 0:
        return value
    if value.dtype.kind in "mM":
        return _of_numpy_time(value)
    item = value.item()
    return item if item.__class__ in _USUAL else value


def _of_numpy_time(value: Any) -> Any:
    if str(value) == "NaT":
        raise _missing()
    if value.dtype.kind == "M":
        item = value.item()
        # A month alone is no day, and nanoseconds are a number: their text says so.
        is_exact = isinstance(item, datetime) or item.__class__.__str__(item) == str(value)
        return item if is_exact else str(value)
    try:
        micros = value.astype("m8[us]")
        is_exact = bool(micros == value)
    except TypeError:  # months
        return value
    if not is_exact:
        raise nanoseconds()
    return micros.item()
