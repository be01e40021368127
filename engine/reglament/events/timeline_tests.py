"""From the timelines of a policy to those that fail: reactions expected and not, and when."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reglament.events.engine import Follower
from reglament.events.journal import DONE, Journal
from reglament.frozen import frozen
from reglament.matching.matching_rules import Matcher, RuleSet
from reglament.matching.naive import NaiveMatcher
from reglament.messages import Message
from reglament.model.problems import Refused, refusal
from reglament.model.reactions import Event, ExpectedReaction, Timeline
from reglament.model.regulation import Version
from reglament.policy import Policy
from reglament.storage.store import IN_MEMORY, Store, Transaction

_EVER = date(1, 1, 2)  # the first day whose beginning every zone can tell in UTC


@frozen
class TriedTimeline:
    """One timeline: reactions that did not come, that came unasked, or why it could not run."""

    timeline: Timeline
    missing: tuple[ExpectedReaction, ...] = ()
    unexpected: tuple[ExpectedReaction, ...] = ()
    error: Refused | None = None

    @property
    def passes(self) -> bool:
        """Whether exactly the reactions expected came."""
        return not self.missing and not self.unexpected and self.error is None


@frozen
class TimelineReport:
    """Every timeline tried, and the reactions that none of them makes come."""

    tried: tuple[TriedTimeline, ...]
    unreached: tuple[str, ...]

    @property
    def failed(self) -> tuple[TriedTimeline, ...]:
        """The timelines that do not pass."""
        return tuple(tried for tried in self.tried if not tried.passes)


def try_timelines(
    version: Version, matcher: Callable[[RuleSet], Matcher] = NaiveMatcher
) -> TimelineReport:
    """Play every timeline of the version on a virtual clock; the plain matcher by default."""
    own = Policy((version,))
    seen: set[str] = set()
    tried = tuple(_try(own, timeline, matcher, seen) for timeline in version.timelines)
    unreached = tuple(reaction.id for reaction in version.reactions if reaction.id not in seen)
    return TimelineReport(tried, unreached)


def _try(
    own: Policy, timeline: Timeline, matcher: Callable[[RuleSet], Matcher], seen: set[str]
) -> TriedTimeline:
    try:
        policy = _judging(own, timeline)
        with (
            closing(Store(IN_MEMORY)) as store,
            closing(Follower(policy, Journal(store), matcher)) as follower,
        ):
            came = sorted(_play(follower, store, timeline))
    except Refused as refused:
        return TriedTimeline(timeline, error=refused)
    seen.update(reaction.reaction for reaction in came)
    wanted = sorted(timeline.expects)
    return TriedTimeline(timeline, _less(wanted, came), _less(came, wanted))


def _judging(own: Policy, timeline: Timeline) -> Policy:
    """The policy that judges every event of the timeline. Raises Refused where none can."""
    if timeline.at is not None:
        version = own.version_at(own.moment(timeline.at))
        return Policy((replace(version, holds_from=_EVER, holds_until=None),))
    (version,) = own.versions
    early = min(event.at for event in timeline.events).astimezone(ZoneInfo(version.zone)).date()
    if early < version.holds_from:
        since = version.holds_from
        message = Message(
            "events-begin-version-timeline", day=early, version=version.version, holds_from=since
        )
        hint = Message("add-timeline-judge-version", holds_from=since)
        raise refusal("before-first-version", message, hint)
    return own


def _less(
    some: list[ExpectedReaction], others: list[ExpectedReaction]
) -> tuple[ExpectedReaction, ...]:
    return tuple((Counter(some) - Counter(others)).elements())


def _play(follower: Follower, store: Store, timeline: Timeline) -> list[ExpectedReaction]:
    """Each event becomes known at its moment, or late, after a later one was."""
    with store.transaction() as tx:
        latest = timeline.events[0].at
        for event in timeline.events:
            latest = max(latest, event.at)
            follower.take(tx, _line(event))
            follower.follow(tx, event.subject_kind, event.subject, latest)
        until = max(latest, timeline.until)
        subjects = dict.fromkeys((one.subject_kind, one.subject) for one in timeline.events)
        return [
            came for kind, subject in subjects for came in _came(follower, tx, kind, subject, until)
        ]


def _came(
    follower: Follower, tx: Transaction, kind: str, subject: str, until: datetime
) -> list[ExpectedReaction]:
    following = follower.follow(tx, kind, subject, until)
    keys = {fired.key: fired.at for fired in following.fired}
    done = [row for row in follower.journal.effects_of(tx, kind, subject) if row[2] == DONE]
    return [
        ExpectedReaction(keys[(reaction, of)], subject, reaction)
        for reaction, of, *_ in done
        if (reaction, of) in keys
    ]


def _line(event: Event) -> str:
    from reglament.rendering.plain.plain_values import plain

    told = {
        "id": event.id,
        "subject": f"{event.subject_kind}/{event.subject}",
        "event": event.kind,
        "at": event.at.isoformat(),
        "facts": {name: plain(value) for name, value in event.facts.items()},
        "fields": {name: plain(value) for name, value in event.fields.items()},
    }
    return json.dumps(told, ensure_ascii=False)
