"""Formulas of the solver, folded where they are constant already.

A formula is a Python bool or int, or a term of the solver. Each `Logic` has a context of its
own: what a solver answers then hangs on the question alone, not on what was asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, TypeAlias

Formula: TypeAlias = Any  # bool, int, or a term of the solver, which has no types
Intervals: TypeAlias = Sequence[tuple[int, int]]  # both ends included, in order, disjoint


class Unsupported(Exception):
    """The question says something that has no formula; `what` names it in the policy's terms."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class Logic:
    """Makes formulas, and collects what must hold of the variables that it makes."""

    def __init__(self) -> None:
        import z3

        self.z3 = z3
        self.context = z3.Context()
        self.facts: list[Formula] = []
        self._numbers = count()

    def truth(self, name: str) -> Formula:
        """A variable that is true or false."""
        return self.z3.Bool(f"{name}!{next(self._numbers)}", self.context)

    def whole(self, name: str) -> Formula:
        """A variable that is a whole number."""
        return self.z3.Int(f"{name}!{next(self._numbers)}", self.context)

    def require(self, *formulas: Formula) -> None:
        """Every request satisfies these."""
        self.facts += [formula for formula in formulas if formula is not True]

    def all_of(self, *parts: Formula) -> Formula:
        """Every part holds."""
        return _joined(self.z3.And, parts, idle=True)

    def any_of(self, *parts: Formula) -> Formula:
        """Some part holds."""
        return _joined(self.z3.Or, parts, idle=False)

    def negate(self, part: Formula) -> Formula:
        """The part does not hold."""
        return not part if isinstance(part, bool) else self.z3.Not(part)

    def implies(self, condition: Formula, then: Formula) -> Formula:
        """If the condition holds, so does `then`."""
        return self.any_of(self.negate(condition), then)

    def equal(self, one: Formula, other: Formula) -> Formula:
        """Both are the same."""
        if one is other:
            return True
        if isinstance(one, bool) and isinstance(other, bool):
            return one is other
        if isinstance(one, bool):
            one, other = other, one
        if isinstance(other, bool):
            return one if other else self.negate(one)
        return one == other

    def choose(self, condition: Formula, then: Formula, other: Formula) -> Formula:
        """`then` if the condition holds, or `other`."""
        if isinstance(condition, bool):
            return then if condition else other
        if then is other or (isinstance(then, int) and isinstance(other, int) and then == other):
            return then
        if then is True:
            return self.any_of(condition, other)
        if then is False:
            return self.all_of(self.negate(condition), other)
        if other is False:
            return self.all_of(condition, then)
        if other is True:
            return self.any_of(self.negate(condition), then)
        return self.z3.If(condition, then, other, self.context)

    def divided(self, number: Formula, divisor: int) -> Formula:
        """The number divided by a divisor above zero, rounded down."""
        return number // divisor if isinstance(number, int) else number / divisor

    def remainder(self, number: Formula, divisor: int) -> Formula:
        """What is left of the number after division by a divisor above zero."""
        return number % divisor

    def within(self, number: Formula, intervals: Intervals) -> Formula:
        """The number lies in one of the intervals: halved at each step, for there may be many."""
        if not intervals:
            return False
        if len(intervals) == 1:
            first, last = intervals[0]
            return number == first if first == last else self.between(number, first, last)
        middle = len(intervals) // 2
        return self.choose(
            number < intervals[middle][0],
            self.within(number, intervals[:middle]),
            self.within(number, intervals[middle:]),
        )

    def between(self, number: Formula, first: int | None, last: int | None) -> Formula:
        """`first <= number <= last`; None leaves that side open."""
        low = True if first is None else first <= number
        high = True if last is None else number <= last
        return self.all_of(low, high)

    def stepped(self, number: Formula, steps: Sequence[tuple[int, int]], before: int) -> Formula:
        """The value that holds from the last `(start, value)` not after the number on."""
        if not steps:
            return before
        middle = len(steps) // 2
        start, value = steps[middle]
        low = self.stepped(number, steps[:middle], before)
        high = self.stepped(number, steps[middle + 1 :], value)
        return self.choose(number < start, low, high)

    def mapped(self, term: Formula, change: Callable[[int], Formula]) -> Formula | None:
        """`change` of each constant that the term may come to; None if it is not made of such."""
        if isinstance(term, int):
            return change(term)
        if self.z3.is_int_value(term):
            return change(term.as_long())
        if not self.z3.is_app_of(term, self.z3.Z3_OP_ITE):
            return None
        then = self.mapped(term.arg(1), change)
        other = None if then is None else self.mapped(term.arg(2), change)
        return None if other is None else self.choose(term.arg(0), then, other)


def _joined(join: Callable[..., Formula], parts: tuple[Formula, ...], *, idle: bool) -> Formula:
    """The parts joined; one that is `idle` changes nothing, and its opposite decides."""
    open_parts = [part for part in parts if part is not idle]
    if any(isinstance(part, bool) for part in open_parts):
        return not idle
    if len(open_parts) < 2:
        return open_parts[0] if open_parts else idle
    return join(*open_parts)
