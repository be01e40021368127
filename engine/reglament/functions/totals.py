"""What the items of a list come to, all together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from operator import add
from types import NoneType
from typing import Any

from reglament.model.values import UNROUNDED, Kind, Type, Value, nought

COUNT, SUM, MINIMUM, MAXIMUM, DISTINCT, LIST, EACH, DECIDED = (
    "count",
    "sum",
    "minimum",
    "maximum",
    "distinct",
    "list_of",
    "each",
    "decided",
)

_add = UNROUNDED.add


def combined(function: str, values: Sequence[Value], type: Type) -> Value:
    """What these values come to; `type` is that of the total.

    Null in a sum, a minimum, a maximum or a list gives null; so do a minimum and a maximum
    of nothing. The sum of nothing is zero. Of different values null is none.
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
    if function == LIST:
        return tuple(values)
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


def added(one: Any, other: Any) -> Any:
    """The sum of both, exactly."""
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        return UNROUNDED.add(Decimal(one), Decimal(other))
    return one + other
