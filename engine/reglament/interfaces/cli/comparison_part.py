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


def coverage_lines(found: Coverage) -> Iterator[Words]:
    """What the examples leave unproven, then the counts."""
    for rule in found.unreached_rules:
        yield _at(rule.place, Message("no-example-makes-rule", rule=rule.rule))  # fmt: skip
    for seen in found.unproven_conditions:
        for truth in seen.missing:
            yield _at(
                seen.place,
                Message("not-shown-what-happens", rule=seen.rule, truth=truth, words=seen.words),
            )
    for outcome in found.unreached_outcomes:
        yield _at(
            outcome.place,
            Message(
                "no-example-reaches-outcome", decision=outcome.decision, outcome=outcome.outcome
            ),
        )
    yield _counts(found)


def _counts(found: Coverage) -> Words:
    rules = f"{len(found.rules) - len(found.unreached_rules)}/{len(found.rules)}"
    proven = len(found.conditions) - len(found.unproven_conditions)
    reached = len(found.outcomes) - len(found.unreached_outcomes)
    conditions, outcomes = f"{proven}/{len(found.conditions)}", f"{reached}/{len(found.outcomes)}"
    return Message(
        "covered-rules-conditions-outcomes", rules=rules, conditions=conditions, outcomes=outcomes
    )


def coverage_data(found: Coverage) -> dict[str, Any]:
    """The coverage as plain values."""
    from reglament.rendering.plain.plain_values import plain

    return {
        "rules": [
            {
                "rule": one.rule,
                "decision": one.decision,
                **_place(one.place),
                "examples": list(one.examples),
            }
            for one in found.rules
        ],
        "conditions": [
            {
                "rule": one.rule,
                "condition": translations(one.words),
                **_place(one.place),
                "when_true": list(one.when_true),
                "when_false": list(one.when_false),
                "impossible": list(one.impossible),
                "is_covered": one.is_covered,
            }
            for one in found.conditions
        ],
        "outcomes": [
            {
                "decision": one.decision,
                "outcome": plain(one.outcome),
                "examples": list(one.examples),
            }
            for one in found.outcomes
        ],
    }


# -- mutants --------------------------------------------------------------------------------


def mutation_lines(found: Mutation) -> Iterator[Words]:
    """The mutants that every example lets pass, each with what would kill it; then the counts."""
    for survivor in found.survivors:
        yield from _survivor(survivor)
    killed, total = len(found.killed), len(found.killed) + len(found.survivors)
    share, equal = f"{found.score:.1%}", len(found.equivalent)
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


def mutation_data(found: Mutation) -> dict[str, Any]:
    """The mutants as plain values."""
    return {
        "killed": len(found.killed),
        "equivalent": [_mutant(one) for one in found.equivalent],
        "survivors": [
            {**_mutant(one.mutant), "kill_by": _kill_by(one.difference)} for one in found.survivors
        ],
        "score": round(found.score, 4),
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
