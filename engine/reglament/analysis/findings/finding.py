"""What the questions of a check share: why something is not proven, names, places."""

from __future__ import annotations

from reglament.model.findings import Finding, Proof, Severity
from reglament.model.problems import Place
from reglament.model.words import Words

UNPROVEN_WHY = Words(
    ru="ни доказать, ни показать заявкой не удалось: условия сравнивают вычисленные моменты",
    en="neither a proof nor a request was found: the conditions compare computed moments",
)
TOO_LARGE_WHY = Words(
    ru="диаграмма решения больше отведённого предела",
    en="the diagram of the decision outgrew its budget",
)


def quoted(names: tuple[str, ...] | list[str]) -> str:
    """Names as people read them in a message."""
    return ", ".join(f"`{name}`" for name in names)


def places_of(*places: Place | None) -> tuple[Place, ...]:
    """The places that are known, each once, in the order given."""
    return tuple(dict.fromkeys(place for place in places if place is not None))


__all__ = [
    "TOO_LARGE_WHY",
    "UNPROVEN_WHY",
    "Finding",
    "Proof",
    "Severity",
    "places_of",
    "quoted",
]
