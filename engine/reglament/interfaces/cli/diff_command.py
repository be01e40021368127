"""From two versions of a policy to the requests that they decide otherwise, and an exit status."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import FAILED, FINE, options
from reglament.interfaces.cli.compared_versions import (
    AS_IT_STANDS,
    ComparedVersions,
    VersionPair,
    compared,
)
from reglament.interfaces.cli.completing import VERSIONS
from reglament.interfaces.cli.impact_part import (
    IMPACT_GOES_WITH,
    impact_lines,
    impact_on,
    impact_options,
)
from reglament.interfaces.cli.output import print_json, say
from reglament.messages import Language, Message, Words
from reglament.model.words import translations

if TYPE_CHECKING:
    from reglament.analysis.diff.types import Account, VersionDifference
    from reglament.batch.impact import Impact

FORMS = ("text", "json", "markdown")


@options.command("command-diff", goes_with=IMPACT_GOES_WITH)
@click.argument("old", metavar="OLD", type=options.COMPARED, shell_complete=VERSIONS)
@click.argument(
    "new", metavar="[NEW]", type=options.COMPARED, default=AS_IT_STANDS, shell_complete=VERSIONS
)
@options.policy
@options.choice("--format", "form", among=FORMS, default="text", help="option-diff-format")
@impact_options
@options.language
def diff(common: options.CommonOptions, old: str, new: str, form: str, **told: Any) -> None:
    """Show which requests NEW decides differently from OLD, each with an example."""
    asked = compared(old, new, common.policy_name)
    on = [impact_on(pair.old, pair.new, pair.within, common.language, told) for pair in asked.pairs]
    found = [_difference(pair, common.language) for pair in asked.pairs]
    if form == "json":
        print_json(_plain(found, asked.lone, on))
    else:
        _say(found, asked, form, common.language)
        for impact in on:
            if impact is not None:
                say()
                for line in impact_lines(impact, told["table"], common.language):
                    say(line)
    raise SystemExit(FINE if not asked.lone and all(one.is_cosmetic for one in found) else FAILED)


def _difference(pair: VersionPair, language: Language) -> VersionDifference:
    """The difference of two versions; what takes a while is told on standard error meanwhile."""
    from reglament.analysis.diff.compare import diff as compare

    started = monotonic()

    def told(account: Account) -> None:
        if monotonic() - started > QUIET_SECONDS:
            say(f"{account.decision}: {_FATES[account.fate.value].to(language)}", err=True)

    return compare(pair.old, pair.new, within=pair.within, progress=told)


QUIET_SECONDS = 2
_FATES = {
    "changes": Message("changes"),
    "same": Message("decided-before-proven"),
    "not_settled": Message("not-settled-diff"),
}


# -- output ---------------------------------------------------------------------------------


def _plain(
    differences: Sequence[VersionDifference], lone: Sequence[Words], on: Sequence[Impact | None]
) -> dict[str, Any]:
    from reglament.analysis.diff.account import to_plain

    is_cosmetic = not lone and all(difference.is_cosmetic for difference in differences)
    return {
        "is_cosmetic": is_cosmetic,
        "versions": [translations(words) for words in lone],
        "differences": [
            to_plain(difference) | ({} if rows is None else {"on": rows.to_dict()})
            for difference, rows in zip(differences, on, strict=True)
        ],
    }


def _say(
    differences: Sequence[VersionDifference], asked: ComparedVersions, form: str, language: Language
) -> None:
    from reglament.analysis.diff.account import Reporter

    for words in asked.lone:
        say(words)
    for difference in differences:
        reporter = Reporter(difference, language)
        if form == "markdown":
            say(reporter.markdown())
            continue
        if asked.needs_names:
            say(f"{difference.old.version} → {difference.new.version}")
        say(reporter.text())
