"""From the rules of a decision to requests for which none of them applies, and where these lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeGuard, cast

from reglament.analysis.cube_conditions import condition_of
from reglament.analysis.cubes import cubes
from reglament.analysis.findings.combinations import Combinations
from reglament.analysis.findings.finding import Finding, Severity, places_of, unproven
from reglament.analysis.findings.gap_regions import undated
from reglament.analysis.findings.space import Reachability, Space
from reglament.analysis.proving.port import AnyGap
from reglament.diagram.kernel.compiler import Compiler
from reglament.diagram.kernel.forest import Node
from reglament.messages import Message, Words
from reglament.model.conditions import AllOf, AnyOf, Comparison, Condition, Not, OneOf
from reglament.model.decisions import Decision
from reglament.model.operators import Operator
from reglament.model.terms import Constant, Term
from reglament.model.values import Value
from reglament.model.visitor import tests_of
from reglament.rendering.words.tests_in_words import condition_words

MOST_REGIONS = 6


def without_a_rule(space: Space, decision: Decision, region: Node) -> tuple[Words, ...]:
    """Where in `region` no rule of the decision applies, one text a conjunction of tests.

    Told in the terms of the decision's own rules: an earlier decision is named, not spelt
    out in facts. Raises TooLarge.
    """
    found = _joined(islice(_conditions(space, decision, region), MOST_REGIONS + 1))
    words = tuple(condition_words(space.version, condition) for condition in found[:MOST_REGIONS])
    return words if len(found) <= MOST_REGIONS else (*words, Message("other-requests"))


def _conditions(space: Space, decision: Decision, region: Node) -> Iterator[Condition]:
    """Conjunctions that some request of the region gives, or may give."""
    local = Compiler(space.version, is_local=True, budget=space.budget)
    none_applies = local.condition_diagram(Not(AnyOf(tuple(rule.when for rule in decision.rules))))
    rest = region

    for cube in cubes(local.forest, none_applies, space.version.decisions):
        condition = condition_of(cube, space.version)
        there = space.truth(condition)
        if space.reach(space.forest.and_(there, rest)).is_empty:
            continue
        rest = space.forest.and_(rest, space.forest.not_(there))
        yield condition


def _joined(conditions: Iterable[Condition]) -> list[Condition]:
    """The conditions, those that differ in one value alone told as one."""
    found: dict[object, Condition] = {}
    for condition in conditions:
        parts = condition.parts if isinstance(condition, AllOf) else (condition,)
        points = [part for part in parts if _is_point(part)]
        if len(points) != 1:
            found[condition] = condition
            continue
        (point,) = points
        others = tuple(part for part in parts if part is not point)
        key = (others, point.subject)
        values: tuple[Value, ...] = (cast(Constant, point.operand).value,)
        if key in found:
            values = (*_values(found[key], point.subject), *values)
        one_of = OneOf(point.subject, values)
        found[key] = AllOf((*others, one_of)) if others else one_of
    return list(found.values())


def _is_point(part: Condition) -> TypeGuard[Comparison]:
    """Whether the test says that something is one value of an order."""
    return (
        isinstance(part, Comparison)
        and part.operator is Operator.IS
        and isinstance(part.operand, Constant)
    )


def _values(condition: Condition, subject: Term) -> tuple[Value, ...]:
    (found,) = (
        test for test in tests_of(condition) if isinstance(test, OneOf) and test.subject == subject
    )
    return found.values


def gaps(combinations: Combinations) -> Iterator[Finding]:
    """Requests without an answer, for a want of a rule, or of one for their day."""
    if combinations.decision.otherwise is not None:
        return
    forest = combinations.space.forest
    for empty in (combination for combination in combinations.all if not combination.applying):
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
    finding = Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        decision=decision.name,
        places=places_of(decision.place),
        witness=reach.witness,
        where=without_a_rule(space, decision, region) if confirmed else (),
    )
    yield finding if confirmed else unproven(finding)


def _is_refused(combinations: Combinations, reach: Reachability) -> bool:
    undecided = combinations.undecided(reach.witness or {})
    return undecided is not None and not undecided.outcomes


def _gap(combinations: Combinations) -> Words:
    return Message("decision-gap-some-requests", name=combinations.decision.name)


def _hole(combinations: Combinations) -> Words:
    name = combinations.decision.name
    if combinations.decision.is_internal:
        return Message("parameter-no-value-days", name=name)
    return Message("decision-days-none-dated", name=name)
