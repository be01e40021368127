"""From the names of files, folders and logs on a command line to the same, none of them empty."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from reglament.interfaces.cli.shared_options import naming, refusing
from reglament.model.problems import refusal
from reglament.model.words import Words


def names_in(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    """Names parted by commas, each once; ends with status 2 where one is empty."""
    if value is None or ctx.resilient_parsing:
        return None
    names = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
    if not all(names):
        with refusing(ctx.params["language"]), naming(max(param.opts, key=len)):
            raise refusal("name-empty", _NO_DECISION, _NAME_DECISIONS)
    return names


class Named(click.Path):
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
            with refusing(ctx.params["language"]):
                self._refuse(param)
        return super().convert(value, param, ctx)

    def _refuse(self, param: click.Parameter | None) -> None:
        empty = refusal("name-empty", self.message, self.hint)
        if not isinstance(param, click.Option):
            raise empty
        with naming(max(param.opts, key=len)):
            raise empty


_NO_FILE = Words(ru="имя файла пусто", en="the name of the file is empty")
_NAME_A_FILE = Words(ru="назовите файл", en="name a file")
_A_DATABASE = Words(
    ru="назовите файл SQLite или базу: `postgresql://…`",
    en="name a SQLite file, or a database: `postgresql://…`",
)

_NO_DECISION = Words(ru="имя решения пусто", en="the name of a decision is empty")
_NAME_DECISIONS = Words(
    ru="назовите решения через запятую: `tier,scope`",
    en="name decisions, parted by commas: `tier,scope`",
)

FILE = Named(_NO_FILE, _NAME_A_FILE)
FILE_PATH = Named(_NO_FILE, _NAME_A_FILE, path_type=Path)
FILE_OR_STDIN = Named(
    _NO_FILE,
    Words(
        ru="назовите файл; стандартный ввод - это `-`",
        en="name a file; standard input is `-`",
    ),
)
FILE_OR_FOLDER = Named(
    Words(ru="имя файла или папки пусто", en="the name of the file or folder is empty"),
    Words(
        ru="назовите файл или папку; текущая папка - это `.`",
        en="name a file or a folder; the current folder is `.`",
    ),
    path_type=Path,
)
LOG = Named(Words(ru="имя журнала пусто", en="the name of the log is empty"), _A_DATABASE)
JOURNAL = Named(Words(ru="имя журнала пусто", en="the name of the journal is empty"), _A_DATABASE)
NEW_POLICY = Named(
    Words(ru="имя политики пусто", en="the name of the policy is empty"),
    Words(ru="назовите её папку, скажем, `fees`", en="name its folder: `fees`, say"),
)
COMPARED = Named(
    Words(ru="имя того, что сравнить, пусто", en="the name of what to compare is empty"),
    Words(
        ru="назовите файл, папку, версию или ревизию git; `.` - политика, как она есть",
        en="name a file, a folder, a version or a git revision; `.` is the policy as it stands",
    ),
)
