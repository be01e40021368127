"""What stands at the terminals of a decision's diagram: what is given, or why nothing is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from reglament.frozen import frozen
from reglament.model.conditions import Test
from reglament.model.terms import Constant, Term


@frozen
class Gap:
    """No rule applies and nothing is said otherwise."""


@frozen
class Conflict:
    """Rules that apply together give these outcomes, which differ.

    Of an overlap, which a `unique` decision has, they may also be the same.
    """

    outcomes: frozenset[Term]
    is_overlap: bool = False


@frozen
class Broken:
    """The decisions `because_of` are refused, and what this one is hangs on them.

    `outcomes` are those that it may have for all that is known, where all are terms.
    """

    because_of: frozenset[str] = frozenset()
    outcomes: frozenset[Term] = frozenset()


@frozen
class Doubt:
    """A test that may hold or not, as the decisions `because_of` that it reads are refused."""

    test: Test
    because_of: frozenset[str]


NoOutcome: TypeAlias = Gap | Conflict | Broken
TerminalValue: TypeAlias = Term | NoOutcome
NULL = Constant(None)


def gravest(broken: Iterable[NoOutcome]) -> NoOutcome:
    """What is told of several reasons for which there is no answer."""
    given = sorted(broken, key=lambda terminal: type(terminal).__name__)
    names = [terminal.because_of for terminal in given if isinstance(terminal, Broken)]
    return Broken(frozenset[str]().union(*names)) if names else given[-1]


def the_only(found: frozenset[tuple[str, TerminalValue]]) -> TerminalValue:
    """What the one rule that counts gives, of rules with what they give; or that several count."""
    if len(found) == 1:
        ((_, value),) = found
        return value
    values = [value for _, value in found]
    if broken := [value for value in values if isinstance(value, NoOutcome)]:
        return gravest(broken)
    return Conflict(frozenset(p for p in values if not isinstance(p, NoOutcome)), is_overlap=True)


def agreed(found: frozenset[TerminalValue]) -> TerminalValue:
    """The one value that rules which count together give, or why there is none."""
    if len(found) == 1:
        return next(iter(found))
    broken = [value for value in found if isinstance(value, NoOutcome)]
    if broken:
        return gravest(broken)
    return Conflict(frozenset(p for p in found if not isinstance(p, NoOutcome)))
