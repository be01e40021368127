"""From a decision log to its audit: verify, checkpoint, carry, erase; and what it is asked."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import FAILED, options
from reglament.interfaces.cli.log_output import (
    chosen,
    filters,
    log_argument,
    opened,
    print_verified,
    progress,
    put,
    sample_options,
    wanted_of,
    written,
)
from reglament.interfaces.cli.log_questions import replay, report, search, show
from reglament.interfaces.cli.output import say
from reglament.messages import Language, Message

if TYPE_CHECKING:
    from reglament.audit import DecisionLog
    from reglament.audit.entry import Entry

output_option = click.option("--output", type=options.FILE_PATH, help="option-log-output")
ENTRIES_FOR_A_WORKER = 5000


@click.group(help="command-log")
def log() -> None:
    """Audit a decision log: a SQLite file or a postgresql:// URL, as `decide --log` wrote it."""


@options.command(
    "command-log-verify",
    goes_with={"--public-key": ("--checkpoint",)},
    instead=("--whole", "--chain-only"),
)
@log_argument
@click.option("--checkpoint", "path", type=options.FILE_PATH, help="option-log-verify-checkpoint")
@click.option("--public-key", type=options.FILE_PATH, help="option-log-verify-public-key")
@click.option("--whole", is_flag=True, help="option-log-verify-whole")
@click.option("--chain-only", is_flag=True, help="option-log-verify-chain-only")
@click.option("--workers", type=click.IntRange(1, 64), help="option-log-verify-workers")
@options.language_and_json
def verify(
    common: options.CommonOptions,
    url: str,
    path: Path | None,
    public_key: Path | None,
    whole: bool,
    chain_only: bool,
    workers: int | None,
) -> None:
    """Check the chain, and decide every entry again by the naive reference."""
    with opened(url, is_damaged=True) as opened_log:
        from reglament.audit.checkpoint import read_checkpoint, read_public_key
        from reglament.audit.verification import verify as check

        key = None if public_key is None else read_public_key(public_key)
        checkpoint = None if path is None else read_checkpoint(_text(path), key)
        entries = opened_log.count()
        with progress(entries, common.is_json) as step:
            result = check(
                opened_log,
                checkpoint=checkpoint,
                is_whole=whole,
                is_chain_only=chain_only,
                workers=workers or _workers(entries),
                progress=step,
            )
    print_verified(result, common, has_checkpoint=checkpoint is not None)
    if not result.is_sound:
        raise SystemExit(FAILED)


@options.command("command-log-checkpoint", goes_with={"--public-key": ("--new-key",)})
@log_argument
@click.option("--key", type=options.FILE_PATH, help="option-log-checkpoint-key")
@click.option("--new-key", type=options.FILE_PATH, help="option-log-checkpoint-new-key")
@click.option("--public-key", type=options.FILE_PATH, help="option-log-checkpoint-public-key")
@output_option
@options.language
def checkpoint(
    _: options.CommonOptions,
    url: str,
    key: Path | None,
    new_key: Path | None,
    public_key: Path | None,
    output: Path | None,
) -> None:
    """Write down the head of the log, to be kept where the log's writers cannot reach it."""
    with opened(url) as opened_log:
        from reglament.audit.checkpoint import checkpoint_of, new_key_pair, read_private_key

        if new_key is not None:
            public = new_key_pair(new_key, public_key)
            if public_key is None:
                say(public, err=True)
        path = new_key or key
        signed_by = None if path is None else read_private_key(path)
        made = checkpoint_of(opened_log, signed_by)
        put(json.dumps(made.to_dict(), indent=2) + "\n", output)


@options.command("command-log-export")
@log_argument
@output_option
@click.option("--without-secrets", is_flag=True, help="option-log-export-without-secrets")
@click.option("--plain", "is_plain", is_flag=True, help="option-log-export-plain")
@click.option("--fields", type=options.FILE_PATH, metavar="FILE", help="option-log-export-fields")
@filters
@sample_options
@options.language
def export(
    common: options.CommonOptions,
    url: str,
    output: Path | None,
    without_secrets: bool,
    is_plain: bool,
    fields: Path | None,
    size: int | None,
    seed: int | None,
    **told: Any,
) -> None:
    """Write the whole log as JSON Lines, the chain kept; or some entries, for reading (--plain)."""
    with opened(url) as opened_log:
        from reglament.audit.exchange import export as lines_of

        if not is_plain:
            _refuse_choosing(bool(fields or size or seed is not None or _chooses(told)))
            lines = lines_of(opened_log, with_secrets=not without_secrets)
        else:
            wanted = wanted_of(opened_log, **told)
            lines = _plain_lines(chosen(opened_log, wanted, size, seed))
        if fields is not None:
            put(_fields_page(opened_log, common.language), fields)
        with written(output) as write:
            for line in lines:
                write(f"{line}\n")


def _plain_lines(entries: Iterator[Entry]) -> Iterator[str]:
    for entry in entries:
        yield json.dumps({**entry.body, "hash": entry.hash}, ensure_ascii=False)


def _fields_page(log_: DecisionLog, language: Language) -> str:
    from reglament.audit.known_names import versions_in
    from reglament.rendering.pages.fields_page import fields_html

    return fields_html(list(versions_in(log_).values()), language)


def _chooses(told: dict[str, Any]) -> bool:
    usual = ("zone", "days")
    return any(value for name, value in told.items() if name not in usual)


def _refuse_choosing(is_asked: bool) -> None:
    """A chain of which entries are left out is none. Raises Refused."""
    from reglament.model.problems import refusal

    if is_asked:
        raise refusal("whole-log", Message("export-is-whole"), Message("export-some-plain"))


@options.command("command-log-import", "import")
@click.argument("path", type=options.FILE_PATH, metavar="FILE")
@log_argument
@options.language
def import_(_: options.CommonOptions, path: Path, url: str) -> None:
    """Fill a new log from JSON Lines, entry for entry; `verify` then says whether it is sound."""
    from reglament.audit import open_log
    from reglament.audit.exchange import import_lines
    from reglament.language.syntax.source import opened_lines

    with opened_lines(path) as lines, open_log(url, create=True, is_named=False) as opened_log:
        count = import_lines(opened_log, lines, name=str(path))
    say(Message("entries-imported", count=count))


@options.command("command-log-erase")
@log_argument
@click.argument("sequence", type=click.IntRange(min=1))
@click.option("--fact", "facts", multiple=True, help="option-log-erase-fact")
@options.language
def erase(_: options.CommonOptions, url: str, sequence: int, facts: tuple[str, ...]) -> None:
    """Erase the sensitive facts of an entry; the chain still verifies."""
    with opened(url) as opened_log:
        entry = opened_log.erase(sequence, facts)
        names = ", ".join(entry.body["erased"]["names"])
    say(Message("erased-names", names=names))


def _workers(entries: int) -> int:
    """One for each processor, where there is enough to do to be worth their start."""
    return min(os.cpu_count() or 1, 1 + entries // ENTRIES_FOR_A_WORKER)


def _text(path: Path) -> str:
    from reglament.language.syntax.source import read_source

    return read_source(path).text


for one in (verify, checkpoint, export, import_, erase, show, search, report, replay):
    log.add_command(one)
