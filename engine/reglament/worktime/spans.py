"""From the spans in which work is done, to where on them a moment or an amount of work falls.

All moments are on one clock, with one zone object: Python compares such moments
quickest. Sums of work before and after every span make each question one or two
bisections, however far away the answer is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import accumulate

from reglament.frozen import frozen

Span = tuple[datetime, datetime]


@frozen(eq=False)
class Spans:
    """Disjoint spans `opens[i] <= moment < closes[i]`, in order of time."""

    opens: tuple[datetime, ...]
    closes: tuple[datetime, ...]
    work_before: tuple[timedelta, ...]
    work_after: tuple[timedelta, ...]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Spans:
        """Index spans that are disjoint, not empty and in order; those that meet become one."""
        pairs: list[Span] = []
        for opens, closes in spans:
            if pairs and pairs[-1][1] == opens:
                opens = pairs.pop()[0]
            pairs.append((opens, closes))
        lengths = (closes - opens for opens, closes in pairs)
        sums = tuple(accumulate(lengths, initial=timedelta(0)))
        return cls(
            opens=tuple(opens for opens, _ in pairs),
            closes=tuple(closes for _, closes in pairs),
            work_before=sums[:-1],
            work_after=sums[1:],
        )

    def at_or_after(self, moment: datetime) -> int | None:
        """Which span holds `moment`, or else is the next to open; None past the last."""
        found = bisect_right(self.closes, moment)
        return found if found < len(self.closes) else None

    def holding(self, moment: datetime) -> int | None:
        """Which span holds `moment`; None outside of all."""
        found = self.at_or_after(moment)
        return None if found is None or moment < self.opens[found] else found

    def work_until(self, moment: datetime) -> timedelta:
        """The work done before `moment`."""
        found = bisect_right(self.opens, moment) - 1
        if found < 0:
            return timedelta(0)
        return self.work_before[found] + (min(moment, self.closes[found]) - self.opens[found])

    def within(self, first: datetime, past: datetime) -> list[Span]:
        """What of the spans lies between two moments."""
        found: list[Span] = []
        index = self.at_or_after(first)
        while index is not None and index < len(self.opens) and self.opens[index] < past:
            found.append((max(self.opens[index], first), min(self.closes[index], past)))
            index += 1
        return found

    def moment_of(self, work: timedelta, at_closing: bool) -> datetime | None:
        """When `work` has been done; None when the spans do not suffice.

        Work that ends exactly with a span is done at its closing, or, unless
        `at_closing`, at the next opening.
        """
        bisect = bisect_left if at_closing else bisect_right
        found = bisect(self.work_after, work)
        if found == len(self.work_after):
            return None
        return self.opens[found] + (work - self.work_before[found])
