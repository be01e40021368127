"""From two versions of a policy to the requests that they decide otherwise, and an exit status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.cli import FAILED, FINE
from reglament.cli.common import (
    language_option,
    open_policy,
    policy_option,
    print_json,
    refusing,
    say,
)
from reglament.model.problems import refusal
from reglament.model.words import Language, Words

if TYPE_CHECKING:
    from reglament.analysis.diff import Difference
    from reglament.model.policy import Version

AS_IT_STANDS = "."


@click.command()
@click.argument("old")
@click.argument("new", default=AS_IT_STANDS)
@policy_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for a pull request.",
)
@language_option
def diff(old: str, new: str, policy_name: str, form: str, language: Language) -> None:
    """Show exactly which requests NEW decides otherwise than OLD, each with an example.

    OLD and NEW are each a file or folder of a policy, a version of --policy, a git revision
    of --policy (HEAD~1), a revision with a path (HEAD~1:policies/fees), or `.`: --policy as it
    stands now, which NEW is by default.

    Exit status 0 where no request is decided otherwise (that is proven), 1 where one is or
    where it could not be proven, 2 where a version cannot be read.
    """
    with refusing(language):
        before, after = _versions(old, policy_name), _versions(new, policy_name)
        found, lone = _differences(before, after)
    if form == "json":
        print_json(_plain(found, lone))
    else:
        _say(found, lone, form, language)
    raise SystemExit(FINE if not lone and all(one.is_cosmetic for one in found) else FAILED)


# -- which versions -------------------------------------------------------------------------


def _versions(name: str, policy: str) -> tuple[Version, ...]:
    """The versions that a word of the command line means. Raises Refused."""
    if name == AS_IT_STANDS:
        return open_policy(policy).versions
    if Path(name).exists():
        return open_policy(name).versions
    named = _named(name, policy)
    return named or _at_revision(name, policy)


def _named(name: str, policy: str) -> tuple[Version, ...]:
    return tuple(one for one in open_policy(policy).versions if one.version == name)


def _at_revision(name: str, policy: str) -> tuple[Version, ...]:
    from reglament.policy import find_policy
    from reglament.reading.revisions import read_revision

    revision, colon, path = name.partition(":")
    if not revision or revision.startswith("-"):
        message = Words(ru=f"`{name}` - не ревизия", en=f"`{name}` is no revision")
        raise refusal("unknown-revision", message)
    return read_revision(revision, Path(path) if colon else find_policy(policy))


def _differences(
    old: Sequence[Version], new: Sequence[Version]
) -> tuple[list[Difference], list[Words]]:
    """The pairs compared, and what is said of versions that stand alone.

    Two single versions are compared whatever their names; else versions of one name are, and
    a version added is compared with the one that it follows.
    """
    from reglament.analysis.diff import diff as compare

    if len(old) == len(new) == 1:
        return [compare(old[0], new[0])], []
    names = {one.version: one for one in old}
    found, lone = [], list[Words]()
    for one in new:
        before = names.get(one.version)
        if before is None:
            lone.append(_words("новая версия", "a new version", one))
            earlier = [v for v in old if v.holds_from <= one.holds_from]
            before = earlier[-1] if earlier else None
        if before is not None:
            found.append(compare(before, one))
    kept = {one.version for one in new}
    lone += [_words("нет версии", "a version is gone", v) for v in old if v.version not in kept]
    return found, lone


def _words(ru: str, en: str, version: Version) -> Words:
    return Words(ru=f"{ru}: {version.version}", en=f"{en}: {version.version}")


# -- output ---------------------------------------------------------------------------------


def _plain(found: Sequence[Difference], lone: Sequence[Words]) -> dict[str, Any]:
    from reglament.analysis.diff.report import to_plain

    is_cosmetic = not lone and all(one.is_cosmetic for one in found)
    return {
        "is_cosmetic": is_cosmetic,
        "versions": [dict(words) for words in lone],
        "differences": [to_plain(one) for one in found],
    }


def _say(found: Sequence[Difference], lone: Sequence[Words], form: str, language: Language) -> None:
    for words in lone:
        say(words.to(language))
    for text in _texts(found, form, language):
        say(text)


def _texts(found: Sequence[Difference], form: str, language: Language) -> Iterator[str]:
    from reglament.analysis.diff.report import Reporter

    for one in found:
        reporter = Reporter(one, language)
        if form == "markdown":
            yield reporter.markdown()
            continue
        if len(found) > 1:
            yield f"{one.old.version} → {one.new.version}"
        yield reporter.text()
