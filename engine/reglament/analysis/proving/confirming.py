"""Whether a request really answers a question, decided plainly by the versions themselves."""

from __future__ import annotations

from collections.abc import Mapping

from reglament.analysis.proving.model_reader import as_read
from reglament.analysis.proving.port import (
    AnyConflict,
    AnyGap,
    AnyHolds,
    Applies,
    Differs,
    Question,
    Standing,
)
from reglament.model.calendar import OutsideCalendar
from reglament.model.conditions import ALWAYS, Condition
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.reference import InDoubt, Undecided, View

REFUSALS = (Undecided, InDoubt, OutsideCalendar, OverflowError, ValueError)


def standing(version: Version, facts: Mapping[str, Value], decision: str) -> Standing:
    """What the version makes of a request that tells every fact.

    `refused` if an earlier decision is broken, or a date is past a calendar or cannot be.
    """
    view = View(version, as_read(version, facts))
    try:
        return "decided", view.answer(version.decisions[decision]).outcome
    except Undecided as undecided:
        if undecided.decision != decision or undecided.because_of:
            return "refused", None
        return ("conflict" if undecided.outcomes else "gap"), None
    except REFUSALS:
        return "refused", None


def confirms(question: Question, facts: Mapping[str, Value]) -> bool:
    """Whether the answer to the question is yes for this request."""
    version = question.new if isinstance(question, Differs) else question.version
    if question.where != ALWAYS and not _holds(version, question.where, facts):
        return False
    match question:
        case Differs(old, new, decision):
            return standing(old, facts, decision) != standing(new, facts, decision)
        case AnyGap(version, decision):
            return standing(version, facts, decision)[0] == "gap"
        case AnyConflict(version, decision):
            return standing(version, facts, decision)[0] == "conflict"
        case Applies(version, decision, rule=rule):
            return rule in _counting(version, decision, facts)
        case AnyHolds():
            return True


def _holds(version: Version, where: Condition, facts: Mapping[str, Value]) -> bool:
    view = View(version, as_read(version, facts))
    try:
        return view.holds(where)
    except REFUSALS:
        return False


def _counting(version: Version, decision: str, facts: Mapping[str, Value]) -> list[str]:
    """The rules of the decision that count; none if a test of it cannot be told."""
    view, asked = View(version, as_read(version, facts)), version.decisions[decision]
    try:
        applying = [rule for rule in asked.rules if view.holds(rule.when)]
    except REFUSALS:
        return []
    overridden = {over.rule for rule in applying for over in rule.overrides}
    counting = [rule.id for rule in applying if rule.id not in overridden]
    if not counting and asked.otherwise is not None:
        return [asked.otherwise.id]
    return counting
