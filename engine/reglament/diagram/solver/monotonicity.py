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
    """1 where the term never falls as the fact grows, -1 where it never rises, 0 if it stays.

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
            move = function.move(place)
            if is_pick or move == 0:
                raise NotMonotone
            sign = _sign_of_others(term, place, given) if move == "by_sign" else move
            ways.add(sign * inner)
    ways.discard(0)
    if len(ways) > 1:
        raise NotMonotone
    return ways.pop() if ways else 0


def _sign_of_others(term: Formula, place: int, given: Mapping[str, Value]) -> int:
    """The sign of what an argument is multiplied with or divided by. Raises NotMonotone."""
    sign: int | None = 1
    for part in (*term.arguments[:place], *term.arguments[place + 1 :]):
        value: Any = part.value if isinstance(part, Constant) else None
        value = given.get(part.name) if isinstance(part, FactRef) else value
        if value == 0:
            return 0
        if value is None:
            sign = None
        elif sign is not None:
            sign = sign if value > 0 else -sign
    if sign is None:
        raise NotMonotone
    return sign
