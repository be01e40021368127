"""Conditions: what must hold of the facts for a rule to apply.

Each kind of primitive test is one class here. It says what it reads, what it means and how a
policy names it; whatever walks conditions asks that, so that a new kind needs no new walk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Any, ClassVar, Self, TypeAlias

from reglament.frozen import frozen
from reglament.model.calendar import WorkingHours
from reglament.model.operators import Operator
from reglament.model.problems import Place
from reglament.model.terms import Constant, Term
from reglament.model.values import Value


@frozen
class Test:
    """What is asked of the term `subject`; false of null, unless it asks for null itself."""

    subject: Term
    place: Place | None = field(default=None, kw_only=True)
    # The messages of it holding and failing, with `$subject` and `$said`; where it needs more
    # than these, `rendering/words/tests_in_words.py` knows the test.
    phrases: ClassVar[tuple[str, str]] = ("", "")

    @property
    def word(self) -> str:
        """How a document names the test, and a policy where it has one word for it."""
        raise NotImplementedError

    @property
    def said(self) -> Term:
        """What the subject is held against; the name of hours is a constant, too."""
        raise NotImplementedError

    def meaning(self, hours: Mapping[str, WorkingHours]) -> Callable[..., bool]:
        """Whether the test holds, as a function of what its terms come to.

        It raises OutsideCalendar where a calendar does not reach.
        """
        raise NotImplementedError

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that the test reads."""
        return (self.subject,)

    def of(self, *terms: Term) -> Self:
        """The same test of other terms."""
        return replace(self, subject=terms[0])

    @property
    def accepted(self) -> tuple[Value, ...] | None:
        """The values of which the subject has to be one; None if the test asks something else."""
        return None

    @property
    def names(self) -> tuple[Value, ...]:
        """The values of its subject that the test names."""
        return ()


class TestOfTwo(Test):
    """What is asked of `subject` and of the term `operand` beside it."""

    __slots__ = ()
    operand: Term

    @property
    def said(self) -> Term:
        return self.operand

    @property
    def terms(self) -> tuple[Term, ...]:
        return (self.subject, self.operand)

    def of(self, *terms: Term) -> Self:
        subject, operand = terms
        return replace(self, subject=subject, operand=operand)  # type: ignore[call-arg]

    @staticmethod
    def told(holds: Callable[[Any, Any], bool]) -> Callable[[Value, Value], bool]:
        """The same of values that may be null: false where either is."""
        return lambda value, other: value is not None and other is not None and holds(value, other)


@frozen
class Comparison(TestOfTwo):
    """`subject operator operand`; false where either side is null.

    `by_day` says that one side is a date and the other a datetime, so that
    days are compared, in the policy's time zone.
    """

    operator: Operator
    operand: Term
    by_day: bool = False

    @property
    def word(self) -> str:
        return str(self.operator)

    def meaning(self, hours: Mapping[str, WorkingHours]) -> Callable[..., bool]:
        holds = self.operator.meaning
        if not self.by_day:
            return self.told(holds)
        return self.told(lambda told, said: holds(_day(told), _day(said)))

    @property
    def accepted(self) -> tuple[Value, ...] | None:
        is_value = self.operator is Operator.IS and isinstance(self.operand, Constant)
        return self.names if is_value else None

    @property
    def names(self) -> tuple[Value, ...]:
        return (self.operand.value,) if isinstance(self.operand, Constant) else ()


@frozen
class Quantified(Comparison):
    """How many items of a list: `subject` is a count, and `quantifier` the word that asks.

    `some`, `every` and `none` count what would make them true or false; with another word,
    the number itself is compared.
    """

    quantifier: str = ""

    @property
    def word(self) -> str:
        return self.quantifier or str(self.operator)


@frozen
class OneOf(Test):
    """The subject is one of `values` (null may be among them)."""

    values: tuple[Value, ...]

    @property
    def word(self) -> str:
        return "one_of"

    @property
    def said(self) -> Term:
        return Constant(self.values)

    def meaning(self, hours: Mapping[str, WorkingHours]) -> Callable[..., bool]:
        return self.values.__contains__

    @property
    def accepted(self) -> tuple[Value, ...] | None:
        return self.values

    @property
    def names(self) -> tuple[Value, ...]:
        return self.values


@frozen
class Within(Test):
    """The moment `subject` lies within the working hours `hours`."""

    hours: str
    phrases: ClassVar = ("within-subject-title", "not-within")

    @property
    def word(self) -> str:
        return "within"

    @property
    def said(self) -> Term:
        return Constant(self.hours)

    def meaning(self, hours: Mapping[str, WorkingHours]) -> Callable[..., bool]:
        is_open = hours[self.hours].is_open
        return lambda moment: moment is not None and is_open(moment)


@frozen
class Includes(Test):
    """The list `subject` includes the item `value`."""

    value: Value
    phrases: ClassVar = ("includes-subject-value", "does-not-include")

    @property
    def word(self) -> str:
        return "includes"

    @property
    def said(self) -> Term:
        return Constant(self.value)

    def meaning(self, hours: Mapping[str, WorkingHours]) -> Callable[..., bool]:
        value = self.value
        return lambda items: value in (items or ())

    @property
    def names(self) -> tuple[Value, ...]:
        return (self.value,)


@frozen
class IncludesValueOf(TestOfTwo):
    """The list `subject` includes what the term `operand` comes to; false where that is null."""

    operand: Term
    phrases: ClassVar = ("includes-subject-value", "does-not-include")

    @property
    def word(self) -> str:
        return "includes"

    def meaning(self, hours: Mapping[str, WorkingHours]) -> Callable[..., bool]:
        return lambda items, item: item is not None and item in (items or ())


@frozen
class AllOf:
    """Every part holds; an empty `AllOf` always holds."""

    parts: tuple[Condition, ...]


@frozen
class AnyOf:
    """At least one part holds; an empty `AnyOf` never holds."""

    parts: tuple[Condition, ...]


@frozen
class Not:
    """The part does not hold."""

    part: Condition


@frozen
class Counted:
    """Of the parts, so many hold: from `at_least` to `at_most`."""

    parts: tuple[Condition, ...]
    at_least: int
    at_most: int

    def allows(self, held: int) -> bool:
        """Whether it holds where so many parts do."""
        return self.at_least <= held <= self.at_most


Condition: TypeAlias = Test | AllOf | AnyOf | Not | Counted

ALWAYS = AllOf(())
NEVER = AnyOf(())


def _day(moment: Value) -> Value:
    return moment.date() if isinstance(moment, datetime) else moment


def joined(conditions: Sequence[Condition]) -> Condition:
    """Every one of the conditions, without nesting where there is no need."""
    flat: list[Condition] = []
    for condition in conditions:
        flat.extend(condition.parts if isinstance(condition, AllOf) else (condition,))
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))
