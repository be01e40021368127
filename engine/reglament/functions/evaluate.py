"""From terms and the values of facts to what the terms come to. Null in, null out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, TypeAlias, cast

from reglament.functions.table import EVERY
from reglament.model.calendar import WorkingHours
from reglament.model.conditions import AllOf, Condition, Counted, Not, Test
from reglament.model.terms import (
    Conditional,
    Constant,
    DecisionRef,
    FactRef,
    ForEach,
    Formula,
    Term,
)
from reglament.model.values import Value
from reglament.model.visitor import hours_of, tests_within


def function_of(formula: Formula, hours: Mapping[str, WorkingHours]) -> Callable[..., Any]:
    """The function that the formula applies, with its hours bound."""
    if formula.each is not None:
        return _of_each(formula.each, hours)
    return EVERY[formula.function].bound(formula, hours)


def _of_each(each: ForEach, hours: Mapping[str, WorkingHours]) -> Callable[..., Any]:
    holds, read = condition_reader(each.where, hours), reader(each.term, hours)

    def made(items: tuple[Value, ...] | None, *beside: Value) -> Value:
        if items is None:
            return None
        told = dict(zip(each.names, beside, strict=True))
        several = ({**told, each.item: item} for item in items)
        found = tuple(read(one) for one in several if holds(one))
        return None if None in found else found

    return made


def apply(
    formula: Formula, arguments: tuple[Value, ...], hours: Mapping[str, WorkingHours]
) -> Value:
    """The value of the formula for these arguments; null where one of them is null.

    Raises OutsideCalendar, NumberOutOfRange, and OverflowError where a date leaves the
    years 1 to 9999.
    """
    if None in arguments and not EVERY[formula.function].takes_nulls:
        return None
    return cast(Value, function_of(formula, hours)(*arguments))


def value_of(
    term: Term,
    facts: Mapping[str, Value],
    hours: Mapping[str, WorkingHours],
    known: dict[int, Value] | None = None,
) -> Value:
    """What a term over facts alone comes to.

    Decisions that build on each other share their terms: each of these is computed once, and
    may be kept for other terms over the same facts in `known`, by its identity.
    Raises KeyError for a fact that is missing, and what `apply` raises.
    """
    match term:
        case Constant(value):
            return value
        case FactRef(name):
            return facts[name]
        case Formula(_, arguments):
            known = {} if known is None else known
            if id(term) not in known:
                values = tuple(value_of(part, facts, hours, known) for part in arguments)
                known[id(term)] = apply(term, values, hours)
            return known[id(term)]
        case Conditional():
            return cast(Value, reader(term, hours)(facts))
    raise TypeError(term)


Reader: TypeAlias = Callable[[Mapping[str, Value]], Any]


def reader(term: Term, hours: Mapping[str, WorkingHours]) -> Reader:
    """The same as a function of facts (and decisions), quicker where a term is computed often."""
    match term:
        case Constant(value):
            return lambda facts: value
        case FactRef(name) | DecisionRef(name):
            return itemgetter(name)
        case Formula(_, (argument,)):
            return _applied_to_one(function_of(term, hours), reader(argument, hours))
        case Formula(name, arguments):
            parts = tuple(reader(argument, hours) for argument in arguments)
            function = function_of(term, hours)
            if EVERY[name].takes_nulls:
                return lambda facts: function(*(part(facts) for part in parts))
            return (
                _applied_to_two(function, *parts) if len(parts) == 2 else _applied(function, parts)
            )
        case Conditional(when, then, otherwise):
            return _picked(
                condition_reader(when, hours), reader(then, hours), reader(otherwise, hours)
            )
    raise TypeError(term)


def _applied_to_one(function: Callable[[Any], Any], part: Reader) -> Reader:
    def read(facts: Mapping[str, Value]) -> Any:
        value = part(facts)
        return None if value is None else function(value)

    return read


def _applied_to_two(function: Callable[[Any, Any], Any], left: Reader, right: Reader) -> Reader:
    def read(facts: Mapping[str, Value]) -> Any:
        one, other = left(facts), right(facts)
        return None if one is None or other is None else function(one, other)

    return read


def _picked(holds: Reader, then: Reader, otherwise: Reader) -> Reader:
    return lambda facts: then(facts) if holds(facts) else otherwise(facts)


def _applied(function: Callable[..., Any], parts: tuple[Reader, ...]) -> Reader:
    def read(facts: Mapping[str, Value]) -> Any:
        values = [part(facts) for part in parts]
        return None if None in values else function(*values)

    return read


def may_refuse(term: Term) -> bool:
    """Whether computing the term may raise, whatever its functions are given."""
    if isinstance(term, Conditional):
        terms = (one for test in tests_within(term) for one in test.terms)
        hours = any(True for _ in hours_of(term))
        return hours or any(map(may_refuse, (term.then, term.otherwise, *terms)))
    return isinstance(term, Formula) and (
        not EVERY[term.function].never_refused or any(map(may_refuse, term.arguments))
    )


Holding: TypeAlias = Callable[[Mapping[str, Value]], bool]


def holding(test: Test, hours: Mapping[str, WorkingHours]) -> Holding:
    """Whether a test holds, as a function of facts that are told."""
    meaning, readers = test.meaning(hours), [reader(term, hours) for term in test.terms]
    if len(readers) == 1:
        (read,) = readers
        return lambda facts: meaning(read(facts))
    left, right = readers
    return lambda facts: meaning(left(facts), right(facts))


def condition_reader(condition: Condition, hours: Mapping[str, WorkingHours]) -> Holding:
    """Whether a condition holds, as a function of facts (and decisions) that are told."""
    if isinstance(condition, Test):
        return holding(condition, hours)
    if isinstance(condition, Not):
        part = condition_reader(condition.part, hours)
        return lambda facts: not part(facts)
    parts = [condition_reader(part, hours) for part in condition.parts]
    if isinstance(condition, Counted):
        allows = condition.allows
        return lambda facts: allows(sum(part(facts) for part in parts))
    together = all if isinstance(condition, AllOf) else any
    return lambda facts: together(part(facts) for part in parts)
