"""From two versions of a policy to exactly the requests that they decide otherwise."""

from __future__ import annotations

from reglament.analysis.diff.compare import BUDGET, diff
from reglament.analysis.diff.nouns import (
    Cause,
    Changed,
    Difference,
    NotAnalysed,
    Note,
    Region,
    Side,
    SideStatus,
    Witness,
)
from reglament.diagram.payloads import Broken

__all__ = [
    "BUDGET",
    "Broken",
    "Cause",
    "Changed",
    "Difference",
    "NotAnalysed",
    "Note",
    "Region",
    "Side",
    "SideStatus",
    "Witness",
    "diff",
]
