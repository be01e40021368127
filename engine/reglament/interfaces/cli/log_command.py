"""From a decision log to its audit: verify, show, search, report, replay, carry, erase."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import FAILED
from reglament.interfaces.cli.log_output import print_replayed, print_verified, progress
from reglament.interfaces.cli.path_types import FILE_PATH, LOG
from reglament.interfaces.cli.shared_options import (
    is_terminal,
    json_option,
    language_option,
    open_policy,
    print_json,
    refusing,
    say,
)
from reglament.messages import Language, Message

if TYPE_CHECKING:
    from reglament.audit import DecisionLog
    from reglament.audit.queries import Wanted

log_argument = click.argument("url", metavar="LOG", type=LOG)
output_option = click.option("--output", type=FILE_PATH, help="option-log-output")
ENTRIES_FOR_A_WORKER = 5000
day_option = click.DateTime(["%Y-%m-%d"])


@click.group(help="command-log")
def log() -> None:
    """Audit a decision log: a SQLite file or a postgresql:// URL, as `decide --log` wrote it."""


@log.command(help="command-log-verify")
@log_argument
@click.option("--checkpoint", "path", type=FILE_PATH, help="option-log-verify-checkpoint")
@click.option("--public-key", type=FILE_PATH, help="option-log-verify-public-key")
@click.option("--whole", is_flag=True, help="option-log-verify-whole")
@click.option("--chain-only", is_flag=True, help="option-log-verify-chain-only")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="option-log-verify-workers",
)
@language_option
@json_option
def verify(
    url: str,
    path: Path | None,
    public_key: Path | None,
    whole: bool,
    chain_only: bool,
    workers: int | None,
    language: Language,
    is_json: bool,
) -> None:
    """Check the chain, and decide every entry again by the naive reference."""
    with refusing(language), _opened(url, is_damaged=True) as opened:
        from reglament.audit.checkpoint import read_checkpoint, read_public_key
        from reglament.audit.verification import verify as check

        key = None if public_key is None else read_public_key(public_key)
        checkpoint = None if path is None else read_checkpoint(_text(path), key)
        entries = opened.count()
        with progress(entries, is_json) as step:
            result = check(
                opened,
                checkpoint=checkpoint,
                is_whole=whole,
                is_chain_only=chain_only,
                workers=workers or _workers(entries),
                progress=step,
            )
    print_verified(result, language, is_json, has_checkpoint=checkpoint is not None)
    if not result.is_sound:
        raise SystemExit(FAILED)


@log.command(help="command-log-show")
@log_argument
@click.argument("sequence", type=click.IntRange(min=1))
@output_option
@language_option
@json_option
def show(url: str, sequence: int, output: Path | None, language: Language, is_json: bool) -> None:
    """Show one decision as a page of HTML that stands alone and prints well."""
    with refusing(language), _opened(url) as opened:
        from reglament.audit.entry_page import page_of, readable
        from reglament.audit.verification import doubts

        entry = readable(opened.entry(sequence))
        wrong = doubts(opened, entry)
        if is_json:
            print_json({**entry.body, "hash": entry.hash})
        else:
            _refuse_terminal(output)
            _put(page_of(opened, entry, wrong, language), output)
    for finding in wrong:
        click.echo(finding.to_text(language), err=True)
    if wrong:
        raise SystemExit(FAILED)


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--outcome", "outcomes", multiple=True, metavar="DECISION=OUTCOME"),
        click.option("--rule", metavar="ID"),
        click.option("--clause", metavar="ID"),
        click.option("--policy", "digest", metavar="DIGEST", help="option-log-policy"),
        click.option("--from", "first", type=day_option, help="option-log-from"),
        click.option("--to", "last", type=day_option, help="option-log-to"),
        click.option("--zone", default="UTC", show_default=True, help="option-log-zone"),
    ):
        command = option(command)
    return command


@log.command(help="command-log-search")
@log_argument
@_filters
@language_option
@json_option
def search(url: str, language: Language, is_json: bool, **told: Any) -> None:
    """List the entries that fit: number, time, the outcomes asked for or the answer, policy."""
    with refusing(language), _opened(url) as opened:
        from reglament.audit.queries import Answers, outcome_text
        from reglament.audit.queries import search as find

        wanted, answers = _wanted(**told), Answers(opened)
        for entry in find(opened, wanted):
            if is_json:
                print_json({**entry.body, "hash": entry.hash}, indent=None)
                continue
            document = entry.document
            decisions = document["decisions"]
            shown = {n: decisions[n] for n in wanted.outcomes} or answers.of(entry)
            listed = ", ".join(f"{name}={outcome_text(one)}" for name, one in shown.items())
            policy = " ".join(document["policy"][key] for key in ("id", "version"))
            say(f"{entry.sequence}  {entry.recorded}  {listed}  {policy}{_near(document)}")


def _near(document: Mapping[str, Any]) -> str:
    """The words told that are near others of the policy."""
    near = (note for note in document["notes"] if note.get("code") == "near")
    told = [f"{note['fact']}: {note['told']} ~ {note['near']}" for note in near]
    return f"  near: {', '.join(told)}" if told else ""


@log.command(help="command-log-report")
@log_argument
@_filters
@output_option
@language_option
@json_option
def report(url: str, output: Path | None, language: Language, is_json: bool, **told: Any) -> None:
    """Count outcomes, rules, clauses and readings over a period, as a page with plots."""
    with refusing(language), _opened(url) as opened:
        from reglament.audit.log_report import report_page
        from reglament.audit.queries import counts

        if not is_json:
            _refuse_terminal(output)
        found = counts(opened, _wanted(**told))
        if is_json:
            print_json(found.to_dict())
        else:
            _put(report_page(opened, found, language), output)


@log.command(help="command-log-replay")
@log_argument
@click.option(
    "--policy", "name", required=True, metavar="NAME|PATH", help="option-log-replay-policy"
)
@language_option
@json_option
def replay(url: str, name: str, language: Language, is_json: bool) -> None:
    """Which recorded decisions the newest version of a candidate policy would change."""
    with refusing(language), _opened(url) as opened:
        from reglament.audit.replay import replay as decide_again

        candidate = open_policy(name).versions[-1]
        with progress(opened.count(), is_json) as step:
            found = decide_again(opened, candidate, step)
    print_replayed(found, language, is_json)


@log.command(help="command-log-checkpoint")
@log_argument
@click.option("--key", type=FILE_PATH, help="option-log-checkpoint-key")
@click.option("--new-key", type=FILE_PATH, help="option-log-checkpoint-new-key")
@output_option
@language_option
def checkpoint(
    url: str, key: Path | None, new_key: Path | None, output: Path | None, language: Language
) -> None:
    """Write down the head of the log, to be kept where the log's writers cannot reach it."""
    with refusing(language), _opened(url) as opened:
        from reglament.audit.checkpoint import checkpoint_of, public_pem, read_private_key
        from reglament.audit.checkpoint import new_key as make_key

        if new_key is not None:
            say(public_pem(make_key(new_key)), err=True)
        path = new_key or key
        signed_by = None if path is None else read_private_key(path)
        made = checkpoint_of(opened, signed_by)
        _put(json.dumps(made.to_dict(), indent=2) + "\n", output)


@log.command(help="command-log-export")
@log_argument
@output_option
@click.option("--without-secrets", is_flag=True, help="option-log-export-without-secrets")
@language_option
def export(url: str, output: Path | None, without_secrets: bool, language: Language) -> None:
    """Write the whole log as JSON Lines, the chain kept."""
    with refusing(language), _opened(url) as opened:
        from reglament.audit.exchange import export as lines_of

        lines = (f"{line}\n" for line in lines_of(opened, with_secrets=not without_secrets))
        with _written(output) as put:
            for line in lines:
                put(line)


@log.command("import", help="command-log-import")
@click.argument("path", type=FILE_PATH, metavar="FILE")
@log_argument
@language_option
def import_(path: Path, url: str, language: Language) -> None:
    """Fill a new log from JSON Lines, entry for entry; `verify` then says whether it is sound."""
    with refusing(language):
        from reglament.audit import open_log
        from reglament.audit.exchange import import_lines
        from reglament.language.syntax.source import opened_lines

        with opened_lines(path) as lines, open_log(url, create=True, is_named=False) as opened:
            count = import_lines(opened, lines, name=str(path))
    say(Message("entries-imported", count=count).to(language))


@log.command(help="command-log-erase")
@log_argument
@click.argument("sequence", type=click.IntRange(min=1))
@click.option("--fact", "facts", multiple=True, help="option-log-erase-fact")
@language_option
def erase(url: str, sequence: int, facts: tuple[str, ...], language: Language) -> None:
    """Erase the sensitive facts of an entry; the chain still verifies."""
    with refusing(language), _opened(url) as opened:
        entry = opened.erase(sequence, facts)
        names = ", ".join(entry.body["erased"]["names"])
    words = Message("erased-names", names=names)
    say(words.to(language))


# -- in and out -----------------------------------------------------------------------------


@contextmanager
def _opened(url: str, *, is_damaged: bool = False) -> Iterator[DecisionLog]:
    from reglament.audit import open_log

    with open_log(url, is_damaged=is_damaged) as opened:
        yield opened


def _workers(entries: int) -> int:
    """One for each processor, where there is enough to do to be worth their start."""
    return min(os.cpu_count() or 1, 1 + entries // ENTRIES_FOR_A_WORKER)


def _wanted(
    outcomes: tuple[str, ...],
    rule: str | None,
    clause: str | None,
    digest: str | None,
    first: datetime | None,
    last: datetime | None,
    zone: str,
) -> Wanted:
    from reglament.audit.queries import Wanted, wanted_outcome

    return Wanted(
        dict(map(wanted_outcome, outcomes)), rule, clause, digest, _day(first), _day(last), zone
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _text(path: Path) -> str:
    from reglament.language.syntax.source import read_source

    return read_source(path).text


@contextmanager
def _written(output: Path | None) -> Iterator[Callable[[str], object]]:
    from reglament.model.problems import refusal

    if output is None:
        yield sys.stdout.write
        return
    try:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            yield file.write
    except OSError as error:
        why = error.strerror or str(error)
        message = Message("file-path-why", path=output, why=why)
        raise refusal("file-refused", message) from error


def _refuse_terminal(output: Path | None) -> None:
    """A page of HTML is nothing to be read on a terminal. Raises Refused."""
    from reglament.model.problems import refusal

    if output is None and is_terminal():
        raise refusal("page-on-terminal", _PAGE, _INTO_A_FILE)


_PAGE = Message("page-html-terminal-cannot")
_INTO_A_FILE = Message("write-into-file-output")


def _put(text: str, output: Path | None) -> None:
    with _written(output) as put:
        put(text)
