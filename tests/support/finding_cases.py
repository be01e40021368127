"""The cases of findings, each read and checked once for a folder."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from reglament.analysis.findings import check
from reglament.language.loading.switched import alternatives
from reglament.model.findings import Finding
from reglament.policy import Policy, load_policy
from support.places import CASES

FINDINGS = CASES / "findings"
TODAY = date(2024, 12, 1)


@cache
def found_in(case: Path, folder: Path) -> tuple[Policy, tuple[Finding, ...]]:
    """The policy of the case, and what is found in it."""
    folder.mkdir(exist_ok=True)
    shutil.copy(FINDINGS / "head.yaml", folder)
    shutil.copy(case, folder)
    policy = load_policy(folder)
    version = policy.versions[0]
    return policy, check(version, today=TODAY, others=alternatives(version))
