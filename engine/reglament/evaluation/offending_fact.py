"""From a day that a calendar does not cover to the told fact from which it was reckoned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain

from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import Within
from reglament.model.regulation import Rule, Version
from reglament.model.terms import DecisionRef, FactRef, Formula, Term
from reglament.model.values import Kind, Value
from reglament.model.visitor import decisions_of, facts_of, walk

_DAYS = frozenset({Kind.DATE, Kind.DATETIME})


def started_from(
    version: Version, decision: str, told: Mapping[str, Value], outside: OutsideCalendar
) -> str | None:
    """The fact whose told day, of those the decision asks the calendar about, is nearest to it.

    None where no such fact is told. A fact told outside the calendar is that very day; where
    working time runs out past the last day, it is the fact that was told closest to the end.
    """
    asked = frozenset[str]().union(
        *(
            _facts_behind(version, term)
            for rule in version.decisions[decision].every_rule()
            for hours, term in _reckonings(rule)
            if _is_of_time(version, term) and version.hours[hours].calendar.id == outside.calendar
        )
    )
    days = {name: day for name in sorted(asked) if (day := _day(told.get(name))) is not None}
    return min(days, key=lambda name: abs(days[name] - outside.day), default=None)


def _reckonings(rule: Rule) -> Iterator[tuple[str, Term]]:
    """The hours that the rule asks, each with the terms that it asks them about."""
    for part in chain(walk(rule.when), walk(rule.then)):
        if isinstance(part, Within):
            yield part.hours, part.subject
        elif isinstance(part, Formula):
            for hours in part.all_hours:
                yield from ((hours, argument) for argument in part.arguments)


def _is_of_time(version: Version, term: Term) -> bool:
    """Whether the term may be a day or a moment, and no amount that is added to one."""
    if isinstance(term, FactRef):
        return version.facts[term.name].type.kind in _DAYS
    if isinstance(term, DecisionRef):
        return version.decisions[term.name].type.kind in _DAYS
    return True


def _facts_behind(version: Version, term: Term) -> frozenset[str]:
    """The facts that the term reads, itself or through decisions."""
    behind = (version.facts_behind(name) for name in decisions_of(term))
    return facts_of(term).union(*behind)


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
