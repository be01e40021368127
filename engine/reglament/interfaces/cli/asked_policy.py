"""From `--policy` and `--at` to the policy, the version and the moment that a command is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli import BUNDLED
from reglament.interfaces.cli.output import say
from reglament.messages import Message, Words
from reglament.model.problems import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from reglament.language.loading.files.policy_finder import FoundPolicy
    from reglament.model.regulation import Version
    from reglament.policy import Policy

HERE = Path()
PROGRAM_FORMS = frozenset({"json", "sarif"})
TOLD, FOUND = "reglament.policy", "reglament.found"
OF_ANOTHER = frozenset({"unknown-fact", "column-none"})
"""What is wrong with a request that was meant for another policy."""


def open_policy(name: str | None, *, is_cached: bool = False) -> Policy:
    """The policy of `--policy`, or of the working folder; says on standard error which it reads.

    With `is_cached` it may be what was read of the same files before.

    Raises Refused where there is none, and for files that cannot be read too.
    """
    from reglament.policy import load_policy

    policy = _chosen(name)
    _tell_once(_which(policy))
    return load_policy(policy.path, is_cached=is_cached)


def chosen_policy(name: str | None) -> Path:
    """The path of the policy that `open_policy` reads. Raises Refused where there is none."""
    return _chosen(name).path


def _chosen(name: str | None) -> FoundPolicy:
    from reglament.language.loading.files.policy_finder import no_policy_here, policy_in

    policy = policy_in(HERE, name)
    if policy is None:
        raise no_policy_here(HERE)
    return policy


def policy_for_request(name: str | None) -> Policy:
    """The policy that requests are decided by; it may be what was read of the same files before.

    Whoever asks owns no policy, so where none is found it is a bundled one, and that is said.
    """
    from reglament.language.loading.files.policy_finder import policy_in
    from reglament.policy import find_policy, load_policy

    policy = policy_in(HERE, name)
    if policy is None:
        _tell_once(Message("bundled-policy-read", policy=BUNDLED))
    elif name is None:
        click.get_current_context().meta[FOUND] = _which(policy)
    return load_policy(find_policy(BUNDLED) if policy is None else policy.path, is_cached=True)


def _which(policy: FoundPolicy) -> Words:
    path, here = policy.path.absolute(), Path.cwd()
    if path != here and path.is_relative_to(here):
        path = path.relative_to(here)
    if policy.is_bundled:
        return Message("policy-is-bundled", name=policy.path.name, path=str(path))
    if policy.settings is not None:
        return Message("policy-by-settings", path=str(path), file=policy.settings.name)
    return Message("policy-is-at", path=str(path))


def tell_if_another(refused: Refused) -> None:
    """Say which policy was found where the request may be meant for another: nobody named it."""
    context = click.get_current_context()
    if FOUND in context.meta and any(problem.code in OF_ANOTHER for problem in refused.problems):
        _tell_once(context.meta[FOUND])


def _tell_once(words: Words) -> None:
    """Say it to people on standard error: once a command, and not beside values for programs."""
    context = click.get_current_context()
    is_for_programs = context.params.get("is_json") or context.params.get("form") in PROGRAM_FORMS
    if not is_for_programs and context.meta.setdefault(TOLD, words) is words:
        say(words, err=True)


def version_of(policy: Policy, at: str | None) -> Version:
    """The version in force at the moment of `--at`, or the newest. Raises Refused."""
    return policy.versions[-1] if at is None else policy.version_at(judged_at(policy, at))


def judged_at(policy: Policy, at: str) -> datetime:
    """The moment of `--at`, at which a version is in force. Raises Refused, naming the option."""
    with naming("--at"):
        moment = policy.moment(at)
        policy.version_at(moment)
        return moment


def moment_of(policy: Policy, text: str, option: str) -> datetime:
    """The moment told by an option. Raises Refused, naming the option."""
    with naming(option):
        return policy.moment(text)


@contextmanager
def naming(option: str) -> Iterator[None]:
    """Where what an option says is refused, name the option in the message."""
    try:
        yield
    except Refused as refused:
        raise Refused(
            replace(problem, message=Message("name-message", name=option, message=problem.message))
            for problem in refused.problems
        ) from None
