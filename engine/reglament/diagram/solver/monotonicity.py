"""From a term and a fact in it to the way that the term moves as the fact grows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reglament.functions.table import EVERY
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import Value


class NotMonotone(Exception):
    """Which way a term moves with a fact is not known."""


def direction(term: Term, fact: str, given: Mapping[str, Value]) -> int:
    """1 where the term never falls as the fact grows, -1 where it never rises, 0 without it.

    Raises NotMonotone where neither is known.
    """
    if isinstance(term, FactRef):
        return int(term.name == fact)
    if not isinstance(term, Formula):
        return 0
    function, ways = EVERY[term.function], set()
    for place, argument in enumerate(term.arguments):
        if inner := direction(argument, fact, given):
            is_pick = bool(term.by) and place == len(term.arguments) - 1
            move = 0 if is_pick else function.move(place)
            sign = _sign_of_others(term, place, given) if move == "by_sign" else move
            ways.add(sign * inner)
    if not ways:
        return 0
    if len(ways) != 1 or 0 in ways:
        raise NotMonotone
    return ways.pop()


def _sign_of_others(term: Formula, place: int, given: Mapping[str, Value]) -> int:
    """The sign of what an argument is multiplied with or divided by. Raises NotMonotone."""
    sign = 1
    for part in (*term.arguments[:place], *term.arguments[place + 1 :]):
        value: Any = part.value if isinstance(part, Constant) else None
        value = given.get(part.name) if isinstance(part, FactRef) else value
        if not value:
            raise NotMonotone
        sign = sign if value > 0 else -sign
    return sign
