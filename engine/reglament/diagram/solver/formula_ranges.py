"""From a test or a term that lacks facts to what it may come to, whatever these facts are.

Where ranges (`term_ranges.py`) are too wide, facts that have few values are tried one by one
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

from reglament.diagram.solver.term_ranges import Facts, Lines, Range, TermRanges, are_known
from reglament.functions.table import EVERY
from reglament.memo import Memo
from reglament.model.calendar import OutsideCalendar, WorkingHours
from reglament.model.conditions import Comparison
from reglament.model.terms import FactRef, Formula, Term
from reglament.model.values import Type, Value
from reglament.model.visitor import facts_of, walk

MOST_TRIED = 64  # values of the facts that a term lacks, all together
# Places about the middle of the shortest line of a kind, so that some facts lie near to others.
APART = (0, -2, -5, -20, -400)  # places beside the middle of a range that are tried, too


class Ranges:
    """Finds ranges; `lines` has the first and the last place of each ordered fact of `types`."""

    def __init__(
        self,
        types: Mapping[str, Type],
        hours: Mapping[str, WorkingHours],
        zone: ZoneInfo,
        lines: Lines,
    ) -> None:
        self.types, self.lines = types, lines
        self._terms = TermRanges(types, hours, zone, lines)
        self._few: Memo[frozenset[str], tuple[Facts, ...] | None] = Memo(self._all_values)

    def of(self, term: Term, told: Facts, within: Lines) -> Range:
        """Between which ends the term lies, the facts that are not told being `within` lines."""
        return self._terms.readers[term](told, within)

    def holds(self, test: Comparison, told: Facts, within: Lines) -> bool | frozenset[str]:
        """Whether an `at most` comparison holds; if that is open, the facts on which it hangs."""
        left, right = [self.of(term, told, within) for term in test.terms]
        if are_known(left.high, right.low) and left.high <= right.low:
            return True
        if are_known(left.low, right.high) and left.low > right.high:
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
        return {fact: self._terms.value(fact, self.lines[fact][0]) for fact in facts}

    def _chosen(self, facts: Iterable[str], places: Sequence[Sequence[int]]) -> Iterator[Facts]:
        names = sorted(facts)
        values = [
            [self._terms.value(name, place) for place in some]
            for name, some in zip(names, places, strict=True)
        ]
        return (dict(zip(names, some, strict=True)) for some in product(*values))


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
    """Whether ranges tell anything of the term: all that it is computed of stands in order."""
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
    is_computed = any(isinstance(term, Formula) and may_settle(term, types) for term in sides)
    return is_computed or (is_shared and any(isinstance(term, Formula) for term in sides))
