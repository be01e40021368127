"""From hours whose days differ to the moments of a request that those days reach."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice, pairwise
from typing import Any

from reglament.analysis.diff.alignment import NEW, Alignment, Rewriting, unlike_days
from reglament.analysis.diff.joining import both
from reglament.frozen import frozen
from reglament.functions.numbers import Number
from reglament.model.calendar import OutsideCalendar, WorkingHours
from reglament.model.conditions import ALWAYS, AllOf, Comparison, Condition, Not, Within
from reglament.model.moments import DAY, MICROSECOND
from reglament.model.operators import Operator
from reglament.model.regulation import Version
from reglament.model.terms import Constant, DecisionRef, Formula, Term
from reglament.model.visitor import hours_of, tests_of, transform, walk

MOST_DAYS = 24
FURTHEST = timedelta(days=400)


@frozen
class _Changed:
    """Hours in both texts, and the days on which they differ; None if these are too many."""

    old: WorkingHours
    new: WorkingHours
    days: tuple[date, ...] | None


class DayReach:
    """The requests that see a changed day, for two versions in one vocabulary."""

    def __init__(self, alignment: Alignment) -> None:
        self.old = alignment.old
        self.changed = _changed(alignment)
        self._back = Rewriting({name + NEW: name for name in self.changed})

    def of_conditions(self, old: Condition, new: Condition) -> tuple[Condition, ...] | None:
        """Where a condition holds of one version alone, if its hours are all that differs.

        None if that is not all; `ALWAYS` if the days are too many to be named.
        """
        if transform(new, self._back) != transform(old, self._back):
            return None
        kept = _unaffected(old, self.changed)
        conditions = [
            where
            for test in tests_of(old)
            for where in (*self._within(test), *self._terms(test.terms))
        ]
        return tuple(both(kept, where) for where in dict.fromkeys(conditions))

    def of_terms(self, old: Term, new: Term) -> tuple[Condition, ...] | None:
        """Where two terms come to different values, if their hours are all that differs."""
        if transform(new, self._back) != transform(old, self._back):
            return None
        return tuple(dict.fromkeys(self._terms((old,))))

    def _within(self, test: Any) -> Iterator[Condition]:
        if not isinstance(test, Within) or test.hours not in self.changed:
            return
        hours = self.changed[test.hours]
        if hours.days is None:
            yield _side_of(hours, test)
            return
        for day in hours.days:
            for first, past in _parted(hours.old.shifts(day), hours.new.shifts(day)):
                yield _from(test.subject, first, Operator.LESS_THAN, past)

    def _terms(self, terms: tuple[Term, ...]) -> Iterator[Condition]:
        for term in terms:
            for part in walk(term):
                if isinstance(part, Formula):
                    for name in part.all_hours:
                        if name in self.changed:
                            yield from self._formula(part, self.changed[name])
                elif isinstance(part, Within) and part.hours in self.changed:
                    yield ALWAYS

    def _formula(self, formula: Formula, hours: _Changed) -> Iterator[Condition]:
        subject, days = formula.arguments[0], hours.days
        if days is not None and formula.function == "working_day_at_or_after":
            yield from (_days(subject, _first_that_waits(hours, day), day) for day in days)
            return
        is_due = formula.function == "working_hours_after"
        most = _most(self.old, formula.arguments[1]) if is_due else None
        if days is None or most is None:
            yield ALWAYS
            return
        for day in days:
            past = max(span[1] for span in _spans(hours, day))
            first = _first_due_on(hours, formula, most, day)
            yield _from(subject, first, Operator.LESS_THAN, past)


def _changed(alignment: Alignment) -> dict[str, _Changed]:
    """The hours of the same name that differ."""
    hours = alignment.common.hours
    return {
        name: _Changed(one, hours[name + NEW], _few(one, hours[name + NEW]))
        for name, one in hours.items()
        if name + NEW in hours
    }


def changed_days(alignment: Alignment) -> tuple[date, ...]:
    """Days on which hours of the two versions differ."""
    return tuple(
        day
        for changed in _changed(alignment).values()
        for day in islice(unlike_days(changed.old, changed.new), MOST_DAYS)
    )


def _few(old: WorkingHours, new: WorkingHours) -> tuple[date, ...] | None:
    days: list[date] = []
    for day in unlike_days(old, new):
        days.append(day)
        if len(days) > MOST_DAYS:
            return None
    return tuple(days)


def _side_of(hours: _Changed, test: Within) -> Condition:
    """Outside of the old hours if the new ones only add time, within them if they only take."""
    gained = lost = False
    for day in unlike_days(hours.old, hours.new):
        for first, _ in _parted(hours.old.shifts(day), hours.new.shifts(day)):
            is_open = hours.old.is_open(first)
            gained, lost = gained or not is_open, lost or is_open
        if gained and lost:
            return ALWAYS
    return Not(test) if gained else test


Moments = tuple[datetime, datetime]


def _parted(one: Sequence[Moments], other: Sequence[Moments]) -> Iterator[Moments]:
    """The stretches of a day that are open by one of the two alone."""
    edges = sorted({edge for shift in (*one, *other) for edge in shift})
    for first, past in pairwise(edges):
        if _is_open(one, first) is not _is_open(other, first):
            yield first, past


def _is_open(shifts: Sequence[Moments], moment: datetime) -> bool:
    return any(opens <= moment < closes for opens, closes in shifts)


def _spans(hours: _Changed, day: date) -> list[Moments]:
    return [*hours.old.shifts(day), *hours.new.shifts(day)]


def _first_that_waits(hours: _Changed, day: date) -> date:
    """The first day from which the next working day may be `day` or later."""
    calendars = (hours.old.calendar, hours.new.calendar)
    first = day
    try:
        while not all(calendar.is_working(first - DAY) for calendar in calendars):
            first -= DAY
    except OutsideCalendar:
        pass
    return first


def _first_due_on(hours: _Changed, formula: Formula, most: Number, day: date) -> datetime:
    """The first moment from which so many working hours may reach into the day."""
    opens = min(span[0] for span in _spans(hours, day))

    def reaches(moment: datetime) -> bool:
        for one in (hours.old, hours.new):
            try:
                if one.due_at(moment, most * 60, formula.tie) >= opens:  # type: ignore[arg-type]
                    return True
            except OutsideCalendar:
                if moment.date() > one.calendar.first_day:
                    return True
        return False

    return _first(opens - FURTHEST, opens, reaches)


def _first(low: datetime, high: datetime, holds: Callable[[datetime], bool]) -> datetime:
    """The first moment of which it holds; it holds of every later one up to `high`."""
    ticks = range((high - low) // MICROSECOND)
    return low + MICROSECOND * bisect_left(
        ticks, True, key=lambda tick: holds(low + MICROSECOND * tick)
    )


def _most(version: Version, term: Term) -> Number | None:
    """The greatest number that the term can come to, if that is plain to see."""
    if isinstance(term, Constant) and isinstance(term.value, int | Decimal):
        return term.value
    if not isinstance(term, DecisionRef) or term.name not in version.decisions:
        return None
    found: list[Number] = []
    for rule in version.decisions[term.name].every_rule():
        if rule.then == Constant(None):
            continue
        most = _most(version, rule.then)
        if most is None:
            return None
        found.append(most)
    return max(found, default=None)


def _from(subject: Term, first: date, until: Operator, last: date) -> Condition:
    ends = ((Operator.AT_LEAST, first), (until, last))
    return AllOf(tuple(Comparison(subject, operator, Constant(end)) for operator, end in ends))


def _days(subject: Term, first: date, last: date) -> Condition:
    if first == last:
        return Comparison(subject, Operator.IS, Constant(first))
    return _from(subject, first, Operator.AT_MOST, last)


def _unaffected(condition: Condition, changed: Mapping[str, _Changed]) -> Condition:
    """The parts of a conjunction that read none of the changed hours."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    return AllOf(tuple(part for part in parts if not _reads(part, changed)))


def _reads(condition: Condition, changed: Mapping[str, _Changed]) -> bool:
    return any(name in changed for name in hours_of(condition))
