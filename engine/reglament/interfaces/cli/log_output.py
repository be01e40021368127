"""What the commands of the log share: entries chosen, the log opened, files written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import naming
from reglament.interfaces.cli.completing import FACTS, OUTCOMES_WANTED
from reglament.interfaces.cli.output import print_json, say, write_page
from reglament.messages import ListedWords, Message

if TYPE_CHECKING:
    from reglament.audit import DecisionLog
    from reglament.audit.entry import Entry
    from reglament.audit.entry_filters import By, Wanted
    from reglament.audit.replay import Replayed
    from reglament.audit.verification import Verified

MOST_SEED = 10**9


def _day(_: click.Context, __: click.Parameter, moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


_DAY: Any = {"type": click.DateTime(["%Y-%m-%d"]), "callback": _day}
filters = options.together(
    click.option("--zone", default="UTC", show_default=True, help="option-log-zone"),
    options.choice("--days", among=("recorded", "request"), default="recorded",
                   help="option-log-by-moment"),
    click.option("--to", "last", **_DAY, help="option-log-to"),
    click.option("--from", "first", **_DAY, help="option-log-from"),
    click.option("--policy", "policy", metavar="NAME|DIGEST", help="option-log-policy"),
    click.option("--reading", metavar="ID", help="option-log-reading"),
    click.option("--clause", metavar="ID", help="option-log-clause"),
    click.option("--rule", metavar="ID", help="option-log-rule"),
    click.option("--subject", metavar="TEXT", help="option-log-subject"),
    click.option("--fact", "facts", multiple=True, metavar="FACT=VALUE",
                 shell_complete=FACTS,
                 help="option-log-fact"),
    click.option("--status", "statuses", multiple=True, metavar="[DECISION=]STATUS",
                 help="option-log-status"),
    click.option("--outcome", "outcomes", multiple=True, metavar="DECISION=OUTCOME",
                 shell_complete=OUTCOMES_WANTED,
                 help="option-log-outcome"),
)  # fmt: skip
"""The options that choose entries; `wanted_of` takes what they tell."""

sample_options = options.together(
    click.option("--sample", "size", type=click.IntRange(min=1), metavar="N",
                 help="option-log-sample"),
    click.option("--seed", type=click.IntRange(0, MOST_SEED), metavar="N", help="option-log-seed"),
)  # fmt: skip
"""The options that draw some of the entries chosen."""


def wanted_of(log: DecisionLog, *, zone: str, days: By, **told: Any) -> Wanted:
    """What is asked. Raises Refused for what no policy of the log knows."""
    from reglament.audit.entry_filters import zone_told
    from reglament.audit.known_names import wanted_by

    with naming("--zone"):
        zone = zone_told(zone)
    return wanted_by(log, lambda name: naming(f"--{name}"), zone=zone, by=days, **told)


def chosen(log: DecisionLog, wanted: Wanted, size: int | None, seed: int | None) -> Iterator[Entry]:
    """The entries asked for, or a sample of them; how it was drawn is said on standard error.

    Raises Refused for a seed without a sample.
    """
    from reglament.audit.queries import sampled, search
    from reglament.model.problems import refusal

    if size is None:
        if seed is not None:
            raise refusal("seed-without-sample", Message("seed-without-sample"))
        yield from search(log, wanted)
        return
    if seed is None:
        from secrets import randbelow

        seed = randbelow(MOST_SEED)
    entries, among = sampled(search(log, wanted), size, seed)
    say(Message("sample-drawn", size=len(entries), among=among, seed=str(seed)), err=True)
    yield from entries


MOST_SHOWN = 20
STDOUT = Path("-")
log_argument = click.argument("url", metavar="LOG", type=options.LOG)


@contextmanager
def opened(url: str, *, is_damaged: bool = False) -> Iterator[DecisionLog]:
    """The log of a file or a URL. Raises Refused."""
    from reglament.audit import open_log

    with open_log(url, is_damaged=is_damaged) as log:
        yield log


@contextmanager
def written(output: Path | None) -> Iterator[Callable[[str], object]]:
    """Where text goes: into a file, or to standard output (`-`, or none named). Raises Refused."""
    if output is None or output == STDOUT:
        yield sys.stdout.write
        return
    from reglament.editing.atomic import replacing

    with replacing(output, through_links=True) as file:
        yield lambda text: file.write(text.encode())


def put(content: str | bytes, output: Path | None) -> None:
    """Write all of it at once. Raises Refused."""
    if isinstance(content, str):
        write_page(str(output or STDOUT), content)
        return
    assert output is not None
    if output == STDOUT:
        sys.stdout.buffer.write(content)
        return
    from reglament.editing.atomic import replacing

    with replacing(output, through_links=True) as file:
        file.write(content)


@contextmanager
def progress(length: int, is_quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on standard error where a person is looking, else nothing."""
    if is_quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, file=sys.stderr) as bar:
        yield bar.update


def print_verified(
    result: Verified, common: options.CommonOptions, *, has_checkpoint: bool
) -> None:
    """Print what is wrong, what was done, and what is not proved."""
    from reglament.audit.verdict import verdict, verified_json

    if common.is_json:
        print_json(verified_json(result))
        return
    for finding in result.findings:
        say(finding.to_text(common.language))
    say(verdict(result, has_checkpoint))
    by = {
        "by_reference": result.decisions_by_reference,
        "by_evaluator": result.decisions_by_evaluator,
    }
    say(Message("verified", entries=result.entries, **by))
    say(Message("not-proved"))
    for words in result.unproven:
        say(ListedWords(("  - ", words), ""))


def print_replayed(replayed: Replayed, is_json: bool) -> None:
    """Print what a candidate would change: by the rules behind it, then what they decide."""
    groups = replayed.by_rule()
    if is_json:
        print_json({**asdict(replayed), "by_rule": [change.to_dict() for change in groups]})
        return
    changed = len({change.sequence for change in replayed.changes})
    counts = {"entries": replayed.entries, "decisions": replayed.decisions, "changed": changed}
    say(Message("replayed", **counts))
    for group in groups:
        before, after = (", ".join(rules) or "-" for rules in (group.before, group.after))
        rules = before if before == after else f"{before} → {after}"
        say(Message("rules-change-entries", rules=rules, entries=len(group.entries)))
        for (decision, was, would), entries in group.changes.items():
            say(f"  {decision}: {was} → {would}  ({len(entries)})")
            more = f" … +{len(entries) - MOST_SHOWN}" if len(entries) > MOST_SHOWN else ""
            say(f"    # {', '.join(map(str, entries[:MOST_SHOWN]))}{more}")
    for sequence, why in replayed.skipped[:MOST_SHOWN]:
        say(Message("cannot-decide-entry", sequence=sequence, why=why), err=True)
    if len(replayed.skipped) > MOST_SHOWN:
        say(f"… +{len(replayed.skipped) - MOST_SHOWN}", err=True)
