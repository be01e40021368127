"""Questions about every request at once: a request that shows it, a proof, or why neither."""

from __future__ import annotations

from reglament.analysis.proving.certainty import certain
from reglament.analysis.proving.exact_regions import regions
from reglament.analysis.proving.port import (
    Allowance,
    Answer,
    AnyConflict,
    AnyGap,
    AnyHolds,
    Applies,
    Budget,
    Differs,
    Extent,
    Means,
    NotSettled,
    Proven,
    ProvenRegion,
    Question,
    Shown,
)
from reglament.analysis.proving.settling import settle
from reglament.analysis.window import Window, window_of

__all__ = [
    "Allowance",
    "Answer",
    "AnyConflict",
    "AnyGap",
    "AnyHolds",
    "Applies",
    "Budget",
    "Differs",
    "Extent",
    "Means",
    "NotSettled",
    "Proven",
    "ProvenRegion",
    "Question",
    "Shown",
    "Window",
    "certain",
    "regions",
    "settle",
    "window_of",
]
