"""From the answer of one decision to its outcome with everything that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from json import dumps
from typing import TYPE_CHECKING

from reglament import reference
from reglament.diagram.kernel.forest import TooLarge
from reglament.evaluation.trace import Because
from reglament.model.outcomes import Item, Outcome, RuleStatus, Status
from reglament.model.policy import Decision, DecisionKind
from reglament.model.values import Value
from reglament.partial.answers import Answer, RefusedAnswer

if TYPE_CHECKING:
    from reglament.evaluation.evaluator import Evaluated


def explained(evaluated: Evaluated, decision: Decision, answer: Answer) -> Outcome:
    """The outcome with its rules, clauses, readings and trace.

    Where the diagrams are too large, with what the rules read one by one can tell.
    """
    try:
        return _with_reasons(evaluated, decision, answer)
    except TooLarge:
        return _with_rules(evaluated, decision, answer)


def rules_behind(evaluated: Evaluated, decision: Decision, answer: Answer) -> tuple[str, ...]:
    """The rules behind the outcome alone: the rest of an explanation takes ten times as long."""
    try:
        return tuple(rule.id for rule in Because(evaluated, decision).rules(answer.status))
    except TooLarge:
        return _with_rules(evaluated, decision, answer).rules


def _with_rules(evaluated: Evaluated, decision: Decision, answer: Answer) -> Outcome:
    found = evaluated.unsettled.read(decision)
    rules = found.rules if isinstance(found, reference.Answer) else ()
    return replace(
        _bare(evaluated, decision, answer),
        rules=rules,
        clauses=evaluated.unsettled.cited(decision),
    )


def _with_reasons(evaluated: Evaluated, decision: Decision, answer: Answer) -> Outcome:
    because = evaluated.because(decision)
    if isinstance(answer, RefusedAnswer):
        return replace(_bare(evaluated, decision, answer), trace=because.trace)
    rules = because.rules(answer.status)
    clauses = because.clauses(rules)
    return replace(
        _bare(evaluated, decision, answer),
        rules=tuple(rule.id for rule in rules),
        clauses=tuple(clauses),
        open_clauses=tuple(clause for clause, is_sure in clauses.items() if not is_sure),
        readings=because.readings(rules),
        met=because.with_status(RuleStatus.APPLIED),
        unmet=because.with_status(RuleStatus.NOT_APPLIED),
        open=because.with_status(RuleStatus.OPEN),
        items=_items(evaluated, decision, because),
        ask=_ask(evaluated, decision),
        ledger=because.ledger(),
        trace=because.trace,
    )


def _bare(evaluated: Evaluated, decision: Decision, answer: Answer) -> Outcome:
    """The outcome without anything that explains it."""
    is_open = answer.status is Status.UNDETERMINED
    needs = evaluated.unsettled.needs(decision.name) if is_open else ()
    refused = evaluated.refusal(decision, answer) if isinstance(answer, RefusedAnswer) else None
    return Outcome(
        decision=decision.name,
        status=answer.status,
        outcome=answer.outcome,
        possible=answer.possible,
        needs=needs,
        rules=refused.rules if refused else (),
        refused=refused,
        is_exact=not is_open or decision.name not in evaluated.unsettled.inexact,
    )


def _items(evaluated: Evaluated, decision: Decision, because: Because) -> tuple[Item, ...]:
    if decision.kind is not DecisionKind.COLLECTION:
        return ()
    return tuple(
        Item(text_of(value), rule.id, _attached(evaluated, rule.attaches), value)
        for rule in because.certain
        if (value := because.value(rule.then)) is not None
    )


def text_of(value: Value) -> str:
    """A value by which an item is named: a word is its own name."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping | tuple):
        return dumps(value, ensure_ascii=False, default=text_of)
    return str(value)


def _attached(evaluated: Evaluated, names: tuple[str, ...]) -> Mapping[str, Value]:
    """The values that go along with an item; what is missing or undetermined is left out."""
    found: dict[str, Value] = {}
    for name in names:
        if name in evaluated.told:
            found[name] = evaluated.told[name]
        elif name in evaluated.version.decisions and evaluated[name].is_determined:
            found[name] = evaluated[name].outcome
    return found


def _ask(evaluated: Evaluated, decision: Decision) -> tuple[str, ...]:
    asked = (fact for name in decision.ask_for for fact in evaluated[name].needs)
    return tuple(dict.fromkeys(asked))
