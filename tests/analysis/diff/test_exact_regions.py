"""With a solver, regions are exact wherever the policy's own tests say what changes."""

from __future__ import annotations

import pytest

from reglament.analysis.diff import exactness
from reglament.analysis.diff.compare import diff
from reglament.analysis.diff.types import VersionDifference
from reglament.analysis.search.judge import SideStatus
from reglament.model.regulation import Version
from support.every_type import HEAD, LABEL, facts
from support.whole_language import read

pytest.importorskip("z3", reason="the extra `prove`")

WORDS = {"label": LABEL, "outcomes": dict.fromkeys("abc", LABEL)}


def _version(least: int) -> Version:
    area = {"product": ["integer.one", "integer.other"]}
    decisions = {
        "area": {"label": LABEL, "type": "integer", "rules": [{"id": "of-both", "then": area}]},
        "word": {
            **WORDS,
            "rules": [{"id": "wide", "when": {"area": {"at_least": least}}, "then": "a"}],
            "otherwise": {"then": "b"},
        },
        "next": {
            **WORDS,
            "rules": [{"id": "same", "when": {"word": "a"}, "then": "c"}],
            "otherwise": {"then": "a"},
        },
    }
    version = read({**HEAD, "facts": facts(), "decisions": decisions})
    assert version is not None
    return version


def _edited() -> VersionDifference:
    return diff(_version(10), _version(20))


def _causes(found: VersionDifference) -> list[str | None]:
    return [one.cause and one.cause.decision for one in found.regions]


def test_what_follows_is_proven_to_follow_in_no_other_way() -> None:
    found = _edited()

    assert all(one.is_exact for one in found.regions)
    assert _causes(found) == [None, "word"]


def test_without_steps_left_other_ways_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exactness, "MOST_STEPS", 0)

    found = _edited()

    assert _causes(found) == [None, "word"]  # one example is told once
    assert found.regions[-1].change is None


def _squared(*, is_first: bool) -> Version:
    square = {"product": ["integer.one", "integer.one"]}
    first = {"id": "square", "when": {"boolean.one": True}, "then": square}
    second = {"id": "four", "when": {"choice.one": "a"}, "then": 4}
    decision = {
        "label": LABEL,
        "type": "integer",
        "rules": [first, second] if is_first else [second],
        "otherwise": {"then": 0},
    }
    version = read({**HEAD, "facts": facts(), "decisions": {"number": decision}})
    assert version is not None
    return version


def test_a_region_of_a_conflict_that_some_requests_do_not_have_is_not_exact() -> None:
    found = diff(_squared(is_first=True), _squared(is_first=False))

    (region,) = [one for one in found.regions if one.witness.before.status is SideStatus.CONFLICT]
    assert not region.is_exact  # whose number is 2 or -2 gets 4 from both rules
