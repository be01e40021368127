"""From outcomes to the bytes of a decision document, where every decision led to one.

They are those of the document that `settled_document` makes, as compact JSON. What a service says
thousands of times a second is not built anew and taken apart again: of a decision all but the
outcome, and nearly every outcome, was written before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from json import JSONEncoder
from typing import Any

from reglament.memo import OnceByIdentity, keep, once_for_each
from reglament.messages import Language
from reglament.model.outcomes import Note
from reglament.model.regulation import Decision, Version
from reglament.model.values import Kind, Value
from reglament.rendering.documents import (
    MOST_KEPT,
    Reasons,
    When,
    add_reasons,
    plain_notes,
    settled,
    whole,
)
from reglament.rendering.plain_values import of_type, told_by

LATER = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands where a part is put in later."""
_write = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def settled_json(
    version: Version,
    when: When,
    values: Sequence[Value],
    reasons: Mapping[str, Reasons] | None = None,
) -> bytes:
    """The document that `settled_document` makes of the same, as JSON."""
    as_of, source, notes = when
    before, telling = _told_by(version)
    decisions = []
    for one, value in zip(telling, values, strict=True):
        if one is not None:
            told = one.bare if reasons is None else one.reasoned[reasons[one.name]]
            is_kept = value.__class__ in one.as_it_is and value in told.kept
            decisions.append(told.kept[value] if is_kept else told.with_outcome(value))
    noted = _notes(version.languages)
    return b'%b%b","as_of_source":"%b","notes":[%b],"decisions":{%b}}' % (
        before,
        as_of.isoformat().encode(),
        source.encode(),
        b",".join([noted[note] for note in notes]),
        b",".join(decisions),
    )


@once_for_each
def _told_by(version: Version) -> tuple[bytes, Sequence[_Telling | None]]:
    """What stands before the moment, and how each decision is told; None for an internal one."""
    decisions, later = version.decisions.values(), datetime.min
    head = _bytes(whole(version, later, "now", (), {})).partition(later.isoformat().encode())[0]
    return head, [None if one.is_internal else _Telling(one) for one in decisions]


class _Telling:
    """How a decision is told: `bare`, or with the reasons."""

    def __init__(self, decision: Decision) -> None:
        type_ = decision.outcome_type
        self.name = decision.name
        self.as_it_is, self._said = told_by(type_)
        # Of lists and records that a policy gives there is one each.
        self._one_each = None
        if type_.kind in (Kind.LIST, Kind.RECORD):
            self._one_each = OnceByIdentity[Value, bytes](
                lambda value: _bytes(of_type(value, type_)), MOST_KEPT
            )
        self.bare = _Told(self, None)
        self.reasoned = OnceByIdentity[Reasons, _Told](
            lambda reasons: _Told(self, reasons), MOST_KEPT
        )

    def outcome(self, value: Value) -> bytes:
        """One that is not told as it is."""
        return _bytes(self._said(value)) if self._one_each is None else self._one_each[value]


class _Told:
    """A decision with some reasons; `kept` has it with outcomes that it had before."""

    def __init__(self, telling: _Telling, reasons: Reasons | None) -> None:
        self._telling = telling
        self.kept: dict[Value, bytes] = {}
        shape = settled(LATER, LATER)
        if reasons is not None:
            add_reasons(shape, *reasons)
        # What stands before the outcome, between its two places, and after.
        self._parts = _bytes({telling.name: shape})[1:-1].split(_bytes(LATER), 2)

    def with_outcome(self, value: Value) -> bytes:
        """The decision with this outcome."""
        before, between, after = self._parts
        is_as_it_is = value.__class__ in self._telling.as_it_is
        outcome = _bytes(value) if is_as_it_is else self._telling.outcome(value)
        found = b"%b%b%b%b%b" % (before, outcome, between, outcome, after)
        return keep(self.kept, value, found, MOST_KEPT) if is_as_it_is else found


def _bytes(plain: Any) -> bytes:
    return _write(plain).encode()


@lru_cache(maxsize=MOST_KEPT)
def _notes(languages: tuple[Language, ...]) -> OnceByIdentity[Note, bytes]:
    """Notes as JSON; nearly all are the same few objects."""
    plain = plain_notes(languages)
    return OnceByIdentity(lambda note: _bytes(plain[note]), MOST_KEPT)
