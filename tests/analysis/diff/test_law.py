"""A sample of the law of `diff`; `scripts/diff-law` runs as much of it as one has time for."""

from __future__ import annotations

from itertools import islice

import pytest

from reglament.analysis.proving import Window, window_of
from reglament.model.policy import Version
from support.diff_law import Law, NoPolicy, random_versions, shipped, whole_versions
from support.random_edits import edits

RANDOM = [
    (version, window_of(version)) for version in (*random_versions(7, 12), *whole_versions(7, 8))
]


def _broken(version: Version, within: Window, seed: str, count: int, requests: int) -> list[str]:
    found: list[str] = []
    for number, new in enumerate(islice(edits(version, seed), count)):
        try:
            found += Law(version, new, within).run(f"{seed} {number}", requests)
        except NoPolicy:
            continue
    return found


@pytest.mark.parametrize(
    ("version", "within"), list(shipped()), ids=lambda one: getattr(one, "policy", "")
)
def test_what_is_said_of_an_edit_of_a_shipped_policy_holds(
    version: Version, within: Window
) -> None:
    assert _broken(version, within, "sample", 3, 120) == []


@pytest.mark.parametrize(("version", "within"), RANDOM, ids=range(len(RANDOM)))
def test_what_is_said_of_an_edit_of_a_random_policy_holds(version: Version, within: Window) -> None:
    assert _broken(version, within, "sample", 2, 150) == []
