"""From a policy to the JSON Schema of its requests, or of its files: for forms and for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import judged_at, open_policy
from reglament.interfaces.cli.output import print_json, say


@options.command("command-schema")
@options.policy
@click.option("--files", "is_of_files", is_flag=True, help="option-schema-files")
@options.at
@click.option("-o", "--output", metavar="FILE", type=options.FILE_PATH, help="option-schema-output")
@options.language
def schema(common: options.CommonOptions, is_of_files: bool, output: Path | None) -> None:
    """Print the schema of a policy's requests or files, or write it to --output."""
    policy = open_policy(common.policy_name, is_cached=True)
    moment = None if common.at is None else judged_at(policy, common.at)
    found = policy.schema(files=is_of_files, at=moment, language=common.language)
    if output is None:
        print_json(found)
        return
    from reglament.editing.atomic import write_whole

    write_whole(output, json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    say(str(output))
