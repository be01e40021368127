"""From a decision to its rules that can never decide anything."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.findings.combinations import Combination, Combinations
from reglament.analysis.findings.finding import Finding, Severity, places_of, unproven
from reglament.analysis.findings.space import NOWHERE, Reachability, Space
from reglament.analysis.proving.port import Applies
from reglament.messages import Message, Words, ticked
from reglament.model.decisions import Decision, Rule
from reglament.model.problems import Place

CODE = "rule-never-decides"


def unreachable_rules(combinations: Combinations) -> Iterator[Finding]:
    """Rules of an OUTCOME decision that no request lets decide."""
    space = combinations.space
    counted: dict[str, bool] = {}  # whether a request is known, by rule
    for combination in combinations.all:
        for rule in combinations.speaking(combination.applying):
            is_known = combination.reach.witness is not None
            counted[rule.id] = counted.get(rule.id, False) or is_known
    for rule in combinations.decision.every_rule():
        is_open = not counted.get(rule.id, True)
        reach = _settled(space, combinations.decision, rule) if is_open else NOWHERE
        if rule.id in counted and not (is_open and reach.is_empty):
            if is_open and reach.witness is None:
                yield _doubtful(combinations.decision, rule)
        elif not _sets_aside(combinations, rule):
            yield _unreachable(combinations, rule)


def _settled(space: Space, decision: Decision, rule: Rule) -> Reachability:
    """Whether the rule counts for any request, as a solver has it."""
    return space.settled(Applies(space.version, decision.name, space.within, rule=rule.id))


def _sets_aside(combinations: Combinations, rule: Rule) -> bool:
    """Whether the rule, never deciding itself, keeps another from deciding."""
    return any(
        combinations.counting(one.applying) != combinations.counting(one.applying - {rule.id})
        for one in _idle(combinations, rule)
    )


def _idle(combinations: Combinations, rule: Rule) -> list[Combination]:
    """Where the rule applies and does not count: elsewhere, if anywhere, no request is."""
    return [
        one
        for one in combinations.all
        if rule.id in one.applying and rule.id not in combinations.counting(one.applying)
    ]


def unreachable_items(space: Space, decision: Decision) -> Iterator[Finding]:
    """Rules of a collection, requirements of a checklist, that no request satisfies."""
    for rule in decision.rules:
        applies = space.forest.and_(space.diagrams.applies(rule), space.valid(decision))
        reach = space.reach(applies)
        if reach.is_open:
            reach = _settled(space, decision, rule)
        if reach.is_empty:
            yield _finding(decision, rule, _never(decision, rule))
        elif reach.is_open:
            yield _doubtful(decision, rule)


def _unreachable(combinations: Combinations, rule: Rule) -> Finding:
    decision = combinations.decision
    applying = _idle(combinations, rule)
    if rule is decision.otherwise:
        message = Message("otherwise-never-decides-some", decision=decision.name)
        return _finding(decision, rule, message, severity=Severity.NOTE)
    if not applying:
        return _finding(decision, rule, _never(decision, rule))
    above = _always_above(combinations, rule)
    message = Message("rule-never-decides-wherever", rule=rule.id, above=ticked(above))
    others = tuple(combinations.rules[name].place for name in above)
    return _finding(decision, rule, message, applying[0].reach, above, others)


def _always_above(combinations: Combinations, rule: Rule) -> tuple[str, ...]:
    applying = [combination.applying for combination in _idle(combinations, rule)]
    above = combinations.above(rule.id)
    return tuple(sorted(frozenset[str]().union(*applying) & above))


def _never(decision: Decision, rule: Rule) -> Words:
    if decision.kind.has_requirements:
        return Message("requirement-cannot-met-condition", rule=rule.id)
    return Message("rule-never-decides-condition", rule=rule.id)


def _finding(
    decision: Decision,
    rule: Rule,
    message: Words,
    reach: Reachability | None = None,
    others: tuple[str, ...] = (),
    places: tuple[Place | None, ...] = (),
    severity: Severity = Severity.WARNING,
) -> Finding:
    return Finding(
        code=CODE,
        severity=severity,
        message=message,
        decision=decision.name,
        rules=(rule.id, *others),
        places=places_of(rule.place or decision.place, *places),
        witness=None if reach is None else reach.witness,
    )


def _doubtful(decision: Decision, rule: Rule) -> Finding:
    return unproven(_finding(decision, rule, Message("not-known-whether-rule", rule=rule.id)))
