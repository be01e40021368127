"""From two versions of a policy to the requests that they decide differently."""

from __future__ import annotations

from reglament.analysis.diff.compare import BUDGET, Progress, diff
from reglament.analysis.diff.types import (
    Account,
    Cause,
    Changed,
    Difference,
    Fate,
    Note,
    Region,
    Side,
    Witness,
)
from reglament.analysis.search.judge import SideStatus
from reglament.diagram.kernel.terminals import Broken

__all__ = [
    "BUDGET",
    "Account",
    "Broken",
    "Cause",
    "Changed",
    "Difference",
    "Fate",
    "Note",
    "Progress",
    "Region",
    "Side",
    "SideStatus",
    "Witness",
    "diff",
]
