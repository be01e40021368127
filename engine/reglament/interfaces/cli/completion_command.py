"""From the name of a shell to the script that completes commands and options in it."""

from __future__ import annotations

import click

from reglament.interfaces.cli import options

SHELLS = ("bash", "zsh", "fish")


@options.command("command-completion")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script for SHELL."""
    from click.shell_completion import ShellComplete, get_completion_class

    from reglament.interfaces.cli.group import group

    found = get_completion_class(shell)
    assert found is not None
    complete = found(group, {}, "reglament", "_REGLAMENT_COMPLETE")
    # Bash's own `source` would start a shell to ask for its version.
    click.echo(ShellComplete.source(complete))
