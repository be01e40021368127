"""What stands at the leaves of a decision's diagram: what is given, a gap, or a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from reglament.model.terms import Constant, Term


@dataclass(frozen=True, slots=True)
class Gap:
    """No rule applies and nothing is said otherwise."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that apply together give these different outcomes."""

    outcomes: frozenset[Term]


Payload: TypeAlias = Term | Gap | Conflict
NOTHING = Constant(None)


def agreed(found: frozenset[Payload]) -> Payload:
    """The one payload that rules which count together give, or why there is none."""
    if len(found) == 1:
        return next(iter(found))
    broken = [payload for payload in found if isinstance(payload, Gap | Conflict)]
    if broken:
        return min(broken, key=repr)
    return Conflict(frozenset(p for p in found if not isinstance(p, Gap | Conflict)))
