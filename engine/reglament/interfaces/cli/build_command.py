"""From a policy to one file that holds it whole: what `--policy` and `load_policy` read."""

from __future__ import annotations

from pathlib import Path

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import open_policy
from reglament.interfaces.cli.output import say

DIGITS = 12  # of the digest, in a name


@options.command("command-build")
@click.argument("policy_name", metavar="[POLICY]", required=False)
@click.option("-o", "--output", metavar="FILE", type=options.FILE, help="option-build-output")
@options.language
def build(common: options.CommonOptions, output: str | None) -> None:
    """Build a policy, in all its versions, into one file named by its digest."""
    from reglament.editing.atomic import write_whole
    from reglament.plan.bundle import digest_in

    policy = open_policy(common.policy_name)
    text = policy.bundle()
    digest = digest_in(text)
    short = digest.removeprefix("sha256:")[:DIGITS]
    path = Path(output or f"{policy.id}-{policy.versions[-1].version}-{short}.json")
    write_whole(path, text)
    say(f"{path}\n{digest}")
