"""Decisions that build on each other: as many as are accepted are answered, more are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reglament.language.loading.decisions.decisions_section import MOST_DEEP
from reglament.model.problems import Refused
from reglament.policy import Policy, load_policy
from support.every_type import HEAD, LABEL, facts
from support.whole_language import text_of


def _words(number: int) -> Any:
    below = {f"d{number - 1}": "a"} if number else {"boolean.one": True}
    rules = [{"id": f"r{number}", "when": below, "then": "a"}]
    outcomes = dict.fromkeys("ab", LABEL)
    return {"label": LABEL, "outcomes": outcomes, "rules": rules, "otherwise": {"then": "b"}}


def _chain(folder: Path, count: int) -> Policy:
    decisions = {f"d{number}": _words(number) for number in range(count)}
    path = folder / "chain.yaml"
    path.write_text(text_of({**HEAD, "facts": facts(), "decisions": decisions}), "utf-8")
    return load_policy(path)


@pytest.mark.slow
def test_as_long_a_chain_as_is_accepted_is_answered(tmp_path: Path) -> None:
    policy, last = _chain(tmp_path, MOST_DEEP), f"d{MOST_DEEP - 1}"

    for told in ({}, {"boolean.one": True}):
        decided = policy.decide({"asked.on": "2024-02-02", **told})
        outcome = decided[last]

        assert outcome.is_determined is bool(told)
        assert outcome.trace
        assert outcome.readings == ()
        assert decided.explain("en")
        assert decided.to_json()


def test_a_longer_chain_is_refused_at_the_first_that_is_too_deep(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        _chain(tmp_path, MOST_DEEP + 2)

    (problem,) = refused.value.problems
    assert problem.code == "decisions-too-deep"
    assert f"d{MOST_DEEP}" in problem.to_text("en")
    assert problem.place is not None
    assert problem.hint is not None
