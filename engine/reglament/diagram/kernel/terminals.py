"""What stands at the leaves of a decision's diagram: what is given, or why nothing is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from reglament.model.conditions import Test
from reglament.model.terms import Constant, Term


@dataclass(frozen=True, slots=True)
class Gap:
    """No rule applies and nothing is said otherwise."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that apply together give these different outcomes."""

    outcomes: frozenset[Term]


@dataclass(frozen=True, slots=True)
class Broken:
    """The decisions `because_of` are refused, and what this one is hangs on them.

    `outcomes` are those that it may have for all that is known, where all are terms.
    """

    because_of: frozenset[str] = frozenset()
    outcomes: frozenset[Term] = frozenset()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A test that may hold or not, as the decisions `because_of` that it reads are refused."""

    test: Test
    because_of: frozenset[str]


NoAnswer: TypeAlias = Gap | Conflict | Broken
Payload: TypeAlias = Term | NoAnswer
NOTHING = Constant(None)


def worst(broken: Iterable[NoAnswer]) -> NoAnswer:
    """What is told of several reasons for which there is no answer."""
    told = sorted(broken, key=lambda one: type(one).__name__)
    names = [one.because_of for one in told if isinstance(one, Broken)]
    return Broken(frozenset[str]().union(*names)) if names else told[-1]


def agreed(found: frozenset[Payload]) -> Payload:
    """The one payload that rules which count together give, or why there is none."""
    if len(found) == 1:
        return next(iter(found))
    broken = [payload for payload in found if isinstance(payload, NoAnswer)]
    if broken:
        return worst(broken)
    return Conflict(frozenset(p for p in found if not isinstance(p, NoAnswer)))
