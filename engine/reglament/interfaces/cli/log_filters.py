"""From the options by which entries of a log are chosen to what is asked of the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli import options
from reglament.interfaces.cli.asked_policy import naming
from reglament.interfaces.cli.completing import FACTS, WISHES
from reglament.interfaces.cli.output import say
from reglament.messages import Message

if TYPE_CHECKING:
    from reglament.audit import DecisionLog
    from reglament.audit.entry import Entry
    from reglament.audit.wanted import By, Wanted

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
                 shell_complete=WISHES,
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
    from reglament.audit.known_names import wanted_by
    from reglament.audit.wanted import zone_told

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
