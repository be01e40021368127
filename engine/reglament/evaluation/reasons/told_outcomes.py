"""The outcomes of a request that tells all: what is behind every one of them, found at once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from reglament.evaluation.reasons.explained import listing, outcome_by
from reglament.evaluation.reasons.told_trace import ToldTrace
from reglament.evaluation.reasons.trace import Cited
from reglament.evaluation.request_state import RequestState
from reglament.evaluation.rule_functions import MOST_KEPT, Behind, Leaning, Reasons, Tested
from reglament.memo import keep
from reglament.model.decisions import Decision
from reglament.model.outcomes import Outcome
from reglament.partial.answers import DeterminedAnswer
from reglament.reference import REFUSALS


def told_reasons(state: RequestState) -> Mapping[str, Reasons] | None:
    """The reasons by the names of decisions, all of which led to an outcome.

    None where the rules of one can count in too many ways.
    """
    found: dict[str, Reasons] = {}
    known = state.known
    behind = state.evaluator.every_rule_finder(known)
    for name, one in zip(state.version.decisions, behind, strict=True):
        if one.__class__ is not Behind:
            return None
        # What is cited hangs on what is told, or on what earlier decisions cite; mostly on nothing.
        key = one.key and one.key(known, found)
        found[name] = one.cited.get(key) or _cited(state, name, one, found)
    return found


def told_readings(
    state: RequestState, reasons: Mapping[str, Reasons]
) -> Mapping[str, tuple[str, ...]]:
    """The readings that each outcome hangs on, for the reasons that `told_reasons` found."""
    found: dict[str, tuple[str, ...]] = {}
    leaning, conditions = state.evaluator.leaning, state.evaluator.conditions
    tested = conditions.tested_when_asked(state.known)
    for name, one in reasons.items():
        if name not in leaning:
            found[name] = ()
            continue
        on = conditions.all_hanging_on(one.rules)
        if on is None:
            try:
                on = _hanging_on(state, name, one.rules, tested)
            except REFUSALS:  # of a test on which the outcome does not hang
                found[name] = state[name].readings
                continue
        found[name] = _merged(on, found)
    return found


def _hanging_on(
    state: RequestState, name: str, rules: tuple[str, ...], tested: Tested
) -> tuple[Leaning, ...]:
    """What the rules hang on, `otherwise` among them, say: by what the tests come to.

    Only tests are looked at that can make a difference, and what they led to before is kept.
    """
    conditions = state.evaluator.conditions
    key = (rules, *[tested[number][0] for number in conditions.leaning_tests(name)])
    found = conditions.hung_on.get(key)
    if found is None:
        trace = ToldTrace(state, state.version.decisions[name], tested)
        found = tuple([trace.hanging_on(conditions.rules[rule].rule) for rule in rules])
        keep(conditions.hung_on, key, found, MOST_KEPT)
    return found


def _merged(on: tuple[Leaning, ...], found: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if len(on) == 1 and not on[0][1] and len(on[0][0]) < 2:
        return on[0][0]
    parts = [part for readings, reads in on for part in (readings, *map(found.__getitem__, reads))]
    return tuple(dict.fromkeys(chain.from_iterable(parts)))


def _cited(state: RequestState, name: str, one: Behind, before: Mapping[str, Reasons]) -> Reasons:
    chosen_by = state.evaluator.conditions.chosen_by(one.rules)
    # Plain tuples: a list is made of them thrice as quickly as of others.
    reasons = Reasons(tuple(one.rules), tuple(state[name].clauses), one.saying)
    if chosen_by is not None:
        one.keep(chosen_by, state.known, before, reasons)
    return reasons


class _SettledTrace(ToldTrace):
    """The trace of a decision where it is known which rules stand behind it, and of all others."""

    def __init__(
        self, state: RequestState, decision: Decision, reasons: Mapping[str, Reasons]
    ) -> None:
        super().__init__(state, decision)
        self._reasons = reasons
        if not self.is_checklist and decision.name not in self.conditions.overridden_in:
            behind = reasons[decision.name].rules
            self.certain = tuple([self.conditions.rules[rule].rule for rule in behind])
            self._found = set(behind), set(behind)

    def _cited_below(self, name: str) -> Cited:
        return dict.fromkeys(self._reasons[name].clauses, True)


def told_outcomes(state: RequestState, reasons: Mapping[str, Reasons]) -> dict[str, Outcome]:
    """The outcomes by the names of decisions, for the reasons that `told_reasons` found.

    They are equal to those that are explained one by one, and take half as long.
    """
    readings = told_readings(state, reasons)
    outcomes: dict[str, Outcome] = {}
    for name, decision in state.version.decisions.items():
        try:
            outcomes[name] = _told_outcome(state, decision, reasons, readings[name])
        except REFUSALS:  # of a test on which the outcome does not hang
            outcomes[name] = state[name].whole
    return outcomes


def _told_outcome(
    state: RequestState,
    decision: Decision,
    reasons: Mapping[str, Reasons],
    readings: tuple[str, ...],
) -> Outcome:
    trace = _SettledTrace(state, decision, reasons)
    rules, clauses, _ = reasons[decision.name]
    return outcome_by(
        state,
        decision,
        DeterminedAnswer(state.known[decision.name]),
        rules=rules,
        clauses=clauses,
        readings=readings,
        ledger=trace.ledger(),
        trace=trace.every_rule,
        **listing(trace),
    )
