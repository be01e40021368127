"""From conditions to where both of them hold, one of them, or one alone, in few words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import reduce

from reglament.model.conditions import ALWAYS, AllOf, AnyOf, Comparison, Condition, Not, Test
from reglament.model.terms import Term
from reglament.model.values import Value
from reglament.model.visitor import decisions_of, fold


def both(condition: Condition, other: Condition) -> Condition:
    """Where both hold; parts that stand twice, or that follow from others, are left out."""
    parts = list(dict.fromkeys((*_parts(condition), *_parts(other))))
    plain = [part for part in parts if not isinstance(part, Not)]
    told = (_told(part, plain) for part in parts)
    kept = tuple(dict.fromkeys(part for part in told if part is not None))
    return kept[0] if len(kept) == 1 else AllOf(kept)


def either(condition: Condition, other: Condition) -> Condition:
    """Where one of them holds."""
    if ALWAYS in (condition, other):
        return ALWAYS
    parts = dict.fromkeys(
        part
        for side in (condition, other)
        for part in (side.parts if isinstance(side, AnyOf) else (side,))
    )
    return next(iter(parts)) if len(parts) == 1 else AnyOf(tuple(parts))


def alone(condition: Condition, other: Condition) -> Condition | None:
    """Where the first holds and the other does not; what they share is said once.

    None where the first says all that the other says.
    """
    shared = [part for part in _parts(condition) if part in _parts(other)]
    rest = tuple(part for part in _parts(other) if part not in shared)
    if not rest:
        return None
    return both(condition, negated(rest[0] if len(rest) == 1 else AllOf(rest)))


def negated(condition: Condition) -> Condition:
    """Where the condition does not hold."""
    return condition.part if isinstance(condition, Not) else Not(condition)


def without_tests(condition: Condition, names: Collection[str]) -> Condition:
    """Where it may hold, whatever its tests of the named decisions say."""

    def test(one: Test, holds: bool) -> Condition:
        if not decisions_of(one).isdisjoint(names):
            return ALWAYS
        return one if holds else Not(one)

    def every(parts: list[Condition]) -> Condition:
        return reduce(both, parts) if parts else ALWAYS

    def some(parts: list[Condition]) -> Condition:
        return reduce(either, parts) if parts else AnyOf(())

    return fold(condition, test, every, some)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, AllOf) else (condition,)


def _told(part: Condition, beside: Iterable[Condition]) -> Condition | None:
    """The part as people say it beside the others; None if it follows from them."""
    if not isinstance(part, Not):
        return part
    inner = part.part
    if isinstance(inner, Comparison) and inner.operator.opposite:
        # Null is not compared: without a value the other test of the subject fails.
        if any(isinstance(o, Comparison) and o.subject == inner.subject for o in beside):
            return replace(inner, operator=inner.operator.opposite)
        return part
    denied = _values(inner)
    for other in beside:
        told = _values(other)
        if denied is not None and told is not None and told[0] == denied[0]:
            left = tuple(value for value in told[1] if value not in denied[1])
            if left == told[1]:
                return None
    return part


def _values(condition: Condition) -> tuple[Term, tuple[Value, ...]] | None:
    """The subject of a test for values, and the values."""
    if isinstance(condition, Test) and condition.accepted is not None:
        return condition.subject, condition.accepted
    return None
