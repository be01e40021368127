"""From the table of commands to a click group that imports a command only when it is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any

import click

from reglament.interfaces.cli import COMMANDS, FINE, INTERRUPTED, NOBODY_READS, WRONG
from reglament.interfaces.cli.paging import IS_PAGED, NO_PAGER, PAGED, paged
from reglament.interfaces.cli.speech import (
    about_to_run,
    listen,
    reader_language,
    spoken,
    teach_click,
)
from reglament.language.syntax.suggest import suggested
from reglament.messages import Message, languages

IS_TOLD = "reglament.told"
QUIET = frozenset({"ask", "watch", "serve", "completion"})
"""The commands that wait for somebody, and do not work."""
VERBOSE = frozenset({"-v", "--verbose"})
teach_click()


class NotWritten(click.ClickException):
    """The output could not be written: a full disk, say."""

    exit_code = WRONG


class LazyGroup(click.Group):
    """The commands of `COMMANDS`, each imported when it is run or when its own help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself; None where there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"reglament.interfaces.cli.{cmd_name}_command")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return about_to_run(command, ctx)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """As click does it, in the language that the arguments and the environment ask for.

        `--no-pager` may stand anywhere, as `--lang` may.
        """
        listen(args)
        options, rest = _parted(args)
        is_paged = NO_PAGER not in options
        args = [*(option for option in options if option != NO_PAGER), *rest]
        found = click.Group.make_context(spoken(self), info_name, args, parent, **extra)
        found.meta[IS_PAGED] = is_paged and not PAGED.isdisjoint(options)
        found.meta[IS_TOLD] = (QUIET | VERBOSE).isdisjoint(options)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a *did you mean* for a name that is none."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            ctx.fail(_no_such_command(name))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The lines of the table, with no command imported for them."""
        with formatter.section(Message("click-commands").to(reader_language())):
            formatter.write_dl([(name, _summary(name)) for name in COMMANDS])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """The names that begin so."""
        from click.shell_completion import CompletionItem

        items = [
            CompletionItem(name, help=_summary(name))
            for name in COMMANDS
            if name.startswith(incomplete)
        ]
        return items or click.Command.shell_complete(self, ctx, incomplete)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end quietly where its reader has gone, as `head` does."""
        try:
            with _paging(ctx), _progress(ctx):
                return super().invoke(ctx)
        except BrokenPipeError:
            _write_no_more()
            raise SystemExit(NOBODY_READS) from None
        except OSError as error:
            raise NotWritten(_told(error)) from error


def _told(error: OSError) -> str:
    """Why, and of which file where that is known."""
    why = error.strerror or str(error)
    return why if error.filename is None else f"{error.filename}: {why}"


def _parted(args: list[str]) -> tuple[list[str], list[str]]:
    """The arguments before `--`, and the rest."""
    end = args.index("--") if "--" in args else len(args)
    return args[:end], args[end:]


def _paging(ctx: click.Context) -> AbstractContextManager[None]:
    """A pager for what is long, where a person reads what a command says at last."""
    is_read = sys.stdout is not None and sys.stdout.isatty()
    return paged() if is_read and ctx.meta[IS_PAGED] else nullcontext()


def _progress(ctx: click.Context) -> AbstractContextManager[object]:
    """What long work is at, where a person waits at a terminal and nothing else is told."""
    stream = sys.stderr
    if stream is None or not stream.isatty() or not ctx.meta[IS_TOLD]:
        return nullcontext()
    from reglament.interfaces.cli.progress import Progress

    return Progress(reader_language(), stream)


def _no_such_command(name: str) -> str:
    said = [Message("click-no-such-command", name=repr(name))]
    if (near := suggested(name, COMMANDS)) is not None:
        said.append(Message("click-did-you-mean", possibility=repr(near)))
    return " ".join(message.to(reader_language()) for message in said)


def _summary(name: str) -> str:
    return Message(COMMANDS[name]).to(reader_language())


def _print_version(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not ctx.resilient_parsing:
        from reglament import __version__

        click.echo(f"reglament {__version__}")
        ctx.exit()


def _tell_progress(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not ctx.resilient_parsing:
        import logging  # late: few commands take long

        logging.basicConfig(format="%(asctime)s %(name)s: %(message)s")
        logging.getLogger("reglament").setLevel(logging.INFO)


@click.group(
    cls=LazyGroup,
    epilog="exit-status",
    help="command-reglament",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version,
    help="option-version",
)  # fmt: skip
@click.option(
    "--lang", type=click.Choice(languages()), expose_value=False, is_eager=True, help="option-lang"
)
@click.option(NO_PAGER, is_flag=True, expose_value=False, help="option-no-pager")
@click.option(
    "-v", "--verbose", is_flag=True, is_eager=True, expose_value=False, callback=_tell_progress,
    help="option-verbose",
)  # fmt: skip
def group() -> None:
    """All commands; `--lang` here is that of the command (see `speech.listen`)."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; its exit status."""
    _write_whatever_comes()
    try:
        status = group.main(arguments, prog_name="reglament", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return WRONG
    except click.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        _write_no_more()
        return NOBODY_READS
    except OSError as error:  # the disk is full
        _write_no_more()
        said = Message("click-error", message=_told(error))
        click.echo(said.to(reader_language()), err=True)
        return WRONG
    return status if isinstance(status, int) else FINE


def _write_whatever_comes() -> None:
    """Let letters that the terminal's encoding lacks come out as `\\u0430`, not as an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _write_no_more() -> None:
    """Keep the interpreter from flushing into a closed pipe on its way out."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
