"""From one version of a policy to everything about it that its author should see.

Each question is one file; a question whose diagrams outgrow the budget is
reported as not analysed, by the decision's name, and never left out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from reglament.analysis.findings.absent_rules import absent_rules
from reglament.analysis.findings.calendar_end import ending_calendars
from reglament.analysis.findings.combinations import Combinations
from reglament.analysis.findings.conflicts import conflicts
from reglament.analysis.findings.consequences import of_every_use, with_consequences
from reglament.analysis.findings.constant_tests import constant_tests
from reglament.analysis.findings.finding import (
    TOO_LARGE_WHY,
    Finding,
    Proof,
    Severity,
    places_of,
    unproven,
)
from reglament.analysis.findings.gaps import gaps
from reglament.analysis.findings.idle_examples import idle_examples
from reglament.analysis.findings.missing_words import missing_words
from reglament.analysis.findings.readings_without_effect import readings_without_effect
from reglament.analysis.findings.reason_numbers import reason_numbers
from reglament.analysis.findings.redundant_rules import redundant_items, redundant_rules
from reglament.analysis.findings.space import Space
from reglament.analysis.findings.uncited import uncited_clauses
from reglament.analysis.findings.undeclared_words import (
    undeclared_words,
    unheard_words,
    words_or_names,
)
from reglament.analysis.findings.unreachable_rules import unreachable_items, unreachable_rules
from reglament.analysis.findings.unreached_outcomes import unreached_outcomes
from reglament.analysis.findings.unread_facts import unread_facts, unused_parameters
from reglament.diagram.kernel.forest import TooLarge
from reglament.messages import Message
from reglament.model.decisions import Decision
from reglament.model.lists import ItemList
from reglament.model.regulation import Version

BUDGET: Final = 1_000_000

CODES: Final = (
    "conflict",
    "gap",
    "dated-hole",
    "rule-never-decides",
    "rule-changes-nothing",
    "test-always-true",
    "test-always-false",
    "outcome-never-reached",
    "fact-never-read",
    "parameter-never-used",
    "clause-never-cited",
    "clause-cited-though-no-rule",
    "reading-without-effect",
    "word-not-declared",
    "word-never-heard",
    "word-or-name",
    "message-missing",
    "reason-number-differs",
    "calendar-ends-soon",
    "example-names-no-rule",
    "example-proves-nothing",
    "not-analysed",
)

_log = logging.getLogger(__name__)

_OF_RULES: Final[tuple[Callable[[Combinations], Iterable[Finding]], ...]] = (
    conflicts,
    gaps,
    unreachable_rules,
    redundant_rules,
)
_OF_ITEMS: Final[tuple[Callable[[Space, Decision], Iterable[Finding]], ...]] = (
    unreachable_items,
    redundant_items,
)
_OF_DECISIONS: Final[tuple[Callable[[Space, Decision], Iterable[Finding]], ...]] = (
    constant_tests,
    unreached_outcomes,
)
_OF_VERSIONS: Final[tuple[Callable[[Space], Iterable[Finding]], ...]] = (
    unread_facts,
    unused_parameters,
    uncited_clauses,
    readings_without_effect,
    lambda space: undeclared_words(space.version),
    lambda space: unheard_words(space.version),
    lambda space: words_or_names(space.version),
    lambda space: missing_words(space.version),
    lambda space: reason_numbers(space.version),
    ending_calendars,
    lambda space: absent_rules(space.version),
    lambda space: idle_examples(space.version),
)


def check(
    version: Version,
    *,
    until: date | None = None,
    today: date | None = None,
    others: Mapping[tuple[str, str], Version] | None = None,
    budget: int = BUDGET,
) -> tuple[Finding, ...]:
    """Everything found about the version, errors first; what follows from a finding is in it.

    `until` is the first day on which it holds no longer, `today` the day of the
    check (None: calendars are not looked at). `others` holds the version with
    one reading answered otherwise, by reading and alternative. `budget` bounds
    the nodes of its diagrams.
    """
    space = Space(version, until, today, others or {}, budget)
    findings = [finding for ask in _questions(space) for finding in ask]
    for items in version.lists.values():
        findings += _about_items(items, until, budget)
    order = {severity: place for place, severity in enumerate(Severity)}
    causes = with_consequences([*of_every_use(findings, version)], version)
    return tuple(sorted(causes, key=lambda finding: order[finding.severity]))


def _about_items(items: ItemList, until: date | None, budget: int) -> Iterator[Finding]:
    """What is found about the decisions made for each item, by the version that decides one item.

    Items may read what the whole list comes to, which that version takes for any value: a
    finding that shows such a value is not certain.
    """
    for inner in items.item.lists.values():
        yield from _about_items(inner, until, budget)
    for one in _about(items.item, until, budget) if items.decisions else ():
        if one.decision in items.decisions:
            yield unproven(one) if any(" " in name for name in one.witness or ()) else one


def _about(version: Version, until: date | None, budget: int) -> list[Finding]:
    """What is found about the decisions of the version alone."""
    space = Space(version, until, None, {}, budget)
    decisions = [one for one in version.shown_decisions.values() if one.for_each is None]
    return [
        finding
        for decision in decisions
        for finding in _asked(decision, lambda d=decision: _of_decision(space, d))  # type: ignore[misc]
    ]


def _questions(space: Space) -> Iterator[list[Finding]]:
    for decision in space.version.own_decisions():
        if decision.for_each is not None or decision.stands_for is not None:
            continue
        yield _asked(decision, lambda decision=decision: _of_decision(space, decision))  # type: ignore[misc]
    for ask in _OF_VERSIONS:
        yield _asked(None, lambda ask=ask: ask(space))  # type: ignore[misc]


def _of_decision(space: Space, decision: Decision) -> Iterator[Finding]:
    if decision.kind.gives_one:
        combinations = Combinations(space, decision)
        for ask in _OF_RULES:
            yield from ask(combinations)
    else:
        for look in _OF_ITEMS:
            yield from look(space, decision)
    if not decision.is_internal:
        for look in _OF_DECISIONS:
            yield from look(space, decision)


def _asked(decision: Decision | None, ask: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What the question finds; where it grows too large, what it found so far, and a note."""
    findings: list[Finding] = []
    try:
        findings.extend(ask())
    except TooLarge:
        findings.append(_not_analysed(decision))
    _log.info("%s: findings: %d", "version" if decision is None else decision.name, len(findings))
    return findings


def _not_analysed(decision: Decision | None) -> Finding:
    name = None if decision is None else decision.name
    return Finding(
        code="not-analysed",
        severity=Severity.NOTE,
        message=Message("part-not-analysed")
        if name is None
        else Message("decision-not-analysed", decision=name),
        decision=name,
        places=places_of(None if decision is None else decision.place),
        proof=Proof.NOT_ANALYSED,
        why=TOO_LARGE_WHY,
    )


__all__ = ["BUDGET", "CODES", "Finding", "Proof", "Severity", "check"]
