"""From a version with worked examples to how each of them is decided by that version alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reglament.analysis.worked_examples import ExampleReport, try_examples

if TYPE_CHECKING:
    from reglament.model.regulation import Example, Version
    from reglament.policy import Decided, Policy


def try_version(version: Version) -> ExampleReport:
    """Every example of the version, whatever version its facts would choose."""
    from reglament.policy import Policy

    return try_examples(version, partial(_decide, Policy((version,))))


def _decide(policy: Policy, example: Example) -> Decided:
    """What the version says of the example; no clock is asked where it tells no moment."""
    (version,) = policy.versions
    is_dated = example.at is not None or version.chosen_by in example.facts
    return policy.decide(example.facts, at=example.at if is_dated else version.holds_from)
