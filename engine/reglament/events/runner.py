"""From a source of events to effects handed over, for as long as it is wanted.

Each round: events are written to the journal; every subject whose time has come is followed;
what came of it is written down; then effects go out. It sleeps until an event comes or the next
clock reaches its next point. Stopped or killed at any moment, it goes on where it was.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from types import FrameType
from typing import Any, Final, Literal, TypeAlias

from reglament.events.delivery import Delivery
from reglament.events.engine import Follower
from reglament.events.journal import Journal
from reglament.events.sinks import Sink
from reglament.events.sources import EventLine
from reglament.events.sources import EventSource as Events
from reglament.language.syntax.source import Source, decode_source
from reglament.messages import ListedWords, Message, Rendered, Words
from reglament.model.problems import Problem, Refused
from reglament.storage.store import Unreachable

Malformed: TypeAlias = Literal["stop", "skip"]
BATCH: Final = 500
LONGEST_CATCHING_UP: Final = 30.0
LONGEST_SLEEP: Final = 3600.0
# Of a watch that ends by itself: how often in a row, and how long, it tries to hand effects over.
ATTEMPTS: Final = 5
LONGEST_PATIENCE: Final = 60.0


_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Watched:
    """What a watch has done so far."""

    events: int = 0
    known: int = 0
    refused: int = 0
    effects: int = 0
    aside: int = 0
    undelivered: int = 0
    in_doubt: int = 0
    notes: list[Words] = field(default_factory=list)


@dataclass(slots=True)
class Stop:
    """Whether somebody asked to stop; waiting ends at once when it is asked."""

    asked: bool = False
    reads: int = -1
    writes: int = -1

    def ask(self) -> None:
        """Ask to stop."""
        self.asked = True
        with suppress(OSError):
            os.write(self.writes, b".")


@contextmanager
def stopping_on_signals() -> Iterator[Stop]:
    """A stop that SIGTERM and SIGINT ask for; what is under way is finished first."""
    stop = Stop()
    stop.reads, stop.writes = os.pipe()
    os.set_blocking(stop.writes, False)

    def ask(number: int, frame: FrameType | None) -> None:
        stop.ask()

    before = {one: signal.signal(one, ask) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(stop.reads)
        os.close(stop.writes)


def real_clock() -> datetime:
    """The moment now."""
    return datetime.now(UTC)


def _placed(line: Source, problem: Problem) -> Problem:
    """The problem with the line that it is about, where it has no place of its own."""
    if problem.place is not None:
        return problem
    place = line.span(0, len(line.text))
    return replace(problem, place=place, source_line=line.line(place.line))


# What is wrong with a line that is half there.
_CUT = frozenset({"json-syntax", "file-not-utf8"})
_CUT_OFF = Message("last-line-not-whole")
_LATER = Message("if-still-being-written")


class Watch:
    """One watch. With `as_of`, time stands still there and the watch ends when all is done."""

    def __init__(
        self,
        follower: Follower,
        source: Events,
        sink: Sink,
        *,
        malformed: Malformed = "stop",
        as_of: datetime | None = None,
        clock: Callable[[], datetime] = real_clock,
        say: Callable[[Words], Any] = lambda words: None,
    ) -> None:
        self.follower = follower
        self.journal: Journal = follower.journal
        self.source = source
        self.malformed = malformed
        self.as_of = as_of
        self.clock = clock
        self.say = say
        self.done = Watched()
        self.delivery = Delivery(self.journal, sink, clock, say)
        self._followed = time.monotonic()

    def run(self, stop: Stop) -> Watched:
        """Watch until asked to stop, or until the source is over and all is done.

        Raises Refused for a line that is no event, where that should stop the watch.
        """
        self._until_done(self._settle, stop)
        self._until_done(partial(self._round, stop), stop)
        return self._account()

    def _until_done(self, work: Callable[[], bool], stop: Stop) -> None:
        """Work as long as there is more to do; again, if the database was away meanwhile."""
        is_more = True
        while is_more and not stop.asked:
            try:
                is_more = work()
            except Unreachable as away:
                self._be_patient(away, stop)

    def _settle(self) -> bool:
        self.done.in_doubt = self.delivery.settle_doubts()
        return False

    def _round(self, stop: Stop) -> bool:
        """Take, follow and hand over what there is, or wait for more; false if none can come."""
        took = self._take()
        worked = self._may_follow(took=took) and self._follow()
        sent = self.delivery.send()
        if took or worked or sent:
            _log.info("events: %d, effects: %d", self.done.events, self.done.effects)
        elif self.source.is_over:
            return self._may_try_again(stop)
        else:
            self._wait(stop)
        return True

    def _account(self) -> Watched:
        delivery = self.delivery
        self.done.effects, self.done.aside = delivery.sent, delivery.aside
        self.done.undelivered = delivery.count_undelivered()
        return self.done

    def _may_follow(self, *, took: bool) -> bool:
        """Whether to follow now: whoever catches up first hears all there is to hear.

        Otherwise a deadline would be found broken whose answer stands in the next lines. A source
        that never pauses is interrupted now and then, as nothing would ever come of it else.
        """
        now = time.monotonic()
        if took and (self.as_of is not None or now < self._followed + LONGEST_CATCHING_UP):
            return False
        self._followed = now
        return True

    # -- one round ---------------------------------------------------------------------------

    def _take(self) -> bool:
        """Write what the source has into the journal; false where it has nothing."""
        name = self.source.name
        with self.journal.store.transaction() as tx:
            place = self.journal.place(tx, name)
        lines = self.source.lines(place, BATCH)
        if not lines:
            return False
        stopped: Refused | None = None
        with self.journal.store.transaction() as tx:
            for line in lines:
                stopped = self._take_line(tx, line)
                if stopped is not None:
                    break
                place = line.after
            self.journal.set_place(tx, name, place)
        if stopped is not None:
            self._finish()
            raise stopped
        self.source.taken(place)
        return True

    def _take_line(self, tx: Any, line: EventLine) -> Refused | None:
        """Write the event of a line down; why the watch stops before it, where it does."""
        if not line.data.strip():
            return None
        try:
            most = len(line.data)  # how long a line may be, its reader says
            source = decode_source(line.data, self.source.shown, most_bytes=most, first=line.number)
            is_new = self.follower.take(tx, source)
        except Refused as refused:
            self.done.refused += 1
            return self._refuse(tx, line, refused)
        self.done.events += is_new
        self.done.known += not is_new
        return None

    def _refuse(self, tx: Any, line: EventLine, refused: Refused) -> Refused | None:
        """Keep a wrong line aside, or say why the watch stops before it."""
        text = line.data.decode("utf-8", "replace").strip()
        source = Source(self.source.shown, text, line.number)
        if line.is_open and any(problem.code in _CUT for problem in refused.problems):
            # Kept aside, it would be lost: its end may still be on the way.
            return Refused([source.problem("event-cut-off", _CUT_OFF, source.span(0, 1), _LATER)])
        told = Refused(_placed(source, problem) for problem in refused.problems)
        if self.malformed == "stop":
            return told
        why = "\n".join(problem.message.to("en") for problem in told.problems)
        self.journal.refuse(tx, text, why)
        self.say(Rendered(told.to_text))
        return None

    def _finish(self) -> None:
        """What stands before a wrong line is followed and told before the watch stops."""
        while self._follow() or self.delivery.send():
            continue

    def _follow(self) -> bool:
        """Follow the subjects whose time has come; false where there are none."""
        try:
            with self.journal.store.transaction() as tx:
                now = self.as_of or self.follower.now(tx, self.clock())
                due = self.journal.due(tx, now, BATCH)
                for kind, subject in due:
                    following = self.follower.follow(tx, kind, subject, now)
                    self._tell_troubles(kind, subject, following.troubles)
        except BaseException:
            self.follower.forget()
            raise
        return bool(due)

    def _tell_troubles(self, kind: str, subject: str, troubles: list[Words]) -> None:
        for words in dict.fromkeys(troubles):
            self.say(ListedWords((f"{kind}/{subject}", words), ": "))
        troubles.clear()

    def _may_try_again(self, stop: Stop) -> bool:
        """Of effects still owed when nothing more can come: wait for the next try, if it is near.

        A receiver that fails some times in a row is given up; the effects stay in the journal.
        """
        next_try = self.delivery.next_try()
        seconds = 0.0 if next_try is None else next_try - time.monotonic()
        if next_try is None or self.delivery.failed >= ATTEMPTS or seconds > LONGEST_PATIENCE:
            return False
        _pause(stop, seconds)
        return not stop.asked

    # -- waiting -----------------------------------------------------------------------------

    def _wait(self, stop: Stop) -> None:
        """Until an event comes or a clock reaches its next point."""
        with self.journal.store.transaction() as tx:
            wake = self.journal.next_wake(tx)
        seconds = LONGEST_SLEEP
        if wake is not None and self.as_of is None:
            # A clock set back may not delay what is due: time has come as far as it had.
            seconds = min(seconds, max(0.0, (wake - self.clock()).total_seconds()))
        next_try = self.delivery.next_try()
        if next_try is not None:
            seconds = min(seconds, max(0.0, next_try - time.monotonic()))
        self.source.wait(seconds, stop.reads)

    def _be_patient(self, away: Unreachable, stop: Stop) -> None:
        self.follower.forget()
        self.say(Message("database-away-waiting", away=away))
        _pause(stop, 1.0)


def _pause(stop: Stop, seconds: float) -> None:
    """Sleep, unless asked to stop."""
    until = time.monotonic() + seconds
    while not stop.asked and time.monotonic() < until:
        time.sleep(min(0.05, max(0.0, until - time.monotonic())))
