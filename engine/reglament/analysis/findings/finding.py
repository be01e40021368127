"""What the questions of a check share: why something is not proven, names, places."""

from __future__ import annotations

from dataclasses import replace

from reglament.messages import Message
from reglament.model.findings import Finding, Proof, Severity
from reglament.model.problems import Place

UNPROVEN_WHY = Message("neither-proof-nor-request")
TOO_LARGE_WHY = Message("diagram-decision-outgrew-budget")


def unproven(finding: Finding) -> Finding:
    """What is noted instead of the finding where it is neither proven nor shown by a request."""
    return replace(
        finding, severity=Severity.NOTE, witness=None, proof=Proof.UNPROVEN, why=UNPROVEN_WHY
    )


def places_of(*places: Place | None) -> tuple[Place, ...]:
    """The places that are known, each once, in the order given."""
    return tuple(dict.fromkeys(place for place in places if place is not None))


__all__ = ["TOO_LARGE_WHY", "UNPROVEN_WHY", "Finding", "Proof", "Severity", "places_of", "unproven"]
