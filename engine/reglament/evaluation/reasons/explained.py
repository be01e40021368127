"""From the answer of one decision to its outcome with everything that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from json import dumps
from typing import Any, TypeVar

from reglament import reference
from reglament.diagram.kernel.too_large import TooLarge
from reglament.evaluation.reasons.decided_items import decided_of_each
from reglament.evaluation.reasons.refusals import refusal_of
from reglament.evaluation.reasons.told_trace import ToldTrace
from reglament.evaluation.reasons.trace import Cited, Trace, open_clauses
from reglament.evaluation.request_state import RequestState
from reglament.model.decisions import Decision, Rule
from reglament.model.outcomes import Item, Outcome, Refusal, RuleStatus, Status, WholeOutcome
from reglament.model.values import Value
from reglament.partial.answers import Answer, RefusedAnswer
from reglament.reference import REFUSALS, Undecided

T = TypeVar("T")


def explained(state: RequestState, decision: Decision, answer: Answer) -> Outcome:
    """The outcome with its rules, clauses, readings and trace.

    Where the diagrams are too large, with what the rules read one by one can tell.
    """
    if decision.for_each is not None:
        return _of_each(state, decision, answer)
    try:
        return _by_trace(state, decision, lambda trace: _with_reasons(trace, answer))
    except TooLarge:
        return _with_rules(state, decision, answer)


def _of_each(state: RequestState, decision: Decision, answer: Answer) -> Outcome:
    """The outcome of a decision that is made for each item, with what was decided of each."""
    each = decided_of_each(state, decision)
    outcomes = [document.decisions[decision.name] for document in each]
    return outcome_by(
        state,
        decision,
        answer,
        each=each,
        **{
            part: tuple(dict.fromkeys(name for one in outcomes for name in getattr(one, part)))
            for part in ("rules", "clauses", "open_clauses", "readings")
        },
    )


def rules_behind(state: RequestState, decision: Decision, answer: Answer) -> tuple[str, ...]:
    """The rules behind the outcome alone; of a refused one, those that disagree."""
    if isinstance(answer, RefusedAnswer):
        return refused(state, decision, answer).rules
    if answer.status is Status.UNDETERMINED and not decision.kind.lists_items:
        return ()
    if not state.is_told(decision):
        from reglament.evaluation.reasons.open_trace import rules_left

        left = rules_left(state, decision)
        if left is not None:
            return left.ids[answer.status]
    try:
        rules = _by_trace(state, decision, lambda trace: trace.rules(answer.status))
    except TooLarge:
        return _with_rules(state, decision, answer).rules
    return tuple(rule.id for rule in rules)


def clauses_behind(state: RequestState, decision: Decision, rules: tuple[str, ...]) -> Cited:
    """The clauses that the rules behind an outcome cite, alone. Raises TooLarge."""
    if not rules:
        return {}
    known = state.evaluator.conditions.rules
    behind = [known[rule].rule for rule in rules]
    return _by_trace(state, decision, lambda trace: trace.clauses(behind), is_alone=True)


def alone(
    state: RequestState,
    decision: Decision,
    answer: Answer,
    tell: Callable[[Trace], tuple[str, ...]],
) -> tuple[str, ...]:
    """One part of an explanation, by what tells it from a trace; none where there is no outcome."""
    if isinstance(answer, RefusedAnswer):
        return ()
    try:
        return _by_trace(state, decision, tell, is_alone=True)
    except TooLarge:
        return ()


def asked(state: RequestState, decision: Decision) -> tuple[str, ...]:
    """The facts worth asking for."""
    return tuple(dict.fromkeys(fact for name in decision.ask_for for fact in state[name].needs))


def refused(state: RequestState, decision: Decision, denied: RefusedAnswer) -> Refusal:
    """Why there is no outcome, with the rules that disagree."""
    why = denied.why
    if isinstance(why, Undecided) and why.outcomes and not why.rules:
        from reglament.evaluation.reasons.open_trace import OpenTrace

        certain = OpenTrace(state, decision).certain
        why = Undecided(decision.name, tuple(rule.id for rule in certain), why.outcomes)
    return state.blaming(refusal_of(why, state.version, decision.name, state.told))


def sufficient(state: RequestState, decision: Decision) -> tuple[str, ...]:
    """Told facts that alone settle the outcome; none where diagrams cannot tell."""
    from reglament.evaluation.reasons.sufficient_reason import sufficient_reason
    from reglament.partial.remaining import NotComputable

    try:
        return sufficient_reason(state.evaluator, state.told, decision.name)
    except (TooLarge, NotComputable, *REFUSALS):
        return ()


def _by_trace(
    state: RequestState, decision: Decision, tell: Callable[[Trace], T], *, is_alone: bool = False
) -> T:
    """What the trace tells; with `is_alone`, nothing else is asked of it. Raises TooLarge."""
    if state.is_told(decision):
        # Then only the tests that are looked at: the others take longer than all the rest.
        meet = state.evaluator.conditions.tested_when_asked
        try:
            return tell(ToldTrace(state, decision, meet(state.known) if is_alone else None))
        except REFUSALS:  # of a test on which the outcome does not hang
            pass
    from reglament.evaluation.reasons.open_trace import OpenTrace

    return tell(OpenTrace(state, decision))


def _with_rules(state: RequestState, decision: Decision, answer: Answer) -> Outcome:
    found = state.partial_result.rules_read.of(decision)
    rules = found.rules if isinstance(found, reference.Answer) else ()
    return outcome_by(
        state,
        decision,
        answer,
        rules=rules,
        clauses=state.partial_result.rules_read.cited(decision),
    )


def _with_reasons(trace: Trace, answer: Answer) -> Outcome:
    state, decision = trace.state, trace.decision
    if isinstance(answer, RefusedAnswer):
        return outcome_by(state, decision, answer, trace=trace.every_rule)
    rules = trace.rules(answer.status)
    clauses = trace.clauses(rules)
    return outcome_by(
        state,
        decision,
        answer,
        rules=tuple(rule.id for rule in rules),
        clauses=tuple(clauses),
        open_clauses=open_clauses(clauses),
        readings=trace.readings(rules),
        ask=asked(state, decision),
        ledger=trace.ledger(),
        trace=trace.every_rule,
        **listing(trace),
    )


def listing(trace: Trace) -> dict[str, Any]:
    """Of a checklist its requirements, of a collection its items, by what became of them."""
    if trace.decision.kind.gives_value:
        return {}
    return {
        "met": trace.with_status(RuleStatus.APPLIED),
        "unmet": trace.with_status(RuleStatus.NOT_APPLIED),
        "open": trace.with_status(RuleStatus.OPEN),
        "items": items(trace, trace.certain),
    }


def outcome_by(state: RequestState, decision: Decision, answer: Answer, **reasons: Any) -> Outcome:
    """The outcome with the reasons that were found."""
    is_open = answer.status is Status.UNDETERMINED
    if isinstance(answer, RefusedAnswer):
        why = refused(state, decision, answer)
        reasons |= {"refused": why, "rules": why.rules or reasons.get("rules", ())}
    return WholeOutcome(
        decision=decision.name,
        status=answer.status,
        outcome=answer.outcome,
        possible=answer.possible,
        needs=state.partial_result.needs(decision.name) if is_open else (),
        is_exact=not is_open or state.partial_result.is_exact(decision.name),
        **reasons,
    )


def items(trace: Trace, rules: Iterable[Rule]) -> tuple[Item, ...]:
    """What the rules behind a collection add to it; nothing of any other decision."""
    if not trace.decision.kind.lists_items:
        return ()
    return tuple(
        Item(text_of(value), rule.id, _attached(trace.state, rule.attaches), value)
        for rule in rules
        if (value := trace.value(rule.then)) is not None
    )


def text_of(value: Value) -> str:
    """A value by which an item is named: a word is its own name."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping | tuple):
        return dumps(value, ensure_ascii=False, default=text_of)
    return str(value)


def _attached(state: RequestState, names: tuple[str, ...]) -> Mapping[str, Value]:
    """The values that go along with an item; what is missing or undetermined is left out."""
    found: dict[str, Value] = {}
    for name in names:
        if name in state.told:
            found[name] = state.told[name]
        elif name in state.version.decisions and state[name].is_determined:
            found[name] = state[name].outcome
    return found
