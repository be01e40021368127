"""From the register of clauses to those that nothing cites, or that are said to need no rule."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.analysis.findings.space import Space
from reglament.messages import Message, ticked
from reglament.model.regulation import Version


def uncited_clauses(space: Space) -> Iterator[Finding]:
    """Clauses without a rule and without a word why; clauses with both."""
    versions = (space.version, *space.others.values())
    by_rules = {clause for version in versions for clause in _cited_by_rules(version)}
    cited = by_rules | {c for reading in space.version.readings.values() for c in reading.clauses}
    for clause in space.version.clauses.values():
        if clause.no_rule_because is None and clause.id not in cited:
            yield Finding(
                "clause-never-cited",
                Severity.WARNING,
                Message("nothing-cites-clause", clause=clause.id, locator=clause.locator),
                subject=clause.id,
                places=places_of(clause.place),
            )
        elif clause.no_rule_because is not None and clause.id in by_rules:
            rules = space.version.rules_citing.get(clause.id, ())
            by = ticked(rules) or Message("cited-by-hours-or-parameters")
            yield Finding(
                "clause-cited-though-no-rule",
                Severity.NOTE,
                Message("no-rule-yet-cited", clause=clause.id, by=by),
                rules=rules,
                subject=clause.id,
                places=places_of(clause.place),
            )


def _cited_by_rules(version: Version) -> Iterator[str]:
    for _, rule in version.written_rules():
        yield from rule.clauses
    for hours in version.hours.values():
        yield from hours.clauses
    for parameter in version.parameters.values():
        yield from parameter.clauses
