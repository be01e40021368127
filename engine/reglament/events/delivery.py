"""From effects in the journal to a sink, in order for each subject, tried again while they fail."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from reglament.events.journal import SENDING, SENT, WAITING, Effect, Journal
from reglament.events.sinks import Handed, Sink, Undelivered
from reglament.messages import Message, Words

LATER: Final = 5.0
BATCH: Final = 500
ALL: Final = 10**6


class Delivery:
    """Hands effects over; what fails waits, what is refused for good is set aside."""

    def __init__(
        self,
        journal: Journal,
        sink: Sink,
        clock: Callable[[], datetime],
        say: Callable[[Words], Any],
    ) -> None:
        self.journal = journal
        self.sink = sink
        self.clock = clock
        self.say = say
        self.sent = 0
        self.aside = 0
        self.failed = 0  # tries in a row
        self._tried = 0.0
        self._held: dict[str, float] = {}

    def begin(self, *, retry_aside: bool) -> None:
        """Tell what was set aside before, or have it tried once more."""
        with self.journal.store.transaction() as tx:
            count = self.journal.count_aside(tx)
            if retry_aside:
                self.journal.retry_aside(tx)
        if count and not retry_aside:
            self.say(Message("set-aside-before-retry", count=count))

    def send(self) -> bool:
        """Hand effects over; false where there are none, or where none are accepted now."""
        if time.monotonic() < self._tried:
            return False
        held = self._held_now()
        with self.journal.store.transaction() as tx:
            waiting = [one for one in self.journal.unsent(tx, BATCH, held) if self._is_ours(one)]
            if waiting and not self.sink.may_repeat:
                self.journal.set_state(tx, waiting, SENDING)
        if not waiting:
            return False
        try:
            handed = self.sink.send(waiting)
        except Undelivered as undelivered:
            handed = Handed(later=LATER, why=str(undelivered))
        self._note(handed)
        return bool(handed.sent or handed.aside)

    def _note(self, handed: Handed) -> None:
        """Write down what became of effects, and tell what was not accepted."""
        with self.journal.store.transaction() as tx:
            self.journal.set_state(tx, handed.sent, SENT)
            for effect, why in handed.aside:
                self.journal.set_aside(tx, effect, why.to("en"), self.clock())
        self.sent += len(handed.sent)
        self.aside += len(handed.aside)
        for effect, why in handed.aside:
            subject, reaction = effect.body.get("subject"), effect.body.get("reaction")
            self.say(Message("effect-set-aside", subject=subject, reaction=reaction, why=why))
        now = time.monotonic()
        self._held |= {subject: now + seconds for subject, seconds in handed.held.items()}
        if handed.later or handed.held:
            self._tried = now + handed.later if handed.later else self._tried
            self.say(Message("effects-not-accepted-trying", why=handed.why))
        self.failed = 0 if handed.sent or handed.aside else self.failed + 1

    def next_try(self) -> float | None:
        """When effects that are owed may be tried again; None where none are."""
        with self.journal.store.transaction() as tx:
            owed = [effect for effect in self.journal.unsent(tx, BATCH) if self._is_ours(effect)]
        if not owed:
            return None
        held = [self._held.get(str(effect.body.get("subject")), 0.0) for effect in owed]
        return max(self._tried, min(held))

    def count_undelivered(self) -> int:
        """Effects that are still owed, and those set aside by this watch."""
        with self.journal.store.transaction() as tx:
            owed = [effect for effect in self.journal.unsent(tx, ALL) if self._is_ours(effect)]
        return len(owed) + self.aside

    def settle_doubts(self) -> int:
        """Of a stream nobody can tell whether it got what was being written when we were killed."""
        if self.sink.may_repeat:
            return 0
        with self.journal.store.transaction() as tx:
            doubted = [effect for effect in self.journal.unsent(tx, ALL) if effect.state == SENDING]
        if doubted:
            self.say(Message("doubt-not-repeated-table", count=len(doubted)))
        return len(doubted)

    def _held_now(self) -> list[str]:
        now = time.monotonic()
        self._held = {subject: until for subject, until in self._held.items() if until > now}
        return list(self._held)

    def _is_ours(self, effect: Effect) -> bool:
        return self.sink.may_repeat or effect.state == WAITING
