"""From the readings of a version, each switched, to those whose answer changes no decision."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.diff.compare import diff
from reglament.analysis.findings.finding import UNPROVEN_WHY, Finding, Proof, Severity, places_of
from reglament.analysis.findings.space import Space
from reglament.analysis.proving.port import Budget
from reglament.evaluation import Evaluator
from reglament.messages import Message, Words
from reglament.model.calendar import OutsideCalendar
from reglament.model.regulation import Example, Reading, Version

CODE = "reading-without-effect"


def readings_without_effect(space: Space) -> Iterator[Finding]:
    """Readings that can be answered otherwise, with no request decided otherwise for it."""
    for reading in space.version.readings.values():
        others = [name for name in reading.alternatives if (reading.id, name) in space.others]
        for name in others:
            if _examples_differ(space, space.others[reading.id, name]):
                continue
            difference = diff(
                space.version, space.others[reading.id, name], budget=Budget(nodes=space.budget)
            )
            if difference.changed:
                continue
            if not difference.not_settled:
                yield _finding(reading, name, Proof.EXACT)
            else:
                yield _finding(reading, name, Proof.UNPROVEN, difference.not_settled[0].why)


def _examples_differ(space: Space, other: Version) -> bool:
    """Whether a worked example is decided otherwise, which spares the whole comparison."""
    switched = Evaluator(other)
    return any(
        _outcomes(space.evaluator, example) != _outcomes(switched, example)
        for example in space.version.examples
    )


def _outcomes(evaluator: Evaluator, example: Example) -> object:
    try:
        values = evaluator.decide(example.facts)
    except (OutsideCalendar, OverflowError):
        return None
    return dict(zip(evaluator.version.decisions, values, strict=True))


def _finding(reading: Reading, alternative: str, proof: Proof, why: Words | None = None) -> Finding:
    is_exact = proof is Proof.EXACT
    message = Message("reading-decides-nothing-with", reading=reading.id, alternative=alternative)
    unknown = Message("not-known-whether-alternative", alternative=alternative, reading=reading.id)
    return Finding(
        code=CODE,
        severity=Severity.WARNING if is_exact else Severity.NOTE,
        message=message if is_exact else unknown,
        subject=f"{reading.id}={alternative}",
        places=places_of(reading.place),
        proof=proof,
        why=None if is_exact else why or UNPROVEN_WHY,
    )
