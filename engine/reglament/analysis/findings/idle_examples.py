"""From worked examples to those that would prove nothing if they passed."""

from __future__ import annotations

from collections.abc import Iterator

from reglament.analysis.findings.finding import Finding, Severity, places_of
from reglament.messages import Message, Words
from reglament.model.regulation import Example, Version


def idle_examples(version: Version) -> Iterator[Finding]:
    """Examples that expect nothing, or nothing that another does not expect of the same facts."""
    for index, example in enumerate(version.examples):
        if not any(example.expects.values()):
            yield _finding(example, Message("example-expects-nothing", example=example.name))
            continue
        others = (*version.examples[:index], *version.examples[index + 1 :])
        for other in others:
            if _is_within(example, other) and not (
                _is_within(other, example) and other in others[index:]
            ):
                message = Message("example-repeats", example=example.name, other=other.name)
                yield _finding(example, message, other)
                break


def _is_within(example: Example, other: Example) -> bool:
    """Whether the other example expects all that this one does, of the same facts."""
    if example.at != other.at or example.facts != other.facts:
        return False
    return all(
        name in other.expects and wanted.items() <= other.expects[name].items()
        for name, wanted in example.expects.items()
    )


def _finding(example: Example, message: Words, other: Example | None = None) -> Finding:
    return Finding(
        code="example-proves-nothing",
        severity=Severity.WARNING if other is None else Severity.NOTE,
        message=message,
        subject=example.name,
        places=places_of(example.place, None if other is None else other.place),
        witness=example.facts,
    )
