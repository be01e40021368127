"""The rules and clauses behind every outcome of a request that tells all, found at once."""

from __future__ import annotations

from collections.abc import Mapping

from reglament.evaluation.request_state import RequestState
from reglament.evaluation.rule_functions import Behind, Reasons


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


def _cited(state: RequestState, name: str, one: Behind, before: Mapping[str, Reasons]) -> Reasons:
    chosen_by = state.evaluator.conditions.chosen_by(one.rules)
    # Plain tuples: a list is made of them thrice as quickly as of others.
    found = Reasons(tuple(one.rules), tuple(state[name].clauses), one.saying)
    if chosen_by is not None:
        one.keep(chosen_by, state.known, before, found)
    return found
