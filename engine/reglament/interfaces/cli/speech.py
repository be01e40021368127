"""From the arguments of a command line to the language of its help and of what is wrong with them.

Click says its own sentences by `gettext`, which each of its modules calls `_`. What the catalogues
have of them is said in the reader's language; in English click's own words stay.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from copy import copy
from typing import Any, TypeVar

import click

from reglament.language.syntax.suggest import suggested
from reglament.messages import SOURCE, Language, Message, languages

VARIABLE = "REGLAMENT_LANG"

_language: ContextVar[Language] = ContextVar("language", default=SOURCE)
_Command = TypeVar("_Command", bound=click.Command)


def reader_language() -> Language:
    """The language of the command line that is being run."""
    return _language.get()


def listen(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
    """Settle the language: that of `--lang` wherever it stands, of the variable, of the locale."""
    asked = [*_told(arguments), environment.get(VARIABLE, ""), _locale(environment)]
    _language.set(next((one for one in asked if one in languages()), SOURCE))


def about_to_run(command: click.Command, context: click.Context) -> click.Command:
    """The command, spoken at the latest when its help is shown: most runs show none."""
    if isinstance(command, click.Group) or context.resilient_parsing:  # or is completed
        return spoken(command)
    said = copy(command)
    said._help_option = None
    said.get_help = lambda ctx: spoken(command).get_help(ctx)  # type: ignore[method-assign]
    said.parse_args = lambda ctx, args: _parsed(command, ctx, args)  # type: ignore[method-assign]
    return said


def _parsed(command: click.Command, context: click.Context, args: list[str]) -> list[str]:
    """What click makes of the arguments; of one too many, the policy that may be meant by it."""
    context.allow_extra_args = True
    try:
        rest = command.parse_args(context, args)
    except click.NoSuchOption as unknown:
        told, names = unknown.option_name, [name for param in command.params for name in param.opts]
        begun = [name for name in names if name.startswith(told)]
        # What click proposes itself is often far off: `--by` and `--json` for `--only`.
        near = begun or [*filter(None, [suggested(told, names)])]
        unknown.possibilities = near  # type: ignore[misc]
        raise
    if rest:
        told = f"Got unexpected extra argument{'s' if rest[1:] else ''} ({{args}})"
        said = [_said(told).format(args=" ".join(rest))]
        if len(rest) == 1 and context.params.get("policy_name", rest) is None:
            from shlex import quote

            meant = repr(f"--policy {quote(rest[0])}")
            said.append(Message("click-did-you-mean", possibility=meant).to(reader_language()))
        context.fail(". ".join(said))
    return rest


def spoken(command: _Command) -> _Command:
    """The command with its help, and that of its options, in the reader's language."""
    said = copy(command)
    said._help_option = None  # click keeps the one that it made, in the language of that time
    said.help = _help(command.help)
    said.epilog = _help(command.epilog)
    said.params = [_option(param) for param in command.params]
    if isinstance(command, click.Group) and isinstance(said, click.Group):
        said.commands = {name: spoken(one) for name, one in command.commands.items()}
    return said


def _told(arguments: Sequence[str]) -> list[str]:
    """The values of `--lang`, the last one first."""
    told: list[str] = []
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            told += arguments[index + 1 : index + 2]
        elif argument.startswith("--lang="):
            told.append(argument.partition("=")[2])
    return told[::-1]


def _locale(environment: Mapping[str, str]) -> str:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")  # as POSIX orders them
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "".join(re.findall(r"^[a-z]+", locale.lower()))


def _option(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    said = copy(parameter)
    said.help = _help(parameter.help)
    return said


def _help(code: str | None) -> str | None:
    return None if code is None else Message(code).to(reader_language())


class _Sentence(str):
    """A sentence of click's in English that is filled in the reader's language."""

    __slots__ = ("code",)
    code: str

    def format(self, *args: object, **values: object) -> str:
        """The sentence with its values; text among them in quotes, as click shows it."""
        told = {name: repr(value) if name in _QUOTED else value for name, value in values.items()}
        return Message(self.code, **told).to(reader_language())


def _said(text: str) -> str:
    code = _SENTENCES.get(text)
    if code is None or reader_language() == SOURCE:
        return text
    if "{" not in text:
        return Message(code).to(reader_language())
    sentence = _Sentence(text)
    sentence.code = code
    return sentence


def _counted(one: str, many: str, count: int) -> str:
    return _said(one if count == 1 else many)


def teach_click() -> None:
    """Let click say what it says by the catalogues."""
    from click import core, decorators, exceptions, formatting, parser, types

    modules: tuple[Any, ...] = (core, decorators, exceptions, formatting, parser, types)
    for module in modules:
        for name, function in (("_", _said), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, function)


_QUOTED = frozenset({"name", "value"})
_SENTENCES: Mapping[str, str] = {
    "Usage:": "click-usage",
    "Options": "click-options",
    "Commands": "click-commands",
    "Positional arguments": "click-positional",
    "Show this message and exit.": "click-show-help",
    "default: {default}": "click-default",
    "required": "click-required",
    "(dynamic)": "click-dynamic",
    "Choose from:\n\t{choices}": "click-choose-from",
    "Error: {message}": "click-error",
    "Try '{command} {option}' for help.": "click-try-help",
    "Invalid value: {message}": "click-invalid-value",
    "Invalid value for {param_hint}: {message}": "click-invalid-value-for",
    "Missing argument": "click-missing-argument",
    "Missing option": "click-missing-option",
    "Missing command.": "click-missing-command",
    "No such option {name!r}.": "click-no-such-option",
    "No such command {name!r}.": "click-no-such-command",
    "Did you mean {possibility}?": "click-did-you-mean",
    "(Did you mean one of: {possibilities}?)": "click-did-you-mean-any",
    "Got unexpected extra argument ({args})": "click-extra-arguments",
    "Got unexpected extra arguments ({args})": "click-extra-arguments",
    "Option {name!r} does not take a value.": "click-takes-no-value",
    "Option {name!r} requires an argument.": "click-requires-argument",
    "{value!r} is not one of {choices}.": "click-not-one-of",
    "{value!r} is not a valid {number_type}.": "click-not-valid",
    "{value!r} does not match the format {format}.": "click-wrong-format",
    "{value} is not in the range {range}.": "click-not-in-range",
}
