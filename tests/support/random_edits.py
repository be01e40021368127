"""Random edits of a version, of the kinds that owners make: each draws one from a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any, cast

from reglament.analysis.testing.mutants import mutants, with_every_hours
from reglament.model.conditions import ALWAYS
from reglament.model.decisions import Decision, DecisionKind, Override, Rule
from reglament.model.regulation import Version
from reglament.model.terms import Constant, Formula, Term
from reglament.model.values import Kind, choice
from reglament.model.visitor import Node
from reglament.worktime.calendars import Contradiction, SpecialDay
from reglament.worktime.hours import Hours
from support.texts import same

ROUNDING = ("round_down", "round_up", "round_half_up")
QUOTIENT = ("quotient_down", "quotient_up", "quotient_half_up")
UNITS = ("days_after", "months_after", "years_after")
BETWEEN = ("days_between", "months_between", "years_between")
FAMILIES = (ROUNDING, QUOTIENT, UNITS, BETWEEN, ("minimum", "maximum"), ("sum", "product"))

Edit = Callable[[Version, Random], Version | None]


def edited(version: Version, rng: Random) -> Version | None:
    """The version with one random edit, or two; None if this one has no place for it."""
    found = rng.choice(EDITS)(version, rng)
    if found is not None and rng.random() < 0.2:
        found = rng.choice(EDITS)(found, rng) or found
    return None if found is None else replace(found, digest="")


def _mutated(version: Version, rng: Random) -> Version | None:
    """A threshold, an option, an outcome, a condition, a rule less, an override less, an edge."""
    every = list(mutants(with_every_hours(version)))
    return rng.choice(every).version if every else None


def _drawn(version: Version, rng: Random, is_of: Callable[[Decision], bool]) -> Decision | None:
    found = [one for one in version.decisions.values() if is_of(one)]
    return rng.choice(found) if found else None


def _with(version: Version, decision: Decision) -> Version:
    return replace(version, decisions={**version.decisions, decision.name: decision})


def _rule_added(version: Version, rng: Random) -> Version | None:
    """A rule as another one of the decision, with another outcome, setting that one aside."""
    decision = _drawn(version, rng, lambda one: len(one.rules) > 1)
    if decision is None or decision.kind is DecisionKind.CHECKLIST:
        return None
    one, other = rng.sample(list(decision.rules), 2)
    is_one = decision.kind is DecisionKind.OUTCOME  # of a list no rule sets another aside
    overrides = tuple(Override(rule.id) for rule in decision.rules if is_one)
    name = f"{decision.name}-added-{len(decision.rules)}"  # unlike those of other decisions
    added = Rule(name, one.when, other.then, overrides=overrides)
    return _with(version, replace(decision, rules=(*decision.rules, added)))


def _rule_deleted(version: Version, rng: Random) -> Version | None:
    decision = _drawn(version, rng, lambda one: len(one.rules) > 1)
    if decision is None:
        return None
    gone = rng.choice(decision.rules).id
    kept = tuple(
        replace(rule, overrides=tuple(over for over in rule.overrides if over.rule != gone))
        for rule in decision.rules
        if rule.id != gone
    )
    return _with(version, replace(decision, rules=kept))


def _override_added(version: Version, rng: Random) -> Version | None:
    decision = _drawn(version, rng, lambda one: len(one.rules) > 1)
    if decision is None or decision.kind is not DecisionKind.OUTCOME:
        return None
    one, other = rng.sample(list(decision.rules), 2)
    wider = replace(one, overrides=(*one.overrides, Override(other.id)))
    rules = tuple(wider if rule is one else rule for rule in decision.rules)
    return _with(version, replace(decision, rules=rules))


def _otherwise(version: Version, rng: Random) -> Version | None:
    """`otherwise` taken away, or said where it was not."""
    decision = _drawn(version, rng, lambda one: one.kind is DecisionKind.OUTCOME)
    if decision is None or not decision.rules:
        return None
    then = rng.choice(decision.rules).then
    added = Rule(f"{decision.name}-otherwise", ALWAYS, then)
    return _with(version, replace(decision, otherwise=None if decision.otherwise else added))


def _formula(version: Version, rng: Random) -> Version | None:
    """Another word of rounding, another unit of time, the greater for the lesser."""
    return _terms(version, rng, _another_function)


def _parameter(version: Version, rng: Random) -> Version | None:
    """A number, wherever its rule says it, made a little or much greater or less."""
    return _terms(version, rng, _another_number)


def _terms(
    version: Version, rng: Random, change: Callable[[Term, Random], Term | None]
) -> Version | None:
    decisions = list(version.decisions.values())
    rng.shuffle(decisions)
    for decision in decisions:
        for rule in rng.sample(list(decision.rules), len(decision.rules)):
            then = change(rule.then, rng)
            if then is not None:
                new = replace(rule, then=then)
                rules = tuple(new if one is rule else one for one in decision.rules)
                return _with(version, replace(decision, rules=rules))
    return None


def _another_function(term: Term, rng: Random) -> Term | None:
    if not isinstance(term, Formula):
        return None
    for family in FAMILIES:
        if term.function in family:
            others = [one for one in family if one != term.function]
            return replace(term, function=rng.choice(others))
    return _inside(term, rng, _another_function)


def _another_number(term: Term, rng: Random) -> Term | None:
    if isinstance(term, Constant):
        if isinstance(term.value, bool) or not isinstance(term.value, int | Decimal):
            return None
        tick = Decimal("0.01") if isinstance(term.value, Decimal) else 1
        value: Any = term.value + rng.choice((1, -1, 10)) * tick
        return Constant(value) if value > 0 else None
    return _inside(term, rng, _another_number)


def _inside(term: Term, rng: Random, change: Callable[[Term, Random], Term | None]) -> Term | None:
    if not isinstance(term, Formula):
        return None
    for place in rng.sample(range(len(term.arguments)), len(term.arguments)):
        found = change(term.arguments[place], rng)
        if found is not None:
            arguments = list(term.arguments)
            arguments[place] = found
            return replace(term, arguments=tuple(arguments))
    return None


def _calendar_days(version: Version, rng: Random) -> Version | None:
    """One to three days of a calendar that work and did not, or the other way round."""
    calendar = next(
        (one.calendar for one in version.hours.values() if isinstance(one, Hours)), None
    )
    if calendar is None:
        return None
    count = (calendar.last_day - calendar.first_day).days
    special = dict(calendar.special)
    for _ in range(rng.randrange(1, 4)):
        day = calendar.first_day + timedelta(days=rng.randrange(count))
        if day in calendar.short_days:
            continue
        special[day] = SpecialDay(not calendar.is_working(day), same("edited"))
    changed = replace(calendar, special=special)
    return _with_hours(version, lambda one: {"calendar": changed})


def _hours(version: Version, rng: Random) -> Version | None:
    """Opening or closing an hour earlier or later."""
    if not version.hours:
        return None
    edge, shift = rng.choice(("opens", "closes")), rng.choice((-1, 1))

    def moved(hours: Hours) -> dict[str, Any]:
        first, *others = hours.usual
        changed = replace(first, **{edge: getattr(first, edge) + timedelta(hours=shift)})
        return {"usual": (changed, *others)}

    try:
        return _with_hours(version, moved)
    except Contradiction:
        return None


def _with_hours(version: Version, change: Callable[[Hours], dict[str, Any]]) -> Version:
    hours: dict[str, Any] = {
        name: replace(one, **change(one)) if isinstance(one, Hours) else one
        for name, one in version.hours.items()
    }
    return replace(version, hours=hours)


def _zone(version: Version, rng: Random) -> Version | None:
    zones = ["Europe/Moscow", "Asia/Yekaterinburg", "UTC"]
    zone = rng.choice([one for one in zones if one != version.zone])
    hours: dict[str, Any] = {
        name: replace(cast(Any, one), zone=zone, told_in="") for name, one in version.hours.items()
    }

    def read(node: Node) -> Node:
        return replace(node, zone=zone) if isinstance(node, Formula) and node.zone else node

    decisions = {name: one.transformed(read) for name, one in version.decisions.items()}
    return replace(version, zone=zone, hours=hours, decisions=decisions)


def _option(version: Version, rng: Random) -> Version | None:
    """A word more, or less, that a fact may tell."""
    facts = [f for f in version.facts.values() if f.type.kind is Kind.CHOICE and f.type.options]
    if not facts:
        return None
    fact = rng.choice(facts)
    options = [*fact.type.options, "added"]
    if rng.random() < 0.5 and len(fact.type.options) > 1:
        options = list(fact.type.options)
        options.remove(rng.choice(options))
    changed = replace(fact, type=choice(*options, is_open=fact.type.is_open))
    return replace(version, facts={**version.facts, fact.name: changed})


EDITS: tuple[Edit, ...] = (
    _mutated,
    _mutated,
    _mutated,
    _mutated,
    _rule_added,
    _rule_deleted,
    _override_added,
    _otherwise,
    _formula,
    _parameter,
    _calendar_days,
    _hours,
    _zone,
    _option,
)


def edits(version: Version, seed: str) -> Iterator[Version]:
    """Edits without end."""
    rng = Random(seed)
    while True:
        found = edited(version, rng)
        if found is not None:
            yield found
