"""From what an audit or a replay found to text for people, or JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from reglament.interfaces.cli.shared_options import print_json, say
from reglament.messages import Language, Message, Words
from reglament.model.words import translations

if TYPE_CHECKING:
    from reglament.audit.replay import Replayed
    from reglament.audit.verification import Verified

MOST_SHOWN = 20


@contextmanager
def progress(length: int, is_quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on standard error where a person is looking, else nothing."""
    if is_quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, file=sys.stderr) as bar:
        yield bar.update


def print_verified(
    result: Verified, language: Language, is_json: bool, *, has_checkpoint: bool
) -> None:
    """Print what is wrong, what was done, and what is not proved."""
    if is_json:
        print_json(_verified_json(result))
        return
    for finding in result.findings:
        say(finding.to_text(language))
    say(_verdict(result, has_checkpoint).to(language))
    done = Message(
        "verified",
        entries=result.entries,
        by_reference=result.decisions_by_reference,
        by_evaluator=result.decisions_by_evaluator,
    )
    say(done.to(language))
    say(Message("not-proved").to(language))
    for words in result.unproven:
        say(f"  - {words.to(language)}")


def _verdict(result: Verified, has_checkpoint: bool) -> Words:
    """Of a log that nobody vouches for it is said how far it goes: its tail may be cut off."""
    if not result.is_sound:
        count = len(result.findings)
        return Message("log-not-sound-findings", count=count)
    last, vouched = result.last, result.vouched
    if not has_checkpoint:
        return Message("log-sound-far-goes-entry", last=last)
    if vouched == last:
        return Message("log-sound-checkpoint-vouches", last=last)
    return Message("log-sound-far-goes", last=last, vouched=vouched)


def _verified_json(result: Verified) -> dict[str, Any]:
    return {
        "sound": result.is_sound,
        "entries": result.entries,
        "last": result.last,
        "vouched": result.vouched,
        "head": result.head,
        "decisions_by_reference": result.decisions_by_reference,
        "decisions_by_evaluator": result.decisions_by_evaluator,
        "erased": result.erased,
        "findings": [
            {"code": one.code, "sequence": one.sequence, "message": translations(one.message)}
            for one in result.findings
        ],
        "unproven": [translations(words) for words in result.unproven],
    }


def print_replayed(found: Replayed, language: Language, is_json: bool) -> None:
    """Print what a candidate would change, by decision and rule, with the entries."""
    if is_json:
        print_json(asdict(found))
        return
    changed = len({one.sequence for one in found.changes})
    replayed = Message(
        "replayed", entries=found.entries, decisions=found.decisions, changed=changed
    )
    say(replayed.to(language))
    for (decision, before, after, rules, others), entries in found.groups().items():
        say(f"{decision}: {before} → {after}  ({len(entries)})")
        say(f"  {', '.join(rules) or '-'} → {', '.join(others) or '-'}")
        more = f" … +{len(entries) - MOST_SHOWN}" if len(entries) > MOST_SHOWN else ""
        say(f"  # {', '.join(map(str, entries[:MOST_SHOWN]))}{more}")
    for sequence, why in found.skipped[:MOST_SHOWN]:
        skipped = Message("cannot-decide-entry", sequence=sequence, why=why)
        say(skipped.to(language), err=True)
