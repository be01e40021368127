"""From what stops a decision to why it is refused, as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain

from reglament import reference
from reglament.functions.numbers import NumberOutOfRange
from reglament.messages import Message, ticked
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import Within
from reglament.model.decisions import Rule
from reglament.model.outcomes import RESTS_ON_REFUSED, Refusal
from reglament.model.problems import Problem
from reglament.model.regulation import Version
from reglament.model.terms import DecisionRef, FactRef, Formula, Term, Total
from reglament.model.values import Kind, Value
from reglament.model.visitor import decisions_of, facts_of, walk
from reglament.reference import Undecided

DATE_OUT_OF_RANGE = Message("computed-date-outside-years")
NUMBER_OUT_OF_RANGE = Message("computed-number-too-large")


ADD_DAYS = Message("add-days-year-calendar")
ADD_RULE = Message("add-rule-such-request")
ADD_OVERRIDES = Message("say-overrides-one-them")


def refusal_of(
    why: reference.Refusal, version: Version, decision: str, told: Mapping[str, Value]
) -> Refusal:
    """Why there is no outcome: a gap, a conflict, a day out of reach, another refused decision."""
    if isinstance(why, OutsideCalendar):
        fact = offending_fact(version, decision, told, why)
        return Refusal(Problem("outside-calendar", why.words, hint=ADD_DAYS, fact=fact))
    if isinstance(why, Undecided):
        why = named_by_people(why, version)
        return Refusal(_undecided(why, version), why.rules, why.because_of)
    if isinstance(why, NumberOutOfRange):
        return Refusal(Problem("number-out-of-range", NUMBER_OUT_OF_RANGE))
    return Refusal(Problem("date-out-of-range", DATE_OUT_OF_RANGE))


def named_by_people(why: Undecided, version: Version) -> Undecided:
    """The same, that rests on decisions about items in the place of the engine's own."""
    names: dict[str, None] = {}
    for name in why.because_of:
        total = version.decisions[name].stands_for if name in version.decisions else None
        names.update(dict.fromkeys([name] if total is None else _read_of_items(total, version)))
    if tuple(names) == why.because_of:
        return why
    return Undecided(why.decision, why.rules, why.outcomes, tuple(names))


def _read_of_items(total: Total, version: Version) -> list[str]:
    """What a total reads that may be refused; the list where that is a formula alone."""
    parts = (total.where,) if total.term is None else (total.where, total.term)
    return sorted(decisions_of(*parts)) or [total.over]


def _undecided(error: Undecided, version: Version) -> Problem:
    name, rules = error.decision, ticked(error.rules)
    if error.because_of:
        behind = ticked(error.because_of)
        return Problem(
            RESTS_ON_REFUSED, Message("decision-rests-what-cannot", name=name, behind=behind)
        )
    if not error.outcomes:
        return Problem("gap", Message("decision-gap-no-rule", name=name), hint=ADD_RULE)
    message = Message("decision-conflict-rules-disagree", name=name, rules=rules)
    if version.decisions[name].hit_policy == "unique":
        message = Message("decision-conflict-rules-overlap", name=name, rules=rules)
    return Problem("conflict", message, hint=ADD_OVERRIDES)


_DAYS = frozenset({Kind.DATE, Kind.DATETIME})


def offending_fact(
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
            for hours, term in _computations(rule)
            if _is_of_time(version, term) and version.hours[hours].calendar.id == outside.calendar
        )
    )
    days = {name: day for name in sorted(asked) if (day := _day(told.get(name))) is not None}
    return min(days, key=lambda name: abs(days[name] - outside.day), default=None)


def _computations(rule: Rule) -> Iterator[tuple[str, Term]]:
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
