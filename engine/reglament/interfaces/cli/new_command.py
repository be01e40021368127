"""From a name to the folder of a new policy, or of the next version of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.output import say
from reglament.language.loading.files.policy_finder import POLICIES, local_policy
from reglament.messages import Language, Message
from reglament.model.problems import refusal
from reglament.model.words import LANGUAGES


@options.command("command-new", goes_with={"--copy": ("--version",)})
@click.argument("name", metavar="NAME", type=options.NEW_POLICY)
@click.option("--version", "day", metavar="DAY", help="option-new-version")
@click.option("--languages", "tags", metavar="TAGS", help="option-new-languages")
@click.option("--copy", "is_whole", is_flag=True, help="option-new-copy")
@options.language
def new(
    _: options.CommonOptions, name: str, day: str | None, tags: str | None, is_whole: bool
) -> None:
    """Begin the policy NAME, or with --version its next version, based on the last."""
    from reglament.editing.new import new_policy, new_version

    folder, today = _folder(name), date.today()
    if is_whole and not day:
        raise refusal("wrong-option", Message("copy-of-next-version"))
    if day and tags is not None:
        raise refusal("wrong-option", Message("languages-of-next-version"))
    if day:
        made = new_version(folder, _day(day), today, is_whole=is_whole)
    else:
        made = new_policy(folder, today, _languages(tags))
    say(Message("try-reglament-test-policy", made=made, folder=folder))


def _languages(tags: str | None) -> tuple[Language, ...]:
    if tags is None:
        return LANGUAGES
    return tuple(dict.fromkeys(tags.replace(",", " ").split() or [tags]))


def _folder(name: str) -> Path:
    """What is there of that name; else its place in `policies`, where there is such a folder."""
    path, here = Path(name), Path()
    is_bare = len(path.parts) == 1 and (here / POLICIES).is_dir()
    return local_policy(here, name) or (here / POLICIES / name if is_bare else path)


def _day(text: str) -> date:
    from reglament.language.requests.told_moments import read_date
    from reglament.language.syntax.mismatch import TypeMismatch

    try:
        return read_date(text)
    except TypeMismatch:
        message = Message("version-not-day", text=text)
        raise refusal("wrong-type", message, Message("write-say")) from None
