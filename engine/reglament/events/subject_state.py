"""From the journal of one subject to its reactions so far and the moment of the next one.

Nothing here asks the real clock: time is what it is told to be. What came of a subject is a
function of its journal, so that it can be thrown away and made again at any moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from reglament.events.clocks import ClockRun, Computation
from reglament.events.facts_so_far import Claims, FactsSoFar, JournaledEvent, values_of
from reglament.frozen import frozen
from reglament.matching.compiling import NOW, fields_used, rules_of, scalar, spoken, stand_in
from reglament.matching.matching_rules import Firing, Matcher, RuleSet, Scalar, Session, SessionFact
from reglament.messages import Words
from reglament.model.calendar import OutsideCalendar
from reglament.model.moments import MICROSECOND, micros
from reglament.model.problems import Refused
from reglament.model.reactions import Clock, ClockPoint, Event, Reaction, SubjectKind
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.policy import Decided, Policy


@frozen
class Fired:
    """A reaction that came at `at`; `occurrence` tells it from the others of its kind."""

    reaction: Reaction
    occurrence: str
    at: datetime
    because: Words
    attached: Mapping[str, Value] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """What is unique within the subject."""
        return self.reaction.id, self.occurrence


@frozen
class Timer:
    """A point that a clock will reach."""

    at: datetime
    clock: str
    mark: str
    turn: int


@frozen
class Rules:
    """The rules for one kind of subject, made once for each version."""

    version: Version
    kind: SubjectKind
    rules: RuleSet
    reactions: Mapping[str, Reaction]
    points: Mapping[str, tuple[ClockPoint, ...]]
    fields: Mapping[str, Mapping[str, str]]
    # Whether some reaction waits for a clock and an event: then either may come last.
    is_mixed: bool

    @classmethod
    def of(cls, version: Version, subject: str) -> Rules:
        """The rules of a version for subjects of that kind."""
        own = [one for one in version.reactions if one.subject == subject]
        points: dict[str, dict[str, ClockPoint]] = {}
        for reaction in own:
            for one in reaction.when:
                if isinstance(one, ClockPoint):
                    points.setdefault(one.clock, {})[one.mark] = one
        kind = version.subjects[subject]
        return cls(
            version,
            kind,
            rules_of(version, subject),
            {one.id: one for one in own},
            {clock: tuple(clock_points.values()) for clock, clock_points in points.items()},
            {event: fields_used(version, subject, event) for event in kind.events},
            any(_is_mixed(reaction) for reaction in own),
        )


def _is_mixed(reaction: Reaction) -> bool:
    reached = [isinstance(one, ClockPoint) for one in reaction.when]
    return any(reached) and not all(reached)


class Following:
    """One subject, as far as its time has come."""

    def __init__(
        self, policy: Policy, rules: Rules, subject: str, matcher: Matcher, claims: Claims
    ) -> None:
        self.policy = policy
        self.rules = rules
        self.computation = Computation(rules.version)
        self.telling = FactsSoFar(rules.version, rules.kind, subject, claims)
        self.session: Session = matcher.open()
        self.fired: list[Fired] = []
        self.coming: list[Timer] = []
        self.runs: dict[str, ClockRun] = {}
        self.troubles: list[Words] = []
        self.last: JournaledEvent | None = None
        self.ticked: datetime | None = None
        self._tokens: dict[int, str] = {}
        self._said: set[tuple[str, str]] = set()
        self._turns = 0
        self._changed = False
        self._decided: Decided | None = None

    @property
    def next_wake(self) -> datetime | None:
        """When a clock reaches its next point; None where nothing is to come by itself."""
        return min((timer.at for timer in self.coming), default=None)

    def follows_on(self, noted: JournaledEvent) -> bool:
        """Whether the event comes after all that was done; else all is to be done again."""
        if self.ticked is not None and noted.event.at <= self.ticked:
            return False
        return self.last is None or noted.standing > self.last.standing

    def happen(self, noted: JournaledEvent) -> None:
        """Let time pass until the event, and let it happen: before what clocks do at its moment."""
        event = noted.event
        self.advance(event.at - MICROSECOND)
        self._changed = self.telling.tell(noted)
        if self._changed:
            self._decided = None
        self.last = noted
        number = self._tell(f"event:{event.kind}", self._fields(noted), event.at, event.id)
        for name in self.rules.kind.clocks:
            self._turn(name, event)
        self._conclude(event, number)
        if self.rules.is_mixed:
            self._tick(event.at - MICROSECOND, event.at)

    def advance(self, until: datetime) -> None:
        """Let time pass, and every clock do what it does, until then and including it."""
        while (wake := self.next_wake) is not None and wake <= until:
            at = wake if self.last is None else max(wake, self.last.event.at)
            self._tick(wake, at)
            self.ticked = max(wake, self.ticked or wake)

    def close(self) -> None:
        """Let go of the matcher's session."""
        self.session.close()

    # -- facts for the matcher ---------------------------------------------------------------

    def _tell(self, kind: str, fields: dict[str, Scalar], at: datetime, token: str) -> int:
        seq = len(self._tokens) + 1
        self._tokens[seq] = token
        if kind.startswith("event:"):
            fields["number"] = seq
        for firing in self.session.tell([SessionFact(kind, seq, fields)])[0]:
            self._fire(firing, at)
        return seq

    def _fields(self, noted: JournaledEvent) -> dict[str, Scalar]:
        event, found = noted.event, {}
        kind = f"event:{event.kind}"
        told = {**self.telling.facts, **event.fields}
        needed = self.rules.rules.needed.get(kind, frozenset())
        for name, short in self.rules.fields[event.kind].items():
            value = told.get(name)
            if value is not None:
                found[short] = scalar(value)
            elif short in needed:
                shape = self.rules.rules.shapes[kind][short]
                found[short] = stand_in(shape, len(self._tokens) + 1)
        return found

    def _conclude(self, event: Event, number: int) -> None:
        for name in self.rules.kind.events[event.kind].decides:
            outcome = self._outcome(name)
            if outcome is None:
                continue
            for requirement in outcome.unmet:
                unmet: dict[str, Scalar] = {"value": requirement, "of": number}
                self._tell(f"unmet:{name}", unmet, event.at, event.id)
            if outcome.is_determined:
                said: dict[str, Scalar] = {"value": spoken(outcome.outcome), "of": number}
                self._tell(f"concluded:{name}", said, event.at, event.id)

    # -- clocks ------------------------------------------------------------------------------

    def _turn(self, name: str, event: Event) -> None:
        clock, run = self.rules.kind.clocks[name], self.runs.get(name)
        try:
            if event.kind in clock.stops and run is not None:
                self._stop(run, event)
            elif event.kind in clock.starts:
                due, clock = self._due(clock)
                self._set(event, ClockRun(clock, event.id, event.at, due, event.at, 0, 0))
            elif run is not None:
                self._set(event, self._moved(run, event))
        except OutsideCalendar as outside:
            self.troubles.append(outside.words)

    def _moved(self, run: ClockRun, event: Event) -> ClockRun:
        due, clock = self._due(run.clock) if self._changed else (run.due, run.clock)
        clock_run = replace(run, due=due, clock=clock)
        if event.kind in clock.pauses:
            return self.computation.paused(clock_run, event.at)
        if event.kind in clock.resumes and clock_run.since is None:
            return replace(clock_run, since=event.at)
        return clock_run

    def _due(self, clock: Clock) -> tuple[datetime | None, Clock]:
        """When the clock falls due as decided now, and the clock by the hours that hold now."""
        word = self._told(clock.picked_by) if clock.by else None
        return self.computation.due(self._told(clock.due)), clock.counting_by(word)

    def _set(self, event: Event, run: ClockRun) -> None:
        """A new turn of the clock, unless nothing about it has changed."""
        before = self.runs.get(run.clock.name)
        if before == run:
            return
        self._end_turn(event.at, before)
        self._turns += 1
        run = replace(run, turn=self._turns)
        self.runs[run.clock.name] = run
        for point in self.rules.points.get(run.clock.name, ()):
            at = self.computation.point(run, point)
            if at is not None:
                self.coming.append(Timer(at, run.clock.name, point.mark, run.turn))
                told: dict[str, Scalar] = {"mark": point.mark, "at": scalar(at), "turn": run.turn}
                self._tell(f"mark:{run.clock.name}", told, event.at, run.event)

    def _end_turn(self, at: datetime, run: ClockRun | None) -> None:
        if run is not None:
            self._tell(f"turned:{run.clock.name}", {"turn": run.turn}, at, run.event)
            self.coming = [timer for timer in self.coming if timer.clock != run.clock.name]

    def _stop(self, run: ClockRun, event: Event) -> None:
        self._end_turn(event.at, run)
        del self.runs[run.clock.name]
        if run.due is None:
            return
        due = self.computation.due_now(run)
        in_time = event.at <= due if due else run.spent <= self.computation.total(run)
        told: dict[str, Scalar] = {"in_time": in_time, "turn": run.turn}
        self._tell(f"stopped:{run.clock.name}", told, event.at, run.event)

    def _tick(self, moment: datetime, at: datetime) -> None:
        self.coming = [timer for timer in self.coming if timer.at > moment]
        self._tell(NOW, {"at": micros(moment)}, at, "")

    # -- decisions and effects ---------------------------------------------------------------

    def _fire(self, firing: Firing, at: datetime) -> None:
        reaction = self.rules.reactions[firing.rule]
        tokens = dict.fromkeys(token for seq in firing.facts if (token := self._tokens[seq]))
        facts = self.telling.facts
        of = values_of(facts, reaction.once_per) if reaction.once_per else "+".join(tokens)
        if (reaction.id, of) in self._said:
            return
        self._said.add((reaction.id, of))
        local = at.astimezone(self.computation.zone)
        attached = {name: self._told(name) for name in reaction.attaches}
        self.fired.append(Fired(reaction, of, local, self._because(reaction), attached))

    def _because(self, reaction: Reaction) -> Words:
        from reglament.rendering.words.sentences import fill

        decided = self._decide()
        try:
            return fill(reaction.because, decided.version, decided.document)
        except Refused:
            return reaction.because

    def _told(self, name: str) -> Value:
        if name in self.rules.version.facts:
            return self.telling.facts.get(name)
        outcome = self._outcome(name)
        return outcome.outcome if outcome is not None and outcome.is_determined else None

    def _outcome(self, name: str) -> Any:
        try:
            outcome = self._decide()[name]
            if outcome.refused is None:
                return outcome
            self.troubles.append(outcome.refused.problem.message)
            return None
        except Refused as refused:
            self.troubles += [problem.message for problem in refused.problems]
            return None

    def _decide(self) -> Decided:
        if self._decided is None or self.last is None:
            at = self.telling.as_of(self.last.event) if self.last else None
            self._decided = self.policy.decide(dict(self.telling.facts), at=at)
        return self._decided
