"""From requests to decisions: a table for people, the decision document for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli.path_types import FILE_OR_STDIN, LOG, names_in
from reglament.interfaces.cli.request_files import decide_all, read_requests
from reglament.interfaces.cli.shared_options import (
    at_option,
    harmless,
    is_terminal,
    json_option,
    language_option,
    moment_of,
    naming,
    policy_for_request,
    policy_option,
    print_json,
    refusing,
    say,
)
from reglament.messages import Language, Message
from reglament.model.problems import refusal
from reglament.rendering.documents import LEVELS, Level, document

if TYPE_CHECKING:
    from datetime import datetime

    from reglament.model.outcomes import Outcome
    from reglament.policy import Decided, Policy

Row = tuple[str, str, str]
_HEAD = (
    Message("decision"),
    Message("outcome"),
    Message("because-decide"),
)
_OPEN = Message("not-determined")
_AS_OF = Message("as-of")
_SUBJECT_OF_NOTHING = Message("subject-without-log")
_RECORD_IT = Message("subject-is-recorded")


@click.command(help="command-decide")
@click.argument("request", metavar="REQUEST", type=FILE_OR_STDIN)
@policy_option
@at_option
@language_option
@json_option
@click.option("--log", "log_url", metavar="FILE|URL", type=LOG, help="option-decide-log")
@click.option("--subject", metavar="KIND/NUMBER", help="option-decide-subject")
@click.option("--known-at", metavar="WHEN", help="option-decide-known-at")
@click.option("--only", metavar="NAMES", callback=names_in, help="option-decide-only")
@click.option("--explain", "level", type=click.Choice(LEVELS), help="option-decide-explain")
@click.option("--sufficient", is_flag=True, help="option-decide-sufficient")
def decide(
    request: str,
    policy_name: str | None,
    at: str | None,
    language: Language,
    is_json: bool,
    log_url: str | None,
    subject: str | None,
    known_at: str | None,
    only: tuple[str, ...] | None,
    level: Level | None,
    sufficient: bool,
) -> None:
    """Decide each request in the file REQUEST (`-` is standard input)."""
    is_json = is_json or level is not None or sufficient
    with refusing(language):
        if subject is not None and log_url is None:
            raise refusal("subject-without-log", _SUBJECT_OF_NOTHING, _RECORD_IT)
        source, requests = read_requests(request)
        policy = policy_for_request(policy_name)
        moment = None if known_at is None else moment_of(policy, known_at, "--known-at")
        with naming("--known-at"):
            asked = policy if moment is None else policy.as_known(moment)
        decided = decide_all(asked, source, requests, at, only)
        if log_url is not None:
            decided = _recorded(decided, log_url, moment, subject)
        for number, one in enumerate(decided):
            if is_json:
                made = document(
                    one.version, one.document, only, level=level or "full", sufficient=sufficient
                )
                print_json(made, indent=2 if len(requests) == 1 else None)
            else:
                if number:
                    say()
                _print_table(one, _asked(one, only), language)
                if moment is not None:
                    _print_difference(policy, one, moment, at, language)


def _asked(decided: Decided, only: tuple[str, ...] | None) -> tuple[str, ...]:
    """The decisions that are told, in the order of the policy."""
    return tuple(name for name in decided if only is None or name in only)


def _recorded(
    decided: Iterator[Decided], url: str, known_at: datetime | None, subject: str | None
) -> Iterator[Decided]:
    """The decisions, each given on once it is recorded."""
    from reglament.audit import open_log

    with open_log(url, create=True) as log:
        for one in decided:
            log.append(one.version, one.document, known_at=known_at, subject=subject)
            yield one


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


def _print_table(decided: Decided, names: tuple[str, ...], language: Language) -> None:
    say(_title(decided, language))
    for note in decided.document.notes:
        say(note.message.to(language))
    rows = [_row(decided, decided[name], language) for name in names]
    if is_terminal():
        _print_rich(rows, language)
    else:
        say("\n".join(_plain(rows)))


def _title(decided: Decided, language: Language) -> str:
    from reglament.rendering.cldr import full_moment

    version = decided.version
    moment = full_moment(decided.as_of, language, version.zone)
    title = version.title.to(language)
    return f"{title} ({version.version}), {_AS_OF.to(language)} {moment}"


def _row(decided: Decided, outcome: Outcome, language: Language) -> Row:
    from reglament.rendering.labels import CANNOT_DECIDE, label, outcome_words, value_words
    from reglament.rendering.sentences import because

    version, document = decided.version, decided.document
    reason = because(version, document, outcome)
    said = "" if reason is None else reason.to(language)
    name = label(version, outcome.decision, language)
    if outcome.is_determined:
        return name, outcome_words(version, document, outcome.decision, language), said
    if outcome.refused is not None:
        return name, CANNOT_DECIDE.to(language), said
    values = [
        value_words(version, outcome.decision, one, language) for one in outcome.possible or ()
    ]
    listed = f": {' | '.join(values)}" if values else ""
    return name, f"{_OPEN.to(language)}{listed}", said


def _plain(rows: list[Row]) -> Iterator[str]:
    """A line for each decision, unbroken: its name, its outcome, the reason."""
    width = max(len(name) for name, _, _ in rows)
    for name, outcome, reason in rows:
        yield f"{name:<{width}}  {outcome}" + (f" - {reason}" if reason else "")


def _print_rich(rows: list[Row], language: Language) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for head, style in zip(_HEAD, ("cyan", "bold", ""), strict=True):
        table.add_column(head.to(language), style=style, overflow="fold")
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    Console().print(table)
