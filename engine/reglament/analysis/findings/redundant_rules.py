"""From a decision to its rules without which nothing would be decided otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from reglament.analysis.findings.combinations import Combination, Combinations
from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.analysis.findings.space import Space
from reglament.messages import Message, ticked
from reglament.model.decisions import Decision, Rule

CODE = "rule-changes-nothing"


def redundant_rules(combinations: Combinations) -> Iterator[Finding]:
    """Rules of an OUTCOME decision that others make superfluous, clauses and all.

    A rule that agrees with what would be said without it still documents the
    clauses that only it cites; such a rule is not redundant.
    """
    touched: dict[str, list[Combination]] = {rule.id: [] for rule in combinations.decision.rules}
    for combination in combinations.all:
        for name in combination.applying:
            touched[name].append(combination)
    for rule in combinations.decision.rules:
        within = touched[rule.id]
        if not any(rule.id in combinations.counting(one.applying) for one in within):
            continue  # it never decides, which is another finding
        if all(_is_redundant(combinations, one, rule) for one in within):
            yield _redundant(combinations, within, rule)


def _is_redundant(combinations: Combinations, combination: Combination, rule: Rule) -> bool:
    """Whether the combination says the same, and cites the same, without the rule."""
    if combination.reach.is_open:
        return False
    speaking = combinations.speaking(combination.applying)
    without = combinations.speaking(combination.applying - {rule.id})
    if speaking == without:
        return True
    cited = {(one.citations, clause) for one in without for clause in one.clauses}
    lost = {(one.citations, clause) for one in speaking for clause in one.clauses} - cited
    if not without or lost:
        return False
    told, kept = {one.then for one in speaking}, {one.then for one in without}
    return told == kept or all(
        combinations.disagreement(combination, one.then, other.then).is_empty
        for one in speaking
        for other in without
    )


def _redundant(combinations: Combinations, within: list[Combination], rule: Rule) -> Finding:
    decision = combinations.decision
    instead = {
        one.id: one
        for combination in within
        for one in combinations.speaking(combination.applying - {rule.id})
    }
    otherwise = decision.otherwise
    is_default = otherwise is not None and set(instead) == {otherwise.id}
    said = "otherwise" if is_default else ticked(sorted(instead))
    return Finding(
        code=CODE,
        severity=Severity.NOTE if is_default else Severity.WARNING,
        message=Message("rule-changes-nothing-without", rule=rule.id, said=_code(said)),
        decision=decision.name,
        rules=(rule.id, *(name for name in sorted(instead) if not is_default)),
        places=places_of(rule.place, *(instead[name].place for name in sorted(instead))),
        witness=within[0].reach.witness,
    )


def _code(said: str) -> str:
    return said if said.startswith("`") else f"`{said}`"


def redundant_items(space: Space, decision: Decision) -> Iterator[Finding]:
    """Requirements that every request meets; rules whose item others add wherever they do."""
    forest, valid = space.forest, space.valid(decision)
    for rule in decision.rules:
        applies = space.diagrams.applies(rule)
        if decision.kind.has_requirements:
            if space.reach(forest.and_(valid, forest.not_(applies))).is_empty:
                yield Finding(
                    code=CODE,
                    severity=Severity.WARNING,
                    message=Message("requirement-changes-nothing-every", rule=rule.id),
                    decision=decision.name,
                    rules=(rule.id,),
                    places=places_of(rule.place),
                )
            continue
        if rule.overrides or decision.counts_rules:
            continue  # what it sets aside would come back without it
        others = [r for r in decision.rules if r is not rule and _covers(r, rule)]
        adding = (space.diagrams.effective(decision, other) for other in others)
        covered = reduce(forest.or_, adding, forest.false)
        counts = space.diagrams.effective(decision, rule)
        alone = forest.and_(valid, forest.and_(counts, forest.not_(covered)))
        reach = space.reach(forest.and_(valid, applies))
        if others and reach.witness is not None and space.reach(alone).is_empty:
            names = tuple(one.id for one in others)
            yield Finding(
                code=CODE,
                severity=Severity.WARNING,
                message=Message("rule-changes-nothing-adds", rule=rule.id, names=ticked(names)),
                decision=decision.name,
                rules=(rule.id, *names),
                places=places_of(rule.place, *(one.place for one in others)),
                witness=reach.witness,
            )


def _covers(other: Rule, rule: Rule) -> bool:
    """Whether the other rule adds the same item, cites as much and sends as much along."""
    return (
        other.then == rule.then
        and set(other.clauses) >= set(rule.clauses)
        and other.citations == rule.citations
        and set(other.attaches) >= set(rule.attaches)
    )
