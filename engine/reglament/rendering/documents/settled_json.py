"""From outcomes to the bytes of a decision document, where every decision led to one.

They are those of the document that `settled_document` makes, as compact JSON. What a service says
thousands of times a second is not built anew and taken apart again: of a decision all but the
outcome, and nearly every outcome, was written before. A log keeps such bytes in a form of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from json import JSONEncoder
from typing import Any

from reglament.memo import MemoByIdentity, keep, once_for_each
from reglament.messages import Language
from reglament.model.decisions import Decision
from reglament.model.outcomes import Note
from reglament.model.regulation import Version
from reglament.model.values import Kind, Value
from reglament.rendering.documents.decision_document import (
    MOST_KEPT,
    Reasons,
    When,
    add_reasons,
    plain_notes,
    settled,
    whole,
)
from reglament.rendering.plain.plain_values import of_type, told_by

LATER = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands where a part is put in later; no id holds it."""
_write = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Write = Callable[[Any], bytes]
"""What makes bytes of plain values."""
Readings = tuple[str, ...]


def settled_json(
    version: Version,
    when: When,
    values: Sequence[Value],
    reasons: Mapping[str, Reasons] | None = None,
) -> bytes:
    """The document that `settled_document` makes of the same, as JSON."""
    as_of, source, notes = when
    before, telling = _told_by(version)
    noted = _notes(version.languages)
    return b'%b%b","as_of_source":"%b","notes":[%b],"decisions":{%b}}' % (
        before,
        as_of.isoformat().encode(),
        source.encode(),
        b",".join([noted[note] for note in notes]),
        told_by_each(telling, values, reasons),
    )


@once_for_each
def _told_by(version: Version) -> tuple[bytes, Sequence[DecisionWriter]]:
    """What stands before the moment, and how each decision is told."""
    later = datetime.min
    head = _bytes(whole(version, later, "now", (), {})).partition(later.isoformat().encode())[0]
    return head, telling_of(version, _bytes)


def telling_of(version: Version, write: Write) -> Sequence[DecisionWriter]:
    """How each decision is told that is not internal, in their order."""
    decisions = enumerate(version.decisions.values())
    return [DecisionWriter(place, one, write) for place, one in decisions if not one.is_internal]


def told_by_each(
    telling: Iterable[DecisionWriter],
    values: Sequence[Value],
    reasons: Mapping[str, Reasons] | None,
    readings: Mapping[str, Readings] | None = None,
) -> bytes:
    """What is told of the decisions: bare, with reasons, or with these and the readings."""
    decisions = []
    for decision_writer in telling:
        value, told = values[decision_writer.place], decision_writer.bare
        if reasons is not None:
            on = None if readings is None else readings[decision_writer.name]
            told = decision_writer.explained(reasons[decision_writer.name], on)
        is_kept = value.__class__ in decision_writer.as_it_is and value in told.kept
        decisions.append(told.kept[value] if is_kept else told.with_outcome(value))
    return b",".join(decisions)


class DecisionWriter:
    """How a decision is told: `bare`, or with the reasons."""

    def __init__(self, place: int, decision: Decision, write: Write) -> None:
        """`place` is that of its outcome among the values."""
        type_ = decision.outcome_type
        self.name, self.place, self.write = decision.name, place, write
        self.as_it_is, self._said = told_by(type_)
        self._is_day = type_.kind in (Kind.DATE, Kind.DATETIME)
        # Of lists and records that a policy gives there is one each.
        self._one_each = None
        if type_.kind in (Kind.LIST, Kind.RECORD):
            self._one_each = MemoByIdentity[Value, bytes](
                lambda value: write(of_type(value, type_)), MOST_KEPT
            )
        self.bare = _Told(self, None, None)
        self._explained: dict[tuple[int, Readings | None], tuple[Reasons, _Told]] = {}

    def explained(self, reasons: Reasons, readings: Readings | None) -> _Told:
        """With the reasons and, if they are told, the readings."""
        key = id(reasons), readings  # long ones take long to hash
        found = self._explained.get(key)
        if found is None:
            # They are kept, so that no others get the identity of some that are gone.
            made = reasons, _Told(self, reasons, readings)
            found = keep(self._explained, key, made, MOST_KEPT)
        return found[1]

    def outcome(self, value: Value) -> bytes:
        """One that is not told as it is."""
        if self._is_day:  # nothing in it is escaped
            return b'"%b"' % self._said(value).encode()
        return self.write(self._said(value)) if self._one_each is None else self._one_each[value]


class _Told:
    """A decision with some reasons; `kept` has it with outcomes that it had before."""

    def __init__(
        self, telling: DecisionWriter, reasons: Reasons | None, readings: Readings | None
    ) -> None:
        self._telling = telling
        self.kept: dict[Value, bytes] = {}
        shape = settled(LATER, LATER)
        if reasons is not None:
            add_reasons(shape, *reasons)
        if readings is not None:
            shape["readings"] = [*readings]
        # What stands before the outcome, between its two places, and after.
        self._parts = telling.write({telling.name: shape})[1:-1].split(_bytes(LATER), 2)

    def with_outcome(self, value: Value) -> bytes:
        """The decision with this outcome."""
        telling, (before, between, after) = self._telling, self._parts
        is_as_it_is = value.__class__ in telling.as_it_is
        outcome = telling.write(value) if is_as_it_is else telling.outcome(value)
        found = b"%b%b%b%b%b" % (before, outcome, between, outcome, after)
        return keep(self.kept, value, found, MOST_KEPT) if is_as_it_is else found


def _bytes(plain: Any) -> bytes:
    return _write(plain).encode()


@lru_cache(maxsize=MOST_KEPT)
def _notes(languages: tuple[Language, ...]) -> MemoByIdentity[Note, bytes]:
    """Notes as JSON; nearly all are the same few objects."""
    return written_notes(languages, _bytes)


def written_notes(languages: tuple[Language, ...], write: Write) -> MemoByIdentity[Note, bytes]:
    """Notes in these languages as bytes."""
    plain = plain_notes(languages)
    return MemoByIdentity(lambda note: write(plain[note]), MOST_KEPT)
