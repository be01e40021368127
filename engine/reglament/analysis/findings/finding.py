"""What the questions of a check share: why something is not proven, names, places."""

from __future__ import annotations

from reglament.messages import Message
from reglament.model.findings import Finding, Proof, Severity
from reglament.model.problems import Place

UNPROVEN_WHY = Message("neither-proof-nor-request")
TOO_LARGE_WHY = Message("diagram-decision-outgrew-budget")


def places_of(*places: Place | None) -> tuple[Place, ...]:
    """The places that are known, each once, in the order given."""
    return tuple(dict.fromkeys(place for place in places if place is not None))


__all__ = ["TOO_LARGE_WHY", "UNPROVEN_WHY", "Finding", "Proof", "Severity", "places_of"]
