"""Owners' mistakes in the shipped policies: refused, at their line, the cause first, in few words.

This is a sample; `PYTHONPATH=engine:tests python -m support.seeded_mistakes` seeds all of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reglament.model.problems import Refused
from support.mistakes_made import Seeded
from support.seeded_mistakes import MOST, Told, every_mistake, told_of, written

MOST_WRITTEN, MOST_MADE = 30, 20


def spread(seeded: list[Seeded], most: int) -> list[Seeded]:
    """So many of them, from everywhere."""
    return seeded[:: max(1, len(seeded) // most)][:most]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    every = every_mistake()
    by_hand = list(written())
    chosen = [
        *spread(every[: len(by_hand)], MOST_WRITTEN),
        *spread(every[len(by_hand) :], MOST_MADE),
    ]
    folder: Path = tmp_path_factory.mktemp("seeded")
    return list(told_of(chosen, folder))


def test_there_are_many_mistakes() -> None:
    assert len(list(written())) >= 150


@pytest.mark.slow
def test_every_mistake_is_refused(told: list[Told]) -> None:
    assert [one.seeded.name for one in told if not one.is_refused] == []


@pytest.mark.slow
def test_nearly_every_mistake_is_told_at_its_line(told: list[Told]) -> None:
    assert sum(one.is_placed for one in told) >= 0.98 * len(told)


@pytest.mark.slow
def test_nearly_every_cause_is_told_first(told: list[Told]) -> None:
    assert sum(one.is_first for one in told) >= 0.98 * len(told)


@pytest.mark.slow
def test_no_mistake_is_told_in_many_problems(told: list[Told]) -> None:
    assert [one.seeded.name for one in told if len(one.problems) > MOST] == []


@pytest.mark.slow
def test_what_follows_is_counted_and_not_told(told: list[Told]) -> None:
    many = next(one for one in told if one.following > 1)
    refused = Refused(many.problems, many.problems[:1] * many.following)
    assert refused.to_text("en").splitlines()[-1].startswith(f"… and {many.following} that follow")
    assert refused.to_text("ru").splitlines()[-1].endswith(f": {many.following}")
