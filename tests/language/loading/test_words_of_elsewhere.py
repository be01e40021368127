"""What an owner knows from elsewhere, or misspells, is answered with how the language writes it."""

from __future__ import annotations

import pytest

from reglament.model.problems import Problem
from reglament.policy import Policy
from support.refusals import problems_of

TEXT = """
policy: words
version: "1"
title: words
languages: [en]
holds_from: 2024-01-01
time_zone: UTC
facts:
  at: {type: datetime, label: at}
  length: {type: duration, label: length}
  other: {type: text, label: other}
  lines:
    type: list
    at_most: 5
    label: lines
    item:
      type: record
      called: line
      label: line
      fields:
        kind: {type: choice, options: {a: a, b: b}, label: kind}
decisions:
  later: {label: later, type: datetime, rules: [{id: later, then: {sum: [at, 2 hours]}}]}
  long:
    label: long
    type: boolean
    rules: [{id: long, when: {length: {at_least: 3 hours}}, then: true}]
    otherwise: {then: false}
  kinds: {label: kinds, type: integer, rules: [{id: k, then: {distinct: line.kind, over: lines}}]}
"""


def problem_of(old: str, new: str) -> Problem:
    """The only problem of the text where one thing is written otherwise."""
    (problem,) = problems_of(lambda: Policy.from_text(TEXT.replace(old, new)))
    return problem


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("time_of_day", "`time`"),
        ("number", "`integer` or `decimal`"),
        ("bool", "`boolean`"),
        ("String", "`text`"),
        ("timestamp", "`datetime`"),
        ("years and months duration", "`period`"),
        ("array", "`list`"),
        ("decimel", "`decimal`"),
    ],
)
def test_a_type_is_known_by_its_names_elsewhere(word: str, hint: str) -> None:
    problem = problem_of("other: {type: text", f"other: {{type: {word}")

    assert problem.code == "unknown-word"
    assert problem.hint is not None
    assert hint in problem.hint.to("en")
    assert hint.partition(" ")[0] in problem.hint.to("ru")


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("2 hours", "2 hourz", "write `2 hours`"),
        ("2 hours", "1.5h", "write `90 minutes`"),
        ("2 hours", "2 часа", "write `2 hours`"),
        ("2 hours", "3 monts", "write `3 months`"),
        ("3 hours", "3 hors", "write `3 hours`"),
        ("distinct: line.kind", "distinct: kind", "did you mean `line.kind`"),
        ("over: lines", "over: lines, where: {kind: a}", "did you mean `line.kind`"),
    ],
)
def test_what_is_near_is_spelt(old: str, new: str, hint: str) -> None:
    problem = problem_of(old, new)

    assert problem.hint is not None
    assert hint in problem.hint.to("en")
