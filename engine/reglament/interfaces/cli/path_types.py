"""From the names of files, folders and logs on a command line to the same, none of them empty."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from reglament.interfaces.cli.asked_policy import naming
from reglament.interfaces.cli.completing import DECISIONS, LISTED_DECISIONS
from reglament.messages import Message, Words
from reglament.model.problems import refusal

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


policies_option = click.option(
    "--policies",
    metavar="FOLDER",
    type=FILE,
    default=lambda: POLICIES if Path(POLICIES).is_dir() else None,
    help="option-serve-policies",
)
"""The folder of the policies that are served; by default that of their name, if there is one."""


def only_option(help: str) -> Callable[[Command], Command]:
    """`--only`: the decisions that are asked for."""
    return click.option(
        "--only", metavar="NAMES", callback=names_in, shell_complete=LISTED_DECISIONS, help=help
    )


def decisions_option(help: str) -> Callable[[Command], Command]:
    """`--decision`, as often as is wanted: the decisions that are asked about."""
    return click.option(
        "--decision", "decisions", multiple=True, metavar="NAME", shell_complete=DECISIONS,
        help=help,
    )  # fmt: skip


def journal_option(help: str) -> Callable[[Command], Command]:
    """`--journal`: where it is kept what happened."""
    return click.option(
        "--journal",
        metavar="FILE|URL",
        type=JOURNAL,
        default="reglament-journal.db",
        show_default=True,
        help=help,
    )
