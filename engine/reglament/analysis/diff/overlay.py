"""A solver for two versions at once: moments in several hours, and guesses that prove right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise, product
from typing import Any

from reglament.analysis.diff.orders import contradict
from reglament.diagram.feasible import Between, Constraint, Holds, Solution, Solver
from reglament.formulas import value_of
from reglament.model.calendar import Hours
from reglament.model.conditions import Within
from reglament.model.terms import FactRef, Formula, Term, facts_of, terms_within
from reglament.model.values import Kind, Type, Value
from reglament.reference import compare
from reglament.worktime import OutsideCalendar

MOST_GUESSES = 400
MOMENT = timedelta(microseconds=1)
Interval = tuple[datetime, datetime]


class Overlay(Solver):
    """Solves several hours at once exactly, and checks by value what the method leaves open."""

    def __init__(
        self,
        types: Mapping[str, Type],
        hours: Mapping[str, Hours],
        zone: str,
        bounds: tuple[Between, ...] = (),
    ) -> None:
        super().__init__(types, hours, zone, bounds)
        self._solutions: dict[tuple[Constraint, ...], Solution] = {}
        self._overlaid: dict[tuple[tuple[str, bool], ...], list[Interval]] = {}

    def solve(self, told: Mapping[str, Value], constraints: tuple[Constraint, ...]) -> Solution:
        """The least values of the missing facts in the constraints, given those told."""
        if told:
            return self._solved(told, constraints)
        if constraints not in self._solutions:
            self._solutions[constraints] = self._solved(told, constraints)
        return self._solutions[constraints]

    def _solved(self, told: Mapping[str, Value], constraints: tuple[Constraint, ...]) -> Solution:
        if contradict(constraints):
            return Solution(False, {})
        wanted = _several_hours(constraints)
        if not wanted:
            return self._checked(super().solve(told, constraints), told, constraints)
        rest = tuple(c for c in constraints if _moment_of(c) not in wanted)
        if not super().solve(told, rest).is_possible:
            return Solution(False, {})
        found = Solution(False, {})
        ways = (
            self._intervals(fact, tuple(sorted(hours.items()))) for fact, hours in wanted.items()
        )
        for chosen in product(*ways):
            bounds = (Between(f, *part) for f, part in zip(wanted, chosen, strict=True))
            solution = self._checked(super().solve(told, (*rest, *bounds)), told, constraints)
            if solution.is_possible and solution.is_proven:
                return solution
            found = solution if solution.is_possible else found
        return found

    def _intervals(self, fact: str, wanted: tuple[tuple[str, bool], ...]) -> list[Interval]:
        """When the fact lies in exactly the hours wanted, within the bounds of the fact."""
        if wanted not in self._overlaid:
            self._overlaid[wanted] = list(_overlaid(self.hours, wanted))
        first = max((b.first for b in self.bounds if b.fact == fact and b.first), default=None)
        return [i for i in self._overlaid[wanted] if first is None or i[1] > first]

    def _checked(
        self, solution: Solution, told: Mapping[str, Value], constraints: tuple[Constraint, ...]
    ) -> Solution:
        """The solution, proven where its values do satisfy the constraints after all."""
        if not solution.is_possible or solution.is_proven:
            return solution
        if self._satisfies({**told, **solution.values}, constraints):
            return Solution(True, solution.values)
        for fact, moment in islice(self._guesses(constraints, told), MOST_GUESSES):
            known = {**told, fact: moment}
            guess = super().solve(known, constraints)
            if guess.is_possible and self._satisfies({**known, **guess.values}, constraints):
                return Solution(True, {fact: moment, **guess.values})
        return solution

    def _satisfies(self, facts: Mapping[str, Value], constraints: tuple[Constraint, ...]) -> bool:
        bounds = (b for b in self.bounds if b.fact in facts)
        try:
            return all(self._holds(facts, one) for one in (*bounds, *constraints))
        except (OutsideCalendar, OverflowError, KeyError):
            return False

    def _holds(self, facts: Mapping[str, Value], constraint: Constraint) -> bool:
        if isinstance(constraint, Between):
            value: Any = facts[constraint.fact]
            is_low = constraint.first is not None and value < constraint.first
            return not is_low and (constraint.past is None or value < constraint.past)
        atom = constraint.atom
        subject: Any = value_of(atom.subject, facts, self.hours)
        if isinstance(atom, Within):
            return constraint.holds == (
                subject is not None and self.hours[atom.hours].is_open(subject)
            )
        operand = value_of(atom.operand, facts, self.hours)
        return constraint.holds == compare(subject, atom.operator, operand, False)

    def _guesses(
        self, constraints: tuple[Constraint, ...], told: Mapping[str, Value]
    ) -> Iterator[tuple[str, Value]]:
        """Moments near the edges of days on which the hours that deadlines go by differ."""
        formulas = [f for c in constraints for f in _by_hours(c)]
        names = sorted({f.hours for f in formulas if f.hours is not None})
        facts = sorted({n for f in formulas for n in facts_of(f)} - told.keys())
        for fact in facts:
            kind = self.types[fact].kind
            if kind is Kind.DATETIME:
                yield from ((fact, m.astimezone(self.zone)) for m in _edges(self.hours, names))
            elif kind is Kind.DATE:
                yield from ((fact, m.date()) for m in _edges(self.hours, names))


def _moment_of(constraint: Constraint) -> str | None:
    if isinstance(constraint, Holds) and isinstance(constraint.atom, Within):
        subject = constraint.atom.subject
        return subject.name if isinstance(subject, FactRef) else None
    return None


def _several_hours(constraints: tuple[Constraint, ...]) -> dict[str, dict[str, bool]]:
    """The facts of which more than one opening is asked, and what is asked of each."""
    found: dict[str, dict[str, bool]] = {}
    for constraint in constraints:
        fact = _moment_of(constraint)
        if fact is not None and isinstance(constraint, Holds):
            atom = constraint.atom
            if isinstance(atom, Within):
                found.setdefault(fact, {})[atom.hours] = constraint.holds
    return {fact: hours for fact, hours in found.items() if len(hours) > 1}


def _by_hours(constraint: Constraint) -> Iterator[Formula]:
    if not isinstance(constraint, Holds) or isinstance(constraint.atom, Within):
        return
    terms: tuple[Term, ...] = (constraint.atom.subject, constraint.atom.operand)
    for term in terms:
        yield from (t for t in terms_within(term) if isinstance(t, Formula) and t.hours)


def _overlaid(
    hours: Mapping[str, Hours], wanted: tuple[tuple[str, bool], ...]
) -> Iterator[Interval]:
    """The stretches of time, longest known first day to last, that lie as wanted in each hours."""
    calendars = [hours[name].calendar for name, _ in wanted]
    first = max(calendar.first_day for calendar in calendars)
    last = min(calendar.last_day for calendar in calendars)
    edges = {_midnight(first), _midnight(last)}
    for name, _ in wanted:
        for number in range((last - first).days):
            edges.update(hours[name].span(first + timedelta(days=number)) or ())
    for start, end in pairwise(sorted(edges)):
        if all(hours[name].is_open(start) is is_in for name, is_in in wanted):
            yield start, end


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _edges(hours: Mapping[str, Hours], names: list[str]) -> Iterator[datetime]:
    """Openings, closings, and moments shortly before, around the days on which the hours differ."""
    if not names:
        return
    one, other = hours[names[0]], hours[names[-1]]
    calendar = one.calendar
    count = (min(calendar.last_day, other.calendar.last_day) - calendar.first_day).days
    days = [calendar.first_day + timedelta(days=number) for number in range(400, count - 40)]
    unlike = [day for day in days if one.span(day) != other.span(day)] or days
    for day in unlike[:40]:
        for back in range(6):
            span = one.span(day - timedelta(days=back)) or other.span(day - timedelta(days=back))
            if span is not None:
                yield from (span[0], span[0] + timedelta(hours=1), span[1] - MOMENT)
