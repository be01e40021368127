"""The shipped timelines, by both matchers: every reaction comes when it should, for its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from reglament import Policy
from reglament.events.sandbox import FencedMatcher
from reglament.events.timeline_tests import try_timelines
from reglament.matching.matching_rules import Matcher, RuleSet
from reglament.matching.naive import NaiveMatcher
from support.events import needs_durable


@pytest.mark.parametrize(
    "matcher",
    [
        pytest.param(NaiveMatcher, id="plain"),
        pytest.param(FencedMatcher, id="durable", marks=[needs_durable, pytest.mark.slow]),
    ],
)
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
        assert reaction.because.to("ru") != reaction.because.to("en")
        assert set(reaction.clauses) <= version.clauses.keys()
        assert reaction.clauses


def test_a_timeline_before_its_version_says_how_to_be_judged_by_it(policy: Policy) -> None:
    later = replace(policy.versions[-1], version="2027-01-01", holds_from=date(2027, 1, 1))
    first = later.timelines[0]

    (untold,) = try_timelines(replace(later, timelines=(replace(first, at=None),))).tried
    (told,) = try_timelines(replace(later, timelines=(replace(first, at="2027-01-01"),))).tried
    (before,) = try_timelines(replace(later, timelines=(replace(first, at="2026-12-31"),))).tried

    assert untold.error is not None
    (problem,) = untold.error.problems
    assert problem.code == "before-first-version"
    assert (
        "the version `2027-01-01`, which the timeline tests, is in force from"
        in problem.to_text("en")
    )
    assert "редакция `2027-01-01`, которую проверяет сценарий" in problem.to_text("ru")
    assert "add `at: 2027-01-01` to the timeline" in problem.to_text("en")
    assert "добавьте в сценарий `at: 2027-01-01`" in problem.to_text("ru")
    assert told.passes
    assert before.error is not None
