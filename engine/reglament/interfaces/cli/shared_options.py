"""What every command shares: options, refusals, plain and JSON output, the policy asked."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import BUNDLED, WRONG
from reglament.interfaces.cli.completing import DAYS
from reglament.interfaces.cli.hushing import clear, hush
from reglament.interfaces.cli.speech import VARIABLE, reader_language
from reglament.messages import Language, Message, Words, languages
from reglament.model.problems import Problem, Refused
from reglament.model.words import translations

if TYPE_CHECKING:
    from datetime import datetime

    from reglament.language.loading.policy_finder import FoundPolicy
    from reglament.model.regulation import Version
    from reglament.policy import Policy

HERE = Path()
PROGRAM_FORMS = frozenset({"json", "sarif"})
TOLD, FOUND = "reglament.policy", "reglament.found"
OF_ANOTHER = frozenset({"unknown-fact", "column-none"})
"""What is wrong with a request that was meant for another policy."""
STDIN = "-"
MOST_PROBLEMS = 50
WIDTH = 100  # of a line for people, where no terminal says its own
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


# -- options --------------------------------------------------------------------------------


def _policy_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from reglament.language.loading.policy_finder import known_names

    return [name for name in known_names(HERE) if name.startswith(incomplete)]


policy_option = click.option(
    "--policy",
    "policy_name",
    metavar="NAME|PATH",
    shell_complete=_policy_names,
    help="option-policy",
)
language_option = click.option(
    "--lang",
    "language",
    is_eager=True,  # whatever is wrong with other options is told in it
    type=click.Choice(languages()),
    default=reader_language,
    envvar=VARIABLE,
    help="option-lang",
)
json_option = click.option("--json", "is_json", is_flag=True, help="option-json")
at_option = click.option("--at", metavar="WHEN", shell_complete=DAYS, help="option-at")


# -- output ---------------------------------------------------------------------------------


def harmless(text: str) -> str:
    """The text with nothing in it that could steer a terminal; lines and tabs are kept."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str = "", *, err: bool = False) -> None:
    """Print text for people."""
    (clear if err else hush)()
    click.echo(harmless(text), err=err)


def say_wrapped(text: str, first: int = 0, rest: int = 0) -> None:
    """Print a line for people, broken at blanks: indented `first`, and `rest` where it goes on."""
    from shutil import get_terminal_size  # late: it brings what packs archives
    from textwrap import wrap

    width = get_terminal_size().columns if is_terminal() else WIDTH
    lines = wrap(
        text,
        max(width, 40),
        initial_indent=" " * first,
        subsequent_indent=" " * rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        say(line)


def print_json(value: object, *, indent: int | None = 2) -> None:
    """Print JSON for programs; in ASCII alone where the output's encoding is not Unicode."""
    hush()
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    is_ascii = not encoding.replace("-", "").startswith("utf")
    click.echo(json.dumps(value, ensure_ascii=is_ascii, indent=indent))


def write_page(file: str, page: str) -> None:
    """Write a page into a file, or to standard output (`-`). Raises Refused."""
    if file == STDIN:
        click.echo(page, nl=False)
        return
    from reglament.editing.atomic import write_whole

    write_whole(Path(file), page)


def is_terminal() -> bool:
    """Whether a person is reading, so that colour and boxes help."""
    return bool(sys.stdout is not None and sys.stdout.isatty())


@contextmanager
def refusing(language: Language) -> Iterator[None]:
    """Where a request or a policy is refused, print the first problems and exit with status 2."""
    try:
        yield
    except Refused as refused:
        context = click.get_current_context(silent=True)
        is_of_another = any(one.code in OF_ANOTHER for one in refused.problems)
        if is_of_another and context is not None and FOUND in context.meta:
            _tell_once(context.meta[FOUND])  # who named no policy may not know which it was
        say(refused.to_text(language, MOST_PROBLEMS), err=True)
        raise SystemExit(WRONG) from None


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as plain values: code, messages in every language, place."""
    place = problem.place
    return {
        "code": problem.code,
        "message": translations(problem.message),
        "hint": None if problem.hint is None else translations(problem.hint),
        "file": None if place is None else place.file,
        "line": None if place is None or place.is_whole else place.line,
        "column": None if place is None or place.is_whole else place.column,
    }


# -- policies -------------------------------------------------------------------------------


def open_policy(name: str | None, *, is_cached: bool = False) -> Policy:
    """The policy of `--policy`, or of the working folder; says on standard error which it reads.

    With `is_cached` it may be what was read of the same files before.

    Raises Refused where there is none, and for files that cannot be read too.
    """
    from reglament.policy import load_policy

    found = _chosen(name)
    _tell_once(_which(found))
    return load_policy(found.path, is_cached=is_cached)


def chosen_policy(name: str | None) -> Path:
    """The path of the policy that `open_policy` reads. Raises Refused where there is none."""
    return _chosen(name).path


def _chosen(name: str | None) -> FoundPolicy:
    from reglament.language.loading.policy_finder import no_policy_here, policy_in

    found = policy_in(HERE, name)
    if found is None:
        raise no_policy_here(HERE)
    return found


def policy_for_request(name: str | None) -> Policy:
    """The policy that requests are decided by; it may be what was read of the same files before.

    Whoever asks owns no policy, so where none is found it is a bundled one, and that is said.
    """
    from reglament.language.loading.policy_finder import policy_in
    from reglament.policy import find_policy, load_policy

    found = policy_in(HERE, name)
    if found is None:
        _tell_once(Message("bundled-policy-read", policy=BUNDLED))
    elif name is None:
        click.get_current_context().meta[FOUND] = _which(found)
    return load_policy(find_policy(BUNDLED) if found is None else found.path, is_cached=True)


def _which(found: FoundPolicy) -> Words:
    path, here = found.path.absolute(), Path.cwd()
    if path != here and path.is_relative_to(here):
        path = path.relative_to(here)
    if found.is_bundled:
        return Message("policy-is-bundled", name=found.path.name, path=str(path))
    if found.settings is not None:
        return Message("policy-by-settings", path=str(path), file=found.settings.name)
    return Message("policy-is-at", path=str(path))


def _tell_once(words: Words) -> None:
    """Say it to people on standard error: once a command, and not beside values for programs."""
    context = click.get_current_context()
    is_for_programs = context.params.get("is_json") or context.params.get("form") in PROGRAM_FORMS
    if not is_for_programs and context.meta.setdefault(TOLD, words) is words:
        say(words.to(context.params["language"]), err=True)


def version_of(policy: Policy, at: str | None) -> Version:
    """The version in force at the moment of `--at`, or the newest. Raises Refused."""
    return policy.versions[-1] if at is None else policy.version_at(judged_at(policy, at))


def judged_at(policy: Policy, at: str) -> datetime:
    """The moment of `--at`, at which a version is in force. Raises Refused, naming the option."""
    with naming("--at"):
        moment = policy.moment(at)
        policy.version_at(moment)
        return moment


def moment_of(policy: Policy, text: str, option: str) -> datetime:
    """The moment told by an option. Raises Refused, naming the option."""
    with naming(option):
        return policy.moment(text)


@contextmanager
def naming(option: str) -> Iterator[None]:
    """Where what an option says is refused, name the option in the message."""
    try:
        yield
    except Refused as refused:
        raise Refused(
            replace(one, message=Message("name-message", name=option, message=one.message))
            for one in refused.problems
        ) from None
