"""From a decided request to the decision document that an entry holds, by the format of the entry.

Format 2 holds the document of the level `reasons`, and the readings: what came out, what is
possible and needed, the rules and clauses behind it. Everything else that a document tells (its
words, the trace of each rule, the working time) the pinned policy gives again for the request.
Format 1 held the whole document but for the trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from reglament.audit.canonical import bytes_of_plain, fit
from reglament.memo import MemoByIdentity, once_for_each
from reglament.messages import Language, Message
from reglament.model.normal import nfc
from reglament.model.outcomes import Document, Note, Outcome
from reglament.model.problems import refusal
from reglament.model.regulation import Version
from reglament.model.values import Value
from reglament.rendering.documents.decision_document import (
    MOST_KEPT,
    Reasons,
    When,
    document,
    settled_document,
    whole,
)
from reglament.rendering.documents.settled_json import (
    DecisionWriter,
    Readings,
    telling_of,
    told_by_each,
    written_notes,
)

MOST_OF_SUBJECT = 200


class Settled(NamedTuple):
    """What alone an entry is made of where all was told and every decision led to an outcome.

    `values` are the outcomes, in the order of the version.
    """

    when: When
    values: Sequence[Value]
    reasons: Mapping[str, Reasons]
    readings: Mapping[str, Readings]


Written: TypeAlias = Settled | Mapping[str, Any]
"""What is there of an entry: all that it takes, or else the document of the level `reasons`."""


def recorded(version: Version, made: Document, written: Written | None = None) -> dict[str, Any]:
    """The document as an entry of the newest format holds it.

    As plain values, but for whole numbers that JSON does not hold. Where something was `written`
    already it is not written again; of what is settled nothing is asked of `made`.
    """
    if isinstance(written, Settled):
        found = settled_document(version, *written[:3])
        for name, one in found["decisions"].items():
            one["readings"] = [*written.readings[name]]
        return found
    reasons = written or document(version, made, level="reasons")
    is_told = version.told_facts.keys() <= made.facts.keys()  # so no clause is open
    told = {
        name: _with_readings(one, made.decisions[name], is_told)
        for name, one in reasons["decisions"].items()
    }
    return {**reasons, "decisions": told}


def recorded_bytes(version: Version, settled: Settled) -> bytes:
    """What `recorded` gives, in its canonical bytes; of most decisions they were written before."""
    as_of, source, notes = settled.when
    telling, before_notes, after_notes = _told_by(version)
    noted = _notes(version.languages)
    return b'{"as_of":"%b","as_of_source":"%b","decisions":{%b%b%b%b' % (
        as_of.isoformat().encode(),
        source.encode(),
        told_by_each(telling, settled.values, settled.reasons, settled.readings),
        before_notes,
        b",".join([noted[note] for note in notes]),
        after_notes,
    )


@once_for_each
def _told_by(version: Version) -> tuple[Sequence[DecisionWriter], bytes, bytes]:
    """How each decision is told, by their names; what stands before the notes, and after."""
    telling = sorted(telling_of(version, bytes_of_plain), key=attrgetter("name"))
    empty = bytes_of_plain(whole(version, datetime.min, "now", (), {}))
    _, _, rest = empty.partition(b'"decisions":{')
    before, opening, after = rest.partition(b'"notes":[')
    return telling, before + opening, after


@lru_cache(maxsize=MOST_KEPT)
def _notes(languages: tuple[Language, ...]) -> MemoByIdentity[Note, bytes]:
    return written_notes(languages, bytes_of_plain)


def _with_readings(told: Mapping[str, Any], outcome: Outcome, is_told: bool) -> dict[str, Any]:
    found = {**told, "readings": list(outcome.readings)}
    if not is_told and (open_clauses := outcome.open_clauses):
        found["open_clauses"] = list(open_clauses)
    return found


def recorded_first(version: Version, made: Document, *, sufficient: bool = False) -> dict[str, Any]:
    """The document as an entry of format 1 held it.

    With `sufficient` as earlier engines wrote it, with which facts alone settle each outcome.
    """
    found = document(version, made, sufficient=sufficient)
    for told in found["decisions"].values():
        told.pop("trace", None)
    kept: dict[str, Any] = fit(found)
    return kept


def subject_line(told: object) -> str:
    """The subject as it is recorded. Raises Refused for what is no line of text."""
    is_text = isinstance(told, str) and told.strip() and told.isprintable()
    if not is_text or len(str(told)) > MOST_OF_SUBJECT:
        raise refusal("wrong-subject", Message("wrong-subject", most=MOST_OF_SUBJECT))
    return nfc(str(told))
