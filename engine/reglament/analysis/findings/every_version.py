"""From the versions of a policy, or from why it is not read, to all findings, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reglament.analysis.findings import check
from reglament.language.loading.switched import alternatives
from reglament.model.findings import Finding, Severity
from reglament.model.moments import DAY
from reglament.model.problems import Problem, Refused
from reglament.model.regulation import Version


def findings_of(versions: Sequence[Version], only: Version | None = None) -> tuple[Finding, ...]:
    """The findings about every version of a policy, or about `only` that one."""
    ends: list[date | None] = [version.holds_from for version in versions[1:]]
    found: dict[str, Finding] = {}
    for version, following in zip(versions, [*ends, None], strict=True):
        if only is not None and version is not only:
            continue
        until = version.holds_until + DAY if version.holds_until is not None else following
        today = datetime.now(ZoneInfo(version.zone)).date()
        for finding in check(version, until=until, today=today, others=alternatives(version)):
            found.setdefault(f"{version.version}/{finding.key}/{finding.message.to('en')}", finding)
    return tuple(found.values())


def of_problems(refused: Refused) -> tuple[Finding, ...]:
    """What keeps the policy from being read, told as findings."""
    return tuple(map(_of_problem, refused.problems))


def _of_problem(problem: Problem) -> Finding:
    places = () if problem.place is None else (problem.place,)
    return Finding(problem.code, Severity.ERROR, problem.message, places=places, hint=problem.hint)
