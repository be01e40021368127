"""From the combinations of a decision's rules to those that apply together and disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations as combinations_of

from reglament.analysis.findings.combinations import Combinations
from reglament.analysis.findings.finding import Finding, Severity, places_of, unproven
from reglament.analysis.findings.space import Reachability
from reglament.analysis.proving.port import AnyConflict
from reglament.evaluation.reasons.refusals import ADD_OVERRIDES
from reglament.messages import Message, Words, ticked
from reglament.model.conditions import AllOf
from reglament.model.decisions import Decision, Rule
from reglament.model.values import Value


def conflicts(combinations: Combinations) -> Iterator[Finding]:
    """Rules that apply together, disagree, and of which none overrides another."""
    told: set[frozenset[str]] = set()
    is_unique = combinations.decision.hit_policy == "unique"
    for combination in combinations.all:
        speaking = combinations.speaking(combination.applying)
        for rule, other in combinations_of(speaking, 2):
            pair = frozenset({rule.id, other.id})
            if pair in told or (rule.then == other.then and not is_unique):
                continue
            reach = combination.reach
            if not is_unique:
                reach = combinations.disagreement(combination, rule.then, other.then)
            if reach.is_empty:
                continue
            told.add(pair)
            witness = reach.witness
            if witness is None or not _is_refused(combinations, witness):
                reach = _settled(combinations, (rule, other))
            if not reach.is_empty:
                yield _conflict(combinations, (rule, other), reach.witness)


def _settled(combinations: Combinations, rules: tuple[Rule, Rule]) -> Reachability:
    """Whether the rules are at odds for any request, as a solver has it."""
    space, names = combinations.space, {rule.id for rule in rules}
    both = AllOf(tuple(rule.when for rule in rules))
    question = AnyConflict(space.version, combinations.decision.name, space.within, both)
    reach = space.settled(question)
    if reach.witness is None or names <= combinations.counting_for(reach.witness):
        return reach
    return Reachability(None, False)  # others are at odds there


def _conflict(
    combinations: Combinations, rules: tuple[Rule, Rule], witness: Mapping[str, Value] | None
) -> Finding:
    decision = combinations.decision.name
    confirmed = witness is not None and _is_refused(combinations, witness)
    names = tuple(rule.id for rule in rules)
    finding = Finding(
        code="conflict",
        severity=Severity.ERROR,
        message=_message(combinations.decision, names, confirmed=confirmed),
        decision=decision,
        rules=names,
        places=places_of(*(rule.place for rule in rules)),
        witness=witness,
        hint=ADD_OVERRIDES,
    )
    return finding if confirmed else unproven(finding)


def _message(decision: Decision, rules: tuple[str, ...], *, confirmed: bool) -> Words:
    said = {"names": ticked(rules), "decision": decision.name}
    if decision.hit_policy == "unique":
        if confirmed:
            return Message("unique-rules-apply-together", **said)
        return Message("unique-rules-may-apply-together", **said)
    if confirmed:
        return Message("rules-apply-together-disagree", **said)
    return Message("rules-may-apply-together", **said)


def _is_refused(combinations: Combinations, witness: Mapping[str, Value]) -> bool:
    """Whether the plain meaning finds these rules at odds too."""
    undecided = combinations.undecided(witness)
    return undecided is not None and bool(undecided.outcomes)
