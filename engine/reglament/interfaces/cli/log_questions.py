"""From a log and a question to its answer: show, search, report, replay."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import FAILED, options
from reglament.interfaces.cli.asked_policy import naming, open_policy
from reglament.interfaces.cli.log_output import (
    STDOUT,
    chosen,
    filters,
    log_argument,
    opened,
    print_replayed,
    progress,
    put,
    sample_options,
    wanted_of,
)
from reglament.interfaces.cli.output import print_json, say
from reglament.messages import Language, Message

if TYPE_CHECKING:
    from reglament.audit import DecisionLog
    from reglament.audit.entry import Entry
    from reglament.audit.entry_filters import Wanted

html_option = click.option(
    "--html", "--output", "html", type=options.FILE_PATH, metavar="FILE", help="option-html"
)


@options.command("command-log-show")
@log_argument
@click.argument("sequence", type=click.IntRange(min=1))
@html_option
@click.option("--all", "is_whole", is_flag=True, help="option-log-show-all")
@options.language_and_json
def show(
    common: options.CommonOptions, url: str, sequence: int, html: Path | None, is_whole: bool
) -> None:
    """Show one decision: as text, or as a page of HTML that stands alone and prints well."""
    language, is_json = common.language, common.is_json
    with opened(url) as log:
        from reglament.audit.entry_page import made_again, readable, shown_of
        from reglament.audit.verification import doubts
        from reglament.rendering.pages.decision_page import decision_html, decision_text

        entry = readable(log.entry(sequence))
        wrong = doubts(log, entry)
        if entry.kind == "run" and html is None and not is_json:
            say(run_text(entry, language))
        elif is_json:
            more = is_whole and entry.kind == "decision"
            again = {"made_again": made_again(log, entry)} if more else {}
            print_json({**entry.body, "hash": entry.hash, **again})
        else:
            shown = shown_of(log, entry, wrong, language)
            if html is None:
                say(decision_text(shown, language, is_whole=is_whole))
            else:
                put(decision_html(shown, language), html)
    for finding in wrong:
        click.echo(finding.to_text(language), err=True)
    if wrong:
        raise SystemExit(FAILED)


@options.command("command-log-search")
@log_argument
@filters
@sample_options
@options.language_and_json
def search(
    common: options.CommonOptions, url: str, size: int | None, seed: int | None, **told: Any
) -> None:
    """List the entries that fit: number, time, the outcomes asked for or the answer, policy."""
    with opened(url) as log:
        from reglament.audit.queries import AnsweringDecisions, runs

        wanted, answers = wanted_of(log, **told), AnsweringDecisions(log)
        for entry in chosen(log, wanted, size, seed):
            _print(entry, common, lambda one: _line(one, wanted, answers.of(one)))
        for entry in runs(log, wanted) if size is None else ():
            _print(entry, common, lambda one: _run_line(one, common.language))


def _print(entry: Entry, common: options.CommonOptions, line: Callable[[Entry], str]) -> None:
    if common.is_json:
        print_json({**entry.body, "hash": entry.hash}, indent=None)
    else:
        say(line(entry))


def _run_line(entry: Entry, language: Language) -> str:
    run, name = entry.body["run"], entry.body["run"]["policy"].get("id", "")
    source, output = (run.get(key, {}).get("name", "") for key in ("input", "output"))
    said = Message("run-of-rows", rows=run["rows"]).to(language)
    return f"{entry.sequence}  {entry.recorded}  {said}  {source} → {output}  {name}"


def run_text(entry: Entry, language: Language) -> str:
    """A run over a table as it is recorded: its line, then the manifest."""
    return f"{_run_line(entry, language)}\n\n{json.dumps(entry.body['run'], indent=2)}"


def _line(entry: Entry, wanted: Wanted, answers: Mapping[str, Mapping[str, Any]]) -> str:
    from reglament.audit.entry_filters import ANSWER, outcome_text

    document = entry.document
    named = [*wanted.outcomes, *(name for name in wanted.statuses if name != ANSWER)]
    shown = {name: document["decisions"][name] for name in named} or answers
    listed = ", ".join(f"{name}={outcome_text(one)}" for name, one in shown.items())
    policy = " ".join(document["policy"][key] for key in ("id", "version"))
    subject = f"  {entry.body['subject']}" if "subject" in entry.body else ""
    return f"{entry.sequence}  {entry.recorded}  {listed}  {policy}{subject}{_near(document)}"


def _near(document: Mapping[str, Any]) -> str:
    """The words told that are near others of the policy."""
    near = (note for note in document["notes"] if note.get("code") == "near")
    told = [f"{note['fact']}: {note['told']} ~ {note['near']}" for note in near]
    return f"  near: {', '.join(told)}" if told else ""


@options.command("command-log-report")
@log_argument
@filters
@click.option("--by", "by", metavar="NAMES", help="option-log-by")
@html_option
@click.option("--csv", "csv_path", type=options.FILE_PATH, metavar="FILE", help="option-log-csv")
@click.option("--xlsx", "xlsx_path", type=options.FILE_PATH, metavar="FILE", help="option-log-xlsx")
@options.language_and_json
def report(
    common: options.CommonOptions,
    url: str,
    by: str | None,
    html: Path | None,
    csv_path: Path | None,
    xlsx_path: Path | None,
    **told: Any,
) -> None:
    """Count outcomes, rules, clauses and readings: as text, CSV, a workbook or a page of charts."""
    with opened(url) as log:
        wanted = wanted_of(log, **told)
        if common.is_json:
            from reglament.audit.queries import counts

            print_json(counts(log, wanted).to_dict())
            return
        if html is not None:
            from reglament.audit.report_tables import charts_page

            put(charts_page(log, wanted, common.language), html)
        if html is None or by or csv_path or xlsx_path:
            _tabulate(log, wanted, by, csv_path, xlsx_path, common.language)


def _tabulate(
    log: DecisionLog,
    wanted: Wanted,
    by: str | None,
    csv_path: Path | None,
    xlsx_path: Path | None,
    language: Language,
) -> None:
    from reglament.audit import report_tables as made
    from reglament.rendering.answers.auditor import aligned

    with naming("--by"):
        asked = None if by is None else made.by_told(by)
    if xlsx_path is not None:
        sheets = made.SHEETS if asked is None else (asked,)
        content = made.workbook(made.tables(log, wanted, sheets, language), language)
        put(content, xlsx_path)
    if csv_path is None and xlsx_path is not None:
        return
    (table,) = made.tables(log, wanted, (asked or made.USUAL,), language)
    if csv_path is not None:
        # By the mark at the start a spreadsheet knows that it is UTF-8.
        start = "" if csv_path == STDOUT else "\ufeff"
        put(start + made.as_csv(table, language), csv_path)
        return
    numbers = {len(table.head(language)) - 3, len(table.head(language)) - 2}
    for line in aligned(made.as_text(table, language), right=numbers):
        say(line)


@options.command("command-log-replay")
@log_argument
@click.option(
    "--policy", "name", required=True, metavar="NAME|PATH", help="option-log-replay-policy"
)
@options.language_and_json
def replay(common: options.CommonOptions, url: str, name: str) -> None:
    """Which recorded decisions the newest version of a candidate policy would change."""
    with opened(url) as log:
        from reglament.audit.replay import replay as decide_again

        candidate = open_policy(name).versions[-1]
        with progress(log.count(), common.is_json) as step:
            replayed = decide_again(log, candidate, step)
    print_replayed(replayed, common.is_json)
