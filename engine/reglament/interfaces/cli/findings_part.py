"""From a policy to the findings of its check: for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reglament.messages import Message, Rendered, Words
from reglament.model.findings import Finding, Severity
from reglament.model.problems import Problem

if TYPE_CHECKING:
    from reglament.model.regulation import Version
    from reglament.policy import Policy

_CLEAN = Message("nothing-found")


def find(policy: Policy, only: Version | None) -> tuple[Finding, ...]:
    """The findings about every version of the policy, or about `only` that one."""
    from reglament.analysis.findings.every_version import findings_of

    return tuple(map(clickable, findings_of(policy.versions, only)))


def is_fine(findings: Iterable[Finding]) -> bool:
    """Whether there are notes at most."""
    return all(finding.severity is Severity.NOTE for finding in findings)


def findings_part(
    findings: Sequence[Finding],
) -> tuple[bool, list[dict[str, Any]], tuple[Words, ...]]:
    """Whether all is well; the findings for programs and for people."""
    from reglament.rendering.reports.finding_formats import finding_dict

    data = [finding_dict(finding) for finding in findings]
    return is_fine(findings), data, tuple(_lines(findings))


def clickable(finding: Finding) -> Finding:
    """The finding with places that lead to the files from the current folder."""
    from reglament.language.syntax.shown import clickable as lead

    placed = lead(Problem("place", _CLEAN, place) for place in finding.places)
    places = tuple(one.place for one in placed if one.place is not None)
    return replace(finding, places=places, follows=tuple(map(clickable, finding.follows)))


def _lines(findings: Sequence[Finding]) -> Iterator[Words]:
    from reglament.rendering.reports.finding_formats import finding_text

    for finding in findings:
        yield Rendered(finding_text, finding)
    if not findings:
        yield _CLEAN
        return
    counts = {f"{one}s": sum(f.severity is one for f in findings) for one in Severity}
    yield Message("findings-counted", **counts)
