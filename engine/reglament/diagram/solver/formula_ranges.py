"""From a term that lacks facts to the ends between which it lies, whatever these facts are.

    percent: [rate, base]     rate 0 to 20, base told: 300      0 to 60
    minimum: [amount, 0]      amount 0 at least                 0

Interval arithmetic, exact as far as numbers go: a function that moves one way with each argument
comes to its least and its greatest value at the ends of the ranges of its arguments, and one that
moves by the signs of the others at corners (R. E. Moore, *Interval Analysis*, 1966). Where a fact
stands more than once the ends may be too wide. So facts that have few values are tried one by one
instead, and of many some are, which show what can come about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import product
from math import prod
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from reglament.diagram.solver.ordinals import value_at
from reglament.frozen import frozen
from reglament.functions.evaluate import function_of
from reglament.functions.numbers import NumberOutOfRange
from reglament.functions.record import Function
from reglament.functions.table import EVERY
from reglament.memo import Memo, MemoByIdentity
from reglament.model.calendar import OutsideCalendar, WorkingHours
from reglament.model.conditions import Comparison
from reglament.model.markers import Marker
from reglament.model.terms import Constant, FactRef, Formula, Term
from reglament.model.values import LARGEST, Type, Value
from reglament.model.visitor import facts_of, walk

MOST_TRIED = 64  # values of the facts that a term lacks, all together; corners of a function
# Places about the middle of the shortest line of a kind, so that some facts lie near to others.
APART = (0, -2, -5, -20, -400)  # places beside the middle of a range that are tried, too
NONE = frozenset[str]()
# Of missing facts, the first and the last place on their lines.
Lines: TypeAlias = Mapping[str, tuple[int, int]]
Facts: TypeAlias = Mapping[str, Value]
UNBOUNDED = Marker("UNBOUNDED")
"""An end of which nothing is known."""


@frozen
class Range:
    """The ends between which values lie, both included, and the `facts` on which they may hang."""

    low: Any
    high: Any
    facts: frozenset[str] = NONE

    @property
    def is_point(self) -> bool:
        """Whether there is one value."""
        return self.low is not UNBOUNDED and self.low == self.high

    def is_apart_from(self, other: Range) -> bool:
        """Whether no value lies in both."""
        ends = (self.low, self.high, other.low, other.high)
        return _are_known(*ends) and (self.high < other.low or other.high < self.low)

    def joined(self, other: Range) -> Range:
        """What lies in one of both: between the ends of both together."""
        low, high = _least((self.low, other.low)), _greatest((self.high, other.high))
        return Range(low, high, self.facts | other.facts)


def _least(ends: Sequence[Any]) -> Any:
    return UNBOUNDED if UNBOUNDED in ends else min(ends)


def _greatest(ends: Sequence[Any]) -> Any:
    return UNBOUNDED if UNBOUNDED in ends else max(ends)


class Ranges:
    """Finds ranges; `lines` has the first and the last place of each ordered fact of `types`."""

    def __init__(
        self,
        types: Mapping[str, Type],
        hours: Mapping[str, WorkingHours],
        zone: ZoneInfo,
        lines: Lines,
    ) -> None:
        self.types, self.hours, self.zone, self.lines = types, hours, zone, lines
        # By identity, as terms are long to hash.
        self._functions = MemoByIdentity[Formula, Callable[..., Any]](
            lambda term: function_of(term, hours)
        )
        self._few: Memo[frozenset[str], tuple[Facts, ...] | None] = Memo(self._all_values)

    def of(self, term: Term, told: Facts, within: Lines) -> Range:
        """Between which ends the term lies, the facts that are not told being `within` lines."""
        match term:
            case Constant(value):
                return Range(value, value)
            case FactRef(name) if name in told:
                return Range(told[name], told[name])
            case FactRef(name) if name in self.lines:
                first, last = within.get(name) or self.lines[name]
                low, high = self._value(name, first), self._value(name, last)
                return Range(low, high, frozenset({name}) if first < last else NONE)
            case Formula(function, arguments):
                parts = [self.of(part, told, within) for part in arguments]
                return self._applied(term, EVERY[function], parts)
        missing = (fact for fact in facts_of(term) if fact not in told)
        return Range(UNBOUNDED, UNBOUNDED, frozenset(missing))

    def holds(self, test: Comparison, told: Facts, within: Lines) -> bool | frozenset[str]:
        """Whether an `at most` comparison holds; if that is open, the facts on which it hangs."""
        left, right = (self.of(term, told, within) for term in test.terms)
        if _are_known(left.high, right.low) and left.high <= right.low:
            return True
        if _are_known(left.low, right.high) and left.low > right.high:
            return False
        return left.facts | right.facts

    def few(self, facts: frozenset[str]) -> tuple[Facts, ...] | None:
        """All values of the facts; None where these are many."""
        return self._few[facts]

    def _all_values(self, facts: frozenset[str]) -> tuple[Facts, ...] | None:
        if not facts <= self.lines.keys():
            return None
        lines = [self.lines[name] for name in sorted(facts)]
        if prod(max(last - first + 1, 0) for first, last in lines) > MOST_TRIED:
            return None
        return tuple(self._chosen(facts, [range(first, last + 1) for first, last in lines]))

    def some(self, facts: frozenset[str], within: Lines) -> Iterator[Facts]:
        """Some values of the facts: the ends of their lines, and what is near to each other."""
        lines = {name: within.get(name) or self.lines[name] for name in sorted(facts)}
        places: list[Sequence[int]] = []
        for name, (first, last) in lines.items():
            kind = self.types[name].kind
            alike = (one for other, one in lines.items() if self.types[other].kind is kind)
            low, high = min(alike, key=lambda line: line[1] - line[0])
            near = ((low + high) // 2 + one for one in APART)
            several = (first, last, *near, first + 1, last - 1)
            places.append([*dict.fromkeys(one for one in several if first <= one <= last)])
        while prod(map(len, places)) > MOST_TRIED and max(map(len, places)) > 2:
            places = [some if len(some) <= 2 else some[:-1] for some in places]
        for _, one in zip(range(MOST_TRIED), self._chosen(facts, places), strict=False):
            yield one
        if len(facts) == 1:  # of one fact more, as days of the week and months go round
            (first, last), steps = lines.popitem()[1], range(1, MOST_TRIED)
            yield from self._chosen(
                facts, [[first + (last - first) * k // MOST_TRIED for k in steps]]
            )

    def any_of(self, facts: Iterable[str]) -> dict[str, Value]:
        """Any values of the facts, for what does not hang on them."""
        return {fact: self._value(fact, self.lines[fact][0]) for fact in facts}

    def _chosen(self, facts: Iterable[str], places: Sequence[Sequence[int]]) -> Iterator[Facts]:
        names = sorted(facts)
        values = [
            [self._value(name, place) for place in some]
            for name, some in zip(names, places, strict=True)
        ]
        return (dict(zip(names, some, strict=True)) for some in product(*values))

    def _value(self, fact: str, place: int) -> Value:
        return value_at(self.types[fact], place, self.zone)

    # Terms

    def _applied(self, term: Formula, function: Function, parts: Sequence[Range]) -> Range:
        facts = NONE.union(*(part.facts for part in parts))
        if any(part.low is None for part in parts):
            return Range(UNBOUNDED, UNBOUNDED, facts)
        open_ = [place for place, part in enumerate(parts) if not part.is_point]
        if not open_:
            value = self._at(term, tuple(part.low for part in parts))
            return Range(value, value)
        if function.name in ("minimum", "maximum"):
            return _extreme(parts, is_least=function.name == "minimum")
        low, high = self._ends(term, function, parts, open_)
        is_point = low is not UNBOUNDED and low == high
        return Range(low, high, NONE if is_point else facts)

    def _ends(
        self, term: Formula, function: Function, parts: Sequence[Range], open_: list[int]
    ) -> tuple[Any, Any]:
        """The least and the greatest value."""
        is_picked = bool(term.by) and len(parts) - 1 in open_
        if is_picked or term.each is not None or 0 in (function.move(place) for place in open_):
            return _bounds(function)
        corners: list[list[Any]] = []
        for is_least in (True, False):
            ways = [
                _ends_by(part, function.move(place), is_least) if place in open_ else (part.low,)
                for place, part in enumerate(parts)
            ]
            if prod(map(len, ways)) > MOST_TRIED:
                return _bounds(function)
            corners.append([self._at(term, arguments) for arguments in product(*ways)])
        return _least(corners[0]), _greatest(corners[1])

    def _at(self, term: Formula, arguments: tuple[Any, ...]) -> Any:
        """The value for these arguments; a number beyond the largest is refused, so it ends."""
        if UNBOUNDED in arguments:
            return UNBOUNDED
        try:
            value: Any = self._functions[term](*arguments)
        except NumberOutOfRange as beyond:
            return LARGEST if beyond.args[0] > 0 else -LARGEST
        except (OutsideCalendar, OverflowError):
            return UNBOUNDED
        return value


def _are_known(*ends: Any) -> bool:
    return UNBOUNDED not in ends and None not in ends


def _bounds(function: Function) -> tuple[Any, Any]:
    """What is known of any value of a function."""
    grid = function.grid
    ends = (grid.at_least, grid.at_most) if isinstance(grid, Type) else (None, None)
    low, high = (UNBOUNDED if end is None else end for end in ends)
    return low, high


def _ends_by(part: Range, move: Any, is_least: bool) -> tuple[Any, ...]:
    """The ends of an argument at which the function has its least, or its greatest, value."""
    if move == "by_sign":
        return part.low, part.high
    return (part.low if (move > 0) is is_least else part.high,)


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
    return Range(low, high, NONE.union(*(part.facts for part in counting)))


Tried: TypeAlias = Mapping[tuple[Value, ...], Any]


def tried(few: Iterable[Facts], result: Callable[[Facts], Any]) -> Tried:
    """The results by the values of missing facts; those that are refused are no results."""
    found: dict[tuple[Value, ...], Any] = {}
    for values in few:
        with suppress(OutsideCalendar, OverflowError):
            found[tuple(values.values())] = result(values)
    return found


def hanging_on(facts: frozenset[str], found: Tried) -> frozenset[str]:
    """Those of the facts, of which all values were tried, on which the result hangs."""
    hanging: set[str] = set()
    for place, fact in enumerate(sorted(facts)):
        met: dict[Any, Any] = {}
        for values, result in found.items():
            others = values[:place] + values[place + 1 :]
            if met.setdefault(others, result) != result:
                hanging.add(fact)
                break
    return frozenset(hanging)


def is_in_order(term: Term, types: Mapping[str, Type]) -> bool:
    """Whether ranges tell anything of the term: all that it is reckoned of stands in order."""
    return all(map(_is_plain, walk(term))) and all(
        fact in types and types[fact].is_ordered for fact in facts_of(term)
    )


def _is_plain(part: Any) -> bool:
    if not isinstance(part, Formula):
        return True
    function = EVERY[part.function]
    return not (function.is_opaque or function.has_parts or part.each or part.function == "field")


def may_settle(term: Term, types: Mapping[str, Type]) -> bool:
    """Whether a term in order may come to one value on whole lines, though it lacks facts.

    Days, and numbers that are only added up, may not if no bounds are declared; working time
    may not, as a calendar has many days.
    """
    often = Counter(part.name for part in walk(term) if isinstance(part, FactRef))
    strict = (
        function.is_strict or function.needs_hours
        for function in (EVERY[part.function] for part in walk(term) if isinstance(part, Formula))
    )
    is_bounded = any(types[name].is_bounded or often[name] > 1 for name in often)
    return is_in_order(term, types) and (is_bounded or not all(strict))


def may_answer(test: Comparison, types: Mapping[str, Type]) -> bool:
    """Whether the comparison may be answered though it lacks facts; one that ranges help with."""
    sides = test.terms
    if not all(is_in_order(term, types) for term in sides):
        return False
    is_shared = not facts_of(sides[0]).isdisjoint(facts_of(sides[1]))
    is_reckoned = any(isinstance(term, Formula) and may_settle(term, types) for term in sides)
    return is_reckoned or (is_shared and any(isinstance(term, Formula) for term in sides))
