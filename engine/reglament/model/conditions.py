"""Conditions: what must hold of the facts for a rule to apply."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from reglament.model.problems import Place
from reglament.model.terms import Term, decisions_of, facts_of
from reglament.model.values import Value


class Operator(StrEnum):
    """How a subject is compared. A date beside a datetime compares days."""

    IS = "is"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


MEANING: Mapping[Operator, Callable[..., bool]] = {
    Operator.IS: operator.eq,
    Operator.AT_LEAST: operator.ge,
    Operator.AT_MOST: operator.le,
    Operator.MORE_THAN: operator.gt,
    Operator.LESS_THAN: operator.lt,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """`subject operator operand`; false where either side is null (but `is: null` holds of null).

    `by_day` says that one side is a date and the other a datetime, so that
    days are compared, in the policy's time zone.
    """

    subject: Term
    operator: Operator
    operand: Term
    by_day: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The subject is one of `values` (null may be among them)."""

    subject: Term
    values: tuple[Value, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """The moment `subject` lies within the working hours `hours`."""

    subject: Term
    hours: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Includes:
    """The list `subject` includes the item `value`."""

    subject: Term
    value: Value
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; an empty `All` always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Test: TypeAlias = Comparison | OneOf | Within | Includes
Condition: TypeAlias = Test | All | Any | Not

ALWAYS = All(())


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every single test inside the condition, in written order."""
    if isinstance(condition, All | Any):
        for part in condition.parts:
            yield from tests_of(part)
    elif isinstance(condition, Not):
        yield from tests_of(condition.part)
    else:
        yield condition


def deciding_tests(condition: Condition, outcome: bool) -> Iterator[tuple[Test, bool]]:
    """The tests that can decide the condition for `outcome`, and what each must be for that."""
    if isinstance(condition, Not):
        yield from deciding_tests(condition.part, not outcome)
    elif isinstance(condition, All | Any):
        for part in condition.parts:
            yield from deciding_tests(part, outcome)
    else:
        yield condition, outcome


def terms_of(test: Test) -> tuple[Term, ...]:
    """The terms that one test reads."""
    return (test.subject, test.operand) if isinstance(test, Comparison) else (test.subject,)


def facts_read(condition: Condition) -> frozenset[str]:
    """The facts that the condition reads directly."""
    return frozenset[str]().union(
        *(facts_of(term) for test in tests_of(condition) for term in terms_of(test))
    )


def decisions_read(condition: Condition) -> frozenset[str]:
    """The decisions that the condition reads directly."""
    return frozenset[str]().union(
        *(decisions_of(term) for test in tests_of(condition) for term in terms_of(test))
    )
