"""What a shell proposes for words of a policy: decisions, outcomes, versions, readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import BUNDLED
from reglament.interfaces.cli.speech import reader_language

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from reglament.policy import Policy

Proposed = tuple[str, str]
"""A word, and what it means."""

Completer = Callable[[click.Context, click.Parameter, str], list[Any]]


def _completing(propose: Callable[[Policy, str], Iterable[Proposed]]) -> Completer:
    """What proposes words of the policy that the line names; none where it cannot be read."""

    def complete(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            found = list(propose(_policy(ctx.params.get("policy_name")), begun))
        except Exception:  # a shell that completes can be told of nothing
            return []
        return [CompletionItem(word, help=said) for word, said in found if word.startswith(begun)]

    return complete


def _policy(name: str | None) -> Policy:
    """The policy that a command would read, or else the bundled one."""
    from reglament.language.loading.files.policy_finder import policy_in
    from reglament.policy import find_policy, load_policy

    policy = policy_in(Path(), name)
    path = find_policy(name or BUNDLED) if policy is None else policy.path
    return load_policy(path, is_cached=True)


def _decisions(policy: Policy, _: str) -> Iterator[Proposed]:
    language = reader_language()
    for name, decision in policy.versions[-1].shown_decisions.items():
        yield name, decision.label.to(language)


def _listed_decisions(policy: Policy, begun: str) -> Iterator[Proposed]:
    """Of names parted by commas, the last one."""
    before, comma, _ = begun.rpartition(",")
    for name, said in _decisions(policy, begun):
        if name not in before.split(","):
            yield f"{before}{comma}{name}", said


def _outcomes_wanted(policy: Policy, begun: str) -> Iterator[Proposed]:
    """`DECISION=`, and then its outcomes."""
    name, equals, _ = begun.partition("=")
    decision = policy.versions[-1].decisions.get(name)
    if not equals or decision is None:
        yield from ((f"{name}=", said) for name, said in _decisions(policy, begun))
        return
    for word, label in decision.outcome_labels.items():
        yield f"{name}={word}", label.to(reader_language())


def _facts(policy: Policy, begun: str) -> Iterator[Proposed]:
    """`FACT=`, and then its options."""
    name, equals, _ = begun.partition("=")
    fact = policy.facts.get(name)
    language = reader_language()
    if not equals or fact is None:
        yield from ((f"{one}=", told.label.to(language)) for one, told in policy.facts.items())
        return
    for word, label in fact.option_labels.items():
        yield f"{name}={word}", label.to(language)


def _versions(policy: Policy, _: str) -> Iterator[Proposed]:
    for version in policy.versions:
        yield version.version, version.title.to(reader_language())


def _days(policy: Policy, _: str) -> Iterator[Proposed]:
    """The first day of each version."""
    for version in policy.versions:
        yield version.holds_from.isoformat(), version.version


def _switches(policy: Policy, begun: str) -> Iterator[Proposed]:
    """`READING=ALTERNATIVE`, but the one that is chosen."""
    language = reader_language()
    for reading in policy.versions[-1].readings.values():
        for word, said in reading.alternatives.items():
            if word != reading.chosen:
                yield f"{reading.id}={word}", said.to(language)


DECISIONS = _completing(_decisions)
LISTED_DECISIONS = _completing(_listed_decisions)
OUTCOMES_WANTED = _completing(_outcomes_wanted)
FACTS = _completing(_facts)
VERSIONS = _completing(_versions)
DAYS = _completing(_days)
SWITCHES = _completing(_switches)
