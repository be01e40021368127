"""Requests over time: events of a subject, clocks that run on them, and what is done when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from reglament.frozen import frozen
from reglament.model.problems import Place
from reglament.model.values import Type, Value
from reglament.model.words import Text


@frozen
class EventKind:
    """Something that happens to a subject; it tells facts of the policy, and `fields` of its own.

    Its moment tells the fact `moment`. Before it is told, the facts under `forgets` are forgotten.
    After it, the decisions `decides` are looked at anew.
    """

    name: str
    label: Text
    moment: str | None = None
    fields: Mapping[str, Type] = field(default_factory=dict)
    forgets: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    place: Place | None = None


@frozen
class Clock:
    """Time that runs from an event in `starts` to the moment that the fact or decision `due` tells.

    An event in `stops` ends it. Where `due` is counted in working time, so is the clock; from an
    event in `pauses` to one in `resumes` it stands still, and its due time moves.
    A `due` that is a day means the end of that day. Where a word picks the hours, `picked_by`
    is the fact or decision that says it, and `by` has the hours of each word, those of any
    other under null.
    """

    name: str
    label: Text
    due: str
    starts: tuple[str, ...]
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    hours: str | None = None
    tie: str = "closing"
    place: Place | None = None
    picked_by: str = ""
    by: tuple[tuple[str | None, str], ...] = ()

    def counting_by(self, word: Value) -> Clock:
        """The clock with the hours that the word picks; as it was where nobody says a word."""
        if not self.by or word is None:
            return self
        hours = dict(self.by)
        return replace(self, hours=hours.get(str(word), hours.get(None, self.hours)))


@frozen
class Registry:
    """What may be used once by all subjects together: the value of the fact `value`.

    It is used up when `decision` comes out as `outcome`; whoever comes later is told so by the
    fact `tells` being true. `by` names the facts that tell one use by a subject from another.
    """

    name: str
    value: str
    decision: str
    outcome: Value
    tells: str
    by: tuple[str, ...] = ()
    place: Place | None = None


@frozen
class SubjectKind:
    """What is followed: a request, a contract."""

    name: str
    label: Text
    events: Mapping[str, EventKind]
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    registries: Mapping[str, Registry] = field(default_factory=dict)
    place: Place | None = None


class FieldOperator(StrEnum):
    """How a field of an event is compared; where it is missing, no comparison holds."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


@frozen
class SameAs:
    """The value of the same or another field of the event matched as `alias`."""

    alias: str
    field: str


@frozen
class Where:
    """A test of one field of an event, or of a fact that it tells."""

    field: str
    compared: FieldOperator
    operand: Value | SameAs


@frozen
class Happened:
    """An event of the kind `event` happened (or, where `absent`, did not so far)."""

    event: str
    alias: str
    where: tuple[Where, ...] = ()
    absent: bool = False


@frozen
class ClockPoint:
    """The clock has used up `share` per cent of its time, or is `before` its due time.

    Neither means that it fell due. A clock that was stopped reaches nothing.
    """

    clock: str
    share: int | None = None
    before: timedelta | None = None

    @property
    def mark(self) -> str:
        """The name of this point on the clock."""
        if self.before is not None:
            return f"before:{int(self.before.total_seconds())}"
        return f"share:{100 if self.share is None else self.share}"


@frozen
class Stopped:
    """The clock was stopped, in time or late."""

    clock: str
    in_time: bool


@frozen
class Concluded:
    """After an event the decision came out as `outcome`, or its requirement `unmet` was not met.

    `of` names the event by its alias, where it must be that one.
    """

    decision: str
    outcome: Value = None
    unmet: str | None = None
    of: str | None = None
    absent: bool = False


Occasion: TypeAlias = Happened | ClockPoint | Stopped | Concluded


class Verb(StrEnum):
    """What a reaction does; whoever receives the effect carries it out."""

    WARN = "warn"
    ESCALATE = "escalate"
    MARK = "mark"
    ACTIVATE = "activate"
    END = "end"
    REFUSE = "refuse"


@frozen
class Reaction:
    """When everything in `when` has come together for a subject, `verb` `what`.

    It is done once for each occurrence: each way in which events came together or, where
    `once_per` is said, each combination of what these facts tell.
    `attaches` names facts and decisions whose values go along.
    """

    id: str
    subject: str
    when: tuple[Occasion, ...]
    verb: Verb
    what: str
    because: Text
    clauses: tuple[str, ...] = ()
    attaches: tuple[str, ...] = ()
    once_per: tuple[str, ...] = ()
    place: Place | None = None

    def words(self) -> Iterator[tuple[str, str]]:
        """The facts, fields and decisions that it tests by words, each with the word."""
        for occasion in self.when:
            if isinstance(occasion, Concluded) and isinstance(occasion.outcome, str):
                yield occasion.decision, occasion.outcome
            elif isinstance(occasion, Happened):
                for where in occasion.where:
                    if isinstance(where.operand, str):
                        yield where.field, where.operand


@frozen
class Event:
    """Something that happened: its own `id`, to which subject, when, the facts and fields told."""

    id: str
    subject_kind: str
    subject: str
    kind: str
    at: datetime
    facts: Mapping[str, Value] = field(default_factory=dict)
    fields: Mapping[str, Value] = field(default_factory=dict)


@frozen(order=True)
class ExpectedReaction:
    """That the reaction `reaction` comes at `at` for `subject`."""

    at: datetime
    subject: str
    reaction: str


@frozen
class Timeline:
    """A worked example over time: events, and exactly the reactions that come until `until`.

    With `at` the version in force then judges every event, on whatever days they happen.
    """

    name: str
    events: tuple[Event, ...]
    expects: tuple[ExpectedReaction, ...]
    until: datetime
    at: str | None = None
    place: Place | None = None
