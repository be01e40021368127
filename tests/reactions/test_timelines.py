"""The shipped timelines, by both matchers: every reaction comes when it should, for its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from reglament import Policy
from reglament.matching.rules import Matcher, RuleSet
from reglament.reactions.trying import try_timelines


def test_every_shipped_timeline_passes_and_every_reaction_is_shown(
    policy: Policy, matcher: Callable[[RuleSet], Matcher]
) -> None:
    report = try_timelines(policy.versions[-1], matcher)

    assert [tried.timeline.name for tried in report.failed] == []
    assert report.unreached == ()
    assert len(report.tried) >= 13


def test_a_reaction_expected_elsewhere_is_told_as_missing_and_as_unexpected(
    policy: Policy,
) -> None:
    version = policy.versions[-1]
    first = version.timelines[0]
    moved = replace(first.expects[0], at=first.expects[0].at + timedelta(minutes=1))
    wrong = replace(first, expects=(moved, *first.expects[1:]))

    (tried,) = try_timelines(replace(version, timelines=(wrong,))).tried

    assert not tried.passes
    assert tried.missing == (moved,)
    assert tried.unexpected == (first.expects[0],)


def test_each_reaction_says_why_and_by_which_clause(policy: Policy) -> None:
    version = policy.versions[-1]

    assert version.reactions
    for reaction in version.reactions:
        assert reaction.because.ru != reaction.because.en
        assert set(reaction.clauses) <= version.clauses.keys()
        assert reaction.clauses
