"""From the combinations of a decision's rules to requests for which no rule applies."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.findings.combinations import Combinations
from reglament.analysis.findings.finding import Finding, Severity, places_of, unproven
from reglament.analysis.findings.gap_regions import undated
from reglament.analysis.findings.space import Reachability
from reglament.analysis.findings.where_found import without_a_rule
from reglament.analysis.proving.port import AnyGap
from reglament.diagram.kernel.forest import Node
from reglament.messages import Message, Words
from reglament.model.conditions import AnyOf, Condition, Not


def gaps(combinations: Combinations) -> Iterator[Finding]:
    """Requests without an answer, for a want of a rule, or of one for their day."""
    if combinations.decision.otherwise is not None:
        return
    forest = combinations.space.forest
    for empty in (one for one in combinations.all if not one.applying):
        lapsed, region = _undated(combinations), combinations.region(empty)
        for where, code, message in (
            (lapsed, "dated-hole", _hole(combinations)),
            (Not(lapsed), "gap", _gap(combinations)),
        ):
            hole = forest.and_(region, combinations.space.truth(where))
            yield from _finding(combinations, hole, where, code, message)


def _undated(combinations: Combinations) -> Condition:
    """Where some rule would apply if it were not for its days."""
    chooser = combinations.space.version.chosen_by
    return AnyOf(tuple(undated(rule.when, chooser) for rule in combinations.decision.rules))


def _finding(
    combinations: Combinations, region: Node, where: Condition, code: str, message: Words
) -> Iterator[Finding]:
    decision, space = combinations.decision, combinations.space
    reach = space.reach(region)
    confirmed = reach.witness is not None and _is_refused(combinations, reach)
    if not (confirmed or reach.is_empty):
        reach = space.settled(AnyGap(space.version, decision.name, space.within, where))
        confirmed = reach.witness is not None and _is_refused(combinations, reach)
    if reach.is_empty:
        return
    found = Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        decision=decision.name,
        places=places_of(decision.place),
        witness=reach.witness,
        where=without_a_rule(space, decision, region) if confirmed else (),
    )
    yield found if confirmed else unproven(found)


def _is_refused(combinations: Combinations, reach: Reachability) -> bool:
    undecided = combinations.undecided(reach.witness or {})
    return undecided is not None and not undecided.outcomes


def _gap(combinations: Combinations) -> Words:
    name = combinations.decision.name
    return Message("decision-gap-some-requests", name=name)


def _hole(combinations: Combinations) -> Words:
    name = combinations.decision.name
    if combinations.decision.is_internal:
        return Message("parameter-no-value-days", name=name)
    return Message("decision-days-none-dated", name=name)
