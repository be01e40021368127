"""What commands print: text for people, JSON for programs, pages, problems.

Before anything is said, what is told of long work meanwhile is taken away.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Protocol

import click

from reglament.messages import Words
from reglament.model.problems import Problem, told_place
from reglament.model.words import translations


class Telling(Protocol):
    """Tells what the work is at."""

    def clear(self) -> None:
        """Take away what was said for now."""

    def hush(self) -> None:
        """Take away what was said, and say nothing more."""


_current: Telling | None = None


def begin(telling: Telling | None) -> None:
    """From now on this tells of the work; None where nothing does."""
    global _current
    _current = telling


def clear() -> None:
    """Before something is said beside: take away what is told of the work for now."""
    if _current is not None:
        _current.clear()


def hush() -> None:
    """Before anything is said: take away what is told of the work."""
    if _current is not None:
        _current.hush()


STDIN = "-"
WIDTH = 100  # of a line for people, where no terminal says its own
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The text with nothing in it that could steer a terminal; lines and tabs are kept."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str | Words = "", *, err: bool = False) -> None:
    """Print text for people; words in the language of the command that is run."""
    (clear if err else hush)()
    if not isinstance(text, str):
        text = text.to(click.get_current_context().params["language"])
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
    print_json_text(json.dumps(value, ensure_ascii=is_ascii_alone(), indent=indent))


def print_json_text(text: str) -> None:
    """Print what is JSON already."""
    hush()
    click.echo(text)


def is_ascii_alone() -> bool:
    """Whether the encoding of the output is not Unicode."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    return not encoding.replace("-", "").startswith("utf")


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


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as plain values: code, messages in every language, place."""
    return {
        "code": problem.code,
        "message": translations(problem.message),
        "hint": None if problem.hint is None else translations(problem.hint),
        **told_place(problem.place),
    }
