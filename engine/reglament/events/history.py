"""From the journal of one subject to the moments of its timeline: what happened, what is next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from reglament.events.engine import Follower
from reglament.events.event_reader import event_of
from reglament.events.journal import WITHDRAWN
from reglament.events.subject_state import Following
from reglament.messages import Message, Verbatim
from reglament.model.problems import refusal
from reglament.model.regulation import Version
from reglament.model.words import Text
from reglament.rendering.pictures.timeline import Moment, What
from reglament.storage.store import Transaction


def history_of(
    follower: Follower, tx: Transaction, name: str, now: datetime
) -> tuple[Version, list[Moment]]:
    """What happened to the subject `kind/number`, and what its clocks will do by themselves.

    Raises Refused where nothing is known of it.
    """
    kind, _, subject = name.partition("/")
    if not follower.journal.events(tx, kind, subject):
        raise refusal("unknown-subject", Message("nothing-known", name=name))
    following = follower.look(tx, kind, subject, now)
    version = following.rules.version
    moments = [
        *_events(follower, tx, kind, subject, version),
        *_effects(following),
        *_withdrawn(follower, tx, kind, subject),
        *_next(following),
    ]
    order = list(What)
    return version, sorted(moments, key=lambda moment: (moment.at, order.index(moment.what)))


def _events(
    follower: Follower, tx: Transaction, kind: str, subject: str, version: Version
) -> Iterator[Moment]:
    for _, body in follower.journal.events(tx, kind, subject):
        event = event_of(follower.policy, body)
        event_kind = version.subjects[kind].events.get(event.kind)
        label = Verbatim(event.kind) if event_kind is None else event_kind.label
        yield Moment(event.at, What.EVENT, label, Verbatim(f"[{event.id}]"))


def _effects(following: Following) -> Iterator[Moment]:
    for fired in following.fired:
        label = f"{fired.reaction.id} → {fired.reaction.verb} {fired.reaction.what}"
        yield Moment(fired.at, What.EFFECT, Verbatim(label), fired.because)


def _withdrawn(follower: Follower, tx: Transaction, kind: str, subject: str) -> Iterator[Moment]:
    for reaction, _, word, body, _ in follower.journal.effects_of(tx, kind, subject):
        if word == WITHDRAWN:
            told = json.loads(body)
            because = Text(**told["because"])
            at = datetime.fromisoformat(told["at"])
            yield Moment(at, What.WITHDRAWN, Verbatim(reaction), because)


def _next(following: Following) -> Iterator[Moment]:
    clocks = following.rules.kind.clocks
    for coming in following.coming:
        kind, _, size = coming.mark.partition(":")
        point = f"{size} %" if kind == "share" else f"−{int(size) / 86400:g} d"
        yield Moment(coming.at, What.NEXT, clocks[coming.clock].label, Verbatim(point))
