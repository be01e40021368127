"""From a term and a fact in it to the way that the term moves as the fact grows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament.formulas import ROUNDINGS
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import Value
from reglament.model.visitor import facts_of


class NotMonotone(Exception):
    """Which way a term moves with a fact is not known."""


GROW_WITH_EVERY_ARGUMENT = frozenset({"sum", "minimum", "maximum"})
GROWS: Mapping[str, tuple[int, ...]] = {
    "difference": (1, -1),
    **dict.fromkeys(ROUNDINGS, (1, 0)),
    "days_after": (1, 1),
    "months_after": (1, 1),
    "years_after": (1, 1),
    "days_between": (-1, 1),
    "months_between": (-1, 1),
    "years_between": (-1, 1),
    "day_of": (1,),
    "working_hours_after": (1, 1),
    "working_day_at_or_after": (1,),
}


def direction(term: Term, fact: str, given: Mapping[str, Value]) -> int:
    """1 where the term never falls as the fact grows, -1 where it never rises, 0 without it.

    Raises Unclear where neither is known.
    """
    if isinstance(term, FactRef):
        return int(term.name == fact)
    if not isinstance(term, Formula) or fact not in facts_of(term):
        return 0
    if term.function in GROW_WITH_EVERY_ARGUMENT:
        signs: tuple[int, ...] = (1,) * len(term.arguments)
    elif term.function in GROWS:
        signs = GROWS[term.function]
    else:
        return _direction_of_product(term, fact, given)
    ways = {
        sign * direction(argument, fact, given)
        for sign, argument in zip(signs, term.arguments, strict=True)
        if fact in facts_of(argument)
    }
    if len(ways) != 1 or 0 in ways:
        raise NotMonotone
    return ways.pop()


def _direction_of_product(term: Formula, fact: str, given: Mapping[str, Value]) -> int:
    """A product or quotient moves with its unknown part, or against it, where the rest is known."""
    first, *rest = sorted(term.arguments, key=lambda part: fact not in facts_of(part))
    if term.function.startswith("quotient") and first is not term.arguments[0]:
        raise NotMonotone
    sign = 1
    for part in rest:
        value: Any = part.value if isinstance(part, Constant) else None
        value = given.get(part.name) if isinstance(part, FactRef) else value
        if not value:
            raise NotMonotone
        sign = sign if value > 0 else -sign
    return sign * direction(first, fact, given)
