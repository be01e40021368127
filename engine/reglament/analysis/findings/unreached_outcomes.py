"""From a decision to the outcomes that it declares and never gives."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.findings.finding import Finding, Severity, places_of, unproven
from reglament.analysis.findings.space import Reachability, Space
from reglament.analysis.proving.port import AnyHolds
from reglament.diagram.kernel.forest import Node
from reglament.diagram.kernel.terminals import NoOutcome
from reglament.messages import Message
from reglament.model.conditions import Condition, Includes, OneOf
from reglament.model.decisions import Decision
from reglament.model.terms import Constant, DecisionRef
from reglament.model.values import Kind


def unreached_outcomes(space: Space, decision: Decision) -> Iterator[Finding]:
    """Declared words that come out of no request."""
    if decision.type.kind is not Kind.CHOICE or decision.type.is_open or decision.is_internal:
        return
    node = space.diagrams.decision(decision.name)
    if any(_is_computed(space.forest.values[leaf]) for leaf in space.forest.terminals(node)):
        return  # a word that a request tells: any of them may come out
    for option in decision.type.options:
        reach = space.reach(
            space.forest.and_(space.valid(decision), _gives(space, decision, option))
        )
        if reach.is_open:
            reach = space.settled(AnyHolds(space.version, _is(decision, option), space.within))
        if reach.witness is None:
            yield _finding(decision, option, reach)


def _is(decision: Decision, option: str) -> Condition:
    decided = DecisionRef(decision.name)
    if decision.kind.lists_items:
        return Includes(decided, option)
    return OneOf(decided, (option,))


def _gives(space: Space, decision: Decision, option: str) -> Node:
    def gives(payload: object) -> bool:
        value = payload.value if isinstance(payload, Constant) else None
        return option in value if isinstance(value, tuple) else value == option

    return space.forest.map_values(space.diagrams.decision(decision.name), gives)


def _is_computed(payload: object) -> bool:
    return not isinstance(payload, Constant | NoOutcome)


def _finding(decision: Decision, option: str, reach: Reachability) -> Finding:
    what = Message("item" if decision.kind.lists_items else "outcome")
    never = Message("no-request-reaches", what=what, option=option, decision=decision.name)
    unknown = Message("not-known-whether-request", what=what, option=option, decision=decision.name)
    finding = Finding(
        code="outcome-never-reached",
        severity=Severity.WARNING,
        message=unknown if reach.is_open else never,
        decision=decision.name,
        subject=option,
        places=places_of(decision.place),
    )
    return unproven(finding) if reach.is_open else finding
