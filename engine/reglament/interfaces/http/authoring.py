"""From the files of a draft to its findings, and from two versions to what differs: plain values.

Nothing can stop the engine in the middle of an analysis, so these run in a process that can be
ended, and neither takes nor gives what cannot go to another process.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from reglament.interfaces.http.deciding import pointing, version_named
from reglament.messages import Message
from reglament.model.problems import Problem, Refused
from reglament.model.regulation import Version
from reglament.policy import Policy

Files = Mapping[str, str]


class LongWork(Protocol):
    """Where what takes long runs; in a browser, which has no processes, there is another."""

    def __call__(self, seconds: float, ask: Callable[..., Any], *arguments: Any) -> Awaitable[Any]:
        """What `ask` gives. Raises TimeoutError past the time."""
        ...


async def apart(seconds: float, ask: Callable[..., Any], *arguments: Any) -> Any:
    """What `ask` gives in another process. Raises TimeoutError, and ends it, past the time."""
    from anyio import fail_after, to_process

    with fail_after(seconds):
        return await to_process.run_sync(ask, *arguments, cancellable=True)


def too_long(seconds: float) -> Problem:
    """Why an analysis was ended."""
    return Problem("too-long", Message("http-analysis-too-long", seconds=int(seconds)))


def checked(files: Files) -> dict[str, Any]:
    """What `reglament check --json` finds in these files, what keeps them from being read too."""
    from reglament.analysis.findings.every_version import findings_of, of_problems
    from reglament.model.findings import Severity
    from reglament.rendering.reports.finding_formats import finding_dict

    try:
        found = findings_of(Policy.from_text(files).versions)
    except Refused as refused:
        found = of_problems(refused)
    is_fine = all(one.severity is Severity.NOTE for one in found)
    return {"is_fine": is_fine, "findings": [finding_dict(one) for one in found]}


def compared(served: Policy, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What `reglament diff --json` tells of two versions: of the policy served, or of files.

    Raises Refused where one of them is not read, or no version has that name.
    """
    from reglament.analysis.diff.account import to_plain
    from reglament.analysis.diff.compare import diff

    found = diff(_version(served, old, "/old"), _version(served, new, "/new"))
    return {"is_cosmetic": found.is_cosmetic, "differences": [to_plain(found)]}


def _version(served: Policy, side: Mapping[str, Any], pointer: str) -> Version:
    policy, name = served, side.get("version")
    if "files" in side:
        with pointing(f"{pointer}/files"):
            policy = Policy.from_text(side["files"])
    with pointing(f"{pointer}/version"):
        return policy.versions[-1] if name is None else version_named(policy, name)
