"""From events in a file, on standard input or in PostgreSQL to effects, until asked to stop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reglament.cli import WRONG
from reglament.cli.common import (
    STDIN,
    language_option,
    moment_of,
    open_policy,
    policy_option,
    refusing,
    say,
)
from reglament.cli.named import FILE, FILE_OR_STDIN, JOURNAL
from reglament.model.problems import refusal
from reglament.model.words import Language, Words

if TYPE_CHECKING:
    from reglament.matching.rules import Matcher, RuleSet
    from reglament.reactions.sinks import Sink
    from reglament.reactions.sources import Source

MATCHERS = ("best", "durable", "plain")


@click.command()
@click.argument("events", metavar="EVENTS", default=STDIN, type=FILE_OR_STDIN)
@policy_option
@click.option(
    "--journal",
    metavar="FILE|URL",
    type=JOURNAL,
    default="reglament-journal.db",
    show_default=True,
    help="Where events and effects are kept: a SQLite file or postgresql://….",
)
@click.option(
    "--to",
    "to",
    metavar="WHERE",
    default=STDIN,
    type=FILE,
    help="Where effects go: - (standard output), a file, http(s)://…, or `table`.",
)
@click.option("--as-of", metavar="WHEN", help="Replay: let time be WHEN, and end.")
@click.option("--once", is_flag=True, help="End when every event there is has been taken.")
@click.option(
    "--malformed",
    type=click.Choice(["stop", "skip"]),
    default="stop",
    show_default=True,
    help="At a line that is no event: stop before it, or keep it aside and go on.",
)
@click.option(
    "--matcher", type=click.Choice(MATCHERS), default="best", help="Which matcher joins events."
)
@language_option
def watch(
    events: str,
    policy_name: str,
    journal: str,
    to: str,
    as_of: str | None,
    once: bool,
    malformed: str,
    matcher: str,
    language: Language,
) -> None:
    """Follow requests over time: take EVENTS, hand effects over, wake at each deadline.

    EVENTS is a file that may grow, `-` for standard input (JSON Lines), or postgresql://… for the
    table `incoming_events`, where NOTIFY tells of more. It stops cleanly on SIGTERM and SIGINT
    and goes on where it was; no effect comes twice.
    """
    from reglament.reactions.follower import Follower
    from reglament.reactions.journal import Journal
    from reglament.reactions.store import Away, Store
    from reglament.reactions.watching import Watch, stopping_on_signals

    with refusing(language), stopping_on_signals() as stop:
        policy = open_policy(policy_name)
        moment = None if as_of is None else moment_of(policy, as_of, "--as-of")
        store = Store(journal)
        try:
            follower = Follower(policy, Journal(store), lambda rules: _matcher(matcher, rules))
            source = _source(events, follows=not once and as_of is None)
            watching = Watch(
                follower,
                source,
                _sink(to),
                malformed="skip" if malformed == "skip" else "stop",
                as_of=moment,
                say=lambda words: say(words.to(language), err=True),
            )
            watching.run(stop)
            follower.close()
        except Away as away:
            message = Words(
                ru=f"журнал `{journal}` недоступен: {away}",
                en=f"the journal `{journal}` cannot be reached: {away}",
            )
            say(message.to(language), err=True)
            raise SystemExit(WRONG) from None
        finally:
            store.close()


def _source(events: str, *, follows: bool) -> Source:
    from reglament.reactions.sources import FileSource, StreamSource, TableSource
    from reglament.reading.source import unreadable

    if events == STDIN:
        return StreamSource()
    if events.startswith(("postgresql:", "postgres:")):
        return TableSource(events)
    path = Path(events)
    if not follows and not path.exists():
        raise unreadable(events, FileNotFoundError())
    return FileSource(path, follows=follows)


def _sink(to: str) -> Sink:
    from reglament.reactions.sinks import FileSink, StreamSink, TableSink, WebhookSink

    if to == STDIN:
        return StreamSink(sys.stdout)
    if to.startswith(("http://", "https://")):
        return WebhookSink(to)
    return TableSink() if to == "table" else FileSink(Path(to))


def _matcher(name: str, rules: RuleSet) -> Matcher:
    from reglament.matching.naive import NaiveMatcher
    from reglament.reactions.fenced import FencedMatcher, best_matcher, is_available

    if name == "plain":
        return NaiveMatcher(rules)
    if name == "durable" and not is_available():
        message = Words(
            ru="durable-rules здесь не поставить или не поставлен",
            en="durable-rules cannot be, or is not, installed here",
        )
        hint = Words(
            ru="поставьте `reglament[reactions]` (до Python 3.12) или возьмите `--matcher plain`",
            en="install `reglament[reactions]` (up to Python 3.12), or take `--matcher plain`",
        )
        raise refusal("matcher-missing", message, hint)
    return FencedMatcher(rules) if name == "durable" else best_matcher(rules)
