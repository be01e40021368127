"""From what stops a decision to why it is refused, as people read it."""

from __future__ import annotations

from collections.abc import Mapping

from reglament import reference
from reglament.evaluation.offending_fact import started_from
from reglament.functions.numbers import NumberOutOfRange
from reglament.messages import Message, ticked
from reglament.model.calendar import OutsideCalendar
from reglament.model.outcomes import RESTS_ON_REFUSED, Refusal
from reglament.model.problems import Problem
from reglament.model.regulation import Version
from reglament.model.terms import Total
from reglament.model.values import Value
from reglament.model.visitor import decisions_of
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
        fact = started_from(version, decision, told, why)
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
