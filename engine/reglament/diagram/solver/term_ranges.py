"""From a term to a function that says between which ends it lies, whatever is not told.

    percent: [rate, base]     rate 0 to 20, base told: 300      0 to 60
    minimum: [amount, 0]      amount 0 at least                 0

Interval arithmetic, exact as far as numbers go: a function that moves one way with each argument
comes to its least and its greatest value at the ends of the ranges of its arguments, and one that
moves by the signs of the others at corners (R. E. Moore, *Interval Analysis*, 1966). Where a fact
stands more than once the ends may be too wide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from reglament.diagram.solver.ordinals import value_at
from reglament.functions.evaluate import Reader, function_of, reader
from reglament.functions.numbers import NumberOutOfRange
from reglament.functions.record import Function
from reglament.functions.table import EVERY
from reglament.memo import MemoByIdentity
from reglament.model.calendar import OutsideCalendar, WorkingHours
from reglament.model.markers import Marker
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import LARGEST, Type, Value
from reglament.model.visitor import facts_of, walk

MOST_CORNERS = 64  # at which a function is computed to find its ends
NONE = frozenset[str]()
# Of missing facts, the first and the last place on their lines.
Lines: TypeAlias = Mapping[str, tuple[int, int]]
Facts: TypeAlias = Mapping[str, Value]
UNBOUNDED = Marker("UNBOUNDED")
"""An end of which nothing is known."""


class Range(NamedTuple):
    """The ends between which values lie, both included, and the `facts` on which they may hang."""

    low: Any
    high: Any
    facts: frozenset[str] = NONE

    @property
    def is_point(self) -> bool:
        """Whether there is one value."""
        return self.low is not UNBOUNDED and bool(self.low == self.high)

    def is_apart_from(self, other: Range) -> bool:
        """Whether no value lies in both."""
        ends = (self.low, self.high, other.low, other.high)
        return are_known(*ends) and bool(self.high < other.low or other.high < self.low)

    def joined(self, other: Range) -> Range:
        """What lies in one of both: between the ends of both together."""
        low, high = _least((self.low, other.low)), _greatest((self.high, other.high))
        return Range(low, high, self.facts | other.facts)


RangeReader: TypeAlias = Callable[[Facts, Lines], Range]


def are_known(*ends: Any) -> bool:
    """Whether something is known of each of the ends."""
    return UNBOUNDED not in ends and None not in ends


def _least(ends: Sequence[Any]) -> Any:
    return UNBOUNDED if UNBOUNDED in ends else min(ends)


def _greatest(ends: Sequence[Any]) -> Any:
    return UNBOUNDED if UNBOUNDED in ends else max(ends)


class TermRanges:
    """The ranges of terms; `lines` has the first and the last place of each ordered fact."""

    def __init__(
        self,
        types: Mapping[str, Type],
        hours: Mapping[str, WorkingHours],
        zone: ZoneInfo,
        lines: Lines,
    ) -> None:
        self.types, self.hours, self.zone, self.lines = types, hours, zone, lines
        # By identity, as terms are long to hash.
        self.readers = MemoByIdentity[Term, RangeReader](self._reader)

    def value(self, fact: str, place: int) -> Value:
        """The value of the fact at that place of its line."""
        return value_at(self.types[fact], place, self.zone)

    def _reader(self, term: Term) -> RangeReader:
        match term:
            case Constant(value):
                always = Range(value, value)
                return lambda told, within: always
            case FactRef(name):
                return self._of_fact(name)
            case Formula(_, arguments):
                parts = [self.readers[part] for part in arguments]
                return _FormulaRange(term, parts, self.hours).read
        facts = facts_of(term)
        return lambda told, within: Range(UNBOUNDED, UNBOUNDED, facts.difference(told))

    def _of_fact(self, name: str) -> RangeReader:
        alone, line = frozenset({name}), self.lines.get(name)
        whole: Range | None = None

        def read(told: Facts, within: Lines) -> Range:
            nonlocal whole
            if name in told:
                value = told[name]
                return Range(value, value)
            if line is not None and name in within:
                return self._part(name, within[name])
            if whole is None:
                whole = (
                    Range(UNBOUNDED, UNBOUNDED, alone) if line is None else self._part(name, line)
                )
            return whole

        return read

    def _part(self, name: str, line: tuple[int, int]) -> Range:
        first, last = line
        facts = frozenset({name}) if first < last else NONE
        return Range(self.value(name, first), self.value(name, last), facts)


class _FormulaRange:
    """The range of a formula by those of its arguments."""

    def __init__(
        self, term: Formula, parts: Sequence[RangeReader], hours: Mapping[str, WorkingHours]
    ) -> None:
        self.function, self.parts = EVERY[term.function], parts
        self.apply = function_of(term, hours)
        self.facts = facts_of(term)
        self._told: Reader | None = reader(term, hours) if _is_direct(term) else None
        self.is_extreme = self.function.name in ("minimum", "maximum")
        self.moves = [self.function.move(place) for place in range(len(parts))]
        # What each item gives, or a word picks, moves no known way.
        self.moves_no_way = term.each is not None
        self.picked_by = len(parts) - 1 if term.by else None
        self.bounds = _bounds(self.function)

    def read(self, told: Facts, within: Lines) -> Range:
        """The range for what is told, the facts that are not being `within` lines."""
        if self._told is not None and self.facts <= told.keys():
            try:
                value = self._told(told)
            except (OutsideCalendar, OverflowError):
                value = None  # what is too large may yet be the less of two
            if value is not None:
                return Range(value, value)
        return self._applied([part(told, within) for part in self.parts])

    def _applied(self, parts: list[Range]) -> Range:
        facts = NONE.union(*[part.facts for part in parts])
        open_ = list[int]()
        for place, (low, high, _) in enumerate(parts):
            if low is None:
                return Range(UNBOUNDED, UNBOUNDED, facts)
            if low is UNBOUNDED or low != high:
                open_.append(place)
        if not open_:
            value = self._at(tuple([part.low for part in parts]))
            return Range(value, value)
        if self.is_extreme:
            return _extreme(parts, is_least=self.function.name == "minimum")
        low, high = self._ends(parts, open_)
        is_point = low is not UNBOUNDED and low == high
        return Range(low, high, NONE if is_point else facts)

    def _ends(self, parts: Sequence[Range], open_: list[int]) -> tuple[Any, Any]:
        """The least and the greatest value."""
        if self.moves_no_way or self.picked_by in open_:
            return self.bounds
        lowest: list[tuple[Any, ...]] = [(part.low,) for part in parts]
        highest = [*lowest]
        for place in open_:
            move, (low, high, _) = self.moves[place], parts[place]
            if move == 0:
                return self.bounds
            if move == "by_sign":
                lowest[place] = highest[place] = (low, high)
            elif move > 0:
                highest[place] = (high,)
            else:
                lowest[place] = (high,)
        if prod(map(len, lowest)) > MOST_CORNERS:
            return self.bounds
        least, greatest = (
            [self._at(arguments) for arguments in product(*ways)] for ways in (lowest, highest)
        )
        return _least(least), _greatest(greatest)

    def _at(self, arguments: tuple[Any, ...]) -> Any:
        """The value for these arguments; a number beyond the largest is refused, so it ends."""
        if UNBOUNDED in arguments:
            return UNBOUNDED
        try:
            return self.apply(*arguments)
        except NumberOutOfRange as beyond:
            return LARGEST if beyond.args[0] > 0 else -LARGEST
        except (OutsideCalendar, OverflowError):
            return UNBOUNDED


def _is_direct(term: Formula) -> bool:
    """Whether it comes to one value by its arguments alone, and to none if one is null."""
    return all(
        isinstance(part, Constant | FactRef)
        or (isinstance(part, Formula) and not EVERY[part.function].takes_nulls)
        for part in walk(term)
    )


def _bounds(function: Function) -> tuple[Any, Any]:
    """What is known of any value of a function."""
    grid = function.grid
    ends = (grid.at_least, grid.at_most) if isinstance(grid, Type) else (None, None)
    low, high = (UNBOUNDED if end is None else end for end in ends)
    return low, high


def _extreme(parts: Sequence[Range], *, is_least: bool) -> Range:
    """The least, or the greatest, of several; what is never that does not count."""
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    if is_least:
        low, high = _least(lows), min((h for h in highs if h is not UNBOUNDED), default=UNBOUNDED)
        counting = [p for p in parts if UNBOUNDED in (p.low, high) or p.low < high]
    else:
        low = max((one for one in lows if one is not UNBOUNDED), default=UNBOUNDED)
        high = _greatest(highs)
        counting = [p for p in parts if UNBOUNDED in (p.high, low) or p.high > low]
    return Range(low, high, NONE.union(*[part.facts for part in counting]))
