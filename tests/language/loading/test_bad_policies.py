"""Seeded mistakes: each file of `cases/reading/bad` is told of exactly as its first lines say.

A case is a policy in one file, headed by lines `#!` that hold what must be said of it: first
in English with the line and the caret, then in Russian. Where several files are needed, or
bytes that hold no comment, a case is a folder, and the file `expected` in it contains the lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reglament.language.loading.version_loader import read_policy
from reglament.model.problems import Problem, Refused
from support.laws import sample
from support.places import CASES

BAD = CASES / "reading" / "bad"
NAMES = sorted(path.name for path in BAD.iterdir())
SEVERAL = {"five_mistakes.yaml": 5, "outcome_misspelt_twice.yaml": 2}


def problems_of(name: str) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_policy(Path(name))
    return refused.value.problems


def expected(case: Path) -> list[str]:
    """The lines that the case holds, as they should be told."""
    text = (case / "expected" if case.is_dir() else case).read_text("utf-8")
    return [line[3:] for line in text.splitlines() if line.startswith("#! ")]


def told(problem: Problem) -> list[str]:
    """In English with the place, the line and the caret; in Russian the words alone."""
    russian = replace(problem, place=None).to_text("ru").splitlines()
    return [*problem.to_text("en").splitlines(), f"ru: {russian[0]}", *russian[1:]]


@pytest.fixture(autouse=True)
def _beside_the_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """As their owner would: the places are told from the folder that one stands in."""
    monkeypatch.chdir(BAD)


@pytest.mark.parametrize("name", sample(NAMES, 80))
def test_a_mistake_is_told_once_in_these_words_at_this_place(name: str) -> None:
    problems = problems_of(name)

    assert [line for problem in problems for line in told(problem)] == expected(BAD / name)
    assert len(problems) == SEVERAL.get(name, 1)
    for words in (one for problem in problems for one in (problem.message, problem.hint)):
        if words is not None:
            assert not re.search("[а-яё]", re.sub("`[^`]*`", "", words.to("en")))
            assert words.to("ru") != words.to("en")
            assert str(BAD) not in words.to("en") + words.to("ru")


def test_there_are_at_least_a_hundred_cases() -> None:
    assert len(NAMES) >= 100


def test_places_are_told_as_they_were_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD.parent)
    inside, absolute = Path("bad/unknown_fact.yaml"), BAD / "unknown_fact.yaml"

    for path in (inside, absolute):
        with pytest.raises(Refused) as refused:
            read_policy(path)
        place = refused.value.problems[0].place
        assert place is not None
        assert place.file == "bad/unknown_fact.yaml"
