"""From events of many subjects to their effects: a journal, and as many followings as fit."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from reglament.events.event_reader import event_of, read_event
from reglament.events.facts_so_far import Claim, FactsSoFar, JournaledEvent
from reglament.events.journal import DONE, WITHDRAWN, Journal, key_of
from reglament.events.sandbox import best_matcher
from reglament.events.subject_state import Fired, Following, Rules
from reglament.language.syntax.source import Source
from reglament.matching.matching_rules import Matcher, RuleSet
from reglament.messages import Message
from reglament.model.moments import micros, moment_at
from reglament.model.problems import Refused, refusal
from reglament.model.reactions import Event
from reglament.model.words import translations
from reglament.policy import Policy
from reglament.storage.store import Transaction

MOST_KEPT: Final = 800
TIME: Final = "time"
Key = tuple[str, str]


class Follower:
    """Follows every subject of a journal by the reactions of a policy."""

    def __init__(
        self,
        policy: Policy,
        journal: Journal,
        matcher: Callable[[RuleSet], Matcher] = best_matcher,
        most_kept: int = MOST_KEPT,
    ) -> None:
        if not any(version.subjects for version in policy.versions):
            message = Message("policy-no-section-subjects", policy=policy.id)
            raise refusal("nothing-to-follow", message)
        self.policy = policy
        self.journal = journal
        self.most_kept = most_kept
        self._make = matcher
        self._rules: dict[Key, tuple[Rules, Matcher]] = {}
        self._kept: OrderedDict[Key, tuple[Following, int]] = OrderedDict()

    def take(self, tx: Transaction, line: Source | str) -> bool:
        """Write the event of a line down; false where it is known. Raises Refused."""
        event, body = read_event(self.policy, line)
        return self.journal.append(tx, event, body, lambda seq: self._claim(tx, event, seq))

    def follow(self, tx: Transaction, kind: str, subject: str, now: datetime) -> Following:
        """Let the subject's time come to `now`, and write down what came of it."""
        following, fresh = self._brought_up(tx, kind, subject, now)
        if fresh is None:
            self._withdraw(tx, kind, subject, following, now)
        for fired in following.fired if fresh is None else fresh:
            self.journal.add_effect(tx, _body(kind, subject, fired), fired.at)
        wakes = (following.next_wake, self._next_event(tx, kind, subject, now))
        wake = min((moment for moment in wakes if moment is not None), default=None)
        self.journal.settle(tx, kind, subject, wake)
        return following

    def look(self, tx: Transaction, kind: str, subject: str, now: datetime) -> Following:
        """The subject as it is at `now`; nothing is written down."""
        return self._brought_up(tx, kind, subject, now)[0]

    def now(self, tx: Transaction, clock: datetime) -> datetime:
        """The time, which never goes back though the clock may."""
        latest = max(clock, moment_at(self.journal.place(tx, TIME)))
        self.journal.set_place(tx, TIME, micros(latest))
        return latest

    def forget(self) -> None:
        """Let go of what is kept in memory: after a transaction failed it may be ahead."""
        for following, _ in self._kept.values():
            following.close()
        self._kept.clear()

    def close(self) -> None:
        """Let go of every session and matcher."""
        self.forget()
        for _, matcher in self._rules.values():
            matcher.close()
        self._rules.clear()

    # -- one subject -------------------------------------------------------------------------

    def _brought_up(
        self, tx: Transaction, kind: str, subject: str, now: datetime
    ) -> tuple[Following, list[Fired] | None]:
        """The following at `now`, and what fired since it was last looked at (None: all of it)."""
        kept = self._kept.pop((kind, subject), None)
        if kept is not None:
            following, seen = kept
            waiting = self._noted(tx, kind, subject, seen)
            if self._can_go_on(tx, following, waiting, seen):
                before = len(following.fired)
                self._let_happen(following, kind, subject, waiting, seen, now)
                return following, following.fired[before:]
            following.close()
        events = self._noted(tx, kind, subject, 0)
        following = self._open(tx, kind, subject, events)
        self._let_happen(following, kind, subject, events, 0, now)
        return following, None

    def _can_go_on(
        self, tx: Transaction, following: Following, waiting: list[JournaledEvent], seen: int
    ) -> bool:
        following.telling.claims = self._claims(tx)
        return not waiting or following.follows_on(waiting[0])

    def _let_happen(
        self,
        following: Following,
        kind: str,
        subject: str,
        events: list[JournaledEvent],
        seen: int,
        now: datetime,
    ) -> None:
        # An event of the future is in the journal, and happens when its time has come.
        past = [noted for noted in events if noted.event.at <= now]
        for noted in past:
            following.happen(noted)
        following.advance(now)
        if len(past) == len(events):
            seen = max([seen, *(noted.seq for noted in past)])
            self._keep((kind, subject), following, seen)
        else:
            following.close()

    def _keep(self, key: Key, following: Following, seen: int) -> None:
        self._kept[key] = following, seen
        while len(self._kept) > self.most_kept:
            _, (oldest, _) = self._kept.popitem(last=False)
            oldest.close()

    def _open(
        self, tx: Transaction, kind: str, subject: str, events: list[JournaledEvent]
    ) -> Following:
        rules, matcher = self._rules_at(kind, events[0].event.at)
        return Following(self.policy, rules, subject, matcher, self._claims(tx))

    def _rules_at(self, kind: str, at: datetime) -> tuple[Rules, Matcher]:
        """The rules of the version in force when the subject began."""
        version = self.policy.version_at(at)
        if kind not in version.subjects:
            version = self.policy.versions[-1]
        key = (version.version, kind)
        if key not in self._rules:
            rules = Rules.of(version, kind)
            self._rules[key] = rules, self._make(rules.rules)
        return self._rules[key]

    def _noted(self, tx: Transaction, kind: str, subject: str, after: int) -> list[JournaledEvent]:
        found = self.journal.events(tx, kind, subject, after)
        return [JournaledEvent(seq, event_of(self.policy, body)) for seq, body in found]

    def _next_event(
        self, tx: Transaction, kind: str, subject: str, now: datetime
    ) -> datetime | None:
        if (kind, subject) in self._kept:
            return None
        coming = [journaled_event.event.at for journaled_event in self._noted(tx, kind, subject, 0)]
        return min((at for at in coming if at > now), default=None)

    # -- what is used once -------------------------------------------------------------------

    def _claims(self, tx: Transaction) -> Callable[[str, str], Claim | None]:
        return lambda registry, value: self.journal.claimed(tx, registry, value)

    def _claim(self, tx: Transaction, event: Event, seq: int) -> None:
        """Use up what the event uses up, by the decision as it stands at its moment."""
        rules, _ = self._rules_at(event.subject_kind, event.at)
        registries = rules.kind.registries
        decides = rules.kind.events[event.kind].decides
        wanted = [one for one in registries.values() if one.decision in decides]
        if not wanted:
            return
        told = FactsSoFar(rules.version, rules.kind, event.subject, self._claims(tx))
        for noted in self._noted(tx, event.subject_kind, event.subject, 0):
            if noted.event.at <= event.at:
                told.tell(noted)
        at = told.as_of(event)
        for registry in wanted:
            using = told.use(registry)
            try:
                outcome = self.policy.decide(dict(told.facts), at=at)[registry.decision]
            except Refused:
                continue
            if using and outcome.is_determined and outcome.outcome == registry.outcome:
                self.journal.claim(tx, registry.name, *using, seq)

    # -- effects -----------------------------------------------------------------------------

    def _withdraw(
        self, tx: Transaction, kind: str, subject: str, following: Following, now: datetime
    ) -> None:
        """Take back what no longer follows, since an event came late; once for each effect."""
        follows = {fired.key for fired in following.fired}
        known = following.rules.reactions
        for reaction, occurrence, word, body, _ in self.journal.effects_of(tx, kind, subject):
            if word == DONE and (reaction, occurrence) not in follows and reaction in known:
                local = now.astimezone(ZoneInfo(following.rules.version.zone))
                taken_back = _taken_back(body, local)
                self.journal.add_effect(tx, taken_back, now)


def _body(kind: str, subject: str, fired: Fired) -> dict[str, Any]:
    from reglament.rendering.plain.plain_values import plain

    reaction = fired.reaction
    of = f"{kind}/{subject}"
    return {
        "key": key_of(of, reaction.id, fired.occurrence, DONE),
        "word": DONE,
        "subject": of,
        "reaction": reaction.id,
        "occurrence": fired.occurrence,
        "at": fired.at.isoformat(),
        "do": {str(reaction.verb): reaction.what},
        "because": translations(fired.because),
        "clauses": list(reaction.clauses),
        "attached": {name: plain(value) for name, value in fired.attached.items()},
    }


def _taken_back(body: str, now: datetime) -> Mapping[str, Any]:
    said = json.loads(body)
    key = key_of(said["subject"], said["reaction"], said["occurrence"], WITHDRAWN)
    return {
        **said,
        "key": key,
        "word": WITHDRAWN,
        "at": now.isoformat(),
        "because": translations(Message("event-became-known-later"), said["because"]),
    }
