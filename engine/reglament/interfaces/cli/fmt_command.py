"""From policy files to the same files in one layout."""

from __future__ import annotations

from pathlib import Path

import click

from reglament.interfaces.cli import FAILED, FINE, options
from reglament.interfaces.cli.output import say
from reglament.messages import Message


@options.command("command-fmt")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=options.FILE_OR_FOLDER)
@click.option("--check", "is_check", is_flag=True, help="option-fmt-check")
@options.language
def fmt(_: options.CommonOptions, paths: tuple[Path, ...], is_check: bool) -> None:
    """Lay out the YAML files at each PATH, a file or a folder."""
    from reglament.editing.fmt import format_files

    found = format_files(paths, is_check=is_check)
    changed = [one.path for one in found if one.is_changed]
    for path in changed:
        say(str(path))
    said = "files-laid-out-otherwise" if is_check else "files-changed"
    say(Message(said, total=len(found), changed=len(changed)), err=True)
    raise SystemExit(FAILED if is_check and changed else FINE)
