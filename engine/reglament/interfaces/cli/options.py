"""What a command is declared by: how it refuses, and the options that most commands have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from typing import Any

import click

from reglament.interfaces.cli import WRONG
from reglament.interfaces.cli.asked_policy import HERE, tell_if_another
from reglament.interfaces.cli.completing import DAYS
from reglament.interfaces.cli.output import say
from reglament.interfaces.cli.speech import VARIABLE, reader_language
from reglament.messages import languages
from reglament.model.problems import Refused

MOST_PROBLEMS = 50
_Option = Callable[[Any], Any]


class RefusingCommand(click.Command):
    """A command that prints what is wrong with its request or policy, and exits with status 2."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it."""
        with _refusing(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """As click does it."""
        with _refusing(ctx):
            return super().invoke(ctx)


def command(help: str) -> Callable[[Callable[..., None]], RefusingCommand]:
    """Declare a command whose help is the message `help`."""
    return click.command(cls=RefusingCommand, help=help)


def together(*options: _Option) -> _Option:
    """Several options as one decorator, in their order."""

    def decorated(command: Any) -> Any:
        return reduce(lambda made, option: option(made), reversed(options), command)

    return decorated


@contextmanager
def _refusing(ctx: click.Context) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        tell_if_another(refused)
        say(refused.to_text(ctx.params["language"], MOST_PROBLEMS), err=True)
        raise SystemExit(WRONG) from None


def _policy_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from reglament.language.loading.policy_finder import known_names

    return [name for name in known_names(HERE) if name.startswith(incomplete)]


policy = click.option(
    "--policy",
    "policy_name",
    metavar="NAME|PATH",
    shell_complete=_policy_names,
    help="option-policy",
)
language = click.option(
    "--lang",
    "language",
    is_eager=True,  # whatever is wrong with other options is told in it
    type=click.Choice(languages()),
    default=reader_language,
    envvar=VARIABLE,
    help="option-lang",
)
as_json = click.option("--json", "is_json", is_flag=True, help="option-json")
at = click.option("--at", metavar="WHEN", shell_complete=DAYS, help="option-at")
