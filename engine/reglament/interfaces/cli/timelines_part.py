"""From a version to what `reglament test` tells of its timelines: reactions missing or unasked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reglament.interfaces.cli.output import problem_json
from reglament.messages import ListedWords, Message, Rendered, Words

if TYPE_CHECKING:
    from reglament.events.timeline_tests import TimelineReport, TriedTimeline
    from reglament.model.reactions import ExpectedReaction
    from reglament.model.regulation import Version


def timelines_part(version: Version) -> tuple[bool, dict[str, Any], tuple[Words, ...]]:
    """Whether every timeline passes; the report for programs and for people."""
    if not version.timelines and not version.reactions:
        return True, {}, ()
    from reglament.events.timeline_tests import try_timelines

    report = try_timelines(version)
    return not report.failed, {"timelines": _data(report)}, tuple(_lines(version, report))


def _data(report: TimelineReport) -> dict[str, Any]:
    return {
        "tried": len(report.tried),
        "failed": [_failed_data(timeline) for timeline in report.failed],
        "unreached": list(report.unreached),
    }


def _failed_data(tried: TriedTimeline) -> dict[str, Any]:
    problems = () if tried.error is None else tried.error.problems
    return {
        "name": tried.timeline.name,
        "missing": [_shown(reaction) for reaction in tried.missing],
        "unexpected": [_shown(reaction) for reaction in tried.unexpected],
        "problems": [problem_json(problem) for problem in problems],
    }


def _lines(version: Version, report: TimelineReport) -> Iterator[Words]:
    for tried in report.failed:
        yield from _failure(tried)
    for reaction in report.unreached:
        yield Message("no-timeline-reaches-reaction", reaction=reaction)
    yield Message(
        "timelines-tried",
        policy=version.policy,
        version=version.version,
        tried=len(report.tried),
        failed=len(report.failed),
        unreached=len(report.unreached),
    )


def _failure(tried: TriedTimeline) -> Iterator[Words]:
    place, name = tried.timeline.place, tried.timeline.name
    where = "" if place is None else f"{place.file_and_line}: "
    yield Message("timeline-failed", where=where, name=name)
    for reaction in tried.missing:
        yield Message("did-not-come", one=_shown(reaction))
    for reaction in tried.unexpected:
        yield Message("came-unasked", one=_shown(reaction))
    for problem in () if tried.error is None else tried.error.problems:
        yield ListedWords(("   ", Rendered(problem.to_text)), "")


def _shown(reaction: ExpectedReaction) -> str:
    return f"{reaction.at.isoformat()} {reaction.subject}: {reaction.reaction}"
