"""A sample of the law of `diff`; `scripts/diff-law` runs as much of it as one has time for."""

from __future__ import annotations

from functools import cache
from itertools import islice

import pytest

from reglament.analysis.window import DayWindow, window_of
from reglament.model.regulation import Version
from support.diff_law import Law, NoPolicy, random_versions, shipped, whole_versions
from support.random_edits import edits

SHIPPED, RANDOM = 4, 20


@cache
def _shipped() -> list[tuple[Version, DayWindow]]:
    return list(shipped())


@cache
def _random() -> list[tuple[Version, DayWindow]]:
    return [(one, window_of(one)) for one in (*random_versions(7, 12), *whole_versions(7, 8))]


def _broken(version: Version, within: DayWindow, seed: str, count: int, requests: int) -> list[str]:
    found: list[str] = []
    for number, new in enumerate(islice(edits(version, seed), count)):
        try:
            found += Law(version, new, within).run(f"{seed} {number}", requests)
        except NoPolicy:
            continue
    return found


@pytest.mark.slow
def test_every_shipped_version_is_tried() -> None:
    assert (len(_shipped()), len(_random())) == (SHIPPED, RANDOM)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(SHIPPED))
def test_what_is_said_of_an_edit_of_a_shipped_policy_holds(number: int) -> None:
    assert _broken(*_shipped()[number], "sample", 3, 120) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(RANDOM))
def test_what_is_said_of_an_edit_of_a_random_policy_holds(number: int) -> None:
    assert _broken(*_random()[number], "sample", 2, 150) == []
