"""From the outcomes that someone wants, as written, to goals that a search can test."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from reglament.analysis.counterfactual.nearest_change import ANOTHER, Another, Wanted
from reglament.analysis.interview import decision_named
from reglament.language.requests.literals import parser_of
from reglament.language.syntax.mismatch import TypeMismatch
from reglament.messages import Message
from reglament.model.decisions import Decision
from reglament.model.problems import Problem, Refused
from reglament.model.regulation import Version
from reglament.model.values import Value


def goals(version: Version, want: Mapping[str, object]) -> Wanted:
    """The wanted outcome of each decision, of its type. Raises Refused with every problem.

    `ANOTHER` stays as it is; of a collection the items are wanted, in any order.
    """
    found: dict[str, Value | Another] = {}
    problems: list[Problem] = []
    for name, outcome in want.items():
        try:
            found[name] = _outcome(version, name, outcome)
        except Refused as refused:
            problems += refused.problems
        except TypeMismatch as unfit:
            problems.append(Problem(unfit.code, unfit.message, hint=unfit.hint))
    if problems:
        raise Refused(problems)
    return found


def _outcome(version: Version, name: str, outcome: object) -> Value | Another:
    decision = decision_named(version, name)
    if isinstance(outcome, Another):
        return ANOTHER
    if decision.kind.lists_items:
        return _items(decision, outcome, version.zone)
    if outcome == "null" and decision.is_nullable:
        return None
    if outcome is None and not decision.is_nullable:
        raise TypeMismatch("null-not-allowed", Message("may-not-told-null", name=name))
    return None if outcome is None else _parsed(decision, outcome, version.zone)


def _items(decision: Decision, outcome: object, zone: str) -> Value:
    named = outcome.split(",") if isinstance(outcome, str) else outcome
    items = named if isinstance(named, list | tuple) else (named,)
    told = {_parsed(decision, item, zone) for item in items if item != ""}
    return tuple(option for option in decision.type.options if option in told)


def _parsed(decision: Decision, outcome: object, zone: str) -> Value:
    try:
        return parser_of(decision.type, ZoneInfo(zone))(outcome)
    except TypeMismatch as unfit:
        message = Message("name-message", name=decision.name, message=unfit.message)
        raise TypeMismatch(unfit.code, message, unfit.hint) from None
