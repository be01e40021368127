"""From two versions of a policy to the requests that they decide differently."""

from __future__ import annotations

from reglament.analysis.diff.compare import BUDGET, Progress, diff
from reglament.analysis.diff.types import (
    Account,
    Cause,
    ChangedOutcome,
    ChangedRegion,
    Fate,
    VersionDifference,
    VersionNote,
    VersionSide,
    Witness,
)
from reglament.analysis.search.judge import SideStatus
from reglament.diagram.kernel.terminals import Broken

__all__ = [
    "BUDGET",
    "Account",
    "Broken",
    "Cause",
    "ChangedOutcome",
    "ChangedRegion",
    "Fate",
    "Progress",
    "SideStatus",
    "VersionDifference",
    "VersionNote",
    "VersionSide",
    "Witness",
    "diff",
]
