"""What a command is declared by: how it refuses, and the options that most commands have."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import reduce, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from reglament.frozen import frozen
from reglament.interfaces.cli import WRONG
from reglament.interfaces.cli.asked_policy import (
    HERE,
    naming,
    open_policy,
    tell_if_another,
    version_of,
)
from reglament.interfaces.cli.completing import DAYS, DECISIONS, LISTED_DECISIONS
from reglament.interfaces.cli.output import say
from reglament.interfaces.cli.speech import VARIABLE, reader_language
from reglament.messages import Language, Message, Words, languages, ticked
from reglament.model.problems import Refused, refusal

if TYPE_CHECKING:
    from reglament.model.regulation import Version

MOST_PROBLEMS = 50
_Option = Callable[[Any], Any]


@frozen
class CommonOptions:
    """What most commands are told: the policy, the moment, the language, and who reads on."""

    language: Language
    policy_name: str | None = None
    at: str | None = None
    is_json: bool = False

    def version(self) -> Version:
        """The version in force at the moment, or the newest. Raises Refused."""
        return version_of(open_policy(self.policy_name), self.at)


class RefusingCommand(click.Command):
    """A command that prints what is wrong with its request or policy, and exits with status 2."""

    goes_with: Mapping[str, Sequence[str]] = {}
    """Options that mean nothing unless one of others is given: whoever gives one is told so."""
    instead: Sequence[str] = ()
    """Options each of which asks for something else: of these one may be given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it; an option that would not be heeded is refused."""
        with _refusing(ctx):
            rest = super().parse_args(ctx, args)
            if not ctx.resilient_parsing:
                self._refuse_unheeded(ctx)
            return rest

    def _refuse_unheeded(self, ctx: click.Context) -> None:
        told = {
            max(param.opts, key=len)
            for param in self.params
            if ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
        }
        for option, others in self.goes_with.items():
            if option in told and told.isdisjoint(others):
                message = Message("option-alone", option=option, others=ticked(others, " / "))
                raise refusal("option-alone", message)
        chosen = [option for option in self.instead if option in told]
        if len(chosen) > 1:
            message = Message("options-exclude", options=ticked(chosen))
            raise refusal("options-exclude", message)

    def invoke(self, ctx: click.Context) -> Any:
        """As click does it."""
        with _refusing(ctx):
            return super().invoke(ctx)


def command(
    help: str,
    name: str | None = None,
    cls: type[RefusingCommand] = RefusingCommand,
    *,
    goes_with: Mapping[str, Sequence[str]] | None = None,
    instead: Sequence[str] = (),
) -> Callable[[Callable[..., None]], Any]:
    """Declare a command whose help is the message `help`.

    The options that most commands have come as one argument, the first, in `CommonOptions`.
    What `goes_with` others, and what stands `instead` of each other, is as `RefusingCommand` says.
    """

    names = {field.name for field in fields(CommonOptions)}

    def declared(function: Callable[..., None]) -> Any:
        @wraps(function)
        def run(**told: Any) -> None:
            common = {name: told.pop(name) for name in names & told.keys()}
            function(*([CommonOptions(**common)] if common else []), **told)

        made = click.command(name, cls=cls, help=help)(run)
        made.goes_with, made.instead = goes_with or {}, instead
        return made

    return declared


def choice(*names: str, among: Sequence[str], default: str, help: str) -> _Option:
    """An option that takes one of some words, and says which it is by default."""
    return click.option(
        *names, type=click.Choice(among), default=default, show_default=True, help=help
    )


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
    from reglament.language.loading.files.policy_finder import known_names

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
policy_and_at, language_and_json = together(policy, at), together(language, as_json)


Command = TypeVar("Command", bound=Callable[..., object])


def names_in(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    """Names parted by commas, each once; ends with status 2 where one is empty."""
    if value is None or ctx.resilient_parsing:
        return None
    names = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
    if not all(names):
        with naming(max(param.opts, key=len)):
            raise refusal("name-empty", Message("name-decision-empty"), _NAME_DECISIONS)
    return names


class NonEmptyPath(click.Path):
    """A name as it was told, or as a `path_type`; an empty one is refused by `message`.

    An empty path means the current folder to Python, which nobody who writes `""` means:
    most often a variable of a script is empty.
    """

    def __init__(self, message: Words, hint: Words, *, path_type: type[Path] | None = None) -> None:
        super().__init__(readable=False, path_type=path_type)
        self.message = message
        self.hint = hint

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """The name; ends with status 2 where it is empty."""
        if not os.fspath(value) and ctx is not None and not ctx.resilient_parsing:
            self._refuse(param)
        return super().convert(value, param, ctx)

    def _refuse(self, param: click.Parameter | None) -> None:
        empty = refusal("name-empty", self.message, self.hint)
        if not isinstance(param, click.Option):
            raise empty
        with naming(max(param.opts, key=len)):
            raise empty


POLICIES = "policies"
_NO_FILE = Message("name-file-empty")
_NAME_A_FILE = Message("name-file")
_A_DATABASE = Message("name-sqlite-file-database")

_NAME_DECISIONS = Message("name-decisions-parted-commas")

FILE = NonEmptyPath(_NO_FILE, _NAME_A_FILE)
FILE_PATH = NonEmptyPath(_NO_FILE, _NAME_A_FILE, path_type=Path)
FILE_OR_STDIN = NonEmptyPath(_NO_FILE, Message("name-file-standard-input"))
FILE_OR_FOLDER = NonEmptyPath(
    Message("name-file-folder-empty"), Message("name-file-folder-current"), path_type=Path
)
LOG = NonEmptyPath(Message("name-log-empty"), _A_DATABASE)
JOURNAL = NonEmptyPath(Message("name-journal-empty"), _A_DATABASE)
TABLE = NonEmptyPath(Message("name-table-empty"), Message("name-table"))
NEW_POLICY = NonEmptyPath(Message("name-policy-empty"), Message("name-folder-fees-say"))
COMPARED = NonEmptyPath(Message("name-what-compare-empty"), Message("name-file-folder-version"))


policies = click.option(
    "--policies",
    metavar="FOLDER",
    type=FILE,
    default=lambda: POLICIES if Path(POLICIES).is_dir() else None,
    help="option-serve-policies",
)
"""The folder of the policies that are served; by default that of their name, if there is one."""


def only(help: str) -> Callable[[Command], Command]:
    """`--only`: the decisions that are asked for."""
    return click.option(
        "--only", metavar="NAMES", callback=names_in, shell_complete=LISTED_DECISIONS, help=help
    )


def decisions(help: str) -> Callable[[Command], Command]:
    """`--decision`, as often as is wanted: the decisions that are asked about."""
    return click.option(
        "--decision", "decisions", multiple=True, metavar="NAME", shell_complete=DECISIONS,
        help=help,
    )  # fmt: skip


def journal(help: str) -> Callable[[Command], Command]:
    """`--journal`: where it is kept what happened."""
    return click.option(
        "--journal",
        metavar="FILE|URL",
        type=JOURNAL,
        default="reglament-journal.db",
        show_default=True,
        help=help,
    )
