"""From the worked examples of a policy to those that fail, and the rules that none reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reglament.frozen import frozen
from reglament.messages import Message
from reglament.model.outcomes import Outcome, RuleStatus
from reglament.model.problems import Problem, Refused
from reglament.model.regulation import Example, Version

Decide = Callable[[Example], Mapping[str, Outcome]]


@frozen
class Mismatch:
    """What an example expects of `aspect` of a decision, and what was found."""

    decision: str
    aspect: str
    expected: object
    found: object


@frozen
class Tried:
    """One example, and where it and the policy differ; `error` where deciding was refused."""

    example: Example
    mismatches: tuple[Mismatch, ...]
    error: Exception | None = None

    @property
    def passes(self) -> bool:
        """Whether the policy decides as the example says."""
        return not self.mismatches and self.error is None


@frozen
class ExampleReport:
    """Every example tried, and the rules that none of them makes apply."""

    tried: tuple[Tried, ...]
    unreached: tuple[str, ...]

    @property
    def failed(self) -> tuple[Tried, ...]:
        """The examples that do not pass."""
        return tuple(tried for tried in self.tried if not tried.passes)


def try_examples(version: Version, decide: Decide) -> ExampleReport:
    """Decide every example; `decide` may raise Refused, which fails its example alone.

    An example that expects nothing fails.
    """
    reached: set[str] = set()
    tried = tuple(
        _unfit(example) or _try(version, example, decide, reached) for example in version.examples
    )
    own = {decision.name for decision in version.own_decisions()}
    rules = (rule.id for decision, rule in version.written_rules() if decision.name in own)
    unreached = tuple(rule for rule in rules if rule not in reached)
    return ExampleReport(tried, unreached)


def _unfit(example: Example) -> Tried | None:
    """The example failed, where it proves nothing."""
    problem = next(iter(example.unknown), None)
    if not any(example.expects.values()):
        problem = Problem("example-expects-nothing", EXPECTS_NOTHING, example.place, hint=SAY_WHAT)
    return None if problem is None else Tried(example, (), Refused([problem]))


EXPECTS_NOTHING = Message("example-expects-nothing-worked-examples")
SAY_WHAT = Message("say-expect-what-must")


def _try(version: Version, example: Example, decide: Decide, reached: set[str]) -> Tried:
    try:
        outcomes = decide(example)
        found = tuple(
            mismatch
            for name, expected in example.expects.items()
            for mismatch in mismatches(outcomes[name], expected)
        )
        for name in version.decisions:
            reached.update(_applied(outcomes[name]))
    except Exception as error:
        if not hasattr(error, "problems"):
            raise
        return Tried(example, (), error)
    return Tried(example, found)


def _applied(outcome: Outcome) -> Iterator[str]:
    yield from (trace.rule for trace in outcome.trace if trace.status is RuleStatus.APPLIED)
    for item in outcome.each:
        yield from _applied(item.decisions[outcome.decision])


def mismatches(outcome: Outcome, expected: Mapping[str, object]) -> Iterator[Mismatch]:
    """Where the outcome of one decision is not what an example expects of it."""
    for aspect, wanted in expected.items():
        found = _aspect(outcome, aspect)
        if _comparable(aspect, wanted) != _comparable(aspect, found):
            yield Mismatch(outcome.decision, aspect, wanted, found)
    # An outcome stands for a decided one: an undetermined null is another thing.
    if "outcome" in expected and "status" not in expected and not outcome.is_determined:
        yield Mismatch(outcome.decision, "status", "determined", outcome.status.value)


def _aspect(outcome: Outcome, aspect: str) -> object:
    if aspect == "status":
        return outcome.status.value
    if aspect == "items":
        return tuple(item.id for item in outcome.items)
    return getattr(outcome, aspect)


UNORDERED = frozenset({"needs", "rules", "clauses", "readings", "met", "unmet", "open", "items"})


def _comparable(aspect: str, value: Any) -> Any:
    return frozenset(value) if aspect in UNORDERED and value is not None else value
