"""From events in a file, on standard input or in PostgreSQL to effects, until asked to stop."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli import FAILED, WRONG, options
from reglament.interfaces.cli.asked_policy import moment_of, policy_for_request
from reglament.interfaces.cli.output import STDIN, say
from reglament.language.syntax.files import refuse_no_file
from reglament.messages import Message, Words
from reglament.model.problems import needing, refusal
from reglament.storage.addresses import scrubbed, shown_address

if TYPE_CHECKING:
    from reglament.events.sinks import Sink
    from reglament.events.sources import EventSource
    from reglament.matching.matching_rules import Matcher, RuleSet

MATCHERS = ("best", "durable", "plain")
KEY_VARIABLE = "REGLAMENT_WEBHOOK_KEY"
SHORTEST_KEY, LONGEST_KEY = 16, 10_000


@options.command("command-watch")
@click.argument("events", metavar="EVENTS", default=STDIN, type=options.FILE_OR_STDIN)
@options.policy
@options.journal("option-watch-journal")
@click.option(
    "--to", "to", metavar="WHERE", default=STDIN, type=options.FILE, help="option-watch-to"
)
@click.option("--as-of", metavar="WHEN", help="option-watch-as-of")
@click.option("--once", is_flag=True, help="option-watch-once")
@options.choice(
    "--malformed", among=("stop", "skip"), default="stop", help="option-watch-malformed"
)
@click.option("--matcher", type=click.Choice(MATCHERS), default="best", help="option-watch-matcher")
@click.option("--sign-key", type=options.FILE_PATH, help="option-watch-sign-key")
@click.option("--retry-aside", is_flag=True, help="option-watch-retry-aside")
@options.language
def watch(
    common: options.CommonOptions,
    events: str,
    journal: str,
    to: str,
    as_of: str | None,
    once: bool,
    malformed: str,
    matcher: str,
    sign_key: Path | None,
    retry_aside: bool,
) -> None:
    """Follow requests over time: take EVENTS, hand effects over, wake at each deadline."""
    from reglament.events.engine import Follower
    from reglament.events.journal import Journal
    from reglament.events.runner import Watch, stopping_on_signals
    from reglament.storage.store import Store, Unreachable

    with stopping_on_signals() as stop, ExitStack() as held:
        policy = policy_for_request(common.policy_name)
        moment = None if as_of is None else moment_of(policy, as_of, "--as-of")
        tell = partial(say, err=True)
        store = held.enter_context(closing(Store(journal)))
        sink = held.enter_context(closing(_sink(to, sign_key)))
        try:
            follower = Follower(policy, Journal(store), lambda rules: _matcher(matcher, rules))
            follows = not once and as_of is None
            source = held.enter_context(closing(_source(events, tell, follows=follows)))
            watching = Watch(
                follower,
                source,
                sink,
                malformed="skip" if malformed == "skip" else "stop",
                as_of=moment,
                say=tell,
            )
            watching.delivery.begin(retry_aside=retry_aside)
            done = watching.run(stop)
            follower.close()
        except Unreachable as away:
            tell(_away(journal, away))
            raise SystemExit(WRONG) from None
    if done.undelivered:
        tell(Message("effects-nobody-took-they", count=done.undelivered))
        raise SystemExit(FAILED)


def _away(journal: str, away: Exception) -> Words:
    shown, why = shown_address(journal), scrubbed(str(away), journal)
    return Message("journal-cannot-reached", shown=shown, why=why)


def _source(events: str, tell: Callable[[Words], None], *, follows: bool) -> EventSource:
    from reglament.events.sources import FileSource, StreamSource, TableSource
    from reglament.language.syntax.source import unreadable
    from reglament.storage.store import is_postgresql

    if events == STDIN:
        return StreamSource()
    if is_postgresql(events):
        return TableSource(events)
    path = Path(events)
    if not path.exists():
        if not follows:
            raise unreadable(events, FileNotFoundError())
        tell(Message("events-not-there-yet", name=events))
    return FileSource(path, follows=follows)


def _sink(to: str, sign_key: Path | None) -> Sink:
    from reglament.events.sinks import FileSink, StreamSink, TableSink

    if re.match(r"https?:/", to, re.IGNORECASE):
        return _webhook(to, sign_key)
    if sign_key is not None:
        raise refusal("sign-key-unused", Message("sign-key-signs-only"))
    if to == STDIN:
        return StreamSink(sys.stdout)
    if "://" in to:
        raise refusal("webhook-address", Message("effects-cannot-go"), _SINKS)
    if to == "table":
        return TableSink()
    with suppress(FileNotFoundError, NotADirectoryError):
        refuse_no_file(Path(to), to)
    return FileSink(Path(to))


def _webhook(to: str, sign_key: Path | None) -> Sink:
    with needing("webhook"):
        from reglament.events.webhook import WebhookSink
    return WebhookSink(to, key=_key(sign_key))


def _key(path: Path | None) -> bytes | None:
    """The key to sign by, without the end of its line. Raises Refused."""
    from reglament.language.syntax.source import read_source

    if path is None:
        told = os.environ.get(KEY_VARIABLE)
        if told is None:
            return None
    else:
        told = read_source(path, most_bytes=LONGEST_KEY).text
    key = told.rstrip("\r\n").encode()
    if len(key) < SHORTEST_KEY:
        raise refusal("sign-key-short", _SHORT_KEY, Message("make-one-say-openssl"))
    return key


_SINKS = Message("file-http-https-table")
_SHORT_KEY = Message("key-less-than-bytes", shortest_key=SHORTEST_KEY)


def _matcher(name: str, rules: RuleSet) -> Matcher:
    from reglament.events.sandbox import FencedMatcher, best_matcher, is_available
    from reglament.matching.naive import NaiveMatcher

    if name == "plain":
        return NaiveMatcher(rules)
    if name == "durable" and not is_available():
        message = Message("durable-rules-cannot-not")
        raise refusal("matcher-missing", message, Message("install-reglament-reactions-up"))
    return FencedMatcher(rules) if name == "durable" else best_matcher(rules)
