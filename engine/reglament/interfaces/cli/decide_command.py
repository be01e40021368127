"""From requests to decisions: a table for people, the decision document for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import moment_of, naming, policy_for_request
from reglament.interfaces.cli.output import (
    harmless,
    hush,
    is_ascii_alone,
    is_terminal,
    print_json_text,
    say,
)
from reglament.interfaces.cli.request_files import Answered, decide_files, heading, read_files
from reglament.interfaces.cli.table_options import LINES_GO_WITH, lines_options, tables_of
from reglament.messages import Language, Message
from reglament.model.problems import Refused, refusal
from reglament.rendering.documents.decision_document import LEVELS, Level

if TYPE_CHECKING:
    from datetime import datetime

    from reglament.policy import Decided, Policy
    from reglament.rendering.answers.first_screen import Row, Screen

_HEAD = (Message("decision"), Message("outcome"), Message("because-decide"))
_RECORD_IT = Message("subject-is-recorded")


@options.command("command-decide", goes_with=LINES_GO_WITH)
@click.argument("names", metavar="REQUEST...", nargs=-1, required=True, type=options.FILE_OR_STDIN)
@options.policy_and_at
@lines_options
@options.language_and_json
@click.option("--log", "log_url", metavar="FILE|URL", type=options.LOG, help="option-decide-log")
@click.option("--subject", metavar="KIND/NUMBER", help="option-decide-subject")
@click.option("--known-at", metavar="WHEN", help="option-decide-known-at")
@options.only("option-decide-only")
@click.option("--all", "whole", is_flag=True, help="option-decide-all")
@click.option("--explain", "level", type=click.Choice(LEVELS), help="option-decide-explain")
@click.option("--sufficient", is_flag=True, help="option-decide-sufficient")
def decide(
    common: options.CommonOptions,
    names: tuple[str, ...],
    lines: tuple[str, ...],
    lines_key: str | None,
    log_url: str | None,
    subject: str | None,
    known_at: str | None,
    only: tuple[str, ...] | None,
    whole: bool,
    level: Level | None,
    sufficient: bool,
) -> None:
    """Decide each request in the files REQUEST... (`-` is standard input)."""
    is_json = common.is_json or level is not None or sufficient
    if subject is not None and log_url is None:
        raise refusal("subject-without-log", Message("subject-without-log"), _RECORD_IT)
    policy, at, language = policy_for_request(common.policy_name), common.at, common.language
    files, unread = read_files(names, tables_of(lines, policy.versions), lines_key)
    moment = None if known_at is None else moment_of(policy, known_at, "--known-at")
    with naming("--known-at"):
        asked = policy if moment is None else policy.as_known(moment)
    answers = decide_files(asked, files, at, only, unread)
    if log_url is not None:
        answers = _recorded(answers, log_url, moment, subject)
    is_one = sum(len(file.requests) for file in files) == 1
    is_begun = False
    for answer in answers:
        one = answer.decided
        if isinstance(one, Refused):
            continue  # every line for programs is a document; what is wrong is told at the end
        if is_json:
            made = one.text(
                level or "full",
                sufficient=sufficient,
                only=only,
                indent=2 if is_one else None,
                is_ascii=is_ascii_alone(),
            )
            print_json_text(made)
        else:
            if is_begun:
                say()
            is_begun = True
            if not is_one:
                say(heading(answer, files, language))
            _print_screen(one, only, language, whole=whole)
            if moment is not None:
                _print_difference(policy, one, moment, at, language)


def _recorded(
    answers: Iterator[Answered], url: str, known_at: datetime | None, subject: str | None
) -> Iterator[Answered]:
    """The decisions, each given on once it is recorded."""
    from reglament.audit import open_log

    with open_log(url, create=True) as log:
        for answer in answers:
            one = answer.decided
            if not isinstance(one, Refused):
                log.append_one(one.recordable(known_at=known_at, subject=subject))
            yield answer


def _print_difference(
    policy: Policy, then: Decided, known_at: datetime, at: str | None, language: Language
) -> None:
    """What the versions published since then decide otherwise, and why that is."""
    from reglament.audit.as_known import difference

    now = policy.decide(then.facts, at=then.as_of if at is None else at)
    say()
    old, new = (then.version, then), (now.version, now)
    for line in difference(old, new, known_at.date(), language):
        say(line)


def _print_screen(
    decided: Decided, only: tuple[str, ...] | None, language: Language, *, whole: bool
) -> None:
    from reglament.rendering.answers.first_screen import Screen, below, first_screen, row

    version, document = decided.version, decided.document
    if only is None:
        screen = first_screen(version, document, language, whole=whole)
    else:
        names = (name for name in decided if name in only)
        rows = [row(version, document, decided[name], language) for name in names]
        screen = Screen((), rows, tuple(below(version, document, language)))
    if is_terminal():
        _print_rich(screen, language)
    else:
        parts = screen.head, list(_plain(screen.rows)), screen.below
        say("\n\n".join("\n".join(lines) for lines in parts if lines))


def _plain(rows: Sequence[Row]) -> Iterator[str]:
    """A line for each decision, unbroken: its name, its outcome, the reason."""
    width = max((len(name) for name, _, _ in rows), default=0)
    for name, outcome, reason in rows:
        yield f"{name:<{width}}  {outcome}" + (f" - {reason}" if reason else "")


def _print_rich(screen: Screen, language: Language) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    hush()
    console, has_reasons = Console(), any(reason for _, _, reason in screen.rows)
    for number, line in enumerate(screen.head):
        console.print(Text(harmless(line), style="" if number else "bold"))
    table = Table(box=box.SIMPLE_HEAD, show_header=has_reasons)
    for head, style in zip(_HEAD[: 3 if has_reasons else 2], ("cyan", "bold", ""), strict=False):
        table.add_column(head.to(language), style=style, overflow="fold")
    for cells in screen.rows:
        table.add_row(*(Text(harmless(cell)) for cell in cells[: len(table.columns)]))
    console.print(table if screen.rows else "")
    for line in screen.below:
        console.print(Text(harmless(line)))
