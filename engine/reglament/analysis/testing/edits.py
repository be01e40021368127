"""From a condition or a term to each way of getting it slightly wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from reglament.frozen import frozen
from reglament.functions.table import EVERY
from reglament.model.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    Not,
    OneOf,
    Test,
)
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, FactRef, Formula, Term
from reglament.model.values import Kind, Period, Type, Value
from reglament.model.visitor import children, with_children

TIES = {"closing": "next_opening", "next_opening": "closing"}


@frozen
class ConditionEdit:
    """A condition got wrong: in which way, at which test, and what became of the whole."""

    kind: str
    at: Condition
    condition: Condition


def changed_conditions(version: Version, condition: Condition) -> Iterator[ConditionEdit]:
    """Every condition that differs from this one by one small change."""
    if not isinstance(condition, AllOf | AnyOf):
        yield ConditionEdit("condition-dropped", condition, ALWAYS)
    yield from _inside(version, condition)


def _inside(version: Version, condition: Condition) -> Iterator[ConditionEdit]:
    if isinstance(condition, Test):
        yield ConditionEdit("condition-negated", condition, Not(condition))
        for kind, test in _changed_tests(version, condition):
            yield ConditionEdit(kind, condition, test)
        return
    if isinstance(condition, Counted):
        yield from _other_counts(condition)
    parts: tuple[Any, ...] = children(condition)
    for index, part in enumerate(parts):
        before, after = parts[:index], parts[index + 1 :]
        if not isinstance(condition, Not) and (len(parts) > 1 or isinstance(condition, AllOf)):
            yield ConditionEdit(
                "condition-dropped", part, with_children(condition, (*before, *after))
            )
        for change in _inside(version, part):
            changed = with_children(condition, (*before, change.condition, *after))
            yield replace(change, condition=changed)


def _other_counts(condition: Counted) -> Iterator[ConditionEdit]:
    """One more or one less that has to hold, or that may."""
    for name in ("at_least", "at_most"):
        said = getattr(condition, name)
        for number in (said - 1, said + 1):
            if 0 < said < len(condition.parts) + (name == "at_least"):
                changed = replace(condition, **{name: number})
                yield ConditionEdit("boundary", condition, changed)


def _changed_tests(version: Version, test: Test) -> Iterator[tuple[str, Test]]:
    if isinstance(test, OneOf):
        yield from _changed_lists(version, test)
    elif isinstance(test, Comparison):
        yield from _changed_comparisons(version, test)


def _changed_lists(version: Version, test: OneOf) -> Iterator[tuple[str, Test]]:
    if len(test.values) > 1:
        for value in test.values:
            left = tuple(other for other in test.values if other is not value)
            yield "option-dropped", replace(test, values=left)
    added = _another_option(version, test.subject, test.values)
    if added is not None:
        yield "option-added", replace(test, values=(*test.values, added))


def _changed_comparisons(version: Version, test: Comparison) -> Iterator[tuple[str, Test]]:
    if test.operator.opposite is not None:
        yield "boundary", replace(test, operator=test.operator.opposite.turned)
    if isinstance(test.operand, Constant):
        added = _another_option(version, test.subject, (test.operand.value,))
        if test.operator is Operator.IS and added is not None:
            values = (test.operand.value, added)
            yield "option-added", OneOf(test.subject, values, place=test.place)
    type_ = type_of(version, test.subject)
    for operand in changed_constants(test.operand, 0 if type_ is None else type_.places):
        if type_ is None or test.by_day or not _is_outside(operand, type_):
            yield "boundary", replace(test, operand=operand)


def _is_outside(operand: Term, type_: Type) -> bool:
    """Whether no value of the type is the operand: nobody would write it."""
    return type_.is_bounded and isinstance(operand, Constant) and not type_.admits(operand.value)


def _another_option(version: Version, subject: Term, values: tuple[Value, ...]) -> str | None:
    type_ = type_of(version, subject)
    options = () if type_ is None or type_.kind is not Kind.CHOICE else type_.options
    return next((option for option in options if option not in values), None)


def type_of(version: Version, term: Term) -> Type | None:
    """The type of a fact or a decision; None for other terms."""
    if isinstance(term, FactRef):
        return version.facts[term.name].type
    return version.decisions[term.name].type if isinstance(term, DecisionRef) else None


def changed_constants(term: Term, places: int = 0) -> Iterator[Term]:
    """The term with an ordered constant a tick more or less, another tie, another rounding."""
    if isinstance(term, Constant):
        for value in neighbours(term.value, places):
            yield Constant(value)
    elif isinstance(term, Formula):
        function = EVERY[term.function]
        if function.takes_tie:
            yield replace(term, tie=TIES[term.tie])
        if function.mistaken_for:
            yield replace(term, function=function.mistaken_for)
        for index, argument in enumerate(term.arguments):
            for changed in changed_constants(argument, places):
                arguments = (*term.arguments[:index], changed, *term.arguments[index + 1 :])
                # No policy could be read that divides by zero.
                is_divisor = index >= len(term.arguments) - function.divisors
                if not is_divisor or changed != Constant(0):
                    yield replace(term, arguments=arguments)


def neighbours(value: Value, places: int = 0) -> tuple[Value, ...]:
    """The values a tick above and below: a unit, the last digit, a day, a second, a minute."""
    if isinstance(value, bool):
        return ()
    for kind, step in _TICKS.items():
        if isinstance(value, kind):
            tick, known = step(value, places), cast(Any, value)
            return (known + tick, known - tick)
    return ()


# In this order: a datetime is a date too.
_TICKS: Mapping[type, Callable[[Any, int], Any]] = {
    int: lambda _, __: 1,
    Decimal: lambda value, places: Decimal(1).scaleb(-max(places, -value.as_tuple().exponent)),
    datetime: lambda _, __: timedelta(seconds=1),
    date: lambda _, __: timedelta(days=1),
    timedelta: lambda _, __: timedelta(minutes=1),
    Period: lambda _, __: Period(1),
}
