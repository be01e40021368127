"""From two values of an ordered fact to those between, on the grid that people tell values by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from reglament.model.conditions import Comparison, Condition, Includes, Not, OneOf, Test, Within
from reglament.model.operators import Operator
from reglament.model.regulation import Fact
from reglament.model.terms import Constant, FactRef
from reglament.model.values import Kind, Period, TimeOfDay, Type, Value

SECOND = timedelta(seconds=1)
UNORDERED = frozenset({Kind.CHOICE, Kind.TEXT, Kind.BOOLEAN})
STEPS: Mapping[Kind, Any] = {
    Kind.INTEGER: 1,
    Kind.DATE: timedelta(days=1),
    Kind.DATETIME: SECOND,
    Kind.TIME: timedelta(minutes=1),
    Kind.DURATION: timedelta(minutes=1),
    Kind.PERIOD: Period(1),
}


def is_ordered(test: Test) -> bool:
    """Whether the test has a boundary: it orders its terms, or asks for hours."""
    return isinstance(test, Within) or (
        isinstance(test, Comparison) and test.operator is not Operator.IS
    )


def same_fact(fact: Fact, value: Any) -> Iterator[Condition]:
    """The conditions that hold together where the fact is told to be `value`."""
    told = FactRef(fact.name)
    if fact.type.kind is Kind.LIST:
        items = fact.type.item.options if fact.type.item is not None else ()
        for item in items:
            yield Includes(told, item) if item in (value or ()) else Not(Includes(told, item))
    elif value is None or fact.type.kind in UNORDERED:
        yield OneOf(told, (value,))
    else:
        yield Comparison(told, Operator.IS, Constant(value))


def in_seconds(facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts, their moments and times of day put off to the next whole second."""
    return {name: _put_off(value) for name, value in facts.items()}


def _put_off(value: Any) -> Any:
    if not isinstance(value, datetime | TimeOfDay) or not value.microsecond:
        return value
    whole: Any = value + timedelta(microseconds=-value.microsecond % 1_000_000)
    return whole if whole > value else value  # no time of day comes after its last second


def step_of(type_: Type) -> Any | None:
    """The least step between values of the type; None for a type without order."""
    if type_.kind is Kind.DECIMAL:
        return Decimal(1).scaleb(-type_.places)
    return STEPS.get(type_.kind)


def between(inside: Any, outside: Any, step: Any) -> Any | None:
    """A value on the grid of `inside` halfway to `outside`; None where there is none."""
    if isinstance(step, Period):
        between_months = between(inside.months, outside.months, step.months)
        return None if between_months is None else Period(between_months)
    steps = int((outside - inside) / step)
    if abs(steps) < 2:
        return None
    return inside + step * (abs(steps) // 2) * (1 if steps > 0 else -1)
