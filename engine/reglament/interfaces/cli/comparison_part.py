"""From a version to what `reglament test` tells of its examples: coverage, mutants, new cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reglament.messages import ListedWords, Message, Verbatim, Words
from reglament.model.problems import Place
from reglament.model.words import translations

if TYPE_CHECKING:
    from reglament.analysis.testing.comparison import RequestDifference
    from reglament.analysis.testing.coverage import Coverage
    from reglament.analysis.testing.mutants import Mutant
    from reglament.analysis.testing.mutation import Mutation, Survivor
    from reglament.analysis.worked_examples import ExampleReport
    from reglament.model.regulation import Version


# -- coverage -------------------------------------------------------------------------------


def coverage_lines(coverage: Coverage) -> Iterator[Words]:
    """What the examples leave unproven, then the counts."""
    for rule in coverage.unreached_rules:
        yield _at(rule.place, Message("no-example-makes-rule", rule=rule.rule))  # fmt: skip
    for seen in coverage.unproven_conditions:
        for truth in seen.missing:
            yield _at(
                seen.place,
                Message("not-shown-what-happens", rule=seen.rule, truth=truth, words=seen.words),
            )
    for outcome in coverage.unreached_outcomes:
        yield _at(
            outcome.place,
            Message(
                "no-example-reaches-outcome", decision=outcome.decision, outcome=outcome.outcome
            ),
        )
    yield _counts(coverage)


def _counts(coverage: Coverage) -> Words:
    rules = f"{len(coverage.rules) - len(coverage.unreached_rules)}/{len(coverage.rules)}"
    proven = len(coverage.conditions) - len(coverage.unproven_conditions)
    reached = len(coverage.outcomes) - len(coverage.unreached_outcomes)
    conditions, outcomes = (
        f"{proven}/{len(coverage.conditions)}",
        f"{reached}/{len(coverage.outcomes)}",
    )
    return Message(
        "covered-rules-conditions-outcomes", rules=rules, conditions=conditions, outcomes=outcomes
    )


def coverage_data(coverage: Coverage) -> dict[str, Any]:
    """The coverage as plain values."""
    from reglament.rendering.plain.plain_values import plain

    return {
        "rules": [
            {
                "rule": covered.rule,
                "decision": covered.decision,
                **_place(covered.place),
                "examples": list(covered.examples),
            }
            for covered in coverage.rules
        ],
        "conditions": [
            {
                "rule": covered.rule,
                "condition": translations(covered.words),
                **_place(covered.place),
                "when_true": list(covered.when_true),
                "when_false": list(covered.when_false),
                "impossible": list(covered.impossible),
                "is_covered": covered.is_covered,
            }
            for covered in coverage.conditions
        ],
        "outcomes": [
            {
                "decision": covered.decision,
                "outcome": plain(covered.outcome),
                "examples": list(covered.examples),
            }
            for covered in coverage.outcomes
        ],
    }


# -- mutants --------------------------------------------------------------------------------


def mutation_lines(mutation: Mutation) -> Iterator[Words]:
    """The mutants that every example lets pass, each with what would kill it; then the counts."""
    for survivor in mutation.survivors:
        yield from _survivor(survivor)
    killed, total = len(mutation.killed), len(mutation.killed) + len(mutation.survivors)
    share, equal = f"{mutation.score:.1%}", len(mutation.equivalent)
    yield Message(
        "mutants-killed-proven-equivalent", killed=killed, total=total, share=share, equal=equal
    )


def _survivor(survivor: Survivor) -> Iterator[Words]:
    mutant = survivor.mutant
    rule = f"`{mutant.rule}`: " if mutant.rule else ""
    yield _at(mutant.place, Message("no-example-notices", rule=rule, words=mutant.words))
    if survivor.difference is None:
        yield Message("no-request-found-tells")
        return
    yield from _killer(survivor.difference)


def _killer(difference: RequestDifference) -> Iterator[Words]:
    from reglament.rendering.plain.case_files import scalar

    facts = ", ".join(f"{name}: {_flow(value)}" for name, value in difference.facts.items())
    yield Message("example-expects-something-would", decision=difference.decision)
    yield Verbatim(f"     facts: {{{facts}}}")
    ours, theirs = (scalar(str(_outcome(one))) for one in (difference.ours, difference.theirs))
    yield Message("now-mutated", ours=ours, theirs=theirs)


def _flow(value: object) -> str:
    from reglament.rendering.plain.case_files import flow

    return flow(value)


def _outcome(seen: object) -> str:
    return _flow(seen[0]) if isinstance(seen, tuple) else str(seen)


def mutation_data(mutation: Mutation) -> dict[str, Any]:
    """The mutants as plain values."""
    return {
        "killed": len(mutation.killed),
        "equivalent": [_mutant(mutant) for mutant in mutation.equivalent],
        "survivors": [
            {**_mutant(mutant.mutant), "kill_by": _kill_by(mutant.difference)}
            for mutant in mutation.survivors
        ],
        "score": round(mutation.score, 4),
    }


def _kill_by(difference: RequestDifference | None) -> dict[str, Any] | None:
    from reglament.rendering.plain.plain_values import plain

    if difference is None:
        return None
    return {
        "decision": difference.decision,
        "facts": plain(difference.facts),
        "now": _outcome(difference.ours),
        "mutated": _outcome(difference.theirs),
    }


def _mutant(mutant: Mutant) -> dict[str, Any]:
    words = translations(mutant.words)
    return {
        "kind": mutant.kind,
        "rule": mutant.rule or None,
        "change": words,
        **_place(mutant.place),
    }


# -- JUnit ----------------------------------------------------------------------------------


def junit_text(tested: Sequence[tuple[Version, ExampleReport]], failures: Sequence[str]) -> str:
    """A JUnit report: a suite a version, a case an example; `failures` in their order."""
    from reglament.rendering.reports.junit import Case, Suite, junit

    left = iter(failures)
    return junit(
        [
            Suite(
                f"{version.policy} {version.version}",
                tuple(
                    Case(tried.example.name, next(left), *_where(tried.example.place))
                    for tried in report.tried
                ),
            )
            for version, report in tested
        ]
    )


def _where(place: Place | None) -> tuple[str, int]:
    return ("", 0) if place is None else (place.file, place.line)


def _place(place: Place | None) -> dict[str, Any]:
    file, line = _where(place)
    return {"file": file or None, "line": line or None}


def _at(place: Place | None, words: Words) -> Words:
    return words if place is None else ListedWords((place.file_and_line, words), ": ")
