"""From a decided request to the decision document that an entry holds, by the format of the entry.

Format 2 holds the document of the level `reasons`, and the readings: what came out, what is
possible and needed, the rules and clauses behind it. Everything else that a document tells (its
words, the trace of each rule, the working time) the pinned policy gives again for the request.
Format 1 held the whole document but for the trace.
"""

from __future__ import annotations

from typing import Any

from reglament.audit.canonical import fit
from reglament.model.outcomes import Document
from reglament.model.regulation import Version
from reglament.rendering.documents import document


def recorded(version: Version, made: Document) -> dict[str, Any]:
    """The document as an entry of the newest format holds it."""
    found = document(version, made, level="reasons")
    is_told = version.told_facts.keys() <= made.facts.keys()  # so no clause is open
    for name, told in found["decisions"].items():
        outcome = made.decisions[name]
        # Everything else in it is text.
        told |= {"outcome": fit(told["outcome"]), "possible": fit(told["possible"])}
        told["readings"] = list(outcome.readings)
        if not is_told and (open_clauses := outcome.open_clauses):
            told["open_clauses"] = list(open_clauses)
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
