"""From the journal to one subject's timeline, as text or as a picture."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reglament.interfaces.cli import WRONG, options
from reglament.interfaces.cli.asked_policy import moment_of, policy_for_request
from reglament.interfaces.cli.output import say, write_page
from reglament.messages import Message
from reglament.model.problems import refusal

if TYPE_CHECKING:
    from reglament.storage.store import Store


@options.command("command-timeline")
@click.argument("subject", metavar="SUBJECT")
@options.policy
@options.journal("option-timeline-journal")
@click.option("--as-of", metavar="WHEN", help="option-timeline-as-of")
@click.option("--svg", metavar="FILE", type=options.FILE, help="option-timeline-svg")
@options.language
def timeline(
    common: options.CommonOptions, subject: str, journal: str, as_of: str | None, svg: str | None
) -> None:
    """Show what happened to SUBJECT (such as request/REQ-1), and what is next."""
    from reglament.events.engine import Follower
    from reglament.events.history import history_of
    from reglament.events.journal import Journal
    from reglament.matching.naive import NaiveMatcher
    from reglament.model.normal import nfc
    from reglament.rendering.pictures.timeline import as_svg, as_text
    from reglament.storage.store import Unreachable

    policy = policy_for_request(common.policy_name)
    now = datetime.now(UTC) if as_of is None else moment_of(policy, as_of, "--as-of")
    store = _open(journal)
    try:
        follower = Follower(policy, Journal(store), NaiveMatcher)
        with store.transaction() as tx:
            version, moments = history_of(follower, tx, nfc(subject), now)
    except Unreachable as away:
        say(str(away), err=True)
        raise SystemExit(WRONG) from None
    finally:
        store.close()
    if svg is not None:
        picture = as_svg(subject, moments, common.language, version.zone)
        write_page(svg, picture)
    else:
        say(as_text(moments, common.language, version.zone))


def _open(journal: str) -> Store:
    from reglament.storage.store import Store

    store = Store(journal, is_read=True)
    if not store.is_postgresql and not Path(journal).exists():
        raise refusal("journal-missing", Message("not-journal", journal=journal))
    return store
