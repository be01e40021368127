"""Tables that the engine fills, so that no database computes with a calendar: days and spans.

A function of a day by a calendar is a column of days; one of a moment is, within a day, a line
that stands still or goes along with the moment: a few spans a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from reglament.columnar.vectors.vector_values import FIRST_DAY, Array
from reglament.columnar.vectors.working_spans import WorkingSpans, spans_of
from reglament.columnar.vectors.zone_clock import DAY, clock_of
from reglament.functions.evaluate import function_of
from reglament.messages import Message
from reglament.model.calendar import WorkingHours
from reglament.model.moments import FIRST_YEAR, LAST_YEAR
from reglament.model.terms import Constant, Formula
from reglament.reference import REFUSALS
from reglament.sql.dialects import Unsayable

MOST_DAYS = 40_000
# Some days more on either side than may be told, whatever the zone.
FIRST_TOLD, PAST_TOLD = date(FIRST_YEAR - 1, 12, 30), date(LAST_YEAR + 1, 1, 3)

DayRow = tuple[int, int, int]  # the item, the day, what it comes to
SpanRow = tuple[int, int, int, int, int, int]  # item, day in UTC, from, until, base, slope


@dataclass(slots=True)
class CalendarTables:
    """The rows of both tables, by the number of an item; each function is filled once."""

    days: list[DayRow] = field(default_factory=list)
    spans: list[SpanRow] = field(default_factory=list)
    _items: dict[Any, int] = field(default_factory=dict)

    def of_days(self, formula: Formula, hours: Mapping[str, WorkingHours]) -> int:
        """The item with what a formula comes to, all but one of whose arguments are constants.

        That one is a day, whatever says it.
        """
        said = tuple(term if isinstance(term, Constant) else None for term in formula.arguments)
        key = (formula.function, formula.hours, said, id(hours))
        return self._item(key, lambda item: self._fill_days(item, formula, hours))

    def is_open(self, hours: WorkingHours) -> int:
        """The item that is 1 where the hours are open and 0 where they are not."""
        return self._item(("open", id(hours)), lambda item: self._fill_open(item, _spans(hours)))

    def due(self, hours: WorkingHours, work: int, is_closing: bool) -> int:
        """The item with the moment when so much work has been done."""
        key = ("due", id(hours), work, is_closing)
        return self._item(key, lambda item: self._fill_due(item, _spans(hours), work, is_closing))

    def _item(self, key: Any, fill: Callable[[int], None]) -> int:
        if key not in self._items:
            self._items[key] = len(self._items) + 1
            fill(self._items[key])
        return self._items[key]

    def _fill_days(self, item: int, formula: Formula, hours: Mapping[str, WorkingHours]) -> None:
        first, past = hours[str(formula.hours)].covered
        days = (past.date() - first.date()).days + 2
        if days > MOST_DAYS:
            raise Unsayable(Message("sql-calendar-too-long"))
        function = function_of(formula, hours)
        for number in range(-1, days):
            day = first.date() + timedelta(days=number)
            arguments = (
                term.value if isinstance(term, Constant) else day for term in formula.arguments
            )
            try:
                found = function(*arguments)
            except (*REFUSALS, ValueError, ArithmeticError):
                continue
            value = found.toordinal() - FIRST_DAY if isinstance(found, date) else int(found)
            self.days.append((item, day.toordinal() - FIRST_DAY, value))

    def _fill_open(self, item: int, spans: WorkingSpans) -> None:
        edges = np.unique(np.concatenate([spans.opens, spans.closes]))
        self._fill(item, spans, edges, lambda at: spans.is_open(at).astype(np.int64))

    def _fill_due(self, item: int, spans: WorkingSpans, work: int, is_closing: bool) -> None:
        # It bends where the spans of the moment and of what is due begin and end.
        ends = np.concatenate([spans.before, spans.after])
        done = np.unique(ends - work)
        done = done[(done >= 0) & (done <= spans.after[-1])]
        span = np.minimum(np.searchsorted(spans.after, done, "left"), len(spans.opens) - 1)
        bends = spans.opens[span] + (done - spans.before[span])
        edges = np.unique(np.concatenate([spans.opens, spans.closes, bends, bends + 1]))

        def due(at: Array) -> Array:
            found, unknown = spans.due(at, np.full(len(at), work), is_closing)
            return np.where(unknown, UNKNOWN, found)

        self._fill(item, spans, edges, due)

    def _fill(
        self, item: int, spans: WorkingSpans, edges: Array, value: Callable[[Array], Array]
    ) -> None:
        midnights = np.arange(spans.first // DAY * DAY, spans.past + DAY, DAY)
        starts = np.unique(np.concatenate([edges, midnights, [spans.first]]))
        starts = starts[(starts >= spans.first) & (starts < spans.past)]
        stops = np.append(starts[1:], spans.past)
        if len(starts) > 4 * MOST_DAYS:
            raise Unsayable(Message("sql-calendar-too-long"))
        at_first, at_last = value(starts), value(stops - 1)
        slopes = np.where(at_last == at_first, 0, 1)
        _check_line(value, starts, stops, at_first, slopes)
        rows = zip(*(one.tolist() for one in (starts // DAY, starts, stops, at_first, slopes)),
                   strict=True)  # fmt: skip
        self.spans += [(item, *row) for row in _joined(rows) if row[3] != UNKNOWN]


UNKNOWN = -(1 << 62)


def _check_line(
    value: Callable[[Array], Array], starts: Array, stops: Array, firsts: Array, slopes: Array
) -> None:
    """A span that is no line would be a fault of these tables, and is raised."""
    for at in (stops - 1, (starts + stops) // 2):
        if not np.array_equal(value(at), firsts + slopes * (at - starts)):
            raise AssertionError("a span of working time is no line")


def _joined(rows: Any) -> Iterator[tuple[int, int, int, int, int]]:
    """Spans of a day that are one line, as one."""
    last: list[int] | None = None
    for row in rows:
        day, start, stop, base, slope = row
        if last is not None and last[0] == day and last[2] == start and last[4] == slope \
                and last[3] + slope * (start - last[1]) == base:  # fmt: skip
            last[2] = stop
            continue
        if last is not None:
            yield tuple(last)  # type: ignore[misc]
        last = [*row]
    if last is not None:
        yield tuple(last)  # type: ignore[misc]


def _spans(hours: WorkingHours) -> WorkingSpans:
    working_spans = spans_of(hours)
    if working_spans is None:
        raise Unsayable(Message("sql-never-open"))
    return working_spans


@cache
def clock_moves(zone: ZoneInfo) -> list[tuple[int, int]]:
    """When the clock of the zone is moved between 1899 and 2201, and its offset from then on.

    Microseconds of UTC, and of offset; the first one holds before, too.
    """
    first, past = ((day.toordinal() - FIRST_DAY) * DAY for day in (FIRST_TOLD, PAST_TOLD))
    moved, offsets = clock_of(zone).moves(np.array([first, past]))
    found = [(first, int(offsets[np.searchsorted(moved, first, "right")]))]
    found += [(at, offset) for at, offset in zip(moved.tolist(), offsets[1:].tolist(), strict=True)
              if first < at < past]  # fmt: skip
    return found
