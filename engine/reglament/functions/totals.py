"""What the items of a list come to, all together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Context, Decimal
from functools import reduce
from operator import add
from types import NoneType
from typing import Any

from reglament.model.values import Kind, Type, Value

COUNT, SUM, MINIMUM, MAXIMUM, DISTINCT, EACH, DECIDED = (
    "count",
    "sum",
    "minimum",
    "maximum",
    "distinct",
    "each",
    "decided",
)

# Of 10,000 numbers of 15 digits before the point and 12 after it, every digit is kept.
_EXACT = Context(prec=40)
_add = _EXACT.add


def combined(function: str, values: Sequence[Value], type: Type) -> Value:
    """What these values come to; `type` is that of the total.

    Null in a sum, a minimum or a maximum gives null; so do a minimum and a maximum of nothing.
    The sum of nothing is zero. Of different values null is none.
    """
    if function == COUNT:
        return len(values)
    if function == DISTINCT:
        return len({value for value in values if value is not None})
    if function == DECIDED:
        return True
    if function == EACH:
        return tuple(values)
    if NoneType in _classes(values):
        return None
    if function == SUM:
        found: Any = nought(type)
        plus: Any = _add if type.kind is Kind.DECIMAL else add
        total: Value = reduce(plus, values, found)
        return total
    several: Any = values
    least: Value = (min if function == MINIMUM else max)(several, default=None)
    return least


def _classes(values: Sequence[Value]) -> set[type]:
    return set(map(type, values))


def nought(type: Type) -> Value:
    """The sum of nothing."""
    if type.kind is Kind.DURATION:
        return timedelta(0)
    return Decimal(0).scaleb(-type.places) if type.kind is Kind.DECIMAL else 0


def added(one: Any, other: Any) -> Any:
    """The sum of both, exactly."""
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        return _EXACT.add(Decimal(one), Decimal(other))
    return one + other
