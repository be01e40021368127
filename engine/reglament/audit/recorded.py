"""From a decided request to the decision document that an entry holds, by the format of the entry.

Format 2 holds the document of the level `reasons`, and the readings: what came out, what is
possible and needed, the rules and clauses behind it. Everything else that a document tells (its
words, the trace of each rule, the working time) the pinned policy gives again for the request.
Format 1 held the whole document but for the trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from reglament.audit.canonical import fit
from reglament.model.outcomes import Document, Outcome
from reglament.model.regulation import Version
from reglament.rendering.documents import document


class Written(NamedTuple):
    """The document of the level `reasons`, and the readings of each decision by its name.

    Of a request that may leave something open None: then they are asked of each outcome.
    """

    reasons: Mapping[str, Any]
    readings: Mapping[str, Iterable[str]] | None = None


def recorded(version: Version, made: Document, written: Written | None = None) -> dict[str, Any]:
    """The document as an entry of the newest format holds it.

    As plain values, but for whole numbers that JSON does not hold. Where the document was
    `written` already it is not written again; with the readings nothing is asked of `made`.
    """
    reasons, readings = written or Written(document(version, made, level="reasons"))
    told = reasons["decisions"]
    if readings is not None:
        found = {name: {**one, "readings": [*readings[name]]} for name, one in told.items()}
    else:
        is_told = version.told_facts.keys() <= made.facts.keys()  # so no clause is open
        found = {
            name: _with_readings(one, made.decisions[name], is_told) for name, one in told.items()
        }
    return {**reasons, "decisions": found}


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
