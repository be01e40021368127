"""From a table of requests, wherever it lies, to a table of decisions, and the proof of a run."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import FAILED, FINE, WRONG, options
from reglament.interfaces.cli.asked_policy import judged_at, naming, policy_for_request
from reglament.interfaces.cli.output import print_json, say
from reglament.interfaces.cli.progress import RowProgress
from reglament.interfaces.cli.table_options import (
    LINES_GO_WITH,
    column_options,
    lines_options,
    mapping_of,
    tables_installed,
    tables_of,
)
from reglament.messages import Message
from reglament.model.problems import refusal

if TYPE_CHECKING:
    from reglament.batch.run import Run
    from reglament.batch.run_check import CheckedRun
    from reglament.columnar.column_evaluator import ColumnEvaluator
    from reglament.columnar.keys.class_records import Details
    from reglament.policy import Policy

LAYOUTS = ("narrow", "wide", "full")
VERIFY = "verify"


class WithVerify(options.RefusingCommand):
    """The command itself, or `verify` where that is its first word."""

    verify: options.RefusingCommand

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """As click does it."""
        if args[:1] != [VERIFY]:
            return super().make_context(info_name, args, parent, **extra)
        from reglament.interfaces.cli.speech import spoken

        return spoken(self.verify).make_context(f"{info_name} {VERIFY}", args[1:], parent, **extra)


@options.command("command-batch", cls=WithVerify, goes_with=LINES_GO_WITH)
@click.argument("name", metavar="INPUT", type=options.TABLE)
@click.option(
    "-o", "--output", type=options.FILE_PATH, metavar="FILE|FOLDER", help="option-batch-output"
)
@options.policy_and_at
@options.only("option-batch-only")
@options.choice("--layout", among=LAYOUTS, default="wide", help="option-batch-layout")
@column_options
@lines_options
@click.option("--keep", metavar="COLUMNS", callback=options.names_in, help="option-batch-keep")
@click.option("--query", metavar="SQL", help="option-batch-query")
@click.option("--sample-check", "sample", type=click.IntRange(0, 1_000_000), default=0,
              metavar="N", help="option-batch-sample-check")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, help="option-batch-seed")
@click.option("--manifest", type=options.FILE_PATH, metavar="FILE", help="option-batch-manifest")
@click.option("--log", "log_url", metavar="FILE|URL", type=options.LOG, help="option-batch-log")
@click.option("--resume", "is_resumed", is_flag=True, help="option-batch-resume")
@click.option("--summary", "is_summary", is_flag=True, help="option-batch-summary")
@options.language_and_json
def batch(common: options.CommonOptions, name: str, output: Path | None, **told: Any) -> None:
    """Decide every row of INPUT and write the decisions, or count them (--summary)."""
    with tables_installed(), _ended_politely():
        _refuse_contradiction(output, told)
        policy = policy_for_request(common.policy_name)
        moment = None if common.at is None else judged_at(policy, common.at)
        if output is None:
            status = _summarize(common, policy, moment, name, told)
        else:
            status = _decide(common, policy, moment, name, output, told)
    raise SystemExit(status)


@options.command("command-batch-verify")
@click.argument("path", metavar="MANIFEST", type=options.FILE_PATH)
@options.policy
@click.option("--sample-check", "sample", type=click.IntRange(0, 1_000_000), default=1000,
              show_default=True, metavar="N", help="option-batch-verify-sample")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="option-batch-seed")
@click.option(
    "--log", "log_url", metavar="FILE|URL", type=options.LOG, help="option-batch-verify-log"
)
@options.language_and_json
def verify(
    common: options.CommonOptions, path: Path, sample: int, seed: int | None, log_url: str | None
) -> None:
    """Check that files, classes and a sample of rows are what the manifest says."""
    with tables_installed():
        from reglament.batch.manifests import read_manifest
        from reglament.batch.run_check import check_run
        from reglament.interfaces.cli.batch_output import print_checked

        manifest = read_manifest(path)
        policy = policy_for_request(common.policy_name or manifest["policy"]["id"])
        run = check_run(manifest, path, policy, sample, seed)
        if log_url is not None:
            _check_recorded(run, manifest, log_url)
    print_checked(run, common.is_json)
    raise SystemExit(FINE if run.is_sound else FAILED)


batch.verify = verify


def _check_recorded(run: CheckedRun, manifest: Mapping[str, Any], url: str) -> None:
    """Whether the log records the run as its manifest tells it."""
    from reglament.audit import open_log
    from reglament.batch.recorded_runs import recorded_as

    with open_log(url) as log:
        entry = recorded_as(manifest, log)
    if isinstance(entry, int):
        run.entry = entry
    else:
        run.differences.insert(0, entry)  # there may be more than are told


@contextmanager
def _ended_politely() -> Iterator[None]:
    """A run that is told to end, or whose terminal is closed, clears up as one interrupted does."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    before = {}
    with suppress(ValueError):  # not in the main thread
        for one in _ENDING:
            if signal.getsignal(one) is not signal.SIG_IGN:  # `nohup` has it ignored
                before[one] = signal.signal(one, interrupted)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _refuse_contradiction(output: Path | None, told: Mapping[str, Any]) -> None:
    if output is None and not told["is_summary"]:
        raise refusal("no-output", Message("batch-no-output"), Message("batch-name-output"))
    if output is not None and told["is_summary"]:
        raise refusal("output-of-summary", Message("batch-summary-writes-nothing"))
    only_written = ("manifest", "log_url", "is_resumed", "keep")
    for name in only_written if output is None else ():
        if told[name]:
            raise refusal("output-of-summary", Message("batch-summary-writes-nothing"))


# -- deciding -------------------------------------------------------------------------------


def evaluator_of(
    policy: Policy,
    at: datetime | None,
    told: Mapping[str, Any],
    details: Details,
    clock: datetime | None = None,
) -> ColumnEvaluator:
    """What decides columns as the options say, with those details. Raises Refused."""
    from reglament.columnar.column_evaluator import ColumnEvaluator

    with naming("--only") if told["only"] else nullcontext():
        return ColumnEvaluator(
            policy,
            only=told["only"],
            at=at,
            null=told["null"],
            missing_columns=told["missing_columns"],
            mapping=mapping_of(told["mapped"]),
            lines=dict(tables_of(told["lines"], policy.versions)),
            lines_key=told["lines_key"],
            clock=clock,
            details=details,
        )


def _decide(
    common: options.CommonOptions,
    policy: Policy,
    at: datetime | None,
    name: str,
    output: Path,
    told: Mapping[str, Any],
) -> int:
    from reglament.batch.manifests import as_text
    from reglament.batch.opening import source_for
    from reglament.batch.run import Run, RunSettings
    from reglament.batch.running import interrupted_clock
    from reglament.batch.table_sinks import is_folder
    from reglament.columnar.layouts import details_of
    from reglament.editing.atomic import write_whole
    from reglament.interfaces.cli.batch_output import print_done

    if told["is_resumed"] and not is_folder(output):
        raise refusal("resume-of-file", Message("resume-needs-folder"), Message("name-a-folder"))
    clock = interrupted_clock(output) if told["is_resumed"] else None
    manifest_path: Path | None = told["manifest"]
    settings = RunSettings(
        layout=told["layout"],
        language=common.language,
        kept=told["keep"],
        sample=told["sample"],
        seed=told["seed"],
        is_proven=bool(manifest_path or told["log_url"] or is_folder(output)),
        is_resumed=told["is_resumed"],
    )
    is_compared = settings.is_proven or settings.sample > 0
    details = details_of(settings.layout, is_compared=is_compared)
    evaluator = evaluator_of(policy, at, told, details, clock or datetime.now(UTC))
    source = source_for(evaluator, name, told["query"])
    _refuse_unwritable(manifest_path, told["log_url"])
    run = Run(evaluator, source, output, settings, RowProgress(common.language))
    manifest = _told_if_interrupted(run)
    if manifest_path is not None:
        write_whole(manifest_path, as_text(manifest))
    if told["log_url"] is not None:
        _record(told["log_url"], manifest, policy)
    print_done(run, manifest, common.is_json)
    return WRONG if manifest["refused"] else FINE


def _refuse_unwritable(manifest: Path | None, log_url: str | None) -> None:
    """Raises Refused where what is written last could not be: before hours of work, not after."""
    from reglament.audit import open_log
    from reglament.editing.atomic import refuse_unwritable

    if manifest is not None:
        refuse_unwritable(manifest)
    if log_url is not None:
        open_log(log_url, create=True).close()


def _told_if_interrupted(run: Run) -> Mapping[str, Any]:
    """The run; where it is interrupted, what of it is left for another one."""
    from reglament.batch.running import carry_out

    try:
        return carry_out(run)
    except KeyboardInterrupt:
        from reglament.batch.running import PARTIAL
        from reglament.batch.table_sinks import is_folder

        if is_folder(run.output) and run.parts:
            name = str(run.output) + PARTIAL
            say(Message("run-interrupted", name=name, parts=len(run.parts)), err=True)
        raise


def _record(url: str, manifest: Mapping[str, Any], policy: Policy) -> None:
    from reglament.audit import open_log

    with open_log(url, create=True) as log:
        log.append_run(manifest, policy.versions)


def _summarize(
    common: options.CommonOptions,
    policy: Policy,
    at: datetime | None,
    name: str,
    told: Mapping[str, Any],
) -> int:
    from reglament.batch.outcome_counts import counted
    from reglament.interfaces.cli.batch_output import print_counts

    evaluator = evaluator_of(policy, at, told, "clauses")
    counts = counted(evaluator, name, told["query"], RowProgress(common.language))
    if common.is_json:
        print_json(counts.to_dict())
    else:
        print_counts(counts, evaluator, common.language)
    return WRONG if counts.refused else FINE
