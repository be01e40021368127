"""From a version to what `reglament test` tells of its examples: coverage, mutants, new cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reglament.model.problems import Place
from reglament.model.words import Words, same

if TYPE_CHECKING:
    from reglament.analysis.testing.comparison import Difference
    from reglament.analysis.testing.coverage import Coverage
    from reglament.analysis.testing.mutants import Mutant
    from reglament.analysis.testing.mutation import Mutation, Survivor
    from reglament.analysis.worked_examples import ExampleReport
    from reglament.model.policy import Version


# -- coverage -------------------------------------------------------------------------------


def coverage_lines(found: Coverage) -> Iterator[Words]:
    """What the examples leave unproven, then the counts."""
    for rule in found.unreached_rules:
        yield _at(rule.place, f"правило `{rule.rule}` не применяется ни в одном примере",
                  f"no example makes the rule `{rule.rule}` apply")  # fmt: skip
    for seen in found.unproven_conditions:
        for truth in seen.missing:
            yield _at(
                seen.place,
                f"`{seen.rule}`: не показано, что бывает, когда условие "
                f"{'выполнено' if truth else 'не выполнено'}: {seen.words.ru}",
                f"`{seen.rule}`: not shown what happens where this "
                f"{'holds' if truth else 'does not hold'}: {seen.words.en}",
            )
    for outcome in found.unreached_outcomes:
        yield _at(
            outcome.place,
            f"`{outcome.decision}`: исход `{outcome.outcome}` не получается ни в одном примере",
            f"`{outcome.decision}`: no example reaches the outcome `{outcome.outcome}`",
        )
    yield _counts(found)


def _counts(found: Coverage) -> Words:
    rules = f"{len(found.rules) - len(found.unreached_rules)}/{len(found.rules)}"
    proven = len(found.conditions) - len(found.unproven_conditions)
    reached = len(found.outcomes) - len(found.unreached_outcomes)
    conditions, outcomes = f"{proven}/{len(found.conditions)}", f"{reached}/{len(found.outcomes)}"
    return Words(
        ru=f"покрыто: правил {rules}, условий {conditions}, исходов {outcomes}",
        en=f"covered: rules {rules}, conditions {conditions}, outcomes {outcomes}",
    )


def coverage_data(found: Coverage) -> dict[str, Any]:
    """The coverage as plain values."""
    from reglament.rendering.documents import plain

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
                "condition": dict(one.words),
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
    yield Words(
        ru=f"мутантов поймано {killed} из {total} ({share}); равносильных {equal}, это доказано",
        en=f"{killed} of {total} mutants killed ({share}); {equal} proven equivalent",
    )


def _survivor(survivor: Survivor) -> Iterator[Words]:
    mutant = survivor.mutant
    rule = f"`{mutant.rule}`: " if mutant.rule else ""
    yield _at(
        mutant.place,
        f"{rule}ни один пример не замечает: {mutant.words.ru}",
        f"{rule}no example notices: {mutant.words.en}",
    )
    if survivor.difference is None:
        yield Words(
            ru="   = различающий запрос не найден, равносильность не доказана",
            en="   = no request was found that tells them apart, nor is there proof of none",
        )
        return
    yield from _killer(survivor.difference)


def _killer(difference: Difference) -> Iterator[Words]:
    from reglament.rendering.case_files import scalar

    facts = ", ".join(f"{name}: {_flow(value)}" for name, value in difference.facts.items())
    yield Words(
        ru=f"   = заметил бы пример с ожиданием о `{difference.decision}`:",
        en=f"   = an example that expects something of `{difference.decision}` would:",
    )
    yield same(f"     facts: {{{facts}}}")
    ours, theirs = (scalar(str(_outcome(one))) for one in (difference.ours, difference.theirs))
    yield Words(
        ru=f"     сейчас {ours}, у мутанта {theirs}", en=f"     now {ours}, mutated {theirs}"
    )


def _flow(value: object) -> str:
    from reglament.rendering.case_files import flow

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


def _kill_by(difference: Difference | None) -> dict[str, Any] | None:
    from reglament.rendering.documents import plain

    if difference is None:
        return None
    return {
        "decision": difference.decision,
        "facts": plain(difference.facts),
        "now": _outcome(difference.ours),
        "mutated": _outcome(difference.theirs),
    }


def _mutant(mutant: Mutant) -> dict[str, Any]:
    words = dict(mutant.words)
    return {
        "kind": mutant.kind,
        "rule": mutant.rule or None,
        "change": words,
        **_place(mutant.place),
    }


# -- JUnit ----------------------------------------------------------------------------------


def junit_text(tested: Sequence[tuple[Version, ExampleReport]], failures: Sequence[str]) -> str:
    """A JUnit report: a suite a version, a case an example; `failures` in their order."""
    from reglament.rendering.junit import Case, Suite, junit

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


def _at(place: Place | None, ru: str, en: str) -> Words:
    where = "" if place is None else f"{place.file}:{place.line}: "
    return Words(ru=where + ru, en=where + en)
