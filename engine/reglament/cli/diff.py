"""From two versions of a policy to the requests that they decide otherwise, and an exit status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reglament.cli import FAILED, FINE
from reglament.cli.common import (
    language_option,
    policy_option,
    print_json,
    refusing,
    say,
)
from reglament.cli.compared import AS_IT_STANDS, Compared, Pair, compared
from reglament.cli.named import COMPARED
from reglament.model.words import Language, Words

if TYPE_CHECKING:
    from reglament.analysis.diff import Difference


@click.command()
@click.argument("old", metavar="OLD", type=COMPARED)
@click.argument("new", metavar="[NEW]", type=COMPARED, default=AS_IT_STANDS)
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

    OLD and NEW are each a file or folder of a policy, a version of --policy (2024-01-01), a git
    revision of --policy (HEAD~1), a revision with a path (HEAD~1:policies/fees), or `.`:
    --policy as it stands now, which NEW is by default.

    Beside one version of --policy, `.` is its newest version, and a policy of several versions
    is the one of that name. Otherwise versions of one name are compared, and a version added
    with the one that it follows.

    Exit status 0 where no request is decided otherwise (that is proven), 1 where one is, where
    it could not be proven or where a version was added or taken away, 2 where a version cannot
    be read.
    """
    with refusing(language):
        asked = compared(old, new, policy_name)
        found = _differences(asked.pairs)
    if form == "json":
        print_json(_plain(found, asked.lone))
    else:
        _say(found, asked, form, language)
    raise SystemExit(FINE if not asked.lone and all(one.is_cosmetic for one in found) else FAILED)


def _differences(pairs: Sequence[Pair]) -> list[Difference]:
    from reglament.analysis.diff import diff as compare

    return [compare(old, new) for old, new in pairs]


# -- output ---------------------------------------------------------------------------------


def _plain(found: Sequence[Difference], lone: Sequence[Words]) -> dict[str, Any]:
    from reglament.analysis.diff.report import to_plain

    is_cosmetic = not lone and all(one.is_cosmetic for one in found)
    return {
        "is_cosmetic": is_cosmetic,
        "versions": [dict(words) for words in lone],
        "differences": [to_plain(one) for one in found],
    }


def _say(found: Sequence[Difference], asked: Compared, form: str, language: Language) -> None:
    from reglament.analysis.diff.report import Reporter

    for words in asked.lone:
        say(words.to(language))
    for one in found:
        reporter = Reporter(one, language)
        if form == "markdown":
            say(reporter.markdown())
            continue
        if asked.needs_names:
            say(f"{one.old.version} → {one.new.version}")
        say(reporter.text())
